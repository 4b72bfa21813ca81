"""The test of the tests: the copy as it is passes, and an edit that finds nothing is an error."""

from __future__ import annotations

from typing import Any

import pytest

NOTEBOOK = "components/notebook.py"
INTERNET = '            direct_internet_access="Disabled",\n'


def said(verdict: Any) -> set[tuple[str, ...]]:
    return {tuple(row[key] for key in ("policy", "level", "urn", "message")) for row in verdict.run["diagnostics"]}


@pytest.mark.parametrize(("stack", "mode"), [("dev", "first"), ("dev", "deployed"), ("federated", "first")])
def test_the_untouched_copy_passes(stack: str, mode: str, sabotage: Any) -> None:
    verdict = sabotage(stack=stack, mode=mode)
    assert verdict.refusals() == set()
    assert verdict.exit_code == 0
    assert len(verdict.run["resources"]) > 60


@pytest.mark.verify
@pytest.mark.parametrize("mode", ["first", "deployed"])
def test_the_untouched_copy_passes_with_its_claims_by_the_command(mode: str, sabotage: Any) -> None:
    verdict = sabotage(mode=mode, claims=True)
    assert verdict.refusals() == set()
    assert verdict.exit_code == 0
    assert len(verdict.run["resources"]) > 60


@pytest.mark.verify
@pytest.mark.parametrize(("stack", "mode"), [("dev", "first"), ("dev", "deployed"), ("federated", "first")])
def test_the_command_says_the_same_of_an_edited_copy_as_the_shared_server(stack: str, mode: str, sabotage: Any) -> None:
    edits = ((NOTEBOOK, INTERNET, ""), ("wiring/site.py", '"managed-by": "pulumi"', '"user": "alice"'))
    for edit in edits:
        sabotage(edit, mode=mode, stack=stack)  # a run before it leaves nothing behind in the server
    here, there = (sabotage(edits[0], mode=mode, stack=stack, command=each) for each in (False, True))
    said = [
        {(row["policy"], row["level"], row["urn"], row["message"]) for row in one.run["diagnostics"]}
        for one in (here, there)
    ]
    assert said[0] == said[1]
    assert (here.exit_code, there.exit_code) == (1, 1)
    assert {"sagemaker-notebook-denies-direct-internet"} <= here.refusals() == there.refusals()


def test_an_edit_that_changes_nothing_is_an_error(sabotage: Any) -> None:
    with pytest.raises(AssertionError, match="the edit needs exactly one"):
        sabotage(("components/notebook.py", "this text stands nowhere", ""))
