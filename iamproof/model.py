"""Policies as frozen values, as `parse_policy` makes them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from iamproof.arns import arn_service
from iamproof.variables import Template

if TYPE_CHECKING:
    from iamproof.operators import Operator
    from iamproof.variables import Variable


class Effect(Enum):
    """What a statement does when it applies."""

    ALLOW = "Allow"
    DENY = "Deny"


class EntryKind(Enum):
    """What one entry of a Principal element names."""

    EVERYONE = "everyone"
    ACCOUNT = "account"
    ROLE = "role"
    USER = "user"
    SESSION = "session"
    UNIQUE_ID = "unique id"
    SERVICE = "service principal"
    FEDERATED = "identity provider"
    CANONICAL_USER = "canonical user id"


@dataclass(frozen=True)
class PrincipalEntry:
    """One entry of a Principal or NotPrincipal element; `group` is the key it stands under (AWS, Service, …)."""

    kind: EntryKind
    group: str
    value: str


@dataclass(frozen=True)
class Condition:
    """One operator applied to one key.

    `values` are templates for text and ARN operators, otherwise numbers, booleans, bytes or networks;
    `texts` are the same values as written.
    """

    operator: Operator
    key: str
    values: tuple[Any, ...]
    texts: tuple[str, ...]

    @cached_property
    def name(self) -> str:
        """The key in small letters, since key names are compared without case."""
        return self.key.lower()


@dataclass(frozen=True)
class Pattern:
    """An entry of Resource or NotResource."""

    text: str
    template: Template


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One statement.

    `actions` are the entries of Action or NotAction, which are compared without case. `resources` is None where the
    statement has no Resource element (trust policies) and `principals` where it has no Principal element; `not_…` says
    that the element was written with Not in front. `position` counts from 0.
    """

    position: int
    sid: str | None
    effect: Effect
    actions: tuple[str, ...]
    not_actions: bool
    resources: tuple[Pattern, ...] | None
    not_resources: bool
    principals: tuple[PrincipalEntry, ...] | None
    not_principals: bool
    conditions: tuple[Condition, ...]

    @cached_property
    def variables(self) -> tuple[Variable, ...]:
        """The variables in Resource, NotResource and conditions."""
        templates = [pattern.template for pattern in self.resources or ()]
        for condition in self.conditions:
            templates += [value for value in condition.values if isinstance(value, Template)]
        return tuple(variable for template in templates for variable in template.variables)

    @cached_property
    def required_variables(self) -> frozenset[str]:
        """Names, in small letters, of the variables without a default in the statement."""
        return frozenset(variable.key.lower() for variable in self.variables if variable.default is None)

    @cached_property
    def services(self) -> frozenset[str]:
        """The prefixes, in small letters, of the services that Action or NotAction names."""
        return frozenset(text.partition(":")[0].lower() for text in self.actions if text not in {"*", "*:*"})

    @cached_property
    def resource_services(self) -> frozenset[str | None]:
        """The services in the entries of Resource or NotResource, None for one that may be of any."""
        return frozenset(arn_service(pattern.text) for pattern in self.resources or ())

    @cached_property
    def is_whole(self) -> bool:
        """Whether it speaks of every resource."""
        return [pattern.text for pattern in self.resources or ()] == ["*"] and not self.not_resources

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Every key that the statement tests or puts in for a variable."""
        variables = (variable.key for variable in self.variables)
        return tuple(dict.fromkeys((*(condition.key for condition in self.conditions), *variables)))

    def to_dict(self) -> dict[str, Any]:
        """Return the statement as JSON, every list a list."""
        out: dict[str, Any] = {} if self.sid is None else {"Sid": self.sid}
        out["Effect"] = self.effect.value
        if self.principals is not None:
            out[_element("Principal", negated=self.not_principals)] = _principals(self.principals)
        out[_element("Action", negated=self.not_actions)] = [*self.actions]
        if self.resources is not None:
            out[_element("Resource", negated=self.not_resources)] = [pattern.text for pattern in self.resources]
        if self.conditions:
            blocks: dict[str, dict[str, list[str]]] = {}
            for condition in self.conditions:
                blocks.setdefault(condition.operator.text, {})[condition.key] = list(condition.texts)
            out["Condition"] = blocks
        return out


def _element(name: str, *, negated: bool) -> str:
    return f"Not{name}" if negated else name


def _principals(entries: tuple[PrincipalEntry, ...]) -> str | dict[str, list[str]]:
    if any(entry.group == "*" for entry in entries):
        return "*"
    groups: dict[str, list[str]] = {}
    for entry in entries:
        groups.setdefault(entry.group, []).append(entry.value)
    return groups


@dataclass(frozen=True, kw_only=True)
class Policy:
    """A parsed policy; `name` is what decisions call it."""

    name: str
    version: str
    policy_id: str | None
    statements: tuple[Statement, ...]

    @cached_property
    def forms(self) -> frozenset[tuple[bool, bool]]:
        """Which of a Principal and a Resource element its statements have."""
        return frozenset((each.principals is not None, each.resources is not None) for each in self.statements)

    @cached_property
    def allows(self) -> tuple[Statement, ...]:
        """The statements that allow."""
        return tuple(statement for statement in self.statements if statement.effect is Effect.ALLOW)

    @cached_property
    def denies(self) -> tuple[Statement, ...]:
        """The statements that deny."""
        return tuple(statement for statement in self.statements if statement.effect is Effect.DENY)

    def to_dict(self) -> dict[str, Any]:
        """Return the policy as JSON; parsing that again gives an equal policy."""
        out: dict[str, Any] = {"Version": self.version}
        if self.policy_id is not None:
            out["Id"] = self.policy_id
        out["Statement"] = [statement.to_dict() for statement in self.statements]
        return out
