"""Policy documents are measured in the repository's own program, and no number of tenants makes them longer."""

from __future__ import annotations

import pytest

from bench import policy_sizes
from bench.policy_sizes import HEADING, LIMITS, Measured


@pytest.mark.verify
@pytest.mark.parametrize("keys", ["shared", "per-tenant"])
def test_no_document_grows_with_tenants_and_each_fits(keys: str) -> None:
    one, five = policy_sizes.sizes(1, keys), policy_sizes.sizes(5, keys)
    assert {kind: size for kind, (size, _) in one.items()} == {kind: size for kind, (size, _) in five.items()}
    assert all(0 < size <= LIMITS[kind][2] for kind, (size, _) in five.items())
    assert five["managed policy"][1] == one["managed policy"][1]
    assert five["key policy"][1] - one["key policy"][1] == (4 if keys == "per-tenant" else 0)


def test_a_document_that_grows_is_told() -> None:
    grown = Measured(kind="key policy", keys="shared", longest=(10, 11), documents=(1, 1))
    assert policy_sizes.table([grown], (1, 5))[-1] == "| key policy | shared | 10 | 11 | 32,768 | YES | 1, 1 |"


def test_the_part_is_renewed_in_place() -> None:
    page = f"# Page\n\n{HEADING}\n\nold\n\n## Last\n\nkept\n"
    assert policy_sizes.renewed(page, ["new"]) == f"# Page\n\n{HEADING}\n\nnew\n\n## Last\n\nkept\n"
    assert policy_sizes.renewed("# Page\n", ["new"]) == f"# Page\n\n{HEADING}\n\nnew\n"
