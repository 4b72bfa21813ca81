"""Broken documents: something dropped, widened, guarded or compared more weakly, one edit of one statement each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from tests.components.documents.world import BUCKETS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.components.documents.world import World

NOTHING = "nothing:Nothing"
# Kinds of holders within which a statement that stands in several documents is judged where it stands first.
KINDS = ("boundary", "topic", "trust/", "key/", "endpoint/", *BUCKETS)

# Holders of which every list entry and every operator is edited too; the others have tables of their own elsewhere.
THOROUGH = (
    *("network", "surface", "tenancy", "egress", "perimeter", "boundary", "work", "stage", "platform"),
    "data",
    *("trust/notebook", "trust/job"),
    *("budget-stop", "budget-rights", "trust/budget-stop"),
)

# Operators that hold where the key is missing: a guard on its presence switches the deny off for who leaves it out.
HOLD_ON_MISSING = ("Not", "IfExists", "ForAllValues:")
WEAKER = {
    "BoolIfExists": "Bool",
    "ForAnyValue:StringEqualsIgnoreCase": "ForAnyValue:StringEquals",
}
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
class Mutant:
    """One edit of one statement."""

    holder: str
    sid: str
    edit: str
    way: Way
    effect: str
    statement: Mapping[str, Any]

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
        return self.holder == "topic" or (self.holder in BUCKETS and of_bucket)

    @property
    def conditions(self) -> Iterator[tuple[str, str, list[str]]]:
        for operator, tests in self.statement.get("Condition", {}).items():
            for key, values in tests.items():
                yield operator, key, values

    def mutant(self, edit: str, matches: Matches, changed: Mapping[str, Any]) -> Mutant:
        """Return an edit; what it does to the verdict follows from how many requests the statement then matches."""
        tighter = (matches is Matches.MORE) == self.denies
        way = Way.OTHER if matches is Matches.OTHERS else Way.TIGHTER if tighter else Way.LOOSER
        return Mutant(self.holder, self.statement["Sid"], edit, way, self.statement["Effect"], changed)

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
                yield self.mutant(f"without {kind} {entry}", more, {**self.statement, kind: kept})

    def _shorter_values(self) -> Iterator[Mutant]:
        for operator, key, values in self.conditions:
            for value in values if len(values) > 1 else []:
                kept = [each for each in values if each != value]
                changed = self._conditioned(operator, key, {operator: {key: kept}})
                yield self.mutant(
                    f"without {key} {value}", Matches.MORE if "Not" in operator else Matches.FEWER, changed
                )

    def _operators(self) -> Iterator[Mutant]:
        for operator, key, values in self.conditions:
            holds = any(part in operator for part in HOLD_ON_MISSING)
            if self.denies and holds and (not operator.startswith("ForAnyValue:") or "IfExists" in operator):
                guarded = self._conditioned(operator, key, {operator: {key: values}, "Null": {key: ["false"]}})
                yield self.mutant(f"guarded by the presence of {key}", Matches.FEWER, guarded)
            if self.denies and operator in WEAKER:
                changed = self._conditioned(operator, key, {WEAKER[operator]: {key: values}})
                yield self.mutant(f"{WEAKER[operator]} for {operator} {key}", Matches.FEWER, changed)
            for quantifier, other in OTHER_QUANTIFIER.items():
                if operator.startswith(quantifier):
                    swapped = operator.replace(quantifier, other)
                    changed = self._conditioned(operator, key, {swapped: {key: values}})
                    yield self.mutant(f"{swapped} for {operator} {key}", Matches.OTHERS, changed)
            if not self.denies and operator != "Null":
                changed = self._conditioned(operator, key, {f"{operator}IfExists": {key: values}})
                yield self.mutant(f"{operator}IfExists for {operator} {key}", Matches.MORE, changed)

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


def mutants(world: World) -> tuple[Mutant, ...]:
    """Return the plain edits of every statement; one that stands in several documents is edited where it stands first.

    That it is there is judged in each of them, but for the variants of a stack, whose documents are the others' again.
    """
    judged: set[tuple[str, str]] = set()
    found: list[Mutant] = []
    for holder, document in world.documents.items():
        plain = holder.removeprefix("prod/")
        kind = next((each for each in KINDS if plain.startswith(each) or plain.endswith(each)), "carried")
        for statement in document["Statement"]:
            again = (kind, json.dumps(statement, sort_keys=True)) in judged
            judged.add((kind, json.dumps(statement, sort_keys=True)))
            found += [
                each
                for each in _Edits(holder, statement).basic()
                if not again or (each.edit == "dropped" and not holder.startswith(("strict/", "inside/", "prod/")))
            ]
    return tuple(found)


def thorough_mutants(world: World) -> tuple[Mutant, ...]:
    """Return the edits of every entry and operator of the holders that are judged thoroughly."""
    return tuple(
        mutant
        for holder in THOROUGH
        for statement in world.documents[holder]["Statement"]
        for mutant in _Edits(holder, statement).thorough()
    )
