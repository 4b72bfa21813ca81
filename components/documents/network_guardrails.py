"""Denies that keep every host of SageMaker inside the platform's subnets and security groups.

They go to every tenant principal and to every role that a tenant may pass. Each is a statement of its own, because
the actions carry different keys. Source: the service authorization reference of Amazon SageMaker and Amazon EC2.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from components.documents.model import ANYTHING, Effect, PolicyDocument, Statement, document, when
from components.documents.operations import Control, under
from components.documents.workload_guardrails import (
    endpoint_config_serverless,
    endpoint_config_serverless_concurrency,
    notebook_direct_internet,
    notebook_lifecycle_config,
    notebook_metadata_update,
    notebook_metadata_version,
    notebook_root_access,
    notebook_root_update,
    only_own_model,
    only_own_model_in_every_variant,
    remote_debug,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from components.documents.scope import Scope

# Work whose containers have no network, by the name that `Scope.isolation_off` knows it by; models always are.
ISOLATED: Mapping[str, Control] = MappingProxyType(
    {
        "training": Control.ISOLATED_TRAINING,
        "processing": Control.ISOLATED_PROCESSING,
        "models": Control.ISOLATED_MODEL,
    }
)


def network_guardrails(scope: Scope) -> PolicyDocument:
    """Return the document: nothing outside the platform's network, no notebook with a way out or with root."""
    return document(
        no_vpc(),
        no_security_group(),
        foreign_subnet(scope),
        foreign_security_group(scope),
        security_group_tag_missing(),
        no_isolation(scope),
        notebook_direct_internet(),
        notebook_root_access(),
        notebook_metadata_version(),
        notebook_root_update(),
        notebook_metadata_update(),
        notebook_lifecycle_config(scope),
        studio_vpc_only(),
        endpoint_config_serverless(),
        endpoint_config_serverless_concurrency(),
        only_own_model(scope),
        only_own_model_in_every_variant(scope),
        remote_debug(),
    )


def no_vpc() -> Statement:
    """Deny compute without subnets: SageMaker would run it in its own network, with a way to the internet."""
    return Statement(
        sid="NoVpc",
        effect=Effect.DENY,
        actions=under(Control.SUBNETS),
        resources=ANYTHING,
        conditions=when("Null", "sagemaker:VpcSubnets", "true"),
    )


def no_security_group() -> Statement:
    """Deny compute without security groups: a separate statement, as two keys under one Null must both be missing."""
    return Statement(
        sid="NoSecurityGroup",
        effect=Effect.DENY,
        actions=under(Control.GROUPS),
        resources=ANYTHING,
        conditions=when("Null", "sagemaker:VpcSecurityGroupIds", "true"),
    )


def foreign_subnet(scope: Scope) -> Statement:
    """Deny any call that names one subnet which is not the platform's; `NoVpc` holds where the key is missing."""
    return Statement(
        sid="ForeignSubnet",
        effect=Effect.DENY,
        actions=("sagemaker:*",),
        resources=ANYTHING,
        conditions=when("ForAnyValue:StringNotEquals", "sagemaker:VpcSubnets", *scope.subnet_ids()),
    )


def foreign_security_group(scope: Scope) -> Statement:
    """Deny any call that names a group which is neither shared nor own; `NoSecurityGroup` holds where none is named."""
    return Statement(
        sid="ForeignSecurityGroup",
        effect=Effect.DENY,
        actions=("sagemaker:*",),
        resources=ANYTHING,
        conditions=when("ForAnyValue:StringNotEquals", "sagemaker:VpcSecurityGroupIds", *scope.security_group_ids()),
    )


def security_group_tag_missing() -> Statement:
    """Deny creation by a principal without an own group: an unresolved variable must not let a foreign group pass."""
    return Statement(
        sid="SecurityGroupTagMissing",
        effect=Effect.DENY,
        actions=("sagemaker:Create*", "sagemaker:Update*", "ec2:CreateNetworkInterface*"),
        resources=ANYTHING,
        conditions=when("Null", "aws:PrincipalTag/security-group", "true"),
    )


def no_isolation(scope: Scope) -> Statement:
    """Deny containers with a network, said or left out: whether SageMaker fills in the default is open [LIVE].

    Without isolation a container holds the keys of its role, and a job role carries no perimeter: whoever carries the
    keys out by hand may use them from anywhere. So processing is isolated as well, unless the stack says otherwise.
    """
    return Statement(
        sid="NoIsolation",
        effect=Effect.DENY,
        actions=under(*(control for kind, control in ISOLATED.items() if kind not in scope.isolation_off)),
        resources=ANYTHING,
        conditions=when("BoolIfExists", "sagemaker:NetworkIsolation", "false"),
    )


def studio_vpc_only() -> Statement:
    """Deny Studio domains with a public network, on update too: an update must say VpcOnly again."""
    return Statement(
        sid="StudioVpcOnly",
        effect=Effect.DENY,
        actions=under(Control.VPC_ONLY),
        resources=ANYTHING,
        conditions=when("StringNotEquals", "sagemaker:AppNetworkAccessType", "VpcOnly"),
    )
