"""The report for machines. Its keys are promised: whoever changes one raises `FORMAT`."""

from __future__ import annotations

import contextlib
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from preview import deferred, interruption
from preview.errors import Phase, PreviewError
from preview.shown import Secrets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from preview.run import RunResult
    from preview.state import StackContext, State

FORMAT = 1


def document(context: StackContext, results: Mapping[str, RunResult]) -> dict[str, Any]:
    """Return the whole report; `results` are by mode."""
    return {
        "format": FORMAT,
        "project": context.project,
        "stack": context.stack,
        "runs": {mode: _run(result, secrets_of(context, result)) for mode, result in results.items()},
    }


def secrets_of(context: StackContext, result: RunResult) -> Secrets:
    """Collect what a run must not show."""
    secrets = Secrets()
    for state in result.states.values():
        secrets.collect(state.inputs)
        secrets.collect(state.outputs)
        secrets.collect(state.goal.properties)
    for key in context.secret_keys:
        secrets.collect_text(context.config.get(key, ""))
    return secrets


def _run(result: RunResult, secrets: Secrets) -> dict[str, Any]:
    _, waiting = deferred.split(result.diagnostics)
    error = result.error
    return {
        "resources": [_resource(result.states[urn], secrets) for urn in sorted(result.states)],
        "diagnostics": sorted(
            (
                {
                    "pack": found.pack,
                    "version": found.version,
                    "policy": found.policy,
                    "level": found.level,
                    "severity": found.severity,
                    "urn": found.urn,
                    "message": secrets.hide(found.message),
                }
                for found in result.diagnostics
            ),
            key=lambda row: (row["urn"], row["pack"], row["policy"], row["message"]),
        ),
        "deferred": sorted(
            ({"urn": row.urn, "policy": row.policy, "properties": list(row.properties)} for row in waiting),
            key=lambda row: (row["urn"], row["policy"], row["properties"]),
        ),
        "claims": list(result.claims),
        "modelled": _modelled(result, secrets),
        "outputs": {name: secrets.shown(value) for name, value in sorted(result.outputs.items())},
        "error": None if error is None else {"phase": error.phase.value, "message": secrets.hide(error.message)},
        "seconds": round(result.seconds, 3),
    }


def _modelled(result: RunResult, secrets: Secrets) -> list[dict[str, Any]]:
    rows = [
        {
            "urn": row.urn,
            "property": row.property,
            "value": secrets.shown(row.value),
            "source": row.source,
            "certain": row.certain,
        }
        for row in result.modelled
    ]
    rows += [
        {"urn": urn, "property": "*", "value": None, "source": f"not modelled: {why}", "certain": False}
        for urn, why in result.not_modelled
    ]
    return sorted(rows, key=lambda row: (row["urn"], row["property"]))


def _resource(state: State, secrets: Secrets) -> dict[str, Any]:
    goal = state.goal
    return {
        "urn": state.urn,
        "type": state.type,
        "name": state.name,
        "parent": goal.parent,
        "custom": goal.custom,
        "inputs": {name: secrets.shown(value) for name, value in sorted(state.inputs.items())},
        "outputs": {name: secrets.shown(value) for name, value in sorted(state.outputs.items())},
        "dependencies": list(goal.dependencies),
        "propertyDependencies": {name: list(urns) for name, urns in sorted(goal.property_dependencies.items()) if urns},
        "protect": bool(goal.protect),
    }


def check_writable(path: Path) -> None:
    """Raise PreviewError before any work is done when the report could not be written."""
    folder = path.resolve().parent
    if not folder.is_dir():
        raise PreviewError(Phase.ARGUMENTS, f"--json {path}: the folder {folder} does not exist")
    if _is_device(path):
        return
    if path.is_dir():
        raise PreviewError(Phase.ARGUMENTS, f"--json {path}: this is a folder, name a file")
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise PreviewError(Phase.ARGUMENTS, f"--json {path} cannot be written: {error.strerror or error}") from None


def _is_device(path: Path) -> bool:
    """Say whether a path such as /dev/stdout is to be written into, not replaced."""
    linked = path.is_symlink() and path.parts[:2] == ("/", "dev")
    return path.exists() and not path.is_dir() and (linked or not path.is_file())


def write(path: Path, report: Mapping[str, Any]) -> None:
    """Write the report whole or not at all; into a device or a pipe as it is, which may wait for its reader."""
    text = json.dumps(report, indent=2, ensure_ascii=False) + "\n"
    if _is_device(path):
        try:
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise PreviewError(Phase.REPORT, f"{path} cannot be written: {error.strerror or error}") from None
        return
    with interruption.protected():
        _write(path, text)


def _write(path: Path, text: str) -> None:
    temporary: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.resolve().parent, prefix=f".{path.name}.", delete=False
        ) as file:
            temporary = Path(file.name)
            file.write(text)
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink()
        raise PreviewError(Phase.REPORT, f"{path} cannot be written: {error.strerror or error}") from None
