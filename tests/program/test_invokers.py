"""The program with an invoker in its stack file: a role that the listed roles take on, for the listed endpoints."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from preview import in_process

if TYPE_CHECKING:
    from preview.in_process import Recording

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def deployed() -> Recording:
    """The program as deployed, with stand-in ids."""
    return in_process.run(ROOT, stack="prod", mode="deployed")


@pytest.mark.verify
def test_the_listed_roles_take_on_a_role_that_calls_the_listed_endpoints(deployed: Recording) -> None:
    role = deployed.named("invoker-shop-role").inputs
    (trust,) = json.loads(role["assumeRolePolicy"])["Statement"]
    assert trust["Principal"] == {"AWS": ["arn:aws:iam::111122223333:root"]}
    assert trust["Condition"] == {"ArnEquals": {"aws:PrincipalArn": ["arn:aws:iam::111122223333:role/apps/shop"]}}
    policy = deployed.named("invoker-shop-policy").inputs
    calls, _ = json.loads(policy["policy"])["Statement"]
    assert calls["Resource"] == ["arn:aws:sagemaker:ap-northeast-1:111122223333:endpoint/alice--digits"]
    assert role["permissionsBoundary"].endswith(f"policy/{policy['name']}")
    assert (role["path"], role["tags"]["user"], role["maxSessionDuration"]) == ("/invokers/alice/", "alice", 3600)
    attached = deployed.named("invoker-shop-attachments").inputs["policyArns"]
    assert [arn.rpartition("-")[2] for arn in attached] == [
        *("network", "surface", "tenancy", "egress", "perimeter"),
        "shop",
    ]


@pytest.mark.verify
def test_without_invokers_nobody_takes_a_role_on_through_the_endpoint_of_sts() -> None:
    plain = in_process.run(ROOT, stack="dev", mode="deployed")
    assert "sts:AssumeRole" not in plain.named("endpoints-sts").inputs["policy"]
    assert not plain.of_type("closed-sagemaker:tenant:InvokingRole")
