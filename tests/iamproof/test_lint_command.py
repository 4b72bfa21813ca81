"""`python -m iamproof lint`, and what all commands share: output for programs and for people, exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iamproof.__main__ import main
from iamproof.lint_input import Defaults, lint_entry
from iamproof.reader import Problems
from iamproof.report import finding_table, printable, table

if TYPE_CHECKING:
    from pathlib import Path

SOUND = {"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}
DEAD = {"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b"}}
OF_A_USER = {"Statement": {**SOUND["Statement"], "Condition": {"StringEquals": {"aws:username": "alice"}}}}


class Run:
    """One run of a command on a JSON value or on a text."""

    def __init__(self, tmp_path: Path, capsys: pytest.CaptureFixture[str], value: Any, *words: str) -> None:
        file = tmp_path / "input.json"
        file.write_text(value if isinstance(value, str) else json.dumps(value))
        command, *options = words or ("lint",)
        self.code = main([command, *options, str(file)])
        out = capsys.readouterr()
        self.out, self.err = out.out, out.err


def test_a_policy_without_findings_ends_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = Run(tmp_path, capsys, SOUND)
    assert (run.code, json.loads(run.out)) == (0, {"policy": "policy", "findings": []})


def test_a_policy_with_findings_ends_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = Run(tmp_path, capsys, DEAD)
    assert (run.code, run.err) == (1, "")
    (finding,) = json.loads(run.out)["findings"]
    assert (finding["id"], finding["path"]) == ("never-matches", "Statement[0]")
    assert "arn:${Partition}:s3:::${BucketName}/${ObjectName}" in finding["message"]


def test_a_list_of_policies_gives_a_list_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = Run(tmp_path, capsys, [SOUND, {"name": "second", "policy": DEAD}])
    assert run.code == 1
    assert [(each["policy"], len(each["findings"])) for each in json.loads(run.out)] == [("[0]", 0), ("second", 1)]
    assert Run(tmp_path, capsys, []).out == "[]\n"


def test_kind_and_principal_come_from_the_entry_or_else_from_the_options(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert Run(tmp_path, capsys, OF_A_USER).code == 0
    assert Run(tmp_path, capsys, OF_A_USER, "lint", "--kind", "role").code == 1
    assert Run(tmp_path, capsys, OF_A_USER, "lint", "--kind", "managed").code == 0
    assert Run(tmp_path, capsys, OF_A_USER, "lint", "--principal", "role").code == 1
    assert Run(tmp_path, capsys, {"kind": "user", "policy": OF_A_USER}, "lint", "--kind", "role").code == 0
    assert Run(tmp_path, capsys, {"principal": "role", "policy": OF_A_USER}).code == 1


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        (5, "must be an object such as"),
        ({}, "Statement: is missing"),
        ([SOUND, {"Statement": {}}], "[1]: Statement.Action: neither Action"),
        ([SOUND, 5], "[1]: must be an object"),
        ({"policy": 5}, "policy: must be an object"),
        ([{"policy": {}}], "[0].policy: Statement: is missing"),
        ({"policy": SOUND, "kinds": "role"}, "kinds: unknown: allowed are name, kind, principal, policy"),
        ({"policy": SOUND, "kind": "inline"}, "kind: must be one of managed, role, user"),
        ([{"policy": SOUND, "kind": []}], "[0].kind: must be one of"),
        ({"policy": SOUND, "principal": "group"}, "principal: must be one of role, user, given 'group'"),
        ({"policy": SOUND, "name": 5}, "name: must be a string, given 5"),
        ('{"Statement": {"Effect": "Allow", "Effect": "Deny"}}', "Statement: 'Effect' is written twice"),
        ('{"policy": 1, "policy": 2}', "'policy' is written twice: write it once"),
        ('{"Statement": ', "is no JSON"),
        ("[" * 900 + "]" * 900, "input.json: is nested too deeply"),
    ],
)
def test_a_faulty_policy_is_refused_with_its_path(
    value: Any, fault: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Run(tmp_path, capsys, value)
    assert (run.code, run.out) == (2, "")
    assert fault in run.err


def test_a_table_has_place_and_message_of_each_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = Run(tmp_path, capsys, [SOUND, DEAD], "lint", "--output", "table")
    assert run.code == 1
    place, *text = run.out.splitlines()
    assert place == "[1]: Statement[0]  never-matches"
    assert all(line.startswith("  ") for line in text)
    assert Run(tmp_path, capsys, SOUND, "lint", "--output", "table").out == "nothing found\n"


CASE = {
    "request": {
        "principal": "arn:aws:iam::111122223333:role/app",
        "action": "s3:GetObject",
        "resource": "arn:aws:s3:::b/key",
    },
    "policies": {"identity": [SOUND]},
}
REFUSED = {**CASE, "policies": {}}


def test_decisions_are_a_table_for_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = Run(tmp_path, capsys, [CASE, REFUSED], "evaluate", "--output", "table")
    assert run.code == 0
    header, allowed, refused = (line.split() for line in run.out.splitlines())
    assert header == ["case", "decision", "action", "resource", "because"]
    assert allowed == ["0", "allowed", "s3:GetObject", "arn:aws:s3:::b/key", "identity[0]", "0"]
    assert refused[:2] == ["1", "implicit-deny"]
    assert "no Allow in identity or resource" in run.out


def test_explanations_are_json_for_programs_and_text_for_people(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Run(tmp_path, capsys, [CASE, REFUSED], "explain")
    assert (run.code, [each["decision"] for each in json.loads(run.out)]) == (0, ["allowed", "implicit-deny"])
    assert json.loads(Run(tmp_path, capsys, CASE, "explain").out)["why"]
    text = Run(tmp_path, capsys, REFUSED, "explain", "--output", "table").out
    assert text.startswith("implicit-deny: s3:GetObject on arn:aws:s3:::b/key by ")
    assert Run(tmp_path, capsys, {"request": {}}, "explain").code == 2


def test_a_terminal_gets_the_table_and_a_pipe_gets_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Run(tmp_path, capsys, DEAD).out.startswith("{")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert Run(tmp_path, capsys, DEAD).out.startswith("policy: Statement[0]  never-matches")
    assert Run(tmp_path, capsys, DEAD, "lint", "--output", "json").out.startswith("{")


def test_characters_that_steer_a_terminal_are_written_as_escapes() -> None:
    assert printable("a\x1b[31m\nü") == "a\\x1b[31m\\nü"
    assert "\x1b" not in table(("head",), [("\x1b[31m",)])
    linted = lint_entry({"name": "\x1b[31m", "policy": DEAD}, "", Defaults(), Problems())
    assert linted is not None
    assert "\x1b" not in finding_table((linted.name, finding) for finding in linted.findings)


def test_help_names_formats_and_exit_codes() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "iamproof", "lint", "--help"], capture_output=True, text=True, check=True
    )
    assert "example:  python -m iamproof lint --kind managed --principal role policy.json" in done.stdout
    assert "0 nothing was found, 1 something was found, 2 the input was refused" in done.stdout


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6) | st.sampled_from(["role", "*", "s3:List*"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["policy", "kind", "name", "Statement", "Effect", "Action", "Resource"]), inner, max_size=4
        )
    ),
    max_leaves=8,
)


@given(JSON_VALUES)
def test_any_value_is_linted_or_refused_with_a_fault(value: Any) -> None:
    problems = Problems()
    assert (lint_entry(value, "", Defaults(), problems) is None) is bool(problems.found)


@given(st.binary(max_size=40))
def test_any_bytes_are_linted_or_refused_without_a_traceback(tmp_path_factory: Any, data: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "bytes.json"
    file.write_bytes(data)
    assert main(["lint", str(file)]) == 2
