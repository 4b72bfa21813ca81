"""What a change of policies means, who can do something, strangers, and documents that are only planned."""

from __future__ import annotations

from typing import Any

import pytest

from iamproof import (
    Account,
    Actor,
    Anybody,
    Environment,
    Equals,
    Guarded,
    OtherThan,
    Policy,
    Principal,
    PrincipalKind,
    Query,
    Reading,
    Situation,
    Verdict,
    Whose,
    compare,
    fresh_ids,
    named,
    parse_policy,
    prove,
    references,
    who_can,
    with_ids,
)

ACCOUNT, STRANGER = "111122223333", "999999999999"
ALICE = Principal.role(f"arn:aws:iam::{ACCOUNT}:role/tenants/alice/notebook", {"user": "alice"})
BOB = Principal.user(f"arn:aws:iam::{ACCOUNT}:user/bob")
READ = {"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}
OUTSIDE = {"StringNotEqualsIfExists": {"aws:SourceVpce": "vpce-1"}}
FENCE = {"Sid": "Fence", "Effect": "Deny", "Action": "*", "Resource": "*", "Condition": OUTSIDE}
GET = Query("s3:GetObject", "arn:aws:s3:::b/x")


def policy(*statements: dict[str, Any], name: str = "policy") -> Policy:
    return parse_policy({"Version": "2012-10-17", "Statement": list(statements)}, name=name)


def alone(*statements: dict[str, Any]) -> Situation:
    return Situation(ALICE, Environment(identity=(policy(*statements),), account=ACCOUNT))


def account(*actors: Actor, bucket: dict[str, Any] | None = None, **more: Any) -> Account:
    named_ = ("arn:aws:s3:::b", "arn:aws:s3:::b/*")
    guarded = (Guarded(resources=named_, policy=policy(bucket), kind="bucket"),) if bucket else ()
    return Account(id=ACCOUNT, actors=actors, guarded=guarded, **more)


def test_a_rewritten_policy_that_means_the_same_is_the_same() -> None:
    split = [{**READ, "Sid": "A", "Resource": "arn:aws:s3:::b/a*"}, {**READ, "Sid": "B"}]
    assert compare(alone(READ), alone(*split)).same


def test_a_dropped_condition_is_newly_allowed() -> None:
    bare = {key: value for key, value in FENCE.items() if key != "Condition"}
    assert compare(alone(READ, FENCE), alone(READ)).allowed is not None
    assert compare(alone(READ, FENCE), alone(READ)).refused is None
    closed = compare(alone(READ, FENCE), alone(READ, bare))
    assert closed.allowed is None
    assert closed.refused is not None
    assert closed.refused.request.context["aws:SourceVpce"] == "vpce-1"


def test_a_change_both_ways_gives_a_request_for_each() -> None:
    moved = {**READ, "Resource": "arn:aws:s3:::c/*"}
    found = compare(
        account(Actor(principal=ALICE, identity=(policy(READ),))),
        account(Actor(principal=ALICE, identity=(policy(moved),))),
    )
    assert found.allowed is not None
    assert found.allowed.request.resource.startswith("arn:aws:s3:::c/")
    assert found.allowed.after.allowed
    assert found.refused is not None
    assert found.refused.request.resource.startswith("arn:aws:s3:::b/")
    assert not found.refused.after.allowed


def test_a_new_actor_is_newly_allowed() -> None:
    before = account(Actor(principal=ALICE, identity=(policy(READ),)))
    after = account(*before.actors, Actor(principal=BOB, identity=(policy(READ),)))
    found = compare(before, after)
    assert found.allowed is not None
    assert found.allowed.request.principal == BOB
    assert found.refused is None


def test_other_tags_and_unread_documents_are_never_the_same() -> None:
    before = account(Actor(principal=ALICE, identity=(policy(READ),)))
    retagged = Principal.role(ALICE.arn, {"user": "bob"})
    after = account(Actor(principal=retagged, identity=(policy(READ),)))
    assert not compare(before, after).same
    (reason,) = compare(before, after).reasons
    assert "has other tags than before (" in reason
    assert "user was 'alice' and is 'bob'" in reason
    assert not compare(before, account(*before.actors, unreadable=("boundary",))).same
    assert compare(before, before).same


@pytest.mark.parametrize(("before", "after"), [("tea*", "te*"), ("a", "b*"), ("x", "xy")])
def test_strangers_that_only_one_version_tells_apart_are_asked_about(before: str, after: str) -> None:
    """Each version names another class of strangers: one of each must be asked about in both."""

    def admitting(name: str) -> Account:
        condition = {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{STRANGER}:role/{name}"}}
        return account(bucket={**READ, "Principal": "*", "Condition": condition}, anybody=(Anybody(),))

    forth, back = (compare(admitting(one), admitting(two), GET) for one, two in ((before, after), (after, before)))
    assert forth.allowed is not None
    assert back.refused is not None
    assert back.refused.request.principal.arn == forth.allowed.request.principal.arn


def test_strangers_that_only_one_version_asks_about_are_asked_about_in_both() -> None:
    public = {**READ, "Principal": "*"}
    assert compare(account(), account(bucket=public, anybody=(Anybody(),)), GET).allowed is not None
    assert compare(account(bucket=public, anybody=(Anybody(),)), account(), GET).refused is not None


def test_an_account_is_not_compared_with_a_situation() -> None:
    with pytest.raises(TypeError, match="two accounts or two situations"):
        compare(account(), alone(READ))


def test_who_can_says_under_which_conditions() -> None:
    people = account(
        Actor(principal=ALICE, identity=(policy(READ, FENCE),)),
        Actor(principal=BOB, identity=(policy(READ),)),
        Actor(principal=Principal.role(f"arn:aws:iam::{ACCOUNT}:role/none")),
    )
    found = who_can(people, Query("s3:GetObject", "arn:aws:s3:::b/x", {"aws:ResourceAccount": ACCOUNT}))
    told = {able.principal.name: [way.conditions for way in able.ways] for able in found.able}
    assert told == {"notebook": [("aws:SourceVpce is 'vpce-1'",)], "bob": [()]}


def test_who_can_keeps_the_widest_ways() -> None:
    agent, both = {"aws:UserAgent": "cli"}, {"aws:UserAgent": "cli", "aws:referer": "here"}
    wide, narrow = ({**READ, "Sid": None, "Condition": {"StringEquals": keys}} for keys in (agent, both))
    statements = [{key: value for key, value in each.items() if value} for each in (narrow, wide)]
    (able,) = who_can(alone_of(policy(*statements)), Query("s3:GetObject", Equals("arn:aws:s3:::b/x"))).able
    assert [way.conditions for way in able.ways] == [("aws:UserAgent is 'cli'",)]


def alone_of(*policies: Policy) -> Situation:
    return Situation(ALICE, Environment(identity=policies, account=ACCOUNT))


@pytest.mark.parametrize(
    ("principal", "condition", "holds"),
    [
        ({"AWS": "*"}, {}, False),
        ({"AWS": f"arn:aws:iam::{STRANGER}:root"}, {}, False),
        ({"AWS": "*"}, {"StringEquals": {"aws:PrincipalAccount": ACCOUNT}}, True),
        ({"AWS": "*"}, {"StringEquals": {"aws:PrincipalTag/user": "alice"}}, False),
        ({"AWS": "*"}, {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:role/*"}}, True),
        ({"AWS": "*"}, {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/tenants/*"}}, False),
        ({"AWS": ACCOUNT}, {}, True),
    ],
)
def test_strangers_are_asked_about(principal: Any, condition: Any, *, holds: bool) -> None:
    bucket = {**READ, "Principal": principal, "Condition": condition}
    public = account(bucket=bucket, anybody=(Anybody(),))
    proof = prove(public, Query("s3:GetObject", "arn:aws:s3:::b/*"))
    assert proof.proved is holds
    if proof.request is not None:
        assert proof.request.principal.account != ACCOUNT


def test_a_service_and_any_role_of_the_own_account_are_asked_about() -> None:
    bucket = {**READ, "Principal": {"Service": "logging.s3.amazonaws.com"}}
    services = Anybody(kinds=frozenset({PrincipalKind.SERVICE}))
    found = prove(account(bucket=bucket, anybody=(services,)), GET)
    assert found.request is not None
    assert found.request.principal.arn == "logging.s3.amazonaws.com"
    own = Anybody(whose=Whose.OWN, kinds=frozenset({PrincipalKind.ROLE}), arns=OtherThan(ALICE.arn))
    closed = {**READ, "Effect": "Deny", "Principal": "*"}
    spared = {**closed, "Condition": {"ArnNotEquals": {"aws:PrincipalArn": ALICE.arn}}}
    assert prove(account(bucket=spared, anybody=(own,)), GET).proved
    every = Anybody(whose=Whose.OWN, kinds=frozenset({PrincipalKind.ROLE}))
    through = prove(account(bucket=spared, anybody=(every,)), GET)
    assert through.request is not None
    assert through.request.principal.arn == ALICE.arn


def test_resources_of_strangers_are_asked_about_unless_the_query_names_the_owner() -> None:
    writes = account(Actor(principal=ALICE, identity=(policy({**READ, "Resource": "*"}),)))
    assert not prove(writes, Query("s3:GetObject", context={"aws:ResourceAccount": OtherThan(ACCOUNT)})).proved
    fenced = {**FENCE, "Condition": {"StringNotEquals": {"aws:ResourceAccount": ACCOUNT}}}
    kept = account(Actor(principal=ALICE, identity=(policy({**READ, "Resource": "*"}, fenced),)))
    assert prove(kept, Query("s3:GetObject", context={"aws:ResourceAccount": OtherThan(ACCOUNT)})).proved
    assert prove(kept, Query("s3:GetObject")).verdict is Verdict.COUNTEREXAMPLE


def test_a_planned_id_is_distinct_and_reads_well() -> None:
    documents = [{"a": "{{endpoint/s3}} {{subnet/z1}}", "b": ["vpce-endpoint.s3"]}, "{{endpoint/s3}}"]
    assert references(documents) == ("endpoint/s3", "subnet/z1")
    ids = fresh_ids(documents, {"endpoint/": "vpce-", "": "id-"})
    assert ids == {"endpoint/s3": "vpce-endpoint.s3-2", "subnet/z1": "id-subnet.z1"}
    assert with_ids(documents, ids)[0]["a"] == "vpce-endpoint.s3-2 id-subnet.z1"
    assert named("through vpce-endpoint.s3-2", ids) == "through {{endpoint/s3}}"


def test_names_that_read_alike_get_different_ids() -> None:
    ids = fresh_ids(["{{a/b}} {{a.b}}"])
    assert len(set(ids.values())) == 2


def test_a_perimeter_over_a_planned_endpoint_is_proved() -> None:
    planned = {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Action": "*", "Resource": "*"},
            {**FENCE, "Condition": {"StringNotEquals": {"aws:SourceVpce": "{{endpoint/s3}}"}}},
        ],
    }
    ids = fresh_ids([planned], {"endpoint/": "vpce-"})
    situation = alone_of(parse_policy(with_ids(planned, ids)))
    around = Query("s3:*", context={"aws:SourceVpce": OtherThan(ids["endpoint/s3"]).or_missing()})
    assert prove(situation, around).proved
    assert prove(situation, Query("s3:*"), reading=Reading.EXACT).verdict is Verdict.COUNTEREXAMPLE
