"""Many rows in one test: each row is still judged and named by itself, but does not pay for a test of its own.

A test for thousands of rows spends most of its time on being a test: collected in every worker, set up, reported.
`each_of` joins the rows into batches. A batch goes on after a row that fails and names every such row with its
sentence and what was wrong. With ``--each``, and with ``-k``, every row is a test that ``-k`` selects by its sentence.
"""

from __future__ import annotations

import functools
import inspect
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

Decorator: TypeAlias = "Callable[[Callable[..., None]], Callable[..., None]]"
ARGUMENT = "rows_of_the_batch"
COUNTED = "rows"


@dataclass(frozen=True)
class One:
    """A row: its sentence, and the arguments that the test gets."""

    sentence: str
    given: Mapping[str, Any]


def each_of(names: str, rows: Iterable[Any], *, says: Callable[..., str] = str) -> Decorator:
    """Run a test on each of the rows, all in one batch; `names` are its arguments for a row, with commas between them.

    A row is a tuple where there are several names. `says` returns a row's sentence from its parts. Fixtures are set up
    once a batch.
    """
    return each_in(names, {"all": rows}, says=says)


def each_in(names: str, batches: Mapping[str, Iterable[Any]], *, says: Callable[..., str] = str) -> Decorator:
    """Run a test on each of the rows as `each_of` does; `batches` holds them by the name of their batch."""
    fields = [name.strip() for name in names.split(",")]
    listed = {
        name: [one(fields, row if len(fields) > 1 else (row,), says) for row in rows] for name, rows in batches.items()
    }
    if not listed or not all(listed.values()):
        raise ValueError(f"a batch without rows of {names}: such a test would never fail")

    def decorated(test: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(test)
        def run(**fixtures: Any) -> None:
            batched: Sequence[One] = fixtures.pop(ARGUMENT)
            fixtures.pop("record_property")(COUNTED, len(batched))
            judge(test, batched, fixtures)

        kept = [each for each in inspect.signature(test).parameters.values() if each.name not in fields]
        added = [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY) for name in (ARGUMENT, "record_property")]
        ordered = sorted([*kept, *added], key=lambda each: each.kind)
        run.__signature__ = inspect.Signature(ordered)  # type: ignore[attr-defined]  # pytest asks for the fixtures of it
        run.batches = listed  # type: ignore[attr-defined]  # found by `generate`
        return run

    return decorated


def one(fields: Sequence[str], parts: Sequence[Any], says: Callable[..., str]) -> One:
    """Return a row by its parts."""
    return One(says(*parts), dict(zip(fields, parts, strict=True)))


def grouped(rows: Iterable[Any], by: Callable[[Any], str]) -> dict[str, list[Any]]:
    """Return rows by the name of the batch that each belongs to, in their order."""
    batches: dict[str, list[Any]] = {}
    for row in rows:
        batches.setdefault(by(row), []).append(row)
    return batches


def judge(test: Callable[..., None], batched: Sequence[One], fixtures: Mapping[str, Any]) -> None:
    """Run a test on every row, and then fail with each row that failed; a row alone fails as it does."""
    if len(batched) == 1:
        test(**batched[0].given, **fixtures)
        return
    failures = []
    for row in batched:
        try:
            test(**row.given, **fixtures)
        except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001  whatever a row raises is told with the row
            failures.append(told(row, error))
    if failures:
        pytest.fail(f"{len(failures)} of {len(batched)} rows failed:\n" + "\n".join(failures), pytrace=False)


def told(row: One, error: BaseException) -> str:
    """Return the sentence of a row that failed, what was wrong, and where."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    said = f"{type(error).__name__}: {error}".replace("\n", "\n      ")
    return f"  ✗ {row.sentence}\n      {said}\n      at {last.filename}:{last.lineno}"


def generate(metafunc: pytest.Metafunc) -> None:
    """Make the tests of `each_of`: one a batch, or one a row where rows are asked for."""
    batches: dict[str, list[One]] | None = getattr(metafunc.function, "batches", None)
    if batches is None:
        return
    option = metafunc.config.option
    if option.each or option.keyword:
        alone = [row for batch in batches.values() for row in batch]
        metafunc.parametrize(ARGUMENT, [[row] for row in alone], ids=[row.sentence for row in alone])
    else:
        metafunc.parametrize(ARGUMENT, list(batches.values()), ids=list(batches))
