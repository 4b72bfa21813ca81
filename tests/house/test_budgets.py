"""Sizes that keep a file readable: functions of 40 lines, constructors of 60, files of 300."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

from tests.batches import each_in, grouped

ROOT = Path(__file__).resolve().parents[2]
FILE, FUNCTION, CONSTRUCTOR = 300, 40, 60


def sources() -> list[Path]:
    """Every Python file of the repository that git knows or would add."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    return [ROOT / name for name in listed if (ROOT / name).exists()]


def too_long(text: str) -> list[str]:
    """Name each function and the file itself where it is longer than its budget."""
    found = [f"the file has {count} lines, {FILE} are allowed"] if (count := len(text.splitlines())) > FILE else []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            budget = CONSTRUCTOR if node.name == "__init__" else FUNCTION
            if length > budget:
                found.append(f"{node.name} (line {node.lineno}) has {length} lines, {budget} are allowed")
    return found


def test_the_repository_has_sources() -> None:
    assert len(sources()) > 50


@each_in(
    "path",
    grouped(sources(), lambda path: path.relative_to(ROOT).parts[0]),
    says=lambda path: str(path.relative_to(ROOT)),
)
def test_a_file_keeps_to_the_budgets(path: Path) -> None:
    assert too_long(path.read_text(encoding="utf-8")) == []


def test_a_long_function_constructor_and_file_are_each_seen() -> None:
    body = "    x = 1\n"
    assert too_long("def f():\n" + body * 40) != []
    assert too_long("def f():\n" + body * 39) == []
    assert too_long("class A:\n    def __init__(self):\n" + f"    {body}" * 60) != []
    assert too_long("class A:\n    def __init__(self):\n" + f"    {body}" * 59) == []
    assert too_long("x = 1\n" * 301) != []
