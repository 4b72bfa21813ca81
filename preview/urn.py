"""URNs as the engine builds them: ``urn:pulumi:<stack>::<project>::<parent types$type>::<name>``."""

from __future__ import annotations

ROOT_TYPE = "pulumi:pulumi:Stack"
PROVIDER_PREFIX = "pulumi:providers:"


def make(stack: str, project: str, parent: str, type_token: str, name: str) -> str:
    """Return the URN of a resource; the type of the root stack is left out of the parents' types."""
    qualified = type_token
    if parent and type_of(parent) != ROOT_TYPE:
        qualified = f"{qualified_type_of(parent)}${type_token}"
    return f"urn:pulumi:{stack}::{project}::{qualified}::{name}"


def root(stack: str, project: str) -> str:
    """Return the URN of the stack's own resource."""
    return make(stack, project, "", ROOT_TYPE, f"{project}-{stack}")


def qualified_type_of(urn: str) -> str:
    """Return the type with its parents' types, separated by dollar signs."""
    parts = urn.split("::", 3)
    return parts[2] if len(parts) == 4 else ""


def type_of(urn: str) -> str:
    """Return the type alone."""
    return qualified_type_of(urn).rsplit("$", 1)[-1]


def name_of(urn: str) -> str:
    """Return the logical name, which may itself hold colons."""
    parts = urn.split("::", 3)
    return parts[3] if len(parts) == 4 else ""


def package_of(type_token: str) -> str:
    """Return the package that provides a type: ``aws`` for ``aws:s3/bucket:Bucket`` and for its provider."""
    if type_token.startswith(PROVIDER_PREFIX):
        return type_token.removeprefix(PROVIDER_PREFIX)
    return type_token.split(":", 1)[0]


def is_provider(type_token: str) -> bool:
    """Say whether the type is a provider."""
    return type_token.startswith(PROVIDER_PREFIX)
