"""What is asked of every resource by every rule is asked once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import memory
import pulumi
import runner
import stack_config
from catalogue import BY_ID
from rules import iam_statement_can_match

from tests.policy_pack import harness
from tests.policy_pack.baselines import notebook, policy, vpc
from tests.policy_pack.document_baselines import allow, as_text, document

if TYPE_CHECKING:
    import pytest
    from pulumi_policy import ResourceValidationArgs
    from resources import Resource

ABOUT_NOTEBOOKS = BY_ID["sagemaker-notebook-root-is-disabled"]


def judge(*judged: harness.PackResource) -> list[str]:
    """Ask the rule about notebooks of each resource, after the root stack, and return what it said."""
    said: list[str] = []

    def report(message: str, _urn: str | None = None) -> None:
        said.append(message)

    for one in (harness.ROOT, *judged):
        args = harness.resource_args(harness.placed(one), {})
        runner.judge_resource(ABOUT_NOTEBOOKS, args, report)
    return said


def test_a_rule_about_other_types_still_lets_the_pack_remember_the_resource() -> None:
    judge(vpc())
    remembered = memory.registered(harness.urn_of(vpc()))
    assert remembered is not None
    assert remembered.read("cidrBlock").value == "10.0.0.0/16"


def test_what_is_remembered_is_not_read_again_for_a_rule_about_other_types(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    original = runner.observe

    def counting(args: ResourceValidationArgs) -> Resource:
        read.append(args.name)
        return original(args)

    monkeypatch.setattr(runner, "observe", counting)
    judge(vpc(), vpc(), vpc())
    assert read == [harness.ROOT.name, "network"]


def test_a_rule_about_the_type_judges_what_another_rule_has_seen() -> None:
    bad = notebook(rootAccess="Enabled")
    assert len(judge(bad, bad)) == 2


def test_the_tenants_of_the_stack_file_are_decoded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    text = json.dumps({f"tenant-{number}": {} for number in range(3)})
    decoded: list[str] = []
    original = json.loads

    def counting(given: str) -> Any:
        decoded.append(given)
        return original(given)

    monkeypatch.setattr(stack_config, "project", lambda: "counted")
    monkeypatch.setattr(pulumi.runtime, "get_config", {"counted:tenants": text}.get)
    monkeypatch.setattr(json, "loads", counting)
    assert stack_config.tenants().names == stack_config.tenants().names == ("tenant-0", "tenant-1", "tenant-2")
    assert decoded == [text]


def test_another_stack_file_has_other_tenants(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stack_config, "project", lambda: "counted")
    for name in ("alice", "bob"):
        monkeypatch.setattr(pulumi.runtime, "get_config", {"counted:tenants": json.dumps({name: {}})}.get)
        assert stack_config.tenants().names == (name,)


def test_a_document_that_many_hold_is_read_for_dead_statements_once() -> None:
    text = as_text(document(allow(Action="s3:GetObjektTorso")))
    before = iam_statement_can_match.dead.cache_info()
    said: list[str] = []

    def report(message: str, _urn: str | None = None) -> None:
        said.append(message)

    for number in range(3):
        args = harness.resource_args(harness.placed(policy(f"policy-{number}", policy=text)), {})
        runner.judge_resource(BY_ID["iam-statement-can-match"], args, report)
    after = iam_statement_can_match.dead.cache_info()
    assert len(said) == 3
    assert (after.misses - before.misses, after.hits - before.hits) == (1, 2)
