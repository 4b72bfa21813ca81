"""Both runs side by side."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from preview.errors import Phase, PreviewError
from preview.run import Run, RunResult

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from preview.run import Plan


def execute(
    plan: Plan, modes: Sequence[str], on_progress: Callable[[str, str], None] | None = None
) -> dict[str, RunResult]:
    """Run the plan in every mode at once and return the results by mode.

    The threads are daemons, so that an interrupted preview can end while they still wait.
    """
    results: dict[str, RunResult] = {}

    def one(mode: str) -> None:
        try:
            results[mode] = Run(plan, mode, on_progress).execute()
        except Exception as error:  # noqa: BLE001  a defect of the preview must be told, not lost with its thread
            told = PreviewError(Phase.REPORT, f"the preview itself failed: {type(error).__name__}: {error}")
            results[mode] = RunResult(mode=mode, error=told)

    threads = [threading.Thread(target=one, args=(mode,), daemon=True) for mode in modes]
    for thread in threads:
        thread.start()
    for thread in threads:
        while thread.is_alive():
            thread.join(0.2)  # in steps, so that signals are handled in between
    return {mode: results[mode] for mode in modes}
