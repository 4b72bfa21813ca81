"""The results of the claims as a file, for whoever shows them: there is no second computation for show.

Where the environment variable PROOF_REPORT names an absolute path, each run writes there, ``preview`` or ``update``
put before the suffix.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import stack_config

if TYPE_CHECKING:
    from collections.abc import Sequence

    from proving import Result

VARIABLE = "PROOF_REPORT"


def write(results: Sequence[Result]) -> None:
    """Write the results where the environment says so; whole or not at all.

    Raises OSError where the file cannot be written: who asked for a report must not take an old one for it.
    """
    named = Path(os.environ.get(VARIABLE, ""))
    if not named.is_absolute():
        return
    place = named.with_suffix(f".{'preview' if stack_config.is_preview() else 'update'}{named.suffix}")
    coming = place.with_name(f"{place.name}.coming")
    document = {"format": 1, "claims": [result.to_dict() for result in results]}
    coming.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    coming.replace(place)
