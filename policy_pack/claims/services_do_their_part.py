"""A role that nobody can take on, a record that nobody can write: the platform stands still without an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claim import Claim, Example, Kind
from services import services_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


def ask(stack: StackPolicies) -> Iterator[Example]:
    """Ask, of each service, for each of its actions here with the keys that it sends."""
    for service in services_of(stack):
        first = {**service.keys, "aws:SecureTransport": "true"}
        for action in service.actions:
            yield Example(identity=service.identity, action=action, resource=service.resource, context=first)
        for key, patterns in service.bound.items():
            for other in patterns[1:]:
                keys = {**first, key: other.replace("*", "x")}
                action = service.actions[0]
                yield Example(identity=service.identity, action=action, resource=service.resource, context=keys)


CLAIM = Claim(
    id="services-do-their-part",
    sentence="Services take on the platform's roles, write its records and use its keys for them.",
    kind=Kind.LIVENESS,
    ask=ask,
)
