"""Which tests run in one worker, so that what they share is made once.

Tests of a file share servers and recordings; so do files that look at the same runs of the whole program. What takes
longest begins first, so that no worker is left alone with it at the end. ``--dist`` with any other mode overrules this.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]  # xdist ships no types

if TYPE_CHECKING:
    import pytest

WHOLE_PROGRAM = (
    "tests/program/",
    "tests/policy_pack/test_claims",
    "tests/policy_pack/test_environment",
)
LONGEST = ("tests/program/", "tests/sabotage/", "tests/policy_pack/", "tests/preview/", "tests/iamproof/")


class ByFile(LoadScopeScheduling):  # type: ignore[misc]  # as above
    """Hands out whole files, and all that look at the whole program as one."""

    def _split_scope(self, nodeid: str) -> str:
        return "the whole program" if nodeid.startswith(WHOLE_PROGRAM) else nodeid.partition("::")[0]


def scheduler(config: pytest.Config, log: object) -> ByFile | None:
    """Return the order of work for `-n` without `--dist`, which is xdist's mode `load`."""
    if config.getoption("dist") != "load":
        return None
    config.option.loadscopereorder = False
    return ByFile(config, log)


def longest_first(items: list[pytest.Item]) -> None:
    """Sort tests by how long their folder takes; within a folder they stay as they are."""
    ranks = {folder: rank for rank, folder in enumerate(LONGEST)}

    def rank(item: pytest.Item) -> int:
        return min((number for folder, number in ranks.items() if item.nodeid.startswith(folder)), default=len(ranks))

    items.sort(key=rank)
