"""Everybody: principals that nobody listed, in classes that no policy tells apart.

Whoever owns another account gives its principals any policy and any tag; so their own policies allow everything, and
their tags are open.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from iamproof.arns import arn_account
from iamproof.matching import Glob
from iamproof.model import EntryKind
from iamproof.operators import Family
from iamproof.parse import parse_policy
from iamproof.partition import classes
from iamproof.principal import Principal, PrincipalKind
from iamproof.query import Anything, Values, as_values
from iamproof.shapes import arn_shape, identity_shape, text_shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iamproof.model import Condition, Statement
    from iamproof.query import Query
    from iamproof.shapes import Shape

EVERYTHING = parse_policy({"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}, name="anything at all")
_UNNAMED_SERVICE = "any-other.amazonaws.com"
_IDENTITIES = {
    PrincipalKind.ROLE: "role",
    PrincipalKind.USER: "user",
    PrincipalKind.FEDERATED_USER: "federated-user",
    PrincipalKind.ROOT: "root",
}


class Whose(Enum):
    """Whose principals are meant."""

    OTHERS = "of other accounts"
    OWN = "of the account"
    ALL = "of any account"


@dataclass(frozen=True, kw_only=True)
class Anybody:
    """Every principal of these kinds, of other accounts, of the own one or of all, whose ARN is one of `arns`.

    Its own policies allow everything: what is proved of it rests on the policies of resources, endpoints and the
    organization alone.
    """

    whose: Whose = Whose.OTHERS
    kinds: frozenset[PrincipalKind] = frozenset({*_IDENTITIES, PrincipalKind.ANONYMOUS})
    arns: Values = Anything

    def principals(self, account: str, statements: Iterable[Statement], query: Query) -> Iterator[Principal]:
        """Yield a principal of each class that the statements and the query tell apart."""
        statements = tuple(statements)
        unlisted: list[Principal] = []
        if PrincipalKind.ANONYMOUS in self.kinds:
            unlisted.append(Principal.anonymous())
        if PrincipalKind.SERVICE in self.kinds:
            unlisted += map(Principal.service, dict.fromkeys((*_services(statements), _UNNAMED_SERVICE)))
        yield from (each for each in unlisted if as_values(query.principals).admits((each.arn,)))
        for kind, word in _IDENTITIES.items():
            if kind in self.kinds:
                yield from self._identities(kind, word, account, statements, query)

    def _identities(
        self, kind: PrincipalKind, word: str, account: str, statements: tuple[Statement, ...], query: Query
    ) -> Iterator[Principal]:
        asked = (self.arns, as_values(query.principals))
        shapes = {_of_account(account), *_told(statements, word)}
        shapes |= {text_shape(glob) for values in asked for glob in values.globs}
        for arn in classes(frozenset(shapes), ((identity_shape(word),),)):
            own = arn_account(arn) == account
            meant = self.whose is Whose.ALL or own is (self.whose is Whose.OWN)
            if meant and all(values.admits((arn,)) for values in asked):
                yield Principal(kind, arn)


def _of_account(account: str) -> Shape:
    return text_shape(Glob.of(f"arn:aws:*::{account}:*"))


def _services(statements: tuple[Statement, ...]) -> Iterator[str]:
    for statement in statements:
        yield from (entry.value for entry in statement.principals or () if entry.kind is EntryKind.SERVICE)


def _told(statements: tuple[Statement, ...], word: str) -> Iterator[Shape]:
    """How policies tell principals apart: by ARN, account, name, or by naming them."""
    for statement in statements:
        for entry in statement.principals or ():
            if entry.kind is EntryKind.ACCOUNT:
                yield _of_account(arn_account(entry.value) or entry.value)
            elif entry.kind in {EntryKind.ROLE, EntryKind.USER}:
                yield text_shape(Glob.join((entry.value,)))
            elif entry.kind is EntryKind.SESSION:
                yield from _by_session(entry.value)
        for condition in statement.conditions:
            if condition.operator.comparison.family in {Family.STRING, Family.ARN}:
                for text in condition.texts:
                    yield from _by_condition(condition, text, word)


def _by_session(arn: str) -> Iterator[Shape]:
    """Yield the federated user of a session's ARN, and the roles that it may be a session of, whatever their path."""
    yield text_shape(Glob.join((arn,)))
    kind, role, *_ = arn.split(":", 5)[-1].split("/")
    if kind == "assumed-role":
        yield from (text_shape(Glob.of(f"arn:aws:iam::{arn_account(arn)}:role/{path}{role}")) for path in ("", "*/"))


def _by_condition(condition: Condition, text: str, word: str) -> Iterator[Shape]:
    if condition.name == "aws:principalarn":
        glob = Glob.of(text)
        yield text_shape(glob)
        shape = arn_shape(glob)
        yield from (shape,) if shape else ()
    elif condition.name == "aws:principalaccount":
        yield _of_account(text)
    elif condition.name == "aws:username" and word == "user":
        yield from (text_shape(Glob.of(f"arn:aws:iam::*:user/{path}{text}")) for path in ("", "*/"))
