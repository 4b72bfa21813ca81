"""Denies on whole parts of SageMaker that the platform cannot control, and on everything nobody has reviewed yet.

What is open is the table of operations; everything else is refused as its complement, so a new operation, a new type of
resource and a new way to a network interface are refused on their first day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.documents.model import ANYTHING, Effect, PolicyDocument, Statement, document, when
from components.documents.operations import READS, Control, open_changes, reviewed_types, under
from components.documents.scope import SAGEMAKER

if TYPE_CHECKING:
    from components.documents.scope import Scope

# Services that the grants reach into; egress, tenancy, boundary and the resources' own policies judge them.
SERVICES_JUDGED_ELSEWHERE = (
    *("s3:*", "kms:*", "logs:*", "cloudwatch:*", "ec2:*", "iam:*", "sts:*", "ecr:*"),
    # What people need for the way to the bastion.
    *("ssm:*", "ssmmessages:*", "ec2-instance-connect:*"),
)

# Services beside SageMaker, run in AWS' own network.
NEIGHBOURS = (
    "sagemaker-geospatial:*",
    "sagemaker-data-science-assistant:*",
    "sagemaker-mlflow:*",
    "sagemaker-unified-studio-mcp:*",
)


def surface(scope: Scope) -> PolicyDocument:
    """Return the document: only reviewed operations on reviewed kinds of resources, in the platform's network."""
    return document(
        uncontrolled(),
        unknown_operations(),
        unknown_types(scope),
        domain_administration(),
        no_foreign_file_system(),
        network_interface_backstop(scope),
        network_interface_only_for_sagemaker(),
    )


def uncontrolled() -> Statement:
    """Deny what IAM cannot bound: shells, sharing by resource policy, and compute whose network has no key.

    `UnknownOperations` refuses these as well; this statement outlives a careless entry in the table.
    """
    return Statement(
        sid="Uncontrolled",
        effect=Effect.DENY,
        actions=(*under(Control.UNCONTROLLED), *NEIGHBOURS),
        resources=ANYTHING,
    )


def unknown_operations() -> Statement:
    """Deny every operation that is neither a read nor open in the table, on whatever resource, known or not."""
    return Statement(
        sid="UnknownOperations",
        effect=Effect.DENY,
        not_actions=(*READS, *open_changes(), *SERVICES_JUDGED_ELSEWHERE),
        resources=ANYTHING,
    )


def unknown_types(scope: Scope) -> Statement:
    """Deny every change to a kind of resource that nobody reviewed, also beside a reviewed one.

    Written as the complement of what is known, on both sides: a list of verbs would miss the next verb. An action
    without a resource type meets ``*``, which is not on the list either. Services that no grant reaches are refused
    along with it.
    """
    return Statement(
        sid="UnknownTypes",
        effect=Effect.DENY,
        not_actions=(*READS, *SERVICES_JUDGED_ELSEWHERE),
        not_resources=scope.sagemaker_arns(*reviewed_types()),
    )


def domain_administration() -> Statement:
    """Deny the administration of Studio domains and profiles, and the way into one: that is the platform's work."""
    return Statement(
        sid="DomainAdministration",
        effect=Effect.DENY,
        actions=under(Control.ADMINISTRATION),
        resources=ANYTHING,
    )


def no_foreign_file_system() -> Statement:
    """Deny jobs that mount a file system: IAM cannot tell whose data it holds. The key is present only then."""
    return Statement(
        sid="NoForeignFileSystem",
        effect=Effect.DENY,
        actions=under(Control.NO_FILE_SYSTEM),
        resources=ANYTHING,
        conditions=when("Null", "sagemaker:FileSystemId", "false"),
    )


def network_interface_backstop(scope: Scope) -> Statement:
    """Deny interfaces elsewhere: some calls have a VPC parameter but no key, and make theirs with these rights."""
    return Statement(
        sid="NetworkInterfaceBackstop",
        effect=Effect.DENY,
        actions=("ec2:CreateNetworkInterface",),
        not_resources=scope.network_interface_arns(),
    )


def network_interface_only_for_sagemaker() -> Statement:
    """Deny handing an interface to anyone but SageMaker: an account named there would stand in our network [LIVE]."""
    return Statement(
        sid="NetworkInterfaceOnlyForSageMaker",
        effect=Effect.DENY,
        actions=("ec2:CreateNetworkInterfacePermission",),
        resources=ANYTHING,
        conditions=when("StringNotEquals", "ec2:AuthorizedService", SAGEMAKER),
    )
