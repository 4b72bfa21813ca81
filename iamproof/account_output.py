"""An account as JSON, in the form that `account_input` reads: what is read back decides every request alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iamproof.account_input import KINDS, WHOSE
from iamproof.cases import ANONYMOUS, RESOURCE_TYPES
from iamproof.principal import PrincipalKind
from iamproof.query import Anything

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iamproof.environment import Level
    from iamproof.model import Policy
    from iamproof.principal import Principal
    from iamproof.situations import Account, Actor, Endpoint, Guarded
    from iamproof.strangers import Anybody

_RESOURCE_KINDS = {kind: name for name, kind in RESOURCE_TYPES.items()}


def account_to_dict(account: Account) -> dict[str, Any]:
    """Return an account as JSON.

    Each document stands once, under ``documents``, by its name; documents of one name that differ get a number. Names
    of sessions are left out. Raises ValueError where `anybody` is narrowed to some names.
    """
    names = _Names()
    out: dict[str, Any] = {
        "id": account.id,
        "actors": [_actor(actor, names) for actor in account.actors],
        "guarded": [_guarded(guarded, names) for guarded in account.guarded],
        "endpoints": [_endpoint(endpoint, names) for endpoint in account.endpoints],
        "anybody": [_anybody(anybody) for anybody in account.anybody],
        "scps": _levels(account.service_controls, names),
        "rcps": _levels(account.resource_controls, names),
    }
    if account.unreadable:
        out["unreadable"] = list(account.unreadable)
    return {**out, "documents": names.documents}


class _Names:
    """What each document is called: its own name, with a number where another one has it."""

    def __init__(self) -> None:
        self.documents: dict[str, Any] = {}

    def of(self, policy: Policy) -> str:
        document, name, number = policy.to_dict(), policy.name, 1
        while self.documents.setdefault(name, document) != document:
            number += 1
            name = f"{policy.name} ({number})"
        return name

    def all(self, policies: Iterable[Policy]) -> list[str]:
        return [self.of(policy) for policy in policies]


def _actor(actor: Actor, names: _Names) -> dict[str, Any]:
    out: dict[str, Any] = {"principal": _principal(actor.principal)}
    if actor.principal.tags:
        out["principalTags"] = dict(actor.principal.tags)
    out["identity"] = names.all(actor.identity)
    if actor.boundary:
        out["boundary"] = names.of(actor.boundary)
    if actor.session is not None:
        out["session"] = names.all(actor.session)
    return out


def _principal(principal: Principal) -> str:
    return ANONYMOUS if principal.kind is PrincipalKind.ANONYMOUS else principal.arn


def _guarded(guarded: Guarded, names: _Names) -> dict[str, Any]:
    return {
        "resources": list(guarded.resources),
        "policy": names.of(guarded.policy),
        "resourceType": _RESOURCE_KINDS[guarded.kind],
    }


def _endpoint(endpoint: Endpoint, names: _Names) -> dict[str, Any]:
    out: dict[str, Any] = {"id": endpoint.id, "services": list(endpoint.services)}
    return {**out, "policy": names.of(endpoint.policy)} if endpoint.policy else out


def _anybody(anybody: Anybody) -> dict[str, Any]:
    if anybody.arns is not Anything:
        raise ValueError("anybody is narrowed to some names, for which the form has no words: write it by hand")
    kinds = [name for name, kind in KINDS.items() if kind in anybody.kinds]
    return {"whose": next(name for name, whose in WHOSE.items() if whose is anybody.whose), "kinds": kinds}


def _levels(levels: Iterable[Level], names: _Names) -> list[list[str]]:
    return [names.all(level) for level in levels]
