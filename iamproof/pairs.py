"""Which situations before a change and after it can be one request's, and differ in what decides it."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from iamproof.environment import CaseError
from iamproof.model import Policy
from iamproof.partition import classes
from iamproof.query import Anything
from iamproof.shapes import text_shape
from iamproof.situations import Account, Actor, Situation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamproof.query import Query, Texts, Values

Pair = tuple[Situation, Situation]


def pairs_of(before: Account | Situation, after: Account | Situation, query: Query) -> Iterator[Pair]:
    """Yield the pairs to compare; those are left out that no request can be in, and those that decide alike.

    A principal that only one account lists may do nothing in the other. Raises TypeError for an account and a
    situation, CaseError for two situations that are not of one principal and one owner of the resources.
    """
    if isinstance(before, Situation) and isinstance(after, Situation):
        problems = [*_differences(before, after)]
        if problems:
            raise CaseError(problems)
        yield before, after
        return
    if isinstance(before, Situation) or isinstance(after, Situation):
        raise TypeError("compare takes two accounts or two situations, given one of each")
    before, after = _with_those_of(before, after), _with_those_of(after, before)
    later: dict[tuple[Any, ...], list[Situation]] = {}
    for situation in after.situations(query, before.statements()):
        later.setdefault(_whose(situation), []).append(situation)
    earlier = [*before.situations(query, after.statements())]
    comparison = _Comparison(
        frozenset(each.within for each in earlier),
        frozenset(each.within for several in later.values() for each in several),
    )
    for situation in earlier:
        for other in later.get(_whose(situation), ()):
            if comparison.may_meet(situation, other) and not comparison.is_alike(situation, other):
                yield situation, other


def _differences(before: Situation, after: Situation) -> Iterator[str]:
    """Say why no request can be in both situations."""
    sides = (before, after)
    if len({(side.principal.kind, side.principal.arn) for side in sides}) > 1:
        who = " and ".join(side.principal.arn or side.principal.kind.value for side in sides)
        yield f"compare takes two situations of one principal, given {who}: compare accounts that list both"
    if before.open_tags is not after.open_tags:
        yield "open_tags: must be the same in both situations, since the principal has one set of tags"
    for name in ("account", "resource_account"):
        given = [getattr(side.environment, name) for side in sides]
        if given[0] != given[1]:
            yield f"{name}: must be the same in both situations, given {given[0]} and {given[1]}"


def _whose(situation: Situation) -> tuple[Any, ...]:
    """Return what two situations have in common that can be one request's: who asks, and who owns the resource."""
    principal = situation.principal
    return principal.kind, principal.arn, situation.open_tags, situation.environment.resource_account


def _with_those_of(account: Account, other: Account) -> Account:
    """Return the account with the actors that only the other has, without any policy, and with its strangers."""
    known = {actor.principal.arn for actor in account.actors}
    new = tuple(Actor(principal=each.principal) for each in other.actors if each.principal.arn not in known)
    anybody = tuple(dict.fromkeys((*account.anybody, *other.anybody)))
    return replace(account, actors=(*account.actors, *new), anybody=anybody)


class _Comparison:
    """Remembers what was compared: the same policies and sets of texts come back with every principal.

    `before` and `after` are the sets of resources that either side tells apart.
    """

    def __init__(self, before: frozenset[Texts], after: frozenset[Texts]) -> None:
        self._before, self._after = before, after
        self._met: dict[tuple[Texts, Texts], bool] = {}
        self._same: dict[tuple[int, int], tuple[bool, Policy, Policy]] = {}

    def may_meet(self, left: Situation, right: Situation) -> bool:
        """Whether one request may be in both, as far as resources and context keys tell."""
        for key in left.context.keys() | right.context.keys():
            one, two = left.context.get(key, Anything), right.context.get(key, Anything)
            if not (one.missing and two.missing) and not (one.present and two.present and self._meets(one, two)):
                return False
        these, those = left.within, right.within
        # Where both sides tell both sets apart, a resource is in the same one before and after.
        if these != those and these in self._after and those in self._before:
            return False
        return self._texts_meet(these, those)

    def _meets(self, one: Values, two: Values) -> bool:
        return self._texts_meet(one.every, two.every)

    def _texts_meet(self, one: Texts, two: Texts) -> bool:
        asked = (one, two)
        if asked not in self._met:
            self._met[asked] = _have_one_in_common(one, two)
        return self._met[asked]

    def is_alike(self, left: Situation, right: Situation) -> bool:
        """Whether the same policies decide in both."""
        if dict(left.principal.tags) != dict(right.principal.tags):
            return False
        return all(
            self._decides_alike(getattr(left.environment, field.name), getattr(right.environment, field.name))
            for field in fields(left.environment)
        )

    def _decides_alike(self, left: Any, right: Any) -> bool:  # noqa: ANN401  a field of an environment
        if isinstance(left, Policy) and isinstance(right, Policy):
            return self._says_the_same(left, right)
        if isinstance(left, tuple) and isinstance(right, tuple):
            return len(left) == len(right) and all(map(self._decides_alike, left, right))
        return bool(left == right)

    def _says_the_same(self, left: Policy, right: Policy) -> bool:
        asked = (id(left), id(right))
        if asked not in self._same:
            # Policies are kept beside the answer, so that no id is given to another one meanwhile.
            self._same[asked] = (left.statements == right.statements, left, right)
        return self._same[asked][0]


def _have_one_in_common(one: Texts, two: Texts) -> bool:
    """Whether some text may be in both sets; true where that would take a search of its own."""
    for these, those in ((one, two), (two, one)):
        if these.listed is not None:
            return any(text in those for text in these.listed)
        if these.like is not None and set(these.like) <= set(those.other_than):
            return False
    if one.like is None or two.like is None:
        return True
    shapes = (tuple(map(text_shape, texts.like or ())) for texts in (one, two))
    return bool(classes(frozenset(), tuple(shapes)))
