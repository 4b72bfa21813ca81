"""Policies to read on the command line, and their findings, as JSON.

The format is described in the library's README.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from iamproof.lint import lint
from iamproof.lint_scope import DocumentKind
from iamproof.parse import parse_policy
from iamproof.principal import PrincipalKind
from iamproof.reader import PolicyError, shown

if TYPE_CHECKING:
    from iamproof.lint_scope import Finding
    from iamproof.reader import Problems

ENTRY = ("name", "kind", "principal", "policy")
PRINCIPALS: Mapping[str, PrincipalKind] = {"role": PrincipalKind.ROLE, "user": PrincipalKind.USER}


class Defaults(NamedTuple):
    """What the command line says for entries that do not say it themselves."""

    kind: str = DocumentKind.OTHER.value
    principal: str | None = None


class Linted(NamedTuple):
    """A policy's name and its findings."""

    name: str
    findings: tuple[Finding, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return them as JSON."""
        found = [{"id": finding.id, "path": finding.path, "message": finding.message} for finding in self.findings]
        return {"policy": self.name, "findings": found}


def lint_entry(value: Any, path: str, defaults: Defaults, problems: Problems) -> Linted | None:  # noqa: ANN401  any JSON value
    """Read a policy document, or an object with a document and what is known of it, and return its findings.

    None where it is faulty; what is wrong goes to `problems`.
    """
    entry = _entry(value, path, defaults, problems)
    if entry is None:
        return None
    name, kind, principal, document, place = entry
    try:
        parse_policy(document, name=name)
    except PolicyError as error:
        for problem in error.problems:
            problems.add(place, problem)
        return None
    return Linted(name, lint(document, kind, principal=PRINCIPALS[principal] if principal else None))


_Entry = tuple[str, str, str | None, Any, str]


def _entry(value: Any, path: str, defaults: Defaults, problems: Problems) -> _Entry | None:  # noqa: ANN401  any JSON value
    plain = path or "policy"
    if not isinstance(value, Mapping) or "policy" not in value:
        return plain, defaults.kind, defaults.principal, value, path
    before = len(problems.found)
    inner = f"{path}." if path else ""
    for key in value:
        if key not in ENTRY:
            problems.add(f"{inner}{key}", f"unknown: allowed are {', '.join(ENTRY)}")
    name = value.get("name", plain)
    if not isinstance(name, str):
        problems.add(f"{inner}name", f"must be a string, given {shown(name)}")
    kind = _one_of(
        value.get("kind", defaults.kind), [str(kind.value) for kind in DocumentKind], f"{inner}kind", problems
    )
    principal = value.get("principal", defaults.principal)
    if principal is not None:
        principal = _one_of(principal, list(PRINCIPALS), f"{inner}principal", problems)
    if len(problems.found) > before:
        return None
    return name, kind, principal, value["policy"], f"{inner}policy"


def _one_of(given: Any, allowed: list[str], path: str, problems: Problems) -> str:  # noqa: ANN401  any JSON value
    if isinstance(given, str) and given in allowed:
        return given
    problems.add(path, f"must be one of {', '.join(allowed)}, given {shown(given)}")
    return allowed[0]
