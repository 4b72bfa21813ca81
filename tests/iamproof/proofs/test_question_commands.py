"""`python -m iamproof prove|compare|who-can`: what they read, print and return."""

from __future__ import annotations

import io
import json
import sys
from typing import Any

import pytest

from iamproof.__main__ import main

ROLE = "arn:aws:iam::111122223333:role/tenants/alice/notebook"
OWN = "arn:aws:s3:::b/users/${aws:PrincipalTag/user}/*"
FENCE = {"StringNotEquals": {"aws:SourceVpce": "{{endpoint/s3}}"}}
DOCUMENT: dict[str, Any] = {
    "Version": "2012-10-17",
    "Statement": [
        {"Sid": "Own", "Effect": "Allow", "Action": "s3:*", "Resource": OWN},
        {"Sid": "Fence", "Effect": "Deny", "Action": "*", "Resource": "*", "Condition": FENCE},
    ],
}
OPEN: dict[str, Any] = {**DOCUMENT, "Statement": DOCUMENT["Statement"][:1]}
THEIRS = {"actions": "s3:GetObject", "resources": {"like": "arn:aws:s3:::b/*", "but": "arn:aws:s3:::b/users/alice/*"}}
AROUND = {"actions": "s3:*", "context": {"aws:SourceVpce": {"otherThan": "{{endpoint/s3}}", "orMissing": True}}}
UNNAMED = {"policy": DOCUMENT, "resources": "*"}
INSIDE = {"actions": "s3:PutObject", "context": {"aws:SourceVpce": "{{endpoint/s3}}"}}


def account(document: Any = DOCUMENT, **more: Any) -> dict[str, Any]:
    actor = {"principal": ROLE, "principalTags": {"user": "alice"}, "identity": [document]}
    return {"id": "111122223333", "references": {"endpoint/": "vpce-"}, "actors": [actor], **more}


def run(
    command: str, value: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], output: str = "json"
) -> tuple[int, Any, str]:
    class Standard:
        buffer = io.BytesIO(json.dumps(value).encode())

    monkeypatch.setattr(sys, "stdin", Standard)
    code = main([command, "-", "--output", output])
    out, err = capsys.readouterr()
    return code, json.loads(out) if out and output == "json" else out, err


def claim(query: Any, kind: str = "never", sentence: str = "so it is") -> dict[str, Any]:
    return {"sentence": sentence, "kind": kind, "query": query}


def test_claims_that_hold(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    claims = [claim(THEIRS), claim(AROUND), claim(INSIDE, "possible")]
    code, results, _ = run("prove", {"account": account(), "claims": claims}, monkeypatch, capsys)
    assert code == 0
    assert [result["verdict"] for result in results] == ["proved"] * 3
    assert results[2]["request"]["context"] == {"aws:SourceVpce": "{{endpoint/s3}}"}
    assert any("ids that are not known yet" in text for text in results[0]["assumptions"])


def test_a_claim_that_fails(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    asked = {"account": account(OPEN), "claims": [claim({"actions": "s3:GetObject"}), claim(THEIRS)]}
    code, results, _ = run("prove", asked, monkeypatch, capsys)
    assert code == 1
    assert [result["verdict"] for result in results] == ["counterexample", "proved"]
    assert results[0]["because"] == [{"policy": "account.actors[0].identity[0]", "sid": "Own", "statement": 0}]
    request = results[0]["request"]
    assert request["principalTags"] == {"user": "alice"}
    again = {"request": request, "policies": {"identity": [OPEN]}}
    assert run("evaluate", again, monkeypatch, capsys)[1]["decision"] == "allowed"


def test_an_unreadable_document_leaves_claims_undecided(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = account({"Statement": [{"Effect": "allow"}]})
    code, results, _ = run("prove", {"account": broken, "claims": [claim(THEIRS)]}, monkeypatch, capsys)
    assert code == 3
    assert results[0]["verdict"] == "undecided"
    assert "actors[0].identity[0]" in results[0]["reasons"][0]


def test_an_always_claim_gives_the_refused_request(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = {"actions": "s3:GetObject", "resources": "arn:aws:s3:::b/users/alice/*"}
    code, results, _ = run("prove", {"account": account(), "claims": [claim(asked, "always")]}, monkeypatch, capsys)
    assert code == 1
    assert results[0]["because"][0]["sid"] == "Fence"


def test_a_comparison(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    code, result, _ = run("compare", {"before": account(), "after": account()}, monkeypatch, capsys)
    assert (code, result) == (0, {"newlyAllowed": None, "newlyRefused": None, "reasons": []})
    asked = {"before": account(), "after": account(OPEN), "query": {"actions": "s3:GetObject"}}
    code, result, _ = run("compare", asked, monkeypatch, capsys)
    assert code == 1
    assert result["newlyAllowed"]["before"]["decision"] == "explicit-deny"
    assert result["newlyAllowed"]["after"]["decision"] == "allowed"
    assert result["newlyRefused"] is None


def test_who_can(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    query = {"actions": "s3:GetObject", "resources": {"equals": "arn:aws:s3:::b/users/alice/x"}}
    code, result, _ = run("who-can", {"account": account(), "query": query}, monkeypatch, capsys)
    assert code == 0
    (row,) = result["able"]
    assert row["principal"] == ROLE
    assert row["ways"][0]["conditions"] == ["aws:SourceVpce is '{{endpoint/s3}}'"]
    nobody = {"account": account(), "query": {"actions": "kms:Decrypt"}}
    assert run("who-can", nobody, monkeypatch, capsys, "table")[1] == "nobody\n"


def test_tables_for_people(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    asked = {"account": account(OPEN), "claims": [claim({"actions": "s3:GetObject"}, sentence="nobody\x1b reads")]}
    _, text, _ = run("prove", asked, monkeypatch, capsys, "table")
    assert text.startswith("counterexample: nobody\\x1b reads\n")
    assert "statement Own" in text
    _, text, _ = run("compare", {"before": account(), "after": account(OPEN)}, monkeypatch, capsys, "table")
    assert "newly refused: nothing" in text
    query = {"actions": "s3:GetObject"}
    _, text, _ = run("who-can", {"account": account(), "query": query}, monkeypatch, capsys, "table")
    assert "aws:SourceVpce is '{{endpoint/s3}}'" in text


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ([], "must be an object with account, claims"),
        ({"account": {"id": "1"}, "claims": []}, "account.id: must be twelve digits"),
        ({"account": account(), "claims": [claim({"actions": "Get"})]}, "is no action"),
        ({"account": account(), "claims": [{"kind": "never"}]}, "claims[0]: asks nothing"),
        ({"account": account(), "claims": [claim(THEIRS, "maybe")]}, "must be one of never, possible, always"),
        ({"account": account(), "claims": [claim({"actions": "s3:*", "contexts": {}})]}, "unknown: allowed are"),
        ({"account": account(), "claims": [claim({"actions": "s3:*", "resources": "{{x}}"})]}, "no reference"),
        ({"account": account(actors=[{"principal": "me"}]), "claims": []}, "actors[0].principal: must be the ARN"),
        (
            {"account": account(guarded=[{"policy": DOCUMENT, "resources": "*"}]), "claims": [claim(THEIRS)]},
            "Principal",
        ),
    ],
)
def test_what_is_wrong_with_a_question_is_said_and_nothing_decided(
    value: Any, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run("prove", value, monkeypatch, capsys)
    assert code == 2
    assert not out
    assert said in err
