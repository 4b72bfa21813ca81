"""Whether tenants have names of their own, and whether the account carries them all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from . import guides
from .bastion import HOST_ACCOUNTS
from .problems import NAMESPACE, Finding, line, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

RESERVED = {
    "platform": "it is the value of the tag `user` on what all tenants share",
    "workload": "the security group that all workloads share is called so",
    "endpoints": "the security group of the endpoints is called so",
    "bastion": "the platform's bastion is called so",
}
ROLES_PER_TENANT = 2

SHARED_GROUPS = ("workload", "endpoints", "bastion", "resolver", "default")
"""Security groups beside those of the tenants: shared ones, and the one that AWS makes with the VPC."""

RULES_PER_RANGE, SHARED_RULES = 2, 2
"""Inbound rules for each network that comes in by a private line: two on the resolver's group, where names are asked
for by TCP and UDP, and one on that of the endpoints, beside the rules for workloads and bastion."""


def name_findings(given: Mapping[str, Any] | Sequence[Any], retired: Sequence[Any]) -> Iterator[Finding]:
    """Find names that are malformed, reserved, retired or given twice; a mapping cannot show the last."""
    names = list(given)
    seen: set[str] = set()
    for position, name in enumerate(names):
        if not isinstance(name, str):
            yield _no_name(position, name)
            continue
        found = _wrong_name(name, retired)
        if name in seen:
            found = ("each tenant once", "this tenant is listed before", None)
        seen.add(name)
        if not found:
            continue
        allowed, why, instead = found
        free = instead if instead not in names else None
        if isinstance(given, list):
            yield Finding(place=("tenants", position), given=shown(name), allowed=allowed, why=why, instead=free)
        else:
            write = line(free or "another-name", _own(given, name))
            yield Finding(place=("tenants", name), given=shown(name), allowed=allowed, why=why, write=write)


def _no_name(position: int, name: object) -> Finding:
    return Finding(
        place=("tenants", position),
        given=shown(name),
        allowed=guides.TENANT_NAME.allowed,
        why="this is no text; without quotes YAML readers take digits for numbers, and some words for true or false",
    )


def _own(given: Mapping[str, Any] | Sequence[Any], name: str) -> object:
    own = given[name] if isinstance(given, dict) else {}
    return own if isinstance(own, dict) else {}


def _wrong_name(name: str, retired: Sequence[Any]) -> tuple[str, str, str | None] | None:
    if not re.fullmatch(guides.USER_PATTERN, name):
        slug = re.sub("[^a-z0-9]+", "-", name[:100].lower()).lstrip("-0123456789")[:20].rstrip("-")
        fits = re.fullmatch(guides.USER_PATTERN, slug) and not _wrong_name(slug, retired)
        return guides.TENANT_NAME.allowed, guides.TENANT_NAME.why, slug if fits else None
    if name in RESERVED:
        return f"any name but {', '.join(RESERVED)}", f"the name is reserved: {RESERVED[name]}", f"team-{name}"
    if name in HOST_ACCOUNTS:
        return "a name that is no account of a Linux host", "each tenant has an account on the bastion", f"team-{name}"
    if "sagemaker" in name:
        return "a name without `sagemaker`", "AWS' managed policies match names of roles that hold `sagemaker`", None
    if name in retired:
        why = "the name is retired: what its former holder left behind would belong to the new one"
        return f"any name but those of {NAMESPACE}retired", why, _next(name)
    return None


def _next(name: str) -> str | None:
    found = f"{name}-2"
    return found if re.fullmatch(guides.USER_PATTERN, found) else None


def quota_findings(
    tenants: int, deployer: Sequence[str], iam_roles: int, platform: Iterable[str], people: Mapping[str, int]
) -> Iterator[Finding]:
    """Find more tenants than the account's quota of roles carries.

    `platform` says whose roles there are beside, `people` how many each kind of them takes: those who federate, and
    those who deploy.
    """
    holders = ["the deployer", *platform]
    others = sum(":role/" in arn for arn in deployer) + len(holders) - 1 + sum(people.values())
    holders += [whose for whose, count in people.items() if count]
    whose = " and ".join(filter(None, (", ".join(holders[:-1]), holders[-1])))
    needed = ROLES_PER_TENANT * tenants + others
    if needed > iam_roles:
        yield Finding(
            place=("tenants",),
            given=f"{tenants} tenants",
            allowed=f"at most {max(iam_roles - others, 0) // ROLES_PER_TENANT}, with a quota of {iam_roles} roles",
            why=f"{needed} roles are needed: {ROLES_PER_TENANT} a tenant and {others} of {whose}; let AWS raise "
            "the account's quota and write the new one, or spread the tenants over stacks in several accounts",
            write=line(f"{NAMESPACE}quotas", {"iam-roles": needed}),
        )


def group_findings(tenants: int, ranges: int, groups: int, rules: int) -> Iterator[Finding]:
    """Find more tenants than the account's quota of security groups carries, and more ranges than that of rules."""
    needed = tenants + len(SHARED_GROUPS)
    if needed > groups:
        yield Finding(
            place=("tenants",),
            given=f"{tenants} tenants",
            allowed=f"at most {max(groups - len(SHARED_GROUPS), 0)}, with a quota of {groups} security groups",
            why=f"{needed} security groups are needed: one a tenant and {len(SHARED_GROUPS)} shared; let AWS raise the "
            "account's quota and write the new one, or spread the tenants over stacks in several accounts",
            write=line(f"{NAMESPACE}quotas", {"security-groups": needed}),
        )
    inbound = max(RULES_PER_RANGE * ranges, ranges + SHARED_RULES)
    if ranges and inbound > rules:
        yield Finding(
            place=("network", "on-premises"),
            given=f"{ranges} networks",
            allowed=f"at most {max(min(rules // RULES_PER_RANGE, rules - SHARED_RULES), 0)}, with a quota of {rules} "
            "rules in a security group",
            why=f"{inbound} inbound rules are needed in one group; write fewer, wider networks, or let AWS raise the "
            "account's quota and write the new one",
            write=line(f"{NAMESPACE}quotas", {"security-group-rules": inbound}),
        )
