"""The command line: `python -m iamproof evaluate|explain|lint|prove|compare|who-can FILE|-`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from iamproof.cases import CaseReader, decision_to_dict
from iamproof.evaluate import evaluate
from iamproof.explain import explain
from iamproof.lint_input import PRINCIPALS, Defaults, lint_entry
from iamproof.lint_scope import DocumentKind
from iamproof.questions import answer
from iamproof.reader import Problems, load_json, repeated_keys
from iamproof.report import decision_table, finding_table
from iamproof.truth import Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iamproof.environment import Environment, Request

DONE, FOUND, REFUSED = 0, 1, 2
_DECIDED = "exit codes:  0 every case was decided (whatever the decision), 2 the input was refused"
_EVALUATE = """\
Read one case or a list of cases as JSON; print the decision or a list of decisions."""
_EXPLAIN = """\
Read one case or a list of cases as JSON; print why each is decided as it is and, for a refusal,
the smallest change of the request that would be allowed."""
_LINT = """\
Read one policy document or a list of them as JSON; print statements that can never match,
denies that cannot fire, actions that do not exist and the like."""
_FOUND = """\
example:  python -m iamproof lint --kind managed --principal role policy.json
exit codes:  0 nothing was found, 1 something was found, 2 the input was refused"""
_PROVE = """\
Read an account and claims about it as JSON; print for each claim whether it is proved, or a request
that shows it wrong."""
_PROVED = """\
example:  python -m iamproof prove claims.json
exit codes:  0 all claims are proved, 1 one fails, 2 the input was refused, 3 one is undecided"""
_COMPARE = """\
Read an account before and after a change as JSON; print a request that is newly allowed and one that
is newly refused, or nothing."""
_COMPARED = """\
example:  python -m iamproof compare change.json
exit codes:  0 nothing changed, 1 something changed, 2 the input was refused, 3 it is undecided"""
_WHO_CAN = """\
Read an account and a query as JSON; print every principal that may do what the query names, with the
conditions."""
_FOUND_OUT = """\
example:  python -m iamproof who-can question.json
exit codes:  0 everybody was found, 2 the input was refused, 3 somebody may be missing"""
_COMMANDS = (
    ("evaluate", "decide cases", _EVALUATE, f"example:  python -m iamproof evaluate cases.json\n{_DECIDED}"),
    (
        "explain",
        "say why cases are decided so",
        _EXPLAIN,
        f"example:  python -m iamproof explain cases.json\n{_DECIDED}",
    ),
    ("lint", "find what in policies does not do what it seems to", _LINT, _FOUND),
    ("prove", "decide claims about an account", _PROVE, _PROVED),
    ("compare", "say what a change of policies allows or refuses", _COMPARE, _COMPARED),
    ("who-can", "say who can do something, and under which conditions", _WHO_CAN, _FOUND_OUT),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    given = _parser().parse_args(arguments)
    try:
        value = load_json(_text(given.file))
    except OSError as error:
        return _refuse([f"{given.file}: cannot be read: {error.strerror or error}"])
    except ValueError as error:
        return _refuse([f"{given.file}: {error}"])
    as_json = given.output == "json" or (given.output is None and not sys.stdout.isatty())
    try:
        repeated = [f"{path}: {key!r} is written twice: write it once" for path, key in repeated_keys(value)]
        if repeated:
            return _refuse([problem.removeprefix(": ") for problem in repeated])
        return _RUN[given.command](value, given, as_json)
    except RecursionError:
        return _refuse([f"{given.file}: is nested too deeply to be read"])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m iamproof", description="Decide requests by IAM policies and read policies for faults, offline."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for name, short, description, epilog in _COMMANDS:
        command = commands.add_parser(
            name,
            help=short,
            description=description,
            epilog=epilog,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.add_argument("file", help="a JSON file, or - for standard input")
        command.add_argument("--output", choices=["json", "table"], help="default: table on a terminal, else json")
        if name == "lint":
            kinds = [kind.value for kind in DocumentKind]
            command.add_argument("--kind", choices=kinds, default="other", help="where the documents are put")
            command.add_argument(
                "--principal", choices=list(PRINCIPALS), help="the only kind of principal they are for"
            )
        elif name in {"evaluate", "explain"}:
            readings = [reading.value for reading in Reading]
            command.add_argument("--reading", choices=readings, default="exact", help="what to make of ambiguities")
    return parser


def _text(file: str) -> str:
    data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"is no UTF-8 text: byte {error.start} is {data[error.start]:#04x}") from None


def _places(value: Any) -> list[tuple[str, Any]]:  # noqa: ANN401  any JSON value
    """Return the entries of a list with their paths, or the one value that there is."""
    return [(f"[{index}]", item) for index, item in enumerate(value)] if isinstance(value, list) else [("", value)]


def _cases(value: Any) -> list[tuple[Request, Environment]] | None:  # noqa: ANN401  any JSON value
    """Return the cases; None where one is faulty, which is then reported."""
    reader = CaseReader()
    cases = [reader.read(case, path) for path, case in _places(value)]
    if reader.problems.found:
        _refuse(reader.problems.found)
        return None
    return [case for case in cases if case]


def _evaluate(value: Any, given: argparse.Namespace, as_json: bool) -> int:  # noqa: ANN401, FBT001  any JSON value; one of several commands
    cases = _cases(value)
    if cases is None:
        return REFUSED
    decisions = [evaluate(*case, reading=Reading(given.reading)) for case in cases]
    if as_json:
        _print_json([decision_to_dict(decision) for decision in decisions], value)
    else:
        requests = [request for request, _ in cases]
        sys.stdout.write(decision_table(zip(requests, decisions, strict=True)))
    return DONE


def _explain(value: Any, given: argparse.Namespace, as_json: bool) -> int:  # noqa: ANN401, FBT001  as above
    cases = _cases(value)
    if cases is None:
        return REFUSED
    explained = [explain(*case, reading=Reading(given.reading)) for case in cases]
    if as_json:
        _print_json([explanation.to_dict() for explanation in explained], value)
    else:
        sys.stdout.write("\n".join(f"{explanation.text()}\n" for explanation in explained))
    return DONE


def _lint(value: Any, given: argparse.Namespace, as_json: bool) -> int:  # noqa: ANN401, FBT001  as above
    problems = Problems()
    defaults = Defaults(given.kind, given.principal)
    linted = [lint_entry(entry, path, defaults, problems) for path, entry in _places(value)]
    if problems.found:
        return _refuse(problems.found)
    read = [each for each in linted if each]
    if as_json:
        _print_json([each.to_dict() for each in read], value)
    else:
        sys.stdout.write(finding_table((each.name, finding) for each in read for finding in each.findings))
    return FOUND if any(each.findings for each in read) else DONE


def _question(value: Any, given: argparse.Namespace, as_json: bool) -> int:  # noqa: ANN401, FBT001  as above
    found = answer(given.command, value)
    if found.problems:
        return _refuse(found.problems)
    if as_json:
        json.dump(found.result, sys.stdout, indent=2)
        sys.stdout.write("\n")
    else:
        sys.stdout.write(found.text)
    return found.code


_RUN = {"evaluate": _evaluate, "explain": _explain, "lint": _lint}
_RUN |= dict.fromkeys(("prove", "compare", "who-can"), _question)


def _print_json(results: list[Any], value: Any) -> None:  # noqa: ANN401  any JSON value
    """Print a list for a list, and the one result otherwise."""
    json.dump(results if isinstance(value, list) else results[0], sys.stdout, indent=2)
    sys.stdout.write("\n")


def _refuse(problems: Sequence[str]) -> int:
    sys.stderr.write("".join(f"{problem}\n" for problem in problems))
    return REFUSED


if __name__ == "__main__":
    sys.exit(main())
