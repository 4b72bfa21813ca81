"""Callers of endpoints from beside a tenant's people: who they are, and whether they are somebody's already."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from . import invoker_guides as guides
from .features import DEFAULT
from .network_model import Part
from .problems import REMOVE, Finding, line, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .arns import Home

InvokerName = Annotated[str, guides.NAME]

OF_THE_PLATFORM = ("tenants", "deployment", "invokers", "people", "platform", "delegated")
"""Paths below which the platform's own roles lie, and those that its delegated administrators make."""


class InvokerSettings(Part):
    """Which roles of the account call which endpoints of a tenant."""

    tenant: Annotated[str, guides.TENANT]
    roles: Annotated[tuple[Annotated[str, guides.ROLE_ARN], ...], Field(min_length=1), guides.ROLES]
    endpoints: Annotated[tuple[Annotated[str, guides.ENDPOINT], ...], Field(min_length=1), guides.ENDPOINTS]


def invoker_findings(tree: Mapping[str, Any], home: Home, tenants: Sequence[str]) -> Iterator[Finding]:
    """Find invokers of nobody, of no feature, and roles that may not be one or that are listed twice."""
    invokers = tree.get("invokers")
    if not isinstance(invokers, dict) or not invokers:
        return
    features = tree.get("features", DEFAULT)
    if isinstance(features, list | tuple) and "inference" not in features:
        yield Finding(
            place=("invokers",),
            given=", ".join(map(str, invokers)),
            allowed="invokers where inference is among the features",
            why="without that feature no tenant has an endpoint that could be called, and no endpoint carries a call",
            write=line("features", [*map(str, features), "inference"]),
        )
    deployer = tree.get("deployer")
    for name, given in invokers.items():
        if isinstance(given, dict):
            yield from _tenant(str(name), given, tenants)
            yield from _roles(str(name), given, home, deployer if isinstance(deployer, list | tuple) else ())
            yield from _twice(str(name), given)


def invoking_roles(tree: Mapping[str, Any]) -> int:
    """Return how many roles invokers take."""
    invokers = tree.get("invokers")
    return len(invokers) if isinstance(invokers, dict) else 0


def _tenant(name: str, given: Mapping[str, Any], tenants: Sequence[str]) -> Iterator[Finding]:
    tenant = given.get("tenant")
    if isinstance(tenant, str) and tenant not in tenants:
        yield Finding(
            place=("invokers", name, "tenant"),
            given=shown(tenant),
            allowed=f"one of {', '.join(tenants)}" if tenants else "a tenant of this stack",
            why="nobody of this name has endpoints here",
            write=line("tenant", tenants[0]) if tenants else REMOVE,
        )


def _roles(name: str, given: Mapping[str, Any], home: Home, deployer: Sequence[Any]) -> Iterator[Finding]:
    for position, arn in enumerate(_list(given, "roles")):
        if not isinstance(arn, str) or not re.fullmatch(guides.ROLE_ARN.pattern or "", arn):
            continue
        if why := _is_none(arn, home, deployer):
            place = ("invokers", name, "roles", position)
            yield Finding(place=place, given=shown(arn), allowed=guides.ROLE_ARN.allowed, why=why)


def _is_none(arn: str, home: Home, deployer: Sequence[Any]) -> str:
    """Say why a role may not call endpoints, or nothing."""
    partition, account, resource = arn.split(":")[1], arn.split(":")[4], arn.split(":", 5)[5]
    if home.account_id and account != home.account_id:
        return "the role is of another account; what strangers may reach is written under partners, and no endpoint is"
    if home.partition and partition != home.partition:
        return f"the partition is `{partition}`, and that of the stack's Region is `{home.partition}`"
    if arn in deployer:
        return "the deployer runs the platform and does none of its tenants' work"
    if resource.split("/")[1] in OF_THE_PLATFORM and resource.count("/") > 1:
        return "the role is the platform's own, whose guardrails let it take on no other"
    return ""


def _twice(name: str, given: Mapping[str, Any]) -> Iterator[Finding]:
    for key in ("roles", "endpoints"):
        listed = _list(given, key)
        for position, each in enumerate(listed):
            if each in listed[:position]:
                yield Finding(
                    place=("invokers", name, key, position),
                    given=shown(each),
                    allowed="each entry once",
                    why="this entry is listed before, so one of the two was meant to be another",
                )


def _list(given: Mapping[str, Any], key: str) -> Sequence[Any]:
    found = given.get(key)
    return found if isinstance(found, list | tuple) else ()
