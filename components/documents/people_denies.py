"""Denies on platform people: whatever somebody attaches by hand, the network stays closed and data stays unread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.documents.model import ANYTHING, Effect, Statement, actions, when
from components.documents.network_changes import NETWORK_CHANGES
from components.documents.people_sign_in import ENROLMENT, OWN_DEVICES, OWN_KEYS, own_user_arn
from components.documents.scope import RAW, RESULTS

if TYPE_CHECKING:
    from components.documents.people_scope import PeopleScope
    from components.documents.scope import Scope

# Every way to open the network; interfaces, too, which a tenant's role needs and an administrator does not.
OPEN_NETWORK = (*NETWORK_CHANGES, "ec2:CreateNetworkInterface*")

# What stands between tenants' objects and others: the buckets' own policies, public access, replication, retention.
BUCKET_CHANGES = (
    "s3:PutBucket*",
    "s3:DeleteBucket*",
    "s3:PutReplicationConfiguration",
    "s3:PutLifecycleConfiguration",
    "s3:PutEncryptionConfiguration",
    "s3:PutInventoryConfiguration",
)

USE_OF_KEYS = actions("kms", "Decrypt", "Encrypt", "ReEncrypt*", "GenerateDataKey*", "CreateGrant", "PutKeyPolicy")

OPEN_WORK = (
    *actions("sagemaker", "CreatePresigned*", "InvokeEndpoint*", "Create*", "Start*", "Update*"),
    *actions(
        "logs", "GetLogEvents", "GetLogRecord", "FilterLogEvents", "StartQuery", "StartLiveTail", "GetQueryResults"
    ),
)

# How a provider that signs people in is made, changed and taken away; who it is may be read.
PROVIDER_CHANGES = ("Create*Provider", "Update*Provider*", "Delete*Provider", "*ClientID*Provider")

# Changes by which an identity comes to more than it was given; `CreateUser` and `CreateRole` are judged by boundary.
MORE_RIGHTS = (
    *actions(
        "iam",
        "CreatePolicy",
        "CreatePolicyVersion",
        "SetDefaultPolicyVersion",
        "DeletePolicy*",
        "AttachUserPolicy",
        "AttachGroupPolicy",
        "Put*Policy",
        "Delete*PermissionsBoundary",
        "Put*PermissionsBoundary",
        "DetachUserPolicy",
        "DetachGroupPolicy",
        "UpdateAssumeRolePolicy",
        "UpdateLoginProfile",
        "UpdateUser",
        "UpdateGroup",
        "UpdateRole*",
        "DeleteGroup",
        "DeleteAccountPasswordPolicy",
        "UpdateAccountPasswordPolicy",
        *PROVIDER_CHANGES,
        "CreateServiceSpecificCredential",
        "UploadSSHPublicKey",
        "UploadSigningCertificate",
        "PassRole",
    ),
    *actions("sts", "AssumeRoleWith*", "GetFederationToken", "TagSession"),
    "organizations:*",
    "account:*",
)


def open_no_network() -> Statement:
    """Deny opening the network: it is changed by the program, run by the deployer, and by nobody's hand."""
    return Statement(sid="OpenNoNetwork", effect=Effect.DENY, actions=OPEN_NETWORK, resources=ANYTHING)


def reach_no_tenant_data(scope: Scope) -> Statement:
    """Deny every object of the data buckets."""
    return Statement(
        sid="ReachNoTenantData",
        effect=Effect.DENY,
        actions=("s3:*",),
        resources=tuple(scope.objects_arn(purpose) for purpose in (RAW, RESULTS)),
    )


def change_no_bucket() -> Statement:
    """Deny changing what guards a bucket, whichever: buckets are the deployer's."""
    return Statement(sid="ChangeNoBucket", effect=Effect.DENY, actions=BUCKET_CHANGES, resources=ANYTHING)


def use_no_key() -> Statement:
    """Deny using any key and changing who may: what is encrypted is a tenant's."""
    return Statement(sid="UseNoKey", effect=Effect.DENY, actions=USE_OF_KEYS, resources=ANYTHING)


def open_no_work() -> Statement:
    """Deny opening notebooks, calling endpoints, reading logs, and making or changing work in a tenant's place."""
    return Statement(sid="OpenNoWork", effect=Effect.DENY, actions=OPEN_WORK, resources=ANYTHING)


def gain_no_rights() -> Statement:
    """Deny policies, boundaries, trusts and other people's passwords: rights come from the program alone."""
    return Statement(sid="GainNoRights", effect=Effect.DENY, actions=MORE_RIGHTS, resources=ANYTHING)


def become_nobody_else(scope: Scope) -> Statement:
    """Deny keys, devices and passwords of others, by which one would become them; a federated person has no own."""
    return Statement(
        sid="BecomeNobodyElse",
        effect=Effect.DENY,
        actions=actions("iam", "CreateAccessKey", "EnableMFADevice", "DeactivateMFADevice", "ChangePassword"),
        resources=ANYTHING if scope.federation else (),
        not_resources=() if scope.federation else (own_user_arn(scope),),
    )


def assume_only_break_glass(scope: Scope) -> Statement:
    """Deny every other role: one that trusts the account, or is made to trust the caller, would do as well."""
    return Statement(
        sid="AssumeOnlyBreakGlass",
        effect=Effect.DENY,
        actions=("sts:AssumeRole",),
        not_resources=(scope.break_glass_arn(),),
    )


def make_nobody() -> Statement:
    """Deny administrators and auditors making identities or tagging them: people come from the program."""
    return Statement(
        sid="MakeNobody",
        effect=Effect.DENY,
        actions=actions(
            "iam",
            "CreateUser",
            "CreateRole",
            "CreateGroup",
            "CreateLoginProfile",
            "AddUserToGroup",
            "AttachRolePolicy",
            "DetachRolePolicy",
            "Tag*",
            "Untag*",
        ),
        resources=ANYTHING,
    )


def new_people_are_bounded(scope: Scope) -> Statement:
    """Deny users without the people's boundary, whatever else is granted."""
    return Statement(
        sid="NewPeopleAreBounded",
        effect=Effect.DENY,
        actions=("iam:CreateUser",),
        resources=ANYTHING,
        conditions=when("StringNotEquals", "iam:PermissionsBoundary", scope.naming.people_policy_arn("boundary")),
    )


def new_roles_are_bounded(scope: Scope) -> Statement:
    """Deny roles, and policies on roles, without the tenants' boundary."""
    return Statement(
        sid="NewRolesAreBounded",
        effect=Effect.DENY,
        actions=actions("iam", "CreateRole", "AttachRolePolicy", "PutRolePolicy"),
        resources=ANYTHING,
        conditions=when("StringNotEquals", "iam:PermissionsBoundary", scope.naming.tenant_policy_arn("boundary")),
    )


def nobody_becomes_the_platform() -> Statement:
    """Deny tagging an identity as the platform's own: the emergency role trusts those."""
    return Statement(
        sid="NobodyBecomesThePlatform",
        effect=Effect.DENY,
        actions=actions("iam", "CreateUser", "CreateRole", "TagUser", "TagRole"),
        resources=ANYTHING,
        conditions=when("StringEquals", "aws:RequestTag/user", "platform"),
    )


def nobody_is_tagged_again() -> Statement:
    """Deny taking tags off, and giving another to whoever has one: it would move the person to another tenant."""
    return Statement(
        sid="NobodyIsTaggedAgain",
        effect=Effect.DENY,
        actions=actions("iam", "TagUser", "TagRole", "UntagUser", "UntagRole"),
        resources=ANYTHING,
        conditions=when("StringLike", "aws:ResourceTag/user", "*"),
    )


def keys_are_not_offered(people: PeopleScope) -> tuple[Statement, ...]:
    """Deny long-term keys where the stack does not offer them."""
    if people.access_keys:
        return ()
    return (Statement(sid="NoAccessKeys", effect=Effect.DENY, actions=("iam:CreateAccessKey",), resources=ANYTHING),)


# What a ceiling leaves to every person for signing in.
SIGN_IN = (*ENROLMENT, *OWN_DEVICES, *OWN_KEYS, "iam:GetAccountSummary", "sts:GetCallerIdentity")
