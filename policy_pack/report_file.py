"""Files that the pack writes for others where the environment names them."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import stack_config

if TYPE_CHECKING:
    from collections.abc import Mapping


def place(variable: str) -> Path | None:
    """Return where this run writes: the path of the variable with the kind of run before its suffix.

    None where the variable names no absolute path.
    """
    named = Path(os.environ.get(variable, ""))
    if not named.is_absolute():
        return None
    return named.with_suffix(f".{'preview' if stack_config.is_preview() else 'update'}{named.suffix}")


def write(where: Path, document: Mapping[str, Any]) -> None:
    """Write a document, whole or not at all.

    Raises OSError where the file cannot be written: who asked for a report must not take an old one for it.
    """
    coming = where.with_name(f"{where.name}.coming")
    coming.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    coming.replace(where)
