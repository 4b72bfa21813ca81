"""The calls that the closed network carries: each passes, its neighbours do not, and no endpoint is without need."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from components.documents.endpoints import endpoint_policy
from components.endpoint_services import services_for
from iamproof import Outcome
from tests.batches import each_of
from tools import endpoint_tables
from tools.endpoint_calls import (
    BASTION,
    CALLS,
    ENDPOINT,
    FEATURES,
    JOB,
    NOTEBOOK,
    PERSON,
    SCOPE,
    Call,
    decide,
    decide_elsewhere,
    decide_for_a_stranger,
)

if TYPE_CHECKING:
    import pytest

CARRIED = [call for call in CALLS if call.through]
SIGNED = [call for call in CARRIED if not call.unsigned]


def name(call: Call) -> str:
    return f"{call.who} {call.what}"


@each_of("call", CALLS, says=name)
def test_a_call_passes_by_the_named_endpoint_and_policies(call: Call) -> None:
    decision = decide(call)
    assert decision.allowed, decision
    policies = {statement.policy for statement in decision.statements}
    assert (f"endpoint/{call.through}" in policies) == (call.through is not None)
    assert call.unsigned or len(policies - {f"endpoint/{call.through}"}) == 2, "an identity document and the boundary"


@each_of("call", SIGNED, says=name)
def test_the_same_call_by_another_accounts_principal_does_not_pass_the_endpoint(call: Call) -> None:
    assert decide_for_a_stranger(call).outcome is Outcome.IMPLICIT_DENY
    assert decide_for_a_stranger(replace(call, through=None)).allowed, "without the endpoint everything allows it"


@each_of("call", CARRIED, says=name)
def test_the_same_call_on_another_accounts_resource_does_not_pass_the_endpoint(call: Call) -> None:
    assert decide_elsewhere(call).outcome is Outcome.IMPLICIT_DENY
    assert decide_elsewhere(replace(call, through=None)).allowed, "without the endpoint everything allows it"


@each_of("call", SIGNED, says=name)
def test_a_call_does_not_pass_an_endpoint_of_another_service(call: Call) -> None:
    carriers = {key for key in SCOPE.endpoints if decide(replace(call, through=key)).allowed}
    alike = {"sagemaker.api", "notebook"} if call.action.endswith("Url") else set()
    alike |= {"sagemaker.api", "sagemaker.runtime"} if call.action.endswith(":InvokeEndpoint") else set()
    assert call.through in carriers
    assert carriers <= {call.through, *alike}


@each_of("call", [call for call in SIGNED if call.who in {NOTEBOOK, PERSON}], says=name)
def test_a_tenants_call_from_outside_the_network_is_refused(call: Call) -> None:
    assert not decide(replace(call, through=None)).allowed


def test_every_caller_of_the_closed_network_has_calls() -> None:
    assert {call.who for call in CALLS} == {NOTEBOOK, JOB, ENDPOINT, BASTION, PERSON}


def test_every_endpoint_carries_a_call() -> None:
    """S2-A3: no feature adds an endpoint that nobody needs."""
    raised = {service.key for service in services_for(FEATURES)}
    assert {call.through for call in CARRIED} == raised == set(SCOPE.endpoints)


def test_an_endpoint_without_its_statement_carries_nothing() -> None:
    for key in SCOPE.endpoints:
        own, *owned = endpoint_policy(SCOPE, key).statements
        assert own.sid == "OwnAccount"
        assert [each.sid for each in owned] == (["AmazonLinuxPackages"] if key == "s3" else [])


def test_the_page_is_fresh(capsys: pytest.CaptureFixture[str]) -> None:
    assert endpoint_tables.main(["--check"]) == 0, capsys.readouterr().err
    assert len(endpoint_tables.call_table().splitlines()) == len(CALLS) + 2


def test_a_stale_page_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(endpoint_tables, "INTRODUCTION", "")
    assert endpoint_tables.main(["--check"]) == 1
    assert "python -m tools.endpoint_tables" in capsys.readouterr().err
