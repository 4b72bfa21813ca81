"""The proof report of a pack: claims that it proved or refuted, read from the file that it wrote.

Where the environment variable PROOF_REPORT names an absolute path, a pack writes its results there, with ``preview`` or
``update`` put before the suffix.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from preview.errors import Phase, PreviewError

VARIABLE = "PROOF_REPORT"


def place(report: Path, *, dry_run: bool) -> Path:
    """Return where a pack writes in this kind of run."""
    return report.with_suffix(f".{'preview' if dry_run else 'update'}{report.suffix}")


def given() -> Path | None:
    """Return the path that the environment names, None when it names none."""
    text = os.environ.get(VARIABLE, "")
    return Path(text) if text and Path(text).is_absolute() else None


def read(report: Path, *, dry_run: bool, since: float = 0.0) -> list[dict[str, Any]]:
    """Return the claims of a run, [] when no pack wrote any after `since` (seconds of the epoch).

    Raise PreviewError when the file cannot be read.
    """
    path = place(report, dry_run=dry_run)
    try:
        if not path.is_file() or path.stat().st_mtime < since:
            return []
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise PreviewError(Phase.REPORT, f"the proof report {path} cannot be read: {error}") from None
    claims = document.get("claims") if isinstance(document, dict) else document
    if not isinstance(claims, list) or not all(isinstance(claim, dict) for claim in claims):
        raise PreviewError(Phase.REPORT, f"the proof report {path} holds no list of claims")
    return claims
