"""Every policy of the stack with one statement edited: dropped, with an action less, without a condition, compared more
weakly, with an exception more or less.

A statement that several documents of one kind hold word for word, but for the bucket that it speaks of, is edited in
the first of them. What only refuses more is told from what may allow more, since other claims notice it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from environment import StackPolicies

    from iamproof import Policy

HOLD_ON_MISSING = ("Not", "IfExists", "ForAllValues:")
QUANTIFIERS = {"ForAnyValue:": "ForAllValues:", "ForAllValues:": "ForAnyValue:"}
VARIABLE = re.compile(r"\$\{[^}]*\}")
NOTHING = {"Effect": "Allow", "Action": "sts:GetCallerIdentity", "Resource": "arn:aws:iam::111122223333:user/nobody"}
"""What a policy holds that has lost its only statement: IAM takes none that is empty. It grants nothing."""
ALIKE = ("bucket", "key", "trust")
"""Kinds of documents of which several are made alike, for one thing or tenant each."""

Statement = dict[str, Any]


class Way(Enum):
    """What an edit can do to the verdict on a request."""

    LOOSER = "allows more or the same"
    TIGHTER = "refuses more or the same"
    BOTH = "may do both"


@dataclass(frozen=True)
class Mutant:
    """One edit of one statement of one document; `changed` is None where the statement is gone."""

    document: str
    sid: str
    edit: str
    way: Way
    statement: Statement
    changed: Statement | None

    def __str__(self) -> str:
        return f"{self.document} {self.sid} {self.edit}"

    def edited(self, statements: list[Statement]) -> list[Statement]:
        """Return a document's statements with this edit."""
        kept = [self.changed if one.get("Sid") == self.sid else one for one in statements]
        found = [one for one in kept if one is not None]
        principal = {"Principal": self.statement["Principal"]} if "Principal" in self.statement else {}
        return found or [{**NOTHING, **principal}]


def documents(stack: StackPolicies) -> dict[str, tuple[str, Policy]]:
    """Return every policy of the stack by name, with the kind of place that it stands in."""
    found: dict[str, tuple[str, Policy]] = {}
    for one in stack.identities:
        for policy in one.policies:
            found.setdefault(policy.name, ("identity", policy))
        for kind, held in (("boundary", one.boundary), ("trust", one.trust)):
            if held:
                found.setdefault(held.name, (kind, held))
    for kind, guarded in (("bucket", stack.buckets), ("key", stack.keys), ("endpoint", stack.endpoints)):
        found |= {each.policy.name: (kind, each.policy) for each in guarded if each.policy}
    return found | {each.policy.name: ("other", each.policy) for each in stack.others if each.policy}


def mutants(stack: StackPolicies) -> Iterator[Mutant]:
    """Yield every edit of every statement, of those that are alike in the first document that holds one."""
    judged: set[tuple[str, str]] = set()
    for name, (kind, policy) in documents(stack).items():
        for statement in policy.to_dict()["Statement"]:
            alike = (kind, _alike(stack, {**statement, "Sid": ""}, name))
            if alike not in judged:
                judged |= {alike} if kind in ALIKE else set()
                yield from _Edits(name, statement).all()


def _alike(stack: StackPolicies, statement: Statement, name: str) -> str:
    """Return what a statement says, whichever of like buckets, keys or tenants it is about."""
    text = json.dumps(statement, sort_keys=True)
    if name.endswith(".assumeRolePolicy"):
        return text
    holders = {each.policy.name: each.called for each in (*stack.buckets, *stack.keys) if each.policy}
    return text.replace(holders[name], "itself") if name in holders else text


@dataclass(frozen=True)
class _Edits:
    document: str
    statement: Statement

    @property
    def _denies(self) -> bool:
        return bool(self.statement["Effect"] == "Deny")

    def all(self) -> Iterator[Mutant]:
        yield self._mutant("dropped", None, fewer=True)
        granted = [] if self._denies else self.statement.get("Action", [])
        for action in granted if len(granted) > 1 else ():
            kept = [each for each in granted if each != action]
            yield self._mutant(f"without {action}", {**self.statement, "Action": kept}, fewer=True)
        for operator, tests in self.statement.get("Condition", {}).items():
            for key, values in tests.items():
                yield from self._condition(operator, key, values)
                if "Not" in operator:
                    yield from self._exceptions_of(operator, key, values)
        for element in ("NotAction", "NotResource"):
            yield from self._exceptions(element, self.statement.get(element, []))

    def _mutant(self, edit: str, changed: Statement | None, *, fewer: bool | None) -> Mutant:
        """Return an edit after which the statement matches fewer requests, more of them, or (None) others."""
        looser = fewer is self._denies
        way = Way.BOTH if fewer is None else Way.LOOSER if looser else Way.TIGHTER
        return Mutant(self.document, self.statement.get("Sid", "?"), edit, way, self.statement, changed)

    def _condition(self, operator: str, key: str, values: list[str]) -> Iterator[Mutant]:
        yield self._mutant(f"without {operator} {key}", self._with(operator, key, {}), fewer=False)
        if operator == "Null":
            turned = ["false" if values == ["true"] else "true"]
            yield self._mutant(
                f"with Null {key} {turned[0]}", self._with(operator, key, {operator: turned}), fewer=None
            )
        for quantifier, other in QUANTIFIERS.items():
            if operator.startswith(quantifier):
                name = operator.replace(quantifier, other)
                yield self._mutant(f"with {name} of {key}", self._with(operator, key, {name: values}), fewer=None)
        if operator.endswith("IfExists"):
            name = operator.removesuffix("IfExists")
            yield self._mutant(f"with {name} of {key}", self._with(operator, key, {name: values}), fewer=True)
        elif operator != "Null" and not self._denies:
            name = f"{operator}IfExists"
            yield self._mutant(f"with {name} of {key}", self._with(operator, key, {name: values}), fewer=False)
        if self._denies and any(part in operator for part in HOLD_ON_MISSING):
            changed = self._with(operator, key, {operator: values, "Null": ["false"]})
            yield self._mutant(f"guarded by the presence of {key}", changed, fewer=True)

    def _exceptions_of(self, operator: str, key: str, values: list[str]) -> Iterator[Mutant]:
        """Yield a condition's exceptions one fewer, and each as wide as its kind."""
        for value in values:
            kept = [each for each in values if each != value]
            if kept:
                yield self._mutant(f"without {key} {value}", self._with(operator, key, {operator: kept}), fewer=False)
            wide = _wider(value)
            if wide and ("Like" in operator or "Arn" in operator):
                changed = self._with(operator, key, {operator: [*kept, wide]})
                yield self._mutant(f"with {key} {wide}", changed, fewer=True)

    def _exceptions(self, element: str, entries: list[str]) -> Iterator[Mutant]:
        for entry in entries:
            kept = [each for each in entries if each != entry]
            if kept:
                yield self._mutant(f"without {element} {entry}", {**self.statement, element: kept}, fewer=False)
        services = (f"{entry.partition(':')[0]}:*" for entry in entries)
        more = services if element == "NotAction" else filter(None, map(_wider, entries))
        for entry in dict.fromkeys(more):
            if entry not in entries:
                changed = {**self.statement, element: [*entries, entry]}
                yield self._mutant(f"with {element} {entry}", changed, fewer=True)

    def _with(self, operator: str, key: str, instead: Mapping[str, list[str]]) -> Statement:
        """Return the statement with one test of its condition taken away, or others of its key put in its place."""
        kept: dict[str, dict[str, list[str]]] = {
            each: {name: values for name, values in tests.items() if (each, name) != (operator, key)}
            for each, tests in self.statement["Condition"].items()
        }
        for each, values in instead.items():
            kept[each] = {**kept.get(each, {}), key: values}
        plain = {name: part for name, part in self.statement.items() if name != "Condition"}
        kept = {each: tests for each, tests in kept.items() if tests}
        return {**plain, "Condition": kept} if kept else plain


def _wider(entry: str) -> str | None:
    """Return an exception for every name of its kind: its variable, or else its last part, becomes a star."""
    open_ = VARIABLE.sub("*", entry)
    if open_ != entry:
        return open_
    head, slash, last = entry.rpartition("/")
    return f"{head}/*" if slash and last != "*" else None
