"""The documents of people, by holder, as the tests' world has them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from components.documents.alarms import alarm_topic_policy
from components.documents.break_glass import break_glass, break_glass_trust
from components.documents.people_documents import people_documents
from components.documents.people_scope import Capability, Group, PeopleScope

if TYPE_CHECKING:
    from components.documents.model import PolicyDocument
    from components.documents.scope import Scope


def planned_for_people(scope: Scope) -> dict[str, PolicyDocument]:
    """Return what people carry by its holder: every part of the work that any stage gives out, and the variants."""
    federated = scope.federation is not None
    parts = dict.fromkeys(Group, tuple(Capability))
    whole = PeopleScope(capabilities=parts, access_keys=not federated, federated=federated, bastion=True)
    documents = {f"people/{purpose}": each for purpose, each in people_documents(scope, whole).items()}
    kept = replace(whole, access_keys=False, self_service_notebooks=False)
    kept = replace(kept, networks=("192.0.2.0/24",), until="2027-03-31T00:00:00Z")
    variants = people_documents(scope, kept)
    inside = people_documents(scope, replace(whole, inside_networks=("10.0.0.0/24",)))
    documents |= {f"inside/{purpose}": inside[purpose] for purpose in ("author-bounds", "platform-bounds")}
    documents |= {
        f"strict/{purpose}": variants[purpose]
        for purpose in ("author-bounds", "self", "notebooks")
        if purpose in variants
    }
    prod = people_documents(replace(scope, approval=True), whole)
    documents |= {f"prod/{purpose}": prod[purpose] for purpose in ("author-bounds", "boundary")}
    documents["people/break-glass"] = break_glass(scope)
    administrators = ("adam@example.com",) if federated else ()
    return documents | {
        "trust/break-glass": break_glass_trust(scope, administrators),
        "topic": alarm_topic_policy(scope, scope.naming.emergency_alarm_name()),
    }
