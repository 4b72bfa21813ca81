"""Tiny programs and packs in temporary folders, and ways to run them."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from typer.testing import CliRunner

from preview import cli
from preview.analyzer import Analyzer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROOT = Path(__file__).parents[2]
PROGRAM_START = """
import pulumi
from pulumi import ResourceOptions


class Resource(pulumi.CustomResource):
    def __init__(self, name, props=None, opts=None, token="aws:ec2/vpc:Vpc"):
        super().__init__(token, name, {"arn": None, **(props or {})}, opts)


class Component(pulumi.ComponentResource):
    def __init__(self, name, inputs=None, opts=None, outputs=None):
        super().__init__("demo:part:Component", name, inputs or {}, opts)
        self.register_outputs(outputs or {})


provider = pulumi.ProviderResource("aws", "main", {"region": "ap-northeast-1"})
"""
PACK_START = """
from pulumi_policy import *


def resource(name, validate, level=EnforcementLevel.MANDATORY, **more):
    return ResourceValidationPolicy(name, name + " described", validate, level, **more)


def stack(name, validate, level=EnforcementLevel.MANDATORY, **more):
    return StackValidationPolicy(name, name + " described", validate, level, **more)
"""
CONFIG = {"aws:region": "ap-northeast-1", "demo:account-id": "111122223333"}


def write_program(folder: Path, source: str, config: dict[str, Any] | None = None, *, bare: bool = False) -> Path:
    """Write a program named ``demo`` with a stack ``dev``; `bare` leaves out the helpers above."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "Pulumi.yaml").write_text("name: demo\nruntime: python\n", encoding="utf-8")
    (folder / "Pulumi.dev.yaml").write_text(
        yaml.safe_dump({"config": CONFIG if config is None else config}), encoding="utf-8"
    )
    start = "" if bare else PROGRAM_START
    (folder / "__main__.py").write_text(start + textwrap.dedent(source), encoding="utf-8")
    return folder


def write_pack(folder: Path, source: str, name: str = "pack") -> Path:
    """Write a policy pack of version 1.2.3; `source` defines POLICIES, or is the whole pack after ``#bare``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "PulumiPolicy.yaml").write_text(
        "runtime:\n  name: python\n  options:\n    virtualenv: ../.venv\nversion: 1.2.3\n", encoding="utf-8"
    )
    text = textwrap.dedent(source)
    if not text.lstrip().startswith("#bare"):
        text = f"{PACK_START}{text}\nPolicyPack({name!r}, POLICIES)\n"
    (folder / "__main__.py").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def program(tmp_path: Path) -> Callable[..., Path]:
    """Write a program: ``program(source, config=None, bare=False)``."""

    def write(source: str, config: dict[str, Any] | None = None, *, bare: bool = False) -> Path:
        return write_program(tmp_path / "program", source, config, bare=bare)

    return write


@pytest.fixture
def pack(tmp_path: Path) -> Callable[..., Path]:
    """Write a pack: ``pack(source, name="pack")``."""
    return lambda source, name="pack": write_pack(tmp_path / name, source, name)


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Callable[..., Analyzer]]:
    """Start a pack from its source; it ends with the test."""
    running: list[Analyzer] = []

    def start(source: str, **given: Any) -> Analyzer:
        folder = write_pack(tmp_path / f"pack{len(running)}", source)
        analyzer = Analyzer(folder, project="demo", **given)
        running.append(analyzer)
        analyzer.start()
        return analyzer

    yield start
    for analyzer in running:
        analyzer.close()


class Outcome:
    """What one run of the command did."""

    def __init__(self, code: int, text: str, errors: str, report: Path) -> None:
        self.code = code
        self.text = text
        self.errors = errors
        self.json: dict[str, Any] = json.loads(report.read_text(encoding="utf-8")) if report.exists() else {}

    def run(self, mode: str = "first") -> dict[str, Any]:
        """Return one run of the JSON report."""
        found: dict[str, Any] = self.json["runs"][mode]
        return found


@pytest.fixture
def preview(tmp_path: Path) -> Callable[..., Outcome]:
    """Run the command on a program and packs: ``preview(program, pack, …, options=[…], process=False)``.

    Program and packs always run in processes of their own; with `process` the command does too.
    """

    def execute(program: Path, *packs: Path, options: Sequence[str] = (), process: bool = False) -> Outcome:
        report = tmp_path / "report.json"
        arguments = ["--program", str(program), "--json", str(report)]
        for folder in packs:
            arguments += ["--policy-pack", str(folder)]
        arguments += options
        if process:
            command = [sys.executable, "-m", "preview", *arguments]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
            return Outcome(done.returncode, done.stdout, done.stderr, report)
        result = CliRunner().invoke(cli.app, arguments)
        return Outcome(result.exit_code, result.stdout, result.stderr, report)

    return execute
