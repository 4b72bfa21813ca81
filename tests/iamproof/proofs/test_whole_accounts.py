"""Accounts as JSON and back, and two whole accounts side by side."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest

from iamproof import (
    Account,
    Actor,
    Anybody,
    Endpoint,
    Equals,
    Guarded,
    OtherThan,
    Policy,
    Principal,
    Query,
    account_to_dict,
    compare,
    parse_policy,
    prove,
    who_can,
)
from iamproof.account_input import Reader

ACCOUNT = "111122223333"
ALICE = Principal.role(f"arn:aws:iam::{ACCOUNT}:role/alice", {"user": "alice"})
BOB = Principal.user(f"arn:aws:iam::{ACCOUNT}:user/bob")
READ = {"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}
KEYED = {**READ, "Sid": "Keyed", "Condition": {"StringEquals": {"aws:PrincipalTag/user": "alice"}}}
ANYONE = {**READ, "Sid": "Anyone", "Principal": "*"}
CLOSED = {**ANYONE, "Sid": "Closed", "Effect": "Deny"}
GET = Query("s3:GetObject", Equals("arn:aws:s3:::b/x"))


def policy(*statements: dict[str, Any], name: str = "policy") -> Policy:
    return parse_policy({"Version": "2012-10-17", "Statement": list(statements)}, name=name)


def full_account() -> Account:
    """An account with everything that the form has words for."""
    return Account(
        id=ACCOUNT,
        actors=(
            Actor(principal=ALICE, identity=(policy(READ), policy(KEYED)), boundary=policy(READ, name="boundary")),
            Actor(principal=BOB, identity=(policy(READ),), session=(policy(READ),)),
        ),
        guarded=(Guarded(resources=("arn:aws:s3:::b", "arn:aws:s3:::b/*"), policy=policy(ANYONE), kind="bucket"),),
        anybody=(Anybody(),),
        endpoints=(Endpoint(id="vpce-1", policy=policy(ANYONE, name="way"), services=("s3",)), Endpoint(id="vpce-2")),
        service_controls=((policy(READ),),),
        resource_controls=((policy(ANYONE),),),
        unreadable=("somebody",),
    )


def read_back(document: dict[str, Any]) -> Account:
    reader = Reader()
    account = reader.account(json.loads(json.dumps(document)), "account")
    assert reader.problems.found == []
    assert account is not None
    return account


def test_an_account_read_back_is_the_same_but_for_numbers_of_names() -> None:
    document = account_to_dict(full_account())
    assert account_to_dict(read_back(document)) == document
    again = read_back(document)
    assert [actor.principal for actor in again.actors] == [ALICE, BOB]
    assert dict(again.actors[0].principal.tags) == {"user": "alice"}
    assert [each.statements for each in again.actors[0].identity] == [policy(READ).statements, policy(KEYED).statements]
    assert (again.anybody, again.unreadable) == ((Anybody(),), ("somebody",))
    assert [endpoint.services for endpoint in again.endpoints] == [("s3",), ()]


def test_documents_of_one_name_are_told_apart_and_equal_ones_stand_once() -> None:
    document = account_to_dict(full_account())
    assert sorted(document["documents"]) == ["boundary", "policy", "policy (2)", "policy (3)", "way"]
    assert document["actors"][0]["identity"] == ["policy", "policy (2)"]
    assert document["actors"][1]["session"] == ["policy"]
    assert document["documents"]["policy (2)"]["Statement"][0]["Sid"] == "Keyed"


def test_somebody_narrowed_by_name_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="no words"):
        account_to_dict(Account(id=ACCOUNT, anybody=(Anybody(arns=OtherThan(BOB.arn)),)))


def test_a_name_of_no_document_is_a_problem() -> None:
    reader = Reader()
    actor = {"principal": BOB.arn, "identity": ["poliy"]}
    assert reader.account({"id": ACCOUNT, "actors": [actor], "documents": {"policy": {}}}, "account") is None
    assert reader.problems.found == [
        "account.actors[0].identity[0]: 'poliy' is no document of this account's documents"
    ]


def test_an_unreadable_document_is_named() -> None:
    account = {"id": ACCOUNT, "actors": [{"principal": BOB.arn, "boundary": "fence"}], "documents": {"fence": {}}}
    (said,) = read_back(account).unreadable
    assert said.startswith("fence (")


def test_who_can_tells_by_which_endpoint_each_comes() -> None:
    free = Actor(principal=ALICE, identity=(policy(READ),))
    bound = {**READ, "Sid": "Inside", "Condition": {"StringEquals": {"aws:SourceVpce": "vpce-1"}}}
    endpoints = (Endpoint(id="vpce-1", policy=policy(ANYONE), services=("s3",)),)
    account = Account(id=ACCOUNT, actors=(free, Actor(principal=BOB, identity=(policy(bound),))), endpoints=endpoints)
    found = {able.principal.name: {way.conditions for way in able.ways} for able in who_can(account, GET).able}
    inside, elsewhere = ("aws:SourceVpce is 'vpce-1'",), ("through none of the endpoints that are listed",)
    assert found == {"alice": {inside, elsewhere}, "bob": {inside}}


def test_a_key_that_is_true_or_false_is_told_by_its_value() -> None:
    secure = {**READ, "Condition": {"Bool": {"aws:SecureTransport": "true"}}}
    refused = {**CLOSED, "Condition": {"BoolIfExists": {"aws:SecureTransport": "false"}}}
    del refused["Principal"]
    for statements in ((secure,), (READ, refused)):
        account = Account(id=ACCOUNT, actors=(Actor(principal=ALICE, identity=(policy(*statements),)),))
        (able,) = who_can(account, GET).able
        assert [way.conditions for way in able.ways] == [("aws:SecureTransport is 'true'",)]


BUCKETS = tuple(f"arn:aws:s3:::bucket-{number}" for number in range(12))


def wide(actors: int, *, changed: bool = False) -> Account:
    """An account with many actors, guarded buckets and endpoints; one bucket's policy may differ."""
    guarded = tuple(
        Guarded(
            resources=(arn, f"{arn}/*"),
            policy=policy({**(CLOSED if changed and arn == BUCKETS[-1] else ANYONE), "Resource": [arn, f"{arn}/*"]}),
            kind="bucket",
        )
        for arn in BUCKETS
    )
    who = (Principal.role(f"arn:aws:iam::{ACCOUNT}:role/r{number}") for number in range(actors))
    endpoints = tuple(Endpoint(id=f"vpce-{name}", policy=policy(ANYONE), services=("s3",)) for name in "abcdef")
    everything = policy({"Effect": "Allow", "Action": "s3:*", "Resource": "*"})
    actors_ = tuple(Actor(principal=each, identity=(everything,)) for each in who)
    return Account(id=ACCOUNT, actors=actors_, guarded=guarded, endpoints=endpoints)


def test_what_decides_alike_is_not_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(*_: object, **__: object) -> None:
        raise AssertionError("nothing differs, and yet something is asked")

    monkeypatch.setattr(sys.modules["iamproof.compare"], "Openings", ask)
    assert compare(wide(5), wide(5)).same


def test_one_changed_policy_is_found_among_many() -> None:
    found = compare(wide(2), wide(2, changed=True))
    assert found.allowed is None
    assert found.refused is not None
    assert found.refused.request.resource.startswith(BUCKETS[-1])
    assert found.reasons == ()


def test_a_bucket_that_only_one_side_guards_is_compared_with_what_nobody_guards() -> None:
    actor = Actor(principal=ALICE, identity=(policy(READ),))
    guarded = Guarded(resources=("arn:aws:s3:::b", "arn:aws:s3:::b/*"), policy=policy(CLOSED), kind="bucket")
    bare, closed = Account(id=ACCOUNT, actors=(actor,)), Account(id=ACCOUNT, actors=(actor,), guarded=(guarded,))
    assert compare(bare, closed).refused is not None
    assert compare(closed, bare).allowed is not None


def test_a_resource_is_compared_with_itself_where_patterns_overlap() -> None:
    """Every bucket's objects match ``arn:*:sns:*`` as well, where a name holds ``:sns:``."""
    topics = Guarded(resources=("arn:*:sns:*",), policy=policy({**CLOSED, "Resource": "*"}))
    open_ = Guarded(resources=("arn:aws:s3:::b/*",), policy=policy(ANYONE), kind="bucket")
    actor = Actor(principal=ALICE, identity=(policy(READ),))

    def version(kept: str) -> Account:
        renamed = policy({**READ, "Resource": f"arn:aws:s3:::{kept}/*"})
        return Account(id=ACCOUNT, actors=(actor, Actor(principal=BOB, identity=(renamed,))), guarded=(open_, topics))

    assert compare(version("b"), version("b")).same
    found = compare(version("b"), version("c"))
    assert {change.request.principal for change in (found.allowed, found.refused) if change} == {BOB}


def test_the_ways_of_an_endpoint_are_compared_with_each_other() -> None:
    def through(**endpoint: Any) -> Account:
        actor = Actor(principal=ALICE, identity=(policy(READ),))
        return Account(id=ACCOUNT, actors=(actor,), endpoints=(Endpoint(id="vpce-1", services=("s3",), **endpoint),))

    closed = policy({**CLOSED, "Resource": "*"})
    found = compare(through(policy=policy(ANYONE)), through(policy=closed), GET)
    assert found.allowed is None
    assert found.refused is not None
    assert found.refused.request.context["aws:SourceVpce"] == "vpce-1"
    assert compare(through(policy=closed), through(), GET).allowed is not None


def test_a_policy_more_is_a_difference_and_so_is_another_tag() -> None:
    refused = policy({**READ, "Effect": "Deny"})
    one, two = (
        Account(id=ACCOUNT, actors=(Actor(principal=ALICE, identity=policies),))
        for policies in (
            (policy(READ),),
            (policy(READ), refused),
        )
    )
    assert compare(one, two).refused is not None
    assert compare(two, one).allowed is not None
    retagged = Principal.role(ALICE.arn, {"user": "bob"})
    other = Account(id=ACCOUNT, actors=(Actor(principal=retagged, identity=(policy(READ),)),))
    assert not compare(one, other).same


def test_of_two_sets_of_resources_the_one_that_no_policy_guards_is_asked_about_too() -> None:
    guarded = Guarded(resources=("arn:aws:s3:::b/*",), policy=policy(CLOSED), kind="bucket")
    reads_all = policy({**READ, "Resource": "*"})
    account = Account(id=ACCOUNT, actors=(Actor(principal=BOB, identity=(reads_all,)),), guarded=(guarded,))
    assert prove(account, Query("s3:GetObject", ("arn:aws:s3:::b/*",))).proved
    assert prove(account, Query("s3:GetObject", "arn:aws:s3:::b/x*")).proved, "a part of what is guarded"
    found = prove(account, Query("s3:GetObject", ("arn:aws:s3:::b/*", "arn:aws:s3:::c/*")))
    assert found.request is not None
    assert found.request.resource.startswith("arn:aws:s3:::c/")
