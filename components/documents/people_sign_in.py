"""How people prove who they are: MFA or nothing but enrolling, from where they may call, and their own credentials.

HTTPS Git credentials carry no second factor. The platform does not offer them: nobody is granted to make one, the
boundary leaves them out, and git works with session credentials through AWS' credential helper instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.documents.model import ANYTHING, Effect, Statement, actions, all_of, when
from components.documents.people_scope import FRESH_MFA

if TYPE_CHECKING:
    from components.documents.model import Conditions
    from components.documents.people_scope import PeopleScope
    from components.documents.scope import Scope

OWN_NAME = "${aws:username}"

# What a new person does before there is a second factor, and what makes the session that has one.
ENROLMENT = (
    *actions(
        "iam",
        "CreateVirtualMFADevice",
        "EnableMFADevice",
        "GetUser",
        "ListMFADevices",
        "ListVirtualMFADevices",
        "ResyncMFADevice",
        "ChangePassword",
        "GetAccountPasswordPolicy",
    ),
    "sts:GetSessionToken",
)

OWN_KEYS = actions(
    "iam", "CreateAccessKey", "DeleteAccessKey", "ListAccessKeys", "UpdateAccessKey", "GetAccessKeyLastUsed"
)

OWN_DEVICES = actions("iam", "DeactivateMFADevice", "DeleteVirtualMFADevice")

# The way to the bastion, which is the way to the endpoints, so it cannot lead through them.
BASTION_SESSION = (
    *actions("ssm", "StartSession", "ResumeSession", "TerminateSession"),
    "ssmmessages:OpenDataChannel",
    "ec2-instance-connect:SendSSHPublicKey",
)

# What people do from outside the network; all of it but the enrolment needs the second factor.
OUTSIDE = ("iam:PassRole", *ENROLMENT, *OWN_KEYS, *OWN_DEVICES, *BASTION_SESSION, "iam:GetAccountSummary")

# Everything of CloudWatch Logs but `DescribeLogGroups`: how logs are kept an auditor reads where the trail is read. A
# test holds the patterns against the actions that AWS publishes.
LOGS = (
    *("logs:A*", "logs:C*", "logs:Del*", "logs:Dis*", "logs:F*", "logs:G*", "logs:I*", "logs:L*", "logs:P*", "logs:S*"),
    *("logs:T*", "logs:U*"),
    *actions(
        "logs",
        *(f"Describe{letters}*" for letters in ("A", "C", "D", "E", "F", "I", "LogS", "Loo", "M", "Q", "R", "S")),
    ),
)

# Services that hold tenants' work and have an endpoint here; platform people reach those through it as well.
WORKLOAD_SERVICES = ("sagemaker:*", "s3:*", *LOGS)


def with_mfa(seconds: int | None = None) -> Conditions:
    """Return the condition that the session has a second factor, not older than `seconds` where they are given."""
    present = when("Bool", "aws:MultiFactorAuthPresent", "true")
    return (
        all_of(present, when("NumericLessThanEquals", "aws:MultiFactorAuthAge", str(seconds))) if seconds else present
    )


def mfa_or_enrol() -> Statement:
    """Deny everything but enrolling without a second factor; long-term keys carry no such key at all."""
    return Statement(
        sid="MfaOrEnrol",
        effect=Effect.DENY,
        not_actions=ENROLMENT,
        resources=ANYTHING,
        conditions=when("BoolIfExists", "aws:MultiFactorAuthPresent", "false"),
    )


def mfa_not_older_than(people: PeopleScope) -> Statement:
    """Deny the same in a session whose second factor is too old, or of an age that nobody says."""
    return Statement(
        sid="MfaNotOlderThan",
        effect=Effect.DENY,
        not_actions=ENROLMENT,
        resources=ANYTHING,
        conditions=when("NumericGreaterThanIfExists", "aws:MultiFactorAuthAge", str(people.longest_session)),
    )


def outside(scope: Scope) -> Conditions:
    """Return the condition that a call comes neither through an endpoint of the platform nor from a service."""
    return all_of(
        when("StringNotEqualsIfExists", "aws:SourceVpce", *scope.endpoint_ids()),
        when("BoolIfExists", "aws:ViaAWSService", "false"),
    )


def only_through_our_endpoints(scope: Scope) -> Statement:
    """Deny a tenant's people every call from elsewhere but signing in, own credentials and the bastion."""
    return Statement(
        sid="OnlyThroughOurEndpoints",
        effect=Effect.DENY,
        not_actions=OUTSIDE,
        resources=ANYTHING,
        conditions=outside(scope),
    )


def workloads_only_through_our_endpoints(scope: Scope) -> Statement:
    """Deny platform people the services of tenants' work from elsewhere; most of what they run has no endpoint."""
    return Statement(
        sid="WorkloadsOnlyThroughOurEndpoints",
        effect=Effect.DENY,
        actions=WORKLOAD_SERVICES,
        resources=ANYTHING,
        conditions=outside(scope),
    )


def only_from_listed_networks(people: PeopleScope) -> tuple[Statement, ...]:
    """Deny calls without an endpoint from other addresses, where the stack lists any.

    `aws:SourceIp` is there only where no endpoint is used; inside the network the endpoint itself says where from.
    """
    if not people.networks:
        return ()
    conditions = all_of(
        when("NotIpAddress", "aws:SourceIp", *people.networks),
        when("Null", "aws:SourceVpce", "true"),
        when("BoolIfExists", "aws:ViaAWSService", "false"),
    )
    return (
        Statement(
            sid="OnlyFromListedNetworks",
            effect=Effect.DENY,
            actions=ANYTHING,
            resources=ANYTHING,
            conditions=conditions,
        ),
    )


def only_from_listed_hosts(people: PeopleScope) -> tuple[Statement, ...]:
    """Deny calls through an endpoint from other hosts, where the stack lists their networks.

    `aws:VpcSourceIp` is there only where an endpoint is used, and says from which address. A call through an endpoint
    that does not say it is refused; one without an endpoint is judged by `only_from_listed_networks`.
    """
    if not people.inside_networks:
        return ()
    conditions = all_of(
        when("NotIpAddress", "aws:VpcSourceIp", *people.inside_networks),
        when("StringLike", "aws:SourceVpce", "vpce-*"),
        when("BoolIfExists", "aws:ViaAWSService", "false"),
    )
    return (
        Statement(
            sid="OnlyFromListedHosts", effect=Effect.DENY, actions=ANYTHING, resources=ANYTHING, conditions=conditions
        ),
    )


def only_until(people: PeopleScope) -> tuple[Statement, ...]:
    """Deny everything after the end date, where the stack gives one. IAM knows dates, no hours of the day."""
    if not people.until:
        return ()
    return (
        Statement(
            sid="OnlyUntil",
            effect=Effect.DENY,
            actions=ANYTHING,
            resources=ANYTHING,
            conditions=when("DateGreaterThanIfExists", "aws:CurrentTime", people.until),
        ),
    )


def enrol_own_mfa(scope: Scope) -> Statement:
    """Allow enrolling and changing the password on the own user, before there is a second factor."""
    return Statement(
        sid="EnrolOwnMfa",
        effect=Effect.ALLOW,
        actions=actions("iam", "EnableMFADevice", "GetUser", "ListMFADevices", "ResyncMFADevice", "ChangePassword"),
        resources=(own_user_arn(scope),),
    )


def make_mfa_device(scope: Scope) -> Statement:
    """Allow making a virtual device: it stands under any name until somebody's user takes it."""
    return Statement(
        sid="MakeMfaDevice",
        effect=Effect.ALLOW,
        actions=("iam:CreateVirtualMFADevice",),
        resources=(scope.naming.iam_arn("mfa/*"),),
    )


def enrol_lists() -> Statement:
    """Allow what enrolling asks of no single resource, and the session that carries the second factor."""
    return Statement(
        sid="EnrolLists",
        effect=Effect.ALLOW,
        actions=(*actions("iam", "ListVirtualMFADevices", "GetAccountPasswordPolicy"), "sts:GetSessionToken"),
        resources=ANYTHING,
    )


def view_account_info() -> Statement:
    """Allow the summary that the credentials page shows, and asking who one is."""
    return Statement(
        sid="ViewAccountInfo",
        effect=Effect.ALLOW,
        actions=("iam:GetAccountSummary", "sts:GetCallerIdentity"),
        resources=ANYTHING,
    )


def remove_own_devices(scope: Scope) -> Statement:
    """Allow taking the own device off: with the second factor only, which `MfaOrEnrol` asks for."""
    return Statement(
        sid="RemoveOwnDevices",
        effect=Effect.ALLOW,
        actions=("iam:DeactivateMFADevice",),
        resources=(own_user_arn(scope),),
        conditions=with_mfa(FRESH_MFA),
    )


def remove_unused_devices(scope: Scope) -> Statement:
    """Allow removing devices that no user holds; IAM refuses to remove one that is held."""
    return Statement(
        sid="RemoveUnusedDevices",
        effect=Effect.ALLOW,
        actions=("iam:DeleteVirtualMFADevice",),
        resources=(scope.naming.iam_arn("mfa/*"),),
        conditions=with_mfa(FRESH_MFA),
    )


def manage_own_keys(scope: Scope) -> Statement:
    """Allow own access keys with a fresh second factor. How old a key is no condition can say: Config looks."""
    return Statement(
        sid="ManageOwnKeys",
        effect=Effect.ALLOW,
        actions=OWN_KEYS,
        resources=(own_user_arn(scope),),
        conditions=with_mfa(FRESH_MFA),
    )


def own_user_arn(scope: Scope) -> str:
    """Return the ARN of the caller's own user, which lies below the root path (F18)."""
    return scope.naming.iam_arn(f"user/{OWN_NAME}")
