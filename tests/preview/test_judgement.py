"""What packs see of a run: remedied inputs before creation, and everything but what was read at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from preview import in_process
from preview.aws_model import AwsModel
from preview.deployment import Deployment
from preview.fixtures import Fixtures
from preview.state import StackContext

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from preview.analyzer import Analyzer

NAMES = """
def whole(args, report):
    report(" ".join(sorted(one.name for one in args.resources)))

POLICIES = [stack("whole", whole, EnforcementLevel.ADVISORY)]
"""
FIX = """
def fix(args):
    if args.resource_type == "aws:ec2/vpc:Vpc":
        return {**args.props, "cidrBlock": "10.0.0.0/8"}

def seen(args, report):
    if args.resource_type == "aws:ec2/vpc:Vpc":
        report("cidr " + args.props["cidrBlock"])

POLICIES = [
    ResourceValidationPolicy("fix", "fix", remediate=fix, enforcement_level=EnforcementLevel.REMEDIATE),
    resource("seen", seen),
]
"""


def messages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect what the packs of the next run say."""
    said: list[str] = []
    finish = Deployment.finish

    def told(deployment: Deployment) -> None:
        finish(deployment)
        said.extend(found.message.split("\n", 1)[-1] for found in deployment.judgement.diagnostics)

    monkeypatch.setattr(Deployment, "finish", told)
    return said


def test_what_was_read_is_not_judged(
    program: Callable[..., Path], started: Callable[..., Analyzer], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = messages(monkeypatch)
    folder = program('Component("part")\nResource("old", opts=ResourceOptions(provider=provider, id="vpc-1"))')
    in_process.run(folder, packs=[started(NAMES)], given=Fixtures(reads={"vpc-1": {}}))
    assert said == ["demo-dev main part"]


def test_a_remedied_resource_is_judged_and_built_as_remedied(
    program: Callable[..., Path], started: Callable[..., Analyzer], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = messages(monkeypatch)
    folder = program('Resource("one", {"cidrBlock": "0.0.0.0/0"}, ResourceOptions(provider=provider))')
    recorded = in_process.run(folder, packs=[started(FIX)])
    assert said == ["cidr 10.0.0.0/8"]
    assert recorded.named("one").inputs["cidrBlock"] == recorded.named("one").outputs["cidrBlock"] == "10.0.0.0/8"


def test_a_failure_is_recorded_while_a_registration_waits() -> None:
    """The pack's failure must not wait for the registration that waits for the pack."""
    import threading

    context = StackContext(project="demo", stack="dev", organization="o", config={})
    deployment = Deployment(context, AwsModel(context, dry_run=True), dry_run=True)
    with deployment._lock:
        other = threading.Thread(target=deployment.fail, args=("broken",), daemon=True)
        other.start()
        other.join(5)
        assert not other.is_alive()
    assert deployment.failure is not None
