"""What the page on evaluation points at exists."""

from __future__ import annotations

import re
from pathlib import Path

FOLDER = Path(__file__).parent
PAGE = (FOLDER.parents[1] / "docs" / "iam-evaluation.md").read_text(encoding="utf-8")


def test_every_test_that_the_page_names_exists() -> None:
    named = set(re.findall(r"`((?:systems/)?test_\w+\.py|systems/|mutants/|systems/managed\.json)`", PAGE))
    assert len(named) > 10
    assert [name for name in sorted(named) if not (FOLDER / name).exists()] == []


def test_the_anchor_into_the_readme_exists() -> None:
    readme = (FOLDER.parents[1] / "iamproof" / "README.md").read_text(encoding="utf-8")
    assert "iamproof/README.md#two-readings" in PAGE
    assert "\n## Two readings\n" in readme
