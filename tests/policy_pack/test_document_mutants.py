"""Every statement of every policy of the stack is missed when it is weakened: a claim fails, or no decision changes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import environment
import pulumi
import pytest
import stack_config
import yaml

from tests.policy_pack import whole_stack
from tests.policy_pack.document_judging import Judge
from tests.policy_pack.document_mutants import documents, mutants

if TYPE_CHECKING:
    from collections.abc import Iterator

OPEN: dict[str, str] = {
    "endpoints-s3 AmazonLinuxPackages dropped": (
        "Hosts fetch packages as nobody, and the bucket that has to admit them is of AWS: no policy of the stack says"
        " that the request goes through."
    ),
}
"""Edits that no claim notices although they change a decision, with what the reader has to know of each."""

DOCUMENTS = (
    "access-logs-policy",
    "audit-policy",
    "bastion-role-boundary",
    "bastion-role-grants",
    "bastion-role-role.assumeRolePolicy",
    "break-glass-policy",
    "budget-stop-role-policy",
    "budget-stop-role.assumeRolePolicy",
    "records-alarm-topic-policy",
    "break-glass-role.assumeRolePolicy",
    "break-glass-topic-policy",
    "data-key",
    "endpoints-logs",
    "endpoints-notebook",
    "endpoints-s3",
    "endpoints-sagemaker.api",
    "endpoints-sagemaker.runtime",
    "endpoints-ssm",
    "endpoints-ssmmessages",
    "endpoints-sts",
    "logs-key",
    "network-logs-role-policy",
    "network-logs-role.assumeRolePolicy",
    "partners-key",
    "people-policies-administration",
    "people-policies-administration-denies",
    "people-policies-audit",
    "people-policies-author-bounds",
    "people-policies-boundary",
    "people-policies-delegation",
    "people-policies-delegation-denies",
    "people-policies-denies",
    "people-policies-notebooks",
    "people-policies-platform-boundary",
    "people-policies-platform-bounds",
    "people-policies-registry",
    "people-policies-self",
    "raw-policy",
    "results-policy",
    "staging-policy",
    "tenant-alice-job-role.assumeRolePolicy",
    "tenant-alice-notebook-role.assumeRolePolicy",
    "tenants-boundary",
    "tenants-data",
    "tenants-egress",
    "tenants-network",
    "tenants-perimeter",
    "tenants-platform",
    "tenants-stage",
    "tenants-surface",
    "tenants-tenancy",
    "tenants-work",
    "volumes-key",
)


@pytest.fixture(scope="module")
def judge() -> Iterator[Judge]:
    """Return who judges mutants of the dev stack as deployed."""
    with pytest.MonkeyPatch.context() as patched:
        text = (whole_stack.ROOT / "Pulumi.dev.yaml").read_text(encoding="utf-8")
        config = yaml.safe_load(text)["config"]
        texts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in config.items()}
        patched.setattr(stack_config, "project", lambda: "closed-sagemaker")
        patched.setattr(stack_config, "is_preview", lambda: False)
        patched.setattr(pulumi.runtime, "get_config", texts.get)
        yield Judge(environment.read_stack(whole_stack.observed(whole_stack.recorded(mode="deployed"))))


@pytest.mark.verify
def test_every_document_that_a_mutant_edits_is_judged(judge: Judge) -> None:
    assert {mutant.document for mutant in mutants(judge.stack)} == set(DOCUMENTS)
    assert set(DOCUMENTS) <= set(documents(judge.stack))


@pytest.mark.verify
@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_weakened_statement_is_caught_by_a_claim_or_changes_nothing(document: str, judge: Judge) -> None:
    fates = {str(mutant): judge.fate(mutant) for mutant in mutants(judge.stack) if mutant.document == document}
    survived = {name: fate.request for name, fate in fates.items() if not fate.settled}
    assert {name for name in survived if name not in OPEN} == set(), survived
    assert {name for name in fates if name in OPEN} == set(survived)
