"""Which provider a resource gets: its own, its component's, its parent's, or the default one of its package.

The rules are the engine's (pulumi v3.259.0, `source_eval.go` and `default_providers.go`).
"""

from __future__ import annotations

import json
import re
import threading
from typing import TYPE_CHECKING, Any

from preview import urn as urns
from preview.errors import MonitorError
from preview.state import Goal
from preview.values import Secret

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from preview.state import StackContext, State

DENIED_ID = "denydefaultprovider"
DYNAMIC_SUFFIX = "-dynamic"  # dynamic providers of a language get the whole configuration


def reference(state: State) -> str:
    """Return how the protocol refers to a provider: its URN and its id."""
    return f"{state.urn}::{state.id}"


def parse_reference(text: str) -> tuple[str, str]:
    """Split a provider reference into URN and id; ("", "") when there is none."""
    urn, _, identity = text.rpartition("::")
    return urn, identity


def denied(text: str) -> bool:
    """Say whether the reference stands for a default provider that the configuration switched off."""
    return parse_reference(text)[1] == DENIED_ID


class ComponentProviders:
    """The providers that components hand down to their children."""

    def __init__(self) -> None:
        self._of: dict[str, dict[str, str]] = {}

    def resolve(self, given: str, own: Mapping[str, str], parent: str, package: str) -> str:
        """Return the reference of the provider of a resource, "" when only the default is left."""
        return given or own.get(package) or self._of.get(parent, {}).get(package, "")

    def inherited(self, own: Mapping[str, str], parent: str) -> dict[str, str]:
        """Return the providers of a component: its own, then its parent's."""
        return {**self._of.get(parent, {}), **own}

    def remember(self, urn: str, providers: Mapping[str, str]) -> None:
        """Keep what a component hands down."""
        self._of[urn] = dict(providers)


class DefaultProviders:
    """Registers the default provider of a package when the first resource needs it."""

    def __init__(self, context: StackContext, register: Callable[[Goal], State]) -> None:
        self._context = context
        self._register = register
        self._known: dict[tuple[str, str], str] = {}
        self._lock = threading.Lock()

    def get(self, package: str, version: str) -> str:
        """Return the reference of a default provider, one that is denied where the configuration says so."""
        if self._is_denied(package):
            return f"urn:pulumi:denied::denied::pulumi:providers:denied::{package}::{DENIED_ID}"
        with self._lock:
            found = self._known.get((package, version))
            if found is None:
                found = reference(self._register(self._goal(package, version)))
                self._known[package, version] = found
            return found

    def _goal(self, package: str, version: str) -> Goal:
        name = "_".join(["default", *re.split(r"[.+-]", version)]) if version else "default"
        properties: dict[str, Any] = {}
        for key, value in self._context.config.items():
            namespace, _, short = key.partition(":")
            if package.endswith(DYNAMIC_SUFFIX):
                short = key
            elif namespace != package:
                continue
            properties[short] = Secret(value) if key in self._context.secret_keys else value
        if version:
            properties["version"] = version
        return Goal(type=f"{urns.PROVIDER_PREFIX}{package}", name=name, custom=True, properties=properties)

    def _is_denied(self, package: str) -> bool:
        given = self._context.config.get("pulumi:disable-default-providers", "")
        if package == "pulumi" or not given:
            return False
        try:
            names = json.loads(given)
        except json.JSONDecodeError:
            raise MonitorError(f"Failed to parse pulumi:disable-default-providers: {given}") from None
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise MonitorError("pulumi:disable-default-providers must be a list of package names")
        return any(name.strip() in ("*", package) for name in names)
