"""Pulumi.yaml and PulumiPolicy.yaml: the program and the pack as their project files describe them."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from preview.errors import Phase, PreviewError
from preview.yaml_file import read_yaml

if TYPE_CHECKING:
    from pathlib import Path

PROJECT_FILES = ("Pulumi.yaml", "Pulumi.yml", "Pulumi.json")
PACK_FILE = "PulumiPolicy.yaml"


@dataclass(frozen=True, kw_only=True)
class PackProject:
    """A policy pack on disk: the interpreter that runs it and its version ("" leaves the SDK's own)."""

    interpreter: str
    version: str


@dataclass(frozen=True, kw_only=True)
class ProgramProject:
    """A program on disk. `main` is what is run: a file, or a folder that holds ``__main__.py``.

    `config` is the ``config`` block of Pulumi.yaml, whose defaults and values every stack shares.
    """

    directory: Path
    name: str
    main: Path
    interpreter: str
    config: dict[str, Any]
    stack_config_directory: Path


def load_pack(directory: Path) -> PackProject:
    """Read the project file of a policy pack; raise PreviewError when there is none or it is not a Python pack."""
    if not directory.is_dir():
        raise PreviewError(Phase.ARGUMENTS, f"there is no policy pack in {directory}: the folder does not exist")
    path = directory / PACK_FILE
    if not path.is_file():
        raise PreviewError(Phase.ARGUMENTS, f"there is no policy pack in {directory}: {PACK_FILE} is missing")
    document = read_yaml(path, Phase.PACK)
    options = _python_options(document, path, Phase.PACK)
    return PackProject(
        interpreter=_interpreter(directory, options),
        version=str(document.get("version") or ""),
    )


def load_program(directory: Path) -> ProgramProject:
    """Read the project file of a program; raise PreviewError when there is none or it is not a Python program."""
    if not directory.is_dir():
        raise PreviewError(Phase.ARGUMENTS, f"there is no program in {directory}: the folder does not exist")
    path = next((directory / name for name in PROJECT_FILES if (directory / name).is_file()), None)
    if path is None:
        raise PreviewError(Phase.ARGUMENTS, f"there is no Pulumi program in {directory}: Pulumi.yaml is missing")
    document = read_yaml(path, Phase.CONFIG)
    options = _python_options(document, path, Phase.CONFIG)
    name = document.get("name")
    if not isinstance(name, str) or not name:
        raise PreviewError(Phase.CONFIG, f"{path}: 'name' is missing; write name: <project>")
    main = directory / str(document.get("main") or ".")
    if not main.exists():
        raise PreviewError(Phase.CONFIG, f"{path}: main names {document.get('main')!r}, which does not exist")
    config: Any = document.get("config") or {}
    folder = str(document.get("stackConfigDir") or ".")
    if isinstance(config, str):  # how older projects name the folder of their stack files
        config, folder = {}, config
    if not isinstance(config, dict):
        raise PreviewError(Phase.CONFIG, f"{path}: 'config' must be a mapping of keys")
    return ProgramProject(
        directory=directory,
        name=name,
        main=main,
        interpreter=_interpreter(directory, options),
        config=config,
        stack_config_directory=directory / folder,
    )


def _python_options(document: dict[str, Any], path: Path, phase: Phase) -> dict[str, Any]:
    runtime = document.get("runtime")
    name = runtime.get("name") if isinstance(runtime, dict) else runtime
    if name != "python":
        raise PreviewError(phase, f"{path}: runtime is {name!r}; the preview runs Python programs and packs only")
    options = runtime.get("options") if isinstance(runtime, dict) else None
    return options if isinstance(options, dict) else {}


def _interpreter(directory: Path, options: dict[str, Any]) -> str:
    """Return the interpreter of the named virtual environment, or this one where it does not exist."""
    named = options.get("virtualenv")
    if named:
        folder = "Scripts/python.exe" if os.name == "nt" else "bin/python"
        interpreter = directory / str(named) / folder
        if interpreter.exists():
            return str(interpreter)
    return sys.executable
