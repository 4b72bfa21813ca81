"""A program may run inside this process, and nothing of it is left behind."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from preview import in_process

if TYPE_CHECKING:
    from collections.abc import Callable


def test_what_the_program_raises_is_raised_as_it_is(program: Callable[..., Path]) -> None:
    with pytest.raises(ZeroDivisionError):
        in_process.run(program("1 / 0"))


def test_nothing_of_a_run_is_left_behind(program: Callable[..., Path]) -> None:
    import asyncio
    import os
    import sys

    import pulumi

    folder = program('import helper\npulumi.export("x", helper.VALUE)\nComponent("only")')
    (folder / "helper.py").write_text("VALUE = 1\n", encoding="utf-8")
    before: tuple[Any, ...] = (Path.cwd(), list(sys.path), dict(os.environ), pulumi.get_stack())
    assert in_process.run(folder).outputs == {"x": 1.0}
    (folder / "helper.py").write_text("VALUE = 22\n", encoding="utf-8")
    assert in_process.run(folder).outputs == {"x": 22.0}
    assert (Path.cwd(), list(sys.path), dict(os.environ), pulumi.get_stack()) == before
    assert "helper" not in sys.modules
    assert pulumi.runtime.get_root_resource() is None
    with pytest.raises(RuntimeError):
        asyncio.get_running_loop()
