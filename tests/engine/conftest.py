"""The real engine, and cases that it and the preview both run."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from preview.fixtures import Fixtures, parse
from preview_parity.engine_build import Engine, EngineUnavailable, engine

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


@pytest.fixture(scope="session")
def real() -> Engine:
    """The real engine; where there is none, the test says why and what to install."""
    try:
        return engine()
    except EngineUnavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def fixtures() -> Fixtures:
    """What lies outside the kitchen sink."""
    return parse(json.loads((HERE / "fixtures.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def echo_pack() -> Path:
    """The pack that reports what it was given."""
    return HERE / "echo_pack"


@pytest.fixture(scope="session")
def second_pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The echo pack once more, under another name and without a version."""
    folder = tmp_path_factory.mktemp("packs") / "second_pack"
    shutil.copytree(HERE / "echo_pack", folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "PulumiPolicy.yaml").write_text("runtime: python\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def kitchen_sink() -> Path:
    """The program that uses everything once."""
    return HERE / "kitchen_sink"


PROGRAM = ("__main__.py", "wiring", "settings", "components", "Pulumi.yaml", "Pulumi.dev.yaml")


@pytest.fixture
def platform_copy(tmp_path: Path) -> Callable[..., Path]:
    """Return a function: edits (file, old text, new text) -> a copy of the program with them."""

    def edited(*edits: tuple[str, str, str]) -> Path:
        target = tmp_path / "program"
        target.mkdir()
        for name in PROGRAM:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, target / name)
        for name, old, new in edits:
            text = (target / name).read_text(encoding="utf-8")
            assert text.count(old) == 1, f"{name} holds {old!r} {text.count(old)} times, the edit needs exactly one"
            (target / name).write_text(text.replace(old, new), encoding="utf-8")
        return target

    return edited


@pytest.fixture
def small_program(tmp_path: Path) -> Callable[[str], Path]:
    """Return a function: the body of a program -> a project that runs it; `Thing` registers a resource."""

    def written(body: str) -> Path:
        target = tmp_path / "small"
        target.mkdir()
        (target / "Pulumi.yaml").write_text("name: small\nruntime: python\n", encoding="utf-8")
        (target / "Pulumi.dev.yaml").write_text("config: {}\n", encoding="utf-8")
        (target / "__main__.py").write_text(SMALL + body, encoding="utf-8")
        return target

    return written


SMALL = """
import pulumi


class Thing(pulumi.CustomResource):
    def __init__(self, name, props=None, opts=None):
        super().__init__("sink:index:Thing", name, props or {}, opts)


"""
