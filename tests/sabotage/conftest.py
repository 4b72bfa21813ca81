"""Break one guarantee in a copy of the program and see which rule refuses it.

The copy runs under the preview's own monitor and goes through the real pack, whose server is started once for all
copies: it forgets one run when the next one begins. With claims, or with an edited stack file, the copy goes by the
command that an operator runs. The pack itself is never touched.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from preview import in_process, project_file, stack_file
from preview.analyzer import Analyzer, PackHost
from tests.recorded import compiled_once

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[2]
PACK = ROOT / "policy_pack"
RULES_ALONE = {"claims-hold": "disabled"}
PROGRAM = (
    "__main__.py",
    "wiring",
    "settings",
    "components",
    "Pulumi.yaml",
    "Pulumi.dev.yaml",
    "Pulumi.adopted.yaml",
    "Pulumi.federated.yaml",
    "Pulumi.prod.yaml",
    "stack.schema.json",
)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the preview of a copy said."""

    exit_code: int
    run: dict[str, Any] = field(repr=False)

    def refusals(self) -> set[str]:
        """Return the ids of the mandatory rules that fired."""
        return {row["policy"] for row in self.run["diagnostics"] if row["level"] == "mandatory"}


def copy_program(target: Path) -> None:
    """Copy what the program consists of, and nothing else of the repository."""
    target.mkdir()
    for name in PROGRAM:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target / name)


def apply_edits(target: Path, edits: tuple[tuple[str, str, str], ...]) -> None:
    """Replace text in files of the copy; each text must stand there exactly once, else the row tests nothing."""
    for name, old, new in edits:
        path = target / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{name} holds {old!r} {text.count(old)} times, the edit needs exactly one"
        path.write_text(text.replace(old, new), encoding="utf-8")


def by_command(target: Path, mode: str, stack: str, *, claims: bool, only: tuple[str, ...] = ()) -> Verdict:
    """Run the copy by the operator's command, through the pack's rules and, where they are asked for, its claims.

    `only` names claims that alone can refuse: rules are advisory then. They run, as they remember what is planned.
    """
    report, config = target / "preview.json", target / "policy-config.json"
    settings: dict[str, Any] = {} if claims else RULES_ALONE
    if only:
        settings = {"all": "advisory", "claims-hold": {"enforcementLevel": "mandatory", "claims": list(only)}}
    config.write_text(json.dumps(settings), encoding="utf-8")
    command = [sys.executable, "-m", "preview", "--program", str(target), "--policy-pack", str(PACK)]
    command += ["--stack", stack, "--mode", mode, "--json", str(report), "--policy-pack-config", str(config)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert report.exists(), f"the preview wrote no report:\n{ended.stdout}\n{ended.stderr}"
    run = json.loads(report.read_text(encoding="utf-8"))["runs"][mode]
    assert run["error"] is None, f"the copy does not run: {run['error']}"
    return Verdict(exit_code=ended.returncode, run=run)


def in_this_process(target: Path, mode: str, stack: str, server: Analyzer) -> Verdict:
    """Run the copy in this process, through the rules of a pack that runs already."""
    with compiled_once():
        recorded = in_process.run(target, stack=stack, mode=mode, packs=[server])
    found = [vars(each) for each in recorded.diagnostics]
    violated = any(each["level"] == "mandatory" for each in found)
    return Verdict(exit_code=int(violated), run={"diagnostics": found, "resources": list(recorded.states)})


@pytest.fixture(scope="session")
def pack() -> Iterator[Callable[[str, str], Analyzer]]:
    """Return a function: stack and mode -> the pack's server for them, without its claims."""
    with ExitStack() as servers:
        started: dict[tuple[str, str], Analyzer] = {}

        def serve(stack: str, mode: str) -> Analyzer:
            if (stack, mode) not in started:
                context = stack_file.load(project_file.load_program(ROOT), stack)
                started[stack, mode] = servers.enter_context(
                    Analyzer(
                        PACK,
                        stack=stack,
                        project=context.project,
                        config=context.config,
                        dry_run=mode == "first",
                        policy_config=RULES_ALONE,
                        host=PackHost(organization=context.organization, secret_keys=context.secret_keys),
                    )
                )
            return started[stack, mode]

        yield serve


@pytest.fixture
def sabotage(tmp_path: Path, pack: Callable[[str, str], Analyzer]) -> Any:
    """Return a function: edits (file, old text, new text) and a mode -> the verdict over the edited copy."""

    copies = count()

    def edited(*edits: tuple[str, str, str], mode: str = "first", stack: str = "dev", **how: Any) -> Verdict:
        target = tmp_path / f"copy-{next(copies)}"
        copy_program(target)
        apply_edits(target, edits)
        claims, only = how.get("claims", False), how.get("only", ())
        if claims or only or how.get("command") or any(name.endswith(".yaml") for name, _, _ in edits):
            return by_command(target, mode, stack, claims=claims, only=only)
        return in_this_process(target, mode, stack, pack(stack, mode))

    return edited
