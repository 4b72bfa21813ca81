"""What lies outside the program is answered from the stack, from fixtures, or refused by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from preview import fixtures, in_process
from preview.aws_model import AwsModel
from preview.deployment import Deployment
from preview.errors import PreviewError
from preview.fixtures import Fixtures
from preview.lookups import Lookups
from preview.state import StackContext
from preview.values import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PREFIX = "urn:pulumi:dev::demo::"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (
            'Component("same"); Component("same")',
            f"Duplicate resource URN '{PREFIX}demo:part:Component::same'; try giving it a unique name",
        ),
        ('pulumi.ComponentResource("demo:far:Away", "far", {}, None, True)', "'far' \\(demo:far:Away\\) is remote"),
        ('pulumi.runtime.call("demo:m:method", {})', "the method demo:m:method"),
        ('pulumi.runtime.invoke("demo:m:look", {"a": 1})', "the lookup demo:m:look has no fixture"),
        ('pulumi.StackReference("organization/far/prod")', "names the stack organization/far/prod"),
        ('Resource("old", opts=ResourceOptions(provider=provider, id="vpc-1"))', "is read with id 'vpc-1'"),
        ('Resource("a", opts=ResourceOptions(custom_timeouts=pulumi.CustomTimeouts(create="soon")))', "soon"),
    ],
)
def test_what_cannot_be_run_is_refused_by_name(program: Callable[..., Path], source: str, said: str) -> None:
    with pytest.raises(Exception, match=said):
        in_process.run(program(source))


def test_fixtures_answer_lookups_reads_and_other_stacks(program: Callable[..., Path]) -> None:
    given = Fixtures(
        stacks={"organization/far/prod": {"out": "far away"}},
        invokes={"demo:m:look": {"found": 5}},
        reads={"vpc-1": {"cidrBlock": "10.0.0.0/8"}},
    )
    recorded = in_process.run(
        program("""
        pulumi.export("far", pulumi.StackReference("organization/far/prod").get_output("out"))
        pulumi.export("looked", pulumi.runtime.invoke("demo:m:look", {}).value["found"])
        Resource("old", opts=ResourceOptions(provider=provider, id="vpc-1"))
        """),
        given=given,
    )
    assert recorded.outputs == {"far": "far away", "looked": 5.0}
    old = recorded.named("old")
    assert (old.external, old.id, old.outputs) == (True, "vpc-1", {"cidrBlock": "10.0.0.0/8"})


def test_region_account_and_partition_need_no_fixture(program: Callable[..., Path]) -> None:
    recorded = in_process.run(
        program("""
        options = pulumi.InvokeOptions(provider=provider)
        for name in ("Region", "Partition", "CallerIdentity"):
            pulumi.export(name, pulumi.runtime.invoke(f"aws:index/get{name}:get{name}", {}, options).value)
        """)
    )
    assert recorded.outputs["Region"]["name"] == "ap-northeast-1"
    assert recorded.outputs["Partition"]["partition"] == "aws"
    assert recorded.outputs["CallerIdentity"]["accountId"] == "111122223333"


def test_a_lookup_gated_on_what_is_not_created_yet_is_unknown(program: Callable[..., Path]) -> None:
    folder = program("""
        vpc = Resource("vpc", opts=ResourceOptions(provider=provider))
        found = pulumi.runtime.invoke_output("demo:m:look", {}, pulumi.InvokeOutputOptions(depends_on=[vpc]))
        pulumi.export("found", found.apply(lambda answer: answer["found"]))
        """)
    given = Fixtures(invokes={"demo:m:look": {"found": 5}})
    assert in_process.run(folder, given=given).outputs == {"found": UNKNOWN}
    assert in_process.run(folder, given=given, mode="deployed").outputs == {"found": 5.0}


def test_fixtures_are_refused_with_every_problem_at_once(tmp_path: Path) -> None:
    with pytest.raises(PreviewError, match=r"(?s)made-up: not a section.*invokes.a: must be an object.*reads: must"):
        fixtures.parse({"made-up": {}, "invokes": {"a": 1}, "reads": []})
    with pytest.raises(PreviewError, match="must be an object with stacks, invokes, reads"):
        fixtures.parse([])
    path = tmp_path / "fixtures.json"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(PreviewError, match="are not JSON: line 1, column 2"):
        fixtures.load(path)


def test_a_lookup_with_arguments_not_known_yet_has_no_answer() -> None:
    context = StackContext(project="demo", stack="dev", organization="o", config={})
    deployment = Deployment(context, AwsModel(context, dry_run=True), dry_run=True)
    lookups = Lookups(deployment, Fixtures(invokes={"demo:m:look": {"found": 5}}))
    assert lookups.invoke("demo:m:look", {"a": [UNKNOWN]}, "") is None
    assert lookups.invoke("demo:m:look", {"a": [1]}, "") == {"found": 5}
