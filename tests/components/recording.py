"""A strict stand-in for the engine: what a program registered, or the reason why it may not."""

from __future__ import annotations

import contextvars
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pulumi
from pulumi.runtime import mocks, rpc

if TYPE_CHECKING:
    from collections.abc import Callable

ACCOUNT, REGION = "111122223333", "ap-northeast-1"


class NotAllowedError(Exception):
    """A program did what no program of this project may do."""


@dataclass(frozen=True, kw_only=True)
class Registered:
    """One registration; `dependencies` holds the names that it waits for, `through` those per property."""

    type: str
    name: str
    custom: bool
    parent: str
    provider: str
    inputs: dict[str, Any]
    dependencies: frozenset[str]
    through: dict[str, frozenset[str]]
    protect: bool

    @property
    def id(self) -> str:
        """Return the id that the stand-in gave."""
        return stand_in_id(self.type, self.name, self.inputs)


@dataclass
class Recording:
    """Everything that a program registered, in no particular order, after it was drained."""

    resources: list[Registered] = field(default_factory=list)
    outputs: dict[str, dict[str, Any]] = field(default_factory=dict)

    def of(self, type_token: str) -> list[Registered]:
        """Return all resources of a type, sorted by name."""
        return sorted((each for each in self.resources if each.type == type_token), key=lambda each: each.name)

    def one(self, type_token: str, name: str | None = None) -> Registered:
        """Return the one resource of a type, or the one of that name."""
        found = [each for each in self.of(type_token) if name is None or each.name == name]
        assert len(found) == 1, (
            f"{len(found)} of {type_token} {name or ''}: {[each.name for each in self.of(type_token)]}"
        )
        return found[0]

    def custom(self) -> list[Registered]:
        """Return everything that exists at AWS."""
        return [each for each in self.resources if each.custom and not each.type.startswith("pulumi:")]

    def components(self) -> list[Registered]:
        """Return the components."""
        return [each for each in self.resources if not each.custom]

    def types(self) -> set[str]:
        """Return the types that were registered."""
        return {each.type for each in self.resources}


def stand_in_id(type_token: str, name: str, inputs: dict[str, Any]) -> str:
    """Return the id that AWS would give, recognisable by the logical name."""
    for kind, key in (("s3/bucket:", "bucket"), ("iam/role:", "name"), ("notebookInstance", "name")):
        if kind in type_token:
            return str(inputs[key])
    return f"id-of-{name}"


def stand_in_outputs(type_token: str, name: str, inputs: dict[str, Any]) -> dict[str, Any]:
    """Return what AWS computes beside the inputs."""
    identity = stand_in_id(type_token, name, inputs)
    answers: dict[str, Callable[[], dict[str, Any]]] = {
        "iam/role:": lambda: {"arn": f"arn:aws:iam::{ACCOUNT}:role{inputs['path']}{inputs['name']}"},
        "iam/policy:": lambda: {"arn": f"arn:aws:iam::{ACCOUNT}:policy/{inputs['name']}"},
        "s3/bucket:": lambda: {"arn": f"arn:aws:s3:::{inputs['bucket']}"},
        "kms/key:": lambda: {"arn": f"arn:aws:kms:{REGION}:{ACCOUNT}:key/{identity}", "keyId": identity},
        "logGroup:": lambda: {"arn": f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{inputs['name']}"},
        "ec2/vpcEndpoint:": lambda: {"prefixListId": f"pl-of-{name}"},
        "ec2/launchTemplate:": lambda: {"latestVersion": 1},
        "ec2/vpc:": lambda: {
            "defaultRouteTableId": f"main-routes-of-{name}",
            "defaultNetworkAclId": f"default-acl-of-{name}",
        },
    }
    found = next((answer for kind, answer in answers.items() if kind in type_token), None)
    return found() if found else {"arn": f"arn-of-{name}"}


class StandInMocks(mocks.Mocks):
    """Answers registrations as AWS would; the monitor decides what is allowed."""

    def call(self, args: mocks.MockCallArgs) -> tuple[dict[str, Any], list[tuple[str, str]] | None]:  # noqa: ARG002  the interface
        return {}, []

    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        if not args.custom:
            return "", dict(args.inputs)
        computed = stand_in_outputs(args.typ, args.name, args.inputs)
        return stand_in_id(args.typ, args.name, args.inputs), {**args.inputs, **computed}


class StrictMonitor(mocks.MockMonitor):
    """Records what mocks leave out (parents, dependencies, protection, outputs) and notes what mocks let pass."""

    def __init__(self, recording: Recording) -> None:
        super().__init__(StandInMocks())
        self.recording = recording
        self.names: dict[str, str] = {}
        self.refused: list[str] = []

    def RegisterResource(self, request: Any) -> Any:  # noqa: N802  the protocol's name
        if request.type == "pulumi:pulumi:Stack":
            return super().RegisterResource(request)  # type: ignore[no-untyped-call]  # pulumi leaves it untyped
        if any((each.type, each.name) == (request.type, request.name) for each in self.recording.resources):
            self.refused.append(f"{request.type} {request.name} is registered twice")
        orphan = not request.parent or request.parent.split("::")[2].split("$")[-1] == "pulumi:pulumi:Stack"
        if orphan and request.custom and not request.type.startswith("pulumi:"):
            self.refused.append(f"{request.type} {request.name} hangs off the stack: it belongs to no component")
        self.recording.resources.append(self._registered(request))
        response = super().RegisterResource(request)  # type: ignore[no-untyped-call]  # pulumi leaves it untyped
        self.names[response.urn] = request.name
        return response

    def ReadResource(self, request: Any) -> Any:  # noqa: N802  the protocol's name
        self.refused.append(f"the program reads {request.type} {request.name}: components make no look-ups")
        return super().ReadResource(request)  # type: ignore[no-untyped-call]  # pulumi leaves it untyped

    def Invoke(self, request: Any) -> Any:  # noqa: N802  the protocol's name
        self.refused.append(f"the program looks up {request.tok}: components and program make no look-ups")
        return super().Invoke(request)  # type: ignore[no-untyped-call]  # pulumi leaves it untyped

    def RegisterResourceOutputs(self, request: Any) -> Any:  # noqa: N802  the protocol's name
        if request.urn in self.names:
            self.recording.outputs[self.names[request.urn]] = rpc.deserialize_properties(request.outputs)
        return super().RegisterResourceOutputs(request)  # type: ignore[no-untyped-call]  # pulumi leaves it untyped

    def _registered(self, request: Any) -> Registered:
        return Registered(
            type=request.type,
            name=request.name,
            custom=request.custom,
            parent=request.parent.split("::")[-1],
            provider=request.provider.split("::")[-2] if request.provider else "",
            inputs=rpc.deserialize_properties(request.object),
            dependencies=frozenset(urn.split("::")[-1] for urn in request.dependencies),
            through={
                key: frozenset(urn.split("::")[-1] for urn in value.urns)
                for key, value in request.propertyDependencies.items()
            },
            protect=request.protect,
        )


def record(program: Callable[[], object], *, preview: bool = False) -> Recording:
    """Run a program in a runtime of its own, wait until every registration is through, return what was registered.

    Raises NotAllowedError for a repeated or orphaned resource and for a look-up, after everything was drained.
    """
    recording = Recording()
    monitor = StrictMonitor(recording)

    def fresh() -> None:
        mocks.set_mocks(monitor.mocks, project="closed-sagemaker", stack="dev", preview=preview, monitor=monitor)

        @pulumi.runtime.test  # type: ignore[untyped-decorator]  # pulumi leaves it untyped
        def drained() -> None:
            program()

        drained()

    contextvars.copy_context().run(fresh)
    if monitor.refused:
        raise NotAllowedError("; ".join(monitor.refused))
    return recording
