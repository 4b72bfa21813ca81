"""What the bastion's role may do, and who may open a session (S2-A6, A17, B1, B2)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from components.documents.bastion import (
    LEGACY_MESSAGES,
    bastion_boundary,
    bastion_grants,
    bastion_trust,
)
from components.documents.bastion_sessions import bastion_session_guardrails, bastion_sessions
from iamproof import DocumentKind, Environment, Principal, PrincipalKind, Request, evaluate, lint, parse_policy
from tests.components.documents.authorization import privileges
from tests.components.documents.world import ACCOUNT, NAMING, SCOPE

if TYPE_CHECKING:
    from components.documents.model import PolicyDocument
    from iamproof import Policy

VPC, HOST = "vpc-0a000000000000001", "i-0a000000000000001"
IDS = {"vpc": VPC, "instance/bastion": HOST}


def policy(document: PolicyDocument, name: str) -> Policy:
    return parse_policy(document.render(IDS), name=name)


# The role

BASTION = Principal.role(f"arn:aws:iam::{ACCOUNT}:role/platform/ml-dev-bastion", tags={"user": "platform"})
SELF = NAMING.arn("ec2", f"instance/{HOST}")
INSIDE = {"aws:SourceVpc": VPC}
SERVES = (
    ("ssm:UpdateInstanceInformation", SELF),
    ("ssmmessages:CreateControlChannel", "*"),
    ("ssmmessages:CreateDataChannel", "*"),
    ("ssmmessages:OpenControlChannel", "*"),
    ("ssmmessages:OpenDataChannel", "*"),
)
NOTHING_MORE = (
    ("ssm:GetParameter", NAMING.arn("ssm", "parameter/any")),
    ("ssm:GetParameters", NAMING.arn("ssm", "parameter/any")),
    ("ssm:GetParametersByPath", NAMING.arn("ssm", "parameter/any")),
    ("ssm:PutInventory", SELF),
    ("ssm:StartSession", SELF),
    ("ssm:SendCommand", SELF),
    ("ssm:UpdateInstanceInformation", "arn:aws:ec2:ap-northeast-1:999999999999:instance/i-0f000000000000001"),
    ("ec2messages:GetMessages", "*"),
    ("ec2:DescribeInstances", "*"),
    ("ec2:CreateTags", SELF),
    ("ec2-instance-connect:SendSSHPublicKey", SELF),
    ("s3:GetObject", f"{NAMING.bucket_arn('results')}/users/alice/x"),
    ("s3:ListAllMyBuckets", "*"),
    ("kms:Decrypt", NAMING.arn("kms", "key/1")),
    ("iam:PassRole", NAMING.tenant_role_arn("alice", "job")),
    ("sts:AssumeRole", NAMING.tenant_role_arn("alice", "job")),
    ("sagemaker:CreatePresignedNotebookInstanceUrl", NAMING.sagemaker_arn("notebook-instance/alice--lab")),
    ("logs:PutLogEvents", NAMING.arn("logs", "log-group:x:log-stream:y")),
    ("cloudwatch:PutMetricData", "*"),
)


def role_may(
    action: str, resource: str, context: dict[str, Any], *, hand_attached: bool = False, legacy: bool = False
) -> bool:
    everything = {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}], "Version": "2012-10-17"}
    identity = [policy(bastion_grants(SCOPE, legacy_agent=legacy), "grants")]
    identity += [parse_policy(everything, name="attached by hand")] if hand_attached else []
    environment = Environment(
        identity=tuple(identity), boundary=policy(bastion_boundary(SCOPE, legacy_agent=legacy), "boundary")
    )
    request = Request(action=action, resource=resource, principal=BASTION, context=context)
    return evaluate(request, environment).allowed


@pytest.mark.parametrize(("action", "resource"), SERVES)
def test_the_role_keeps_the_channel_open(action: str, resource: str) -> None:
    assert role_may(action, resource, INSIDE)


@pytest.mark.parametrize(("action", "resource"), NOTHING_MORE)
def test_the_role_can_do_nothing_beside_it_whatever_is_attached_by_hand(action: str, resource: str) -> None:
    """B1: AmazonSSMManagedInstanceCore reads every parameter of the account."""
    assert not role_may(action, resource, INSIDE)
    assert not role_may(action, resource, INSIDE, hand_attached=True)


@pytest.mark.parametrize("context", [{}, {"aws:SourceVpc": "vpc-0f00000000000000f"}])
@pytest.mark.parametrize("action", ["ssm:UpdateInstanceInformation", "ssmmessages:CreateDataChannel"])
def test_the_roles_credentials_are_worth_nothing_outside_the_network(action: str, context: dict[str, str]) -> None:
    assert not role_may(action, dict(SERVES)[action], context)
    assert not role_may(action, dict(SERVES)[action], context, hand_attached=True)


@pytest.mark.parametrize("action", LEGACY_MESSAGES)
def test_only_an_old_agent_fetches_messages(action: str) -> None:
    assert role_may(action, "*", INSIDE, legacy=True)
    assert not role_may(action, "*", INSIDE)


def test_the_messages_of_an_old_agent_are_all_there_are() -> None:
    assert set(LEGACY_MESSAGES) == {f"ec2messages:{each['privilege']}" for each in privileges("ec2messages:*")}


def test_the_trust_admits_ec2_and_nobody_else() -> None:
    (statement,) = bastion_trust(SCOPE).to_dict()["Statement"]
    assert statement["Principal"] == {"Service": ["ec2.amazonaws.com"]}
    assert statement["Action"] == ["sts:AssumeRole"]


# Sessions

ALICE = Principal.user(f"arn:aws:iam::{ACCOUNT}:user/alice", tags={"user": "alice"})
UNTAGGED = Principal.user(f"arn:aws:iam::{ACCOUNT}:user/eve", tags={})
MFA: dict[str, Any] = {"aws:MultiFactorAuthPresent": True, "aws:userid": "AIDAALICE"}
CHECKED = {**MFA, "ssm:SessionDocumentAccessCheck": True}
SSH = "arn:aws:ssm:ap-northeast-1::document/AWS-StartSSHSession"
OTHER_HOST = NAMING.arn("ec2", "instance/i-0f000000000000002")
MINE = {**MFA, "ssm:resourceTag/aws:ssmmessages:session-id": "AIDAALICE"}
BOBS = {**MFA, "ssm:resourceTag/aws:ssmmessages:session-id": "AIDABOB"}
SESSION = NAMING.arn("ssm", "session/alice-0123")
KEY = "ec2-instance-connect:SendSSHPublicKey"
START, RESUME, END = "ssm:StartSession", "ssm:ResumeSession", "ssm:TerminateSession"
Call = tuple[str, str, dict[str, Any]]


def without(context: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in context.items() if name != key}


def document(name: str, account: str = "") -> str:
    return f"arn:aws:ssm:ap-northeast-1:{account}:document/{name}"


ALLOWED: dict[str, tuple[Call, ...]] = {
    "S2-A17 a session by the SSH document": ((START, SELF, CHECKED), (START, SSH, CHECKED)),
    "S2-A17 the same where the document's judgement lacks the key": ((START, SELF, CHECKED), (START, SSH, MFA)),
    "resume the own session": ((RESUME, SESSION, MINE),),
    "end the own session": ((END, SESSION, MINE),),
    "push a key for the own account": ((KEY, SELF, {**MFA, "ec2:osuser": "alice"}),),
}
REFUSED: dict[str, Call] = {
    "S2-A17 a session without MFA": (START, SELF, without(CHECKED, "aws:MultiFactorAuthPresent")),
    "S2-A17 a session, MFA said false": (START, SELF, {**CHECKED, "aws:MultiFactorAuthPresent": False}),
    "S2-A17 a session to another instance": (START, OTHER_HOST, CHECKED),
    "a session to a managed instance": (START, NAMING.arn("ssm", "managed-instance/mi-0123"), CHECKED),
    "a session to a container": (START, NAMING.arn("ecs", "task/x/y"), CHECKED),
    "the document left out, which means a shell": (START, SELF, {**MFA, "ssm:SessionDocumentAccessCheck": False}),
    "a session where nobody says whether the document is checked": (START, SELF, MFA),
    "S2-A17 the default document, a shell": (START, document("SSM-SessionManagerRunShell", ACCOUNT), CHECKED),
    "a command": (START, document("AWS-StartInteractiveCommand"), CHECKED),
    "a command without a terminal": (START, document("AWS-StartNonInteractiveCommand"), CHECKED),
    "a port of the bastion": (START, document("AWS-StartPortForwardingSession"), CHECKED),
    "a port of any host": (START, document("AWS-StartPortForwardingSessionToRemoteHost"), CHECKED),
    "a document that somebody made": (START, document("AWS-StartSSHSession", ACCOUNT), CHECKED),
    "the SSH document without MFA": (START, SSH, without(CHECKED, "aws:MultiFactorAuthPresent")),
    "S2-A17 end another's session": (END, SESSION, BOBS),
    "resume another's session": (RESUME, SESSION, BOBS),
    "end a session that says not whose it is": (END, SESSION, MFA),
    "end the own session without MFA": (END, SESSION, without(MINE, "aws:MultiFactorAuthPresent")),
    "push a key for another's account": (KEY, SELF, {**MFA, "ec2:osuser": "bob"}),
    "push a key for the twin of the own account": (KEY, SELF, {**MFA, "ec2:osuser": "alice-2"}),
    "push a key for the administrator of the image": (KEY, SELF, {**MFA, "ec2:osuser": "ec2-user"}),
    "push a key for no account": (KEY, SELF, MFA),
    "push a key without MFA": (KEY, SELF, {"ec2:osuser": "alice"}),
    "push a key to another instance": (KEY, OTHER_HOST, {**MFA, "ec2:osuser": "alice"}),
    "the serial console": ("ec2-instance-connect:SendSerialConsoleSSHPublicKey", SELF, MFA),
    "a tunnel of an Instance Connect endpoint": (
        "ec2-instance-connect:OpenTunnel",
        NAMING.arn("ec2", "instance-connect-endpoint/eice-1"),
        MFA,
    ),
    "a command by Systems Manager": ("ssm:SendCommand", SELF, MFA),
    "end all sessions of the account": (END, "*", MFA),
}
# Refused by the absence of a grant alone: another grant may say which instance a person of another kind reaches, with
# which second factor.
BY_GRANTS_ALONE = {name for name in REFUSED if "MFA" in name} | {
    "a session where nobody says whether the document is checked",
    "push a key to another instance",
}


def person_may(who: Principal, call: Call, *, everything: bool = False) -> bool:
    action, resource, context = call
    wide = {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}], "Version": "2012-10-17"}
    grants = parse_policy(wide, name="wide") if everything else policy(bastion_sessions(SCOPE), "sessions")
    environment = Environment(identity=(grants, policy(bastion_session_guardrails(SCOPE), "guardrails")))
    return evaluate(Request(action=action, resource=resource, principal=who, context=context), environment).allowed


@pytest.mark.parametrize("calls", ALLOWED.values(), ids=ALLOWED)
def test_a_person_opens_and_ends_the_own_way_in(calls: tuple[Call, ...]) -> None:
    assert all(person_may(ALICE, call) for call in calls)


@pytest.mark.parametrize("call", REFUSED.values(), ids=REFUSED)
def test_every_other_way_in_is_refused(call: Call) -> None:
    assert not person_may(ALICE, call)


@pytest.mark.parametrize("name", [name for name in REFUSED if name not in BY_GRANTS_ALONE])
def test_a_guardrail_refuses_it_although_another_policy_grants_everything(name: str) -> None:
    assert not person_may(ALICE, REFUSED[name], everything=True)


@pytest.mark.parametrize("name", sorted(BY_GRANTS_ALONE))
def test_what_only_the_grants_refuse_is_listed(name: str) -> None:
    assert person_may(ALICE, REFUSED[name], everything=True)


def test_a_person_without_the_platforms_tag_has_no_account() -> None:
    for account in ("eve", "", "alice"):
        assert not person_may(UNTAGGED, (KEY, SELF, {**MFA, "ec2:osuser": account}))


# The documents

DOCUMENTS = {
    "grants": (bastion_grants(SCOPE), DocumentKind.MANAGED, PrincipalKind.ROLE),
    "grants with an old agent": (bastion_grants(SCOPE, legacy_agent=True), DocumentKind.MANAGED, PrincipalKind.ROLE),
    "boundary": (bastion_boundary(SCOPE), DocumentKind.BOUNDARY, PrincipalKind.ROLE),
    "sessions": (bastion_sessions(SCOPE), DocumentKind.MANAGED, PrincipalKind.USER),
    "guardrails": (bastion_session_guardrails(SCOPE), DocumentKind.MANAGED, PrincipalKind.USER),
    "trust": (bastion_trust(SCOPE), DocumentKind.TRUST, None),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_nothing_in_a_document_is_dead_or_misspelt(name: str) -> None:
    document, kind, principal = DOCUMENTS[name]
    found = lint(json.loads(document.render(IDS)), kind, principal=principal)
    assert [(each.path, each.id, each.message) for each in found] == []


def test_the_people_who_come_are_the_same_to_every_document() -> None:
    text = " ".join(json.dumps(document.to_dict()) for document, _, _ in DOCUMENTS.values())
    assert "alice" not in text
    assert bastion_sessions(SCOPE).references() == ("instance/bastion",)
