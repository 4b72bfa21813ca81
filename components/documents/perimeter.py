"""The deny that binds a principal to the platform's endpoints. Never on job roles.

What SageMaker does with a job's role comes from its own network: neither `aws:SourceVpce` nor `aws:ViaAWSService`
tells it from a thief of the role's keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.documents.model import ANYTHING, Effect, PolicyDocument, Statement, actions, all_of, document, when

if TYPE_CHECKING:
    from components.documents.scope import Scope

# What SageMaker does itself with a notebook role that is passed to a job, as unchanged SDK code does: these calls
# may lack the endpoint [LIVE]. None of them reads data, and each is granted, if at all, on the platform's own things.
PLATFORM_SIDE_CALLS = (
    *actions("logs", "CreateLogGroup", "CreateLogStream", "PutLogEvents"),
    *actions("ecr", "GetAuthorizationToken", "BatchCheckLayerAvailability", "GetDownloadUrlForLayer", "BatchGetImage"),
    *actions(
        "ec2",
        "CreateNetworkInterface",
        "CreateNetworkInterfacePermission",
        "DeleteNetworkInterface",
        "DeleteNetworkInterfacePermission",
        "DescribeNetworkInterfaces",
        "DescribeVpcs",
        "DescribeSubnets",
        "DescribeSecurityGroups",
        "DescribeDhcpOptions",
    ),
)


def perimeter(scope: Scope) -> PolicyDocument:
    """Return the notebook role's document: no call but through the platform's endpoints."""
    return document(only_through_our_endpoints(scope))


def only_through_our_endpoints(scope: Scope) -> Statement:
    """Deny every call from elsewhere, on all services: a request from the internet has no endpoint to compare.

    Calls that a service forwards for the caller carry `aws:ViaAWSService` and pass. `iam:PassRole` is no call but a
    permission, harmless without the call that uses it.
    """
    return Statement(
        sid="OnlyThroughOurEndpoints",
        effect=Effect.DENY,
        not_actions=("iam:PassRole", *PLATFORM_SIDE_CALLS),
        resources=ANYTHING,
        conditions=all_of(
            when("StringNotEqualsIfExists", "aws:SourceVpce", *scope.endpoint_ids()),
            when("BoolIfExists", "aws:ViaAWSService", "false"),
        ),
    )
