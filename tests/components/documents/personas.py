"""What each kind of caller may do at all: every action of AWS for which some request of its is allowed.

Exact, not sampled: `iamproof` looks for any resource and any context under which the caller's own policies allow the
action. `python -m tests.components.documents.personas` renews the table, for review.
"""

from __future__ import annotations

import json
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from components.documents.federation import Federation
from components.documents.people_documents import boundary_of
from components.documents.people_scope import Group
from components.documents.tenant_documents import DEPLOYMENT_ROLE_CARRIES
from iamproof import Environment, Principal, Query, Reading, Situation, Verdict, parse_policy, prove
from tests.components.documents.authorization import services
from tests.components.documents.people import BREAK_GLASS, IN_PROD, held, of_stage, person
from tests.components.documents.planned import documents_of
from tests.components.documents.world import ACCOUNT, ALICE, ALICE_JOB, CURATOR, IDS, NAMING, SCOPE, Caller

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from components.documents.model import PolicyDocument
    from iamproof import Policy

TABLE = Path(__file__).with_name("personas.txt")
BY_PROVIDER = replace(
    SCOPE, federation=Federation(provider=f"arn:aws:iam::{ACCOUNT}:saml-provider/corp", audience="https://x/saml")
)
IN_DEV = (Group.ENGINEERS, Group.DATA_SCIENTISTS, Group.MLOPS)
OF_PLATFORM = (Group.ADMINISTRATORS, Group.DELEGATED_ADMINISTRATORS, Group.AUDITORS)


def read(documents: Mapping[str, PolicyDocument], holder: str) -> Policy:
    """Return a document with ids in place."""
    return parse_policy(json.loads(documents[holder].render(IDS)), name=holder)


def situation(documents: Mapping[str, PolicyDocument], who: Caller) -> Situation:
    """Return a caller with what it carries."""
    return Situation(
        who.principal,
        Environment(
            identity=tuple(read(documents, holder) for holder in who.carries or ()),
            boundary=read(documents, who.boundary) if who.boundary else None,
            account=ACCOUNT,
        ),
    )


def federated(group: Group) -> Caller:
    """Return a federated person of a group in dev."""
    tags = {"user": "alice", "security-group": "sg-0a11ce00000000001"}
    who = Principal.role(NAMING.iam_arn("role/people/ml-dev-fay"), tags if group in IN_DEV else {"user": "platform"})
    return Caller(who, held(group, replace(of_stage("dev"), federated=True)), f"people/{boundary_of(group)}")


def personas() -> Iterator[tuple[str, Situation]]:
    """Yield every kind of caller by its name."""
    documents = documents_of(SCOPE)
    for group in IN_DEV:
        yield f"{group} in dev", situation(documents, person("ann", group, tenant="alice"))
    for stage in ("test", "prod"):
        yield f"mlops in {stage}", situation(documents, person("marc", Group.MLOPS, tenant="alice", stage=stage))
    yield (
        "data-scientists in test",
        situation(documents, person("diana", Group.DATA_SCIENTISTS, tenant="alice", stage="test")),
    )
    yield "approvers in prod", situation(documents, person("april", Group.APPROVERS, tenant="alice", stage="prod"))
    for group in OF_PLATFORM:
        yield f"{group}", situation(documents, person("ada", group))
    yield "notebook role", situation(documents, ALICE)
    yield "job role", situation(documents, ALICE_JOB)
    role = Principal.role(NAMING.deployment_role_arn("alice"), dict(ALICE.principal.tags))
    carried = tuple(IN_PROD.get(each, each) for each in DEPLOYMENT_ROLE_CARRIES)
    yield "deployment role in prod", situation(documents, Caller(role, carried, "deployment"))
    yield "data administrator's notebook role", situation(documents, CURATOR)
    yield "emergency role", situation(documents, BREAK_GLASS)
    bastion = Caller(Principal.role(f"arn:aws:iam::{ACCOUNT}:role/platform/x"), ("bastion",), "bastion-boundary")
    yield "bastion's role", situation(documents, bastion)
    by_provider = documents_of(BY_PROVIDER)
    for group in (Group.ENGINEERS, Group.ADMINISTRATORS):
        yield f"{group} in dev, federated", situation(by_provider, federated(group))


def may(where: Situation) -> dict[str, list[str]]:
    """Return the actions that some request of the caller is allowed, by service."""
    granted = {
        entry.lower()
        for policy in where.environment.identity
        for statement in policy.to_dict()["Statement"]
        if statement["Effect"] == "Allow"
        for entry in statement["Action"]
    }
    found: dict[str, list[str]] = {}
    for service, definition in sorted(services().items()):
        for action in sorted(definition.get("privileges", {}) if isinstance(definition, dict) else ()):
            name = f"{service}:{action}"
            if any(fnmatchcase(name.lower(), pattern) for pattern in granted) and is_open(where, name):
                found.setdefault(service, []).append(action)
    return found


def is_open(where: Situation, action: str) -> bool:
    """Say whether some request of an action is allowed; what is not decided counts as open."""
    return prove(where, Query(action), reading=Reading.EXACT).verdict is not Verdict.PROVED


def line(service: str, names: list[str]) -> str:
    """Return a line of the table: the actions, or those that are left out where these are fewer."""
    known = services()[service]["privileges"]
    missing = sorted(set(known) - set(names))
    listed = " ".join(names) if len(names) <= len(missing) or not missing else "all but " + " ".join(missing)
    return f"  {service} {len(names)} of {len(known)}: {listed if missing else 'all'}"


def paragraph(name: str, where: Situation) -> str:
    """Return what one kind of caller may do."""
    actions = may(where)
    count = sum(map(len, actions.values()))
    return "\n".join((f"{name}: {count} actions", *(line(service, names) for service, names in actions.items())))


if __name__ == "__main__":
    TABLE.write_text("\n\n".join(paragraph(name, where) for name, where in personas()) + "\n", encoding="utf-8")
