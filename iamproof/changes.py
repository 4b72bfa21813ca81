"""Which statements tell two environments apart."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamproof.environment import Environment, Level


def changed_statements(before: Environment, after: Environment) -> frozenset[int] | None:
    """Return the ids of the statements that only one of two environments has in a place.

    None where the environments are not of one build: one has a kind of policy that the other lacks, or another owner.
    """
    if _build(before) != _build(after):
        return None
    places = [dict(_places(side)) for side in (before, after)]
    meant = [{(place, meaning) for place, found in side.items() for meaning in found.values()} for side in places]
    return frozenset(
        each
        for side, others in zip(places, reversed(meant), strict=True)
        for place, found in side.items()
        for each, meaning in found.items()
        if (place, meaning) not in others
    )


def _build(side: Environment) -> tuple[Any, ...]:
    """What an environment is made of, whatever its policies say."""
    kinds = (side.boundary, side.sessions, side.resource, side.endpoint)
    levels = len(side.service_controls), len(side.resource_controls)
    owners = side.account, side.resource_account
    return bool(side.identity), [kind is None for kind in kinds], side.resource_kind, levels, owners


def _places(side: Environment) -> Iterator[tuple[tuple[str, int], dict[int, str]]]:
    """Yield each place for policies with the meaning of every statement there, by the statement's id."""
    single = {"boundary": side.boundary, "resource": side.resource, "endpoint": side.endpoint}
    yield ("identity", 0), _meanings(side.identity)
    yield ("session", 0), _meanings(side.sessions or ())
    yield from (((name, 0), _meanings((policy,))) for name, policy in single.items() if policy)
    for name, levels in (("service", side.service_controls), ("resource", side.resource_controls)):
        yield from (((f"{name} controls", index), _meanings(level)) for index, level in enumerate(levels))


def _meanings(policies: Level) -> dict[int, str]:
    """Return what each statement says, its Sid and its place apart; variables need the newer version."""
    return {
        id(statement): f"{policy.version} {json.dumps({**statement.to_dict(), 'Sid': ''}, sort_keys=True)}"
        for policy in policies
        for statement in policy.statements
    }
