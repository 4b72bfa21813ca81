"""Whom a statement names, which keys follow from a principal, and which requests and environments are refused."""

from __future__ import annotations

from typing import Any

import pytest

from iamproof import (
    CaseError,
    Environment,
    Outcome,
    Policy,
    Principal,
    PrincipalKind,
    Reading,
    Request,
    evaluate,
    parse_policy,
)

ACCOUNT = "111122223333"
ROLE_ARN = f"arn:aws:iam::{ACCOUNT}:role/tenants/alice/notebook"
SESSION_ARN = f"arn:aws:sts::{ACCOUNT}:assumed-role/notebook/run"
ROOT_ARN = f"arn:aws:iam::{ACCOUNT}:root"
OBJECT = "arn:aws:s3:::bucket/key"
ALLOW = parse_policy({"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}})


def resource_policy(effect: str, **elements: Any) -> Policy:
    return parse_policy({"Statement": {"Effect": effect, "Action": "*", "Resource": "*", **elements}})


def outcome(principal: Principal, reading: Reading = Reading.EXACT, **environment: Any) -> Outcome:
    return evaluate(Request("s3:GetObject", OBJECT, principal), Environment(**environment), reading=reading).outcome


def carries(principal: Principal, key: str, value: str, **environment: Any) -> bool:
    condition = {"StringEquals": {key: value}}
    policy = resource_policy("Allow", Principal="*", Condition=condition)
    return outcome(principal, resource=policy, **environment) is Outcome.ALLOWED


ROLE = Principal.role(ROLE_ARN, tags={"User": "alice"})
USER = Principal.user(f"arn:aws:iam::{ACCOUNT}:user/people/ada", tags={"user": "ada"})
SERVICE = Principal.service("sagemaker.amazonaws.com")
ANONYMOUS = Principal.anonymous()


@pytest.mark.parametrize(
    ("principal", "key", "value"),
    [
        (ROLE, "aws:PrincipalArn", ROLE_ARN),
        (ROLE, "aws:PrincipalAccount", ACCOUNT),
        (ROLE, "aws:PrincipalType", "AssumedRole"),
        (ROLE, "aws:PrincipalTag/user", "alice"),
        (ROLE, "aws:PrincipalIsAWSService", "false"),
        (USER, "aws:username", "ada"),
        (USER, "aws:PrincipalType", "User"),
        (SERVICE, "aws:PrincipalIsAWSService", "true"),
        (SERVICE, "aws:PrincipalServiceName", "sagemaker.amazonaws.com"),
        (ANONYMOUS, "aws:PrincipalType", "Anonymous"),
    ],
)
def test_a_key_follows_from_the_principal(principal: Principal, key: str, value: str) -> None:
    assert carries(principal, key, value)
    assert not carries(principal, key, f"{value}x")


@pytest.mark.parametrize(
    ("principal", "key"),
    [
        (ROLE, "aws:username"),
        (ROLE, "aws:userid"),
        (ROLE, "aws:SourceVpce"),
        (SERVICE, "aws:PrincipalArn"),
        (SERVICE, "aws:PrincipalAccount"),
        (ANONYMOUS, "aws:PrincipalArn"),
        (ANONYMOUS, "aws:PrincipalIsAWSService"),
    ],
)
def test_a_key_that_does_not_follow_is_missing(principal: Principal, key: str) -> None:
    absent = resource_policy("Allow", Principal="*", Condition={"Null": {key: "true"}})
    assert outcome(principal, resource=absent) is Outcome.ALLOWED


def test_the_resources_account_comes_from_the_environment_or_the_arn() -> None:
    assert carries(ROLE, "aws:ResourceAccount", ACCOUNT, resource_account=ACCOUNT)
    absent = {"Null": {"aws:ResourceAccount": "true"}}
    policy = parse_policy({"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": absent}})
    queue = f"arn:aws:sqs:ap-northeast-1:{ACCOUNT}:queue"
    assert outcome(ROLE, identity=(policy,)) is Outcome.ALLOWED
    assert not evaluate(Request("sqs:SendMessage", queue, ROLE), Environment(identity=(policy,))).allowed


def test_a_given_key_replaces_the_derived_one_and_none_takes_it_away() -> None:
    condition = {"StringEquals": {"aws:PrincipalTag/user": "bob"}}
    statement = {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": condition}
    environment = Environment(identity=(parse_policy({"Statement": statement}),))
    given = Request("s3:GetObject", OBJECT, ROLE, {"AWS:principaltag/USER": "bob"})
    assert evaluate(given, environment).allowed
    absent = {"Null": {"aws:PrincipalArn": "true"}}
    gone = Environment(resource=resource_policy("Allow", Principal="*", Condition=absent))
    assert evaluate(Request("s3:GetObject", OBJECT, ROLE, {"aws:PrincipalArn": None}), gone).allowed
    assert not evaluate(Request("s3:GetObject", OBJECT, ROLE), gone).allowed
    own = resource_policy("Allow", Principal="*", Resource="arn:aws:s3:::bucket/${aws:PrincipalTag/user}")
    own = parse_policy({**own.to_dict(), "Version": "2012-10-17"})
    without = Request("s3:GetObject", "arn:aws:s3:::bucket/alice", ROLE, {"aws:PrincipalTag/user": None})
    assert not evaluate(without, Environment(resource=own)).allowed


def test_a_session_arn_names_its_role_and_session() -> None:
    session = Principal.from_arn(SESSION_ARN)
    assert (session.kind, session.name, session.account) == (PrincipalKind.ROLE, "notebook", ACCOUNT)
    assert session.session_arn == SESSION_ARN
    assert outcome(session, resource=resource_policy("Allow", Principal={"AWS": SESSION_ARN})) is Outcome.ALLOWED
    assert outcome(session, resource=resource_policy("Allow", Principal={"AWS": ROLE_ARN})) is Outcome.ALLOWED
    other = ROLE_ARN.replace("notebook", "job")
    assert outcome(session, resource=resource_policy("Allow", Principal={"AWS": other})) is Outcome.IMPLICIT_DENY


def test_a_role_is_named_by_its_whole_arn_where_the_path_is_known() -> None:
    pathless = f"arn:aws:iam::{ACCOUNT}:role/notebook"
    assert outcome(ROLE, resource=resource_policy("Allow", Principal={"AWS": pathless})) is Outcome.IMPLICIT_DENY
    assert outcome(ROLE, resource=resource_policy("Allow", Principal={"AWS": ROLE_ARN})) is Outcome.ALLOWED


def test_a_statement_about_one_session_may_cover_a_session_whose_name_is_unknown() -> None:
    allow, deny = (resource_policy(effect, Principal={"AWS": SESSION_ARN}) for effect in ("Allow", "Deny"))
    assert outcome(ROLE, resource=allow) is Outcome.IMPLICIT_DENY
    assert outcome(ROLE, Reading.BRACKET, resource=allow) is Outcome.ALLOWED
    assert outcome(ROLE, Reading.BRACKET, identity=(ALLOW,), resource=deny) is Outcome.ALLOWED
    stranger = Principal.role(f"arn:aws:iam::{ACCOUNT}:role/job")
    assert outcome(stranger, Reading.BRACKET, resource=allow) is Outcome.IMPLICIT_DENY


def test_a_service_and_an_identity_provider_of_the_same_name_are_two() -> None:
    name = "cognito-identity.amazonaws.com"
    service, provider = Principal.service(name), Principal.identity_provider(name)
    for kind, named, other in [("Service", service, provider), ("Federated", provider, service)]:
        allow = resource_policy("Allow", Principal={kind: name})
        assert outcome(named, resource=allow) is Outcome.ALLOWED
        assert outcome(other, resource=allow) is Outcome.IMPLICIT_DENY


@pytest.mark.parametrize("principal", [{"AWS": "AROAEXAMPLEEXAMPLE123"}, {"CanonicalUser": "0123456789abcdef" * 4}])
def test_an_id_that_no_arn_tells_is_open_under_the_bracket(principal: Any) -> None:
    allow = resource_policy("Allow", Principal=principal)
    assert outcome(ROLE, resource=allow) is Outcome.IMPLICIT_DENY
    assert outcome(ROLE, Reading.BRACKET, resource=allow) is Outcome.ALLOWED
    assert outcome(ANONYMOUS, Reading.BRACKET, resource=allow) is Outcome.IMPLICIT_DENY


def test_a_unique_id_is_known_where_the_request_tells_it() -> None:
    allow = Environment(resource=resource_policy("Allow", Principal={"AWS": "AROAEXAMPLEEXAMPLE123"}))
    own, other = (
        Request("s3:GetObject", OBJECT, ROLE, {"aws:userid": f"AROAEXAMPLEEXAMPLE{n}:run"}) for n in (123, 124)
    )
    assert evaluate(own, allow).allowed
    assert not evaluate(other, allow, reading=Reading.BRACKET).allowed


def test_services_providers_and_anonymous_callers_need_the_resource_policy() -> None:
    provider = Principal.identity_provider("accounts.google.com")
    for principal, named in [
        (SERVICE, {"Service": "sagemaker.amazonaws.com"}),
        (provider, {"Federated": "accounts.google.com"}),
        (ANONYMOUS, "*"),
    ]:
        assert outcome(principal, resource=resource_policy("Allow", Principal=named)) is Outcome.ALLOWED
        assert outcome(principal, identity=(ALLOW,)) is Outcome.IMPLICIT_DENY
        unrelated = resource_policy("Allow", Principal={"Service": "ec2.amazonaws.com"})
        assert outcome(principal, resource=unrelated) is Outcome.IMPLICIT_DENY


def test_root_needs_no_identity_policy_and_is_bound_by_denies_and_service_controls() -> None:
    root = Principal.from_arn(ROOT_ARN)
    assert outcome(root) is Outcome.ALLOWED
    conditions = [{"StringEquals": {"aws:PrincipalType": kind}} for kind in ("Account", "User")]
    denies = [resource_policy("Deny", Principal="*", Condition=condition) for condition in conditions]
    assert [outcome(root, resource=deny) for deny in denies] == [Outcome.EXPLICIT_DENY, Outcome.ALLOWED]
    deny = parse_policy({"Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}})
    assert outcome(root, service_controls=((ALLOW, deny),)) is Outcome.EXPLICIT_DENY


def test_a_service_linked_role_is_not_bound_by_organization_policies() -> None:
    linked = Principal.role(f"arn:aws:iam::{ACCOUNT}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX")
    deny = parse_policy({"Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}})
    controls: dict[str, Any] = {
        "service_controls": ((deny,),),
        "resource_controls": ((resource_policy("Deny", Principal="*"),),),
    }
    assert outcome(linked, identity=(ALLOW,), **controls) is Outcome.ALLOWED
    named_so = Principal.role(f"arn:aws:iam::{ACCOUNT}:role/service-role/x")
    assert outcome(named_so, identity=(ALLOW,), **controls) is Outcome.EXPLICIT_DENY


DENY_OTHERS = [
    ([ROLE_ARN], Outcome.ALLOWED, Outcome.ALLOWED),
    ([ROLE_ARN, ROOT_ARN], Outcome.ALLOWED, Outcome.ALLOWED),
    ([ROOT_ARN], Outcome.EXPLICIT_DENY, Outcome.ALLOWED),
    (["arn:aws:iam::111122223333:role/other"], Outcome.EXPLICIT_DENY, Outcome.EXPLICIT_DENY),
    (["999999999999"], Outcome.EXPLICIT_DENY, Outcome.EXPLICIT_DENY),
]


@pytest.mark.parametrize(("listed", "exact", "bracket"), DENY_OTHERS)
def test_a_deny_with_not_principal_spares_who_is_listed(listed: list[str], exact: Outcome, bracket: Outcome) -> None:
    deny = resource_policy("Deny", NotPrincipal={"AWS": listed})
    assert outcome(ROLE, identity=(ALLOW,), resource=deny) is exact
    assert outcome(ROLE, Reading.BRACKET, identity=(ALLOW,), resource=deny) is bracket


def test_a_deny_with_not_principal_always_hits_principals_with_a_boundary() -> None:
    deny = resource_policy("Deny", NotPrincipal={"AWS": [ROLE_ARN, ROOT_ARN]})
    assert outcome(ROLE, identity=(ALLOW,), boundary=ALLOW, resource=deny) is Outcome.EXPLICIT_DENY
    assert outcome(ROLE, Reading.BRACKET, identity=(ALLOW,), boundary=ALLOW, resource=deny) is Outcome.ALLOWED


def test_an_allow_with_not_principal_reaches_everyone_who_is_not_listed() -> None:
    allow = resource_policy("Allow", NotPrincipal={"AWS": ROLE_ARN})
    assert outcome(ROLE, resource=allow) is Outcome.IMPLICIT_DENY
    assert outcome(ROLE, Reading.BRACKET, resource=allow) is Outcome.ALLOWED
    assert outcome(ANONYMOUS, resource=allow) is Outcome.ALLOWED
    nobody = resource_policy("Allow", NotPrincipal="*")
    for reading in Reading:
        assert outcome(ANONYMOUS, reading, resource=nobody) is Outcome.IMPLICIT_DENY
        assert outcome(ROLE, reading, resource=nobody) is Outcome.IMPLICIT_DENY
    listed = resource_policy("Allow", NotPrincipal={"AWS": [ROLE_ARN, ROOT_ARN]})
    assert outcome(ROLE, boundary=ALLOW, resource=listed) is Outcome.IMPLICIT_DENY


@pytest.mark.parametrize(
    ("action", "resource", "context", "fault"),
    [
        ("GetObject", "*", {}, "is no single action"),
        ("s3:Get*", "*", {}, "is no single action"),
        ("s3:GetObject", "bucket/key", {}, "is no ARN"),
        ("s3:GetObject", None, {}, "must be text"),
        (None, "*", {}, "must be text"),
        ("s3:GetObject", "arn:aws:s3:*", {}, "is no whole ARN"),
        ("s3:GetObject", "*", {"SourceVpce": "x"}, "is no condition key"),
        ("s3:GetObject", "*", {"aws:a": "x", "AWS:A": "y"}, "are the same key"),
        ("s3:GetObject", "*", {"aws:a": {"b": "c"}}, "must be text"),
        ("s3:GetObject", "*", {"aws:a": [None]}, "must be text"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused(action: str, resource: str, context: Any, fault: str) -> None:
    with pytest.raises(CaseError, match=fault):
        Request(action, resource, ROLE, context)


@pytest.mark.parametrize(
    "arn", ["", "alice", "arn:aws:iam::111122223333:group/g", "arn:aws:iam::11112222333:role/r", ROLE_ARN + "*"]
)
def test_an_arn_that_is_no_principal_is_refused(arn: str) -> None:
    with pytest.raises(ValueError, match=r"no ARN|malformed ARN"):
        Principal.from_arn(arn)
    with pytest.raises(ValueError, match=r"no ARN|malformed ARN"):
        Principal.role(arn)


def test_principal_tags_that_differ_only_in_case_are_refused() -> None:
    with pytest.raises(ValueError, match="write each once"):
        Principal.role(ROLE_ARN, tags={"user": "a", "User": "b"})


@pytest.mark.parametrize(
    ("environment", "fault"),
    [
        ({"identity": (resource_policy("Allow", Principal="*"),)}, "identity: .*has a Principal"),
        ({"boundary": resource_policy("Allow", Principal="*")}, "boundary: .*has a Principal"),
        ({"session": resource_policy("Allow", Principal="*")}, "session: .*has a Principal"),
        (
            {"service_controls": ((resource_policy("Allow", Principal="*"),),)},
            r"service_controls\[0\]: .*has a Principal",
        ),
        ({"resource": ALLOW}, "resource: .*has no Principal"),
        ({"endpoint": ALLOW}, "endpoint: .*has no Principal"),
        ({"resource_controls": ((ALLOW,),)}, r"resource_controls\[0\]: .*has no Principal"),
        ({"identity": ALLOW}, "identity: must be made of policies"),
        ({"identity": ({"Statement": []},)}, "identity: must be made of policies"),
        ({"boundary": {"Statement": []}}, "boundary: must be made of policies"),
        ({"service_controls": (ALLOW,)}, r"service_controls\[0\]: must be made of policies"),
        ({"resource_kind": "role"}, "must be one of bucket, key, trust, other"),
        ({"resource_account": "1234"}, "must be twelve digits"),
        ({"account": "1234"}, "must be twelve digits"),
    ],
)
def test_an_environment_with_a_policy_in_the_wrong_place_is_refused(environment: Any, fault: str) -> None:
    with pytest.raises(CaseError, match=fault):
        Environment(**environment)
