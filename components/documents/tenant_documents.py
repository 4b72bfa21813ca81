"""The documents that all tenants share, and which role carries which.

No document names a tenant (promise P6): what differs rides on the role as the tags ``user`` and ``security-group``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.documents.boundary import boundary
from components.documents.data_grants import data_grants
from components.documents.deployment import deployment
from components.documents.egress import egress
from components.documents.limits import fitting
from components.documents.network_guardrails import network_guardrails
from components.documents.perimeter import perimeter
from components.documents.platform_grants import platform_grants
from components.documents.stage import stage
from components.documents.surface import surface
from components.documents.tenancy import tenancy
from components.documents.work import work

if TYPE_CHECKING:
    from collections.abc import Callable

    from components.documents.model import PolicyDocument
    from components.documents.scope import Scope

# The purpose of the boundary, as `Naming.tenant_policy_name` takes it.
BOUNDARY = "boundary"

# The guardrails go to every role that a tenant may pass: a passed role without them would be the way around.
GUARDRAILS = ("network", "surface", "tenancy", "egress")

# What a notebook role carries, with one of IAM's ten attachments left for the stop of a budget that is spent.
NOTEBOOK_ROLE_CARRIES = (*GUARDRAILS, "perimeter", "stage", "work", "data", "platform")

# No perimeter: what SageMaker does with a job role comes from its own network. No `work`: a job starts no job.
JOB_ROLE_CARRIES = (*GUARDRAILS, "data", "platform")

# No grant of work: the deployment role makes what it deploys, and nothing else.
DEPLOYMENT = "deployment"
DEPLOYMENT_ROLE_CARRIES = (*GUARDRAILS, "perimeter", "stage", DEPLOYMENT)

_BY_PURPOSE: dict[str, Callable[[Scope], PolicyDocument]] = {
    "network": network_guardrails,
    "surface": surface,
    "tenancy": tenancy,
    "egress": egress,
    "perimeter": perimeter,
    "stage": stage,
    "work": work,
    "data": data_grants,
    "platform": platform_grants,
}


def tenant_documents(scope: Scope) -> dict[str, PolicyDocument]:
    """Return the managed policies that all tenants share, by purpose; the boundary is `boundary_document`.

    Raises ValueError for a document that IAM would refuse for its length.
    """
    by_role = {DEPLOYMENT: deployment} if scope.approval else {}
    return fitting({purpose: make(scope) for purpose, make in (_BY_PURPOSE | by_role).items()})


def boundary_document(scope: Scope) -> PolicyDocument:
    """Return the permissions boundary of every tenant role; raises ValueError where it is too long."""
    return fitting({BOUNDARY: boundary(scope)})[BOUNDARY]
