"""What is wrong with a question is said with its place, and nothing is decided; the README's examples are true."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

import iamproof
from iamproof.__main__ import main
from iamproof.questions import answer

README = Path(iamproof.__file__).with_name("README.md").read_text(encoding="utf-8")
ROLE = "arn:aws:iam::111122223333:role/r"
GET = {"actions": "s3:GetObject"}
ACTOR = {"principal": ROLE, "identity": [{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}]}
ACCOUNT = {"id": "111122223333", "actors": [ACTOR]}


def problems(query: Any = GET, **account: Any) -> str:
    found = answer("prove", {"account": {**ACCOUNT, **account}, "claims": [{"query": query}]})
    assert (found.code, found.result) == (2, None)
    return "\n".join(found.problems)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"actions": "s3:NoSuch*"}, "'s3:NoSuch*' stands for no known action"),
        ({"actions": "nosuch:*"}, "'nosuch:*' stands for no known action"),
        ({**GET, "resources": "not an arn"}, "'not an arn' matches no ARN"),
        ({**GET, "resources": []}, "resources: lists nothing"),
        ({**GET, "context": {"aws:SourceVpce": {"equals": []}}}, "SourceVpce.equals: lists nothing"),
        ({**GET, "context": {"aws:SourceVpce": {"otherThan": "a", "orMissing": "yes"}}}, "orMissing: must be true or"),
        ({**GET, "context": {"aws:SourceVpce": False}}, "must be a string or a list of them, given False"),
        ({**GET, "context": {"aws:SourceVpce": {"like": "a", "equals": "a"}}}, "says equals and like: write one"),
        ({**GET, "blankLists": 1}, "blankLists: must be true or false, given 1"),
        ({**GET, "but": "GetObject"}, "'GetObject' is no action"),
        ({**GET, "kinds": ["robot"]}, "must be one of user, role, service, anonymous, federated user, root"),
        ({**GET, "tags": {"user": 5}}, "tags.user: must be a string"),
        ({}, "actions: none is given"),
        (None, "must be an object with"),
    ],
    ids=str,
)
def test_a_query_that_means_nothing_or_is_written_wrong_is_refused(query: Any, said: str) -> None:
    assert said in problems(query)


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ({"endpoints": [{}]}, "endpoints[0].id: lists nothing"),
        ({"guarded": [{"policy": ACTOR["identity"][0]}]}, "guarded[0].resources: lists nothing"),
        ({"anybody": [{"kinds": 5}]}, "anybody[0].kinds: must be a string"),
        ({"scps": [5]}, "scps[0]: must be a list"),
        ({"actors": [{"principal": ROLE, "identity": 5}]}, "actors[0].identity: must be a list"),
        ({"references": []}, "references: must be an object"),
        ({"actor": []}, "actor: unknown"),
    ],
    ids=str,
)
def test_a_part_of_an_account_that_would_not_count_is_refused(part: dict[str, Any], said: str) -> None:
    assert said in problems(**part)


def test_a_claim_asks_one_way() -> None:
    found = answer("prove", {"account": ACCOUNT, "claims": [{"query": GET, "queries": [GET]}]})
    assert found.problems == ("claims[0]: says query and queries: write one of them",)


def test_a_named_action_that_nobody_knows_is_asked_about_and_said() -> None:
    claims = [{"query": {"actions": "s3:GetObjet"}}, {"query": GET}]
    unknown, known = answer("prove", {"account": ACCOUNT, "claims": claims}).result
    assert unknown["verdict"] == "counterexample"
    assert any("s3:GetObjet is no action that the library knows" in text for text in unknown["assumptions"])
    assert not any("is no action" in text for text in known["assumptions"])


@pytest.mark.parametrize("command", ["prove", "compare", "who-can"])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "is no JSON"),
        (b"{", "is no JSON"),
        (b"\xff\xfe{}", "is no UTF-8 text"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"account": 1, "account": 2}', "is written twice"),
        (b"null", "must be an object with"),
        (b"{}", "must be an object with id"),
    ],
    ids=["empty", "broken", "bytes", "deep", "twice", "null", "missing"],
)
def test_input_that_is_no_question_is_refused_in_words(
    command: str, text: bytes, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Standard:
        buffer = io.BytesIO(text)

    monkeypatch.setattr(sys, "stdin", Standard)
    assert main([command, "-"]) == 2
    out, err = capsys.readouterr()
    assert not out
    assert said in err
    assert "Traceback" not in err


def test_a_file_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for file in (tmp_path / "nothing.json", tmp_path):
        assert main(["prove", str(file)]) == 2
        assert str(file) in capsys.readouterr().err


def test_the_question_in_the_readme_is_answered_as_it_says() -> None:
    section = README.split("### Questions")[1]
    question, told = re.findall(r"```json\n(.*?)```", section, re.DOTALL)[:2]
    found = answer("prove", json.loads(question))
    assert (found.code, found.problems) == (1, ())
    (result,) = found.result
    (shown,) = json.loads(told)
    for name in ("verdict", "because", "reasons"):
        assert result[name] == shown[name]
    assert set(result) == set(shown)
    request = shown["request"]
    assert {name: result["request"][name] for name in ("action", "context")} == {
        name: request[name] for name in ("action", "context")
    }
    assert result["request"]["resource"] == request["resource"]
