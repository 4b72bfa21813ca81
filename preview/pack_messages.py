"""What the engine tells a policy pack and hears from it, as values of the preview and as messages of the protocol."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pulumi.runtime.proto import analyzer_pb2 as wire

from preview.policy_config import PolicyInfo, PolicySetting
from preview.values import flat, to_struct
from preview.wire import json_format

if TYPE_CHECKING:
    from collections.abc import Mapping

LEVEL_NAMES = {
    wire.ADVISORY: "advisory",
    wire.MANDATORY: "mandatory",
    wire.DISABLED: "disabled",
    wire.REMEDIATE: "remediate",
}
LEVEL_NUMBERS = {name: number for number, name in LEVEL_NAMES.items()}
_KINDS = {wire.POLICY_TYPE_RESOURCE: "resource", wire.POLICY_TYPE_STACK: "stack"}
_SEVERITIES = {
    wire.POLICY_SEVERITY_LOW: "low",
    wire.POLICY_SEVERITY_MEDIUM: "medium",
    wire.POLICY_SEVERITY_HIGH: "high",
    wire.POLICY_SEVERITY_CRITICAL: "critical",
}


@dataclass(frozen=True, kw_only=True)
class PackOptions:
    """The options of a resource that a pack sees; timeouts are in seconds, 0 where none is set."""

    protect: bool = False
    ignore_changes: tuple[str, ...] = ()
    delete_before_replace: bool | None = None
    additional_secret_outputs: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    create_seconds: float = 0
    update_seconds: float = 0
    delete_seconds: float = 0
    read_seconds: float = 0


@dataclass(frozen=True, kw_only=True)
class PackProvider:
    """The provider of a resource; `properties` are the provider's inputs."""

    type: str
    name: str
    urn: str
    properties: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class PackResource:
    """A resource as a pack sees it: inputs for resource policies, outputs for stack policies.

    Properties carry wire names (camelCase) and may hold `preview.values.UNKNOWN` and `Secret`. An empty `urn` is
    filled in from type and name, below the root stack.
    """

    type: str
    name: str
    properties: Mapping[str, Any] = field(default_factory=dict)
    urn: str = ""
    options: PackOptions = PackOptions()
    provider: PackProvider | None = None
    parent: str = ""
    dependencies: tuple[str, ...] = ()
    property_dependencies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Diagnostic:
    """One finding of a policy; `message` is the protocol's, unchanged, and `level` never ``remediate``."""

    pack: str
    version: str
    policy: str
    level: str
    severity: str
    urn: str
    message: str
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class Remediation:
    """New properties that a policy gives to a resource, or `diagnostic`: why it could not."""

    policy: str
    properties: Mapping[str, Any] | None
    diagnostic: str
    description: str


@dataclass(frozen=True, kw_only=True)
class PackInfo:
    """What a pack tells about itself."""

    name: str
    version: str
    policies: tuple[PolicyInfo, ...]
    initial_config: Mapping[str, PolicySetting]


def analyze_request(resource: PackResource, *, skip_internal: bool) -> wire.AnalyzeRequest:
    """Return the message that asks a pack about one resource."""
    return wire.AnalyzeRequest(
        type=resource.type,
        name=resource.name,
        urn=resource.urn,
        properties=to_struct(flat(dict(resource.properties)), skip_internal=skip_internal),
        options=_options(resource),
        provider=_provider(resource.provider),
    )


def stack_resource(resource: PackResource) -> wire.AnalyzerResource:
    """Return one resource of the message that asks a pack about the whole stack."""
    return wire.AnalyzerResource(
        type=resource.type,
        name=resource.name,
        urn=resource.urn,
        properties=to_struct(flat(dict(resource.properties)), skip_internal=True),
        options=_options(resource),
        provider=_provider(resource.provider),
        parent=resource.parent,
        dependencies=resource.dependencies,
        propertyDependencies={
            name: wire.AnalyzerPropertyDependencies(urns=urns)
            for name, urns in resource.property_dependencies.items()
            if urns
        },
    )


def _options(resource: PackResource) -> wire.AnalyzerResourceOptions:
    options = resource.options
    return wire.AnalyzerResourceOptions(
        protect=options.protect,
        ignoreChanges=options.ignore_changes,
        deleteBeforeReplace=bool(options.delete_before_replace),
        deleteBeforeReplaceDefined=options.delete_before_replace is not None,
        additionalSecretOutputs=options.additional_secret_outputs,
        aliases=options.aliases,
        customTimeouts=wire.AnalyzerResourceOptions.CustomTimeouts(
            create=options.create_seconds,
            update=options.update_seconds,
            delete=options.delete_seconds,
            read=options.read_seconds,
        ),
        parent=resource.parent,
    )


def _provider(provider: PackProvider | None) -> wire.AnalyzerProviderResource | None:
    if provider is None:
        return None
    return wire.AnalyzerProviderResource(
        type=provider.type,
        name=provider.name,
        urn=provider.urn,
        properties=to_struct(flat(dict(provider.properties)), skip_internal=True),
    )


def pack_info(info: wire.AnalyzerInfo, version: str) -> PackInfo:
    """Read what a pack tells about itself; `version` is PulumiPolicy.yaml's and wins when it is set."""
    return PackInfo(
        name=info.name,
        version=version or info.version,
        policies=tuple(_policy(policy) for policy in sorted(info.policies, key=lambda policy: policy.name)),
        initial_config={
            name: PolicySetting(LEVEL_NAMES[config.enforcementLevel], json_format.MessageToDict(config.properties))
            for name, config in info.initialConfig.items()
        },
    )


def _policy(policy: wire.PolicyInfo) -> PolicyInfo:
    return PolicyInfo(
        name=policy.name,
        description=policy.description,
        level=LEVEL_NAMES[policy.enforcementLevel],
        kind=_KINDS.get(policy.policy_type, "unknown"),
        severity=_SEVERITIES.get(policy.severity, ""),
        schema=json_format.MessageToDict(policy.configSchema.properties),
        required=tuple(policy.configSchema.required),
    )


def diagnostic(message: wire.AnalyzeDiagnostic, info: PackInfo, urn: str, severities: Mapping[str, str]) -> Diagnostic:
    """Read one finding; a missing severity is the policy's own, and remediate reads mandatory."""
    level = LEVEL_NAMES[message.enforcementLevel]
    return Diagnostic(
        pack=message.policyPackName,
        version=info.version,
        policy=message.policyName,
        level="mandatory" if level == "remediate" else level,
        severity=_SEVERITIES.get(message.severity) or severities.get(message.policyName, ""),
        urn=urn,
        message=message.message,
        description=message.description,
    )
