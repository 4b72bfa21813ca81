"""Runs a Pulumi program in a process of its own, as the engine's Python language host does.

This file is run as a script by the program's own interpreter, so it imports nothing of the preview. Its one argument is
JSON: monitor, engine, project, stack, organization, root, main, dry_run, parallel. Configuration comes in PULUMI_CONFIG
and PULUMI_CONFIG_SECRET_KEYS. Exit code 0: the program ran; 32: it failed and has said so to the engine.
"""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import runpy
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

SAID_SO = 32
LOOK_SECONDS = 0.2
TASKS_A_SECOND = 5000  # looking at more takes longer, so it happens less often


def main() -> int:
    """Run the program named by the argument."""
    given = json.loads(sys.argv[1])
    import pulumi  # noqa: PLC0415  the path must be the program's before anything is imported

    _configure(given)
    spare_waits()
    sys.argv = [given["main"]]
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        loop.run_until_complete(
            pulumi.runtime.run_in_stack(lambda: (runpy.run_path(given["main"], run_name="__main__"), None)[1])
        )
    except pulumi.RunError as error:
        pulumi.log.error(str(error))
        return SAID_SO
    except Exception:  # noqa: BLE001  whatever the program raises is reported with its own frames
        pulumi.log.error("Program failed with an unhandled exception:\n" + _own_traceback(given["root"]))
        return SAID_SO
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        gc.freeze()  # or Python looks through everything once more before it ends
    return 0


def spare_waits() -> Callable[[], None]:
    """Keep the SDK from waiting where nothing comes of it; return what undoes this."""
    import pulumi  # noqa: PLC0415  see main

    log: Any = pulumi.log
    stack: Any = pulumi.runtime.stack
    before = log.debug, getattr(stack, "asyncio", None)
    # The SDK logs four debug lines a resource, each a call that blocks its event loop; this engine shows none of them.
    log.debug = lambda *_, **__: None
    if before[1] is not None:
        stack.asyncio = _FewerWaits()  # stands for the module

    def undo() -> None:
        log.debug = before[0]
        if before[1] is not None:
            stack.asyncio = before[1]

    return undo


class _FewerWaits:
    """Stands for `asyncio` where the SDK waits for all outputs of a program.

    The SDK wakes at each output that is done and looks at all others, so that its time grows with their square, most of
    all beside a pack that answers one resource after the other. Here it wakes at an error, at the end, and now and then
    for outputs that have come since.
    """

    def __getattr__(self, name: str) -> object:
        return getattr(asyncio, name)

    @staticmethod
    async def wait(tasks: Any, *, return_when: str = asyncio.ALL_COMPLETED) -> Any:  # noqa: ANN401  asyncio's own
        """Wait as asyncio does, but not for each task by itself."""
        if return_when != asyncio.FIRST_COMPLETED:
            return await asyncio.wait(tasks, return_when=return_when)
        seconds = LOOK_SECONDS + len(tasks) / TASKS_A_SECOND
        return await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_EXCEPTION)


def _configure(given: dict[str, str]) -> None:
    import pulumi  # noqa: PLC0415  see main

    pulumi.runtime.set_all_config(
        pulumi.runtime.config.get_config_env(), pulumi.runtime.config.get_config_secret_keys_env()
    )
    pulumi.runtime.configure(
        pulumi.runtime.Settings(
            monitor=given["monitor"],
            engine=given["engine"],
            project=given["project"],
            stack=given["stack"],
            organization=given["organization"],
            root_directory=given["root"],
            parallel=int(given["parallel"]),
            dry_run=bool(given["dry_run"]),
        )
    )


def _own_traceback(root: str) -> str:
    """Return the traceback from the program's first own frame on; all of it where there is none."""
    kind, error, trace = sys.exc_info()
    frames = traceback.extract_tb(trace)
    packages = str(Path(sys.prefix).resolve())
    own = [
        index
        for index, frame in enumerate(frames)
        if not frame.filename.startswith("<")
        and Path(frame.filename).resolve().is_relative_to(root)
        and not Path(frame.filename).resolve().is_relative_to(packages)
        and Path(frame.filename).resolve() != Path(__file__).resolve()
    ]
    shown = frames[own[0] :] if own else frames
    lines = ["Traceback (most recent call last):\n", *traceback.format_list(shown)]
    return "".join(lines + traceback.format_exception_only(kind, error))


if __name__ == "__main__":
    sys.exit(main())
