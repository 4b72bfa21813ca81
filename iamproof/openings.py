"""A question to a set of requests, taken apart until only single keys are left open.

First the action is fixed (a class of actions at a time), then the keys that policy variables stand for, then the
resource (a class at a time). What is left is a goal over keys each of which is tested for itself, and `search` decides
it. Each class stands for all its members, so that nothing is passed over.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial, reduce
from operator import or_
from typing import TYPE_CHECKING

from iamproof import facts
from iamproof.action_classes import UNKNOWN_ACTION, action_classes, asked_actions, services_of, within_reach
from iamproof.action_sets import covered_by, set_of
from iamproof.arns import arn_account
from iamproof.axioms import canonical, follows_from_principal, of_kind
from iamproof.compilation import Head
from iamproof.context import context_of
from iamproof.environment import Request
from iamproof.goals import NEVER
from iamproof.matching import Glob
from iamproof.mentions import keys_of, statements_of
from iamproof.opening import Notes, Opening, Solved, names_of, owners_of, partition_of, plain
from iamproof.partition import classes
from iamproof.query import AnyString, Missing
from iamproof.requirements import asks_trust
from iamproof.settled import Settled, always_holds
from iamproof.shapes import arn_shape, segment_shape, text_shape
from iamproof.solving import Solving
from iamproof.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from iamproof.action_classes import ActionClass, Asked
    from iamproof.goals import Goal
    from iamproof.model import Statement
    from iamproof.query import Query, Values
    from iamproof.search import Fewest
    from iamproof.situations import Situation
    from iamproof.sources import Fixed
    from iamproof.variables import Context

_ENDPOINT, _OWNER, _TAG = "aws:sourcevpce", "aws:resourceaccount", "aws:principaltag/"

Aim = Callable[[tuple[Head, ...]], "Goal"]
"""Makes the goal for a request, one head for each environment."""


class Openings:
    """One question about one principal, in one situation or in two that are compared."""

    def __init__(
        self,
        situations: tuple[Situation, ...],
        query: Query,
        aim: Aim,
        notes: Notes,
        *,
        allowed_in: int | None,
        fewest: Fewest | None = None,
        rests_on: frozenset[int] | None = None,
    ) -> None:
        """`aim` returns the goal for a request whose action, resource and principal are fixed.

        `allowed_in` says that the goal is reached only by requests that are allowed in the situation at that place,
        None that it may be by others; `rests_on` that one of the statements with these ids is about the action. With
        `fewest` only requests are found that have no more keys than it says.
        """
        self._needs_allow = allowed_in is not None and len(situations) == 1
        self._allowing = None if allowed_in is None else situations[allowed_in].environment
        self._rests_on = rests_on
        self.notes = notes
        self._fewest = fewest
        self._principal = situations[0].principal
        self._open_tags, self._stands_for = situations[0].open_tags, situations[0].stands_for
        self._listed_tags = frozenset(tag.lower() for tag in self._principal.tags)
        self._services = [frozenset(situation.services) for situation in situations if situation.services]
        self._environments = environments = tuple(situation.environment for situation in situations)
        self._within = (query.asked, *(situation.within for situation in situations))
        self._owners = [owners_of(texts) for texts in self._within]
        self._bare = all("*" in texts for texts in self._within)
        self._query = query
        self._aim = aim
        self._statements = tuple({id(statement): statement for statement in statements_of(environments)}.values())
        self._asked: dict[str, list[Values]] = {}
        for said in (query.keys, *(situation.context for situation in situations)):
            for key, values in said.items():
                self._asked.setdefault(canonical(key), []).append(values)
        spelled = (*query.context, *(f"aws:PrincipalTag/{tag}" for tag in query.tags), *keys_of(self._statements))
        if any(environment.endpoint for environment in environments):
            spelled = (*spelled, "aws:SourceVpce")
        self.written = {name.lower(): name for name in reversed(spelled)}
        self._names = frozenset({*self._asked, *self.written})
        self._open = frozenset(
            name for name in self._names if self._is_free(name) and of_kind(name, self._principal.kind)
        )
        self._solving = Solving(self._asked, notes, fewest, blank=query.blank_lists)
        self._covered: dict[int, int] = {}
        self._left: Settled | None = None
        self._reachable: dict[tuple[object, ...], bool] = {}

    def means(self, request: Request) -> bool:
        """Whether the query, in its situation, means a request."""
        known = self._context(request)
        fitting = all(values.admits(known.get(key, ())) for key, said in self._asked.items() for values in said)
        return fitting and all(request.resource in texts for texts in self._within)

    def found(self) -> Iterator[Opening]:
        """Yield requests for which the goal is reached; where there is none, no request reaches it."""
        named = services_of(self._statements).union(*self._services)
        asked = asked_actions(self._query.patterns, named, self._query.but)
        self._covered = {id(statement): covered_by(statement) for statement in self._statements}
        self._left = self._settled()
        unnamed = False
        for group in self._groups(asked):
            if group.action == UNKNOWN_ACTION:
                unnamed = any(True for _ in self._of_action(group))
            else:
                yield from self._of_action(group)
        # Services that no policy names come last, and only if an action of theirs may get through.
        for other in facts.services() if unnamed else ():
            if self._has_one():
                return
            if other not in named:
                for each in self._groups(asked_actions((f"{other}:*",), named, self._query.but)):
                    yield from self._of_action(each)

    def _doubt_names(self, relevant: list[Statement]) -> None:
        """Note which variables hold what the principal has in its own name, where it stands for others."""
        held = {variable.key.lower(): variable.key for statement in relevant for variable in statement.variables}
        for key, written in held.items():
            of_name = follows_from_principal(key) and not key.startswith(_TAG)
            if of_name and self._context(Request(UNKNOWN_ACTION, "*", self._principal)).get(key):
                self.notes.doubts[f"{written} stands for a variable, and somebody who is not listed has any name"] = (
                    None
                )

    def _has_one(self) -> bool:
        """Whether one request is enough, and was found."""
        return self._fewest is not None and self._fewest.keys is not None

    def _groups(self, asked: Asked) -> tuple[ActionClass, ...]:
        chosen = within_reach(asked, tuple(self._owners), bare=self._bare)
        for services in self._services:
            chosen &= set_of(action for action in asked.order if action.partition(":")[0] in services)
        if self._rests_on is not None:
            basis = (covered for each, covered in self._covered.items() if each in self._rests_on)
            chosen &= reduce(or_, basis, 0)
        self.notes.questions += 1
        if self._left:
            chosen = self._left.left(chosen)
        if not chosen & asked.actions:
            return ()
        return action_classes(asked, chosen, frozenset(self._covered.values()), self._open)

    def _settled(self) -> Settled | None:
        """Return what statements settle; None where they may settle nothing of it alone."""
        environment = self._allowing
        if environment is None or environment.resource_account is None:
            return None
        known = self._context(Request(UNKNOWN_ACTION, "*", self._principal))
        holds = partial(always_holds, free=self._is_free, fixed=known, asked=self._asked)
        return Settled(self._principal, environment, holds, self._covered)

    def _covering(self, action: str) -> Callable[[Statement], bool]:
        bit = set_of((action,))
        return lambda statement: bool(self._covered[id(statement)] & bit)

    def _of_action(self, group: ActionClass) -> Iterator[Opening]:
        if self._left and not self._left.left(set_of((group.action,)), group.accepted.owners):
            return
        covering = self._covering(group.action)
        relevant = [*filter(covering, self._statements)]
        open_ = group.carried
        base = self._context(Request(group.action, "*", self._principal))
        sources = Sources(relevant, lambda key: key in open_ and key not in base, self._asked)
        if self._stands_for:
            self._doubt_names(relevant)
        for key in sources.keys:
            known = facts.condition_key(key)
            if known is None or known.type.multi_valued:
                self.notes.doubts[f"{key} stands for a variable and may have several values"] = None
        for fixed in sources.fixed(base):
            left = open_.difference(*(names_of(self._names, key) for key in sources.keys))
            if self._needs_allow and not self._is_reachable(group, relevant, left, fixed):
                continue
            chosen = {key: plain(fixed.context[key]) for key in sources.keys if key in fixed.context}
            for resource in self._resources(group, relevant, fixed.context):
                request = Request(group.action, resource, self._principal, chosen)
                if _OWNER in self._names:
                    # Whoever owns the resource, the key is there.
                    owner = self._context(request).get(_OWNER, ())
                    request = replace(request, context={**chosen, _OWNER: plain(owner)})
                for solved in self._of_request(request, left, unnamed=bool(fixed.unnamed)):
                    names = {key: names_of(left, key) for key in solved.domains}
                    named = tuple(self.written.get(key, key) for key in sources.keys)
                    yield Opening(request, solved, names, fixed.unnamed, named)

    def _is_reachable(self, group: ActionClass, relevant: list[Statement], left: frozenset[str], fixed: Fixed) -> bool:
        """Whether the goal is reached for some keys, as far as that can be said before there is a resource.

        It is for all actions that the same statements cover, that carry the same keys and that ask a trust policy.
        """
        if self._environments[0].resource_account is None:
            return True
        asked = asks_trust(group.action), tuple(map(id, relevant)), left, tuple(fixed.context.items()), fixed.unnamed
        if asked not in self._reachable:
            chosen = {key: plain(values) for key, values in fixed.context.items()}
            request = Request(group.action, "*", self._principal, chosen)
            found = self._of_request(request, left, unnamed=bool(fixed.unnamed), any_resource=True)
            self._reachable[asked] = any(True for _ in found)
        return self._reachable[asked]

    def _is_free(self, key: str) -> bool:
        """Whether a key follows neither from the principal nor from the resource."""
        if self._open_tags and key.startswith(_TAG):
            return key.removeprefix(_TAG) not in self._listed_tags
        return key != _OWNER and not follows_from_principal(key)

    def _context(self, request: Request) -> Context:
        """Return the keys of a request that are not open, the resource's owner among them."""
        environment = self._environments[0]
        known = dict(context_of(request, environment))
        owner = environment.account_of(request)
        if _OWNER not in known and owner:
            known[_OWNER] = (owner,)
        return known

    def _resources(self, group: ActionClass, relevant: list[Statement], context: Context) -> Iterator[str]:
        """Yield a resource of each class, of those that the action accepts and the query means."""
        asked = self._within
        owner = self._environments[0].resource_account
        accounts = {owner, self._environments[0].account, self._principal.account} - {None}
        shapes = {arn_shape(Glob.of(f"arn:*:*:*:{account}:*")) for account in accounts}
        shapes |= {text_shape(glob) for texts in asked for glob in texts.globs}
        for statement in relevant:
            for pattern in statement.resources or ():
                for glob in {each for each in pattern.template.resolve(context) if each is not None}:
                    shapes |= {text_shape(glob), segment_shape(glob)}
        within = [tuple(map(text_shape, texts.like)) for texts in asked if texts.like is not None]
        # Nobody reaches into another partition.
        within.append((text_shape(Glob.of(f"arn:{partition_of(self._principal)}:*")),))
        found = (
            classes(frozenset(filter(None, shapes)), (group.accepted.forms, *within)) if group.accepted.forms else ()
        )
        nearest = sorted(found, key=lambda resource: arn_account(resource) not in accounts)
        for resource in (*nearest, *(("*",) if group.accepted.bare else ())):
            if all(resource in texts for texts in asked) and (owner or "") in {"", arn_account(resource) or owner}:
                yield resource

    def _of_request(
        self, request: Request, open_: frozenset[str], *, unnamed: bool, any_resource: bool = False
    ) -> Iterator[Solved]:
        fixed = self._context(request)
        covering = self._covering(request.action)
        for key, said in self._asked.items():
            if key not in open_ and not all(values.admits(fixed.get(key, ())) for values in said):
                return
        for more in self._endpoint_cases(open_):
            has_endpoint = bool(fixed.get(_ENDPOINT)) or more.get(_ENDPOINT) is AnyString
            heads = tuple(
                Head(request, environment, fixed, open_.__contains__, has_endpoint, covering, unnamed, any_resource)
                for environment in self._environments
            )
            self.notes.questions += 1
            goal = self._aim(heads)
            if goal is not NEVER:
                keys = 0 if any_resource else sum(values is not None for values in request.context.values())
                yield from self._solving.solve(goal, fixed, open_, more, keys)

    def _endpoint_cases(self, open_: frozenset[str]) -> Iterator[Mapping[str, Values]]:
        """Under BRACKET the policy of an endpoint counts where the request has aws:SourceVpce: both are asked."""
        if _ENDPOINT in open_ and any(environment.endpoint for environment in self._environments):
            yield {_ENDPOINT: Missing}
            yield {_ENDPOINT: AnyString}
        else:
            yield {}
