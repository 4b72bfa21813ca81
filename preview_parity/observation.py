"""What one run of either engine showed, in one form, so that two of them can be compared."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from preview import urn as urns
from preview.providers import parse_reference
from preview.values import (
    REFERENCE,
    SECRET,
    SIGNATURE_KEY,
    UNKNOWN_STRING,
    Asset,
    Reference,
    Secret,
    Unknown,
    Value,
    flat,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from preview.run import RunResult
    from preview.state import State
    from preview_parity.real_engine import EngineResult

HIDDEN = "[secret]"
_PROVIDER_ID = re.compile(rf"(pulumi:providers:\w+::\w+)::(?!{UNKNOWN_STRING})[0-9a-f-]{{36}}")
HOOK_NAMES = {
    "before_create": "BeforeCreate",
    "after_create": "AfterCreate",
    "before_update": "BeforeUpdate",
    "after_update": "AfterUpdate",
    "before_delete": "BeforeDelete",
    "after_delete": "AfterDelete",
    "on_error": "OnError",
}


@dataclass(frozen=True, order=True, kw_only=True)
class Finding:
    """One policy event."""

    urn: str
    policy: str
    pack: str
    version: str
    level: str
    severity: str
    message: str


@dataclass(frozen=True, kw_only=True)
class Observation:
    """Resources by URN, each as the facts known of it; policy events in a fixed order; what the echo pack wrote."""

    resources: Mapping[str, Mapping[str, Any]]
    findings: Sequence[Finding] = ()
    echoes: Sequence[Mapping[str, Any]] = field(default_factory=tuple)

    def seen(self) -> dict[tuple[str, str, str], list[Any]]:
        """Return what the echo packs saw, by pack, kind of call and URN."""
        result: dict[tuple[str, str, str], list[Any]] = {}
        for line in self.echoes:
            result.setdefault((line["pack"], line["call"], line["urn"]), []).append(line["seen"])
        return result


def echoes_of(path: Path) -> list[dict[str, Any]]:
    """Read what the echo packs wrote."""
    if not path.exists():
        return []
    return [json.loads(_without_provider_ids(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def _without_provider_ids(text: str) -> str:
    """Take the ids out of references to providers, which are random in the real engine."""
    return _PROVIDER_ID.sub(r"\1::(id)", text)


# The preview


def of_stand_in(result: RunResult, echoes: Sequence[Mapping[str, Any]], *, hide_secrets: bool) -> Observation:
    """Return what a run of the preview showed; `hide_secrets` as the real engine's events do."""
    resources = {urn: _of_state(state, hide_secrets=hide_secrets) for urn, state in result.states.items()}
    findings = [
        Finding(
            urn=found.urn,
            policy=found.policy,
            pack=found.pack,
            version=found.version,
            level=found.level,
            severity=found.severity,
            message=_without_provider_ids(found.message.strip()),
        )
        for found in result.diagnostics
    ]
    return Observation(resources=resources, findings=sorted(findings), echoes=echoes)


def _of_state(state: State, *, hide_secrets: bool) -> dict[str, Any]:
    goal = state.goal
    timeouts = {"create": goal.timeouts.create, "update": goal.timeouts.update, "delete": goal.timeouts.delete}
    return {
        "type": state.type,
        "name": state.name,
        "custom": goal.custom,
        "external": state.external,
        "parent": goal.parent,
        "provider": parse_reference(goal.provider)[0],
        "protect": bool(goal.protect),
        "inputs": _shown(flat(state.inputs) if goal.custom else state.inputs, hide_secrets=hide_secrets),
        "outputs": _shown(state.outputs, hide_secrets=hide_secrets),
        "dependencies": sorted(goal.dependencies),
        "propertyDependencies": {
            name: sorted(sources) for name, sources in goal.property_dependencies.items() if sources
        },
        "id": "" if state.id is None or isinstance(state.id, Unknown) else state.id,
        "additionalSecretOutputs": list(goal.additional_secret_outputs),
        "ignoreChanges": list(goal.ignore_changes),
        "deleteBeforeReplace": goal.delete_before_replace,
        "replaceOnChanges": list(goal.replace_on_changes),
        "retainOnDelete": bool(goal.retain_on_delete),
        "deletedWith": goal.deleted_with,
        "importID": goal.import_id,
        "customTimeouts": {name: seconds for name, seconds in timeouts.items() if seconds},
        "resourceHooks": {HOOK_NAMES[kind]: list(names) for kind, names in goal.hooks.items()},
    }


def _shown(value: Value, *, hide_secrets: bool) -> Value:
    """Return a value as `_read` would read it from the real engine."""
    match value:
        case Unknown():
            shown: Value = UNKNOWN_STRING
        case Reference():
            shown = {"resource": value.urn, "id": "" if isinstance(value.id, Unknown) else value.id}
        case Secret():
            shown = {HIDDEN: None if hide_secrets else _shown(value.value, hide_secrets=hide_secrets)}
        case Asset():
            shown = {"asset": _asset(_fields(value))}
        case dict():
            own = {name: element for name, element in value.items() if name != "__internal"}
            shown = {name: _shown(element, hide_secrets=hide_secrets) for name, element in own.items()}
        case list() | tuple():
            shown = [_shown(element, hide_secrets=hide_secrets) for element in value]
        case str():
            shown = _without_provider_ids(value)
        case _:
            shown = value
    return shown


def _fields(asset: Asset) -> dict[str, Any]:
    parts = asset.fields.get("assets")
    if parts is None:
        return dict(asset.fields)
    return {"assets": {name: _fields(part) for name, part in parts.items()}}


# The real engine


def of_preview(result: EngineResult, echoes: Sequence[Mapping[str, Any]]) -> Observation:
    """Return what ``pulumi preview`` showed: its events, and the goals of the plan that it saved."""
    resources = {}
    for event in result.of_kind("resourcePreEvent"):
        new = event["metadata"]["new"]
        resources[new["urn"]] = {
            **_identity(new),
            "inputs": _read(new.get("inputs") or {}),
            **_goal(result.plan, new["urn"]),
        }
    return Observation(resources=resources, findings=_findings(result), echoes=echoes)


def _goal(plan: Mapping[str, Any], urn: str) -> dict[str, Any]:
    """Return what the plan says of a resource beyond its events; nothing of one that is read."""
    goal = (plan.get(urn) or {}).get("goal")
    if not goal:
        return {}
    sources = goal.get("propertyDependencies") or {}
    return {
        "protect": goal.get("protect", False),
        "dependencies": sorted(goal.get("dependencies") or ()),
        "propertyDependencies": {name: sorted(given) for name, given in sources.items() if given},
        "additionalSecretOutputs": goal.get("additionalSecretOutputs") or [],
        "ignoreChanges": goal.get("ignoreChanges") or [],
        "deleteBeforeReplace": goal.get("deleteBeforeReplace"),
        "customTimeouts": {name: seconds for name, seconds in (goal.get("customTimeouts") or {}).items() if seconds},
    }


def of_update(
    result: EngineResult, exported: Sequence[Mapping[str, Any]], echoes: Sequence[Mapping[str, Any]]
) -> Observation:
    """Return what ``pulumi up`` did: the state that it left behind, and its policy events."""
    resources = {resource["urn"]: _exported(resource) for resource in exported}
    return Observation(resources=resources, findings=_findings(result), echoes=echoes)


def _identity(found: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": found["type"],
        "name": urns.name_of(found["urn"]),
        "custom": found.get("custom", False),
        "external": found.get("external", False),
        "parent": found.get("parent", ""),
        "provider": parse_reference(found.get("provider", ""))[0],
        "protect": found.get("protect", False),
    }


def _exported(found: Mapping[str, Any]) -> dict[str, Any]:
    sources = found.get("propertyDependencies") or {}
    return {
        **_identity(found),
        "inputs": _read(found.get("inputs") or {}),
        "outputs": _read(found.get("outputs") or {}),
        "dependencies": sorted(found.get("dependencies") or ()),
        "propertyDependencies": {name: sorted(given) for name, given in sources.items() if given},
        **({} if urns.is_provider(found["type"]) else {"id": found.get("id", "")}),  # a random one
        "additionalSecretOutputs": found.get("additionalSecretOutputs") or [],
        "ignoreChanges": found.get("ignoreChanges") or [],
        "replaceOnChanges": found.get("replaceOnChanges") or [],
        "retainOnDelete": found.get("retainOnDelete", False),
        "deletedWith": found.get("deletedWith", ""),
        "importID": found.get("importID", ""),
        "customTimeouts": found.get("customTimeouts") or {},
        "resourceHooks": found.get("resourceHooks") or {},
    }


def _findings(result: EngineResult) -> list[Finding]:
    found = [
        Finding(
            urn=event.get("resourceUrn", ""),
            policy=event["policyName"],
            pack=event["policyPackName"],
            version=event["policyPackVersion"],
            level=event["enforcementLevel"],
            severity=event.get("severity", ""),
            message=_without_provider_ids(event["message"].strip()),
        )
        for event in result.of_kind("policyEvent")
    ]
    return sorted(found)


def _read(value: Value) -> Value:
    """Read a value from a state or an event of the real engine."""
    if isinstance(value, dict):
        if value.get(SIGNATURE_KEY) == SECRET:
            return {HIDDEN: _read(json.loads(value["plaintext"])) if "plaintext" in value else None}
        if value.get(SIGNATURE_KEY) == REFERENCE:
            return {"resource": value["urn"], "id": value.get("id")}
        if SIGNATURE_KEY in value:
            return {"asset": _asset(value)}
        return {name: _read(element) for name, element in value.items() if name != "__internal"}
    if isinstance(value, list):
        return [_read(element) for element in value]
    return _without_provider_ids(value) if isinstance(value, str) else value


def _asset(fields: Mapping[str, Any]) -> str | dict[str, Any]:
    """Return where an asset's content is; not its digest (the preview computes none) nor its text (events elide it)."""
    if "assets" in fields:
        return {name: _asset(part) for name, part in sorted(fields["assets"].items())}
    return fields.get("path") or fields.get("uri") or "text"
