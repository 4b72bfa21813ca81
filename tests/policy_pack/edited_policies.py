"""The policies of the whole program with one of them edited: what a claim must notice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from iamproof import parse_policy

if TYPE_CHECKING:
    from environment import StackPolicies
    from guarded import Guarded

    from iamproof import Policy

Edit = Callable[[list[dict[str, Any]]], list[dict[str, Any]]]
"""Takes the statements of a policy and returns what they become."""


def edited(
    stack: StackPolicies, name: str, edit: Callable[[list[dict[str, Any]]], list[dict[str, Any]]]
) -> StackPolicies:
    """Return the stack with one policy's statements edited, wherever it is held; KeyError where nobody holds it."""
    made: dict[str, Policy] = {}

    def changed(policy: Policy | None) -> Any:
        if policy is None or policy.name != name:
            return policy
        if name not in made:
            document = policy.to_dict()
            made[name] = parse_policy({**document, "Statement": edit(document["Statement"])}, name=name)
        return made[name]

    identities = tuple(
        replace(
            one,
            policies=tuple(changed(policy) for policy in one.policies),
            boundary=changed(one.boundary),
            trust=changed(one.trust),
        )
        for one in stack.identities
    )

    def all_changed(guarded: tuple[Guarded, ...]) -> tuple[Guarded, ...]:
        return tuple(replace(one, policy=changed(one.policy)) for one in guarded)

    whole = replace(
        stack,
        identities=identities,
        buckets=all_changed(stack.buckets),
        keys=all_changed(stack.keys),
        endpoints=all_changed(stack.endpoints),
        others=all_changed(stack.others),
    )
    if not made:
        raise KeyError(f"no policy is called {name!r}")
    return whole


def unconditioned(statements: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return statements that ask for nothing."""
    return [{name: value for name, value in one.items() if name != "Condition"} for one in statements]


def without(*sids: str) -> Edit:
    """Return the edit that takes statements away; each must be there."""

    def edit(statements: list[dict[str, Any]]) -> list[dict[str, Any]]:
        kept = [one for one in statements if one.get("Sid") not in sids]
        assert len(kept) == len(statements) - len(sids), (
            f"{sids} are not all among {[one['Sid'] for one in statements]}"
        )
        return kept

    return edit


def allowing(*actions: str, resources: str = "*") -> Edit:
    """Return the edit that adds an Allow for everybody who holds the policy."""
    return lambda statements: [
        *statements,
        {"Sid": "Added", "Effect": "Allow", "Action": list(actions), "Resource": resources},
    ]


ANYBODY_BECOMES = {
    "Effect": "Allow",
    "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
    "Action": "sts:AssumeRole",
}


def people_may(stack: StackPolicies, *actions: str) -> StackPolicies:
    """Return the stack in which each person holds a grant that nothing bounds or denies."""
    grant = parse_policy({"Version": "2012-10-17", "Statement": allowing(*actions)([])}, name="added")
    people = tuple(one if one.is_role else replace(one, policies=(grant,), boundary=None) for one in stack.identities)
    return replace(stack, identities=people)
