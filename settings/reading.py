"""From Pulumi's config to settings, or to everything that is wrong with it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pulumi
from pulumi.runtime.config import get_config_env, get_config_secret_keys_env
from pydantic import ValidationError

from .comparing import compared
from .findings import finding_at, leaf_findings, unknown_key, with_lists
from .guides import GUIDES
from .model import Settings
from .problems import NAMESPACE, NOTHING, REMOVE, Finding, Place, Problem, SettingsError, shown, text

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_STRINGS = {"account-id", "aws:region", "environment", "name-prefix"}
_PROVIDERS = "pulumi:disable-default-providers"
_KEYS = [str(place[0]) for place in GUIDES if len(place) == 1]
_LONGEST = 800


def load() -> Settings:
    """Return the settings of the stack that is being run.

    Raises SettingsError, which the program must not catch: as a RunError it reaches the user as a message without a
    traceback, and the run fails. Call this before anything is built.
    """
    project, stack = pulumi.get_project(), pulumi.get_stack()
    try:
        config, secret = get_config_env(), get_config_secret_keys_env()
    except ValueError as error:
        problem = Problem(
            path="PULUMI_CONFIG",
            given="text that is not JSON",
            allowed="a JSON object of config keys and values",
            why=f"Pulumi hands the stack file over in this variable: {text(str(error))}",
            write="(unset it, and run pulumi or `make preview`)",
        )
        raise SettingsError([problem], stack=stack) from None
    return parse(config if isinstance(config, dict) else {}, project=project, stack=stack, secret=secret)


def parse(config: Mapping[str, str], *, project: str, stack: str, secret: Collection[str] = ()) -> Settings:
    """Return the settings that a config map holds, structured values being JSON, as Pulumi hands them over.

    `secret` names the keys whose problems must not show what was given. Raises SettingsError with every problem, never
    anything else. A key that stands twice in the YAML itself never gets here, so whoever reads the file must refuse it
    (PyYAML by itself keeps the last; that the Pulumi CLI refuses is unverified [LIVE]). What is found here: a tenant
    that stands twice in a list of tenants, and a key that stands twice in a JSON value.
    """
    tree, findings = _tree(config, project)
    prefix_given = "name-prefix" in tree
    tree.setdefault("name-prefix", f"ml-{stack}")
    settings = None
    try:
        settings = Settings.model_validate(_validated(tree))
    except ValidationError as error:
        leaves = leaf_findings(error, tree)
    else:
        leaves = []
    across = list(compared(tree))
    places = {finding.place for finding in across}
    findings += [*across, *(finding for finding in leaves if finding.place not in places)]
    if settings is None or findings:
        if not prefix_given:
            findings = [_derived(finding, stack) for finding in findings]
        raise SettingsError(_problems(with_lists(findings, tree), project, secret), stack=stack)
    return settings


def _tree(config: Mapping[str, str], project: str) -> tuple[dict[str, Any], list[Finding]]:
    """Return the values by their keys without the namespace, decoded, and what was wrong with keys."""
    tree: dict[str, Any] = {}
    findings: list[Finding] = []
    for name, value in config.items():
        key = str(name)
        key = key.removeprefix(f"{project}:") if key.startswith(f"{project}:") else key
        if key not in _KEYS or (str(name) == key and ":" not in key):
            findings.append(unknown_key((str(name),), _plain(value), [_named(each) for each in _KEYS]))
            continue
        tree[key] = _decoded(key, value, findings)
    providers = tree.pop(_PROVIDERS, None)
    if not isinstance(providers, list) or "aws" not in providers:
        kept = [each for each in providers if isinstance(each, str)] if isinstance(providers, list) else []
        given = NOTHING if providers is None and _PROVIDERS not in config else shown(providers)
        findings.append(finding_at((_PROVIDERS,), given, {}, instead=[*kept, "aws"]))
    return tree, findings


def _plain(value: object) -> object:
    """Return a value of a key that nobody reads as the stack file holds it: a list or a mapping, or text."""
    try:
        decoded = json.loads(value) if isinstance(value, str) else value
    except (ValueError, RecursionError):
        return value
    return decoded if isinstance(decoded, list | dict) else value


def _decoded(key: str, value: object, findings: list[Finding]) -> Any:  # noqa: ANN401  whatever a stack file may hold
    if key in _STRINGS or not isinstance(value, str):
        return value
    repeated: list[str] = []

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        repeated.extend(name for name, times in Counter(name for name, _ in found).items() if times > 1)
        return dict(found)

    try:
        decoded = json.loads(value, object_pairs_hook=pairs)
    except (ValueError, RecursionError):
        return value
    findings += [
        Finding(
            place=(key,),
            given=f"{shown(name)} twice",
            allowed="each key once",
            why="readers keep one of the two values and drop the other without a word",
            write=f"(remove one {shown(name)})",
        )
        for name in repeated
    ]
    return decoded


def _validated(tree: dict[str, Any]) -> dict[str, Any]:
    """Return the tree with a list of tenants written as a mapping."""
    tenants = tree.get("tenants")
    if not isinstance(tenants, list):
        return tree
    return {**tree, "tenants": {name: {} for name in tenants if isinstance(name, str)}}


def _derived(finding: Finding, stack: str) -> Finding:
    if finding.place != ("name-prefix",):
        return finding
    return replace(finding, given=f"{NOTHING}, so ml-{stack} follows from the name of the stack")


def _problems(findings: list[Finding], project: str, secret: Collection[str]) -> list[Problem]:
    """Return the problems in the order of the stack file's example, each once."""
    order = {key: position for position, key in enumerate(_KEYS)}
    findings = sorted(findings, key=lambda finding: order.get(str(finding.place[0]), len(order)))
    return list(dict.fromkeys(_problem(finding, project, secret) for finding in findings))


def _problem(finding: Finding, project: str, secret: Collection[str]) -> Problem:
    key = _named(str(finding.place[0])).replace(NAMESPACE, f"{project}:", 1)
    if key in secret:
        finding = _masked(finding)
    return Problem(
        path=text(_path((key, *finding.place[1:]))),
        given=_clipped(finding.given),
        allowed=_clipped(finding.allowed),
        why=_clipped(finding.why),
        write="\n".join(text(each.replace(NAMESPACE, f"{project}:")) for each in (finding.write, *finding.more)),
    )


def _masked(finding: Finding) -> Finding:
    """Return a finding about a secret, which shows nothing of the value, not even its keys."""
    if finding.place[:1] in GUIDES:
        return finding_at(finding.place[:1], "[secret]", {})
    return replace(finding, given="[secret]", write=REMOVE, more=())


def _clipped(words: str) -> str:
    return text(words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…")


def _path(place: Place) -> str:
    return "config" + "".join(f"[{part}]" if isinstance(part, int) else f" › {part[:120]}" for part in place)


def _named(key: str) -> str:
    return key if ":" in key else f"{NAMESPACE}{key}"
