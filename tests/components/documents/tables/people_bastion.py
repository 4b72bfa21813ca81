"""S2-A17: the way in by the bastion, for people with the second factor: one host, one document, own sessions only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.components.documents.people import (
    ADAM,
    ANN,
    ANN_UNTAGGED,
    APRIL,
    AUDREY,
    DELIA,
    NEW,
    SAID_NO,
    TOO_OLD,
    having,
)
from tests.components.documents.world import ACCOUNT, IDS, NAMING, Ask, Caller, Lock, Via, allowed, refused

if TYPE_CHECKING:
    from collections.abc import Mapping

GRANTS = (Lock.GRANTS,)
BOTH = (Lock.GUARDRAILS, Lock.GRANTS)
ALL = (*BOTH, Lock.BOUNDARY)
BASTION, OTHER_HOST = (NAMING.arn("ec2", f"instance/{host}") for host in (IDS["instance/bastion"], "i-0f0"))
CHECKED = {"ssm:SessionDocumentAccessCheck": True}
SESSION_TAG = "ssm:resourceTag/aws:ssmmessages:session-id"
OWN_ID = {"aws:userid": "AIDAOWN"}
MINE, OTHERS = {**OWN_ID, SESSION_TAG: "AIDAOWN"}, {**OWN_ID, SESSION_TAG: "AIDAOTHER"}
SESSION = NAMING.arn("ssm", "session/ml-dev-ann-0123")


def ssm(action: str, resource: str, context: Mapping[str, object] | None = None) -> Ask:
    """Return a request to Systems Manager, which has no endpoint for people: the way in starts outside."""
    return Ask(f"ssm:{action}", resource, context or {}, via=Via.NO_ENDPOINT)


def document(name: str, account: str = "") -> str:
    """Return the ARN of a document; those of AWS name no account."""
    return f"arn:aws:ssm:ap-northeast-1:{account}:document/{name}"


def session(host: str = BASTION, name: str = document("AWS-StartSSHSession")) -> tuple[Ask, Ask]:
    """Return the start of a session, which is judged on the host and on the document."""
    return ssm("StartSession", host, CHECKED), ssm("StartSession", name, CHECKED)


def key(account: str | None, host: str = BASTION, action: str = "SendSSHPublicKey") -> Ask:
    """Return the pushing of a throw-away key for an account of the host."""
    context = {"ec2:osuser": account} if account else {}
    return Ask(f"ec2-instance-connect:{action}", host, context, via=Via.NO_ENDPOINT)


UNJUDGED = session()[1].but(context={"ssm:SessionDocumentAccessCheck": None})
WAYS: tuple[tuple[str, Caller, str], ...] = (
    ("an engineer", ANN, "alice"),
    ("an approver", APRIL, "alice"),
    ("an administrator", ADAM, "platform"),
)
OPEN = tuple(
    allowed(f"S2-A17 {name} {what}", who, *asks)
    for name, who, account in WAYS
    for what, asks in {
        "opens a session by the SSH document": session(),
        "opens a session where the document's judgement lacks the key": (session()[0], UNJUDGED),
        "pushes a key for the own account": (key(account),),
        "goes on with the own session": (ssm("ResumeSession", SESSION, MINE),),
        "ends the own session": (ssm("TerminateSession", SESSION, MINE),),
    }.items()
)

CALLS = {
    "opens a session": session(),
    "has the host alone judged": session()[:1],
    "has the document alone judged": session()[1:],
    "pushes a key": (key("alice"),),
    "goes on with the own session": (ssm("ResumeSession", SESSION, MINE),),
    "ends the own session": (ssm("TerminateSession", SESSION, MINE),),
}
WITHOUT_FACTOR = tuple(
    refused(f"S2-A17 {name} {what}, {how}", having(who, factor), *asks, by=locks)
    for name, who, _ in WAYS[::2]
    for what, asks in CALLS.items()
    for how, factor, locks in (
        ("with the long-term key alone", {}, BOTH),
        ("without the factor, said so", SAID_NO, BOTH),
        ("with an old factor", TOO_OLD, (Lock.GUARDRAILS,)),
    )
)

OTHER_DOCUMENTS = {
    "the default document, a shell": document("SSM-SessionManagerRunShell", ACCOUNT),
    "a command": document("AWS-StartInteractiveCommand"),
    "a port of any host": document("AWS-StartPortForwardingSessionToRemoteHost"),
    "a port of the bastion": document("AWS-StartPortForwardingSession"),
    "a document of the account that is called alike": document("AWS-StartSSHSession", ACCOUNT),
}
OTHER_WAYS = {
    "runs a command on the bastion": ssm("SendCommand", BASTION),
    "runs an automation": ssm("StartAutomationExecution", NAMING.arn("ssm", "automation-definition/x:1")),
    "asks for access for a moment": ssm("StartAccessRequest", BASTION),
    "opens a tunnel of Instance Connect": key(
        None, NAMING.arn("ec2", "instance-connect-endpoint/eice-1"), "OpenTunnel"
    ),
    "takes the serial console": key(None, action="SendSerialConsoleSSHPublicKey"),
}
UNSAID = {
    "the document left out, which is a shell": ({"ssm:SessionDocumentAccessCheck": False}, BOTH),
    "nobody says whether the document is judged": ({}, GRANTS),
}
OTHERWISE = tuple(
    row
    for name, who, _ in WAYS
    for row in (
        refused(f"S2-A17 {name} opens a session to another host", who, *session(OTHER_HOST), by=BOTH),
        refused(
            f"S2-A17 {name} opens a session to a managed host",
            who,
            *session(NAMING.arn("ssm", "managed-instance/mi-0123")),
            by=BOTH,
        ),
        *(
            refused(f"S2-A17 {name} opens a session by {what}", who, *session(name=other), by=BOTH)
            for what, other in OTHER_DOCUMENTS.items()
        ),
        *(
            refused(f"S2-A17 {name} opens a session, {what}", who, ssm("StartSession", BASTION, context), by=locks)
            for what, (context, locks) in UNSAID.items()
        ),
        refused(f"S2-A17 {name} ends another's session", who, ssm("TerminateSession", SESSION, OTHERS), by=BOTH),
        refused(f"S2-A17 {name} goes on with another's session", who, ssm("ResumeSession", SESSION, OTHERS), by=BOTH),
        refused(
            f"S2-A17 {name} ends a session of nobody named", who, ssm("TerminateSession", SESSION, OWN_ID), by=BOTH
        ),
        *(
            refused(f"S2-A17 {name} {what}, {way.value}", who, ask.but(via=way), by=ALL)
            for what, ask in OTHER_WAYS.items()
            for way in (Via.NO_ENDPOINT, Via.OWN_ENDPOINT)
        ),
        refused(
            f"B1 {name} reads a parameter",
            who,
            ssm("GetParameter", NAMING.arn("ssm", "parameter/any")),
            by=(Lock.GRANTS, Lock.BOUNDARY),
        ),
    )
)

ACCOUNTS = (
    refused("S2-A17 B2 an engineer pushes a key for bob's account", ANN, key("bob"), by=BOTH),
    refused("S2-A17 B2 an approver pushes a key for bob's account", APRIL, key("bob"), by=BOTH),
    refused("S2-A17 an engineer pushes a key for the twin of the own account", ANN, key("alice-2"), by=BOTH),
    refused("S2-A17 B2 an engineer pushes a key for the image's administrator", ANN, key("ec2-user"), by=BOTH),
    refused("S2-A17 an engineer pushes a key for root", ANN, key("root"), by=BOTH),
    refused("S2-A17 an engineer pushes a key for no account", ANN, key(None), by=BOTH),
    refused("S2-A17 an administrator pushes a key for no account", ADAM, key(None), by=BOTH),
    *(
        refused(f"S2-A17 {name} pushes a key to another host", who, key(account, OTHER_HOST), by=GRANTS)
        for name, who, account in WAYS
    ),
    *(
        refused(f"S2-A17 {name} pushes a key for the own account, {how}", having(who, factor), key(account), by=BOTH)
        for name, who, account in WAYS
        for how, factor in (("with the long-term key alone", {}), ("without the factor, said so", SAID_NO))
    ),
    refused("S2-A17 a person of no tenant pushes a key", ANN_UNTAGGED, key("alice"), by=GRANTS),
    refused("S2-A17 B2 an administrator pushes a key for alice's account", ADAM, key("alice"), by=BOTH),
    refused("S2-A17 a new person opens a session before enrolling", NEW, *session(), by=BOTH),
)

THEIRS = "arn:aws:ec2:ap-northeast-1:999999999999:instance/i-0f0"
ELSEWHERE = tuple(
    row
    for name, who, _ in WAYS
    for row in (
        refused(f"S2-A17 {name} opens a session to a host of another account", who, *session(THEIRS), by=BOTH),
        refused(
            f"S2-A17 {name} opens a session to a host of another Region",
            who,
            *session(BASTION.replace("ap-northeast-1", "us-east-1")),
            by=BOTH,
        ),
        refused(
            f"S2-A17 {name} ends a session of another account",
            who,
            ssm("TerminateSession", SESSION.replace(ACCOUNT, "999999999999"), MINE),
            by=GRANTS,
        ),
    )
)

# Whose work lies on no endpoint has no way in: who looks at the account, and who takes people in.
NO_WAY_IN = tuple(
    refused(f"S2-A17 {name} {what}", who, *asks, by=GRANTS)
    for name, who in (("an auditor", AUDREY), ("a delegated administrator", DELIA))
    for what, asks in {**CALLS, "pushes a key": (key("platform"),)}.items()
)

ROWS = (*OPEN, *WITHOUT_FACTOR, *OTHERWISE, *ACCOUNTS, *ELSEWHERE, *NO_WAY_IN)
