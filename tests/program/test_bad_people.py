"""Mistakes about people through the command line: each is told with what to write, and nothing else is shown."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.verify

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ("__main__.py", "wiring", "settings", "components", "Pulumi.yaml", "stack.schema.json")
ANN, FEDERATED_ANN = "{tenant: alice, groups: [engineers]", "ann: {tenant: alice, groups: [engineers], subject"
FEDERATION = "closed-sagemaker:federation: {provider: 'arn:aws:iam::111122223333:saml-provider/corp', audience: 'https://a.example'}"

MISTAKES: dict[str, tuple[str, str, str, str]] = {
    "a person in no group": ("dev", ANN, "{tenant: alice, groups: []", "write groups: [engineers]"),
    "a tenant without a person": (
        "dev",
        f"    ann: {ANN}}}\n",
        "",
        "write alice-one: {tenant: alice, groups: [engineers]}",
    ),
    "a tag value that IAM refuses": ("dev", ANN, ANN.replace("alice", "'alice;x'"), "write tenant: alice"),
    "a tenant whose name is no tag value": ("dev", "    alice: {}\n", "    'Alice & Co': {}\n", "write alice-co: {}"),
    "keys and federation at once": (
        "dev",
        "  closed-sagemaker:sign-in:\n",
        f"  {FEDERATION}\n  closed-sagemaker:sign-in:\n",
        "keys and federation at once",
    ),
    "a type that SageMaker does not know": (
        "dev",
        "    alice: {}\n",
        "    alice: {instance-type: ml.t9.huge}\n",
        "write instance-type: ml.t3.large",
    ),
    "too many tenants for the quota": (
        "dev",
        "iam-roles: 1000",
        "iam-roles: 6",
        "write closed-sagemaker:quotas: {iam-roles: 11}",
    ),
    "a federated person in no group": (
        "federated",
        FEDERATED_ANN,
        FEDERATED_ANN.replace("[engineers]", "[]"),
        "write groups: [engineers]",
    ),
    "a tenant without a federated person": (
        "federated",
        f"    {FEDERATED_ANN}: ann@example.com}}\n",
        "",
        'groups: [engineers], subject: "alice-one@example.com"}',
    ),
    "keys of federated people": (
        "federated",
        "  closed-sagemaker:people:\n",
        "  closed-sagemaker:sign-in: {access-keys: true}\n  closed-sagemaker:people:\n",
        "write (remove it)",
    ),
    "too many federated people for the quota": (
        "federated",
        "  closed-sagemaker:people:\n",
        "  closed-sagemaker:quotas: {iam-roles: 5}\n  closed-sagemaker:people:\n",
        "write closed-sagemaker:quotas: {iam-roles: 13}",
    ),
    "who deploys without who approves": (
        "prod",
        "    april: {tenant: alice, groups: [approvers]}\n",
        "",
        "write alice-approver: {tenant: alice, groups: [approvers]}",
    ),
    "who approves without who deploys": (
        "prod",
        "    marc: {tenant: alice, groups: [mlops]}\n",
        "",
        "write alice-deployer: {tenant: alice, groups: [mlops]}",
    ),
}


@pytest.mark.parametrize(("stack", "old", "new", "said"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_with_what_to_write(stack: str, old: str, new: str, said: str, tmp_path: Path) -> None:
    for name in PROGRAM:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    text = (ROOT / f"Pulumi.{stack}.yaml").read_text(encoding="utf-8")
    assert text.count(old) == 1
    (tmp_path / "Pulumi.bad.yaml").write_text(text.replace(old, new), encoding="utf-8")
    command = [sys.executable, "-m", "preview", "--program", str(tmp_path), "--policy-pack", str(ROOT / "policy_pack")]
    ended = subprocess.run(
        [*command, "--stack", "bad", "--mode", "first"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    shown = " ".join((ended.stdout + ended.stderr).split())
    assert ended.returncode == 2
    assert said in shown
    assert "nothing was built" in shown
    assert "Traceback" not in shown
