"""Buckets that the stack file names are the same to every claim as those that it does not."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import environment
import pulumi
import pytest
import yaml
from catalogue_of_claims import BY_ID, CLAIMS
from claim import Claim, Verdict
from proving import Prover

from tests.policy_pack import whole_stack
from tests.policy_pack.edited_policies import edited
from tests.recorded import recorded

if TYPE_CHECKING:
    from environment import StackPolicies

NAMES = {purpose: f"our-{purpose}-9z" for purpose in ("raw", "results", "shared", "staging", "access-logs")}
RECORDS = ("our-access-logs-9z", "ml-dev-audit-7f3a")
EMERGENCY, SERVICES, OWN = "emergencies-leave-a-trace", "services-do-their-part", "buckets-let-their-own-in"


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> StackPolicies:
    """The policies of the dev stack whose file names each bucket that it may name."""
    whole_stack.configure(monkeypatch, "dev")
    config = yaml.safe_load((whole_stack.ROOT / "Pulumi.dev.yaml").read_text(encoding="utf-8"))["config"]
    data = config["closed-sagemaker:data"] | {"buckets": {purpose: {"name": name} for purpose, name in NAMES.items()}}
    texts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in config.items()}
    changed = {"closed-sagemaker:data": json.dumps(data)}
    monkeypatch.setattr(pulumi.runtime, "get_config", (texts | changed).get)
    return environment.read_stack(whole_stack.observed(recorded("dev", "first", changed)))


def asked(claim: Claim, stack: StackPolicies) -> Counter[str]:
    """Count what a claim asks of a stack, by kind."""
    return Counter(type(one).__name__ for one in claim.ask(stack))


def test_no_claim_asks_less_of_buckets_that_have_names_of_their_own(
    named: StackPolicies, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_named = {claim.id: asked(claim, named) for claim in CLAIMS}
    whole_stack.configure(monkeypatch, "dev")
    usual = whole_stack.policies()
    assert {claim.id: asked(claim, usual) for claim in CLAIMS} == of_named


@pytest.mark.parametrize("claim", [EMERGENCY, SERVICES, OWN])
def test_the_claims_about_records_hold_of_named_buckets(claim: str, named: StackPolicies) -> None:
    result = Prover(named).decide(BY_ID[claim])
    assert result.verdict.holds, result.text


@pytest.mark.parametrize("name", RECORDS)
def test_the_emergency_role_that_could_empty_one_bucket_of_records_is_found(name: str, named: StackPolicies) -> None:
    def uncovered(statements: list[dict[str, Any]]) -> list[dict[str, Any]]:
        kept = {"Resource": [f"arn:aws:s3:::{other}*" for other in RECORDS if other != name]}
        return [{**one, **kept} if one["Sid"] == "RecordBucketsStay" else one for one in statements]

    result = Prover(edited(named, "break-glass-policy", uncovered)).decide(BY_ID[EMERGENCY])
    assert result.verdict is Verdict.COUNTEREXAMPLE
    assert name in result.text


@pytest.mark.parametrize("purpose", ["access-logs", "raw"])
def test_a_bucket_that_is_called_otherwise_than_declared_empties_no_claim_in_silence(
    purpose: str, named: StackPolicies
) -> None:
    buckets = tuple(one for one in named.buckets if not one.called.endswith(NAMES[purpose]))
    result = Prover(replace(named, buckets=buckets)).decide(BY_ID[OWN])
    assert result.verdict is Verdict.COUNTEREXAMPLE
    assert f"the one for {purpose}" in result.text
