"""Who may open a way through the bastion: people with MFA, on the SSH document alone, each as the own OS account.

`bastion_sessions` grants, `bastion_session_guardrails` refuses what another grant might give; both belong to people.
Session Manager cannot log the content of SSH sessions and port forwarding; CloudTrail records each start. So the
documents that open a shell, or a port of a host of the caller's choice, are refused.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from components.documents.bastion import BASTION
from components.documents.model import (
    ANYTHING,
    Effect,
    PolicyDocument,
    Statement,
    actions,
    all_of,
    document,
    reference,
    when,
)
from components.documents.scope import OWN_USER

if TYPE_CHECKING:
    from components.documents.scope import Scope

# Opens a stream to a port of the bastion itself, by default sshd's, and no shell. AWS owns it: no account in its ARN.
SSH_DOCUMENT = "AWS-StartSSHSession"

WITH_MFA = when("Bool", "aws:MultiFactorAuthPresent", "true")
OWN_SESSION = when("StringEquals", "ssm:resourceTag/aws:ssmmessages:session-id", "${aws:userid}")


def bastion_sessions(scope: Scope, *, second_factor: bool = True) -> PolicyDocument:
    """Return the grants of people: open, resume and end the own session, and push the key of the own account.

    Without `second_factor` no grant asks for one, as a federated session carries none.
    """
    grants = (bastion_instance(scope), bastion_document(scope), own_sessions(scope), own_os_user(scope))
    return document(grants if second_factor else map(_without_factor, grants))


def _without_factor(statement: Statement) -> Statement:
    """Return a grant that does not ask for the second factor."""
    tests = {
        operator: {key: values for key, values in inner.items() if key != "aws:MultiFactorAuthPresent"}
        for operator, inner in statement.conditions.items()
    }
    return replace(statement, conditions={operator: inner for operator, inner in tests.items() if inner})


def bastion_session_guardrails(scope: Scope) -> PolicyDocument:
    """Return what no grant to people may open: shells, other hosts, other accounts, other ways to an instance."""
    return document(
        no_other_session(scope),
        no_session_without_document_check(),
        no_session_of_others(),
        no_other_os_user(),
        no_other_way_in(),
    )


def bastion_arn(scope: Scope) -> str:
    """Return the ARN of the bastion, whose id AWS mints."""
    return scope.naming.arn("ec2", f"instance/{reference(BASTION)}")


def ssh_document_arn(scope: Scope) -> str:
    """Return the ARN of the one document that opens a session."""
    return scope.naming.arn("ssm", f"document/{SSH_DOCUMENT}", account=False)


def bastion_instance(scope: Scope) -> Statement:
    """Allow a session to the bastion, if the document it runs is authorized too.

    Without the check a caller that leaves the document out gets the default one, which is a shell. The check is
    demanded, not demanded if present: where the key is missing there is no session.
    """
    return Statement(
        sid="BastionInstance",
        effect=Effect.ALLOW,
        actions=("ssm:StartSession",),
        resources=(bastion_arn(scope),),
        conditions=all_of(WITH_MFA, when("Bool", "ssm:SessionDocumentAccessCheck", "true")),
    )


def bastion_document(scope: Scope) -> Statement:
    """Allow the SSH document and no other; on its own it starts nothing."""
    return Statement(
        sid="BastionDocument",
        effect=Effect.ALLOW,
        actions=("ssm:StartSession",),
        resources=(ssh_document_arn(scope),),
        conditions=WITH_MFA,
    )


def own_sessions(scope: Scope) -> Statement:
    """Allow resuming and ending the own sessions, told by their tag: names of sessions of ``dev`` and ``dev-2`` mix."""
    return Statement(
        sid="OwnSessions",
        effect=Effect.ALLOW,
        actions=actions("ssm", "ResumeSession", "TerminateSession"),
        resources=(scope.naming.arn("ssm", "session/*"),),
        conditions=all_of(OWN_SESSION, WITH_MFA),
    )


def own_os_user(scope: Scope) -> Statement:
    """Allow pushing a key, which holds for 60 seconds, for the OS account of the caller's own name."""
    return Statement(
        sid="OwnOsUser",
        effect=Effect.ALLOW,
        actions=("ec2-instance-connect:SendSSHPublicKey",),
        resources=(bastion_arn(scope),),
        conditions=all_of(when("StringEquals", "ec2:osuser", OWN_USER), WITH_MFA),
    )


def no_other_session(scope: Scope) -> Statement:
    """Deny sessions to other instances and by other documents: shells, and ports of hosts of the caller's choice."""
    return Statement(
        sid="NoOtherSession",
        effect=Effect.DENY,
        actions=("ssm:StartSession",),
        not_resources=(bastion_arn(scope), ssh_document_arn(scope)),
    )


def no_session_without_document_check() -> Statement:
    """Deny a session whose document is said not to be authorized [LIVE].

    Where the key is missing, `bastion_instance` grants nothing; the judgement of the document itself may lack it.
    """
    return Statement(
        sid="NoSessionWithoutDocumentCheck",
        effect=Effect.DENY,
        actions=("ssm:StartSession",),
        resources=ANYTHING,
        conditions=when("Bool", "ssm:SessionDocumentAccessCheck", "false"),
    )


def no_session_of_others() -> Statement:
    """Deny resuming and ending what is not tagged as the caller's own session."""
    return Statement(
        sid="NoSessionOfOthers",
        effect=Effect.DENY,
        actions=actions("ssm", "ResumeSession", "TerminateSession"),
        resources=ANYTHING,
        conditions=when("StringNotEquals", "ssm:resourceTag/aws:ssmmessages:session-id", "${aws:userid}"),
    )


def no_other_os_user() -> Statement:
    """Deny pushing a key for an account of another name, or for none."""
    return Statement(
        sid="NoOtherOsUser",
        effect=Effect.DENY,
        actions=("ec2-instance-connect:SendSSHPublicKey",),
        resources=ANYTHING,
        conditions=when("StringNotEquals", "ec2:osuser", OWN_USER),
    )


def no_other_way_in() -> Statement:
    """Deny the serial console, tunnels of Instance Connect endpoints, and commands run by Systems Manager."""
    return Statement(
        sid="NoOtherWayIn",
        effect=Effect.DENY,
        actions=(
            *actions("ec2-instance-connect", "SendSerialConsoleSSHPublicKey", "OpenTunnel"),
            *actions("ssm", "SendCommand", "StartAutomationExecution", "StartAccessRequest"),
        ),
        resources=ANYTHING,
    )
