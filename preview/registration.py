"""From a RegisterResource request to a goal: inheritance, transforms, dependencies, provider.

The order is the engine's (pulumi v3.259.0, `pkg/resource/deploy/source_eval.go`, RegisterResource).
"""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING, Any

from pulumi.runtime.proto import resource_pb2

from preview import urn as urns
from preview.errors import MonitorError
from preview.providers import ComponentProviders, parse_reference
from preview.state import Goal, Timeouts
from preview.values import Output, Reference, Secret, Unknown, from_struct, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from preview.providers import DefaultProviders
    from preview.transforms import Transforms
    from preview.values import Value

_TYPE_TOKEN = re.compile(r"^[^:]+:[^:]*:[^:]+$")
_DURATION_PART = re.compile(r"(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)")
_UNIT_SECONDS = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}
HOOK_KINDS = (
    "before_create",
    "after_create",
    "before_update",
    "after_update",
    "before_delete",
    "after_delete",
    "on_error",
)


class Registrations:
    """Turns requests into goals and remembers what descendants inherit."""

    def __init__(
        self, transforms: Transforms, defaults: DefaultProviders, packages: Mapping[str, tuple[str, str]]
    ) -> None:
        self.providers = ComponentProviders()
        self._transforms = transforms
        self._defaults = defaults
        self._packages = packages
        self._goals: dict[str, Goal] = {}
        self._lock = threading.Lock()

    def goal(self, request: resource_pb2.RegisterResourceRequest) -> tuple[Goal, dict[str, str]]:
        """Return the goal of a request and the providers that it hands down."""
        self._inherit(request)
        if request.custom and not _TYPE_TOKEN.match(request.type):
            raise MonitorError(f"Type '{request.type}' is not a valid type token (must have the form pkg:mod:name)")
        properties = {name: _upgraded(value) for name, value in from_struct(request.object).items()}
        property_dependencies = _property_dependencies(request, properties)
        if request.transforms:
            properties = _with_dependencies(properties, property_dependencies)
        options = self._options(request)
        properties, options = self._transforms.run(request, properties, options)
        own = dict(options.providers)
        handed = own if request.custom else self.providers.inherited(own, request.parent)
        dependencies = set(request.dependencies)
        if request.transforms:
            dependencies = set(options.depends_on)
            property_dependencies = {name: _sources(value) for name, value in properties.items()}
            dependencies = dependencies.union(*property_dependencies.values())
        else:
            for name, value in properties.items():
                property_dependencies[name] = property_dependencies.get(name, set()) | _sources(value)
        goal = _goal(request, options, {name: plain(value) for name, value in properties.items()})
        goal.dependencies = tuple(sorted(dependencies))
        goal.property_dependencies = {name: tuple(sorted(urns)) for name, urns in property_dependencies.items()}
        goal.provider = self._provider(request, options)
        self._set_provider_version(goal, request, options)
        return goal, handed

    def remember(
        self, urn: str, goal: Goal, handed: Mapping[str, str], request: resource_pb2.RegisterResourceRequest
    ) -> None:
        """Keep what the descendants of a registered resource inherit from it."""
        with self._lock:
            self._goals[urn] = goal
        self._transforms.remember(urn, goal.parent, request.transforms)
        if not goal.custom:
            self.providers.remember(urn, handed)

    def _inherit(self, request: resource_pb2.RegisterResourceRequest) -> None:
        with self._lock:
            parent = self._goals.get(request.parent)
        if parent is None:
            return
        if not request.deletedWith:
            request.deletedWith = parent.deleted_with
        if not request.HasField("protect") and parent.protect is not None:
            request.protect = parent.protect
        if not request.HasField("retainOnDelete") and parent.retain_on_delete is not None:
            request.retainOnDelete = parent.retain_on_delete
        if not request.provider and parent.provider:
            inherited = urns.package_of(urns.type_of(parse_reference(parent.provider)[0]))
            if not request.custom or inherited == urns.package_of(request.type):
                request.provider = parent.provider

    def _options(self, request: resource_pb2.RegisterResourceRequest) -> resource_pb2.TransformResourceOptions:
        provider = request.provider
        if request.custom:
            package = urns.package_of(request.type)
            provider = self.providers.resolve(provider, request.providers, request.parent, package)
        options = resource_pb2.TransformResourceOptions(
            depends_on=request.dependencies,
            ignore_changes=request.ignoreChanges,
            replace_on_changes=request.replaceOnChanges,
            version=request.version,
            aliases=[*({"urn": urn} for urn in request.aliasURNs), *request.aliases],
            provider=provider,
            plugin_download_url=request.pluginDownloadURL,
            deleted_with=request.deletedWith,
            replace_with=request.replace_with,
            additional_secret_outputs=request.additionalSecretOutputs,
            providers=request.providers,
            plugin_checksums=request.pluginChecksums,
            hide_diff=request.hideDiffs,
        )
        setattr(options, "import", request.importId)
        for source, target in (("customTimeouts", "custom_timeouts"), ("hooks", "hooks")):
            if request.HasField(source):  # type: ignore[arg-type]  # both names are fields
                getattr(options, target).CopyFrom(getattr(request, source))
        if request.HasField("protect"):
            options.protect = request.protect
        if request.HasField("retainOnDelete"):
            options.retain_on_delete = request.retainOnDelete
        if request.deleteBeforeReplaceDefined or request.deleteBeforeReplace:
            options.delete_before_replace = request.deleteBeforeReplace
        return options

    def _provider(
        self, request: resource_pb2.RegisterResourceRequest, options: resource_pb2.TransformResourceOptions
    ) -> str:
        if not request.custom or urns.is_provider(request.type):
            return ""
        if options.provider:
            return options.provider
        package, version = urns.package_of(request.type), options.version
        if request.packageRef:
            package, version = self.package(request.packageRef)
        return self._defaults.get(package, version)

    def package(self, reference: str) -> tuple[str, str]:
        """Return name and version of a package that the program registered."""
        try:
            return self._packages[reference]
        except KeyError:
            raise MonitorError(f"unknown provider package '{reference}'") from None

    def _set_provider_version(
        self,
        goal: Goal,
        request: resource_pb2.RegisterResourceRequest,
        options: resource_pb2.TransformResourceOptions,
    ) -> None:
        if urns.is_provider(goal.type):
            version = options.version or (self.package(request.packageRef)[1] if request.packageRef else "")
            if version:
                goal.properties["version"] = version


def _goal(
    request: resource_pb2.RegisterResourceRequest,
    options: resource_pb2.TransformResourceOptions,
    properties: dict[str, Any],
) -> Goal:
    timeouts = options.custom_timeouts
    return Goal(
        type=request.type,
        name=request.name,
        custom=request.custom,
        properties=properties,
        parent=request.parent,
        protect=options.protect if options.HasField("protect") else None,
        delete_before_replace=options.delete_before_replace if options.HasField("delete_before_replace") else None,
        ignore_changes=tuple(options.ignore_changes),
        additional_secret_outputs=tuple(options.additional_secret_outputs),
        replace_on_changes=tuple(options.replace_on_changes),
        retain_on_delete=options.retain_on_delete if options.HasField("retain_on_delete") else None,
        deleted_with=options.deleted_with,
        import_id=getattr(options, "import"),
        timeouts=Timeouts(
            create=_seconds(timeouts.create),
            update=_seconds(timeouts.update),
            delete=_seconds(timeouts.delete),
            read=_seconds(timeouts.read),
        ),
        hooks={kind: tuple(getattr(options.hooks, kind)) for kind in HOOK_KINDS if getattr(options.hooks, kind)},
    )


def _property_dependencies(
    request: resource_pb2.RegisterResourceRequest, properties: dict[str, Any]
) -> dict[str, set[str]]:
    if not request.propertyDependencies:
        return {name: set(request.dependencies) for name in properties}
    return {name: set(listed.urns) for name, listed in request.propertyDependencies.items()}


def _with_dependencies(properties: dict[str, Any], dependencies: dict[str, set[str]]) -> dict[str, Any]:
    """Say on every value where it came from, which is what a resource's own transforms see."""
    result = {}
    for name, value in properties.items():
        upgraded = value
        missing = dependencies.get(name, set()) - _sources(upgraded)
        if missing:
            if not isinstance(upgraded, Output):
                upgraded = Output(upgraded, known=True, secret=False, dependencies=())
            sources = tuple(sorted({*upgraded.dependencies, *dependencies[name]}))
            upgraded = Output(upgraded.value, known=upgraded.known, secret=upgraded.secret, dependencies=sources)
        result[name] = upgraded
    return result


def _upgraded(value: Value) -> Value:
    """Turn unknowns and secrets into output values, wherever they lie."""
    if isinstance(value, Unknown):
        return Output(None, known=False, secret=False, dependencies=())
    if isinstance(value, Secret):
        inner = _upgraded(value.value)
        if isinstance(inner, Output):
            return Output(inner.value, known=inner.known, secret=True, dependencies=inner.dependencies)
        return Output(inner, known=True, secret=True, dependencies=())
    if isinstance(value, list):
        return [_upgraded(element) for element in value]
    if isinstance(value, dict):
        return {key: _upgraded(element) for key, element in value.items()}
    return value


def _sources(value: Value) -> set[str]:
    """Return the URNs that the output values inside a value came from."""
    if isinstance(value, Output):
        return set(value.dependencies) | (_sources(value.value) if value.known else set())
    if isinstance(value, Secret):
        return _sources(value.value)
    if isinstance(value, Reference):
        return set()
    if isinstance(value, list):
        return set().union(*(_sources(element) for element in value))
    if isinstance(value, dict):
        return set().union(*(_sources(element) for element in value.values()))
    return set()


def _seconds(text: str) -> float:
    """Read a duration as Go writes it, such as ``1h30m``; "" is 0."""
    if not text:
        return 0
    parts = _DURATION_PART.findall(text)
    if "".join(number + unit for number, unit in parts) != text:
        raise MonitorError(f"unable to parse customTimeout value {text}: write a duration such as 90s, 5m or 1h30m")
    return sum(float(number) * _UNIT_SECONDS[unit] for number, unit in parts)
