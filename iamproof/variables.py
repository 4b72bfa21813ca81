"""Policy variables: `${key}`, `${key, 'default'}` and the escapes `${*}`, `${?}`, `${$}`.

Source: IAM User Guide, "IAM policy elements: Variables and tags". Variables exist in Version 2012-10-17 only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from iamproof.matching import Glob, Token, Wildcard, wildcard_tokens

Context = Mapping[str, tuple[str, ...]]
"""Context keys in small letters with their values; a missing key is missing."""

CONDITION_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*:[^${}*?,\x00-\x1f]*[^${}*?,\s]")
"""The form of a condition key: a prefix, a colon and a name, with or without a tag key or similar after a slash."""

_OPENING = re.compile(r"\$\{(?P<inside>[^}]*)(?P<closing>\}?)")
_DEFAULT = re.compile(r"(?P<key>[^,]*?)\s*,\s*'(?P<default>(?:[^']|'')*)'\s*")
_WILD = frozenset({"*", "?"})
_ESCAPES = ("*", "?", "$")


@dataclass(frozen=True)
class Variable:
    """A variable and the text to use where the request has no value for it."""

    key: str
    default: str | None = None


class Resolved(NamedTuple):
    """A template with the request's values: None where it has no value and so matches nothing.

    `wide` matches whatever `exact` does, and more where it is undocumented how a value is inserted.
    """

    exact: Glob | None
    wide: Glob | None


@dataclass(frozen=True)
class Template:
    """Text of a policy: literal text, wildcards where the element has them, and variables."""

    parts: tuple[Token | Variable, ...]
    wildcards: bool

    @cached_property
    def variables(self) -> tuple[Variable, ...]:
        """The variables that it holds."""
        return tuple(part for part in self.parts if isinstance(part, Variable))

    @cached_property
    def _constant(self) -> Resolved | None:
        if self.variables:
            return None
        glob = Glob.join(part for part in self.parts if not isinstance(part, Variable))
        return Resolved(glob, glob)

    def resolve(self, context: Context) -> Resolved:
        """Put the request's values in.

        A value is inserted as literal text; the wide reading takes `*` and `?` in it as wildcards. A key with several
        values has no value for a variable; the wide reading lets the variable stand for any text.
        """
        if self._constant is not None:
            return self._constant
        exact: list[Token] | None = []
        wide: list[Token] | None = []
        alike = True
        for part in self.parts:
            narrow, broad = _tokens(part, context, wildcards=self.wildcards)
            alike = alike and narrow is broad
            exact = None if exact is None or narrow is None else [*exact, *narrow]
            wide = None if wide is None or broad is None else [*wide, *broad]
        narrow_glob = None if exact is None else Glob.join(exact)
        return Resolved(narrow_glob, narrow_glob if alike else None if wide is None else Glob.join(wide))


_Tokens = tuple[Token, ...] | None


def _tokens(part: Token | Variable, context: Context, *, wildcards: bool) -> tuple[_Tokens, _Tokens]:
    if not isinstance(part, Variable):
        plain = (part,)
        return plain, plain
    values = context.get(part.key.lower(), ())
    if len(values) > 1:
        return None, (Wildcard.MANY,)
    if not values:
        default = None if part.default is None else (part.default,)
        return default, default
    text = (values[0],)
    return text, wildcard_tokens(values[0]) if wildcards and not _WILD.isdisjoint(values[0]) else text


def parse_template(text: str, *, variables: bool, wildcards: bool) -> tuple[Template, tuple[str, ...]]:
    """Read policy text; return the template and what is wrong with its variables.

    Without `variables` (Version 2008-10-17, or an operator that takes none) everything but wildcards is literal.
    """
    problems: list[str] = []
    parts: list[Token | Variable] = []
    position = 0
    for found in _OPENING.finditer(text) if variables else ():
        parts += _plain(text[position : found.start()], wildcards=wildcards)
        position = found.end()
        part, problem = _variable(found)
        parts.append(part)
        problems += problem
    parts += _plain(text[position:], wildcards=wildcards)
    return Template(tuple(parts), wildcards), tuple(problems)


def _plain(text: str, *, wildcards: bool) -> tuple[Token, ...]:
    return wildcard_tokens(text) if wildcards else (text,)


def _variable(found: re.Match[str]) -> tuple[str | Variable, list[str]]:
    inside = found["inside"]
    if not found["closing"]:
        return "", [f"{found[0]!r} opens a policy variable and does not close it: add }} or write ${{$}} for a dollar"]
    if inside in _ESCAPES:
        return inside, []
    with_default = _DEFAULT.fullmatch(inside)
    key = with_default["key"] if with_default else inside
    if not CONDITION_KEY.fullmatch(key):
        allowed = "write ${key}, ${key, 'default'}, ${*}, ${?} or ${$}, the key as in aws:PrincipalTag/team"
        return "", [f"{found[0]!r} is no policy variable: {allowed}"]
    return Variable(key, with_default["default"].replace("''", "'") if with_default else None), []
