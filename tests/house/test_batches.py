"""A row that fails, fails its batch, and is told with its sentence; no other row is lost by it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from tests.batches import One, each_in, each_of, generate, grouped, judge

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[2]


def batch(*numbers: int) -> Sequence[One]:
    return [One(f"the number {number}", {"number": number}) for number in numbers]


def small(number: int) -> None:
    assert number < 3, f"{number} is too large"


def test_a_batch_fails_with_the_sentence_of_every_row_that_fails() -> None:
    with pytest.raises(pytest.fail.Exception) as raised:
        judge(small, batch(1, 3, 2, 4), {})
    text = str(raised.value)
    assert text.startswith("2 of 4 rows failed:")
    for number in (3, 4):
        assert f"✗ the number {number}\n      AssertionError: {number} is too large" in text
    assert f"{__file__}:" in text
    assert "the number 2" not in text


def test_a_batch_whose_rows_all_pass_passes() -> None:
    judge(small, batch(1, 2), {})


@pytest.mark.parametrize("error", [pytest.fail.Exception("no exception came"), ValueError("x"), AssertionError("x")])
def test_whatever_a_row_raises_fails_the_batch(error: BaseException) -> None:
    def raises(number: int) -> None:
        if number == 1:
            raise error

    with pytest.raises(pytest.fail.Exception, match="1 of 2 rows failed"):
        judge(raises, batch(1, 2), {})


def test_a_row_alone_fails_as_any_test_does() -> None:
    with pytest.raises(AssertionError, match="4 is too large"):
        judge(small, batch(4), {})


@pytest.mark.parametrize("batches", [{}, {"empty": []}, {"full": [1], "empty": []}])
def test_a_batch_without_rows_is_no_test(batches: dict[str, list[int]]) -> None:
    with pytest.raises(ValueError, match="would never fail"):
        each_in("number", batches)


def test_rows_stay_in_the_order_of_their_batch() -> None:
    assert grouped([3, 1, 4, 2], lambda number: "odd" if number % 2 else "even") == {"odd": [3, 1], "even": [4, 2]}


@each_of("letter, number", [("a", 1), ("b", 2)], says="{}{}".format)
def test_a_row_has_its_parts_and_the_tests_own_fixtures(letter: str, tmp_path: Path, *, number: int) -> None:
    assert (letter, number) in {("a", 1), ("b", 2)}
    assert tmp_path.is_dir()


TABLE = """
from tests.batches import each_in

@each_in("number", {"small": [1, 2, 3], "large": [11, 12]}, says="the number {}".format)
def test_a_number_is_no_three(number):
    assert number != 3
"""


def test_workers_tell_how_many_rows_they_judged_and_which_failed(tmp_path: Path) -> None:
    file = tmp_path / "test_table.py"
    file.write_text(TABLE, encoding="utf-8")
    house = ["--rootdir", str(ROOT), "-c", str(ROOT / "pyproject.toml"), "-p", "tests.conftest"]
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-n", "1", *house, str(file)]
    done = subprocess.run([*command, "-r", "N"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "5 rows and cases in 2 tests" in done.stdout
    assert done.stdout.count("✗ the number") == done.stdout.count("✗ the number 3") == 1


class Collected:
    """What pytest hands to `generate`, and what that makes of it."""

    def __init__(self, **option: Any) -> None:
        self.function = test_a_row_has_its_parts_and_the_tests_own_fixtures
        self.config = SimpleNamespace(option=SimpleNamespace(**{"each": False, "keyword": "", **option}))
        self.ids: list[str] = []
        self.sizes: list[int] = []

    def parametrize(self, _name: str, batches: list[list[One]], ids: list[str]) -> None:
        self.ids, self.sizes = ids, [len(rows) for rows in batches]


@pytest.mark.parametrize(
    ("option", "ids", "sizes"),
    [({}, ["all"], [2]), ({"each": True}, ["a1", "b2"], [1, 1]), ({"keyword": "a1"}, ["a1", "b2"], [1, 1])],
    ids=["a batch", "--each", "-k"],
)
def test_a_row_is_a_test_of_its_own_where_rows_are_asked_for(
    option: dict[str, Any], ids: list[str], sizes: list[int]
) -> None:
    collected = Collected(**option)
    generate(collected)  # type: ignore[arg-type]  # as much of pytest's own as it uses
    assert (collected.ids, collected.sizes) == (ids, sizes)
