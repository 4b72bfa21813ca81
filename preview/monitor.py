"""The resource monitor: the gRPC service that a program registers its resources with."""

from __future__ import annotations

import functools
import threading
from typing import TYPE_CHECKING, Any

import grpc
from pulumi.runtime.proto import resource_pb2, resource_pb2_grpc

from preview import urn as urns
from preview.deployment import Stopped
from preview.errors import MonitorError, PreviewError
from preview.providers import DefaultProviders
from preview.registration import Registrations
from preview.state import Goal
from preview.transforms import Transforms
from preview.values import UNKNOWN_STRING, Unknown, flat, from_struct, plain, revealed, to_struct
from preview.wire import Message, empty_pb2

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from preview.deployment import Deployment
    from preview.lookups import Lookups

PARALLEL = 16
FEATURES = (
    resource_pb2.RESOURCE_MONITOR_FEATURE_SECRETS,
    resource_pb2.RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES,
    resource_pb2.RESOURCE_MONITOR_FEATURE_OUTPUT_VALUES,
    resource_pb2.RESOURCE_MONITOR_FEATURE_ALIAS_SPECS,
    resource_pb2.RESOURCE_MONITOR_FEATURE_REPLACEMENT_TRIGGER,
    resource_pb2.RESOURCE_MONITOR_FEATURE_DELETED_WITH,
    resource_pb2.RESOURCE_MONITOR_FEATURE_REPLACE_WITH,
    resource_pb2.RESOURCE_MONITOR_FEATURE_TRANSFORMS,
    resource_pb2.RESOURCE_MONITOR_FEATURE_INVOKE_TRANSFORMS,
    resource_pb2.RESOURCE_MONITOR_FEATURE_PARAMETERIZATION,
    resource_pb2.RESOURCE_MONITOR_FEATURE_RESOURCE_HOOKS,
    resource_pb2.RESOURCE_MONITOR_FEATURE_ERROR_HOOKS,
    resource_pb2.RESOURCE_MONITOR_FEATURE_SENDS_OPTIONS_TO_HOOKS,
    resource_pb2.RESOURCE_MONITOR_FEATURE_INVOKE_DEPENDS_ON,
    resource_pb2.RESOURCE_MONITOR_FEATURE_INVOKE_PARENT,
)
OLD_FEATURES = frozenset(
    {
        "secrets",
        "resourceReferences",
        "outputValues",
        "aliasSpecs",
        "replacementTrigger",
        "deletedWith",
        "replaceWith",
        "transforms",
        "invokeTransforms",
        "parameterization",
        "resourceHooks",
        "errorHooks",
        "sendsOptionsToHooks",
    }
)


def _answered(method: Callable[..., Any]) -> Callable[..., Any]:
    """Turn what goes wrong into what the SDK expects: UNAVAILABLE ends the program, UNKNOWN is raised in it."""

    @functools.wraps(method)
    def wrapped(self: ResourceMonitor, request: Message, context: grpc.ServicerContext) -> Message:
        try:
            self.deployment.check_running()
            self.deployment.hear()
            return method(self, request, context)
        except Stopped:
            context.abort(grpc.StatusCode.UNAVAILABLE, "the run has failed")
        except PreviewError as error:
            self.deployment.fail(error.message, error.phase)
            context.abort(grpc.StatusCode.UNAVAILABLE, "the run has failed")
        except (MonitorError, ValueError) as error:
            context.abort(grpc.StatusCode.UNKNOWN, str(error))

    return wrapped


class ResourceMonitor(resource_pb2_grpc.ResourceMonitorServicer):
    """Serves one program."""

    def __init__(self, deployment: Deployment, lookups: Lookups) -> None:
        self.deployment = deployment
        self.hooks: list[str] = []
        self._lookups = lookups
        self._transforms = Transforms()
        self._packages: dict[str, tuple[str, str]] = {}
        self._defaults = DefaultProviders(deployment.context, deployment.register)
        self._registrations = Registrations(self._transforms, self._defaults, self._packages)
        self._in_flight: dict[str, int] = {}
        self._lock = threading.Lock()

    def close(self) -> None:
        """Close what was opened towards the program."""
        self._transforms.close()

    # What the SDK asks first

    def GetDeploymentInfo(self, _request: Message, _context: object) -> resource_pb2.DeploymentInfo:  # noqa: N802  the protocol's name
        """Tell the program about the stack and about what this monitor can do."""
        context = self.deployment.context
        return resource_pb2.DeploymentInfo(
            project=context.project,
            stack=context.stack,
            organization=context.organization,
            config=dict(context.config),
            configSecretKeys=list(context.secret_keys),
            dryRun=self.deployment.dry_run,
            parallel=PARALLEL,
            supportedFeatures=FEATURES,
        )

    def SupportsFeature(self, request: Message, _context: object) -> resource_pb2.SupportsFeatureResponse:  # noqa: N802  the protocol's name
        """Answer SDKs that ask feature by feature."""
        return resource_pb2.SupportsFeatureResponse(hasSupport=request.id in OLD_FEATURES)

    # Resources

    @_answered
    def RegisterResource(self, request: Message, _context: object) -> resource_pb2.RegisterResourceResponse:  # noqa: N802  the protocol's name
        """Register a resource."""
        if request.remote:
            raise self.deployment.fail(
                f"the component '{request.name}' ({request.type}) is remote: its provider would construct it. The"
                " preview runs no providers; write the component in Python or leave it out"
            )
        goal, handed = self._registrations.goal(request)
        state = self.deployment.register(goal)
        self._registrations.remember(state.urn, goal, handed, request)
        outputs = state.outputs if goal.custom else {}
        return resource_pb2.RegisterResourceResponse(
            urn=state.urn,
            id="" if state.id is None or isinstance(state.id, Unknown) else state.id,
            object=to_struct(_for_program(outputs, request)),
        )

    @_answered
    def RegisterResourceOutputs(self, request: Message, _context: object) -> Message:  # noqa: N802  the protocol's name
        """Set the outputs of a component or of the stack."""
        outputs = {name: plain(value) for name, value in from_struct(request.outputs).items()}
        self.deployment.register_outputs(request.urn, outputs)
        return empty_pb2.Empty()

    @_answered
    def ReadResource(self, request: Message, _context: object) -> resource_pb2.ReadResourceResponse:  # noqa: N802  the protocol's name
        """Read a resource that exists already, or another stack's outputs."""
        provider = request.provider
        if not provider and not urns.is_provider(request.type):
            package, version = urns.package_of(request.type), request.version
            if request.packageRef:
                package, version = self._registrations.package(request.packageRef)
            provider = self._defaults.get(package, version)
        goal = Goal(
            type=request.type,
            name=request.name,
            custom=True,
            properties={name: plain(value) for name, value in from_struct(request.properties).items()},
            parent=request.parent,
            provider=provider,
            dependencies=tuple(sorted(request.dependencies)),
            additional_secret_outputs=tuple(request.additionalSecretOutputs),
        )
        context = self.deployment.context
        urn = urns.make(context.stack, context.project, goal.parent, goal.type, goal.name)
        outputs: dict[str, Any] = {}
        if request.id != UNKNOWN_STRING:
            outputs = self._lookups.read(goal.type, goal.name, request.id, urn)
        state = self.deployment.read(goal, request.id, outputs)
        return resource_pb2.ReadResourceResponse(
            urn=state.urn, properties=to_struct(_for_program(state.outputs, request))
        )

    # Lookups

    @_answered
    def Invoke(self, request: Message, _context: object) -> resource_pb2.ResourceInvokeResponse:  # noqa: N802  the protocol's name
        """Answer a lookup."""
        arguments = {name: flat(plain(value)) for name, value in from_struct(request.args).items()}
        package = urns.package_of(request.tok)
        options = resource_pb2.TransformInvokeOptions(
            provider=self._registrations.providers.resolve(request.provider, {}, request.parent, package),
            version=request.version,
            plugin_download_url=request.pluginDownloadURL,
            plugin_checksums=request.pluginChecksums,
        )
        arguments, options = self._transforms.run_invoke(request.tok, arguments, options)
        provider, version = options.provider, options.version
        if not provider:
            if request.packageRef:
                package, version = self._registrations.package(request.packageRef)
            provider = self._defaults.get(package, version)
        if self._pending(request.dependsOn):
            return resource_pb2.ResourceInvokeResponse(unknown=True)
        answer = self._lookups.invoke(request.tok, {name: plain(value) for name, value in arguments.items()}, provider)
        response = resource_pb2.ResourceInvokeResponse()
        if answer is None:
            response.unknown = True
            return response
        keep = request.acceptResources or request.tok == "pulumi:pulumi:getResource"
        getattr(response, "return").CopyFrom(to_struct(answer if keep else flat(answer)))
        return response

    def _pending(self, needed: Iterable[str]) -> bool:
        """Say whether a lookup waits for something that does not exist yet: itself, or anything below it."""
        states = self.deployment.states
        roots = set(needed)
        for state in list(states.values()):
            place, inside = state.urn, False
            while place and not inside:
                inside = place in roots
                place = states[place].goal.parent if place in states else ""
            if inside and isinstance(state.id, Unknown):
                return True
        return any(root not in states for root in roots)

    @_answered
    def Call(self, request: Message, _context: object) -> Message:  # noqa: N802  the protocol's name
        """Refuse a method call: it would run inside a provider."""
        raise self.deployment.fail(
            f"the method {request.tok} is called on a remote component. The preview runs no providers"
        )

    # What the program hangs onto the run

    @_answered
    def RegisterStackTransform(self, request: Message, _context: object) -> Message:  # noqa: N802  the protocol's name
        """Add a transform of all resources."""
        self._transforms.add_stack_transform(request)
        return empty_pb2.Empty()

    @_answered
    def RegisterStackInvokeTransform(self, request: Message, _context: object) -> Message:  # noqa: N802  the protocol's name
        """Add a transform of all lookups."""
        self._transforms.add_invoke_transform(request)
        return empty_pb2.Empty()

    @_answered
    def RegisterResourceHook(self, request: Message, _context: object) -> Message:  # noqa: N802  the protocol's name
        """Record a hook; it is not run."""
        self.hooks.append(request.name)
        return empty_pb2.Empty()

    @_answered
    def RegisterErrorHook(self, request: Message, _context: object) -> Message:  # noqa: N802  the protocol's name
        """Record a hook for errors; it is not run."""
        self.hooks.append(request.name)
        return empty_pb2.Empty()

    @_answered
    def RegisterPackage(self, request: Message, _context: object) -> resource_pb2.RegisterPackageResponse:  # noqa: N802  the protocol's name
        """Give a package, possibly parameterized, a name to refer to."""
        for field in ("parameterization", "extension"):
            if request.HasField(field):
                named = getattr(request, field)
                name, version = named.name, named.version
                break
        else:
            name, version = request.name, request.version
        reference = f"{name}@{version}"
        self._packages[reference] = (name, version)
        return resource_pb2.RegisterPackageResponse(ref=reference)

    @_answered
    def SignalAndWaitForShutdown(self, _request: Message, _context: object) -> Message:  # noqa: N802  the protocol's name
        """Let the program end: no hook of this run needs it any longer."""
        return empty_pb2.Empty()


def _for_program(outputs: dict[str, Any], request: Message) -> dict[str, Any]:
    result = outputs if request.acceptResources else flat(outputs)
    return result if request.acceptSecrets else revealed(result)
