"""`python -m iamproof prove|compare|who-can`: what they read, print and return."""

from __future__ import annotations

import io
import json
import re
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


@pytest.mark.parametrize(
    ("action", "resource", "note"),
    [
        ("s3:GetObjekt", "arn:aws:s3:::b/x", "no action that the library knows.*: did you mean s3:GetObject or"),
        ("s3:GetObject", "arn:aws:s3:::b", r"takes no resource such as arn:aws:s3:::b, .*: write arn:\$\{Partition\}"),
        ("s3:Get*Object", "arn:aws:sqs:r:111122223333:q", r"s3:Get\*Object takes no resource such as arn:aws:sqs"),
        ("s3:ListAllMyBuckets", "arn:aws:s3:::b", r"takes no resource .*: write \*$"),
        ("s3:GetObject", "arn:aws:s3:::c/x", "no resource that was read and is asked about has a policy of its own"),
    ],
)
def test_who_can_notes_what_a_reader_may_have_meant_otherwise(
    action: str, resource: str, note: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    open_to_all = {**OPEN, "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]}
    guarded = [{"resources": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"], "policy": open_to_all}]
    asked = {"account": account(guarded=guarded), "query": {"actions": action, "resources": resource}}
    (found,) = run("who-can", asked, monkeypatch, capsys)[1]["notes"]
    assert re.search(note, found)
    assert f"note: {found}\n" in run("who-can", asked, monkeypatch, capsys, "table")[1]


@pytest.mark.parametrize(
    ("action", "resource"),
    [("s3:GetObject", "arn:aws:s3:::b/x"), ("s3:*", "*"), ("s3:ListAllMyBuckets", "*"), ("s3:ListBucket", "arn:*:b")],
)
def test_who_can_notes_nothing_of_a_question_that_is_as_it_should_be(
    action: str, resource: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    open_to_all = {**OPEN, "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]}
    guarded = [{"resources": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"], "policy": open_to_all}]
    asked = {"account": account(guarded=guarded), "query": {"actions": action, "resources": resource}}
    assert run("who-can", asked, monkeypatch, capsys)[1]["notes"] == []


def test_who_can_breaks_no_name_and_says_that_there_are_more_ways(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    key = "arn:aws:kms:ap-northeast-1:111122223333:key/11112222-3333-4444-5555-666677778888"
    keys = [f"s3:RequestObjectTag/number-{number}" for number in range(23)]
    many = [
        {"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringLike": {k: f"{key}?"}}}
        for k in keys
    ]
    asked = {"account": account({**OPEN, "Statement": many}), "query": {"actions": "s3:PutObject"}}
    text = run("who-can", asked, monkeypatch, capsys, "table")[1]
    assert text.count(f"{key}?") == 20
    assert text.endswith("  - and in more ways, which are not listed\n")


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
