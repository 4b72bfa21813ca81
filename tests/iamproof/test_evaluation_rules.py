"""AWS' evaluation rules, one sentence each.

Source: IAM User Guide, "Policy evaluation logic", "Cross-account policy evaluation logic", "Permissions boundaries",
"Condition operators" and "Variables".
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from iamproof import CaseError, Environment, Outcome, Policy, Principal, Reading, Request, evaluate, parse_policy

ACCOUNT = "111122223333"
OTHER = "999999999999"
OBJECT = "arn:aws:s3:::bucket/key"
KEY = f"arn:aws:kms:ap-northeast-1:{ACCOUNT}:key/1234"
ROLE_ARN = f"arn:aws:iam::{ACCOUNT}:role/app"
USER_ARN = f"arn:aws:iam::{ACCOUNT}:user/ada"
SESSION_ARN = f"arn:aws:sts::{ACCOUNT}:assumed-role/app/run"
ROOT_ARN = f"arn:aws:iam::{ACCOUNT}:root"
ROLE = Principal.role(ROLE_ARN, session="run")
USER = Principal.user(USER_ARN)
PARTNER = Principal.role(f"arn:aws:iam::{OTHER}:role/partner")


def policy(effect: str, action: str = "*", *, name: str = "policy", **elements: Any) -> Policy:
    statement = {"Effect": effect, "Action": action, "Resource": "*", **elements}
    return parse_policy({"Version": "2012-10-17", "Statement": [statement]}, name=name)


def resource_policy(principal: Any, effect: str = "Allow", **elements: Any) -> Policy:
    return policy(effect, Principal=principal, name="resource", **elements)


def outcome(principal: Principal, on: str = OBJECT, action: str = "s3:GetObject", **environment: Any) -> Outcome:
    """Decide a request; `environment` is that of Environment."""
    return evaluate(Request(action, on, principal), Environment(**environment)).outcome


ALLOW = policy("Allow", name="allow")
DENY = policy("Deny", name="deny")
NOTHING = policy("Allow", "ec2:DescribeVpcs", name="nothing")
EVERYONE = resource_policy("*")
EVERYONE_DENIED = resource_policy("*", "Deny")


def test_without_an_allow_a_request_is_denied_implicitly() -> None:
    assert outcome(ROLE) is Outcome.IMPLICIT_DENY
    assert outcome(ROLE, identity=(NOTHING,)) is Outcome.IMPLICIT_DENY


@pytest.mark.parametrize(
    "denying",
    [
        {"identity": (ALLOW, DENY)},
        {"boundary": DENY},
        {"session": DENY},
        {"resource": EVERYONE_DENIED},
        {"endpoint": EVERYONE_DENIED},
        {"service_controls": ((ALLOW, DENY),)},
        {"resource_controls": ((EVERYONE_DENIED,),)},
    ],
)
def test_one_deny_in_any_kind_of_policy_is_final(denying: dict[str, Any]) -> None:
    environment = {"identity": (ALLOW,), **denying}
    assert outcome(ROLE, **environment) is Outcome.EXPLICIT_DENY


def test_the_decision_names_the_statements_that_decided() -> None:
    refused = evaluate(Request("s3:GetObject", OBJECT, ROLE), Environment(identity=(ALLOW, DENY)))
    assert [(ref.policy, ref.effect.value, ref.position) for ref in refused.statements] == [("deny", "Deny", 0)]
    environment = Environment(identity=(NOTHING, ALLOW), boundary=policy("Allow", name="boundary", Sid="Ceiling"))
    granted = evaluate(Request("s3:GetObject", OBJECT, ROLE), environment)
    assert {(ref.policy, ref.sid) for ref in granted.statements} == {("allow", None), ("boundary", "Ceiling")}
    missing = evaluate(Request("s3:GetObject", OBJECT, ROLE), Environment(identity=(ALLOW,), boundary=NOTHING))
    assert (missing.outcome, missing.statements, missing.missing) == (Outcome.IMPLICIT_DENY, (), ("boundary",))


def test_every_level_of_service_controls_must_allow() -> None:
    assert outcome(ROLE, identity=(ALLOW,), service_controls=((ALLOW,), (ALLOW,))) is Outcome.ALLOWED
    assert outcome(ROLE, identity=(ALLOW,), service_controls=((ALLOW,), (NOTHING,))) is Outcome.IMPLICIT_DENY
    assert outcome(ROLE, identity=(ALLOW,), service_controls=((NOTHING, ALLOW),)) is Outcome.ALLOWED
    assert outcome(ROLE, service_controls=((ALLOW,),)) is Outcome.IMPLICIT_DENY, "a control grants nothing"


def test_service_controls_bind_principals_of_the_account_and_resource_controls_its_resources() -> None:
    foreign: dict[str, Any] = {
        "account": ACCOUNT,
        "identity": (ALLOW,),
        "resource": EVERYONE,
        "resource_account": ACCOUNT,
    }
    assert outcome(PARTNER, **foreign, service_controls=((DENY,),)) is Outcome.ALLOWED
    assert outcome(PARTNER, **foreign, resource_controls=((EVERYONE_DENIED,),)) is Outcome.EXPLICIT_DENY
    stranger: dict[str, Any] = {"resource": EVERYONE, "resource_account": ACCOUNT}
    controls = ((EVERYONE_DENIED,),)
    assert outcome(Principal.anonymous(), **stranger, resource_controls=controls) is Outcome.EXPLICIT_DENY
    outside: dict[str, Any] = {"identity": (ALLOW,), "resource_account": OTHER}
    assert outcome(ROLE, **outside, resource_controls=((EVERYONE_DENIED,),)) is Outcome.ALLOWED
    assert outcome(ROLE, **outside, service_controls=((DENY,),)) is Outcome.EXPLICIT_DENY


def test_resource_controls_come_with_full_access_at_every_level() -> None:
    unrelated = resource_policy("*", "Deny", Action="sqs:*")
    assert outcome(ROLE, identity=(ALLOW,), resource_controls=((), (unrelated,))) is Outcome.ALLOWED


def test_in_one_account_identity_or_resource_policy_is_enough() -> None:
    assert outcome(ROLE, identity=(ALLOW,)) is Outcome.ALLOWED
    assert outcome(ROLE, resource=resource_policy({"AWS": ROLE_ARN})) is Outcome.ALLOWED


def test_a_key_policy_must_allow() -> None:
    def decrypts(**environment: Any) -> bool:
        request = Request("kms:Decrypt", KEY, ROLE)
        return evaluate(request, Environment(resource_kind="key", **environment)).allowed

    assert not decrypts(identity=(ALLOW,))
    assert not decrypts(identity=(ALLOW,), resource=resource_policy({"Service": "logs.amazonaws.com"}))
    assert decrypts(resource=resource_policy({"AWS": ROLE_ARN})), "named itself, it needs no identity policy"
    assert decrypts(identity=(ALLOW,), resource=resource_policy({"AWS": ROOT_ARN})), "the account delegates"
    assert decrypts(identity=(ALLOW,), resource=resource_policy({"AWS": ACCOUNT}))
    assert not decrypts(resource=resource_policy({"AWS": ROOT_ARN})), "delegation alone grants nothing"


def test_a_trust_policy_must_allow_and_is_asked_only_about_assuming_the_role() -> None:
    target = f"arn:aws:iam::{ACCOUNT}:role/target"
    account = policy("Allow", "sts:AssumeRole", Principal={"AWS": ROOT_ARN})
    service = policy("Allow", "sts:AssumeRole", Principal={"Service": "sagemaker.amazonaws.com"})

    def assumes(principal: Principal, **environment: Any) -> Outcome:
        request = Request("sts:AssumeRole", target, principal)
        return evaluate(request, Environment(resource_kind="trust", **environment)).outcome

    assert assumes(ROLE, identity=(ALLOW,), resource=service) is Outcome.IMPLICIT_DENY
    assert assumes(ROLE, identity=(ALLOW,), resource=account) is Outcome.ALLOWED
    assert assumes(Principal.service("sagemaker.amazonaws.com"), resource=service) is Outcome.ALLOWED
    assert assumes(Principal.service("ec2.amazonaws.com"), resource=service) is Outcome.IMPLICIT_DENY
    passing = Request("iam:PassRole", target, ROLE)
    assert evaluate(passing, Environment(resource_kind="trust", identity=(ALLOW,), resource=service)).allowed


def test_a_trust_policy_needs_no_resource() -> None:
    document = {"Statement": {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": ROLE_ARN}}}
    request = Request("sts:AssumeRole", f"arn:aws:iam::{ACCOUNT}:role/target", ROLE)
    assert evaluate(request, Environment(resource=parse_policy(document), resource_kind="trust")).allowed
    with pytest.raises(CaseError, match="only a role's trust policy"):
        Environment(resource=parse_policy(document), resource_kind="bucket")


@pytest.mark.parametrize("limit", ["boundary", "session"])
def test_a_grant_to_a_role_is_limited_by_boundary_and_session_policy(limit: str) -> None:
    granted = resource_policy({"AWS": ROLE_ARN})
    narrow: dict[str, Any] = {limit: NOTHING}
    broad: dict[str, Any] = {limit: ALLOW}
    assert outcome(ROLE, resource=granted, **narrow) is Outcome.IMPLICIT_DENY
    assert outcome(ROLE, resource=granted, **broad) is Outcome.ALLOWED


@pytest.mark.parametrize("limit", ["boundary", "session"])
@pytest.mark.parametrize(
    ("principal", "named"),
    [
        (ROLE, {"AWS": SESSION_ARN}),
        (USER, {"AWS": USER_ARN}),
        (ROLE, "*"),
        (ROLE, {"AWS": "*"}),
        (
            Principal.from_arn(f"arn:aws:sts::{ACCOUNT}:federated-user/f"),
            {"AWS": f"arn:aws:sts::{ACCOUNT}:federated-user/f"},
        ),
    ],
)
def test_a_grant_to_a_session_a_user_or_everyone_is_not(principal: Principal, named: Any, limit: str) -> None:
    narrow: dict[str, Any] = {limit: NOTHING}
    assert outcome(principal, resource=resource_policy(named), **narrow) is Outcome.ALLOWED


def test_everyone_with_a_condition_on_the_principal_is_not_limited_either() -> None:
    condition = {"ArnEquals": {"aws:PrincipalArn": ROLE_ARN}}
    assert outcome(ROLE, resource=resource_policy("*", Condition=condition), boundary=NOTHING) is Outcome.ALLOWED


def test_boundary_and_session_policy_limit_identity_policies_and_grant_nothing() -> None:
    assert outcome(ROLE, identity=(ALLOW,), boundary=NOTHING) is Outcome.IMPLICIT_DENY
    assert outcome(ROLE, identity=(ALLOW,), session=NOTHING) is Outcome.IMPLICIT_DENY
    assert outcome(ROLE, identity=(ALLOW,), session=(NOTHING, ALLOW)) is Outcome.ALLOWED
    assert outcome(ROLE, boundary=ALLOW, session=ALLOW) is Outcome.IMPLICIT_DENY


def test_across_accounts_both_sides_must_allow() -> None:
    home: dict[str, Any] = {"account": ACCOUNT, "resource_account": ACCOUNT}
    named = resource_policy({"AWS": PARTNER.arn})
    assert outcome(PARTNER, **home, identity=(ALLOW,), resource=named) is Outcome.ALLOWED
    assert outcome(PARTNER, **home, resource=named) is Outcome.IMPLICIT_DENY
    assert outcome(PARTNER, **home, identity=(ALLOW,)) is Outcome.IMPLICIT_DENY
    delegated = resource_policy({"AWS": OTHER})
    assert outcome(PARTNER, **home, identity=(ALLOW,), resource=delegated) is Outcome.ALLOWED
    assert outcome(PARTNER, **home, identity=(ALLOW,), boundary=NOTHING, resource=EVERYONE) is Outcome.IMPLICIT_DENY
    assert outcome(PARTNER, **home, identity=(ALLOW,), session=NOTHING, resource=EVERYONE) is Outcome.IMPLICIT_DENY


def test_the_policy_of_a_foreign_resource_is_taken_as_allowing() -> None:
    assert outcome(ROLE, identity=(ALLOW,), resource_account=OTHER) is Outcome.ALLOWED
    assert outcome(ROLE, identity=(NOTHING,), resource_account=OTHER) is Outcome.IMPLICIT_DENY
    foreign_key = KEY.replace(ACCOUNT, OTHER)
    environment = Environment(identity=(ALLOW,), resource_kind="key")
    assert evaluate(Request("kms:Decrypt", foreign_key, ROLE), environment).allowed


def test_naming_the_account_delegates_to_it_and_grants_its_principals_nothing() -> None:
    assert outcome(ROLE, resource=resource_policy({"AWS": ROOT_ARN})) is Outcome.IMPLICIT_DENY
    assert outcome(ROLE, resource=resource_policy({"AWS": ACCOUNT})) is Outcome.IMPLICIT_DENY


@pytest.mark.parametrize("principal", [ROLE, USER, Principal.from_arn(ROOT_ARN)])
def test_a_deny_for_the_account_hits_all_of_it(principal: Principal) -> None:
    denied = resource_policy({"AWS": ROOT_ARN}, "Deny")
    assert outcome(principal, identity=(ALLOW,), resource=denied) is Outcome.EXPLICIT_DENY
    elsewhere = resource_policy({"AWS": OTHER}, "Deny")
    assert outcome(principal, identity=(ALLOW,), resource=elsewhere) is Outcome.ALLOWED


def test_an_endpoint_policy_intersects_and_grants_nothing() -> None:
    assert outcome(ROLE, identity=(ALLOW,), endpoint=EVERYONE) is Outcome.ALLOWED
    other = resource_policy("*", Action="sqs:*")
    assert outcome(ROLE, identity=(ALLOW,), endpoint=other) is Outcome.IMPLICIT_DENY
    assert outcome(ROLE, endpoint=EVERYONE) is Outcome.IMPLICIT_DENY
    assert outcome(ROLE, identity=(ALLOW,), endpoint=None) is Outcome.ALLOWED


def test_under_the_bracket_an_endpoint_policy_counts_only_where_the_request_shows_the_endpoint() -> None:
    other = resource_policy("*", Action="sqs:*")
    environment = Environment(identity=(ALLOW,), endpoint=other)
    outside = Request("s3:GetObject", OBJECT, ROLE)
    inside = Request("s3:GetObject", OBJECT, ROLE, {"aws:SourceVpce": "vpce-1"})
    assert evaluate(outside, environment, reading=Reading.BRACKET).allowed
    assert not evaluate(inside, environment, reading=Reading.BRACKET).allowed


def test_under_the_bracket_a_foreign_principal_without_given_policies_may_do_anything_there() -> None:
    environment = Environment(account=ACCOUNT, resource_account=ACCOUNT, resource=EVERYONE)
    request = Request("s3:GetObject", OBJECT, PARTNER)
    assert not evaluate(request, environment).allowed
    assert evaluate(request, environment, reading=Reading.BRACKET).allowed
    given = replace(environment, identity=(NOTHING,))
    assert not evaluate(request, given, reading=Reading.BRACKET).allowed
    own = Request("s3:GetObject", OBJECT, ROLE)
    elsewhere = Environment(account=ACCOUNT, resource_account=OTHER)
    assert not evaluate(own, elsewhere, reading=Reading.BRACKET).allowed


def test_not_action_and_not_resource_are_complements() -> None:
    statement = {"Effect": "Allow", "NotAction": "s3:Put*", "NotResource": "arn:aws:s3:::secret/*"}
    complement = (parse_policy({"Statement": statement}),)
    assert outcome(ROLE, identity=complement) is Outcome.ALLOWED
    assert outcome(ROLE, action="s3:PUTobject", identity=complement) is Outcome.IMPLICIT_DENY
    assert outcome(ROLE, on="arn:aws:s3:::secret/x", identity=complement) is Outcome.IMPLICIT_DENY


def test_actions_have_no_case_and_resources_have() -> None:
    mixed = (policy("Allow", "S3:getOBJECT", Resource="arn:aws:s3:::bucket/*"),)
    assert outcome(ROLE, identity=mixed) is Outcome.ALLOWED
    assert outcome(ROLE, on="arn:aws:s3:::BUCKET/key", identity=mixed) is Outcome.IMPLICIT_DENY


def test_a_user_has_a_username_and_a_role_has_none() -> None:
    own = (policy("Allow", Resource="arn:aws:s3:::bucket/${aws:username}/*"),)
    path = "arn:aws:s3:::bucket/ada/key"
    assert outcome(USER, on=path, identity=own) is Outcome.ALLOWED
    assert outcome(Principal.role(f"arn:aws:iam::{ACCOUNT}:role/ada"), on=path, identity=own) is (Outcome.IMPLICIT_DENY)


def test_passed_to_service_may_be_absent() -> None:
    guarded = policy("Deny", Condition={"StringNotEqualsIfExists": {"iam:PassedToService": "sagemaker.amazonaws.com"}})
    unguarded = policy("Deny", Condition={"Null": {"iam:PassedToService": "false"}})
    role = f"arn:aws:iam::{ACCOUNT}:role/target"
    request = Request("iam:PassRole", role, ROLE)
    assert evaluate(request, Environment(identity=(ALLOW, guarded))).outcome is Outcome.EXPLICIT_DENY
    assert evaluate(request, Environment(identity=(ALLOW, unguarded))).outcome is Outcome.ALLOWED
    sagemaker = Request("iam:PassRole", role, ROLE, {"iam:PassedToService": "sagemaker.amazonaws.com"})
    assert evaluate(sagemaker, Environment(identity=(ALLOW, guarded))).outcome is Outcome.ALLOWED
