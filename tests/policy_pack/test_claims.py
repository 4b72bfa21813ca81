"""Every claim holds of the program, fails when what it rests on is taken away, and is never empty."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import proof_report
import pytest
import stack_config
from catalogue_of_claims import BY_ID, CLAIMS
from claim import Broken, Claim, Kind, Verdict
from proving import Prover

from iamproof import parse_policy
from tests.policy_pack import whole_stack
from tests.policy_pack.broken_stacks import BREAKS, DENY_INVOKE, OF_PROD
from tests.policy_pack.edited_policies import (
    edited,
)

if TYPE_CHECKING:
    from pathlib import Path

    from environment import StackPolicies

SAFETY = [claim.id for claim in CLAIMS if claim.kind is Kind.SAFETY]
LIVENESS = [claim.id for claim in CLAIMS if claim.kind is Kind.LIVENESS]


@pytest.fixture
def configured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the claims the stack config of the program."""
    whole_stack.configure(monkeypatch, "dev")


@pytest.fixture
def platform(configured: None) -> StackPolicies:  # noqa: ARG001  what it reads depends on it
    """The policies of the dev stack in a first preview."""
    return whole_stack.policies()


def verdict(stack: StackPolicies, claim_id: str) -> Verdict:
    return Prover(stack).decide(BY_ID[claim_id]).verdict


@pytest.mark.verify
@pytest.mark.parametrize("stack", ["dev", "prod"])
@pytest.mark.parametrize("mode", ["first", "deployed"])
def test_every_claim_holds_of_the_program(mode: str, stack: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole_stack.configure(monkeypatch, stack)
    prover = Prover(whole_stack.policies(stack, mode))
    results = [prover.decide(claim) for claim in CLAIMS]
    assert {result.claim.id: result.text for result in results if not result.verdict.holds} == {}


def test_every_safety_claim_has_something_that_breaks_it() -> None:
    assert set(BREAKS) == set(SAFETY)


@pytest.mark.verify
@pytest.mark.parametrize("claim", SAFETY)
def test_a_claim_is_refuted_by_a_request_once_its_guard_is_gone(claim: str, request: pytest.FixtureRequest) -> None:
    broken = BREAKS[claim](request.getfixturevalue("prod" if claim in OF_PROD else "platform"))
    result = Prover(broken).decide(BY_ID[claim])
    assert result.verdict is Verdict.COUNTEREXAMPLE, result.text
    assert result.text
    if claim != "no-group-admits-another-tenant":
        found = result.counterexample
        assert found is not None
        assert found["statements"]
        assert found["action"] in result.text


def forbidding(stack: StackPolicies) -> StackPolicies:
    """Return the stack in which nobody may do anything."""
    nothing = {"Effect": "Deny", "Action": "*", "Resource": "*", "Principal": "*"}
    refusing = parse_policy({"Version": "2012-10-17", "Statement": [nothing]}, name="nothing")
    return replace(
        stack,
        identities=tuple(replace(one, policies=()) for one in stack.identities),
        buckets=tuple(replace(one, policy=refusing) for one in stack.buckets),
        keys=tuple(replace(one, policy=refusing) for one in stack.keys),
    )


@pytest.mark.parametrize("claim", LIVENESS)
def test_a_liveness_claim_fails_where_nothing_is_allowed(claim: str, platform: StackPolicies) -> None:
    assert verdict(forbidding(platform), claim) is Verdict.COUNTEREXAMPLE


@pytest.mark.verify
@pytest.mark.parametrize("claim", SAFETY)
def test_a_safety_claim_that_holds_because_nothing_is_allowed_is_caught_by_its_partner(
    claim: str, platform: StackPolicies
) -> None:
    partner = BY_ID[claim].partner
    assert partner is not None
    assert verdict(forbidding(platform), claim) is Verdict.PROVED
    assert verdict(forbidding(platform), partner) is Verdict.COUNTEREXAMPLE


def test_a_partner_is_a_liveness_claim_that_exists() -> None:
    partners = {claim.partner for claim in CLAIMS if claim.kind is Kind.SAFETY}
    assert partners <= set(LIVENESS)


def test_a_tenant_without_roles_empties_no_claim_in_silence(platform: StackPolicies) -> None:
    kept = tuple(one for one in platform.identities if one.tags.get("user") != "carol")
    assert verdict(replace(platform, identities=kept), "each-tenant-works-in-its-prefix") is Verdict.COUNTEREXAMPLE


def test_a_document_that_cannot_be_read_leaves_the_claim_undecided(platform: StackPolicies) -> None:
    first, *others = sorted(platform.identities, key=lambda one: one.path != "/tenants/alice/")
    unread = replace(first, problems=("work cannot be read: Statement is missing",))
    result = Prover(replace(platform, identities=(unread, *others))).decide(BY_ID["own-roles-to-sagemaker-only"])
    assert result.verdict is Verdict.UNDECIDED
    assert "work cannot be read" in result.text


def test_an_example_that_is_refused_names_who_what_and_by_which_statement(platform: StackPolicies) -> None:
    denied = edited(platform, "tenants-work", lambda every: [*every, {"Sid": "Stop", **DENY_INVOKE}])
    result = Prover(denied).decide(BY_ID["each-tenant-does-its-work"])
    assert result.verdict is Verdict.COUNTEREXAMPLE
    assert "sagemaker:InvokeEndpoint on " in result.text
    assert "(tenants-work Stop)" in result.text


def test_an_example_of_somebody_whose_documents_cannot_be_read_is_undecided(platform: StackPolicies) -> None:
    unread = tuple(replace(one, problems=("work cannot be read",)) for one in platform.identities)
    result = Prover(replace(platform, identities=unread)).decide(BY_ID["the-platform-is-run"])
    assert result.verdict is Verdict.UNDECIDED
    assert "work cannot be read" in result.text


def test_an_example_asks_the_policies_of_the_endpoint_it_takes_and_of_the_role_it_is_about(
    platform: StackPolicies,
) -> None:
    shut = edited(platform, "endpoints-sagemaker.runtime", lambda _: [{**DENY_INVOKE, "Principal": "*"}])
    assert verdict(shut, "each-tenant-does-its-work") is Verdict.COUNTEREXAMPLE
    nobody = {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}
    untrusted = edited(platform, "tenant-bob-job-role.assumeRolePolicy", lambda _: [nobody])
    assert verdict(untrusted, "services-do-their-part") is Verdict.COUNTEREXAMPLE


def test_a_claim_that_raises_is_undecided_and_says_what_it_raised(platform: StackPolicies) -> None:
    def ask(_stack: StackPolicies) -> Any:
        raise ZeroDivisionError("a slip")

    claim = Claim(id="slip", sentence="Nothing slips.", kind=Kind.SAFETY, ask=ask, partner="x")
    result = Prover(platform).decide(claim)
    assert (result.verdict, result.text) == (Verdict.UNDECIDED, "the claim raises ZeroDivisionError: a slip")


def test_what_is_broken_without_a_request_refutes_a_claim(platform: StackPolicies) -> None:
    claim = Claim(
        id="one-rule",
        sentence="No group admits another.",
        kind=Kind.SAFETY,
        ask=lambda _stack: [Broken(text="group a admits group b", urn="urn:a")],
        partner="x",
    )
    result = Prover(platform).decide(claim)
    assert (result.verdict, result.text, result.urn) == (Verdict.COUNTEREXAMPLE, "group a admits group b", "urn:a")


def test_one_answer_serves_all_tenants_that_differ_in_nothing_but_names(platform: StackPolicies) -> None:
    result = Prover(platform).decide(BY_ID["only-through-the-endpoints"])
    assert (result.asked, result.answered) == (3, 1)


def test_a_tenant_whose_documents_differ_is_found_and_judged_on_its_own(platform: StackPolicies) -> None:
    extra = parse_policy(
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iam:*", "Resource": "*"}]}, name="extra"
    )
    odd = tuple(
        replace(one, policies=(*one.policies, extra), boundary=None) if one.name == "ml-dev-carol-job" else one
        for one in platform.identities
    )
    result = Prover(replace(platform, identities=odd)).decide(BY_ID["no-tenant-changes-policies"])
    assert result.verdict is Verdict.COUNTEREXAMPLE
    assert "ml-dev-carol-job" in result.text


def test_a_result_tells_what_a_reader_of_the_report_needs(platform: StackPolicies) -> None:
    found = Prover(platform).decide(BY_ID["own-roles-to-sagemaker-only"]).to_dict()
    assert {"id", "sentence", "kind", "verdict", "counterexample", "assumptions", "milliseconds"} <= set(found)
    assert (found["kind"], found["verdict"], found["counterexample"]) == ("safety", "proved", None)
    assert json.loads(json.dumps(found)) == found


@pytest.mark.parametrize(("run", "name"), [("preview", "proofs.preview.json"), ("update", "proofs.update.json")])
def test_the_proof_report_is_written_where_the_environment_says(
    run: str, name: str, platform: StackPolicies, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stack_config, "is_preview", lambda: run == "preview")
    monkeypatch.setenv("PROOF_REPORT", "relative.json")
    results = [Prover(platform).decide(BY_ID["own-roles-to-sagemaker-only"])]
    proof_report.write(results)
    monkeypatch.setenv("PROOF_REPORT", str(tmp_path / "proofs.json"))
    proof_report.write(results)
    assert [one.name for one in tmp_path.iterdir()] == [name]
    written = json.loads((tmp_path / name).read_text(encoding="utf-8"))
    assert [claim["id"] for claim in written["claims"]] == ["own-roles-to-sagemaker-only"]
