"""What is true of every request limits what a claim is asked about, and values are told apart where it matters."""

from __future__ import annotations

from typing import Any

from iamproof import (
    Account,
    Actor,
    AnyString,
    Environment,
    Like,
    Missing,
    OtherThan,
    Policy,
    Principal,
    Query,
    Situation,
    Verdict,
    parse_policy,
    possible,
    prove,
)

ACCOUNT = "111122223333"
ROLE = Principal.role(f"arn:aws:iam::{ACCOUNT}:role/r")
ALL = {"Effect": "Allow", "Action": "*", "Resource": "*"}


def policy(*statements: dict[str, Any]) -> Policy:
    return parse_policy({"Version": "2012-10-17", "Statement": list(statements)})


def deny(**tests: dict[str, Any]) -> dict[str, Any]:
    condition = {operator.replace("__", ":"): values for operator, values in tests.items()}
    return {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": condition}


def allow(action: str, **tests: dict[str, Any]) -> dict[str, Any]:
    return {**deny(**tests), "Effect": "Allow", "Action": action}


def having(*statements: dict[str, Any]) -> Situation:
    return Situation(ROLE, Environment(identity=(policy(*statements),), account=ACCOUNT))


def test_a_key_that_is_always_there_is_never_missing() -> None:
    over_http = having(ALL, deny(Null={"aws:SecureTransport": "false"}))
    assert prove(over_http, Query("s3:GetObject")).proved
    assert not prove(having(ALL, deny(Null={"aws:SourceVpce": "false"})), Query("s3:GetObject")).proved


def test_a_boolean_key_is_true_or_false() -> None:
    both = having(ALL, deny(Bool={"aws:SecureTransport": "true"}), deny(StringEquals={"aws:SecureTransport": "false"}))
    assert prove(both, Query("s3:GetObject")).proved


def test_both_truths_are_asked() -> None:
    for truth in ("true", "false"):
        assert possible(having(allow("s3:*", Bool={"aws:SecureTransport": truth})), Query("s3:GetObject")).proved


def test_a_way_that_ends_nowhere_is_left_for_the_next() -> None:
    """The first choice, no x, is contradicted by the other two statements only together."""
    x, y, z = ({key: "1"} for key in ("aws:SourceVpce", "aws:UserAgent", "aws:referer"))
    puzzle = having(
        ALL,
        deny(StringNotEquals={**x, **z}),
        deny(StringNotEquals=x, StringEquals=z),
        deny(StringEquals={**x, **y}),
    )
    found = possible(puzzle, Query("s3:GetObject"))
    assert found.request is not None
    assert found.request.context["aws:SourceVpce"] == "1"


def test_a_list_that_is_missing_is_refused_by_null() -> None:
    needed = having(ALL, deny(Null={"sagemaker:VpcSubnets": "true"}))
    without = Query("sagemaker:CreateTrainingJob", context={"sagemaker:VpcSubnets": Missing})
    assert prove(needed, without).proved
    assert possible(needed, Query("sagemaker:CreateTrainingJob")).proved


def test_a_request_through_an_endpoint_has_no_address() -> None:
    office = having(allow("s3:*", IpAddress={"aws:SourceIp": "10.0.0.0/8"}))
    assert prove(office, Query("s3:*", context={"aws:SourceVpce": AnyString})).proved
    assert prove(office, Query("s3:*", context={"aws:SourceVpc": AnyString})).proved
    assert possible(office, Query("s3:*", context={"aws:SourceVpce": Missing})).proved


def test_the_age_of_mfa_is_there_only_with_mfa() -> None:
    aged = having(allow("s3:*", NumericLessThan={"aws:MultiFactorAuthAge": "900"}))
    assert prove(aged, Query("s3:*", context={"aws:MultiFactorAuthPresent": "false"})).proved
    assert possible(aged, Query("s3:*", context={"aws:MultiFactorAuthPresent": "true"})).proved


def test_a_tag_that_is_set_is_named() -> None:
    unnamed = having(ALL, deny(ForAnyValue__StringEquals={"aws:TagKeys": ["user"]}))
    tagged = Query("sagemaker:AddTags", context={"aws:RequestTag/user": AnyString})
    found = prove(unnamed, tagged)
    assert found.request is not None
    names = found.request.values()["aws:tagkeys"] or ()
    assert names, "another spelling of the same key"
    assert {name.lower() for name in names} == {"user"}
    folded = having(ALL, deny(ForAnyValue__StringEqualsIgnoreCase={"aws:TagKeys": ["user"]}))
    assert prove(folded, tagged).proved


def test_the_owner_tag_has_one_value_under_both_names() -> None:
    twice = having(
        allow("sagemaker:*", StringEquals={"sagemaker:ResourceTag/user": "alice"}),
        deny(StringEquals={"aws:ResourceTag/user": "alice"}),
    )
    assert prove(twice, Query("sagemaker:DeleteNotebookInstance")).proved


def test_a_key_that_only_users_have_is_missing_for_a_role() -> None:
    named = having(allow("s3:*", StringLike={"aws:username": "*"}))
    assert prove(named, Query("s3:GetObject")).proved


def test_nobody_reaches_into_another_partition() -> None:
    china = having({**ALL, "Resource": "arn:aws-cn:s3:::b/*"})
    assert prove(china, Query("s3:GetObject")).proved


def test_an_account_that_asks_about_itself_knows_whose_a_bucket_is() -> None:
    foreign = having(allow("s3:*", StringNotEquals={"aws:ResourceAccount": ACCOUNT}))
    assert prove(foreign, Query("s3:GetObject")).proved, "the bucket is taken to be in the account"
    account = Account(id=ACCOUNT, actors=(Actor(principal=ROLE, identity=foreign.environment.identity),))
    found = prove(account, Query("s3:GetObject"))
    assert found.request is not None
    assert found.request.context["aws:ResourceAccount"] == "999999999999"


def test_a_value_that_only_another_condition_names_is_tried_for_a_variable() -> None:
    tied = having(
        allow("sagemaker:AddTags", StringEquals={"aws:ResourceTag/team": "red"}),
        deny(StringNotEquals={"aws:ResourceTag/team": "${aws:RequestTag/team}"}),
    )
    found = possible(tied, Query("sagemaker:AddTags"))
    assert found.request is not None
    assert found.request.context["aws:RequestTag/team"] == "red"


def test_two_variables_are_tried_with_equal_and_with_different_values() -> None:
    wants = {"aws:ResourceTag/a": "${aws:RequestTag/b}", "aws:ResourceTag/c": "${aws:RequestTag/d}"}
    alike = having(allow("sagemaker:AddTags", StringEquals=wants, StringNotEquals={"aws:ResourceTag/a": "q"}))
    for other in (Query("sagemaker:AddTags"), Query("sagemaker:AddTags", context={"aws:RequestTag/d": OtherThan("x")})):
        assert possible(alike, other).proved


def test_a_number_compared_as_text_too_is_undecided_rather_than_proved() -> None:
    small = having({**ALL, "Action": "example:*"}, deny(NumericLessThan={"example:N": "5"}))
    assert prove(small, Query("example:Do", context={"example:N": Like("4*")})).verdict is Verdict.UNDECIDED


def test_the_policy_of_an_endpoint_is_asked_with_and_without_the_key() -> None:
    nothing = policy({**ALL, "Principal": "*", "Effect": "Deny"})
    shut = Situation(ROLE, Environment(identity=(policy(ALL),), endpoint=nothing, account=ACCOUNT))
    found = prove(shut, Query("s3:GetObject"))
    assert found.request is not None, "beside the endpoint"
    assert prove(shut, Query("s3:GetObject", context={"aws:SourceVpce": AnyString})).proved
    everything = policy({**ALL, "Principal": "*"})
    wide = Situation(ROLE, Environment(identity=(policy(ALL),), endpoint=everything, account=ACCOUNT))
    through = prove(wide, Query("s3:GetObject", context={"aws:SourceVpce": AnyString}))
    assert through.verdict is Verdict.COUNTEREXAMPLE
