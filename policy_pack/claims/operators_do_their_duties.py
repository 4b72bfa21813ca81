"""Whoever runs the platform and finds a call refused asks for wider rights: each duty has to go through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duties
from asking import owner_of, users_of
from claim import Claim, Example, Kind
from examples import ANYWHERE, WITH_A_FACTOR, each, through

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from duties import Duties
    from environment import StackPolicies
    from examples import Keys
    from identities import Identity

BY_GROUP: dict[str, Callable[[StackPolicies], Iterable[Duties]]] = {
    "-delegated-administrators": duties.of_delegates,
    "-administrators": duties.of_administrators,
    "-auditors": duties.of_auditors,
}
"""The duties of a group by the end of its name, the longest first."""
ENDPOINTS = {"sagemaker": "sagemaker.api", "logs": "logs", "s3": "s3"}
"""Where there is an endpoint of a service, people call it from inside."""


def ask(stack: StackPolicies) -> Iterator[Example]:
    """Ask, of each person of the platform, for the duties of its groups, and of the roles of services for theirs."""
    for identity in users_of(stack):
        if owner_of(identity) is None and not identity.is_role:
            for group in identity.groups:
                found = next((listed for end, listed in BY_GROUP.items() if group.endswith(end)), None)
                yield from _each(stack, identity, found(stack) if found else (), {**WITH_A_FACTOR})
    for role in stack.identities:
        if role.is_role and role.name.endswith("-break-glass"):
            for listed in duties.of_emergencies(stack):
                yield from each(role, ANYWHERE, listed)
        if role.is_role and role.name.endswith("-flow-logs"):
            yield from _records(stack, role)


def _each(stack: StackPolicies, identity: Identity, listed: Iterable[Duties], keys: Keys) -> Iterator[Example]:
    """Yield each duty through the endpoint of its service, or from anywhere."""
    for table in listed:
        for resource, actions in table.items():
            for action in actions:
                service = ENDPOINTS.get(action.partition(":")[0])
                way = through(stack, service) if service else None
                yield from each(identity, {**(way or ANYWHERE), **keys}, {resource: (action,)})


def _records(stack: StackPolicies, role: Identity) -> Iterator[Example]:
    """Yield what the service that writes flow logs does as its role."""
    group = stack.arn("logs", f"log-group:/{role.name.removesuffix('-flow-logs')}/flow-logs")
    yield from each(role, ANYWHERE, {group: ("logs:DescribeLogStreams",), "*": ("logs:DescribeLogGroups",)})
    yield from each(role, ANYWHERE, {f"{group}:log-stream:x": ("logs:CreateLogStream", "logs:PutLogEvents")})


CLAIM = Claim(
    id="operators-do-their-duties",
    sentence="Administrators, auditors, delegates and the emergency role do each thing that their day asks for.",
    kind=Kind.LIVENESS,
    ask=ask,
)
