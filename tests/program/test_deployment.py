"""The program where models need approval: a role deploys, and its people are named in its trust."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from preview import in_process

if TYPE_CHECKING:
    from preview.in_process import Recording

ROOT = Path(__file__).resolve().parents[2]
USER = "arn:aws:iam::111122223333:user/ml-prod-"


@pytest.fixture(scope="module")
def deployed() -> Recording:
    """The program as deployed, with stand-in ids."""
    return in_process.run(ROOT, stack="prod", mode="deployed")


@pytest.mark.verify
@pytest.mark.parametrize(("tenant", "person"), [("alice", "marc"), ("bob", "mia")])
def test_each_tenant_has_a_role_that_its_named_people_take_on(deployed: Recording, tenant: str, person: str) -> None:
    role = deployed.named(f"deployment-{tenant}-role").inputs
    (trust,) = json.loads(role["assumeRolePolicy"])["Statement"]
    assert trust["Principal"] == {"AWS": ["arn:aws:iam::111122223333:root"]}
    assert trust["Condition"]["ArnEquals"] == {"aws:PrincipalArn": [f"{USER}{person}"]}
    assert trust["Condition"]["StringEquals"] == {
        "aws:PrincipalTag/user": [tenant],
        "sts:RoleSessionName": ["${aws:username}"],
    }
    assert trust["Condition"]["NumericLessThanEquals"] == {"aws:MultiFactorAuthAge": ["3600"]}
    assert (role["path"], role["maxSessionDuration"]) == (f"/deployment/{tenant}/", 3600)
    assert role["permissionsBoundary"].endswith("policy/ml-prod-tenant-deployment")
    group = deployed.named(f"tenant-{tenant}-job-role").inputs["tags"]["security-group"]
    assert (role["tags"]["user"], role["tags"]["security-group"]) == (tenant, group)


@pytest.mark.verify
def test_only_those_who_deploy_hold_the_grant_of_the_role(deployed: Recording) -> None:
    holding = {
        state.inputs["groupName"]
        for state in deployed.of_type("aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive")
        if any(arn.endswith("people-deployment") for arn in state.inputs["policyArns"])
    }
    assert holding == {"ml-prod-mlops"}


@pytest.mark.verify
def test_the_pack_has_nothing_against_it() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "preview", "--stack", "prod"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stdout[-3000:] + ended.stderr
