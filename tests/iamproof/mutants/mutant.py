"""One small edit of the library, which a test must see.

`old` stands exactly once in the file. An edit that no longer applies is an error of the test, not a pass.
"""

from __future__ import annotations

from typing import NamedTuple


class Mutant(NamedTuple):
    """An edit of one file of the library and the test file, under tests/iamproof, that must see it."""

    file: str
    old: str
    new: str
    seen_by: str

    def __str__(self) -> str:
        return f"{self.file}: {self.old.strip()} -> {self.new.strip()}"
