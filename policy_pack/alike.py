"""Which questions are the same but for the tenant that they are about, so that one answer serves all.

Tenants differ in a name, in the id of a security group and, where each has one, in a key of their own. Where the
policies are the same and no pattern of theirs can end within a tenant's name, exchanging two names in policies,
principal and query changes no decision: the questions have one answer. Every tenant is held against this, and whoever
differs in a document, a tag, the policy of its key or a name that a pattern could cut is asked about on its own.

Source: docs/proofs.md, *Many tenants*.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import stack_config
from cutting import Cuts, literals
from tags import PLATFORM

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from claim import Example, Question
    from environment import StackPolicies
    from guarded import Guarded
    from identities import Identity
    from reading import Wire

    from iamproof import Policy

OWNER, GROUP = "user", "security-group"
NAME, ID, KEY, PERSON = "\x00name\x00", "\x00group\x00", "\x00key\x00", "\x00person\x00"


class _Roles(NamedTuple):
    """Roles by tenant, each tenant's as a number, how many tenants have such, and the roles of nobody in particular."""

    of_tenant: Mapping[str, int]
    kinds: Counter[int]
    others: int


class Alike:
    """Knows what tells tenants apart, and names each question by what is left when that is taken away."""

    def __init__(self, stack: StackPolicies) -> None:
        self._stack = stack
        # What is remembered by its id is held, so that no other one gets the id.
        self._texts: dict[int, tuple[Policy, str]] = {}
        self._cut: dict[str, bool] = {}
        self._numbers: dict[object, int] = {}
        self._own: dict[int, tuple[Identity, Mapping[str, str], int]] = {}
        self._grouped: dict[int, tuple[tuple[Identity, ...], _Roles]] = {}

    def key(self, question: Question) -> tuple[object, ...]:
        """Return what the answer depends on; equal for questions that have one answer."""
        identity = question.identity
        how = (question.endpoints, question.every, question.alone, question.inside)
        asked = repr(question.query)
        if identity is None:
            about = question.tenant
            exchanged = {about: NAME, self._own_keys[about]: KEY} if self._has_a_key_like_others(about) else {}
            roles = (_without(self._line(role), exchanged) for role in question.roles)
            return (*how, _without(asked, exchanged), *roles)
        left_out, carried = self._of(identity)
        return (*how, _without(asked, left_out), carried, *self._roles(question.roles, identity, left_out))

    def key_of(self, example: Example) -> tuple[object, ...]:
        """Return what the answer to an example depends on, as `key` does of a question."""
        left_out, carried = self._of(example.identity)
        role = self._stack.by_arn.get(example.resource)
        asked = f"{example.action} {example.resource} {sorted(example.context.items())}"
        return _without(asked, left_out), carried, _without(self._line(role), left_out) if role else ""

    def _of(self, identity: Identity) -> tuple[Mapping[str, str], int]:
        """Return what may be exchanged in what is said of an identity, and a number for what is left of it."""
        if id(identity) not in self._own:
            taken = self._exchanged(identity)
            self._own[id(identity)] = identity, taken, self._number(self._carried(identity, taken))
        return self._own[id(identity)][1:]

    def _number(self, what: object) -> int:
        """Return a number for something: the same for the same."""
        return self._numbers.setdefault(what, len(self._numbers))

    def _exchanged(self, identity: Identity) -> dict[str, str]:
        """Return which texts may be exchanged in what is said of an identity, each with what stands for it."""
        owner, exchanged = identity.tags.get(OWNER, ""), dict[str, str]()
        if not identity.is_role:
            # Names of people begin alike, and patterns may end behind that beginning.
            person = identity.name.removeprefix(f"{stack_config.name_prefix()}-")
            if person != owner and person not in owner and owner not in person and not self._is_cut(person):
                exchanged[person] = PERSON
        if self._is_one_of_many(identity):
            exchanged |= {owner: NAME, identity.tags.get(GROUP, ""): ID, self._own_keys.get(owner, ""): KEY}
        return exchanged

    def _carried(self, identity: Identity, exchanged: Mapping[str, str]) -> tuple[str, ...]:
        """Return everything that decides an identity's requests, without what may be exchanged.

        No pattern of a policy holds a name that may be exchanged, so policies are compared as they are.
        """
        about = (identity.principal.arn, json.dumps(dict(identity.tags), sort_keys=True))
        policies = (self._text(policy) for policy in (*identity.policies, identity.boundary))
        return (*(_without(part, exchanged) for part in about), *policies)

    def _line(self, role: Identity) -> str:
        return f"{role.principal.arn} {self._text(role.trust)}"

    def _roles(
        self, roles: tuple[Identity, ...], identity: Identity, exchanged: Mapping[str, str]
    ) -> tuple[object, ...]:
        """Return the roles whose trust counts: others' as what is left of them, and how many tenants have such ones.

        Tenants whose own roles are alike and who face as many of each kind may be exchanged, all at once.
        """
        owner = identity.tags.get(OWNER, "")
        if not roles or NAME not in exchanged.values():
            return tuple(_without(self._line(role), exchanged) for role in roles)
        if id(roles) not in self._grouped:
            self._grouped[id(roles)] = roles, self._group(roles)
        _, grouped = self._grouped[id(roles)]
        faced = grouped.kinds.copy()
        own = grouped.of_tenant.get(owner)
        if own is not None:
            faced[own] -= 1
        return (own, grouped.others, tuple(sorted((kind, count) for kind, count in faced.items() if count)))

    def _group(self, roles: tuple[Identity, ...]) -> _Roles:
        lines: dict[str, list[str]] = {}
        others: list[str] = []
        for role in roles:
            if self._is_one_of_many(role):
                lines.setdefault(role.tags[OWNER], []).append(_without(self._line(role), self._exchanged(role)))
            else:
                others.append(self._line(role))
        of_tenant = {tenant: self._number(tuple(sorted(found))) for tenant, found in lines.items()}
        return _Roles(of_tenant, Counter(of_tenant.values()), self._number(tuple(sorted(others))))

    def _text(self, policy: Policy | None) -> str:
        if policy is None:
            return ""
        if id(policy) not in self._texts:
            self._texts[id(policy)] = policy, json.dumps(policy.to_dict(), sort_keys=True)
        return self._texts[id(policy)][1]

    def _is_one_of_many(self, identity: Identity) -> bool:
        """Return whether the identity's tenant may be exchanged for another one everywhere."""
        owner, group = identity.tags.get(OWNER, ""), identity.tags.get(GROUP, "")
        return bool(owner) and not self._groups.get(group, set()) > {owner} and not self._is_cut(owner)

    def _is_cut(self, name: str) -> bool:
        """Return whether a pattern of any policy could tell the name from another one."""
        if name not in self._cut:
            within_others = "\x00".join(self._own_keys).count(name) > (name in self._own_keys)
            self._cut[name] = within_others or name in self._cuts
        return self._cut[name]

    def _has_a_key_like_others(self, owner: str) -> bool:
        """Return whether a tenant's key may be exchanged for another tenant's everywhere."""
        return owner in self._own_keys and not self._is_cut(owner)

    @cached_property
    def _own_keys(self) -> Mapping[str, str]:
        """The id of each tenant's own key, where every tenant has one and their policies differ in its name alone.

        Then exchanging two tenants maps the keys and their policies onto each other. Else empty: what their policies
        name tells the tenants apart.
        """
        owners = {identity.tags[OWNER] for identity in self._stack.identities if OWNER in identity.tags} - {PLATFORM}
        owned = [key for key in self._stack.keys if key.tags.get(OWNER) in owners]
        alike = {_anonymous(key) for key in owned}
        if len(owned) != len(owners) or len({key.tags[OWNER] for key in owned}) != len(owners) or len(alike) != 1:
            return {}
        return {key.tags[OWNER]: _id_of(key) for key in owned}

    @cached_property
    def _groups(self) -> dict[str, set[str]]:
        """Whose each security group is: an id that two tenants share tells them from the others."""
        found: dict[str, set[str]] = {}
        for identity in self._stack.identities:
            if GROUP in identity.tags:
                found.setdefault(identity.tags[GROUP], set()).add(identity.tags.get(OWNER, ""))
        return found

    @cached_property
    def _cuts(self) -> Cuts:
        """Every piece of text of every policy, with what stands on both sides of it."""
        policies: dict[int, Policy] = {}
        for identity in self._stack.identities:
            policies |= {id(one): one for one in (*identity.policies, identity.boundary, identity.trust) if one}
        guarded = (*self._stack.buckets, *self._stack.keys, *self._stack.endpoints, *self._stack.others)
        alike = set(self._own_keys.values())
        policies |= {id(one.policy): one.policy for one in guarded if one.policy and _id_of(one) not in alike}
        texts = {text for policy in policies.values() for text in _texts(policy.to_dict())}
        for key in self._stack.keys:
            if key.policy and _id_of(key) in alike:
                texts |= {text for text in _texts(key.policy.to_dict()) if text != key.tags[OWNER]}
        return Cuts({literal for text in texts for literal in literals(text)})


def _id_of(guarded: Guarded) -> str:
    """Return the id in the ARN of a key, a reference for one that is coming; of others, nothing."""
    return guarded.called.partition(":key/")[2]


def _anonymous(key: Guarded) -> str:
    """Return the policy of a tenant's key without its owner, where that stands as a value of its own."""
    document = json.dumps(key.policy.to_dict() if key.policy else None, sort_keys=True)
    return document.replace(json.dumps(key.tags[OWNER]), json.dumps(NAME))


def _without(text: str, exchanged: Mapping[str, str]) -> str:
    """Return a text with names taken out, the longest first: one may hold another."""
    for name in sorted(filter(None, exchanged), key=len, reverse=True):
        text = text.replace(name, exchanged[name])
    return text


def _texts(value: Wire) -> Iterable[str]:
    """Yield every text of a policy that patterns are made of; elements, actions and Sids name no tenant."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, part in value.items():
            if key not in {"Sid", "Version", "Id", "Effect", "Action", "NotAction"}:
                yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
