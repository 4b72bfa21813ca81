"""Every document of a stack by its holder; under ``prod/`` those that differ where models need approval."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from components.documents.audit import audit_policy
from components.documents.buckets import access_logs_policy, raw_policy, results_policy, shared_policy, staging_policy
from components.documents.budget_stop import apply_budget_stop, budget_stop, budget_stop_trust
from components.documents.deployment import deployment, deployment_trust
from components.documents.egress import egress
from components.documents.endpoints import endpoint_policy
from components.documents.keys import data_key_policy, logs_key_policy, partners_key_policy, volumes_key_policy
from components.documents.own_keys import tenant_key_policy
from components.documents.partners import Partner, ServiceReader
from components.documents.stage import stage
from components.documents.tenant_documents import boundary_document, tenant_documents
from components.documents.trust import job_role_trust, notebook_role_trust
from tests.components.documents.people_planned import planned_for_people

if TYPE_CHECKING:
    from components.documents.model import PolicyDocument
    from components.documents.partners import Readers
    from components.documents.scope import Scope

PARTNER_ACCOUNT = "444455556666"
PARTNER_ARN = f"arn:aws:iam::{PARTNER_ACCOUNT}:role/reader"
PARTNERS_ENDPOINT = "vpce-0a7ab000000000001"
SERVICE_SOURCE = "arn:aws:macie2:ap-northeast-1:111122223333:classification-job/scan"
NEAR = f"arn:aws:iam::{PARTNER_ACCOUNT}:role/near"
READERS = (
    Partner(
        name="vision-lab", role_arn=PARTNER_ARN, prefix="vision", until="2027-03-31", endpoints=(PARTNERS_ENDPOINT,)
    ),
    Partner(name="near", role_arn=NEAR, prefix="near", until="2027-03-31", cidrs=("198.51.100.0/24",)),
    ServiceReader(name="scan", service="macie.amazonaws.com", source_arn=SERVICE_SOURCE, prefix="scan"),
)


def documents_of(scope: Scope, readers: Readers = READERS) -> dict[str, PolicyDocument]:
    """Return every document of the stack by its holder."""
    documents = {**tenant_documents(scope), "boundary": boundary_document(scope)}
    documents |= {"results": results_policy(scope), "raw": raw_policy(scope), "shared": shared_policy(scope)}
    documents |= {
        "staging": staging_policy(scope, readers),
        "audit": audit_policy(scope),
        "access-logs": access_logs_policy(scope),
    }
    documents |= {"key/data": data_key_policy(scope), "key/volumes": volumes_key_policy(scope)}
    documents |= {"key/logs": logs_key_policy(scope), "key/partners": partners_key_policy(scope, readers)}
    documents |= {"key/tenant/alice": tenant_key_policy(scope, "alice")}
    documents |= planned_for_people(scope)
    documents |= {"budget-stop": budget_stop(scope), "budget-rights": apply_budget_stop(scope)}
    documents["trust/budget-stop"] = budget_stop_trust(scope)
    documents |= {f"endpoint/{service}": endpoint_policy(scope, service) for service in scope.endpoints}
    documents |= planned_for_deployment(scope)
    return documents | {"trust/notebook": notebook_role_trust(scope), "trust/job": job_role_trust(scope)}


def planned_for_deployment(scope: Scope) -> dict[str, PolicyDocument]:
    """Return what there is beside, or otherwise, in a stack whose models a role deploys."""
    prod = replace(scope, approval=True)
    user = scope.naming.iam_arn(f"user/{scope.naming.person_name('marc')}")
    deployers = ("marc@example.com",) if scope.federation else (user,)
    return {
        "deployment": deployment(prod),
        "prod/egress": egress(prod),
        "prod/stage": stage(prod),
        "prod/endpoint/sts": endpoint_policy(prod, "sts"),
        "trust/deployment": deployment_trust(prod, "alice", deployers),
    }
