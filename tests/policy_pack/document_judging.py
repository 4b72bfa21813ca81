"""What becomes of a mutant of a document: a claim catches it, or it is shown to change no decision, or neither.

Only what an edit can change is decided again: requests whose action the statement speaks of, of principals and things
that the document decides about. What a claim asked before and proved stays proved for all others.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from alike import Alike
from asking import administrators_of, anyone_of_the_account
from catalogue_of_claims import CLAIMS
from claim import Example, Kind, Question
from data_requests import ADMINISTERS

import iamproof
from iamproof import PrincipalKind, Query, Whose
from tests.policy_pack.document_mutants import Way, documents
from tests.policy_pack.document_reach import Reach, covers
from tests.policy_pack.edited_policies import edited

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from claim import Claim
    from environment import StackPolicies
    from identities import Identity

    from iamproof import Account, Difference, Proof, Situation
    from tests.policy_pack.document_mutants import Mutant

STRANGERS = iamproof.Anybody(whose=Whose.OTHERS, kinds=frozenset(PrincipalKind) - {PrincipalKind.IDENTITY_PROVIDER})
SERVICES = {"bucket": ("s3:*",), "key": ("kms:*",), "other": ("sns:*",), "trust": ("sts:*",)}
"""Whose requests ask a policy of this kind at all, where a statement speaks of all actions but some."""
ANY_REQUEST = Query("sts:GetCallerIdentity")


@dataclass(frozen=True)
class Fate:
    """What became of a mutant: the id of the claim that catches it with the request, or how it compares."""

    claim: str = ""
    request: str = ""
    same: bool = False

    @property
    def settled(self) -> bool:
        """Whether a claim catches the mutant, or nothing tells it from the original."""
        return bool(self.claim) or self.same


@dataclass(frozen=True)
class Judge:
    """Decides mutants of one stack."""

    stack: StackPolicies

    @cached_property
    def asked(self) -> list[tuple[Claim, Question | Example]]:
        """Everything that the claims ask of the stack, of questions with one answer the first."""
        alike, found, known = Alike(self.stack), [], set()
        for claim in CLAIMS:
            for one in claim.ask(self.stack):
                if isinstance(one, Question | Example):
                    key = (claim.kind, alike.key(one) if isinstance(one, Question) else alike.key_of(one))
                    if key not in known:
                        known.add(key)
                        found.append((claim, one))
        return found

    def fate(self, mutant: Mutant) -> Fate:
        """Return what becomes of a mutant: whoever may catch it by its direction is asked first."""
        return _Case(self, mutant).fate()


@dataclass(frozen=True)
class _Case:
    judge: Judge
    mutant: Mutant

    @cached_property
    def after(self) -> StackPolicies:
        return edited(self.judge.stack, self.mutant.document, self.mutant.edited)

    @cached_property
    def reach(self) -> Reach:
        return Reach.of(self.mutant)

    @cached_property
    def kind(self) -> str:
        return documents(self.judge.stack)[self.mutant.document][0]

    def fate(self) -> Fate:
        ways: dict[Way, tuple[Callable[[], Fate | None], ...]] = {
            Way.LOOSER: (self._broken_promises,),
            Way.TIGHTER: (self._examples, self._no_longer_possible),
            Way.BOTH: (self._examples, self._broken_promises),
        }
        for way in ways[self.mutant.way]:
            found = way()
            if found:
                return found
        difference = self.difference()
        if difference.same or self.difference(endpoints=True).same:
            return Fate(same=True)
        told = [str(one.request) for one in (difference.allowed, difference.refused) if one]
        found = self._no_longer_possible() if self.mutant.way is Way.BOTH else None
        return found or Fate(request="; ".join([*told, *difference.reasons]))

    def _ours(self, identity: Identity) -> Identity:
        """Return an identity as the mutant has it."""
        named = self.mutant.document
        held = {
            policy.name: policy
            for one in self.after.identities
            for policy in (*one.policies, one.boundary, one.trust)
            if policy and policy.name == named
        }
        if named not in held:
            return identity
        ours = held[named]
        return replace(
            identity,
            policies=tuple(ours if policy.name == named else policy for policy in identity.policies),
            boundary=ours if identity.boundary and identity.boundary.name == named else identity.boundary,
            trust=ours if identity.trust and identity.trust.name == named else identity.trust,
        )

    def _concerns(self, one: Question | Example) -> bool:
        """Whether the edited document may decide what is asked."""
        named, identity = self.mutant.document, one.identity
        if self.kind in {"identity", "boundary"}:
            held = (*identity.policies, identity.boundary) if identity else ()
            return any(policy.name == named for policy in held if policy)
        if self.kind == "trust":
            trusting = {
                each.principal.arn for each in self.judge.stack.identities if each.trust and each.trust.name == named
            }
            roles = {role.principal.arn for role in one.roles} if isinstance(one, Question) else {one.resource}
            return not trusting.isdisjoint(roles)
        if self.kind == "endpoint":
            return isinstance(one, Example) or one.endpoints
        asked = one.query.asked.like if isinstance(one, Question) else None
        return asked is None or any(self._may_name(str(glob.tokens[0])) for glob in asked if glob.tokens)

    def _may_name(self, beginning: str) -> bool:
        """Whether a pattern that begins so, as far as its first wildcard, may name what the document is put on."""
        called = self._called
        return called.startswith(beginning) or beginning.startswith(called) or ":" not in beginning

    @cached_property
    def _called(self) -> str:
        stack = self.judge.stack
        guarded = (*stack.buckets, *stack.keys, *stack.others)
        return next(one.called for one in guarded if one.policy and one.policy.name == self.mutant.document)

    def _broken_promises(self) -> Fate | None:
        """Return the safety claim that a request contradicts."""
        for claim, one in self.judge.asked:
            if claim.kind is Kind.SAFETY and isinstance(one, Question) and self._concerns(one):
                query = self.reach.within(one.query)
                if query is None:
                    continue
                proof = self._proof(iamproof.prove, replace(one, query=query))
                if proof.verdict is iamproof.Verdict.COUNTEREXAMPLE:
                    return Fate(claim.id, self._replayed(proof))
        return None

    def _proof(self, decide: Callable[..., Proof], one: Question) -> Proof:
        ours = replace(
            one,
            identity=self._ours(one.identity) if one.identity else None,
            roles=tuple(self._ours(role) for role in one.roles),
        )
        account = self.after.account_of(ours)
        if decide is not iamproof.prove or self.kind in {"identity", "boundary"}:
            return decide(account, ours.query)
        # What other policies decide is as it was.
        return decide([one for one in account.situations(ours.query) if self._decides_in(one)], ours.query)

    def _decides_in(self, situation: Situation) -> bool:
        environment = situation.environment
        policies = (environment.resource, environment.endpoint)
        return any(policy.name == self.mutant.document for policy in policies if policy)

    def _replayed(self, proof: Proof) -> str:
        """Return the request of a counterexample once `evaluate` has allowed it again."""
        assert proof.request is not None
        assert proof.environment is not None
        decision = iamproof.evaluate(proof.request, proof.environment, reading=iamproof.Reading.BRACKET)
        assert decision.allowed, f"{self.mutant}: {proof.request} is refused"
        return str(proof.request)

    def _examples(self) -> Fate | None:
        """Return the liveness claim of which an example is refused."""
        for claim, one in self.judge.asked:
            if (
                isinstance(one, Example)
                and self._concerns(one)
                and any(covers(mine, one.action) for mine in self.reach.patterns)
            ):
                ours = replace(one, identity=self._ours(one.identity))
                request = iamproof.Request(one.action, one.resource, one.identity.principal, one.context)
                if not iamproof.evaluate(request, self.after.environment_of(ours)).allowed:
                    return Fate(claim.id, str(request))
        return None

    def _no_longer_possible(self) -> Fate | None:
        """Return the liveness claim of which no request is allowed any more."""
        for claim, one in self.judge.asked:
            if claim.kind is Kind.LIVENESS and isinstance(one, Question) and self._concerns(one):
                if self.reach.within(one.query) is None:
                    continue
                decide = iamproof.prove_every if one.every else iamproof.possible
                if self._proof(decide, one).verdict is iamproof.Verdict.COUNTEREXAMPLE:
                    return Fate(claim.id, one.query.sentence)
        return None

    def difference(self, *, endpoints: bool = False) -> Difference:
        """Return what the edit changes for anybody whom the document decides about.

        Without the policies of endpoints, which only ever refuse more; or with what each lets through.
        """
        query = Query(self.reach.patterns, but=self.reach.but)
        before, after = (self._account(side, endpoints=endpoints) for side in (self.judge.stack, self.after))
        if self.kind in {"bucket", "key", "other"}:
            (things,) = {one.resources for one in before.guarded}
            query = replace(query, resources=things)
        if self.kind == "trust":
            query = replace(query, resources=before.guarded[0].resources)
        if query.patterns == ("*",) and self.kind in SERVICES:
            query = replace(query, actions=SERVICES[self.kind])
        return iamproof.compare(before, after, query)

    def _account(self, side: StackPolicies, *, endpoints: bool) -> Account:
        """Return a stack as far as the document decides about it: who holds it, or everybody whom it may admit."""
        named, whole = (
            self.mutant.document,
            side.account_of(
                Question(identity=None, query=Query(self.reach.patterns, but=self.reach.but), endpoints=True)
            ),
        )
        if self.kind in {"identity", "boundary"}:
            holders = [
                one for one in self._told_apart(side) if self._concerns(Question(identity=one, query=ANY_REQUEST))
            ]
            ways = whole.endpoints if endpoints else ()
            return replace(whole, actors=tuple(map(_actor, holders)), anybody=(), endpoints=ways)
        known = {one.principal.arn: one for one in (*self._told_apart(side), *administrators_of(side))}
        everyone = [*known.values(), *_with_every_right(side)]
        actors, ways = tuple(map(_actor, everyone)), whole.endpoints if endpoints else ()
        guarded = tuple(one for one in whole.guarded if one.policy.name == named)
        if self.kind == "trust":
            roles = tuple(one for one in side.identities if one.trust and one.trust.name == named)
            guarded = tuple(
                iamproof.Guarded(resources=(role.principal.arn,), policy=role.trust, kind="trust")
                for role in roles
                if role.trust
            )
        if self.kind == "endpoint":
            guarded = whole.guarded
            ways = tuple(one for one in whole.endpoints if one.policy and one.policy.name == named)
        # No service comes by an endpoint of ours.
        fewer = {PrincipalKind.SERVICE} if self.kind == "endpoint" else set()
        strangers = replace(STRANGERS, kinds=STRANGERS.kinds - fewer)
        return replace(whole, actors=actors, anybody=(strangers,), guarded=guarded, endpoints=ways)

    def _told_apart(self, side: StackPolicies) -> Iterator[Identity]:
        """Yield an identity of each kind that neither the original nor the mutant tells apart."""
        known = set()
        sides = [(Alike(one), one.by_arn) for one in (self.judge.stack, self.after)]
        for identity in side.identities:
            arn = identity.principal.arn
            key = tuple(alike.key(Question(identity=by_arn[arn], query=ANY_REQUEST)) for alike, by_arn in sides)
            if key not in known:
                known.add(key)
                yield identity


def _with_every_right(side: StackPolicies) -> Iterator[Identity]:
    """Yield principals of the account that hold every right: of nobody, of a tenant, of one that administers data."""
    outsider = anyone_of_the_account(side)
    yield outsider
    roles, tags = f"arn:{side.partition}:iam::{side.account}:role/", {"user": "somebody"}
    for name, carried in (
        ("somebody-else", {}),
        ("tenants/somebody/x-untagged-notebook", {}),
        ("tenants/somebody/x-somebody-notebook", tags),
        ("tenants/somebody/x-admin-notebook", {**tags, **ADMINISTERS}),
        ("tenants/somebody/ml-dev-somebody-job", tags),
    ):
        yield replace(outsider, principal=iamproof.Principal.role(f"{roles}{name}", carried))


def _actor(identity: Identity) -> iamproof.Actor:
    return iamproof.Actor(principal=identity.principal, identity=identity.policies, boundary=identity.boundary)
