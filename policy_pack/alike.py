"""Which questions are the same but for the tenant that they are about, so that one answer serves all.

Tenants differ in a name, in the id of a security group and, where each has one, in a key of their own. Where the
policies are the same and no pattern of theirs can end within a tenant's name, exchanging two names in policies,
principal and query changes no decision: the questions have one answer. Every tenant is held against this, and whoever
differs in a document, a tag, the policy of its key or a name that a pattern could cut is asked about on its own.

Source: docs/proofs.md, *Many tenants*.
"""

from __future__ import annotations

import json
import re
from functools import cached_property
from typing import TYPE_CHECKING

from tags import PLATFORM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from claim import Question
    from environment import Guarded, StackPolicies
    from identities import Identity
    from reading import Wire

    from iamproof import Policy

OWNER, GROUP = "user", "security-group"
# A run of wildcards with a star takes every text of three characters or more, as names are. A lone ? counts.
WILD = re.compile(r"\?{0,3}\*[*?]{0,3}|\?|\$\{[^}]*\}")
NAME, ID, KEY, PERSON = "\x00name\x00", "\x00group\x00", "\x00key\x00", "\x00person\x00"


class Alike:
    """Knows what tells tenants apart, and names each question by what is left when that is taken away."""

    def __init__(self, stack: StackPolicies) -> None:
        self._stack = stack
        self._texts: dict[int, str] = {}
        self._cut: dict[str, bool] = {}

    def key(self, question: Question) -> tuple[str, ...]:
        """Return what the answer depends on; equal for questions that have one answer."""
        identity = question.identity
        asked = (
            repr(question.query),
            f"{question.endpoints} {question.every} {question.alone} {question.inside}",
            *(f"{role.principal.arn} {self._text(role.trust)}" for role in question.roles),
        )
        if identity is None:
            about = question.tenant
            exchanged = {about: NAME, self._own_keys[about]: KEY} if self._has_a_key_like_others(about) else {}
            return tuple(_without(part, exchanged) for part in asked)
        parts = (
            identity.principal.arn,
            json.dumps(dict(identity.tags), sort_keys=True),
            *asked,
            *(self._text(policy) for policy in identity.policies),
            self._text(identity.boundary),
        )
        exchanged = {identity.tags.get(OWNER, ""): NAME} if self._is_one_of_many(identity) else {}
        exchanged |= {} if identity.is_role or self._is_cut(identity.name) else {identity.name: PERSON}
        if NAME in exchanged.values():
            exchanged[identity.tags.get(GROUP, "")] = ID
            exchanged[self._own_keys.get(identity.tags.get(OWNER, ""), "")] = KEY
        return tuple(_without(part, exchanged) for part in parts)

    def _text(self, policy: Policy | None) -> str:
        if policy is None:
            return ""
        if id(policy) not in self._texts:
            self._texts[id(policy)] = json.dumps(policy.to_dict(), sort_keys=True)
        return self._texts[id(policy)]

    def _is_one_of_many(self, identity: Identity) -> bool:
        """Return whether the identity's tenant may be exchanged for another one everywhere."""
        owner, group = identity.tags.get(OWNER, ""), identity.tags.get(GROUP, "")
        return bool(owner) and not self._groups.get(group, set()) > {owner} and not self._is_cut(owner)

    def _is_cut(self, name: str) -> bool:
        """Return whether a pattern of any policy could tell the name from another one."""
        if name not in self._cut:
            within_others = "\x00".join(self._own_keys).count(name) > (name in self._own_keys)
            self._cut[name] = within_others or any(cuts(literal, name) for literal in self._literals)
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
    def _literals(self) -> frozenset[Literal]:
        """Every piece of text of every policy, with what stands on both sides of it."""
        policies: dict[int, Policy] = {}
        for identity in self._stack.identities:
            policies |= {id(one): one for one in (*identity.policies, identity.boundary) if one}
        guarded = (*self._stack.buckets, *self._stack.keys, *self._stack.endpoints, *self._stack.others)
        alike = set(self._own_keys.values())
        policies |= {id(one.policy): one.policy for one in guarded if one.policy and _id_of(one) not in alike}
        texts = {text for policy in policies.values() for text in _texts(policy.to_dict())}
        for key in self._stack.keys:
            if key.policy and _id_of(key) in alike:
                texts |= {text for text in _texts(key.policy.to_dict()) if text != key.tags[OWNER]}
        return frozenset(literal for text in texts for literal in literals(text))


Literal = tuple[str, bool, bool]
"""A piece of a pattern without wildcards or variables, and whether one stands before and behind it."""


def literals(text: str) -> Iterator[Literal]:
    """Yield the pieces between the wildcards and variables of a pattern; a question mark counts characters."""
    if any(found == "?" for found in WILD.findall(text)):
        yield "?", True, True
    pieces = WILD.split(text)
    for at, piece in enumerate(pieces):
        if piece:
            yield piece, at > 0, at < len(pieces) - 1


def cuts(literal: Literal, name: str) -> bool:
    """Return whether a match of the piece could begin or end within the name, or lie wholly in it or around it."""
    text, behind_wildcard, before_wildcard = literal
    if text == "?" or name in text:
        return True
    if (behind_wildcard or before_wildcard) and text in name:
        return True
    shorter = range(1, min(len(text), len(name)))
    ends_in_name = before_wildcard and any(text.endswith(name[:size]) for size in shorter)
    begins_in_name = behind_wildcard and any(text.startswith(name[-size:]) for size in shorter)
    return ends_in_name or begins_in_name


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
