"""Questions about actions and condition keys."""

from __future__ import annotations

import difflib
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from iamproof.facts.load import global_keys, index, service, stands_for
from iamproof.matching import Glob

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamproof.facts.load import Service
    from iamproof.facts.model import ActionFacts, KeyFacts, ResourceType

_ACTION_PATTERN = re.compile(r"\*|\*:\*|[A-Za-z0-9-]+:[A-Za-z0-9*?-]+")
_EVERYTHING = ("*", "*:*")


def services() -> tuple[str, ...]:
    """Return the prefixes of all services, such as ``sagemaker``."""
    return tuple(index()["services"])


def action(name: str) -> ActionFacts | None:
    """Return what is known of an action such as ``s3:GetObject`` (case does not count), None where it is not known."""
    found, rest = _split(name)
    return found.actions.get(rest) if found else None


@lru_cache(maxsize=4096)
def expand(pattern: str) -> tuple[str, ...]:
    """Return the names of all known actions that a policy's pattern stands for, such as ``sagemaker:Create*``.

    ValueError where it is no pattern of actions; empty where no action matches. ``*`` reads the data of all services.
    """
    if not _ACTION_PATTERN.fullmatch(pattern):
        raise ValueError(f"{pattern!r} is no action: write service:Action, such as s3:Get*, or *")
    if pattern in _EVERYTHING:
        return tuple(name for prefix in services() for name in expand(f"{prefix}:*"))
    found, rest = _split(pattern)
    glob = Glob.of(rest)
    return tuple(sorted(known.name for name, known in found.actions.items() if glob.matches(name))) if found else ()


@lru_cache(maxsize=1 << 14)
def condition_key(name: str) -> KeyFacts | None:
    """Return what is known of a condition key, such as ``aws:ResourceTag/team`` (case does not count), or None.

    A key that stands under another service's prefix, such as ``iam:ResourceTag/team`` in sts, is found as well.
    """
    found = global_keys().find(name)
    if found:
        return found
    prefix = name.partition(":")[0].lower()
    owners = index()["keyPrefixes"].get(prefix, [prefix])
    keys = (owner.keys.find(name) for owner in map(service, owners) if owner)
    return next((key for key in keys if key), None)


def carries(action_name: str, key: str) -> bool:
    """Whether a request for the action can carry the key: by itself, through a resource type, or as every request can.

    An action of which only the name is known may carry any key. ValueError where the action is not known.
    """
    known = action(action_name)
    if known is None:
        raise ValueError(f"{action_name!r} is no known action{hint(nearest_actions(action_name))}")
    return not known.complete or may_carry(known.condition_keys, key)


@lru_cache(maxsize=1 << 16)
def may_carry(listed: frozenset[str], key: str) -> bool:
    """Whether a request can carry the key for an action that lists these keys, or as every request can."""
    everywhere = global_keys().find(key)
    return bool(everywhere and everywhere.everywhere) or any(stands_for(own, key) for own in listed)


def operation_only(name: str) -> bool:
    """Whether the service's API has an operation of this name that the authorization data knows no action for."""
    found, rest = _split(name)
    return found is not None and rest not in found.actions and rest in {known.lower() for known in found.unlisted}


def resource_types(arn_service: str) -> Iterator[ResourceType]:
    """Yield every resource type whose ARNs have this service in their third component."""
    prefixes = {arn_service, *index()["arnServices"].get(arn_service, ())}
    for found in map(service, sorted(prefixes)):
        yield from found.resources if found else ()


def nearest_actions(name: str) -> tuple[str, ...]:
    """Return up to three known actions whose names are like this one; services first where the service is unknown."""
    prefix, _, rest = name.partition(":")
    found = service(prefix.lower())
    if found is None:
        close = difflib.get_close_matches(prefix.lower(), services(), n=3, cutoff=0.7)
        exact = [f"{other}:{rest}" for other in close if action(f"{other}:{rest}")]
        return tuple(known.name for known in map(action, exact) if known) or tuple(f"{other}:…" for other in close)
    close = difflib.get_close_matches(rest.lower(), found.actions, n=3, cutoff=0.6)
    return tuple(found.actions[near].name for near in close)


def nearest_keys(name: str) -> tuple[str, ...]:
    """Return up to three condition keys whose names are like this one, of the service and global ones."""
    found = service(name.partition(":")[0].lower())
    known = {key.name.lower(): key.name for keys in (global_keys(), found and found.keys) if keys for key in keys.all}
    return tuple(known[near] for near in difflib.get_close_matches(name.lower(), known, n=3, cutoff=0.6))


def hint(near: tuple[str, ...]) -> str:
    """Return what to append to a message about a name that is not known."""
    return f": did you mean {' or '.join(near)}?" if near else ""


def _split(name: str) -> tuple[Service | None, str]:
    prefix, _, rest = name.lower().partition(":")
    return service(prefix), rest
