"""Questions about a stack from the command line: `make who-can` and `make compare`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from tools import access, stack_account

if TYPE_CHECKING:
    from pathlib import Path

ACCOUNT = "111122223333"
ALICE, BOB = (f"arn:aws:iam::{ACCOUNT}:role/{name}" for name in ("alice", "bob"))
READ = {"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}]}
WRITE = {"Statement": [{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::b/*"}]}

UNGUARDED = (
    "note: no resource that was read and is asked about has a policy of its own: identities and endpoints decide\n"
)


def account(**identities: list[dict[str, Any]]) -> dict[str, Any]:
    actors = [
        {"principal": f"arn:aws:iam::{ACCOUNT}:role/{name}", "identity": documents}
        for name, documents in identities.items()
    ]
    return {"id": ACCOUNT, "actors": actors}


def run(monkeypatch: pytest.MonkeyPatch, accounts: list[dict[str, Any]], *arguments: str) -> tuple[int, str]:
    """Run a command whose previews give these accounts one after the other."""
    left = iter(accounts)
    monkeypatch.setattr(access, "account_of", lambda *_: next(left))
    ended = CliRunner().invoke(access.app, list(arguments))
    return ended.exit_code, ended.output


def test_who_can_prints_everybody_with_conditions(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given, place = account(alice=[READ], bob=[WRITE]), tmp_path / "answer.json"
    code, said = run(monkeypatch, [given], "who-can", "s3:GetObject", "arn:aws:s3:::b/x", "--json", str(place))
    assert code == 0
    asked = "asked: 2 identities of the stack, 0 outside it, strangers and anonymous callers: nobody else can\n"
    assert said == f"{ALICE}\n  - always\n{UNGUARDED}\n{asked}"
    assert [row["principal"] for row in json.loads(place.read_text())["able"]] == [ALICE]


def test_who_can_says_who_stands_for_whom(monkeypatch: pytest.MonkeyPatch) -> None:
    every = {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
    inside = {**READ["Statement"][0], "Condition": {"StringEquals": {"aws:SourceVpce": "{{endpoint/s3}}"}}}
    given = account(alice=[{"Statement": [inside]}])
    given["actors"] += [
        {"principal": f"arn:aws:iam::{ACCOUNT}:{name}", "identity": ["every right"]}
        for name in ("role/ci-deploy", "user/somebody-else")
    ]
    given |= {"documents": {"every right": every}, "anybody": [{"whose": "others", "kinds": ["role"]}]}
    code, said = run(monkeypatch, [given], "who-can", "s3:GetObject", "arn:aws:s3:::b/x")
    assert code == 0
    legend = said.partition("\n\n")[2].splitlines()
    assert [line.partition(":")[0] for line in legend] == [
        "role/ci-deploy and user/somebody-else",
        "999999999999",
        "{{…}}",
        "asked",
    ]
    assert legend[-1].startswith("asked: 1 identities of the stack, 2 outside it, strangers")


def test_who_can_claims_nothing_of_others_where_somebody_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    given = account(alice=[READ], bob=[{"Statement": [{}]}])
    code, said = run(monkeypatch, [given], "who-can", "s3:GetObject", "arn:aws:s3:::b/x")
    assert code == 3
    assert "nobody else can" not in said


def test_a_comparison_names_each_principal_for_whom_something_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    before, after = account(alice=[READ], bob=[READ]), account(alice=[READ], bob=[READ, WRITE])
    code, said = run(monkeypatch, [before, after], "compare", "--against", "HEAD")
    assert code == 1
    assert f"{BOB}\nnewly allowed: {BOB} s3:PutObject on arn:aws:s3:::b/" in said
    assert "newly refused: nothing" in said
    assert ALICE not in said


def test_a_version_that_decides_alike_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    both = account(alice=[READ]), account(alice=[READ, READ])
    assert run(monkeypatch, [*both], "compare", "--against", "HEAD") == (0, "nothing changed\n")


def test_a_principal_that_is_gone_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [account(alice=[READ], bob=[READ]), account(alice=[READ])]
    code, said = run(monkeypatch, both, "compare", "--against", "HEAD")
    assert code == 1
    assert f"newly refused: {BOB} s3:GetObject" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("who-can", "GetObject", "*"), "is no action"),
        (("who-can", "", "arn:aws:s3:::b/x"), "write make who-can ACTION="),
        (("who-can", "s3:GetObject", ""), "write make who-can ACTION="),
        (("who-can", "s3:GetObject", "{{key/dta}}"), "no reference of the account"),
        (("compare", "--against", ""), "write make compare AGAINST=main"),
        (("compare", "--against", "no-such-version"), "no-such-version is no revision that can be read"),
        (("compare", "--against", "no-such-version"), "git worktree add"),
        (("who-can", "s3:GetObject", "*", "--json", "/no/such/folder/answer.json"), "cannot be written"),
    ],
)
def test_what_is_wrong_with_a_question_is_told_without_a_traceback(
    arguments: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, printed = run(monkeypatch, [account(alice=[READ])], *arguments)
    assert code == 2
    assert printed.startswith("error: ")
    assert said in printed
    assert "Traceback" not in printed


def test_a_question_that_cannot_be_asked_is_refused_before_anything_is_previewed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    code, said = run(monkeypatch, [], "who-can", "GetObject", "arn:aws:s3:::b/x")
    assert (code, "is no action" in said) == (2, True)


def test_an_earlier_version_is_there_for_as_long_as_it_is_asked_about() -> None:
    with stack_account.version("HEAD") as folder:
        assert (folder / "__main__.py").is_file()
    assert not folder.exists()


@pytest.mark.verify
def test_a_stack_that_cannot_be_previewed_says_why() -> None:
    with pytest.raises(stack_account.NoAccountError, match=r"no-such-stack"):
        stack_account.account_of("no-such-stack")


@pytest.mark.verify
def test_the_account_of_the_dev_stack_is_the_one_of_its_last_commit_where_nothing_is_edited() -> None:
    with stack_account.version("HEAD") as folder:
        before, again = (stack_account.account_of("dev", folder) for _ in range(2))
    assert before == again
    assert {actor["principal"] for actor in before["actors"]} >= {
        f"arn:aws:iam::{ACCOUNT}:role/tenants/alice/ml-dev-alice-job",
        f"arn:aws:iam::{ACCOUNT}:role/ci-deploy",
    }
