"""Claims about requests of which only a part is said."""

from __future__ import annotations

from typing import Any

import pytest

from iamproof import (
    Account,
    Actor,
    AnyString,
    Anything,
    CaseError,
    Contains,
    Endpoint,
    Environment,
    Equals,
    Guarded,
    Like,
    Missing,
    OtherThan,
    Policy,
    Principal,
    PrincipalKind,
    Query,
    Reading,
    Situation,
    Verdict,
    evaluate,
    parse_policy,
    possible,
    prove,
    prove_every,
)

ACCOUNT = "111122223333"
ALICE = Principal.role(f"arn:aws:iam::{ACCOUNT}:role/tenants/alice/notebook", {"user": "alice"})
OWN = {"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::b/users/${aws:PrincipalTag/user}/*"}
ALL = {"Effect": "Allow", "Action": "*", "Resource": "*"}
THEIRS = Like("arn:aws:s3:::b/*").but("arn:aws:s3:::b/users/alice/*")


def policy(*statements: dict[str, Any], name: str = "policy") -> Policy:
    return parse_policy({"Version": "2012-10-17", "Statement": list(statements)}, name=name)


def deny(operator: str, key: str, values: Any, action: Any = "*") -> dict[str, Any]:
    return {"Effect": "Deny", "Action": action, "Resource": "*", "Condition": {operator: {key: values}}}


def having(*statements: dict[str, Any], principal: Principal = ALICE) -> Situation:
    return Situation(principal, Environment(identity=(policy(*statements),), account=ACCOUNT))


def test_a_tenants_prefix_is_nobody_elses() -> None:
    assert prove(having(OWN), Query("s3:*", THEIRS)).proved


def test_a_pattern_without_a_slash_behind_the_name_reaches_another_tenant() -> None:
    collides = {**OWN, "Resource": "arn:aws:s3:::b/users/${aws:PrincipalTag/user}*"}
    found = prove(having(collides), Query("s3:GetObject", THEIRS))
    assert found.verdict is Verdict.COUNTEREXAMPLE
    assert found.request is not None
    assert found.request.resource.startswith("arn:aws:s3:::b/users/alice")


def test_a_counterexample_names_the_statement_that_allows_it() -> None:
    found = prove(having({**OWN, "Sid": "Own"}), Query("s3:GetObject", "arn:aws:s3:::b/*"))
    assert found.decision is not None
    assert [ref.sid for ref in found.decision.statements] == ["Own"]


@pytest.mark.parametrize(
    ("operator", "holds"),
    [
        ("StringNotEquals", True),
        ("StringNotEqualsIfExists", True),
        ("ForAnyValue:StringNotEquals", False),
        ("StringNotLike", True),
    ],
)
def test_a_perimeter_must_hold_without_the_key(operator: str, *, holds: bool) -> None:
    outside = Query("sagemaker:*", context={"aws:SourceVpce": OtherThan("vpce-1").or_missing()})
    proof = prove(having(ALL, deny(operator, "aws:SourceVpce", "vpce-1")), outside)
    assert proof.proved is holds
    if proof.request is not None:
        assert "aws:SourceVpce" not in proof.request.context


def test_one_foreign_subnet_among_own_ones_is_found_without_listing_sets() -> None:
    own = [f"subnet-{number}" for number in range(40)]
    mixed = Query(
        "sagemaker:CreateTrainingJob",
        context={"sagemaker:VpcSubnets": Contains(OtherThan(*own)), "sagemaker:NetworkIsolation": Anything},
    )
    lenient = having(ALL, deny("ForAllValues:StringNotEquals", "sagemaker:VpcSubnets", own))
    strict = having(ALL, deny("ForAnyValue:StringNotEquals", "sagemaker:VpcSubnets", own))
    found = prove(lenient, mixed)
    assert found.request is not None
    assert len(found.request.values()["sagemaker:vpcsubnets"] or ()) == 2
    assert prove(strict, mixed).proved


def test_empty_text_in_a_list_is_asked_on_demand() -> None:
    strict = having(ALL, deny("ForAnyValue:StringNotEquals", "sagemaker:VpcSubnets", ["subnet-1"]))
    asked = {"sagemaker:VpcSubnets": Contains(OtherThan("subnet-1"))}
    found = prove(strict, Query("sagemaker:CreateTrainingJob", context=asked, blank_lists=True))
    assert found.request is not None
    assert found.request.values()["sagemaker:vpcsubnets"] == ("",)
    assert prove(strict, Query("sagemaker:CreateTrainingJob", context=asked)).proved


def test_an_action_that_cannot_carry_the_key_is_found() -> None:
    guarded = having(ALL, deny("ForAnyValue:StringNotEquals", "sagemaker:VpcSubnets", ["subnet-1"]))
    found = prove(guarded, Query(("sagemaker:CreateTransformJob",)))
    assert found.verdict is Verdict.COUNTEREXAMPLE
    present = Query(("sagemaker:CreateTransformJob",), context={"sagemaker:VpcSubnets": AnyString})
    assert prove(guarded, present).proved, "no such request has the key"


def test_tags_of_the_request_and_of_the_caller_are_compared() -> None:
    same = deny("StringNotEquals", "aws:RequestTag/user", "${aws:PrincipalTag/user}", "sagemaker:Create*")
    others = Query("sagemaker:CreateNotebookInstance", context={"aws:RequestTag/user": OtherThan("alice")})
    assert prove(having(ALL, same), others).proved
    assert not prove(having(ALL), others).proved


def test_a_variable_that_the_request_fills_in_is_decided_for_every_value() -> None:
    tied = deny("StringNotEquals", "aws:ResourceTag/team", "${aws:RequestTag/team}", "sagemaker:AddTags")
    differ = Query(
        "sagemaker:AddTags",
        context={"aws:ResourceTag/team": "red", "aws:RequestTag/team": OtherThan("red")},
    )
    alike = Query("sagemaker:AddTags", context={"aws:ResourceTag/team": AnyString, "aws:RequestTag/team": AnyString})
    assert prove(having(ALL, tied), differ).proved
    found = prove(having(ALL, tied), alike)
    assert found.request is not None
    assert found.request.values()["aws:resourcetag/team"] == found.request.values()["aws:requesttag/team"]


def test_a_variable_inside_a_pattern_gets_a_value_by_name() -> None:
    reach = {**OWN, "Resource": "arn:aws:s3:::b/${aws:userid}/*"}
    found = prove(having(reach), Query("s3:GetObject", "arn:aws:s3:::b/carol/*"))
    assert found.request is not None
    assert found.request.values()["aws:userid"] == ("carol",)


def test_everything_is_asked_when_no_action_is_named() -> None:
    mfa = deny("BoolIfExists", "aws:MultiFactorAuthPresent", "false")
    without = Query("*", context={"aws:MultiFactorAuthPresent": Equals("false")})
    assert prove(having(ALL, mfa), without).proved
    allowed = prove(having(ALL), without)
    assert allowed.request is not None
    assert evaluate(allowed.request, Environment(identity=(policy(ALL),))).allowed


def test_the_actions_of_services_that_no_policy_names_are_asked_too() -> None:
    fence = {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}
    found = prove(having(ALL, fence), Query("*"))
    assert found.request is not None
    assert not found.request.action.startswith(("s3:", "another"))


def test_an_endpoints_policy_counts_for_what_passes_it() -> None:
    narrow = policy({**ALL, "Principal": "*", "Resource": "arn:aws:s3:::b/*"}, name="endpoint")
    account = Account(
        id=ACCOUNT,
        actors=(Actor(principal=ALICE, identity=(policy(ALL),)),),
        endpoints=(Endpoint(id="vpce-1", policy=narrow, services=("s3",)),),
    )
    through = Query("s3:PutObject", OtherThan("arn:aws:s3:::b/*"), {"aws:SourceVpce": "vpce-1"})
    beside = Query("s3:PutObject", OtherThan("arn:aws:s3:::b/*"), {"aws:SourceVpce": Missing})
    assert prove(account, through).proved
    assert not prove(account, beside).proved


def test_a_resource_policy_counts_for_its_resources_alone() -> None:
    closed = policy({**ALL, "Effect": "Deny", "Principal": "*"}, name="bucket")
    account = Account(
        id=ACCOUNT,
        actors=(Actor(principal=ALICE, identity=(policy(ALL),)),),
        guarded=(Guarded(resources=("arn:aws:s3:::b", "arn:aws:s3:::b/*"), policy=closed, kind="bucket"),),
    )
    assert prove(account, Query("s3:*", ("arn:aws:s3:::b", "arn:aws:s3:::b/*"))).proved
    assert not prove(account, Query("s3:GetObject", "arn:aws:s3:::c/*")).proved


def test_a_query_means_some_actors_only() -> None:
    bob = Principal.user(f"arn:aws:iam::{ACCOUNT}:user/bob", {"user": "bob"})
    everything = policy(ALL)
    account = Account(
        id=ACCOUNT,
        actors=(Actor(principal=ALICE), Actor(principal=bob, identity=(everything,))),
    )
    assert prove(account, Query("s3:GetObject", tags={"user": "alice"})).proved
    assert prove(account, Query("s3:GetObject", kinds=frozenset({PrincipalKind.ROLE}))).proved
    assert prove(account, Query("s3:GetObject", principals=Like("*:role/*"))).proved
    assert not prove(account, Query("s3:GetObject")).proved


def test_what_cannot_be_read_leaves_every_claim_undecided() -> None:
    allowed = Actor(principal=ALICE, identity=(policy(ALL),))
    account = Account(id=ACCOUNT, actors=(allowed,), unreadable=("bucket policy of results",))
    for decided in (prove, possible, prove_every):
        proof = decided(account, Query("s3:GetObject"))
        assert proof.verdict is Verdict.UNDECIDED
        assert proof.reasons == ("bucket policy of results cannot be read",)


def test_a_claim_that_holds_because_nothing_is_allowed_is_seen_by_its_partner() -> None:
    nothing = having(deny("Null", "aws:SourceVpce", ["true", "false"]))
    assert prove(nothing, Query("s3:GetObject", THEIRS)).proved
    assert not possible(nothing, Query("s3:GetObject", "arn:aws:s3:::b/users/alice/*")).proved


def test_every_request_of_a_query_can_be_shown_to_be_allowed() -> None:
    bound = having(OWN, deny("Bool", "aws:SecureTransport", "false"))
    whole = Query("s3:GetObject", "arn:aws:s3:::b/users/alice/*")
    refused = prove_every(bound, whole)
    assert refused.request is not None
    assert refused.request.context["aws:SecureTransport"] == "false"
    tls = Query("s3:GetObject", "arn:aws:s3:::b/users/alice/*", {"aws:SecureTransport": "true"})
    assert prove_every(bound, tls).proved


def test_several_queries_ask_for_their_union() -> None:
    reads, writes = (Query(action, THEIRS) for action in ("s3:GetObject", "s3:PutObject"))
    only_writes = having({**ALL, "Action": "s3:PutObject"})
    assert prove(only_writes, [reads]).proved
    assert not prove(only_writes, [reads, writes]).proved


def test_a_proof_by_bracket_holds_for_every_meaning() -> None:
    unsure = having(ALL, {"Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::b/a*z/*"})
    asked = Query("s3:GetObject", "arn:aws:s3:::b/a:z/*")
    assert prove(unsure, asked, reading=Reading.EXACT).proved
    assert not prove(unsure, asked).proved


def test_keys_compared_as_text_and_as_numbers_are_never_proved() -> None:
    mixed = having(ALL, deny("NumericLessThan", "example:N", "5"), deny("StringLike", "example:N", "*5*"))
    fenced = {"Effect": "Deny", "Action": "example:*", "Resource": "*"}
    query = Query("example:Do", context={"example:N": Like("4*")})
    assert prove(mixed, query).verdict is not Verdict.PROVED
    undecided = prove(having(ALL, deny("NumericLessThan", "example:N", "500"), fenced), query)
    assert undecided.proved, "the other Deny decides it without the key"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"actions": "GetObject"}, "is no action"),
        ({"actions": ()}, "none is given"),
        ({"actions": "s3:*", "context": {"vpce": Missing}}, "is no condition key"),
        ({"actions": "s3:*", "context": {"aws:SourceIp": Missing, "aws:sourceip": Missing}}, "written twice"),
    ],
)
def test_a_query_that_makes_no_sense_is_refused(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(CaseError, match=said):
        Query(**wrong)
