"""Conditions that never or always hold, operators that do not fit, keys and variables that nobody carries."""

from __future__ import annotations

from typing import Any

import pytest

from iamproof import PrincipalKind, lint

TRAINING, AUTOML = "sagemaker:CreateTrainingJob", "sagemaker:CreateAutoMLJob"
ISOLATION, SUBNETS = "sagemaker:NetworkIsolation", "sagemaker:VpcSubnets"


def policy(condition: dict[str, Any], *actions: str, effect: str = "Deny", resource: str = "*") -> dict[str, Any]:
    statement = {"Effect": effect, "Action": list(actions), "Resource": resource, "Condition": condition}
    return {"Version": "2012-10-17", "Statement": [statement]}


def found(condition: dict[str, Any], *actions: str, effect: str = "Deny", kind: str = "other") -> list[str]:
    return [each.id for each in lint(policy(condition, *actions, effect=effect), kind)]


def message(condition: dict[str, Any], *actions: str, effect: str = "Deny", kind: str = "other") -> str:
    (only,) = lint(policy(condition, *actions, effect=effect), kind)
    return only.message


@pytest.mark.parametrize(
    ("condition", "action"),
    [
        ({"BoolIfExists": {ISOLATION: "false"}}, TRAINING),
        ({"Null": {SUBNETS: "true"}}, TRAINING),
        ({"ForAnyValue:StringNotEquals": {SUBNETS: ["subnet-1"]}}, TRAINING),
        (
            {"StringNotEqualsIfExists": {"aws:SourceVpce": "vpce-1"}, "BoolIfExists": {"aws:ViaAWSService": "false"}},
            "*",
        ),
        ({"StringNotEquals": {"aws:ResourceTag/user": "${aws:PrincipalTag/user}"}}, "sagemaker:StopTrainingJob"),
        ({"StringNotLike": {"s3:prefix": "${aws:PrincipalTag/user}/*"}}, "s3:ListBucket"),
        ({"StringEquals": {"token.example.com:sub": "x"}}, "sts:AssumeRoleWithWebIdentity"),
        ({"Null": {"sagemaker:ServerlessMemorySize": "false"}}, "sagemaker:CreateEndpointConfig"),
    ],
)
def test_a_sound_condition_has_no_finding(condition: dict[str, Any], action: str) -> None:
    assert found(condition, action) == []


def test_a_deny_on_a_key_that_its_action_never_carries_cannot_fire() -> None:
    condition = {"Bool": {ISOLATION: "false"}}
    assert found(condition, AUTOML) == ["key-never-carried"]
    assert "the Deny never fires" in message(condition, AUTOML)
    assert "the Allow never grants" in message(condition, AUTOML, effect="Allow")


def test_a_negated_condition_on_a_key_that_is_never_carried_always_holds() -> None:
    condition = {"StringNotEquals": {"s3:prefix": "a"}}
    assert "the Deny does not depend on it" in message(condition, "s3:GetObject")
    assert "the Allow does not depend on it" in message(condition, "s3:GetObject", effect="Allow")


def test_the_actions_that_do_not_carry_the_key_are_named() -> None:
    condition = {"Bool": {ISOLATION: "false"}}
    assert found(condition, TRAINING, AUTOML) == ["key-not-carried"]
    assert f"{AUTOML} never carries {ISOLATION}, so for it the Deny never fires" in message(condition, TRAINING, AUTOML)
    without = ("sagemaker:CreateApp", "sagemaker:CreateSpace")
    assert "CreateSpace never carry" in message(condition, TRAINING, *without)


def test_asking_for_the_absence_of_a_key_covers_actions_without_it_on_purpose() -> None:
    condition = {"Null": {"sagemaker:TaggingAction": "true"}}
    assert found(condition, "sagemaker:AddTags", "sagemaker:DeleteTags") == []
    assert found(condition, "sagemaker:AddTags", "sagemaker:DeleteTags", effect="Allow") == ["key-not-carried"]


def test_a_wildcard_carries_what_one_of_its_actions_carries() -> None:
    assert found({"Bool": {ISOLATION: "false"}}, "sagemaker:Create*") == []
    assert found({"Bool": {ISOLATION: "false"}}, "sagemaker:List*") == ["key-never-carried"]


def test_an_action_of_which_only_the_name_is_known_may_carry_any_key() -> None:
    assert found({"Bool": {ISOLATION: "false"}}, "sagemaker:CreateJob") == []
    assert found({"Bool": {ISOLATION: "false"}}, "sagemaker:CreateJob", AUTOML) == ["key-not-carried"]


def test_a_key_that_does_not_exist_is_found_with_the_nearest() -> None:
    condition = {"StringNotEquals": {"aws:SourceVpceId": "vpce-1"}}
    assert found(condition, "*") == ["no-such-key"]
    assert "the Deny does not depend on it: did you mean aws:SourceVpce" in message(condition, "*")
    assert found({"StringEquals": {"sagemaker:VpcSubnet": "x"}}, TRAINING) == ["no-such-key"]


def test_keys_are_compared_without_case() -> None:
    assert found({"ForAnyValue:StringNotEquals": {"SageMaker:vpcsubnets": "subnet-1"}}, TRAINING) == []


@pytest.mark.parametrize("operator", ["ForAllValues:StringNotEquals", "ForAnyValue:StringEquals"])
def test_a_set_operator_on_a_key_with_one_value_is_found(operator: str) -> None:
    assert found({operator: {"aws:SourceVpce": "vpce-1"}}, "*") == ["set-operator-on-single-valued-key"]
    assert message({operator: {"aws:SourceVpce": "vpce-1"}}, "*").endswith(f"write {operator.partition(':')[2]}")


def test_the_message_says_what_a_set_operator_does_without_the_key() -> None:
    for operator, does in {"ForAllValues:StringEquals": "holds", "ForAnyValue:StringNotEquals": "fails"}.items():
        assert f"it {does} when the key is missing" in message({operator: {"aws:SourceVpce": "vpce-1"}}, "*")


def test_a_plain_operator_on_a_key_with_several_values_is_found() -> None:
    condition = {"StringNotEquals": {SUBNETS: "subnet-1"}}
    assert found(condition, TRAINING) == ["multi-valued-key-without-set-operator"]


@pytest.mark.parametrize(
    ("operator", "key"),
    [
        ("NumericEquals", "aws:SourceArn"),
        ("DateLessThan", "aws:SecureTransport"),
        ("Bool", "aws:PrincipalArn"),
        ("IpAddress", "aws:CurrentTime"),
        ("ArnLike", "aws:SecureTransport"),
    ],
)
def test_an_operator_that_cannot_read_the_keys_values_is_found(operator: str, key: str) -> None:
    values = {"NumericEquals": "5", "DateLessThan": "2026-04-01", "Bool": "true", "IpAddress": "10.0.0.0/8"}
    condition = {operator: {key: values.get(operator, "arn:aws:iam::111122223333:role/a")}}
    assert found(condition, "*") == ["operator-of-another-type"]


@pytest.mark.parametrize(
    ("operator", "instead"),
    [
        ("Bool", "write BoolIfExists without Null"),
        ("BoolIfExists", "BoolIfExists alone would deny it; drop Null"),
    ],
)
def test_null_false_beside_a_test_of_the_key_spares_requests_without_it(operator: str, instead: str) -> None:
    condition = {"Null": {ISOLATION: "false"}, operator: {ISOLATION: "false"}}
    assert found(condition, TRAINING) == ["null-guard"]
    assert f"a request without {ISOLATION} is not denied" in message(condition, TRAINING)
    assert instead in message(condition, TRAINING)
    assert found(condition, TRAINING, effect="Allow") == []


def test_null_false_beside_any_value_needs_a_second_statement() -> None:
    condition = {"Null": {SUBNETS: "false"}, "ForAnyValue:StringNotEquals": {SUBNETS: "subnet-1"}}
    text = message(condition, TRAINING)
    assert f"drop Null, and deny Null {SUBNETS} true in a statement of its own" in text
    assert "IfExists" not in text


def test_null_true_beside_a_test_that_fails_without_the_key_never_matches() -> None:
    assert found({"Null": {ISOLATION: "true"}, "Bool": {ISOLATION: "false"}}, TRAINING) == ["never-matches"]
    assert found({"Null": {ISOLATION: "true"}, "BoolIfExists": {ISOLATION: "false"}}, TRAINING) == []
    assert found({"Null": {ISOLATION: ["true", "false"]}, "Bool": {ISOLATION: "false"}}, TRAINING) == []


def test_all_values_of_a_missing_key_hold_in_an_allow() -> None:
    condition: dict[str, Any] = {"ForAllValues:StringEquals": {SUBNETS: "subnet-1"}}
    assert found(condition, TRAINING, effect="Allow") == ["for-all-values-of-missing-key"]
    assert found(condition, TRAINING) == []
    assert found({**condition, "Null": {SUBNETS: "false"}}, TRAINING, effect="Allow") == []


@pytest.mark.parametrize(
    ("kind", "ids"),
    [
        ("role", ["key-not-of-principal"]),
        ("user", []),
        ("group", []),
        ("managed", []),
        ("scp", []),
        ("session", ["key-not-of-principal"]),
        ("bucket", []),
    ],
)
def test_a_users_name_is_a_key_of_users_only(kind: str, ids: list[str]) -> None:
    assert found({"StringEquals": {"aws:username": "alice"}}, "s3:GetObject", kind=kind) == ids


def test_a_managed_policy_that_only_roles_carry_is_judged_as_one_of_roles() -> None:
    document = policy({"StringNotEquals": {"aws:username": "alice"}}, "s3:GetObject")
    assert lint(document, "managed", principal=PrincipalKind.USER) == ()
    (only,) = lint(document, "managed", principal=PrincipalKind.ROLE)
    assert "never for AssumedRole, so the Deny does not depend on it" in only.message
    assert "aws:PrincipalTag" in only.message


def test_keys_of_service_principals_are_never_there_for_users_and_roles() -> None:
    condition = {"StringEquals": {"aws:SourceAccount": "111122223333"}}
    assert found(condition, "s3:GetObject", kind="managed") == ["key-not-of-principal"]
    assert found(condition, "s3:GetObject", kind="bucket") == []


@pytest.mark.parametrize(
    ("variable", "ids"),
    [
        ("${aws:username}", ["variable-without-value"]),
        ("${aws:usrname}", ["variable-without-value"]),
        ("${aws:TagKeys}", ["variable-without-value"]),
        ("${aws:username, 'nobody'}", []),
        ("${aws:PrincipalTag/user}", []),
        ("${graph.example.com:id}", []),
    ],
)
def test_a_variable_that_has_no_value_is_found_in_resources_and_conditions(variable: str, ids: list[str]) -> None:
    in_resource = policy({}, "s3:GetObject", resource=f"arn:aws:s3:::b/{variable}/*")
    assert [(each.id, each.path) for each in lint(in_resource, "role")] == [
        (id_, "Statement[0].Resource") for id_ in ids
    ]
    in_condition = {"StringEquals": {"aws:PrincipalTag/a": [variable, f"{variable}-b"]}}
    assert found(in_condition, "s3:GetObject", kind="role") == ids


def test_a_variable_in_what_is_spared_is_found_at_its_place() -> None:
    statement = {"Effect": "Deny", "Action": "s3:*", "NotResource": "arn:aws:s3:::b/${aws:username}/*"}
    (only,) = lint({"Version": "2012-10-17", "Statement": [statement]}, "role")
    assert only.path == "Statement[0].NotResource"


@pytest.mark.parametrize("elements", [{"NotAction": AUTOML}, {"Action": ["*", AUTOML]}])
def test_a_statement_about_all_actions_is_not_judged_by_those_that_it_names(elements: dict[str, Any]) -> None:
    statement = {"Effect": "Deny", "Resource": "*", "Condition": {"Bool": {ISOLATION: "false"}}, **elements}
    assert lint({"Version": "2012-10-17", "Statement": statement}) == ()
