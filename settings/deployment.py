"""Deployment by a role, in stages that ask for approval: whether who deploys and who approves fit each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .features import DEFAULT
from .problems import Finding, line, shown
from .stages import STAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

DEPLOYERS, APPROVERS = "mlops", "approvers"
MOST_LINES = 12
OFFICES = {DEPLOYERS: "deployer", APPROVERS: "approver"}


def suggested_person(tree: Mapping[str, Any], name: str, groups: Sequence[str], tenant: str) -> str:
    """Return the line of a person to write; with federation it names a subject, without which it would be refused."""
    subject = {"subject": f"{name}@example.com"} if "federation" in tree else {}
    return line(name, {"tenant": tenant, "groups": list(groups), **subject})


def suggested_people(tree: Mapping[str, Any], tenants: Sequence[str]) -> tuple[str, ...]:
    """Return a line for a first person of each tenant, of the first of them where there are many."""
    lines = [suggested_person(tree, f"{tenant}-one"[:20], ["engineers"], tenant) for tenant in tenants[:MOST_LINES]]
    return (*lines, f"(and so on for {len(tenants) - MOST_LINES} more)") if len(tenants) > MOST_LINES else tuple(lines)


def deployment_roles(tree: Mapping[str, Any]) -> int:
    """Return how many tenants have a deployment role: those with somebody to take it on."""
    return len(_by_tenant(tree, DEPLOYERS))


def deployment_findings(tree: Mapping[str, Any]) -> Iterator[Finding]:
    """Find tenants with one half of what a deployment needs: who deploys without who approves, or the reverse."""
    halves = {group: _by_tenant(tree, group) for group in (DEPLOYERS, APPROVERS)}
    whys = {
        DEPLOYERS: "nothing is deployed that somebody else has not approved, and nobody of the tenant approves",
        APPROVERS: "what is approved is deployed by the tenant's deployment role, and nobody is there to take it on",
    }
    for there, missing in ((DEPLOYERS, APPROVERS), (APPROVERS, DEPLOYERS)):
        for tenant, name in halves[there].items():
            if tenant in halves[missing]:
                continue
            yield Finding(
                place=("people", name, "groups"),
                given=shown(tree["people"][name]["groups"]),
                allowed=f"{there} where another person of {tenant} is in {missing}",
                why=whys[there],
                write=suggested_person(tree, f"{tenant}-{OFFICES[missing]}"[:20].rstrip("-"), [missing], tenant),
            )


def _by_tenant(tree: Mapping[str, Any], group: str) -> dict[str, str]:
    """Return the first person in a group for each tenant; nobody in stages without approval or without inference."""
    environment, features, people = tree.get("environment"), tree.get("features", DEFAULT), tree.get("people")
    stage = STAGES.get(environment) if isinstance(environment, str) else None
    if not (stage and stage.approval and isinstance(people, dict) and isinstance(features, list | tuple)):
        return {}
    found: dict[str, str] = {}
    for name, person in people.items() if "inference" in features else ():
        groups, tenant = (person.get("groups"), person.get("tenant")) if isinstance(person, dict) else (None, None)
        if isinstance(groups, list) and group in groups and isinstance(tenant, str):
            found.setdefault(tenant, str(name))
    return found
