"""What a finding is, what kind of document is read, and which actions a statement speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from iamproof import facts
from iamproof.model import Effect
from iamproof.operators import Family, Quantifier
from iamproof.principal import PrincipalKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iamproof.facts import ActionFacts
    from iamproof.model import Condition, Statement


class DocumentKind(StrEnum):
    """Kinds of policy documents: where a document is put decides how long it may be and who carries it."""

    MANAGED = "managed"
    ROLE = "role"
    USER = "user"
    GROUP = "group"
    BOUNDARY = "boundary"
    SESSION = "session"
    TRUST = "trust"
    SERVICE_CONTROL = "scp"
    RESOURCE_CONTROL = "rcp"
    BUCKET = "bucket"
    KEY = "key"
    ENDPOINT = "endpoint"
    OTHER = "other"


_USERS, _ROLES = frozenset({PrincipalKind.USER}), frozenset({PrincipalKind.ROLE})
_EVERYONE = frozenset(PrincipalKind)
CARRIERS: Mapping[DocumentKind, frozenset[PrincipalKind]] = {
    DocumentKind.MANAGED: _USERS | _ROLES,
    DocumentKind.ROLE: _ROLES,
    DocumentKind.USER: _USERS,
    DocumentKind.GROUP: _USERS,
    DocumentKind.BOUNDARY: _USERS | _ROLES,
    DocumentKind.SESSION: _ROLES | {PrincipalKind.FEDERATED_USER},
    DocumentKind.SERVICE_CONTROL: _USERS | _ROLES | {PrincipalKind.ROOT, PrincipalKind.FEDERATED_USER},
}
"""Whose requests a document of this kind is asked about; kinds that are not here: anybody's."""


@dataclass(frozen=True)
class Finding:
    """Something in a policy that does not do what it seems to.

    `id` names the check, `path` the place as in ``Statement[0].Action[1]``; `message` says what is wrong, why, and what
    to write instead.
    """

    id: str
    path: str
    message: str


@dataclass(frozen=True)
class Entry:
    """One entry of an Action element with the known actions that it stands for."""

    text: str
    path: str
    known: tuple[ActionFacts, ...]

    @property
    def literal(self) -> bool:
        """Whether it names one action."""
        return "*" not in self.text and "?" not in self.text

    @property
    def certain(self) -> tuple[ActionFacts, ...]:
        """Those of its actions of which more than the name is known."""
        return tuple(action for action in self.known if action.complete)


@dataclass(frozen=True)
class Scope:
    """A statement with what is known around it."""

    statement: Statement
    principals: frozenset[PrincipalKind]

    @property
    def path(self) -> str:
        """The statement's path."""
        return f"Statement[{self.statement.position}]"

    @property
    def denies(self) -> bool:
        """Whether it is a Deny."""
        return self.statement.effect is Effect.DENY

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The entries of Action or NotAction; an entry that stands for every action is not expanded."""
        element = f"{self.path}.{'NotAction' if self.statement.not_actions else 'Action'}"
        several = len(self.statement.actions) > 1
        return tuple(
            Entry(action, f"{element}[{index}]" if several else element, _known(action))
            for index, action in enumerate(self.statement.actions)
        )

    @property
    def unbounded(self) -> bool:
        """Whether it speaks of all actions, or of all but some."""
        return self.statement.not_actions or any(is_everything(entry.text) for entry in self.entries)

    def condition_path(self, condition: Condition) -> str:
        """Return the path of a condition."""
        return f"{self.path}.Condition.{condition.operator.text}.{condition.key}"


def is_everything(pattern: str) -> bool:
    """Whether a pattern stands for every action of every service."""
    return pattern in {"*", "*:*"}


def _known(pattern: str) -> tuple[ActionFacts, ...]:
    if is_everything(pattern):
        return ()
    return tuple(action for action in map(facts.action, facts.expand(pattern)) if action)


def holds_without_key(condition: Condition) -> bool:
    """Whether the condition holds for a request that lacks the key."""
    operator = condition.operator
    if operator.comparison.family is Family.NULL:
        return True in condition.values
    if operator.quantifier is Quantifier.ANY:
        return operator.if_exists
    return operator.if_exists or operator.comparison.negated or operator.quantifier is Quantifier.ALL


def consequence(scope: Scope, *, holds: bool) -> str:
    """Say what a condition that always or never holds does to the statement."""
    if scope.denies:
        return "the Deny does not depend on it" if holds else "the Deny never fires"
    return "the Allow does not depend on it" if holds else "the Allow never grants"


def listed(names: tuple[str, ...] | list[str], most: int = 4) -> str:
    """Return names for a message, the first few of many."""
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"
