"""The test of the tests: the copy as it is passes, and an edit that finds nothing is an error."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize("mode", ["first", "deployed"])
def test_the_untouched_copy_passes(mode: str, sabotage: Any) -> None:
    verdict = sabotage(mode=mode, claims=True)
    assert verdict.refusals() == set()
    assert verdict.exit_code == 0
    assert len(verdict.run["resources"]) > 60


def test_an_edit_that_changes_nothing_is_an_error(sabotage: Any) -> None:
    with pytest.raises(AssertionError, match="the edit needs exactly one"):
        sabotage(("components/notebook.py", "this text stands nowhere", ""))
