"""The policy of a tenant's own key, where each has one: for results and volumes of that tenant.

It names the owner, as the key itself is the tenant's; everything that tenants share names the key by a tag of the
principal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.documents.data_grants import via_s3_or_sagemaker
from components.documents.keys import USE, account, administer_key
from components.documents.model import ANYTHING, Effect, PolicyDocument, Statement, all_of, document, when

if TYPE_CHECKING:
    from components.documents.model import Conditions
    from components.documents.scope import Scope


def tenant_key_policy(scope: Scope, tenant: str) -> PolicyDocument:
    """Return the policy of a tenant's own key: its owner uses it through S3 and SageMaker, nobody else's tag fits."""
    return document(
        administer_key(scope),
        use_own_key(scope, tenant),
        describe_own_key(scope, tenant),
        grant_for_own_volumes(scope, tenant),
        grant_for_declared_notebook(scope),
    )


def owner(scope: Scope, tenant: str) -> Conditions:
    """Return the condition that the caller is a role or person of `tenant`; who has no tag is nobody's."""
    return all_of(
        when("ArnLike", "aws:PrincipalArn", *scope.tenant_principals_arns()),
        when("StringEquals", "aws:PrincipalTag/user", tenant),
    )


def use_own_key(scope: Scope, tenant: str) -> Statement:
    """Allow the owner to use its key through S3 and SageMaker, never directly."""
    return Statement(
        sid="UseOwnKey",
        effect=Effect.ALLOW,
        principals=account(scope),
        actions=USE,
        resources=ANYTHING,
        conditions=all_of(owner(scope, tenant), via_s3_or_sagemaker(scope)),
    )


def describe_own_key(scope: Scope, tenant: str) -> Statement:
    """Allow the owner to look at its key, which SageMaker does for it before it asks for a grant."""
    return Statement(
        sid="DescribeOwnKey",
        effect=Effect.ALLOW,
        principals=account(scope),
        actions=("kms:DescribeKey",),
        resources=ANYTHING,
        conditions=owner(scope, tenant),
    )


def grant_for_own_volumes(scope: Scope, tenant: str) -> Statement:
    """Allow the grants by which SageMaker encrypts volumes of the owner's notebook and jobs."""
    return Statement(
        sid="GrantForOwnVolumes",
        effect=Effect.ALLOW,
        principals=account(scope),
        actions=("kms:CreateGrant",),
        resources=ANYTHING,
        conditions=all_of(owner(scope, tenant), _grants_of_sagemaker(scope)),
    )


def grant_for_declared_notebook(scope: Scope) -> Statement:
    """Allow the same grants while the deployer makes the tenant's notebook; it is no tenant and uses no key."""
    return Statement(
        sid="GrantForDeclaredNotebook",
        effect=Effect.ALLOW,
        principals=account(scope),
        actions=("kms:CreateGrant",),
        resources=ANYTHING,
        conditions=all_of(when("ArnEquals", "aws:PrincipalArn", *scope.deployer), _grants_of_sagemaker(scope)),
    )


def _grants_of_sagemaker(scope: Scope) -> Conditions:
    return all_of(
        when("StringEquals", "kms:ViaService", f"sagemaker.{scope.naming.region}.amazonaws.com"),
        when("Bool", "kms:GrantIsForAWSResource", "true"),
    )
