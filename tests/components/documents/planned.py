"""Every document of a stack by its holder, and behind a prefix those that read otherwise in another kind of stack."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from components.documents.audit import audit_policy, trail_trust, write_trail
from components.documents.bastion import bastion_boundary, bastion_grants, bastion_trust
from components.documents.break_glass import break_glass_trust
from components.documents.buckets import access_logs_policy, raw_policy, results_policy, shared_policy, staging_policy
from components.documents.budget_stop import apply_budget_stop, budget_stop, budget_stop_trust
from components.documents.deployment import deployment, deployment_trust
from components.documents.egress import egress
from components.documents.endpoints import endpoint_policy
from components.documents.federation import Federation, person_trust
from components.documents.invoking import Invoker, invoking, invoking_trust
from components.documents.keys import data_key_policy, logs_key_policy, partners_key_policy, volumes_key_policy
from components.documents.logs import flow_log_trust, write_flow_logs
from components.documents.own_keys import tenant_key_policy
from components.documents.partners import Partner, ServiceReader
from components.documents.stage import stage
from components.documents.tenant_documents import boundary_document, tenant_documents
from components.documents.trust import job_role_trust, notebook_role_trust
from tests.components.documents.people_planned import planned_for_people
from tests.components.documents.variants import FEDERATED, INVOKERS, LEGACY, OPENID

if TYPE_CHECKING:
    from components.documents.model import PolicyDocument
    from components.documents.partners import Readers
    from components.documents.scope import Scope

PARTNER_ACCOUNT = "444455556666"
PARTNER_ARN = f"arn:aws:iam::{PARTNER_ACCOUNT}:role/reader"
PARTNERS_ENDPOINT = "vpce-0a7ab000000000001"
SERVICE_SOURCE = "arn:aws:macie2:ap-northeast-1:111122223333:classification-job/scan"
SAML = Federation(
    provider="arn:aws:iam::111122223333:saml-provider/corp", audience="https://signin.aws.amazon.com/saml"
)
OPEN_ID = Federation(provider="arn:aws:iam::111122223333:oidc-provider/token.example.com/main", audience="platform")
SUBJECT, ADMINISTRATORS = "ann@example.com", ("adam@example.com", "ada@example.com")
SHOPS_ROLE = "arn:aws:iam::111122223333:role/apps/shop"
SHOP = Invoker(name="shop", tenant="alice", roles=(SHOPS_ROLE,), endpoints=("alice--digits", "alice--prices"))
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
    documents |= planned_for_deployment(scope) | planned_for_services(scope)
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


def planned_for_services(scope: Scope) -> dict[str, PolicyDocument]:
    """Return what the bastion, callers of endpoints and the services that write records work by."""
    shop = replace(SHOP, roles=(scope.naming.iam_arn("role/apps/shop"),))
    return {
        "bastion": bastion_grants(scope),
        "bastion-boundary": bastion_boundary(scope),
        "trust/bastion": bastion_trust(scope),
        f"{LEGACY}bastion": bastion_grants(scope, legacy_agent=True),
        f"{LEGACY}bastion-boundary": bastion_boundary(scope, legacy_agent=True),
        "invoking": invoking(scope, shop),
        "trust/invoker": invoking_trust(scope, shop),
        f"{INVOKERS}endpoint/sts": endpoint_policy(replace(scope, invokers=True), "sts"),
        "flow-logs": write_flow_logs(scope),
        "trust/flow-logs": flow_log_trust(scope),
        "trail": write_trail(scope),
        "trust/trail": trail_trust(scope),
    }


def planned_for_federation(scope: Scope) -> dict[str, PolicyDocument]:
    """Return what reads otherwise where people sign in at a provider, of SAML or of OpenID, and is there only then."""
    of_users, of_provider = documents_of(scope), documents_of(replace(scope, federation=SAML))
    documents = {
        f"{FEDERATED}{holder}": document for holder, document in of_provider.items() if document != of_users[holder]
    }
    for prefix, federation in ((FEDERATED, SAML), (OPENID, OPEN_ID)):
        by_provider = replace(scope, federation=federation)
        documents |= {
            f"{prefix}trust/person": person_trust(federation, SUBJECT),
            f"{prefix}trust/break-glass": break_glass_trust(by_provider, ADMINISTRATORS),
            f"{prefix}trust/deployment": deployment_trust(by_provider, "alice", ("marc@example.com",)),
        }
    return documents


def every_document(scope: Scope) -> dict[str, PolicyDocument]:
    """Return every document of the stack, and of the same stack whose people sign in at a provider."""
    return documents_of(scope) | planned_for_federation(scope)
