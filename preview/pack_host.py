"""Runs a policy pack, as the engine's Python language host does, but spares the SDK work that comes to nothing.

This file is run as a script by the pack's own interpreter, so it imports nothing of the preview. Arguments: the
engine's address and the pack's folder. The server is the SDK's own (``python -m pulumi.policy``); how it asks the
policies is told in `late_policies`. An SDK of another version, or not built as expected, runs as it is.
"""

from __future__ import annotations

import importlib.util
import os
import runpy
import sys
from pathlib import Path
from typing import Any

LOOPS = Path(__file__).with_name("late_policies.py")
VERSIONS = ("1.21.0",)
FIELDS = ("_DictProxy__target", "_DictProxy__props_acc")


def main() -> None:
    """Start the pack; it serves until it is ended."""
    sys.path.insert(0, os.getcwd())  # noqa: PTH109  what ``python -m`` puts there
    try:
        from pulumi_policy import proxy, version  # noqa: PLC0415  the path must be the pack's before anything is imported
    except ImportError:
        pass
    else:
        if version.VERSION in VERSIONS and _keeps_its_fields(proxy):
            _loops().install()
    runpy.run_module("pulumi.policy", run_name="__main__", alter_sys=True)


def _keeps_its_fields(proxy: Any) -> bool:  # noqa: ANN401  a module of the SDK, untyped
    made = proxy.unknown_checking_proxy({"known": 1})
    return type(made).__name__ == "_DictProxy" and sorted(vars(made)) == sorted(FIELDS) and made["known"] == 1


def _loops() -> Any:  # noqa: ANN401  a module, by its file: the preview's folder is not on the pack's path
    spec = importlib.util.spec_from_file_location("late_policies", LOOPS)
    if spec is None or spec.loader is None:
        raise ImportError(f"{LOOPS} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
