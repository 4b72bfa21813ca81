"""What policies could not decide yet, read from their advisory messages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from preview.pack_messages import Diagnostic

_REPORTED = re.compile(r"^(?P<rule>\S+) is decided at the update: (?P<paths>.+) not known yet$", re.MULTILINE)
_CANNOT_RUN = re.compile(
    r"^can't run (?:policy|remediation) '(?P<rule>[^']+)' from policy pack '[^']*' during preview:"
    r" .* value at (?P<path>\S+) can't be known during preview$"
)


@dataclass(frozen=True, kw_only=True)
class Deferral:
    """A policy that waits for properties of a resource until the update."""

    urn: str
    policy: str
    properties: tuple[str, ...]


def deferral(diagnostic: Diagnostic) -> Deferral | None:
    """Read a finding as a deferral, None when it is a finding of its own."""
    if diagnostic.level != "advisory":
        return None
    cannot_run = _CANNOT_RUN.match(diagnostic.message)
    if cannot_run:
        path = cannot_run["path"].removeprefix(".")
        return Deferral(urn=diagnostic.urn, policy=cannot_run["rule"], properties=(path,))
    reported = _REPORTED.search(diagnostic.message) if diagnostic.policy == "deferred" else None
    if reported:
        paths = tuple(path.strip() for path in reported["paths"].split(","))
        return Deferral(urn=diagnostic.urn, policy=reported["rule"], properties=paths)
    return None


def split(diagnostics: Sequence[Diagnostic]) -> tuple[list[Diagnostic], list[Deferral]]:
    """Separate findings from deferrals."""
    found, waiting = [], []
    for diagnostic in diagnostics:
        deferred = deferral(diagnostic)
        if deferred is None:
            found.append(diagnostic)
        else:
            waiting.append(deferred)
    return found, waiting
