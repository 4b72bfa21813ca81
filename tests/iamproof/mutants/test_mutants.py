"""Every mutant of the evaluator is caught by the test file that the table names for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import iamproof
from tests.batches import each_of
from tests.iamproof.mutants.prover import PROVER
from tests.iamproof.mutants.prover_parts import PROVER_PARTS
from tests.iamproof.mutants.table import MUTANTS as ALL_BUT_PARTS

if TYPE_CHECKING:
    from tests.iamproof.mutants.mutant import Mutant

MUTANTS = (*ALL_BUT_PARTS, *PROVER_PARTS)
PACKAGE = Path(iamproof.__file__).parent
ROOT = PACKAGE.parent
FAILED = 1


def copied(folder: Path) -> Path:
    """Copy the library and return the copy."""
    return Path(shutil.copytree(PACKAGE, folder / "iamproof", ignore=shutil.ignore_patterns("__pycache__")))


def run(copy: Path, tests: list[str]) -> subprocess.CompletedProcess[str]:
    """Run test files of the library against a copy of it; the run itself checks that it imports the copy."""
    guard = f"import iamproof, sys; iamproof.__file__.startswith({str(copy)!r}) or sys.exit(9)"
    options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-m", "not verify", "--tb=line"]
    options += ["-o", f"pythonpath={copy.parent} {ROOT}"]
    start = f"import sys; sys.path.insert(0, {str(copy.parent)!r}); {guard}; import pytest; sys.exit(pytest.main())"
    return subprocess.run(
        [sys.executable, "-P", "-B", "-c", start, *options, *(f"tests/iamproof/{test}" for test in tests)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )


@each_of("mutant", MUTANTS)
def test_a_mutant_changes_exactly_one_place(mutant: Mutant) -> None:
    text = (PACKAGE / mutant.file).read_text(encoding="utf-8")
    assert text.count(mutant.old) == 1
    compile(text.replace(mutant.old, mutant.new), mutant.file, "exec")


def test_the_table_has_mutants_enough_and_none_twice() -> None:
    assert len(ALL_BUT_PARTS) - len(PROVER) >= 40
    assert len(PROVER) + len(PROVER_PARTS) >= 150
    edits = Counter((mutant.file, mutant.old, mutant.new) for mutant in MUTANTS)
    assert max(edits.values()) == 1


PARTS_OF_THE_PROVER = frozenset(
    (
        "account_input",
        "action_classes",
        "action_sets",
        "asking",
        "axioms",
        "compare",
        "compilation",
        "cuts",
        "domains",
        "elements",
        "goals",
        "mentions",
        "opening",
        "openings",
        "pairs",
        "partition",
        "planned",
        "prove",
        "query",
        "questions",
        "replay",
        "requirements",
        "search",
        "settled",
        "shapes",
        "situations",
        "smallest",
        "solving",
        "sources",
        "strangers",
        "truth",
        "who_can",
        "wording",
    )
)


def test_every_part_of_the_prover_has_mutants() -> None:
    mutated = Counter(Path(mutant.file).stem for mutant in MUTANTS)
    assert [part for part in sorted(PARTS_OF_THE_PROVER) if not mutated[part]] == []
    known = {file.stem for file in PACKAGE.glob("*.py")}
    assert known >= PARTS_OF_THE_PROVER


@pytest.mark.verify
def test_the_unmutated_copy_passes(tmp_path: Path) -> None:
    done = run(copied(tmp_path), sorted({mutant.seen_by for mutant in MUTANTS}))
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.verify
@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_a_mutant_is_caught(mutant: Mutant, tmp_path: Path) -> None:
    copy = copied(tmp_path)
    file = copy / mutant.file
    file.write_text(file.read_text(encoding="utf-8").replace(mutant.old, mutant.new), encoding="utf-8")
    done = run(copy, [mutant.seen_by])
    assert done.returncode == FAILED, f"survived {mutant.seen_by}, or did not run:\n{done.stdout}{done.stderr}"
    assert " failed" in done.stdout
    assert "error" not in done.stdout.splitlines()[-1]
