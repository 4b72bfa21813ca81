"""The report for people: a tree, findings told once, what is open and the verdict."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from preview import deferred, report_tree
from preview.errors import Phase, PreviewError
from preview.pack_messages import Diagnostic
from preview.report import Report, is_violated
from preview.run import RunResult
from preview.state import Goal, ModelledValue, StackContext, State
from preview.values import Secret

if TYPE_CHECKING:
    import pytest

CONTEXT = StackContext(project="demo", stack="dev", organization="organization", config={})
ROOT = "urn:pulumi:dev::demo::pulumi:pulumi:Stack::demo-dev"


def state(token: str, name: str, parent: str = ROOT, *, custom: bool = True, **more: Any) -> State:
    goal = Goal(type=token, name=name, custom=custom, properties={}, parent=parent)
    return State(urn=f"urn:pulumi:dev::demo::{token}::{name}", goal=goal, inputs={}, **more)


def states(*given: State) -> dict[str, State]:
    root = State(urn=ROOT, goal=Goal(type="pulumi:pulumi:Stack", name="s", custom=False, properties={}), inputs={})
    return {one.urn: one for one in (root, *given)}


def found(policy: str, level: str = "mandatory", urn: str = ROOT, message: str = "said") -> Diagnostic:
    return Diagnostic(pack="pack", version="1", policy=policy, level=level, severity="", urn=urn, message=message)


def written(results: dict[str, RunResult], **more: Any) -> str:
    stream = io.StringIO()
    Report(CONTEXT, results, **more).write(stream)
    return stream.getvalue()


def test_resources_are_grouped_by_part_and_counted() -> None:
    part = state("demo:part:Network", "network", custom=False)
    given = states(
        part,
        state("aws:ec2/subnet:Subnet", "network-a", part.urn),
        state("aws:ec2/subnet:Subnet", "network-b", part.urn),
        state("aws:ec2/vpc:Vpc", "alone"),
        state("pulumi:providers:aws", "main", ""),
        state("aws:s3/bucket:Bucket", "old", external=True),
    )
    assert report_tree.headline(given) == "Would be built: 3 resources, 1 component, 1 provider, 1 read, not built"
    lines = [line.plain.split("  ") for line in report_tree.lines(given)]
    text = "\n".join(" ".join(part.strip() for part in line if part) for line in lines)
    assert "network part Network 2" in text
    assert "ec2 Subnet x2 network-a, network-b" in text
    assert "read s3 Bucket old" in text


def test_the_same_finding_in_both_runs_is_told_once() -> None:
    both, one = found("both"), found("one")
    text = written(
        {
            "first": RunResult(mode="first", states=states(), diagnostics=[both]),
            "deployed": RunResult(mode="deployed", states=states(), diagnostics=[both, one]),
        }
    )
    assert text.count("✗ both  pack 1\n") == 1
    assert text.count("✗ one  pack 1  (only as deployed)\n") == 1
    assert "2 mandatory violations" in text
    assert "first preview  1 violation " in text
    assert "as deployed    2 violations" in text


def test_advisory_findings_are_remarks_and_no_violation() -> None:
    result = RunResult(mode="first", states=states(), diagnostics=[found("soft", "advisory")])
    assert not is_violated(result)
    text = written({"first": result})
    assert "1 advisory remark" in text
    assert "Nothing to object to." in text


def test_deferrals_are_counted_apart_from_findings() -> None:
    message = "desc\nlies-in-vpc is decided at the update: subnetId, securityGroups not known yet"
    waiting = found("deferred", "advisory", message=message)
    text = written({"first": RunResult(mode="first", states=states(), diagnostics=[waiting])})
    assert "Deferred to the update: 1" in text
    assert "lies-in-vpc  1 on subnetId, securityGroups" in text
    assert "advisory remark" not in text


def test_only_the_agreed_words_are_a_deferral() -> None:
    cannot = "can't run policy 'p' from policy pack 'x@v0.0.1' during preview: string value at .a.0.b can't be known during preview"  # noqa: E501  the SDK's sentence
    assert deferred.deferral(found("p", "advisory", message=cannot)) == deferred.Deferral(
        urn=ROOT, policy="p", properties=("a.0.b",)
    )
    assert deferred.deferral(found("p", "mandatory", message=cannot)) is None
    assert deferred.deferral(found("other", "advisory", message="r is decided at the update: a not known yet")) is None


def test_uncertain_inputs_are_named_and_stand_ins_only_counted() -> None:
    rows = [
        ModelledValue(
            urn="urn:pulumi:dev::demo::aws:ec2/vpc:Vpc::v",
            property="instanceTenancy",
            value="default",
            source="docstring",
            certain=False,
            before_creation=True,
        ),
        ModelledValue(urn=ROOT, property="arn", value="arn:x", source="stand-in", certain=False),
    ]
    result = RunResult(mode="first", states=states(), modelled=rows, not_modelled=[(ROOT, "a:b:C: unknown")])
    text = written({"first": result})
    assert "2 values" in text
    assert "ec2 Vpc.instanceTenancy" in text
    assert "arn:x" not in text
    assert "not modelled: a:b:C: unknown" in text
    assert "arn:x" in written({"first": result}, verbose=True)


def test_a_failure_of_both_runs_is_told_once() -> None:
    results = {mode: RunResult(mode=mode, error=PreviewError(Phase.PACK, "broken")) for mode in ("first", "deployed")}
    text = written(results)
    assert text.count("broken") == 1
    assert "The preview failed." in text


def test_secrets_are_taken_out_of_messages() -> None:
    holder = state("aws:ec2/vpc:Vpc", "v", outputs={"password": Secret("hush-hush")})
    result = RunResult(mode="first", states=states(holder), diagnostics=[found("p", message="it is hush-hush")])
    text = written({"first": result})
    assert "it is [secret]" in text


TABLE = {"title": "What it costs", "columns": ["part", "USD"], "rows": [["endpoint", "20.44"]], "notes": ["a guess"]}


def with_output(value: Any) -> RunResult:
    return RunResult(mode="first", states=states(), outputs={"report-cost": value, "other": TABLE})


def test_a_table_of_the_program_is_told_once_where_the_runs_agree() -> None:
    text = written({"first": with_output(TABLE), "deployed": with_output(dict(TABLE))})
    assert text.count("What it costs\n  part        USD\n  endpoint  20.44\n  a guess\n") == 1
    assert text.count("What it costs") == 1


def test_a_table_that_differs_between_the_runs_says_of_which_it_is() -> None:
    text = written({"first": with_output(TABLE), "deployed": with_output({**TABLE, "notes": []})})
    assert "What it costs  (only first preview)" in text
    assert "What it costs  (only as deployed)" in text


def test_an_output_that_only_has_the_name_of_a_table_is_named() -> None:
    assert "output report-cost is no table: a mapping of title" in written({"first": with_output("x")})


def test_a_secret_in_a_table_stays_one() -> None:
    text = written({"first": with_output({**TABLE, "rows": [[Secret("hunter2hunter2"), "20.44"]]})})
    assert "hunter2" not in text
    assert "[secret]" in text


def test_no_line_is_wider_than_a_hundred_columns_nor_ends_in_blanks() -> None:
    words = " ".join(["remediation"] * 40)
    result = RunResult(mode="first", states=states(), diagnostics=[found("p", message=f"first\n    {words}")])
    lines = written({"first": result}).splitlines()
    assert max(len(line) for line in lines) <= 100
    assert not [line for line in lines if line != line.rstrip()]
    assert "        remediation" in "\n".join(lines), "the indentation of a message is kept"


def test_what_goes_on_below_stands_below_what_it_goes_on_from() -> None:
    words = " ".join(["sentence"] * 30)
    claim = {"id": "a", "sentence": words, "verdict": "counterexample", "text": words, "milliseconds": 1}
    failed = PreviewError(Phase.PROGRAM, f"problems\n    why      {words}")
    rows = [ModelledValue(urn=ROOT, property="arn", value="x", source=words, certain=True)]
    result = RunResult(mode="first", states=states(), claims=[claim], error=failed, modelled=rows)
    lines = written({"first": result}).splitlines()
    columns = {line.index("sentence") for line in lines if "sentence" in line}
    assert columns == {len("    why        "), len("  ✗ counterexample "), len("  ✗ proved     "), len("      1  ")}
    begun = [line for line in lines if "sentence" in line and line.split()[0] != "sentence"]
    assert [line.split()[0] for line in begun] == ["why", "✗", "1"], "all others only go on"
    assert max(len(line) for line in lines) <= 100
    assert not [line for line in lines if line != line.rstrip()]


def test_no_color_is_honoured_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    result = {"first": RunResult(mode="first", states=states(), diagnostics=[found("p")])}
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("NO_COLOR", "1")
    stream = Terminal()
    Report(CONTEXT, result).write(stream)
    assert "\x1b[31m" not in stream.getvalue()
    monkeypatch.delenv("NO_COLOR")
    stream = Terminal()
    Report(CONTEXT, result).write(stream)
    assert "\x1b[31m" in stream.getvalue()
