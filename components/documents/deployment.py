"""Deployment by a role: where a stage asks for approval, no person and no notebook deploys, a role of the tenant does.

Whoever takes it on is named in its trust, and decides about no package: the one who deploys is not the one who
approves. IAM ties no model to a package. What it can hold is held here: each model says in the tag `model-package`, for
good, which package it is made of; whether that package is approved, and is what runs, the deployment compares.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from components.documents import people_work, work
from components.documents.federation import only_for
from components.documents.model import ANYTHING, Effect, PolicyDocument, Statement, actions, all_of, document, when
from components.documents.operations import READS
from components.documents.people_scope import FRESH_MFA
from components.documents.people_sign_in import OWN_NAME, with_mfa
from components.documents.scope import SAGEMAKER

if TYPE_CHECKING:
    from components.documents.scope import Scope

# The tag by which a model says what it is made of: the ARN of a package in one of the tenant's groups.
PACKAGE_TAG = "model-package"

DEPLOYED = ("model", "endpoint-config", "endpoint")


def deployment(scope: Scope) -> PolicyDocument:
    """Return the deployment role's document, which is its boundary as well: what is attached later adds nothing."""
    return document(
        people_work.look_at_own_packages(scope),
        people_work.package_lists(),
        deploy_own_package(scope),
        people_work.create_own_config(scope),
        work.create_own_endpoint(scope),
        work.deploy_own_config(scope),
        tag_what_is_deployed(scope),
        change_what_is_deployed(scope),
        deployment_lists(),
        pass_own_job_role(scope),
        work.own_identity(),
    )


def deploy_own_package(scope: Scope) -> Statement:
    """Allow models under the own name that say which of the own packages they are made of."""
    return Statement(
        sid="DeployOwnPackage",
        effect=Effect.ALLOW,
        actions=("sagemaker:CreateModel",),
        resources=(scope.own_models_arn(),),
        conditions=all_of(
            work.made_own(), when("StringLike", f"aws:RequestTag/{PACKAGE_TAG}", people_work.own_packages_arn(scope))
        ),
    )


def tag_what_is_deployed(scope: Scope) -> Statement:
    """Allow the tagging part of a creation, and no tagging afterwards: what a model says of its package stays."""
    return Statement(
        sid="TagWhatIsDeployed",
        effect=Effect.ALLOW,
        actions=("sagemaker:AddTags",),
        resources=scope.sagemaker_arns(*DEPLOYED),
        conditions=all_of(when("Null", "sagemaker:TaggingAction", "false"), work.made_own()),
    )


def change_what_is_deployed(scope: Scope) -> Statement:
    """Allow own models and endpoints to be seen, changed and removed; who calls an endpoint is not decided here."""
    return Statement(
        sid="ChangeWhatIsDeployed",
        effect=Effect.ALLOW,
        actions=(*work.KEEP_DEPLOYED, "sagemaker:ListTags"),
        resources=scope.sagemaker_arns(*DEPLOYED),
        conditions=work.owned(),
    )


def deployment_lists() -> Statement:
    """Allow the lists of what is deployed. They have no resource type, so names of others show."""
    return Statement(
        sid="DeploymentLists",
        effect=Effect.ALLOW,
        actions=actions("sagemaker", "ListModels", "ListEndpointConfigs", "ListEndpoints"),
        resources=ANYTHING,
    )


def pass_own_job_role(scope: Scope) -> Statement:
    """Allow handing the own job role to SageMaker; the notebook role is of no use to a model."""
    return Statement(
        sid="PassOwnJobRole",
        effect=Effect.ALLOW,
        actions=("iam:PassRole",),
        resources=(scope.own_job_role_arn(),),
        conditions=when("StringEquals", "iam:PassedToService", SAGEMAKER),
    )


def only_the_deployment_role_deploys(scope: Scope) -> tuple[Statement, ...]:
    """Deny every other role, where the stage asks for approval, all but looking at what is deployed and calling it.

    The exception is one ARN. A caller without an owner has none: the comparison with it holds, and so does the deny.
    """
    if not scope.approval:
        return ()
    others = when("ArnNotEquals", "aws:PrincipalArn", scope.own_deployment_role_arn())
    return (replace(_deploy_nothing(scope, "OnlyTheDeploymentRoleDeploys"), conditions=others),)


def people_do_not_deploy(scope: Scope) -> tuple[Statement, ...]:
    """Deny people the same, without exception: who deploys takes on the role."""
    return (_deploy_nothing(scope, "PeopleDoNotDeploy"),) if scope.approval else ()


def _deploy_nothing(scope: Scope, sid: str) -> Statement:
    return Statement(
        sid=sid,
        effect=Effect.DENY,
        not_actions=(*READS, "sagemaker:InvokeEndpoint*"),
        resources=scope.sagemaker_arns(*DEPLOYED),
    )


def approvers_do_not_deploy() -> Statement:
    """Deny an approver every role, and making or changing what runs: who decides about a model does not deploy it."""
    return Statement(
        sid="ApproversDoNotDeploy",
        effect=Effect.DENY,
        actions=("sts:AssumeRole", *actions("sagemaker", "Create*", "UpdateEndpoint*", "Delete*")),
        resources=ANYTHING,
    )


def take_on_deployment(scope: Scope) -> PolicyDocument:
    """Return the grant of the deployment role of the own tenant, with a fresh second factor."""
    return document(
        Statement(
            sid="TakeOnDeployment",
            effect=Effect.ALLOW,
            actions=("sts:AssumeRole",),
            resources=(scope.own_deployment_role_arn(),),
            conditions=with_mfa(FRESH_MFA),
        )
    )


def ceiling_of_deployment(scope: Scope) -> tuple[Statement, ...]:
    """Bound roles that people take on to the deployment role of the own tenant, where there is one for users."""
    if not scope.users_deploy_by_role:
        return ()
    return (
        Statement(
            sid="CeilingOfDeployment",
            effect=Effect.ALLOW,
            actions=("sts:AssumeRole",),
            resources=(scope.own_deployment_role_arn(),),
        ),
    )


def deployment_trust(scope: Scope, tenant: str, deployers: tuple[str, ...]) -> PolicyDocument:
    """Return the trust of a tenant's deployment role: the named `deployers` and nobody else.

    They are the ARNs of users, or of federated people the subjects: a chain of roles would lose the second factor, so
    these take the role on by a new sign-in at the provider. The account is named, so a user's own grant is needed as
    well. The session is called after its user, so that the trail says who deployed. Raises ValueError without anybody.
    """
    if not deployers:
        raise ValueError(f"{tenant}: nobody given to deploy, at least one is allowed; put a person in the group mlops")
    if scope.federation:
        return only_for(scope.federation, "DeployersByTheProvider", *deployers)
    return document(
        Statement(
            sid="DeployersWithFreshMfa",
            effect=Effect.ALLOW,
            principals={"AWS": (scope.naming.iam_arn("root"),)},
            actions=("sts:AssumeRole",),
            conditions=all_of(
                when("StringEquals", "aws:PrincipalTag/user", tenant),
                when("ArnEquals", "aws:PrincipalArn", *deployers),
                when("StringEquals", "sts:RoleSessionName", OWN_NAME),
                with_mfa(FRESH_MFA),
            ),
        )
    )
