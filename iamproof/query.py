"""What a claim asks about: a set of requests, described by patterns and values.

A query that names an action, a resource pattern and some keys leaves everything else free: a proof then holds for every
value of it, a missing key included.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from iamproof.environment import CaseError
from iamproof.matching import Glob
from iamproof.parse import ACTION as _ACTION
from iamproof.variables import CONDITION_KEY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from iamproof.principal import PrincipalKind


@dataclass(frozen=True)
class Texts:
    """A set of texts: those that one of `like` matches (any text for None) and none of `other_than` does."""

    like: tuple[Glob, ...] | None = None
    other_than: tuple[Glob, ...] = ()

    def __contains__(self, text: str) -> bool:
        if any(glob.matches(text) for glob in self.other_than):
            return False
        return self.like is None or any(glob.matches(text) for glob in self.like)

    @property
    def globs(self) -> tuple[Glob, ...]:
        """Every pattern that the set is described by."""
        return (*(self.like or ()), *self.other_than)

    @cached_property
    def listed(self) -> tuple[str, ...] | None:
        """The texts themselves where they are finitely many, else None."""
        if self.like is None or any(not isinstance(token, str) for glob in self.like for token in glob.tokens):
            return None
        texts = ("".join(token for token in glob.tokens if isinstance(token, str)) for glob in self.like)
        return tuple(text for text in texts if text in self)


@dataclass(frozen=True)
class Values:
    """Which values one context key may have in a request of a query.

    `missing` says whether the key may be missing, `present` whether it may be there. If it is, each value is one of
    `every`, and for each set of `some` there is a value in it. Make one with the names below.
    """

    missing: bool = False
    present: bool = True
    every: Texts = Texts()
    some: tuple[Texts, ...] = ()

    def or_missing(self) -> Values:
        """Return the same, and the missing key as well."""
        return replace(self, missing=True)

    def but(self, *patterns: str) -> Values:
        """Return the same without the values that match a pattern."""
        more = tuple(map(Glob.of, patterns))
        return replace(self, every=replace(self.every, other_than=(*self.every.other_than, *more)))

    def admits(self, values: tuple[str, ...]) -> bool:
        """Whether a key with these values, none for a missing key, is meant."""
        if not values:
            return self.missing
        if not self.present or not all(value in self.every for value in values):
            return False
        return all(any(value in texts for value in values) for texts in self.some)

    @property
    def globs(self) -> tuple[Glob, ...]:
        """Every pattern that the values are described by."""
        return (*self.every.globs, *(glob for texts in self.some for glob in texts.globs))


Anything = Values(missing=True)
"""Any value, and the missing key: what holds for each key that a query does not name."""
AnyString = Values()
"""Any value; the key is there."""
Missing = Values(missing=True, present=False)
"""The key is not in the request."""


def Equals(*texts: str) -> Values:  # noqa: N802  reads like the values it makes
    """Return exactly these texts; `*` and `?` are themselves. For a multi-valued key: each value is one of them."""
    return Values(every=Texts(tuple(Glob.join((text,)) for text in texts)))


def Like(*patterns: str) -> Values:  # noqa: N802  as above
    """Return the texts that match one of the patterns. For a multi-valued key: each value does."""
    return Values(every=Texts(tuple(map(Glob.of, patterns))))


def OtherThan(*patterns: str) -> Values:  # noqa: N802  as above
    """Return the texts that match none of the patterns; the key is there."""
    return Values(every=Texts(other_than=tuple(map(Glob.of, patterns))))


def Contains(values: str | Values) -> Values:  # noqa: N802  as above
    """Return, for a multi-valued key, lists of which one value is this text or one of these texts."""
    texts = Texts((Glob.join((values,)),)) if isinstance(values, str) else values.every
    return Values(some=(texts,))


@dataclass(frozen=True)
class Query:
    """A set of requests.

    `actions` are patterns such as ``s3:Get*``; `resources` a pattern, several, or `Values` such as
    ``Like("arn:aws:s3:::b/users/*").but("arn:aws:s3:::b/users/alice/*")``; `context` maps condition keys to `Values`
    (a plain text stands for `Equals`). `principals` narrows who asks by ARN and `kinds` by kind; `tags` by principal
    tags, without the prefix of the key. `but` leaves actions out. `sentence` is what a report prints. With
    `blank_lists` a multi-valued key may also hold empty text, on which set operators act as on a missing key; else no
    service is taken to send it.
    """

    actions: tuple[str, ...] | str
    resources: Values | tuple[str, ...] | str = Anything
    context: Mapping[str, Values | str] = field(default_factory=dict, hash=False)
    principals: Values | str = Anything
    kinds: frozenset[PrincipalKind] = frozenset()
    tags: Mapping[str, Values | str] = field(default_factory=dict, hash=False)
    sentence: str = ""
    blank_lists: bool = False
    but: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        problems = [*self._faults()]
        if problems:
            raise CaseError(problems)

    def _faults(self) -> Iterator[str]:
        for key in self.context:
            if not CONDITION_KEY.fullmatch(key):
                yield f"context: {key!r} is no condition key: write prefix:name, such as aws:SourceVpce"
        if len({key.lower() for key in self.context}) != len(self.context):
            yield "context: a key is written twice in different case: write it once"
        if not self.patterns:
            yield "actions: none is given: write at least one, such as s3:GetObject, or *"
        for pattern in (*self.patterns, *self.but):
            if not _ACTION.fullmatch(pattern):
                yield f"actions: {pattern!r} is no action: write service:Action, such as s3:Get*, or *"

    @property
    def patterns(self) -> tuple[str, ...]:
        """The patterns of actions."""
        return (self.actions,) if isinstance(self.actions, str) else self.actions

    @cached_property
    def asked(self) -> Texts:
        """The resources that are meant."""
        if isinstance(self.resources, Values):
            return self.resources.every
        patterns = (self.resources,) if isinstance(self.resources, str) else self.resources
        return Texts(tuple(map(Glob.of, patterns)))

    @cached_property
    def keys(self) -> Mapping[str, Values]:
        """What is said of context keys, by their names in small letters; principal tags are among them."""
        tags = {f"aws:principaltag/{tag}": values for tag, values in self.tags.items()}
        return {key.lower(): as_values(values) for key, values in {**self.context, **tags}.items()}


def as_values(given: Values | str) -> Values:
    """Return the values that a text or values stand for."""
    return Equals(given) if isinstance(given, str) else given
