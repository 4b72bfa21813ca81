"""Edits that no row notices, decided by `iamproof.compare`: what an edit newly allows or refuses, over all requests.

An edit may let nothing through where its own lock is all that holds: every deny of whoever carries the least beside
it, the boundary alone, or the policy of the resource alone, everything else being wide open. And it may refuse nothing
that a caller of the stack may really do.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from iamproof import (
    Account,
    Actor,
    Anybody,
    Anything,
    Endpoint,
    Environment,
    Guarded,
    Like,
    Missing,
    Policy,
    Principal,
    PrincipalKind,
    Query,
    Situation,
    Values,
    Whose,
    compare,
    parse_policy,
)
from tests.components.documents.judging import WORLD, lock_of
from tests.components.documents.rows import ALL_ROWS
from tests.components.documents.variants import plain
from tests.components.documents.world import (
    ACCOUNT,
    AUDITOR_ARN,
    BUCKETS,
    DEPLOYER_ARN,
    IDS,
    INGESTION_ARN,
    NAMING,
    SCOPE,
    STRAY,
    Lock,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from iamproof import Difference
    from iamproof.environment import ResourceKind
    from tests.components.documents.mutants import Mutant

EVERY_ACTION = ("*",)
# A principal with what it carries, and its boundary.
Carrier = tuple[Principal, tuple[str, ...], str | None]


@cache
def _parsed(text: str, name: str) -> Policy:
    return parse_policy(json.loads(text), name=name)


class _Side:
    """The documents before an edit, or after it."""

    def __init__(self, edited: Mutant | None) -> None:
        self._documents: Mapping[str, Mapping[str, Any]] = edited.of(WORLD).documents if edited else WORLD.documents

    def policy(self, holder: str, effect: str | None = None) -> Policy | None:
        if holder == "everything":
            return STRAY
        document = self._documents[holder]
        kept = [each for each in document["Statement"] if effect in {None, each["Effect"]}]
        return _parsed(json.dumps({**document, "Statement": kept}), holder) if kept else None

    def policies(self, holders: Iterable[str], effect: str | None = None) -> tuple[Policy, ...]:
        return tuple(policy for holder in holders if (policy := self.policy(holder, effect)))

    def alone(self, mutant: Mutant, holders: frozenset[str], kind: PrincipalKind) -> Situation:
        """Return the situation in which the lock of an edit is all that holds."""
        who = Principal.user(NAMING.iam_arn("user/ml-dev-x")) if kind is PrincipalKind.USER else _ROLE
        if lock_of(mutant) is Lock.BOUNDARY:
            environment = Environment(identity=(STRAY,), boundary=self.policy(mutant.holder))
        elif mutant.effect == "Deny":
            environment = Environment(identity=(*self.policies(sorted(holders), "Deny"), STRAY))
        else:
            environment = Environment(identity=self.policies(sorted(holders), "Allow"))
        return Situation(who, replace(environment, account=ACCOUNT), open_tags=True)

    def guarded(self, mutant: Mutant) -> Account:
        """Return the account in which only the policies of resources and endpoints hold."""
        nameless = mutant.differs.missing.lower() == "aws:principalarn"
        return replace(self.account(mutant, CALLERS[0]), actors=(), anybody=(_NAMELESS if nameless else _ANYBODY,))

    def account(self, mutant: Mutant, caller: Carrier) -> Account:
        """Return the account with one caller, and the edited policy of a resource or an endpoint."""
        policy = self.policy(mutant.holder)
        guarded: tuple[Guarded, ...] = ()
        endpoints: tuple[Endpoint, ...] = ()
        if lock_of(mutant) is Lock.ENDPOINT and policy:
            endpoints = (Endpoint(id=IDS[plain(mutant.holder)], policy=policy),)
        elif policy and lock_of(mutant) is Lock.RESOURCE:
            resources, kind = resources_of(mutant.holder)
            guarded = (Guarded(resources=resources, policy=policy, kind=kind),)
        who, carries, boundary = caller
        actor = Actor(
            principal=who,
            identity=self.policies(carries),
            boundary=self.policy(boundary) if boundary else None,
        )
        return Account(id=ACCOUNT, actors=(actor,), guarded=guarded, endpoints=endpoints)


_ROLE = Principal.role(NAMING.tenant_role_arn("alice", "notebook"))
WHO = (
    _ROLE,
    Principal.user(NAMING.iam_arn("user/ml-dev-x")),
    Principal.service("sagemaker.amazonaws.com"),
    Principal.anonymous(),
    Principal.role("arn:aws:iam::999999999999:role/x"),
)
_ANYBODY = Anybody(
    whose=Whose.ALL,
    kinds=frozenset({PrincipalKind.ROLE, PrincipalKind.USER, PrincipalKind.ANONYMOUS, PrincipalKind.SERVICE}),
)


# Who has no ARN: every user and every role has one.
_NAMELESS = Anybody(whose=Whose.ALL, kinds=frozenset({PrincipalKind.ANONYMOUS, PrincipalKind.SERVICE}))


def _callers() -> Iterator[Carrier]:
    """Yield who is in the stack with what it really carries, once for each set of documents and kind of tags."""
    seen = set()
    for who in (row.who for row in ALL_ROWS):
        carries = who.carries or ()
        if not carries or "everything" in carries:
            continue
        key = (carries, who.boundary, tuple(sorted(who.principal.tags)))
        if key not in seen:
            seen.add(key)
            yield who.principal, carries, who.boundary
    for arn in (DEPLOYER_ARN, INGESTION_ARN, AUDITOR_ARN):
        yield Principal.role(arn), ("everything",), None


CALLERS = tuple(_callers())


def resources_of(holder: str) -> tuple[tuple[str, ...], ResourceKind]:
    """Return the patterns of the resources that a policy guards, and their kind."""
    name = plain(holder)
    if name in BUCKETS:
        return (NAMING.bucket_arn(name), f"{NAMING.bucket_arn(name)}/*"), "bucket"
    if name.startswith("key/"):
        return (NAMING.arn("kms", f"key/{IDS[name]}"),), "key"
    if name == "trust/break-glass":
        return (SCOPE.break_glass_arn(),), "trust"
    if name == "trust/person":
        return (NAMING.iam_arn("role/people/ml-dev-ann"),), "trust"
    if name.startswith("trust/"):
        return (NAMING.tenant_role_arn("alice", name.rpartition("/")[2]),), "trust"
    return (NAMING.arn("sns", NAMING.emergency_alarm_name()),), "other"


def statement_before(mutant: Mutant) -> Mapping[str, Any]:
    return next(each for each in WORLD.documents[mutant.holder]["Statement"] if each["Sid"] == mutant.sid)


def asked(mutant: Mutant) -> tuple[str, ...]:
    """Return the patterns of every action whose decision an edit can change."""
    before = statement_before(mutant)
    for kind in ("Action", "NotAction"):
        lists = [each.get(kind, []) for each in (before, mutant.statement)]
        if lists[0] != lists[1] and all(lists) and "nothing:Nothing" not in lists[1]:
            return tuple(each for each in lists[0] if each not in lists[1]) or EVERY_ACTION
    if "NotAction" in before:
        return EVERY_ACTION
    return tuple(before["Action"])


def means_the_same(mutant: Mutant) -> bool:
    """Say whether the edited condition holds for the very requests for which it held, whoever asks for what."""
    before = statement_before(mutant)
    if {**before, "Condition": None} != {**mutant.statement, "Condition": None}:
        return False
    tests = [_tests(statement) for statement in (before, mutant.statement)]
    changed = [frozenset(one - other) for one, other in (tests, tests[::-1])]
    keys = {key for part in changed for _, key, _ in part}
    told = "" if mutant.differs.missing else "aws:principal"
    if len(keys) != 1 or any(told and key.lower().startswith(told) for key in keys):
        return False
    sides = [_alone([test for test in side if test[1] in keys], asked(mutant)) for side in tests]
    before_, after = (
        [Situation(who, Environment(identity=(side,), account=ACCOUNT), open_tags=True) for who in WHO]
        for side in sides
    )
    return all(compare(*pair).same for pair in zip(before_, after, strict=True))


def _tests(statement: Mapping[str, Any]) -> set[tuple[str, str, str]]:
    """Return the tests of a condition, the values as text."""
    return {
        (operator, key, json.dumps(values))
        for operator, inner in statement.get("Condition", {}).items()
        for key, values in inner.items()
    }


def _alone(tests: Iterable[tuple[str, str, str]], actions: tuple[str, ...]) -> Policy:
    """Return the policy that allows the actions where these tests hold."""
    condition: dict[str, dict[str, Any]] = {}
    for operator, key, values in tests:
        condition.setdefault(operator, {})[key] = json.loads(values)
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": "*", "Condition": condition}
    return parse_policy({"Version": "2012-10-17", "Statement": [statement]}, name="one test")


def query_of(mutant: Mutant) -> Query:
    """Return the requests for which alone an edit can matter."""
    differs = mutant.differs
    context = {differs.missing: Missing} if differs.missing else {}
    principals: Values = Anything
    if differs.key.lower() == "aws:principalarn":
        principals = Like(*differs.like)
    elif differs.key:
        context[differs.key] = Like(*differs.like)
    return Query(differs.actions or asked(mutant), differs.resources or Anything, context, principals)


def compared(before: Account | Situation, after: Account | Situation, mutant: Mutant) -> Difference:
    return compare(before, after, query_of(mutant))


def smallest(mutant: Mutant) -> list[tuple[frozenset[str], PrincipalKind]]:
    """Return the sets of documents of the edit's effect that somebody carries with it, those with the least in them."""
    sets: dict[tuple[frozenset[str], PrincipalKind], None] = {}
    for who, carries, _ in CALLERS:
        if mutant.holder in carries:
            kept = [each for each in carries if each != "everything" and has(each, mutant.effect)]
            sets[frozenset(kept), who.kind] = None
    return [(one, kind) for one, kind in sets if not any(other < one and kind is its for other, its in sets)]


def has(holder: str, effect: str) -> bool:
    return any(each["Effect"] == effect for each in WORLD.documents[holder]["Statement"])


def lets_through_by_proof(mutant: Mutant) -> str:
    """Return a request that the edit lets past its lock, or why that is not decided; nothing where there is none."""
    before, after = _Side(None), _Side(mutant)
    if lock_of(mutant) in {Lock.RESOURCE, Lock.ENDPOINT}:
        pairs: list[tuple[Account | Situation, Account | Situation]] = [(before.guarded(mutant), after.guarded(mutant))]
    else:
        pairs = [
            (before.alone(mutant, holders, kind), after.alone(mutant, holders, kind))
            for holders, kind in smallest(mutant) or [(frozenset({mutant.holder}), PrincipalKind.USER)]
        ]
    for pair in pairs:
        found = compared(*pair, mutant)
        if found.allowed or found.reasons:
            return f"lets through {found.allowed.request}" if found.allowed else f"undecided: {found.reasons}"
    return ""


def refuses_by_proof(mutant: Mutant) -> str:
    """Return a request of a caller of the stack that the edit refuses, or why that is not decided."""
    before, after = _Side(None), _Side(mutant)
    everywhere = lock_of(mutant) in {Lock.RESOURCE, Lock.ENDPOINT}
    for caller in CALLERS:
        if everywhere or mutant.holder in {*caller[1], caller[2]}:
            found = compared(before.account(mutant, caller), after.account(mutant, caller), mutant)
            if found.refused or found.reasons:
                return f"refuses {found.refused.request}" if found.refused else f"undecided: {found.reasons}"
    return ""
