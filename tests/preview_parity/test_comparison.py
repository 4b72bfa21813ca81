"""The comparison sees every difference it is there for; no engine is needed to show that."""

from __future__ import annotations

from typing import Any

import pytest

from preview_parity.comparison import differences
from preview_parity.observation import Finding, Observation

FINDING = {
    "urn": "urn:a",
    "policy": "p",
    "pack": "k",
    "version": "1",
    "level": "advisory",
    "severity": "",
    "message": "m",
}
RESOURCE = {
    "type": "a:b:C",
    "name": "one",
    "parent": "urn:parent",
    "provider": "urn:provider",
    "protect": False,
    "inputs": {"size": 1, "deep": {"list": ["a", {"b": True}]}},
    "dependencies": ["urn:other"],
    "propertyDependencies": {"size": ["urn:other"]},
}
ECHO = {"pack": "k", "call": "resource", "urn": "urn:a", "seen": {"props": {"size": 1}}}


def observed(**changes: Any) -> Observation:
    return Observation(
        resources={"urn:a": {**RESOURCE, **changes.get("resource", {})}, **changes.get("resources", {})},
        findings=[Finding(**{**FINDING, **changes.get("finding", {})})] * changes.get("times", 1),
        echoes=[{**ECHO, **changes.get("echo", {})}] * changes.get("echoes", 1),
    )


def test_two_like_observations_do_not_differ() -> None:
    assert differences(observed(), observed()) == []


@pytest.mark.parametrize(
    "change",
    [
        {"resource": {"type": "a:b:D"}},
        {"resource": {"name": "two"}},
        {"resource": {"parent": ""}},
        {"resource": {"provider": "urn:another"}},
        {"resource": {"protect": True}},
        {"resource": {"inputs": {"size": 2, "deep": {"list": ["a", {"b": True}]}}}},
        {"resource": {"inputs": {"size": True, "deep": {"list": ["a", {"b": True}]}}}},
        {"resource": {"inputs": {"size": 1, "deep": {"list": ["a", {"b": 1}]}}}},
        {"resource": {"inputs": {"size": 1, "deep": {"list": ["a"]}}}},
        {"resource": {"inputs": {"size": 1}}},
        {"resource": {"dependencies": []}},
        {"resource": {"propertyDependencies": {}}},
        {"resources": {"urn:b": RESOURCE}},
        *({"finding": {key: "other"}} for key in FINDING),
        {"times": 2},
        {"times": 0},
        {"echo": {"seen": {"props": {}}}},
        {"echo": {"call": "stack"}},
        {"echoes": 2},
    ],
    ids=str,
)
def test_each_difference_is_seen_from_both_sides(change: dict[str, Any]) -> None:
    assert differences(observed(), observed(**change)) != []
    assert differences(observed(**change), observed()) != []


def test_a_fact_that_only_the_preview_knows_is_no_difference() -> None:
    more = observed(resource={"hooks": ["h"]})
    assert differences(observed(), more) == []
    assert differences(more, observed()) != []
