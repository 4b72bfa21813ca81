"""Forms of statements that look like guards and are none, and the forms that close them.

Sources: the reference policies of the systems and AWS samples, as the project's SageMaker facts list them.
"""

from __future__ import annotations

from typing import Any

import pytest

from iamproof import Environment, Principal, Reading, Request, evaluate, parse_policy
from tests.iamproof.systems.reference import ACCOUNT, INSIDE, OWN_VPCE, SUBNETS, role_arn, sagemaker

ROLE = Principal.role(role_arn("tenants/alice/notebook"), {"user": "alice"})
ALLOW = {"Effect": "Allow", "Action": "*", "Resource": "*"}
GROUPS = {"sagemaker:VpcSecurityGroupIds": ["sg-1"]}
VPC = {"sagemaker:VpcSubnets": list(SUBNETS)}
PUBLIC = {"sagemaker:AppNetworkAccessType": "PublicInternetOnly"}
TRAIN, DOMAIN = "sagemaker:CreateTrainingJob", "sagemaker:CreateDomain"
RESOURCES = {TRAIN: sagemaker("training-job/j"), DOMAIN: sagemaker("domain/d-1")}


def refused(action: str, context: dict[str, Any], *conditions: dict[str, Any]) -> bool:
    """Whether Denies with these conditions refuse the request; both readings must agree."""
    denies = [{"Effect": "Deny", "Action": "sagemaker:*", "Resource": "*", "Condition": c} for c in conditions]
    policy = parse_policy({"Version": "2012-10-17", "Statement": [ALLOW, *denies]})
    request = Request(action, RESOURCES[action], ROLE, context)
    outcomes = {not evaluate(request, Environment(identity=(policy,)), reading=r).allowed for r in Reading}
    assert len(outcomes) == 1
    return outcomes.pop()


def test_null_of_two_keys_in_one_block_denies_only_where_both_are_missing() -> None:
    both = {"Null": {"sagemaker:VpcSubnets": "true", "sagemaker:VpcSecurityGroupIds": "true"}}
    apart = [{"Null": {key: "true"}} for key in both["Null"]]
    assert refused(TRAIN, {}, both)
    assert not refused(TRAIN, GROUPS, both), "groups without subnets slip through"
    assert refused(TRAIN, GROUPS, *apart)
    assert not refused(TRAIN, GROUPS | VPC, *apart)


def test_a_domain_lock_that_also_asks_for_missing_keys_never_fires_with_subnets() -> None:
    wrong = {"sagemaker:AppNetworkAccessType": "VpcOnly"}
    locked = {"StringNotEquals": wrong, "Null": {"sagemaker:VpcSubnets": "true"}}
    assert not refused(DOMAIN, VPC | PUBLIC, locked)
    assert refused(DOMAIN, VPC | PUBLIC, {"StringNotEquals": wrong})
    assert refused(DOMAIN, VPC, {"StringNotEquals": wrong}), "a missing value is not VpcOnly either"


def test_a_guard_by_null_false_switches_a_deny_off_where_the_parameter_is_left_out() -> None:
    open_form = {"Null": {"aws:SourceVpce": "false"}, "ForAllValues:StringNotEquals": {"aws:SourceVpce": [OWN_VPCE]}}
    closed = {
        "StringNotEqualsIfExists": {"aws:SourceVpce": [OWN_VPCE]},
        "BoolIfExists": {"aws:ViaAWSService": "false"},
    }
    assert not refused(TRAIN, {}, open_form)
    assert refused(TRAIN, {}, closed)
    assert not refused(TRAIN, INSIDE, closed)
    assert not refused(TRAIN, {"aws:ViaAWSService": True}, closed), "a service that uses the caller's rights may"
    assert refused(TRAIN, {"aws:ViaAWSService": False}, closed), "a service role's call is none of these"


@pytest.mark.parametrize(
    ("pattern", "reached"),
    [
        ("role/platform/tenant/${aws:PrincipalTag/user}-*", "role/platform/tenant/alice-smith-job"),
        ("role/tenants/${aws:PrincipalTag/user}*", "role/tenants/alice2/job"),
    ],
)
def test_a_name_without_a_delimiter_after_it_reaches_longer_names(pattern: str, reached: str) -> None:
    def passes(text: str, role: str) -> bool:
        statement = {"Effect": "Allow", "Action": "iam:PassRole", "Resource": f"arn:aws:iam::{ACCOUNT}:{text}"}
        policy = parse_policy({"Version": "2012-10-17", "Statement": statement})
        request = Request("iam:PassRole", f"arn:aws:iam::{ACCOUNT}:{role}", ROLE)
        return evaluate(request, Environment(identity=(policy,)), reading=Reading.BRACKET).allowed

    assert passes(pattern, reached)
    assert not passes("role/tenants/${aws:PrincipalTag/user}/*", reached)
    assert passes("role/tenants/${aws:PrincipalTag/user}/*", "role/tenants/alice/job")
