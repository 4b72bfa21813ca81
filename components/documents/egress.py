"""Denies on ways out: other accounts, other roles and services, and anything that would open a new exit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.documents.model import ANYTHING, Effect, PolicyDocument, Statement, actions, document, when
from components.documents.network_changes import NETWORK_CHANGES
from components.documents.scope import SAGEMAKER

if TYPE_CHECKING:
    from components.documents.scope import Scope

# Services that take the name or address of something in another account.
SERVICES_WITH_FOREIGN_RESOURCES = (
    "s3:*",
    "sns:*",
    "sqs:*",
    "lambda:*",
    "secretsmanager:*",
    "codecommit:*",
    "ecr:*",
    "kms:*",
    "sagemaker:*",
    "logs:*",
)

# Changes that let data, or whoever holds it, leave the network or the account.
NEW_EXITS = (
    *NETWORK_CHANGES,
    *actions("ecr", "SetRepositoryPolicy", "PutRegistryPolicy", "PutReplicationConfiguration"),
    *actions("logs", "PutResourcePolicy", "PutSubscriptionFilter", "PutDestination*", "CreateExportTask"),
    *actions("logs", "PutAccountPolicy", "*Delivery*", "IntegrateWithS3Table"),
    *actions(
        "s3",
        "Put*Acl",
        "CreateBucket",
        "DeleteBucket*",
        "PutBucket*",
        "PutAccountPublicAccessBlock",
        "PutReplicationConfiguration",
        "PutInventoryConfiguration",
        "*AccessPoint*",
        "CreateJob",
        "BypassGovernanceRetention",
    ),
    *actions("sns", "Subscribe", "AddPermission"),
    *actions("glue", "Create*", "Start*", "Update*"),
    "codebuild:*",
    "states:Start*",
    *actions("lambda", "Create*", "Update*", "AddPermission", "InvokeFunction"),
    *actions("kms", "PutKeyPolicy", "ScheduleKeyDeletion", "DisableKey"),
    # Another identity, here or elsewhere, would leave tags, boundary and perimeter behind.
    *actions("sts", "AssumeRole?*", "AssumeRoot", "GetFederationToken"),
)


def egress(scope: Scope) -> PolicyDocument:
    """Return the document: own roles to SageMaker only, own account only, no new exit, no other role."""
    return document(
        pass_only_own_role(scope),
        pass_only_to_sagemaker(),
        own_account_only(scope),
        network_interface_for_no_account(),
        no_new_exits(),
        become_nobody_else(scope),
    )


def pass_only_own_role(scope: Scope) -> Statement:
    """Deny passing any other role, to whatever service: its rights would become the caller's."""
    return Statement(
        sid="PassOnlyOwnRole",
        effect=Effect.DENY,
        actions=("iam:PassRole",),
        not_resources=(scope.own_roles_arn(),),
    )


def pass_only_to_sagemaker() -> Statement:
    """Deny passing a role to another service, or to one that is not named: the key is optional."""
    return Statement(
        sid="PassOnlyToSageMaker",
        effect=Effect.DENY,
        actions=("iam:PassRole",),
        resources=ANYTHING,
        conditions=when("StringNotEqualsIfExists", "iam:PassedToService", SAGEMAKER),
    )


def own_account_only(scope: Scope) -> Statement:
    """Deny what lies in another account, or nobody says where.

    Without exception for AWS' own buckets: packages are downloaded unsigned, so no role's policies judge that.
    """
    return Statement(
        sid="OwnAccountOnly",
        effect=Effect.DENY,
        actions=SERVICES_WITH_FOREIGN_RESOURCES,
        resources=ANYTHING,
        conditions=when("StringNotEqualsIfExists", "aws:ResourceAccount", scope.naming.account_id),
    )


def network_interface_for_no_account() -> Statement:
    """Deny handing an interface to an account, also beside a service: a stranger would stand in our network.

    The key is present only where an account is named. That SageMaker names itself as a service alone is open [LIVE].
    """
    return Statement(
        sid="NetworkInterfaceForNoAccount",
        effect=Effect.DENY,
        actions=("ec2:CreateNetworkInterfacePermission",),
        resources=ANYTHING,
        conditions=when("Null", "ec2:AuthorizedUser", "false"),
    )


def no_new_exits() -> Statement:
    """Deny opening a way out by oneself, and starting what runs outside the network on one's behalf."""
    return Statement(sid="NoNewExits", effect=Effect.DENY, actions=NEW_EXITS, resources=ANYTHING)


def become_nobody_else(scope: Scope) -> tuple[Statement, ...]:
    """Deny every role, here or elsewhere: it would leave tags, boundary and perimeter behind.

    One road is left where models are deployed by a role: users take on the deployment role of their own tenant, one
    ARN. Sessions of roles never do: no chain leads there, whoever is granted what.
    """
    assuming = ("sts:AssumeRole",)
    if not scope.users_deploy_by_role:
        return (Statement(sid="BecomeNobodyElse", effect=Effect.DENY, actions=assuming, resources=ANYTHING),)
    return (
        Statement(
            sid="BecomeOnlyOwnDeployment",
            effect=Effect.DENY,
            actions=assuming,
            not_resources=(scope.own_deployment_role_arn(),),
        ),
        Statement(
            sid="OnlyUsersBecomeAnybody",
            effect=Effect.DENY,
            actions=assuming,
            resources=ANYTHING,
            conditions=when("ArnNotLike", "aws:PrincipalArn", scope.people_arn()),
        ),
    )
