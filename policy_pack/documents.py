"""Policy documents as rules read them: from text or object, planned or rendered, parsed in this one place.

`Statement` may be one or many, `Action`, `Resource` and condition values one or many, `Principal` ``"*"`` or a map,
booleans ``true`` or ``"true"``; actions, condition operators and condition keys ignore letter case, resources and
values do not. Nothing here raises on a bad document: what cannot be read becomes a problem in `Document.problems`,
which the rule `iam-policy-parses` reports.

Source: IAM User Guide, "IAM JSON policy element reference" and "Grammar of the IAM JSON policy language".
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from fnmatch import translate
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import plans
from places import PLACES, Holder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reading import Reading, Wire
    from resources import Resource

ELEMENTS = frozenset(
    ("Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition")
)


@dataclass(frozen=True)
class Condition:
    """One test: an operator on one key.

    `operator` and `key` as written; `base` is the operator in small letters without prefix and suffix, such as
    ``stringequals``; `quantifier` is ``forallvalues``, ``foranyvalue`` or empty.
    """

    operator: str
    key: str
    values: tuple[str, ...]
    base: str
    quantifier: str
    if_exists: bool

    @property
    def plain(self) -> bool:
        """Whether the operator has neither prefix nor suffix, so that a missing key fails a positive test."""
        return not self.quantifier and not self.if_exists

    def names(self, key: str) -> bool:
        """Return whether the test is about a key; keys ignore letter case."""
        return self.key.lower() == key.lower()

    @property
    def negated(self) -> bool:
        """Whether the operator holds when the values do not match, and so also when the key is missing."""
        return "not" in self.base


@dataclass(frozen=True)
class Statement:
    """One statement; `principals` maps a kind to names, everybody being ``{"*": ("*",)}``.

    `position` counts from 0, `raw` is the statement as written.
    """

    position: int
    sid: str
    effect: str
    actions: tuple[str, ...]
    not_actions: tuple[str, ...]
    resources: tuple[str, ...]
    not_resources: tuple[str, ...]
    principals: Mapping[str, tuple[str, ...]]
    not_principals: Mapping[str, tuple[str, ...]]
    conditions: tuple[Condition, ...]
    raw: Mapping[str, Any]

    @property
    def label(self) -> str:
        """The statement's name in a message: its Sid, or its place where it has none."""
        return f"statement {self.sid}" if self.sid else f"statement number {self.position + 1}"

    @property
    def allows(self) -> bool:
        """Whether the effect is Allow."""
        return self.effect == "Allow"

    @property
    def denies(self) -> bool:
        """Whether the effect is Deny."""
        return self.effect == "Deny"

    @property
    def everybody(self) -> bool:
        """Whether the principal is anybody at all, signed in or not."""
        return any("*" in self.principals.get(kind, ()) for kind in ("*", "AWS"))

    @property
    def names_anybody(self) -> bool:
        """Whether a principal is a wildcard or holds one, of whatever kind."""
        return any("*" in name or "?" in name for names in self.principals.values() for name in names)

    def covers(self, action: str) -> bool:
        """Return whether the statement speaks of an action such as ``s3:GetObject``, NotAction read as what remains."""
        if self.not_actions:
            return not any(matches(pattern, action, any_case=True) for pattern in self.not_actions)
        return any(matches(pattern, action, any_case=True) for pattern in self.actions)

    def tests(self, key: str) -> tuple[Condition, ...]:
        """Return the tests of one condition key."""
        return tuple(condition for condition in self.conditions if condition.names(key))


@dataclass(frozen=True)
class Document:
    """A policy document as far as it can be read; `raw` is the decoded object."""

    version: str | None
    statements: tuple[Statement, ...]
    problems: tuple[str, ...]
    raw: Mapping[str, Any]


@dataclass(frozen=True)
class Held:
    """A document at its place on a resource.

    `document` is what a rule judges: the rendered one where it is known, else the planned one, references and all;
    None where there is neither, and then `unread` is true. `planned` is the plan of the component for this place.
    """

    reading: Reading
    holder: Holder
    document: Document | None
    rendered: Document | None
    planned: Document | None

    @property
    def where(self) -> str:
        """The place of the document on its resource, such as ``inlinePolicies[0].policy``."""
        return self.reading.where

    @property
    def unread(self) -> bool:
        """Whether a document is there and nobody can read it."""
        return self.document is None


def held(resource: Resource, *holders: Holder) -> Iterator[Held]:
    """Yield the documents that a resource holds, of the given kinds or of all; absent ones not."""
    for path, holder in PLACES.get(resource.type, {}).items():
        if not holders or holder in holders:
            for found in resource.each(path):
                if found.given:
                    yield _held(resource, found, holder)


def statements(resource: Resource, *holders: Holder) -> Iterator[tuple[Held, Statement]]:
    """Yield the statements of the documents of a resource.

    A document that nobody can read has none: `iam-policy-is-known-or-planned` refuses it.
    """
    for document in held(resource, *holders):
        for statement in document.document.statements if document.document else ():
            yield document, statement


def _held(resource: Resource, found: Reading, holder: Holder) -> Held:
    plan = plans.planned(resource, found.where)
    planned = parse(plan) if plan is not None else None
    rendered = None if found.unknown else parse(found.value)
    return Held(found, holder, rendered or planned, rendered, planned)


@lru_cache(maxsize=4096)
def _pattern(pattern: str, flags: int) -> re.Pattern[str]:
    # Square brackets are plain characters in IAM; only the star and the question mark are wild.
    return re.compile(translate(pattern.replace("[", "[[]")), flags)


def matches(pattern: str, text: str, *, any_case: bool = False) -> bool:
    """Return whether a text fits an IAM pattern with ``*`` and ``?``."""
    return _pattern(pattern, re.IGNORECASE if any_case else 0).match(text) is not None


def parse(value: Wire) -> Document:
    """Return a document from JSON text or an object."""
    return _of_text(value) if isinstance(value, str) else _of_object(value)


@lru_cache(maxsize=512)
def _of_text(text: str) -> Document:
    # Many rules read the same text, and many tenants hold the same document.
    try:
        return _of_object(json.loads(text))
    except (ValueError, RecursionError):
        return Document(None, (), ("the text is no JSON",), {})


def _of_object(value: Wire) -> Document:
    if not isinstance(value, dict):
        return Document(None, (), ("the document is no object",), {})
    problems: list[str] = []
    written = value.get("Statement")
    listed = [written] if isinstance(written, dict) else written
    if not isinstance(listed, list) or not listed:
        problems.append("Statement is missing or empty")
        listed = []
    statements = [
        statement for number, raw in enumerate(listed) if (statement := _statement(raw, number, problems)) is not None
    ]
    version = value.get("Version")
    return Document(version if isinstance(version, str) else None, tuple(statements), tuple(problems), value)


def _statement(raw: Wire, number: int, problems: list[str]) -> Statement | None:
    where = f"Statement[{number}]"
    if not isinstance(raw, dict):
        problems.append(f"{where} is no object")
        return None
    strange = sorted(set(raw) - ELEMENTS)
    if strange:
        problems.append(f"{where} has unknown elements: {', '.join(strange)}")
    effect = raw.get("Effect")
    if effect not in ("Allow", "Deny"):
        problems.append(f"{where}.Effect is neither Allow nor Deny")
    return Statement(
        position=number,
        sid=str(raw.get("Sid", "")),
        effect=str(effect),
        actions=_texts(raw, "Action", where, problems),
        not_actions=_texts(raw, "NotAction", where, problems),
        resources=_texts(raw, "Resource", where, problems),
        not_resources=_texts(raw, "NotResource", where, problems),
        principals=_principals(raw, "Principal", where, problems),
        not_principals=_principals(raw, "NotPrincipal", where, problems),
        conditions=_conditions(raw.get("Condition"), where, problems),
        raw=raw,
    )


def _texts(raw: Mapping[str, Any], key: str, where: str, problems: list[str]) -> tuple[str, ...]:
    value = raw.get(key)
    if value is None:
        return ()
    listed = value if isinstance(value, list) else [value]
    if not all(isinstance(one, str) for one in listed):
        problems.append(f"{where}.{key} holds something else than text")
    return tuple(one for one in listed if isinstance(one, str))


def _principals(raw: Mapping[str, Any], key: str, where: str, problems: list[str]) -> dict[str, tuple[str, ...]]:
    value = raw.get(key)
    if value is None:
        return {}
    if value == "*":
        return {"*": ("*",)}
    if not isinstance(value, dict):
        problems.append(f'{where}.{key} is neither "*" nor a map')
        return {}
    return {kind: _texts(value, kind, f"{where}.{key}", problems) for kind in value}


def _conditions(raw: Wire, where: str, problems: list[str]) -> tuple[Condition, ...]:
    if raw is None:
        return ()
    if not isinstance(raw, dict) or not all(isinstance(tests, dict) for tests in raw.values()):
        problems.append(f"{where}.Condition is no map of operators to keys")
        return ()
    return tuple(_condition(operator, key, values) for operator, tests in raw.items() for key, values in tests.items())


def _condition(operator: str, key: str, values: Wire) -> Condition:
    quantifier, _, rest = operator.lower().rpartition(":")
    base = rest.removesuffix("ifexists")
    listed = values if isinstance(values, list) else [values]
    texts = tuple(("true" if one else "false") if isinstance(one, bool) else str(one) for one in listed)
    return Condition(operator, key, texts, base, quantifier, if_exists=base != rest)
