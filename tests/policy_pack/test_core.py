"""Remembering, deferring and failing closed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import deferrals
import memory
import plans
import pulumi
import pytest
import stack_config
from catalogue import BY_ID
from rule import Kind, Undecided, Violation

from tests.policy_pack.baselines import notebook, policy, provider
from tests.policy_pack.harness import ROOT, UNKNOWN, below, by_function, component, fails, urn_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from resources import Resource
    from rule import Findings, Options, Rule


def made(validate: Callable[[Any, Options], Findings], **changes: Any) -> Rule:
    """Return a rule about notebooks that exists only here."""
    rule = BY_ID["sagemaker-notebook-root-is-disabled"]
    return replace(rule, id="made-here", validate=validate, **changes)


def needs_root(resource: Resource, _options: Options) -> Findings:
    """Need a value."""
    if (found := resource.read("rootAccess")).unknown:
        yield Undecided(found)


CASE = fails("made here", "", notebook(rootAccess=UNKNOWN))


@pytest.mark.parametrize("preview", [True, False])
def test_an_unknown_that_no_rule_defers_is_a_violation(preview: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001  parametrized
    monkeypatch.setattr(stack_config, "is_preview", lambda: preview)
    said, deferred = by_function(made(needs_root), CASE)
    assert "rootAccess is not known" in said[0][1]
    assert deferred == []


def test_a_deferred_property_is_recorded_in_a_preview(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stack_config, "is_preview", lambda: True)
    said, deferred = by_function(made(needs_root, deferred=("rootAccess",)), CASE)
    assert said == []
    assert deferred == [("made-here", urn_of(CASE.resources[0]), ("rootAccess",))]


def test_a_deferred_property_is_a_violation_in_an_update(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stack_config, "is_preview", lambda: False)
    said, deferred = by_function(made(needs_root, deferred=("rootAccess",)), CASE)
    assert "still not known at the update" in said[0][1]
    assert deferred == []


def test_a_rule_cannot_defer_what_it_does_not_read() -> None:
    with pytest.raises(ValueError, match="does not read: subnetId"):
        made(needs_root, deferred=("subnetId",))


def test_a_rule_that_breaks_is_a_violation_that_names_no_value() -> None:
    def breaks(resource: Resource, _options: Options) -> Findings:
        raise TypeError(f"secret {resource.read('name').value}")
        yield

    said, _ = by_function(made(breaks), CASE)
    assert "the rule cannot read what is given (TypeError)" in said[0][1]
    assert "alice--" not in said[0][1]


def test_what_was_found_before_a_rule_broke_is_told_too() -> None:
    def breaks_late(resource: Resource, _options: Options) -> Findings:
        yield Violation("first")
        resource.read("name.inner")

    said, _ = by_function(made(breaks_late), CASE)
    assert [message.split(". ")[0] for _, message in said] == [
        "alice-notebook: first",
        "alice-notebook: the rule cannot read what is given: name is no object, so name.inner cannot be read",
    ]


def test_a_rule_never_sees_a_type_that_is_not_its_own() -> None:
    def always(_resource: Resource, _options: Options) -> Findings:
        yield Violation("seen")

    assert by_function(made(always), fails("", "", policy()))[0] == []
    assert len(by_function(made(always, types=("aws:iam/*",)), fails("", "", policy()))[0]) == 1
    assert len(by_function(made(always, types=("*",)), fails("", "", policy()))[0]) == 2


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (None, "has no closed-sagemaker:tenants"),
        ("{", "is no JSON"),
        ('"alice"', "is neither a map nor a list"),
        ("[1]", "holds an entry that is no name"),
        ('[""]', "holds an entry that is no name"),
    ],
)
def test_tenants_that_cannot_be_read_are_nobody(
    value: str | None, problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stack_config, "project", lambda: "closed-sagemaker")
    monkeypatch.setattr(pulumi.runtime, "get_config", lambda _key: value)
    declared = stack_config.tenants()
    assert declared.names == ()
    assert problem in (declared.problem or "")
    assert stack_config.tenants(["dave"]).names == ("dave",)


def test_undeclared_tenants_make_every_owner_a_violation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stack_config, "project", lambda: "closed-sagemaker")
    monkeypatch.setattr(pulumi.runtime, "get_config", lambda _key: None)
    rule = BY_ID["tenant-user-tag-names-a-declared-tenant"]
    said, _ = by_function(rule, fails("", "", notebook()))
    assert "no tenant is declared: the stack config has no closed-sagemaker:tenants" in said[0][1]


def test_an_account_that_nobody_names_pins_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stack_config, "project", lambda: "closed-sagemaker")
    monkeypatch.setattr(pulumi.runtime, "get_config", lambda _key: None)
    said, _ = by_function(BY_ID["pulumi-provider-account-is-pinned"], fails("", "", provider()))
    assert "neither the stack config nor the policy config says which account" in said[0][1]


OUTER = component(
    "closed-sagemaker:a:Outer", "outer", plannedDocuments={"aws:iam/policy:Policy|boundary|policy": {"a": 1}}
)
INNER = below(OUTER, component("closed-sagemaker:b:Inner", "inner"))


def planned_for(*seen: Any) -> Any:
    """Return what is planned for the last resource once all were seen."""
    kept: list[Resource] = []

    def keep(resource: Resource, _options: Options) -> Findings:
        kept.append(resource)
        return ()

    by_function(made(keep, types=("aws:iam/policy:Policy",)), fails("", "", *seen))
    return plans.planned(kept[-1], "policy")


def test_a_child_finds_the_plan_of_the_components_around_it() -> None:
    assert planned_for(OUTER, below(OUTER, policy())) == {"a": 1}
    assert planned_for(OUTER, INNER, below(INNER, policy())) == {"a": 1}


def test_a_plan_is_nobody_elses() -> None:
    assert planned_for(OUTER, policy()) is None
    assert planned_for(OUTER, below(OUTER, policy("other"))) is None


def test_a_plan_that_is_not_known_is_no_plan() -> None:
    unread = component("closed-sagemaker:a:Outer", "outer", plannedDocuments=UNKNOWN)
    assert planned_for(unread, below(unread, policy())) is None


def test_another_run_begins_with_the_root_stack() -> None:
    planned_for(OUTER, below(OUTER, policy()))
    deferrals.record("rule", "urn", "path")
    assert memory.registered(urn_of(OUTER)) is not None
    by_function(made(needs_root), fails("", "", ROOT))
    assert memory.registered(urn_of(OUTER)) is None
    assert plans.everywhere() == ()
    assert deferrals.recorded() == []


def test_every_rule_says_whether_it_judges_one_or_all() -> None:
    assert {rule.kind for rule in BY_ID.values()} == set(Kind)
