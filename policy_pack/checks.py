"""Checks that many rules share: one property must be so, absent means AWS's default, unknown does not pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reading import Wire
    from resources import Resource
    from rule import Finding


def must_equal(
    resource: Resource, path: str, expected: Wire, *, absent: str, urn: str | None = None
) -> Iterator[Finding]:
    """Yield a finding unless a property has the expected value; `absent` says what AWS does without it."""
    yield from must_be_among(resource, path, (expected,), absent=absent, urn=urn)


def must_be_among(
    resource: Resource, path: str, allowed: tuple[Wire, ...], *, absent: str, urn: str | None = None
) -> Iterator[Finding]:
    """Yield a finding unless a property has one of the allowed values; `absent` says what AWS does without it."""
    found = resource.read(path)
    if found.unknown:
        yield Undecided(found, urn)
    elif found.absent:
        yield Violation(f"{path} is absent: {absent}", urn)
    elif found.value not in allowed and not (found.flag() is not None and found.flag() in allowed):
        listed = ", ".join(str(one) for one in allowed) or "nothing, as the list of the options is empty"
        yield Violation(f"{path} has another value than the allowed one ({listed})", urn)


def must_be_on(resource: Resource, path: str, *, absent: str, urn: str | None = None) -> Iterator[Finding]:
    """Yield a finding unless a flag is on; `absent` says what AWS does without it."""
    yield from must_be_among(resource, path, (True,), absent=absent, urn=urn)


def must_be_given(resource: Resource, path: str, *, absent: str, urn: str | None = None) -> Iterator[Finding]:
    """Yield a finding unless the program gives a property, known or not; `absent` says what AWS does without it."""
    if not resource.read(path).given:
        yield Violation(f"{path} is absent or empty: {absent}", urn)


def must_be_off(resource: Resource, path: str, *, why: str, urn: str | None = None) -> Iterator[Finding]:
    """Yield a finding unless a flag is absent or false."""
    found = resource.read(path)
    if found.unknown:
        yield Undecided(found, urn)
    elif found.present and found.flag() is not False:
        yield Violation(f"{path} is on: {why}", urn)


def must_not_be_given(resource: Resource, path: str, *, why: str, urn: str | None = None) -> Iterator[Finding]:
    """Yield a finding where the program gives a property at all, known or not."""
    if resource.read(path).given:
        yield Violation(f"{path} is given: {why}", urn)
