"""Questions about a stack that no claim asks: who can do this, and what does this change newly allow or refuse.

``make who-can ACTION=s3:GetObject RESOURCE=arn:…`` and ``make compare AGAINST=main``. What the answers rest on is in
docs/proofs.md.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from iamproof.questions import FAILS, HOLDS, REFUSED, UNDECIDED, Answer, answer
from tools.stack_account import NoAccountError, account_of, version

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

EVERY_RIGHT = "every right"
"""How the pack calls the policy of who stands outside the stack."""
ANYBODY, STRANGER = "somebody-else", "999999999999"
EXAMPLE = "make who-can ACTION=s3:GetObject RESOURCE=arn:aws:s3:::ml-dev-results-7f3a/users/alice/model.tar.gz"
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True)
StackOption = Annotated[str, typer.Option(help="Stack to ask about: Pulumi.<stack>.yaml.")]
JsonOption = Annotated[Path | None, typer.Option("--json", help="Write the answer for machines to this file.")]


@app.command("who-can")
def who_can(
    action: Annotated[str, typer.Argument(help="An action, such as s3:GetObject; * and ? stand for any text.")],
    resource: Annotated[str, typer.Argument(help="An ARN, or a pattern of ARNs.")],
    stack: StackOption = "dev",
    json_file: JsonOption = None,
) -> None:
    """Say who can do an action on a resource, and under which conditions.

    Beside the identities of the stack the deployers and one more user of the account are asked, each as if it held
    every right, and principals of other accounts. Exit code 0: everybody was found; 3: somebody may be missing.
    """
    if not action or not resource:
        _refuse(f"what is asked is missing: write {EXAMPLE}")
    query = {"actions": [action], "resources": resource}
    if "{{" not in resource:  # which needs the account to be understood
        early = answer("who-can", {"account": {"id": "1" * 12, "actors": []}, "query": query})
        if early.code == REFUSED:
            _refuse("\n".join(early.problems))
    account = _account(stack)
    found = answer("who-can", {"account": account, "query": query})
    if found.code != REFUSED:
        found = replace(found, text=found.text + "".join(f"{line}\n" for line in _legend(account, found)))
    _end(found, json_file)


def _legend(account: Mapping[str, Any], found: Answer) -> Iterator[str]:
    """Yield what stands for what in an answer, and who was asked."""
    able = {row["principal"] for row in found.result["able"]}
    outside = [actor["principal"] for actor in account["actors"] if actor["identity"] == [EVERY_RIGHT]]
    yield ""
    if able & {*outside}:
        names = " and ".join(who.partition("::")[2].partition(":")[2] for who in outside)
        yield f"{names}: not of this stack, so asked as if they held every right; {ANYBODY} is any other of the account"
    if any(f":{STRANGER}:" in who for who in able):
        yield f"{STRANGER}: any other account, whose own policies may allow everything"
    if "{{" in found.text:
        yield "{{…}}: an id that AWS mints at the update, by its name in the plan"
    asked = f"asked: {len(account['actors']) - len(outside)} identities of the stack, {len(outside)} outside it"
    yield f"{asked}, strangers and anonymous callers" + (": nobody else can" if found.code == HOLDS else "")


@app.command("compare")
def compare(
    against: Annotated[str, typer.Option(help="A revision that git knows: what the change is compared with.")] = "main",
    stack: StackOption = "dev",
    json_file: JsonOption = None,
) -> None:
    """Say of each principal what the program newly allows or refuses against an earlier version of it.

    One request is shown each way. Exit code 0: nothing changed; 1: something did; 3: undecided.
    """
    if not against:
        _refuse("no version is named to compare with: write make compare AGAINST=main, or another revision")
    try:
        with version(against) as folder:
            _say(f"reading the stack {stack} as it was at {against} …")
            before = account_of(stack, folder)
    except NoAccountError as error:
        _refuse(str(error))
    after = _account(stack)
    rows = list(_changes(before, after))
    codes = {row.code for _, row in rows}
    code = next((code for code in (REFUSED, FAILS, UNDECIDED) if code in codes), HOLDS)
    result = [{"principal": who, **row.result} for who, row in rows if row.code != HOLDS]
    text = "".join(f"{who}\n{row.text}" for who, row in rows if row.code != HOLDS) or "nothing changed\n"
    problems = tuple(problem for _, row in rows for problem in row.problems)
    _end(Answer(code, result, text, problems), json_file)


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[str, Answer]]:
    """Yield what changed for each principal, and then for strangers."""
    whoever = dict.fromkeys(actor["principal"] for side in (before, after) for actor in side["actors"])
    for number, who in enumerate([*whoever, None], start=1):
        _say(f"comparing {number} of {len(whoever) + 1}: {who or 'strangers'}")
        sides = [{**side, **_alone(side, who)} for side in (before, after)]
        yield who or "strangers", answer("compare", {"before": sides[0], "after": sides[1]})


def _alone(account: Mapping[str, Any], who: str | None) -> Mapping[str, Any]:
    """Return what of an account changes when one principal alone asks, None for strangers."""
    if who is None:
        return {"actors": []}
    return {"actors": [actor for actor in account["actors"] if actor["principal"] == who], "anybody": []}


def _account(stack: str) -> dict[str, Any]:
    _say(f"reading the stack {stack} …")
    try:
        return account_of(stack)
    except NoAccountError as error:
        _refuse(str(error))


def _end(found: Answer, json_file: Path | None) -> None:
    if found.code == REFUSED:
        _refuse("\n".join(found.problems))
    if json_file is not None:
        try:
            json_file.write_text(json.dumps(found.result, indent=1) + "\n", encoding="utf-8")
        except OSError as error:
            _refuse(f"{json_file} cannot be written: {error.strerror}")
    sys.stdout.write(found.text)
    raise typer.Exit(found.code)


def _refuse(text: str) -> NoReturn:
    sys.stderr.write(f"error: {text}\n")
    raise typer.Exit(REFUSED)


def _say(text: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    app(prog_name="python -m tools.access")
