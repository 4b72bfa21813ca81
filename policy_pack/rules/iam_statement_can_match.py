"""A statement that applies to no request protects nothing, or grants nothing, and reads as if it did.

Actions that do not exist, resources that no action of the statement takes, condition keys that no such request carries,
variables without a value: iamproof knows them from AWS' authorization data.

Source: Service Authorization Reference; IAM User Guide, "IAM JSON policy elements reference".
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

import documents
import places
from places import PERMISSIONS, Holder
from plans import REFERENCE
from rule import Kind, Rule, Severity, Violation, texts

from iamproof import DocumentKind, PolicyError, lint

if TYPE_CHECKING:
    from documents import Held
    from resources import Resource
    from rule import Findings, Options

DEAD = (
    "never-matches",
    "no-such-service",
    "no-such-action",
    "operation-not-action",
    "resource-form",
    "no-such-key",
    "key-never-carried",
    "key-not-of-principal",
    "operator-of-another-type",
    "variable-without-value",
    "variables-need-version",
)
CARRIED = {
    "aws:iam/rolePolicy:RolePolicy": DocumentKind.ROLE,
    "aws:iam/role:Role": DocumentKind.ROLE,
    "aws:iam/userPolicy:UserPolicy": DocumentKind.USER,
    "aws:iam/groupPolicy:GroupPolicy": DocumentKind.GROUP,
    "aws:iam/policy:Policy": DocumentKind.MANAGED,
}
KINDS = {
    Holder.TRUST: DocumentKind.TRUST,
    Holder.BUCKET: DocumentKind.BUCKET,
    Holder.KEY: DocumentKind.KEY,
    Holder.ENDPOINT: DocumentKind.ENDPOINT,
}


def validate(resource: Resource, options: Options) -> Findings:
    """Yield a finding for each part of a statement that can never apply, unless its Sid is listed."""
    exempt = options.texts("exemptSids")
    for held in documents.held(resource, *PERMISSIONS):
        if held.document is None or not held.document.raw:
            continue
        sids = {f"Statement[{one.position}]": one.sid for one in held.document.statements}
        text = REFERENCE.sub("known-later", json.dumps(held.document.raw, sort_keys=True))
        for place, message in dead(text, _kind(held, resource)):
            if sids.get(place.partition(".")[0]) not in exempt:
                yield Violation(f"{held.where}: {place}: {message}")


def _kind(held: Held, resource: Resource) -> DocumentKind:
    carried = CARRIED.get(resource.type) if held.holder is Holder.IDENTITY else None
    return carried or KINDS.get(held.holder, DocumentKind.OTHER)


@lru_cache(maxsize=4096)
def dead(text: str, kind: DocumentKind) -> tuple[tuple[str, str], ...]:
    """Return path and message of what can never apply; kept by text, since many tenants hold the same document."""
    try:
        return tuple((found.path, found.message) for found in lint(text, kind) if found.id in DEAD)
    except PolicyError:
        return ()  # iam-policy-parses says what is wrong with it.


RULE = Rule(
    id="iam-statement-can-match",
    title="Every statement can apply to some request",
    kind=Kind.RESOURCE,
    types=places.types_of(*PERMISSIONS),
    paths=places.paths_of(*PERMISSIONS),
    severity=Severity.MEDIUM,
    remediation="Name actions, resources, keys and variables that a request can have together, or drop the statement.",
    url="https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
    options={"exemptSids": texts(description="for what is newer than the pack's authorization data")},
    seed=("S1", "S3"),
    validate=validate,
)
