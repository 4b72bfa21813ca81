"""Policies as frozen values, as `parse_policy` makes them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from iamproof.variables import Template

if TYPE_CHECKING:
    from iamproof.matching import Glob
    from iamproof.operators import Operator


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


@dataclass(frozen=True)
class ActionPattern:
    """An entry of Action or NotAction; `glob` is in small letters, since actions are compared without case."""

    text: str
    glob: Glob


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One statement.

    `resources` is None where the statement has no Resource element (trust policies) and `principals` where it has no
    Principal element; `not_…` says that the element was written with Not in front. `position` counts from 0.
    """

    position: int
    sid: str | None
    effect: Effect
    actions: tuple[ActionPattern, ...]
    not_actions: bool
    resources: tuple[Pattern, ...] | None
    not_resources: bool
    principals: tuple[PrincipalEntry, ...] | None
    not_principals: bool
    conditions: tuple[Condition, ...]

    @cached_property
    def required_variables(self) -> frozenset[str]:
        """Names, in small letters, of the variables without a default in the statement."""
        templates = [pattern.template for pattern in self.resources or ()]
        for condition in self.conditions:
            templates += [value for value in condition.values if isinstance(value, Template)]
        variables = (variable for template in templates for variable in template.variables)
        return frozenset(variable.key.lower() for variable in variables if variable.default is None)

    @cached_property
    def patterns(self) -> tuple[str, ...]:
        """The entries of Action or NotAction."""
        return tuple(action.text for action in self.actions)

    @cached_property
    def services(self) -> frozenset[str]:
        """The prefixes, in small letters, of the services that Action or NotAction names."""
        return frozenset(text.partition(":")[0].lower() for text in self.patterns if text not in {"*", "*:*"})

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Every key that the statement tests or puts in for a variable."""
        templates = [pattern.template for pattern in self.resources or ()]
        for condition in self.conditions:
            templates += [value for value in condition.values if isinstance(value, Template)]
        variables = (variable.key for template in templates for variable in template.variables)
        return tuple(dict.fromkeys((*(condition.key for condition in self.conditions), *variables)))

    def to_dict(self) -> dict[str, Any]:
        """Return the statement as JSON, every list a list."""
        out: dict[str, Any] = {} if self.sid is None else {"Sid": self.sid}
        out["Effect"] = self.effect.value
        if self.principals is not None:
            out[_element("Principal", negated=self.not_principals)] = _principals(self.principals)
        out[_element("Action", negated=self.not_actions)] = [action.text for action in self.actions]
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

    def to_dict(self) -> dict[str, Any]:
        """Return the policy as JSON; parsing that again gives an equal policy."""
        out: dict[str, Any] = {"Version": self.version}
        if self.policy_id is not None:
            out["Id"] = self.policy_id
        out["Statement"] = [statement.to_dict() for statement in self.statements]
        return out
