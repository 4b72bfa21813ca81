"""The whole program with people who sign in at a provider, through the real pack."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.recorded import recorded

if TYPE_CHECKING:
    from preview.in_process import Recording

ROOT = Path(__file__).resolve().parents[2]
PROVIDER = "arn:aws:iam::111122223333:saml-provider/corp"
AUDIENCE = "https://signin.aws.amazon.com/saml"


@pytest.fixture(scope="module")
def deployed() -> Recording:
    """The program as deployed, with stand-in ids."""
    return recorded("federated", "deployed")


def test_nobody_is_a_user_and_nobody_has_a_password(deployed: Recording) -> None:
    types = {state.type for state in deployed.states.values()}
    kinds = ("user:User", "group:Group", "accountPasswordPolicy:AccountPasswordPolicy", "accessKey:AccessKey")
    assert not types & {f"aws:iam/{kind}" for kind in kinds}
    assert len(deployed.of_type("closed-sagemaker:people:FederatedPerson")) == 5


@pytest.mark.parametrize(
    ("person", "tenant"),
    [("ann", "alice"), ("ben", "bob"), ("adam", "platform"), ("delia", "platform"), ("audrey", "platform")],
)
def test_each_person_is_a_role_that_one_subject_takes_on(deployed: Recording, person: str, tenant: str) -> None:
    role = deployed.named(f"person-{person}-role").inputs
    (trust,) = json.loads(role["assumeRolePolicy"])["Statement"]
    assert trust["Principal"] == {"Federated": [PROVIDER]}
    assert trust["Action"] == ["sts:AssumeRoleWithSAML"]
    assert trust["Condition"] == {"StringEquals": {"saml:aud": [AUDIENCE], "saml:sub": [f"{person}@example.com"]}}
    assert (role["path"], role["tags"]["user"], role["maxSessionDuration"]) == ("/people/", tenant, 28800)
    assert role["permissionsBoundary"].endswith("people-boundary" if tenant != "platform" else "platform-boundary")


def test_a_person_of_two_groups_carries_the_documents_of_both_once(deployed: Recording) -> None:
    arns = deployed.named("person-ben-attachments").inputs["policyArns"]
    assert len(arns) == len(set(arns)) == 9, "one of ten is left for the stop of a spent budget"
    assert {arn.rsplit("-", 1)[-1] for arn in arns} >= {"bounds", "network", "surface", "tenancy", "egress", "registry"}


def test_the_emergency_role_trusts_the_administrators_and_tells_of_them(deployed: Recording) -> None:
    (trust,) = json.loads(deployed.named("break-glass-role").inputs["assumeRolePolicy"])["Statement"]
    assert trust["Condition"]["StringEquals"]["saml:sub"] == ["adam@example.com"]
    assert trust["Principal"] == {"Federated": [PROVIDER]}
    assert "AssumeRoleWithSAML" in deployed.named("break-glass-rule").inputs["eventPattern"]


def test_no_document_of_federated_people_asks_for_what_their_sessions_do_not_carry(deployed: Recording) -> None:
    texts = [state.inputs["policy"] for state in deployed.of_type("aws:iam/policy:Policy")]
    assert not [text for text in texts if "MultiFactorAuth" in text or "aws:username" in text]


@pytest.mark.verify
def test_the_pack_and_its_claims_have_nothing_against_it() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "preview", "--stack", "federated"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stdout[-3000:] + ended.stderr
