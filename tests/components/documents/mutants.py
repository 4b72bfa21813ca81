"""Broken documents: something dropped, widened, guarded or compared more weakly, one edit of one statement each."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any

from tests.components.documents.variants import is_variant, plain
from tests.components.documents.world import BUCKETS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.components.documents.world import World

NOTHING = "nothing:Nothing"
# Kinds of holders within which a statement that stands in several documents is judged where it stands first.
KINDS = ("boundary", "topic", "trust/", "key/", "endpoint/", *BUCKETS)

# Operators that hold where the key is missing: a guard on its presence switches the deny off for who leaves it out.
HOLD_ON_MISSING = ("Not", "IfExists", "ForAllValues:")
# What an operator becomes that matches less, and what becomes one that matches more.
WEAKER = {
    "ForAnyValue:StringEqualsIgnoreCase": "ForAnyValue:StringEquals",
    "NumericLessThanEquals": "NumericLessThan",
    "StringLike": "StringEquals",
    "ArnLike": "StringEquals",
    "StringNotEquals": "StringNotLike",
}
STRONGER = {
    "NumericGreaterThanIfExists": "NumericGreaterThanEqualsIfExists",
    "StringEquals": "StringLike",
    "StringNotLike": "StringNotEquals",
    "ArnNotLike": "StringNotEquals",
}
WILD = ("*", "?")
OTHER_QUANTIFIER = {"ForAnyValue:": "ForAllValues:", "ForAllValues:": "ForAnyValue:"}


class Matches(Enum):
    """How many requests a statement matches after an edit."""

    MORE = "more"
    FEWER = "fewer"
    OTHERS = "some and not others"


class Way(Enum):
    """What an edit can do to the verdict."""

    LOOSER = "can only allow more"
    TIGHTER = "can only refuse more"
    OTHER = "can do both"


@dataclass(frozen=True)
class Differs:
    """For which requests alone an edit can matter: of actions, on resources, with a key of some values or without it.

    Nothing said means any.
    """

    actions: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    missing: str = ""
    key: str = ""
    like: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mutant:
    """One edit of one statement."""

    holder: str
    sid: str
    edit: str
    way: Way
    effect: str
    statement: Mapping[str, Any]
    differs: Differs = field(default_factory=Differs)

    def __str__(self) -> str:
        return f"{self.holder} {self.sid} {self.edit}"

    @property
    def place(self) -> str:
        """Where the edit is, as lists of exceptions write it."""
        return f"{self.holder}/{self.sid}"

    def of(self, world: World) -> World:
        """Return the world with this edit."""
        return world.changed(self.holder, self.sid, self.statement)


_LISTS = (
    ("Action", Matches.FEWER),
    ("Resource", Matches.FEWER),
    ("NotAction", Matches.MORE),
    ("NotResource", Matches.MORE),
)


@dataclass(frozen=True)
class _Edits:
    holder: str
    statement: Mapping[str, Any]

    @property
    def denies(self) -> bool:
        return bool(self.statement["Effect"] == "Deny")

    @property
    def own_resource(self) -> bool:
        """Whether the document judges its holder only, so that a wider Resource says little."""
        listed = self.statement.get("Resource", [])
        of_bucket = self.denies or not any("/" in resource for resource in listed)
        return self.holder == "topic" or (plain(self.holder) in BUCKETS and of_bucket)

    @property
    def conditions(self) -> Iterator[tuple[str, str, list[str]]]:
        for operator, tests in self.statement.get("Condition", {}).items():
            for key, values in tests.items():
                yield operator, key, values

    def mutant(self, edit: str, matches: Matches, changed: Mapping[str, Any], differs: Differs | None = None) -> Mutant:
        """Return an edit; what it does to the verdict follows from how many requests the statement then matches."""
        tighter = (matches is Matches.MORE) == self.denies
        way = Way.OTHER if matches is Matches.OTHERS else Way.TIGHTER if tighter else Way.LOOSER
        named = (self.holder, self.statement["Sid"], edit, way, self.statement["Effect"])
        return Mutant(*named, changed, differs or Differs())

    def basic(self) -> Iterator[Mutant]:
        yield self.mutant("dropped", Matches.FEWER, {**self._without("Action", "NotAction"), "Action": [NOTHING]})
        for operator, key, _ in self.conditions:
            yield self.mutant(f"without {operator} {key}", Matches.MORE, self._conditioned(operator, key, None))
        widened = self.statement.get("Resource") not in (None, ["*"]) and not self.own_resource
        if widened or "NotResource" in self.statement:
            yield self.mutant("on everything", Matches.MORE, {**self._without("NotResource"), "Resource": ["*"]})

    def thorough(self) -> Iterator[Mutant]:
        yield from self._shorter_lists()
        yield from self._shorter_values()
        yield from self._operators()
        if self.denies and self.statement.get("Resource") == ["*"] and "Action" in self.statement:
            services = list(dict.fromkeys(f"{action.partition(':')[0]}:*" for action in self.statement["Action"]))
            if services != self.statement["Action"] and "Condition" not in self.statement:
                changed = {**self.statement, "Action": services}
                yield self.mutant("on every action of its services", Matches.MORE, changed)

    def _shorter_lists(self) -> Iterator[Mutant]:
        for kind, more in _LISTS:
            entries = self.statement.get(kind, [])
            for entry in entries if len(entries) > 1 else []:
                kept = [each for each in entries if each != entry]
                differs = Differs(actions=(entry,)) if kind.endswith("Action") else Differs(resources=(entry,))
                yield self.mutant(f"without {kind} {entry}", more, {**self.statement, kind: kept}, differs)

    def _shorter_values(self) -> Iterator[Mutant]:
        for operator, key, values in self.conditions:
            for value in values if len(values) > 1 else []:
                kept = [each for each in values if each != value]
                changed = self._conditioned(operator, key, {operator: {key: kept}})
                matches = Matches.MORE if "Not" in operator else Matches.FEWER
                yield self.mutant(f"without {key} {value}", matches, changed, _like(operator, key, value))

    def _operators(self) -> Iterator[Mutant]:
        for operator, key, values in self.conditions:
            holds = any(part in operator for part in HOLD_ON_MISSING)
            if self.denies and holds and (not operator.startswith("ForAnyValue:") or "IfExists" in operator):
                guarded = self._conditioned(operator, key, {operator: {key: values}, "Null": {key: ["false"]}})
                differs = Differs(missing=key)
                yield self.mutant(f"guarded by the presence of {key}", Matches.FEWER, guarded, differs)
            yield from self._replaced(operator, key, values)
            for quantifier, other in OTHER_QUANTIFIER.items():
                if operator.startswith(quantifier):
                    swapped = operator.replace(quantifier, other)
                    changed = self._conditioned(operator, key, {swapped: {key: values}})
                    yield self.mutant(f"{swapped} for {operator} {key}", Matches.OTHERS, changed)

    def _replaced(self, operator: str, key: str, values: list[str]) -> Iterator[Mutant]:
        """Yield the edits by which an operator compares otherwise, or asks otherwise for the key."""
        found: list[tuple[str, Matches, Differs]] = []
        plain = operator.removesuffix("IfExists")
        wild = ("String" not in operator and "Arn" not in operator) or any(part in "".join(values) for part in WILD)
        if operator in WEAKER and wild:
            found.append((WEAKER[operator], Matches.FEWER, _like(operator, key, *values)))
        if operator in STRONGER and wild:
            found.append((STRONGER[operator], Matches.MORE, _like(operator, key, *values)))
        if operator != plain:
            found.append((plain, Matches.FEWER, Differs(missing=key)))
        elif operator != "Null" and not (self.denies and operator.startswith("ForAnyValue:")):
            found.append((f"{operator}IfExists", Matches.MORE, Differs(missing=key)))
        for other, matches, differs in found:
            changed = self._conditioned(operator, key, {other: {key: values}})
            yield self.mutant(f"{other} for {operator} {key}", matches, changed, differs)
        if operator == "Null":
            turned = {"true": "false", "false": "true"}
            changed = self._conditioned(operator, key, {operator: {key: [turned[value] for value in values]}})
            yield self.mutant(f"Null turned round for {key}", Matches.OTHERS, changed)

    def _without(self, *names: str) -> dict[str, Any]:
        return {name: value for name, value in self.statement.items() if name not in names}

    def _conditioned(self, operator: str, key: str, instead: Mapping[str, Any] | None) -> dict[str, Any]:
        """Return the statement with one test of its condition taken away, or another put in its place."""
        kept = {
            each: {name: value for name, value in inner.items() if (each, name) != (operator, key)}
            for each, inner in self.statement["Condition"].items()
        }
        for each, inner in (instead or {}).items():
            kept[each] = {**kept.get(each, {}), **inner}
        kept = {each: inner for each, inner in kept.items() if inner}
        plain = self._without("Condition")
        return {**plain, "Condition": kept} if kept else plain


def _like(operator: str, key: str, *values: str) -> Differs:
    """Return that an edit matters only where a key has one of these values, where that can be said so."""
    said = "String" in operator or "Arn" in operator
    many = operator.startswith("For") or "IgnoreCase" in operator or any("${" in value for value in values)
    return Differs(key=key, like=values) if said and not many else Differs()


def kind_of(holder: str) -> str:
    """Return within which documents a statement is judged once."""
    name = plain(holder)
    return next((each for each in KINDS if name.startswith(each) or name.endswith(each)), "carried")


def mutants(world: World) -> tuple[Mutant, ...]:
    """Return the plain edits of every statement; one that stands in several documents is edited where it stands first.

    That it is there is judged in each of them, but for the variants of a stack, whose documents are the others' again.
    """
    judged: set[tuple[str, str]] = set()
    found: list[Mutant] = []
    for holder, document in world.documents.items():
        kind = kind_of(holder)
        for statement in document["Statement"]:
            again = (kind, json.dumps(statement, sort_keys=True)) in judged
            judged.add((kind, json.dumps(statement, sort_keys=True)))
            found += [
                each
                for each in _Edits(holder, statement).basic()
                if not again or (each.edit == "dropped" and not is_variant(holder))
            ]
    return tuple(found)


def thorough_mutants(world: World) -> tuple[Mutant, ...]:
    """Return the edits of every entry and operator, once for a statement that stands in several documents of a kind."""
    judged: set[tuple[str, str]] = set()
    found: list[Mutant] = []
    for holder, document in world.documents.items():
        kind = kind_of(holder)
        for statement in document["Statement"]:
            known = kind, json.dumps(statement, sort_keys=True)
            found += () if known in judged else _Edits(holder, statement).thorough()
            judged.add(known)
    return tuple(found)
