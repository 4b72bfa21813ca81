"""`python -m iamproof evaluate`: cases in, decisions out, and every fault of the input with its path."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import iamproof
from iamproof import PolicyError, parse_policy
from iamproof.__main__ import main
from iamproof.cases import CaseReader

ALLOW = {"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
ROLE = "arn:aws:iam::111122223333:role/app"


def case(**policies: Any) -> dict[str, Any]:
    request = {"principal": ROLE, "action": "s3:GetObject", "resource": "arn:aws:s3:::bucket/key"}
    return {"account": "111122223333", "request": request, "policies": policies}


def with_request(**changes: Any) -> dict[str, Any]:
    whole = case(identity=[ALLOW])
    return {**whole, "request": {**whole["request"], **changes}}


class Run:
    """One run of the command line on a text."""

    def __init__(self, tmp_path: Path, capsys: pytest.CaptureFixture[str], data: bytes | str, *options: str) -> None:
        file = tmp_path / "cases.json"
        file.write_bytes(data if isinstance(data, bytes) else data.encode())
        self.code = main(["evaluate", str(file), *options])
        out = capsys.readouterr()
        self.out, self.err = out.out, out.err


def test_the_readmes_case_gives_the_readmes_decision(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    readme = Path(iamproof.__file__).with_name("README.md").read_text()
    given_case, decision, *_others = re.findall(r"```json\n(.*?)```", readme, re.DOTALL)
    run = Run(tmp_path, capsys, given_case)
    assert (run.code, json.loads(run.out)) == (0, json.loads(decision))


def test_a_list_of_cases_gives_a_list_of_decisions_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = Run(tmp_path, capsys, json.dumps([case(identity=[ALLOW]), case()]))
    assert json.loads(run.out) == [
        {"decision": "allowed", "because": [{"policy": "identity[0]", "sid": None, "statement": 0}]},
        {"decision": "implicit-deny", "because": []},
    ]
    assert json.loads(Run(tmp_path, capsys, "[]").out) == []


def test_every_kind_of_policy_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deny = {"Statement": {"Sid": "No", "Effect": "Deny", "Action": "*", "Resource": "*"}}
    named = {"Statement": {**deny["Statement"], "Principal": "*"}}
    kinds: dict[str, Any] = {
        "identity[0]": {"identity": [deny]},
        "boundary": {"boundary": deny},
        "session[1]": {"session": [ALLOW, deny]},
        "resource": {"resource": named, "resourceType": "bucket"},
        "endpoint": {"endpoint": named},
        "scps[1][0]": {"scps": [[ALLOW], [deny]]},
        "rcps[0][1]": {"rcps": [[named | {"Id": "a"}, named]]},
    }
    run = Run(tmp_path, capsys, json.dumps([case(**policies) for policies in kinds.values()]))
    for name, decision in zip(kinds, json.loads(run.out), strict=True):
        assert decision["decision"] == "explicit-deny"
        assert {"policy": name, "sid": "No", "statement": 0} in decision["because"]


def test_role_and_key_must_allow(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    trust = {
        "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ec2.amazonaws.com"}}
    }
    target = {"action": "sts:AssumeRole", "resource": "arn:aws:iam::111122223333:role/target"}
    policies = {"identity": [ALLOW], "resource": trust, "resourceType": "role"}
    asked = [{**with_request(**target, principal=who), "policies": policies} for who in (ROLE, "ec2.amazonaws.com")]
    run = Run(tmp_path, capsys, json.dumps(asked))
    assert [decision["decision"] for decision in json.loads(run.out)] == ["implicit-deny", "allowed"]


def test_the_reading_can_be_chosen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    condition = {"ForAnyValue:StringEqualsIfExists": {"aws:TagKeys": "a"}}
    deny = {"Statement": {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": condition}}
    text = json.dumps(case(identity=[ALLOW, deny]))
    assert json.loads(Run(tmp_path, capsys, text).out)["decision"] == "explicit-deny"
    assert json.loads(Run(tmp_path, capsys, text, "--reading", "bracket").out)["decision"] == "allowed"


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        (5, "must be an object with account, request, policies, given 5"),
        ([case(), 5], "[1]: must be an object"),
        ({**case(), "acount": "1"}, "acount: unknown: allowed are account"),
        ({**case(), "account": 111122223333}, "account: must be twelve digits"),
        ({"request": None}, "request: must be an object"),
        (with_request(principal="alice"), "request.principal: must be the ARN of a user"),
        (with_request(principal="arn:aws:iam::1:role/x"), "request.principal: 'arn:aws:iam::1:role/x' is no ARN"),
        (with_request(principalTags={"user": 5}), "request.principalTags: must be an object of strings"),
        (with_request(action="s3:*"), "request: action: 's3:*' is no single action"),
        (with_request(action=None), "request: action and resource: must be text"),
        (with_request(context=[]), "request.context: must be an object"),
        (with_request(context={"aws:a": {}}), "request: context: 'aws:a' must be text"),
        (with_request(resourceAccount=5), "resource_account: must be twelve digits"),
        (with_request(tags={}), "request.tags: unknown"),
        (case(identity=ALLOW), "policies.identity: must be a list"),
        (case(identities=[]), "policies.identities: unknown"),
        (case(resourceType="queue"), "policies.resourceType: must be one of bucket, key, role, other"),
        (case(scps=[ALLOW]), "policies.scps[0]: must be a list"),
        (case(resource=ALLOW), "has no Principal"),
        (case(identity=["x"]), "policies.identity[0]: must be an object"),
        (case(identity=[{"Statement": {}}]), "policies.identity[0]: Statement.Action: neither Action"),
    ],
)
def test_a_faulty_case_is_refused_with_its_path(
    value: Any, fault: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Run(tmp_path, capsys, json.dumps(value))
    assert (run.code, run.out) == (2, "")
    assert fault in run.err


def test_a_key_written_twice_anywhere_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = json.dumps([case(identity=[ALLOW])]).replace('"Action": "*"', '"Action": "s3:*", "Action": "*"')
    run = Run(tmp_path, capsys, text)
    assert run.code == 2
    assert run.err == ("[0].policies.identity[0].Statement: 'Action' is written twice: write it once\n")


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"{", b"[" * 100_000])
def test_what_is_no_json_is_refused(data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = Run(tmp_path, capsys, data)
    assert (run.code, run.out) == (2, "")
    assert "cases.json: " in run.err


@pytest.mark.parametrize("depth", [100, 300, 450, 600, 800, 960])
@pytest.mark.parametrize("nested", ['{"Statement": %s}', '{"Statement": [{"Effect": %s}]}'])
def test_a_deeply_nested_policy_is_refused(
    depth: int, nested: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = nested % ("[" * depth + "]" * depth)
    with pytest.raises(PolicyError):
        parse_policy(document)
    text = json.dumps(case(boundary="?")).replace('"?"', document)
    run = Run(tmp_path, capsys, text)
    assert (run.code, run.out) == (2, "")
    assert run.err


def test_a_missing_file_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["evaluate", str(tmp_path / "missing.json")]) == 2
    assert "missing.json" in capsys.readouterr().err


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    stream = io.TextIOWrapper(io.BytesIO(json.dumps(case()).encode()))
    monkeypatch.setattr(sys, "stdin", stream)
    assert main(["evaluate", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["decision"] == "implicit-deny"


def test_the_module_runs_and_its_help_has_an_example() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "iamproof", "evaluate", "--help"], capture_output=True, text=True, check=True
    )
    assert "example:  python -m iamproof evaluate cases.json" in done.stdout


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6) | st.just(ROLE) | st.just(ALLOW),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["principal", "action", "context", "aws:a", "Statement"]), inner, max_size=3)
    ),
    max_leaves=6,
)
POLICY_KEYS = ["identity", "boundary", "session", "resource", "resourceType", "scps", "rcps", "endpoint"]


@settings(max_examples=200)
@given(JSON_VALUES, st.dictionaries(st.sampled_from(POLICY_KEYS), JSON_VALUES, max_size=3), JSON_VALUES)
def test_any_case_is_read_or_refused_with_a_fault(request: Any, policies: Any, account: Any) -> None:
    reader = CaseReader()
    read = reader.read({"account": account, "request": request, "policies": policies}, "")
    assert (read is None) is bool(reader.problems.found)


@pytest.mark.verify
def test_ten_thousand_cases_take_less_than_ten_seconds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    denies = [{"Effect": "Deny", "Action": f"s3:Put{n}*", "Resource": "arn:aws:s3:::b/*"} for n in range(60)]
    documents = [ALLOW, {"Version": "2012-10-17", "Statement": denies}]
    cases = [
        with_request(resource=f"arn:aws:s3:::bucket/{n}") | {"policies": {"identity": documents}} for n in range(10_000)
    ]
    started = time.process_time()
    assert Run(tmp_path, capsys, json.dumps(cases)).code == 0
    assert time.process_time() - started < 10
