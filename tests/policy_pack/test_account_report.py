"""The account that the pack writes down answers what no claim asks: who can do something, outsiders included."""

from __future__ import annotations

import json
from typing import Any

import account_report
import environment
import pulumi
import pytest
import stack_config

from iamproof.questions import answer
from tests.policy_pack import whole_stack
from tests.policy_pack.harness import CONFIG, PROJECT

DEPLOYER = "arn:aws:iam::111122223333:role/ci-deploy"
OBJECT = "arn:aws:s3:::ml-dev-results-7f3a/users/alice/model.tar.gz"


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The account of the dev stack, as the pack writes it in a preview."""
    folder = tmp_path_factory.mktemp("account")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stack_config, "project", lambda: PROJECT)
        patch.setattr(stack_config, "is_preview", lambda: True)
        patch.setattr(pulumi.runtime, "get_config", CONFIG.get)
        patch.delenv("ACCOUNT_REPORT", raising=False)
        stack = environment.read_stack(whole_stack.observed(whole_stack.recorded()))
        account_report.write(stack)
        assert list(folder.iterdir()) == []
        patch.setenv("ACCOUNT_REPORT", str(folder / "account.json"))
        account_report.write(stack)
    found: dict[str, Any] = json.loads((folder / "account.preview.json").read_text(encoding="utf-8"))
    return found


def who_can(account: dict[str, Any], action: str, resource: str) -> set[str]:
    found = answer("who-can", {"account": account, "query": {"actions": [action], "resources": resource}})
    assert found.problems == ()
    assert found.result["reasons"] == []
    return {row["principal"].rsplit("/", 1)[-1] for row in found.result["able"]}


def test_an_object_of_a_tenant_is_read_by_its_own_identities_and_nobody_else(account: dict[str, Any]) -> None:
    assert who_can(account, "s3:GetObject", OBJECT) == {"ml-dev-alice-job", "ml-dev-alice-notebook", "ml-dev-ann"}


def test_who_stands_outside_the_stack_is_asked_about(account: dict[str, Any]) -> None:
    able = who_can(account, "s3:PutBucketPolicy", "arn:aws:s3:::ml-dev-results-7f3a")
    assert "ci-deploy" in able
    assert {actor["principal"] for actor in account["actors"]} >= {DEPLOYER}
    assert account["anybody"] != []


def test_ids_to_come_can_be_named_as_the_plans_name_them(account: dict[str, Any]) -> None:
    able = who_can(account, "kms:Decrypt", "arn:aws:kms:ap-northeast-1:111122223333:key/{{key/data}}")
    assert "ml-dev-bob-job" in able
    assert "ci-deploy" not in able


def test_trust_decides_who_takes_on_a_role(account: dict[str, Any]) -> None:
    able = who_can(account, "sts:AssumeRole", "arn:aws:iam::111122223333:role/ml-dev-break-glass")
    assert able == {"ml-dev-adam"}
