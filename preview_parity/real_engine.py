"""The real engine as a tool: a workspace in a folder, in which `pulumi` previews, deploys, exports and destroys."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import yaml

from preview import aws_model
from preview import urn as urns
from preview.project_file import load_program
from preview.stack_file import load as load_stack
from preview_parity.attached_provider import AttachedProvider
from preview_parity.language_host import LanguageHost

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from preview.fixtures import Fixtures
    from preview_parity.engine_build import Engine

PASSPHRASE = "nothing here is secret"  # noqa: S105  it encrypts states that the test throws away
SECONDS = 600.0
TIME = "2026-01-02T03:04:05Z"
ANALYZER = """#!/bin/sh
# Starts a Python policy pack where no Python language host is installed. Of the arguments only the engine's address and
# the pack's folder count; the flags around them name the interpreter and the verbosity.
for given in "$@"; do
    shift
    case "$given" in -*) ;; *) set -- "$@" "$given" ;; esac
done
exec {python} -u -m pulumi.policy "$@"
"""


@dataclass(frozen=True, kw_only=True)
class EngineResult:
    """What one command of the engine did.

    `calls` are those that reached the provider, (method, URN) each; `plan` is what a preview plans by URN, and `config`
    what the engine handed to the program.
    """

    code: int
    output: str
    events: Sequence[Mapping[str, Any]] = ()
    calls: Sequence[tuple[str, str]] = ()
    plan: Mapping[str, Any] = field(default_factory=dict)
    config: Mapping[str, str] = field(default_factory=dict)

    def of_kind(self, kind: str) -> list[Mapping[str, Any]]:
        """Return the events of one kind, such as ``policyEvent``."""
        return [event[kind] for event in self.events if kind in event]

    def steps(self) -> dict[str, str]:
        """Return what was done, or would be, with each resource: URN -> ``create``, ``same``, ``update``, …"""
        return {event["metadata"]["urn"]: event["metadata"]["op"] for event in self.of_kind("resourcePreEvent")}


@dataclass(kw_only=True)
class Workspace:
    """One stack of one program under the real engine.

    `folder` holds everything that is written; `project` is where Pulumi.yaml lives and is only read. `packs` are pairs
    of a pack's folder and its policy config ({} for none).
    """

    engine: Engine
    folder: Path
    project: Path
    stack: str
    fixtures: Fixtures
    packages: Sequence[str] = ("aws",)
    packs: Sequence[tuple[Path, Mapping[str, Any]]] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    stack_text: str | None = None

    def prepare(self) -> None:
        """Write the project as the engine may change it, and make an empty stack."""
        for name in ("home", "state", "bin", "project"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        script = self.folder / "bin" / "pulumi-analyzer-policy-python"
        script.write_text(ANALYZER.format(python=shlex.quote(sys.executable)), encoding="utf-8")
        script.chmod(0o755)
        document = yaml.safe_load((self.project / "Pulumi.yaml").read_text(encoding="utf-8"))
        document["main"] = str(load_program(self.project).main.resolve())
        document["runtime"] = "python"
        (self.folder / "project" / "Pulumi.yaml").write_text(yaml.safe_dump(document), encoding="utf-8")
        self.set_stack_file(self.stack_text or self._stack_file().read_text(encoding="utf-8"))
        made = self._pulumi("stack", "init", f"organization/{document['name']}/{self.stack}")
        if made.returncode != 0:
            raise RuntimeError(f"the engine made no stack: {made.stdout}{made.stderr}")
        self.prepare_other_stacks()

    def prepare_other_stacks(self) -> None:
        """Make the stacks that the program refers to, each with the outputs that the fixtures give it."""
        for name, outputs in self.fixtures.stacks.items():
            _organization, project, stack = name.split("/")
            folder = self.folder / f"other-{project}-{stack}"
            folder.mkdir()
            (folder / "Pulumi.yaml").write_text(f"name: {project}\nruntime: python\n", encoding="utf-8")
            root = {
                "urn": urns.root(stack, project),
                "custom": False,
                "type": urns.ROOT_TYPE,
                "outputs": dict(outputs),
            }
            state = {
                "version": 3,
                "deployment": {"manifest": {"time": TIME, "magic": "", "version": ""}, "resources": [root]},
            }
            (folder / "state.json").write_text(json.dumps(state), encoding="utf-8")
            for arguments in (("stack", "init", name), ("stack", "import", "--stack", name, "--file", "state.json")):
                made = self._pulumi(*arguments, folder=folder)
                if made.returncode != 0:
                    raise RuntimeError(f"the engine made no stack {name}: {made.stdout}{made.stderr}")

    def set_stack_file(self, text: str) -> None:
        """Give the stack its configuration."""
        (self.folder / "project" / self._stack_file().name).write_text(text, encoding="utf-8")

    def _stack_file(self) -> Path:
        return self.project / f"Pulumi.{self.stack}.yaml"

    def preview(self) -> EngineResult:
        """Run ``pulumi preview``."""
        path = self.folder / "plan.json"
        path.unlink(missing_ok=True)
        result = self._run("preview", "--save-plan", str(path), *self._pack_flags())
        if not path.exists():
            return result
        return replace(result, plan=json.loads(path.read_text(encoding="utf-8")).get("resourcePlans") or {})

    def up(self) -> EngineResult:
        """Run ``pulumi up`` without a preview before it."""
        return self._run("up", "--yes", "--skip-preview", *self._pack_flags())

    def destroy(self) -> EngineResult:
        """Run ``pulumi destroy``."""
        return self._run("destroy", "--yes", "--skip-preview")

    def export(self) -> list[dict[str, Any]]:
        """Return the resources of the state, secrets in clear."""
        said = self._pulumi("stack", "export", "--show-secrets", "--stack", self.stack)
        if said.returncode != 0:
            raise RuntimeError(f"the engine exported nothing: {said.stdout}{said.stderr}")
        return list(json.loads(said.stdout)["deployment"].get("resources") or [])

    def _pack_flags(self) -> list[str]:
        flags = []
        for number, (pack, config) in enumerate(self.packs):
            path = self.folder / f"policy-config-{number}.json"
            path.write_text(json.dumps(dict(config)), encoding="utf-8")
            flags += ["--policy-pack", str(pack.resolve()), "--policy-pack-config", str(path)]
        return flags

    def _run(self, command: str, *flags: str) -> EngineResult:
        log = self.folder / "events.json"
        log.unlink(missing_ok=True)
        context = load_stack(load_program(self.folder / "project"), self.stack)
        with ExitStack() as stack:
            provider = stack.enter_context(
                AttachedProvider(lambda dry_run: aws_model.AwsModel(context, dry_run=dry_run), self.fixtures)
            )
            host = stack.enter_context(LanguageHost(load_program(self.project), self.engine.executor))
            attached = ",".join(f"{package}:{provider.port}" for package in self.packages)
            said = self._pulumi(
                command,
                *("--stack", self.stack, "--client", host.address, "--exec-kind", "auto.inline"),
                *("--event-log", str(log), *flags),
                PULUMI_DEBUG_PROVIDERS=attached,
            )
        text = log.read_text(encoding="utf-8") if log.exists() else ""
        return EngineResult(
            code=said.returncode,
            output=said.stdout + said.stderr + "\n".join(host.said),
            events=[json.loads(line) for line in text.splitlines()],
            calls=provider.calls,
            config=host.config,
        )

    def _pulumi(
        self, *arguments: str, folder: Path | None = None, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "PULUMI_"))}
        environment |= {
            "PATH": f"{self.folder / 'bin'}{os.pathsep}{environment.get('PATH', '')}",
            "PULUMI_HOME": str(self.folder / "home"),
            "PULUMI_BACKEND_URL": (self.folder / "state").as_uri(),
            "PULUMI_CONFIG_PASSPHRASE": PASSPHRASE,
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PULUMI_DEBUG_COMMANDS": "true",  # offers --event-log
            "PULUMI_EXPERIMENTAL": "true",  # offers --save-plan
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
            "NO_COLOR": "1",
            **self.environment,
            **variables,
        }
        return subprocess.run(  # noqa: S603  the engine's own binary
            [str(self.engine.binary), *arguments, "--non-interactive", "--color", "never"],
            cwd=folder or self.folder / "project",
            env=environment,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
