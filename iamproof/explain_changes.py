"""Changes of a request that may make a difference: other values of context keys, another resource, another action.

Values come from the policies themselves: what they mention (variables filled in from the request, `*` and `?`
replaced by text), the neighbours of numbers, dates and address ranges, both booleans, and no value at all. The caller
is never changed, and neither is what follows from the caller or from the resource's account.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from iamproof.conditions import condition_holds
from iamproof.environment import CaseError, Request
from iamproof.matching import ARN_COMPONENTS, Glob, Wildcard
from iamproof.model import Effect
from iamproof.operators import Family, Quantifier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from decimal import Decimal

    from iamproof.model import Condition, Policy
    from iamproof.variables import Context

ACTION, RESOURCE = "action", "resource"
ANY_VALUE = "any-value"
"""Stands for a key that must be there where no policy mentions a value of it."""
FIXED = ("aws:principal", "aws:username", "aws:userid", "aws:resourceaccount", "aws:resourceorg")
"""Beginnings of keys that follow from the caller or from who owns the resource."""
_OWNER = "aws:resourceaccount"
"""Tried all the same where the request leaves open whose the resource is."""
_BY_SERVICES = ("aws:viaawsservice", "aws:calledvia")


@dataclass(frozen=True)
class Change:
    """One changed part of a request: a context key (`part` is its name in small letters), the resource or the action.

    `before` and `after` are the values; none is a missing key.
    """

    part: str
    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    def apply(self, request: Request) -> Request:
        """Return the changed request; CaseError where there can be no such request."""
        if self.part == ACTION:
            return replace(request, action=self.after[0])
        if self.part == RESOURCE:
            return replace(request, resource=self.after[0])
        context = {key: value for key, value in request.context.items() if key.lower() != self.part}
        return replace(request, context={**context, self.name: self.after or None})

    def to_dict(self) -> dict[str, Any]:
        """Return the change as JSON; `key` is there for a context key, and null is a missing key."""
        if self.part in {ACTION, RESOURCE}:
            return {"part": self.part, "from": self.before[0], "to": self.after[0]}
        before, after = (None if not values else list(values) for values in (self.before, self.after))
        return {"part": "context", "key": self.name, "from": before, "to": after}

    def __str__(self) -> str:
        """Return the change in words."""
        if self.part == ACTION:
            return f"with the action {self.after[0]}"
        if self.part == RESOURCE:
            return f"on {self.after[0]}"
        had = f"the request has {shown_values(self.before)}" if self.before else "the request has none"
        if not self.after:
            return f"without {self.name} ({had})"
        if self.after == (ANY_VALUE,):
            return f"with a value of {self.name} ({had})"
        return f"with {self.name} = {shown_values(self.after)} ({had})"


def shown_values(values: Iterable[str]) -> str:
    """Return values of a key for a sentence."""
    return ", ".join(repr(value) for value in values)


def changes(policies: Iterable[Policy], request: Request, context: Context) -> Mapping[str, tuple[Change, ...]]:
    """Return the changes to try, by part: context keys as the policies mention them, then resource, then action."""
    policies = tuple(policies)
    keys = _context_changes(policies, context)
    late = [part for part in keys if part.startswith(_BY_SERVICES)]
    out = {part: keys[part] for part in (*(part for part in keys if part not in late), *late)}
    out[RESOURCE] = tuple(_possible(request, _resources(policies, request, context)))
    out[ACTION] = tuple(_possible(request, _actions(policies, request)))
    return out


def _possible(request: Request, found: Iterable[Change]) -> Iterator[Change]:
    for change in dict.fromkeys(found):
        try:
            change.apply(request)
        except CaseError:
            continue
        yield change


def _conditions(policies: Iterable[Policy]) -> Iterator[Condition]:
    for policy in policies:
        for statement in policy.statements:
            yield from statement.conditions


def _context_changes(policies: Iterable[Policy], context: Context) -> dict[str, tuple[Change, ...]]:
    names: dict[str, str] = {}
    found: dict[str, list[tuple[str, ...]]] = {}
    for condition in _conditions(policies):
        if condition.name.startswith(FIXED) and not (condition.name == _OWNER and _OWNER not in context):
            continue
        names.setdefault(condition.name, condition.key)
        found.setdefault(condition.name, []).extend(_values(condition, context))
    out: dict[str, tuple[Change, ...]] = {}
    for key, values in found.items():
        before = context.get(key, ())
        tried = dict.fromkeys((*values, *(() if values or before else ((ANY_VALUE,),)), ()))
        out[key] = tuple(Change(key, names[key], before, after) for after in tried if after != before)
    return out


def _values(condition: Condition, context: Context) -> Iterator[tuple[str, ...]]:
    """The values of a key that a condition tells apart."""
    single = [value for value in _mentioned(condition, context) if value]
    yield from ((value,) for value in single)
    if condition.operator.quantifier is Quantifier.SINGLE:
        return
    if single:
        yield tuple(dict.fromkeys(single))
    here = context.get(condition.name, ())
    fitting = [value for value in here if condition_holds(condition, {**context, condition.name: (value,)}).exact]
    for part in (fitting, [value for value in here if value not in fitting]):
        if part:
            yield tuple(part)


def _mentioned(condition: Condition, context: Context) -> Iterator[str]:
    family = condition.operator.comparison.family
    for value, text in zip(condition.values, condition.texts, strict=True):
        match family:
            case Family.STRING | Family.ARN:
                glob = value.resolve(context).exact
                if glob is not None:
                    yield example(glob, (context.get(condition.name) or ("",))[0], tail="")
            case Family.NUMERIC:
                yield from (text, f"{value + 1:f}", f"{value - 1:f}")
            case Family.DATE:
                yield from (text, _date(value + 1), _date(value - 1))
            case Family.BOOL:
                yield from ("true", "false")
            case Family.BINARY:
                yield text
            case Family.ADDRESS:
                yield from _addresses(value)


def _date(seconds: Decimal) -> str:
    try:
        return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        return str(int(seconds))


def _addresses(network: Any) -> Iterator[str]:  # noqa: ANN401  IPv4Network and IPv6Network share no public base
    """The first address of the range and those on both sides of it."""
    yield str(network.network_address)
    for edge, step in ((network.network_address, -1), (network.broadcast_address, 1)):
        try:
            yield str(edge + step)
        except ValueError:
            continue


def example(glob: Glob, like: str, *, tail: str) -> str:
    """Return a text that the glob matches: a component that is all `*` as in the ARN `like`, a last `*` as `tail`."""
    own = like.split(":", ARN_COMPONENTS - 1)
    parts = glob.components
    if len(own) < ARN_COMPONENTS or len(parts) < ARN_COMPONENTS:
        return _filled(glob, tail)
    filled = [
        mine if part.tokens == (Wildcard.MANY,) else _filled(part, tail) for part, mine in zip(parts, own, strict=True)
    ]
    return ":".join(filled)


def _filled(glob: Glob, tail: str) -> str:
    *front, last = glob.tokens or ("",)
    texts = [token if isinstance(token, str) else "x" for token in front]
    end = last if isinstance(last, str) else tail if last is Wildcard.MANY else "x"
    return "".join((*texts, end))


def _resources(policies: Iterable[Policy], request: Request, context: Context) -> Iterator[Change]:
    """Resources of the same service that the policies mention."""
    service = request.action.partition(":")[0].lower() if request.resource == "*" else request.resource.split(":")[2]
    tail = request.resource.rpartition(":")[2].rpartition("/")[2].replace("*", "") or "x"
    for policy in policies:
        for statement in policy.statements:
            for pattern in statement.resources or ():
                glob = pattern.template.resolve(context).exact
                if glob is None:
                    continue
                found = example(glob, request.resource, tail=tail)
                if found.split(":")[2:3] == [service] and found != request.resource:
                    yield Change(RESOURCE, RESOURCE, (request.resource,), (found,))


def _actions(policies: Iterable[Policy], request: Request) -> Iterator[Change]:
    """Actions of the same service that an Allow names without wildcards."""
    service = request.action.lower().partition(":")[0]
    for policy in policies:
        for statement in policy.statements:
            if statement.effect is not Effect.ALLOW or statement.not_actions:
                continue
            for action in statement.actions:
                named = action.lower()
                if (
                    named.partition(":")[0] == service
                    and not {"*", "?"} & set(named)
                    and named != request.action.lower()
                ):
                    yield Change(ACTION, ACTION, (request.action,), (action,))
