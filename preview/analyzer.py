"""The client of a policy pack: starts its real server, configures it and asks it about resources.

The order of calls and the process follow pulumi v3.259.0, `pkg/resource/plugin/analyzer_plugin.go`; the command line
is that of the Python language host.
"""

from __future__ import annotations

import json
import os
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import grpc
from pulumi.runtime.proto import analyzer_pb2 as wire
from pulumi.runtime.proto import analyzer_pb2_grpc

from preview import pack_messages, policy_config, project_file, urn
from preview.errors import Phase, PreviewError
from preview.pack_messages import Diagnostic, PackInfo, PackResource, Remediation
from preview.processes import Child
from preview.state import PATIENCE_SECONDS
from preview.values import Value, from_struct, to_struct
from preview.wire import CHANNEL_OPTIONS, empty_pb2

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

START_SECONDS = 60.0
CALL_SECONDS = PATIENCE_SECONDS
HOST = Path(__file__).with_name("pack_host.py")
PULUMI_VARIABLES = ("PULUMI_CONFIG", "PULUMI_CONFIG_SECRET_KEYS", "PULUMI_DRY_RUN", "PULUMI_ORGANIZATION")


@dataclass(frozen=True, kw_only=True)
class PackHost:
    """What surrounds a pack: `engine_address` is handed to it, `on_line` gets (stream, line) of what it prints.

    `environment` is added to this process's own; `patience` is the seconds that it may take to answer (0: 300).
    """

    organization: str = "organization"
    secret_keys: Sequence[str] = ()
    engine_address: str = "127.0.0.1:0"
    on_line: Callable[[str, str], None] | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    patience: float = 0


class Analyzer:
    """A policy pack that runs. Use it as a context manager: the server ends with the block.

    `config` holds the stack's configuration with full keys (``aws:region``) and text values, secrets in clear;
    `policy_config` is what a ``--policy-pack-config`` file holds. Every call raises PreviewError when the pack fails.
    """

    def __init__(
        self,
        pack_dir: Path | str,
        *,
        stack: str = "dev",
        project: str = "closed-sagemaker",
        config: Mapping[str, str] | None = None,
        dry_run: bool = True,
        policy_config: Mapping[str, Any] | None = None,
        host: PackHost | None = None,
    ) -> None:
        host = host or PackHost()
        self.directory = Path(pack_dir).resolve()
        self._stack = wire.AnalyzerStackConfigureRequest(
            stack=stack,
            project=project,
            organization=host.organization,
            dry_run=dry_run,
            config=dict(config or {}),
            config_secret_keys=list(host.secret_keys),
        )
        self._policy_config = dict(policy_config or {})
        self._engine_address = host.engine_address
        self._on_line = host.on_line
        self._extra = dict(host.environment)
        self._patience = host.patience
        self._child: Child | None = None
        self._channel: grpc.Channel | None = None
        self._stub: Any = None
        self._info: PackInfo | None = None
        self._severities: dict[str, str] = {}
        self._remediates = True

    # Life

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Start the server, introduce the stack to it, and configure its policies."""
        settings = policy_config.parse(self._policy_config)
        project = project_file.load_pack(self.directory)
        self._child = Child(
            [project.interpreter, str(HOST), self._engine_address, str(self.directory)],
            cwd=self.directory,
            env=self._environment(),
            on_line=self._on_line,
            watched=True,
        )
        self._child.pump("stderr")
        address = f"127.0.0.1:{self._port(self._child)}"
        self._child.pump("stdout")
        self._channel = grpc.insecure_channel(address, options=CHANNEL_OPTIONS)
        self._stub = analyzer_pb2_grpc.AnalyzerStub(self._channel)
        self._handshake()
        self._call("ConfigureStack", self._stack)
        self._call("GetPluginInfo", empty_pb2.Empty())
        answer = self._call("GetAnalyzerInfo", empty_pb2.Empty())
        self._info = pack_messages.pack_info(answer, project.version)
        self._severities = {policy.name: policy.severity for policy in self._info.policies}
        self._configure(settings)

    def close(self) -> None:
        """End the server; safe to call twice."""
        if self._channel is not None:
            self._channel.close()
            self._channel = None
        if self._child is not None:
            self._child.stop()
            self._child = None

    def _environment(self) -> dict[str, str]:
        stack = self._stack
        return {
            **{name: value for name, value in os.environ.items() if name not in PULUMI_VARIABLES},
            **self._extra,
            "PULUMI_ORGANIZATION": stack.organization,
            "PULUMI_PROJECT": stack.project,
            "PULUMI_STACK": stack.stack,
            "PULUMI_DRY_RUN": "true" if stack.dry_run else "false",
            "PULUMI_CONFIG": json.dumps(dict(stack.config)),
        }

    def _port(self, child: Child) -> int:
        expired = threading.Event()

        def give_up() -> None:
            expired.set()
            child.stop()

        seconds = min(START_SECONDS, self._patience or START_SECONDS)
        timer = threading.Timer(seconds, give_up)
        timer.start()
        try:
            line = child.read_line()
        finally:
            timer.cancel()
        if line is not None and line.isdigit():
            return int(line)
        if expired.is_set():
            raise self._failed(f"gave no port within {seconds:g} seconds and was stopped", child)
        if line is None:
            raise self._failed(f"ended before it was ready (exit code {child.wait(5)})", child)
        raise self._failed(
            f"printed {line!r} to standard output before its port. The engine reads the port from there:"
            " nothing may print before PolicyPack(...); write to sys.stderr instead",
            child,
        )

    def _handshake(self) -> None:
        request = wire.AnalyzerHandshakeRequest(
            engine_address=self._engine_address,
            root_directory=str(self.directory),
            program_directory=str(self.directory),
        )
        try:
            seconds = min(START_SECONDS, self._patience or START_SECONDS)
            self._stub.Handshake(request, timeout=seconds, wait_for_ready=True)
        except grpc.RpcError as error:
            if error.code() != grpc.StatusCode.UNIMPLEMENTED:
                raise self._failed(f"does not answer: {error.details()}", self._child) from None

    # Questions

    @property
    def info(self) -> PackInfo:
        """What the pack told about itself; known once it runs."""
        if self._info is None:
            raise RuntimeError("the pack is not running")
        return self._info

    def configure(self, given: Mapping[str, Any]) -> None:
        """Configure the running pack anew, from the pack's own defaults and `given`."""
        self._configure(policy_config.parse(dict(given)))

    def _configure(self, settings: Mapping[str, policy_config.PolicySetting]) -> None:
        info = self.info
        final = policy_config.reconcile(info.policies, info.initial_config, settings, pack=info.name)
        self._remediates = any(setting.level == "remediate" for setting in final.values())
        request = wire.ConfigureAnalyzerRequest(
            policyConfig={
                name: wire.PolicyConfig(
                    enforcementLevel=pack_messages.LEVEL_NUMBERS[setting.level],
                    properties=to_struct(setting.properties),
                )
                for name, setting in final.items()
            }
        )
        self._call("Configure", request)

    def remediate(self, resource: PackResource) -> list[Remediation]:
        """Let remediation policies rewrite a resource's properties; each answer holds the whole new map.

        A pack without a policy of the level ``remediate`` has nothing to answer and is not asked.
        """
        if not self._remediates:
            return []
        resource = self._placed(resource)
        answer = self._call("Remediate", pack_messages.analyze_request(resource, skip_internal=False), resource.urn)
        return [
            Remediation(
                policy=remediation.policyName,
                properties=from_struct(remediation.properties) if remediation.HasField("properties") else None,
                diagnostic=remediation.diagnostic,
                description=remediation.description,
            )
            for remediation in answer.remediations
        ]

    def analyze(self, resource: PackResource) -> list[Diagnostic]:
        """Run all resource policies on the checked inputs of one resource."""
        resource = self._placed(resource)
        answer = self._call("Analyze", pack_messages.analyze_request(resource, skip_internal=True), resource.urn)
        return [
            pack_messages.diagnostic(found, self.info, resource.urn, self._severities) for found in answer.diagnostics
        ]

    def analyze_stack(self, resources: Sequence[PackResource]) -> list[Diagnostic]:
        """Run all stack policies on the outputs of all resources; an unknown URN reads as the root stack's."""
        placed = [self._placed(resource) for resource in resources]
        request = wire.AnalyzeStackRequest(resources=[pack_messages.stack_resource(resource) for resource in placed])
        answer = self._call("AnalyzeStack", request)
        known = {resource.urn for resource in placed}
        root = urn.root(self._stack.stack, self._stack.project)
        return [
            pack_messages.diagnostic(found, self.info, found.urn if found.urn in known else root, self._severities)
            for found in answer.diagnostics
        ]

    def _placed(self, resource: PackResource) -> PackResource:
        if resource.urn:
            return resource
        place = urn.make(self._stack.stack, self._stack.project, resource.parent, resource.type, resource.name)
        return PackResource(**{**vars(resource), "urn": place})

    def _call(self, method: str, request: object, about: str = "") -> Value:
        seconds = self._patience or CALL_SECONDS
        try:
            return getattr(self._stub, method)(request, timeout=seconds)
        except grpc.RpcError as error:
            if error.code() == grpc.StatusCode.UNIMPLEMENTED and method in ("ConfigureStack", "Remediate"):
                return wire.RemediateResponse()
            raise self._failed(_reason(error, method, about, seconds, self._child), self._child) from None

    def _failed(self, what: str, child: Child | None) -> PreviewError:
        if child is not None and child.returncode is not None:
            child.wait(1)
        tail = "\n".join(f"    {line}" for line in list(child.errors)[-15:]) if child is not None else ""
        said = f"\nIt wrote:\n{tail}" if tail else ""
        return PreviewError(Phase.PACK, f"policy pack {self.directory} {what}{said}")


def _reason(error: grpc.RpcError, method: str, about: str, seconds: float, child: Child | None) -> str:
    where = f" while it judged {about}" if about else f" at {method}"
    if error.code() == grpc.StatusCode.DEADLINE_EXCEEDED:
        return f"did not answer within {seconds:g} seconds{where}. Where it needs longer, pass --timeout SECONDS"
    if error.code() == grpc.StatusCode.UNAVAILABLE:
        code = child.wait(1) if child is not None else None
        ended = f" (exit code {code})" if code is not None else ""
        return f"died{where}{ended}"
    raised = str(error.details()).removeprefix("Exception calling application: ")
    return f"raised an exception{where}: {raised}"
