"""Whose a role or user of this account is, as its path and name tell: not everybody of the account is an outsider."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

OF_PATHS = {
    "tenants/": "a tenant works as this role",
    "deployment/": "a tenant's people deploy models as this role",
    "platform/": "a service works as this role for the platform, and holds what the platform gives it alone",
    "aws-service-role/": "this role is linked to a service, and AWS decides what it may do",
}
MOST_TEXT = 4_000
"""Characters of ARNs that a bucket's policy has room for: it names each up to three times, in 20,480 characters."""


def owner_of(arn: str, tree: Mapping[str, Any]) -> str | None:
    """Return why a role or user of this account is no outsider to the platform; None where nothing shows that."""
    kind, _, name = arn.split(":", 5)[-1].partition("/")
    if kind == "role":
        for path, why in OF_PATHS.items():
            if name.startswith(path):
                return why
        if name.endswith("-break-glass"):
            return "the emergency role manages buckets and keys, so it must not reach what they hold"
    person = _person(kind, name, tree)
    tenant = person.get("tenant") if isinstance(person, dict) else None
    return f"this is a person of the tenant {tenant}" if isinstance(tenant, str) else None


def _person(kind: str, name: str, tree: Mapping[str, Any]) -> object:
    """Return what the stack file says of a person, who is called by the stack's prefix and its own name."""
    people, prefix = tree.get("people"), tree.get("name-prefix")
    before = re.escape(prefix) if isinstance(prefix, str) else "ml-[a-z0-9-]+?"
    found = re.fullmatch(f"{before}-(.+)", name.removeprefix("people/") if kind == "role" else name)
    return people.get(found[1]) if found and isinstance(people, dict) else None


def too_long(arns: Sequence[Any]) -> int | None:
    """Return the characters of a list of ARNs where a bucket's policy has no room for them."""
    length = sum(len(arn) for arn in arns if isinstance(arn, str))
    return length if length > MOST_TEXT else None
