"""What a question leads to: the requests for which a goal is reached, and what was met on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from iamproof.axioms import canonical

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iamproof.action_classes import Owners
    from iamproof.domains import Domain
    from iamproof.environment import ContextValue, Request
    from iamproof.goals import Test
    from iamproof.model import Statement
    from iamproof.principal import Principal
    from iamproof.query import Texts
    from iamproof.search import States


@dataclass
class Notes:
    """What a search met on the way: how many questions it decided, on what it rests, why it is not certain."""

    questions: int = 0
    assumptions: dict[str, None] = field(default_factory=dict)
    doubts: dict[str, None] = field(default_factory=dict)


class Solved(NamedTuple):
    """What is left of each key where a goal is reached, and the tests that had to be decided for it."""

    states: States
    domains: Mapping[str, Domain]
    trail: tuple[Test, ...]


class Opening(NamedTuple):
    """Requests for which a goal is reached.

    Their action, resource and the keys that variables stand for, the `sources`, are in `request`; `names` are the names
    under which each open key is carried, and `unnamed` the sources whose value in `request` stands for any other.
    """

    request: Request
    solved: Solved
    names: Mapping[str, frozenset[str]]
    unnamed: tuple[str, ...]
    sources: tuple[str, ...] = ()


def owners_of(texts: Texts) -> Owners:
    """Return the services in the ARNs that a set of texts holds; None where it may hold those of any service."""
    if texts.like is None:
        return None
    beginnings = [glob.tokens[0] if glob.tokens else "" for glob in texts.like]
    parts = [beginning.split(":") if isinstance(beginning, str) else [] for beginning in beginnings]
    # With a wildcard before the third colon the service may be any.
    return frozenset(part[2] for part in parts) if all(len(part) > 3 for part in parts) else None


def may_name(statement: Statement, owners: frozenset[str]) -> bool:
    """Whether a statement's resources may be of one of these services, by the services in their ARNs."""
    if statement.not_resources or statement.resources is None:
        return True
    named = statement.resource_services
    return None in named or not owners.isdisjoint(named)


def partition_of(principal: Principal) -> str:
    """Return the partition in which a principal is."""
    return principal.arn.split(":")[1] if principal.arn.startswith("arn:") else "aws"


def plain(values: tuple[str, ...]) -> ContextValue:
    """Return one value as itself, several as a list, none as a key taken away."""
    return values[0] if len(values) == 1 else values or None


def names_of(names: frozenset[str], key: str) -> frozenset[str]:
    """Return which of the names always have the value of the key."""
    return frozenset(name for name in names if canonical(name) == key)
