"""The command line: `python -m iamproof evaluate FILE|-`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from iamproof.cases import CaseReader, decision_to_dict
from iamproof.evaluate import evaluate
from iamproof.reader import load_json, repeated_keys
from iamproof.truth import Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

DECIDED, REFUSED = 0, 2
_EPILOG = """\
example:  python -m iamproof evaluate cases.json
exit codes:  0 every case was decided (whatever the decision), 2 the input was refused
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m iamproof", description="Decide requests by IAM policies, offline.")
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser(
        "evaluate",
        help="decide one case or a list of cases",
        description="Read one case or a list of cases as JSON, print the decision or a list of decisions as JSON.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("file", help="a JSON file, or - for standard input")
    readings = [reading.value for reading in Reading]
    command.add_argument("--reading", choices=readings, default="exact", help="what to make of ambiguities")
    given = parser.parse_args(arguments)
    try:
        value = load_json(_text(given.file))
    except (OSError, ValueError) as error:
        return _refuse([f"{given.file}: {error}"])
    try:
        return _evaluate(value, Reading(given.reading))
    except RecursionError:
        return _refuse([f"{given.file}: is nested too deeply to be a case"])


def _text(file: str) -> str:
    data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"is no UTF-8 text: byte {error.start} is {data[error.start]:#04x}") from None


def _evaluate(value: Any, reading: Reading) -> int:  # noqa: ANN401  any JSON value
    repeated = [f"{path}: {key!r} is written twice: write it once" for path, key in repeated_keys(value)]
    if repeated:
        return _refuse(repeated)
    reader = CaseReader()
    listed = isinstance(value, list)
    cases = [
        reader.read(case, f"[{index}]" if listed else "") for index, case in enumerate(value if listed else [value])
    ]
    if reader.problems.found:
        return _refuse(reader.problems.found)
    decisions = [decision_to_dict(evaluate(*case, reading=reading)) for case in cases if case]
    json.dump(decisions if listed else decisions[0], sys.stdout, indent=2)
    sys.stdout.write("\n")
    return DECIDED


def _refuse(problems: Sequence[str]) -> int:
    sys.stderr.write("".join(f"{problem}\n" for problem in problems))
    return REFUSED


if __name__ == "__main__":
    sys.exit(main())
