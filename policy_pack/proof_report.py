"""The results of the claims as a file, for whoever shows them: there is no second computation for show.

Where the environment variable PROOF_REPORT names an absolute path, each run writes there, ``preview`` or ``update``
put before the suffix.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import report_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from proving import Result

VARIABLE = "PROOF_REPORT"


def write(results: Sequence[Result]) -> None:
    """Write the results where the environment says so; whole or not at all.

    Raises OSError where the file cannot be written.
    """
    place = report_file.place(VARIABLE)
    if place is not None:
        report_file.write(place, {"format": 1, "claims": [result.to_dict() for result in results]})
