"""The command: both runs, exit codes, the report for people and the one for machines, one message for each failure."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
CLEAN_PACK = "POLICIES = [resource('fine', lambda args, report: None)]"
STRICT_PACK = """
def subnet(args, report):
    if args.resource_type == "aws:ec2/subnet:Subnet" and args.props["vpcId"] != "vpc-expected":
        report("the subnet lies elsewhere")

def named(args, report):
    if args.resource_type == "aws:ec2/vpc:Vpc":
        report("a vpc is here, with " + args.props.get("password", "nothing"))

def waiting(args, report):
    for one in args.resources:
        if one.resource_type == "aws:ec2/vpc:Vpc" and "arn" in set(one.props):
            report("some-rule is decided at the update: arn, tags.owner not known yet", one.urn)

POLICIES = [
    resource("subnet-lies-well", subnet, severity=Severity.HIGH),
    resource("vpc-is-seen", named, EnforcementLevel.ADVISORY),
    stack("deferred", waiting, EnforcementLevel.ADVISORY),
]
"""
PROGRAM = """
options = ResourceOptions(provider=provider)
vpc = Resource("vpc", {"password": pulumi.Output.secret("hush-hush")}, options)
Resource("role", {"name": pulumi.Output.secret("hush-hush")}, options, token="aws:iam/role:Role")
Resource("subnet", {"vpcId": vpc.id}, options, token="aws:ec2/subnet:Subnet")
pulumi.export("secret", pulumi.Output.secret("hush-hush"))
pulumi.export("id", vpc.id)
print("hello from the program")
"""


def test_both_runs_are_made_and_told_apart(
    preview: Callable[..., Any], program: Callable[..., Path], pack: Callable[..., Path]
) -> None:
    done = preview(program(PROGRAM), pack(STRICT_PACK))
    assert done.code == 1, done.errors
    assert list(done.json) == ["format", "project", "stack", "runs"]
    assert (done.json["format"], done.json["project"], done.json["stack"]) == (1, "demo", "dev")
    first, deployed = done.run("first"), done.run("deployed")
    assert [row["policy"] for row in deployed["diagnostics"] if row["level"] == "mandatory"] == ["subnet-lies-well"]
    assert not [row for row in first["diagnostics"] if row["level"] == "mandatory"]
    assert "subnet-lies-well  high  pack 1.2.3  (only as deployed)" in done.text
    assert "ec2 Subnet subnet" in done.text
    assert "Would be built: 3 resources, 1 provider" in done.text
    assert "hello from the program" in done.text
    assert done.text.rstrip().endswith("Policies are violated.")


def test_the_report_for_machines_has_the_promised_form(
    preview: Callable[..., Any], program: Callable[..., Path], pack: Callable[..., Path]
) -> None:
    done = preview(program(PROGRAM), pack(STRICT_PACK))
    run = done.run("first")
    keys = ["resources", "diagnostics", "deferred", "claims", "modelled", "outputs", "error", "seconds"]
    assert list(run) == keys
    urns = [row["urn"] for row in run["resources"]]
    assert urns == sorted(urns)
    assert len(urns) == 5
    subnet = next(row for row in run["resources"] if row["name"] == "subnet")
    vpc = "urn:pulumi:dev::demo::aws:ec2/vpc:Vpc::vpc"
    assert list(subnet) == [
        "urn",
        "type",
        "name",
        "parent",
        "custom",
        "inputs",
        "outputs",
        "dependencies",
        "propertyDependencies",
        "protect",
    ]
    assert subnet["inputs"]["vpcId"] == {"unknown": True}
    assert (subnet["dependencies"], subnet["propertyDependencies"]) == ([vpc], {"vpcId": [vpc]})
    assert run["deferred"] == [
        {"urn": subnet["urn"], "policy": "subnet-lies-well", "properties": ["vpcId"]},
        {"urn": vpc, "policy": "some-rule", "properties": ["arn", "tags.owner"]},
    ]
    assert list(run["diagnostics"][0]) == ["pack", "version", "policy", "level", "severity", "urn", "message"]
    assert list(run["modelled"][0]) == ["urn", "property", "value", "source", "certain"]
    assert (run["claims"], run["error"]) == ([], None)


def test_no_secret_is_shown_anywhere(
    preview: Callable[..., Any], program: Callable[..., Path], pack: Callable[..., Path]
) -> None:
    done = preview(program(PROGRAM), pack(STRICT_PACK), options=["--verbose"])
    assert "hush-hush" not in done.text + done.errors + str(done.json)
    role = next(row for row in done.run("deployed")["resources"] if row["name"] == "role")
    assert role["outputs"]["arn"] == "arn:aws:iam::111122223333:role/[secret]", "nor what is made from it"
    assert done.run("first")["outputs"] == {"id": {"unknown": True}, "secret": "[secret]"}
    assert "a vpc is here, with [secret]" in str(done.json)


def test_a_clean_program_ends_with_zero(
    preview: Callable[..., Any], program: Callable[..., Path], pack: Callable[..., Path]
) -> None:
    done = preview(program('Component("only")'), pack(CLEAN_PACK), options=["--mode", "first"], process=True)
    assert done.code == 0, done.text + done.errors
    assert list(done.json["runs"]) == ["first"]
    assert "Nothing to object to." in done.text
    assert "\x1b" not in done.text + done.errors
    assert done.errors == ""


def test_several_packs_judge_and_each_is_named(
    preview: Callable[..., Any], program: Callable[..., Path], pack: Callable[..., Path]
) -> None:
    say = "POLICIES = [stack('says', lambda args, report: report('{0}'), EnforcementLevel.{1})]"
    one, two = pack(say.format("one", "ADVISORY"), "one"), pack(say.format("two", "MANDATORY"), "two")
    done = preview(program(""), one, two, options=["--mode", "deployed"])
    assert done.code == 1
    assert {(row["pack"], row["level"]) for row in done.run("deployed")["diagnostics"]} == {
        ("one", "advisory"),
        ("two", "mandatory"),
    }


def test_policy_config_and_fixtures_are_read(
    preview: Callable[..., Any], program: Callable[..., Path], pack: Callable[..., Path], tmp_path: Path
) -> None:
    (tmp_path / "config.json").write_text('{"all": "disabled"}', encoding="utf-8")
    (tmp_path / "fixtures.json").write_text('{"invokes": {"demo:m:look": {"found": 5}}}', encoding="utf-8")
    source = 'pulumi.export("x", pulumi.runtime.invoke("demo:m:look", {}).value["found"])'
    config = ["--policy-pack-config", str(tmp_path / "config.json"), "--fixtures", str(tmp_path / "fixtures.json")]
    done = preview(program(PROGRAM + source), pack(STRICT_PACK), options=config)
    assert done.code == 0, done.text
    assert done.run("deployed")["diagnostics"] == []
    assert done.run("deployed")["outputs"]["x"] == 5


def test_claims_that_a_pack_proves_are_reported(
    preview: Callable[..., Any], program: Callable[..., Path], pack: Callable[..., Path]
) -> None:
    proving = """
    import json, os, pulumi
    from pathlib import Path

    def prove(args, report):
        path = Path(os.environ["PROOF_REPORT"])
        kind = "preview" if pulumi.runtime.is_dry_run() else "update"
        path.with_suffix(f".{kind}{path.suffix}").write_text(json.dumps({"claims": [
            {"id": "reads", "sentence": "Nobody reads.", "verdict": "proved", "milliseconds": 1200},
            {"id": "writes", "sentence": "Nobody writes.", "text": "bob writes",
             "verdict": "counterexample" if kind == "update" else "proved"}]}))

    POLICIES = [stack("proves", prove)]
    """
    done = preview(program(""), pack(proving))
    verdicts = {mode: [claim["verdict"] for claim in done.run(mode)["claims"]] for mode in ("first", "deployed")}
    assert verdicts == {"first": ["proved", "proved"], "deployed": ["proved", "counterexample"]}
    assert "Claims, first preview: 2 proved in 1.2 s; as deployed: 1 counterexample, 1 proved in 1.2 s" in done.text
    assert "✓ proved     Nobody reads." in done.text
    assert "✗ proved, counterexample Nobody writes.\n               bob writes" in done.text


@pytest.mark.parametrize(
    ("source", "said", "unsaid"),
    [
        ("raise pulumi.RunError('the zone is missing')", "the zone is missing", "Traceback"),
        ("def fails():\n    1 / 0\nfails()", "ZeroDivisionError: division by zero", "runpy"),
        ("import sys\nsys.exit('stopped by itself')", "ended with exit code 1", "Traceback"),
        ("import os\nos._exit(9)", "ended with exit code 9", "Traceback"),
        ("import os\nos.kill(os.getpid(), 9)", "was ended by signal 9", "Traceback"),
        ('Component("a"); Component("a")', "Duplicate resource URN", "Traceback"),
        ("import not_there", "No module named 'not_there'", "runpy"),
        ("def x(:", "SyntaxError", "Resource monitor"),
    ],
)
def test_a_program_that_fails_is_told_once(
    preview: Callable[..., Any],
    program: Callable[..., Path],
    pack: Callable[..., Path],
    source: str,
    said: str,
    unsaid: str,
) -> None:
    done = preview(program(source), pack(CLEAN_PACK), options=["--mode", "first"])
    assert done.code == 2
    assert done.text.count(said) == 1, done.text
    assert unsaid not in done.text + done.errors
    assert done.run("first")["error"]["phase"] == "program"
    assert said in done.run("first")["error"]["message"]


def test_the_stack_is_not_judged_after_a_failure(
    preview: Callable[..., Any], program: Callable[..., Path], pack: Callable[..., Path]
) -> None:
    judging = pack("POLICIES = [stack('whole', lambda args, report: report('judged'))]")
    done = preview(program("1 / 0"), judging)
    assert done.code == 2
    assert done.run("first")["diagnostics"] == []


def test_a_pack_that_prints_is_told_once_for_both_runs(
    preview: Callable[..., Any], program: Callable[..., Path], pack: Callable[..., Path]
) -> None:
    done = preview(program(""), pack("#bare\nprint('chatty')\nimport time; time.sleep(60)"))
    assert done.code == 2
    assert " ".join(done.text.split()).count("printed 'chatty' to standard output") == 1
    assert {done.run(mode)["error"]["phase"] for mode in ("first", "deployed")} == {"pack"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--stack", "prod"], "no stack 'prod'"),
        (["--json", "/proc/none/report.json"], "does not exist"),
        (["--json", "/proc/report.json"], "cannot be written"),
        (["--fixtures", "missing.json"], "cannot be read"),
        (["--policy-pack-config", "missing.json"], "cannot be read"),
        (["--policy-pack", "nowhere"], "does not exist"),
        (["--program", "nowhere"], "does not exist"),
    ],
)
def test_bad_input_is_one_message_and_exit_code_two(
    preview: Callable[..., Any], program: Callable[..., Path], pack: Callable[..., Path], options: list[str], said: str
) -> None:
    done = preview(program(""), pack(CLEAN_PACK), options=options)
    assert done.code == 2
    assert said in done.errors
    assert done.errors.startswith("error: ")
    assert len(done.errors.splitlines()) == 1
    assert (done.text, done.json) == ("", {})


def test_a_stack_file_that_does_not_parse_is_one_message_and_exit_code_two(
    preview: Callable[..., Any], program: Callable[..., Path], pack: Callable[..., Path]
) -> None:
    folder = program("")
    (folder / "Pulumi.dev.yaml").write_text("config:\n  - [unclosed\n", encoding="utf-8")
    done = preview(folder, pack(CLEAN_PACK))
    assert (done.code, done.text, done.json) == (2, "", {})
    assert done.errors.startswith(f"error: {folder}/Pulumi.dev.yaml")
    assert done.errors.count("Pulumi.dev.yaml") == 1
    assert "Traceback" not in done.errors


def test_a_report_that_fails_leaves_the_old_one_whole(tmp_path: Path) -> None:
    from preview import json_report
    from preview.errors import PreviewError

    path = tmp_path / "report.json"
    json_report.write(path, {"format": 1})
    before = path.read_text(encoding="utf-8")
    with pytest.raises(TypeError):
        json_report.write(path, {"format": object()})
    assert path.read_text(encoding="utf-8") == before
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(PreviewError, match="cannot be written"):
        json_report.write(Path("/proc/report.json"), {})


def test_help_shows_an_example() -> None:
    wide = {**os.environ, "COLUMNS": "100"}  # a narrow terminal breaks words
    command = [sys.executable, "-m", "preview", "--help"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60, env=wide)
    assert "python -m preview --stack dev" in done.stdout
    assert "Exit code 0" in done.stdout
    assert "goes on after a mandatory violation" in " ".join(done.stdout.split())
    assert "PREVIEW_TIMEOUT" in done.stdout


def test_a_pack_that_fails_while_the_program_waits_for_it_ends_the_run(
    preview: Callable[..., Any], program: Callable[..., Path], pack: Callable[..., Path]
) -> None:
    done = preview(program('Component("a")'), pack("#bare\nimport time; time.sleep(2); raise SystemExit(4)"))
    assert done.code == 2
    assert done.run("first")["error"]["phase"] == "pack"
