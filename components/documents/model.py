"""Policy documents as frozen values.

A document never holds a deploy-time value. Where it needs an id that AWS mints it holds a *reference*, written
``{{subnet/apne1-az1}}`` anywhere inside a string; `render` replaces references once the ids are known.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Conditions = Mapping[str, Mapping[str, tuple[str, ...]]]

# Every resource: for denies, and for allowed actions that have no resource type.
ANYTHING = ("*",)

# The principal of a resource policy's statement that speaks of everybody.
EVERYBODY: Mapping[str, tuple[str, ...]] = MappingProxyType({"*": ("*",)})

REFERENCE = re.compile(r"\{\{([a-z0-9][a-z0-9./-]*)\}\}")


class Effect(Enum):
    """What a statement does when it matches."""

    ALLOW = "Allow"
    DENY = "Deny"


def reference(name: str) -> str:
    """Return the text that stands for the id of the resource called `name`, such as ``endpoint/s3``."""
    text = f"{{{{{name}}}}}"
    if not REFERENCE.fullmatch(text):
        raise ValueError(f"{name!r} is no reference: write kind/name in small letters, such as endpoint/s3")
    return text


def settled(text: str, ids: Mapping[str, str]) -> str:
    """Return a text with the references whose ids are known replaced; the others stay."""
    return REFERENCE.sub(lambda found: ids.get(found.group(1), found.group(0)), text)


def actions(service: str, *names: str) -> tuple[str, ...]:
    """Return the names of a service's actions as policies write them, such as ``s3:GetObject``."""
    return tuple(f"{service}:{name}" for name in names)


def when(operator: str, key: str, *values: str) -> Conditions:
    """Return the condition that `key`, compared by `operator`, meets one of the values (none of them, if negated)."""
    if not values:
        raise ValueError(f"{operator} {key}: a condition without values never holds; leave the statement out instead")
    return {operator: {key: values}}


def all_of(*conditions: Conditions) -> Conditions:
    """Return the condition that every given one holds; a repeated operator and key is an error, not an override."""
    merged: dict[str, dict[str, tuple[str, ...]]] = {}
    for operator, tests in ((operator, tests) for condition in conditions for operator, tests in condition.items()):
        for key, values in tests.items():
            if key in merged.setdefault(operator, {}):
                raise ValueError(f"{operator} {key} is given twice: give all its values at once")
            merged[operator][key] = values
    return merged


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One statement; exactly one of `actions`/`not_actions` and at most one of `resources`/`not_resources`.

    `principals` maps a kind (``AWS``, ``Service``) to names; the single entry ``{"*": ("*",)}`` is everybody.
    `conditions` maps operator -> key -> values.
    """

    sid: str
    effect: Effect
    actions: tuple[str, ...] = ()
    not_actions: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    not_resources: tuple[str, ...] = ()
    principals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    conditions: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Z][A-Za-z0-9]*", self.sid):
            raise ValueError(f"Sid {self.sid!r}: write the intent in CamelCase, letters and digits only")
        if bool(self.actions) == bool(self.not_actions):
            raise ValueError(f"{self.sid}: give either actions or not_actions")
        if self.resources and self.not_resources:
            raise ValueError(f"{self.sid}: give resources or not_resources, not both")

    def settled(self, ids: Mapping[str, str]) -> Statement:
        """Return the statement with the references whose ids are known at plan time replaced."""

        def all_settled(texts: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(settled(text, ids) for text in texts)

        return replace(
            self,
            resources=all_settled(self.resources),
            not_resources=all_settled(self.not_resources),
            principals={kind: all_settled(names) for kind, names in self.principals.items()},
            conditions={
                operator: {key: all_settled(values) for key, values in tests.items()}
                for operator, tests in self.conditions.items()
            },
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the statement as IAM writes it; a single value stays a list of one, except for everybody."""
        out: dict[str, Any] = {"Sid": self.sid, "Effect": self.effect.value}
        if self.principals:
            everybody = dict(self.principals) == {"*": ("*",)}
            out["Principal"] = "*" if everybody else {kind: list(names) for kind, names in self.principals.items()}
        for key, values in (
            ("Action", self.actions),
            ("NotAction", self.not_actions),
            ("Resource", self.resources),
            ("NotResource", self.not_resources),
        ):
            if values:
                out[key] = list(values)
        if self.conditions:
            out["Condition"] = {
                operator: {key: list(values) for key, values in tests.items()}
                for operator, tests in self.conditions.items()
            }
        return out


@dataclass(frozen=True, kw_only=True)
class PolicyDocument:
    """A policy document, Version 2012-10-17, with unique Sids."""

    statements: tuple[Statement, ...]

    def __post_init__(self) -> None:
        sids = [statement.sid for statement in self.statements]
        repeated = sorted({sid for sid in sids if sids.count(sid) > 1})
        if repeated or not sids:
            given = ", ".join(repeated) or "none given"
            raise ValueError(f"a document needs statements with unique Sids; repeated: {given}")

    def to_dict(self) -> dict[str, Any]:
        """Return the document as IAM writes it, references and all."""
        return {"Version": "2012-10-17", "Statement": [statement.to_dict() for statement in self.statements]}

    def to_json(self) -> str:
        """Return the document as compact JSON, references and all."""
        return json.dumps(self.to_dict(), separators=(",", ":"))

    def references(self) -> tuple[str, ...]:
        """Return the names of the references that the document holds, sorted, each once."""
        return tuple(sorted(set(REFERENCE.findall(self.to_json()))))

    def settled(self, ids: Mapping[str, str]) -> PolicyDocument:
        """Return the document with the references whose ids are known at plan time replaced."""
        if not ids:
            return self
        return PolicyDocument(statements=tuple(statement.settled(ids) for statement in self.statements))

    def render(self, ids: Mapping[str, str]) -> str:
        """Return the document as JSON with each reference replaced by its id; raises KeyError for one not given."""
        return REFERENCE.sub(lambda found: ids[found.group(1)], self.to_json())


def document(*parts: Statement | Iterable[Statement]) -> PolicyDocument:
    """Return a document of the given statements, groups of statements laid flat in their order."""
    flat: list[Statement] = []
    for part in parts:
        flat.extend([part] if isinstance(part, Statement) else part)
    return PolicyDocument(statements=tuple(flat))
