"""Quotas that AWS raised and the stack file says so."""

from __future__ import annotations

import pulumi
import pytest
import stack_config
from catalogue import BY_ID

from tests.policy_pack.baselines import role
from tests.policy_pack.cases.quotas import ARNS, FEW, GROUP, several
from tests.policy_pack.harness import CONFIG, PROJECT, by_function, fails

QUOTA = BY_ID["iam-principal-fits-attachment-quota"]
QUOTAS = f"{PROJECT}:quotas"


@pytest.mark.usefixtures("stack_of_the_cases")
def test_a_raised_quota_of_groups_counts_for_groups_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulumi.runtime, "get_config", {**CONFIG, QUOTAS: '{"policies-per-group": 3}'}.get)
    group = fails("group", "", several("group", *ARNS[:3]), GROUP, options=FEW)
    assert by_function(QUOTA, group)[0] == []
    assert len(by_function(QUOTA, fails("role", "", several("role", *ARNS[:3]), role(), options=FEW))[0]) == 1


@pytest.mark.usefixtures("stack_of_the_cases")
@pytest.mark.parametrize("said", ["{}", "[]", "no JSON", '{"policies-per-group": "many"}', None])
def test_a_stack_file_that_says_nothing_of_groups_raises_nothing(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulumi.runtime, "get_config", {**CONFIG, QUOTAS: said}.get)
    assert stack_config.policies_per_group() == 0
