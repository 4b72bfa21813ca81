"""Grants for what SageMaker does with a tenant's role: logs, metrics, network interfaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.documents.model import ANYTHING, Effect, PolicyDocument, Statement, actions, all_of, document, when
from components.documents.scope import SAGEMAKER

if TYPE_CHECKING:
    from components.documents.scope import Scope


def platform_grants(scope: Scope) -> PolicyDocument:
    """Return the grants that SageMaker needs of notebook and job roles."""
    return document(
        write_logs(scope),
        metrics(),
        network_interface_in_platform(scope),
        network_interface_permission(scope),
        network_interface_clean_up(scope),
        read_network(),
    )


def write_logs(scope: Scope) -> Statement:
    """Allow the delivery of logs, the making of a missing group included."""
    return Statement(
        sid="WriteLogs",
        effect=Effect.ALLOW,
        actions=actions("logs", "CreateLogGroup", "CreateLogStream", "PutLogEvents"),
        resources=(scope.log_groups_arn(),),
    )


def metrics() -> Statement:
    """Allow metrics under SageMaker's names. PutMetricData has no resource type."""
    return Statement(
        sid="Metrics",
        effect=Effect.ALLOW,
        actions=("cloudwatch:PutMetricData",),
        resources=ANYTHING,
        conditions=when("StringLike", "cloudwatch:namespace", "/aws/sagemaker/*", "aws/sagemaker/*"),
    )


def network_interface_in_platform(scope: Scope) -> Statement:
    """Allow interfaces in the platform's subnets with the shared and the own group."""
    return Statement(
        sid="NetworkInterfaceInPlatform",
        effect=Effect.ALLOW,
        actions=("ec2:CreateNetworkInterface",),
        resources=scope.network_interface_arns(),
    )


def network_interface_permission(scope: Scope) -> Statement:
    """Allow handing interfaces of the platform's subnets to SageMaker, whose hosts stand in its own account [LIVE]."""
    return Statement(
        sid="NetworkInterfacePermission",
        effect=Effect.ALLOW,
        actions=("ec2:CreateNetworkInterfacePermission",),
        resources=(scope.naming.arn("ec2", "network-interface/*"),),
        conditions=all_of(
            when("StringEquals", "ec2:AuthorizedService", SAGEMAKER),
            when("ArnEquals", "ec2:Subnet", *scope.subnet_arns()),
        ),
    )


def network_interface_clean_up(scope: Scope) -> Statement:
    """Allow removing interfaces of the platform's subnets when a job ends [LIVE]."""
    return Statement(
        sid="NetworkInterfaceCleanUp",
        effect=Effect.ALLOW,
        actions=actions("ec2", "DeleteNetworkInterface", "DeleteNetworkInterfacePermission"),
        resources=(scope.naming.arn("ec2", "network-interface/*"),),
        conditions=when("ArnEquals", "ec2:Subnet", *scope.subnet_arns()),
    )


def read_network() -> Statement:
    """Allow looking up the network. These reads have no resource type."""
    return Statement(
        sid="ReadNetwork",
        effect=Effect.ALLOW,
        actions=actions(
            "ec2",
            "DescribeSecurityGroups",
            "DescribeSubnets",
            "DescribeVpcs",
            "DescribeNetworkInterfaces",
            "DescribeDhcpOptions",
        ),
        resources=ANYTHING,
    )
