"""A policy pack that reports what it was given, and does each thing that a pack can do once.

Each call is one line of JSON in the file that ECHO_LOG names; the messages of the policies hold the same text.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pulumi
from pulumi_policy import (
    EnforcementLevel,
    PolicyConfigSchema,
    PolicyPack,
    ResourceValidationPolicy,
    Severity,
    StackValidationPolicy,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pulumi_policy import (
        PolicyProviderResource,
        PolicyResource,
        PolicyResourceOptions,
        ReportViolation,
        ResourceValidationArgs,
        StackValidationArgs,
    )

NAME = Path.cwd().name.removesuffix("_pack")  # several copies in a run are told apart by their folders
REMEDIED = (
    f"sink:index:RemediedBy{NAME.title()}"  # one type a pack: the engine's packs remedy in the order they start in
)


def raw(value: Any) -> Any:
    """Take the wrappers off that refuse to show what is not known yet."""
    while type(value).__name__.endswith("Proxy"):
        value = value["__target"]
    if isinstance(value, dict):
        return {key: raw(value[key]) for key in value}
    if isinstance(value, (list, tuple)):
        return [raw(element) for element in value]
    if isinstance(value, (str, int, float, bool, type(None))):
        return value
    if isinstance(value, pulumi.AssetArchive):
        assets = {name: raw(asset) for name, asset in value.assets.items()}
        return {type(value).__name__: assets}
    return {type(value).__name__: raw(dict(vars(value)))}


def options(given: PolicyResourceOptions) -> dict[str, Any]:
    timeouts = given.custom_timeouts
    return {
        "protect": given.protect,
        "ignoreChanges": list(given.ignore_changes),
        "deleteBeforeReplace": given.delete_before_replace,
        "aliases": list(given.aliases),
        "additionalSecretOutputs": list(given.additional_secret_outputs),
        "parent": given.parent,
        "timeouts": timeouts and [timeouts.create_seconds, timeouts.update_seconds, timeouts.delete_seconds],
    }


def provider(given: PolicyProviderResource | None) -> dict[str, Any] | None:
    if given is None:
        return None
    return {"type": given.resource_type, "name": given.name, "urn": given.urn, "props": raw(given.props)}


def note(call: str, urn: str, seen: Mapping[str, Any]) -> str:
    text = json.dumps(seen, sort_keys=True)
    path = os.environ.get("ECHO_LOG")
    if path:
        line = json.dumps({"pack": NAME, "call": call, "urn": urn, "seen": seen}, sort_keys=True)
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(line + "\n")
    return text


def saw_resource(args: ResourceValidationArgs, report: ReportViolation) -> None:
    seen = {
        "type": args.resource_type,
        "name": args.name,
        "props": raw(args.props),
        "options": options(args.opts),
        "provider": provider(args.provider),
        "config": dict(args.get_config()),
        "stackTags": dict(args.stack_tags),
        "where": [pulumi.get_organization(), pulumi.get_project(), pulumi.get_stack()],
        "region": pulumi.Config("aws").get("region"),
        "preview": pulumi.runtime.is_dry_run(),
    }
    report(note("resource", args.urn, seen), None)


def of_stack(resource: PolicyResource) -> dict[str, Any]:
    return {
        "type": resource.resource_type,
        "name": resource.name,
        "props": raw(resource.props),
        "options": options(resource.opts),
        "provider": provider(resource.provider),
        "parent": resource.parent and resource.parent.urn,
        "dependencies": sorted(other.urn for other in resource.dependencies),
        "propertyDependencies": {
            name: sorted(other.urn for other in others) for name, others in resource.property_dependencies.items()
        },
    }


def saw_stack(args: StackValidationArgs, report: ReportViolation) -> None:
    for resource in sorted(args.resources, key=lambda resource: resource.urn):
        report(note("stack", resource.urn, of_stack(resource)), resource.urn)
    report("somewhere else", "urn:pulumi:dev::nowhere::a:b:C::nothing")
    report("the whole stack", None)


def forbids(args: ResourceValidationArgs, report: ReportViolation) -> None:
    config = args.get_config()
    if raw(args.props).get(str(config["property"])) == "forbidden":
        report(f"{config['property']} must not be forbidden; at most {config['limit']}", None)


def forbids_everything(_args: ResourceValidationArgs, report: ReportViolation) -> None:
    report("this policy is disabled and must not be heard", None)


def needs_unknown(args: ResourceValidationArgs, report: ReportViolation) -> None:
    if "source" in list(args.props) and args.props["source"] == "forbidden":
        report("the source must not be forbidden", None)


def not_for_others(args: ResourceValidationArgs, report: ReportViolation) -> None:
    if not args.resource_type.startswith("sink:index:Thing"):
        args.not_applicable("only for things")
    report("it is a thing", None)


def marks(args: ResourceValidationArgs) -> Any:
    if args.resource_type != REMEDIED:
        return None
    props: Any = args.props  # a wrapper that takes new values and is what the SDK asks back
    props[f"seenBy{NAME}"] = note("remediate", args.urn, {"props": raw(args.props)})
    return props


def still_wrong(args: ResourceValidationArgs, report: ReportViolation) -> None:
    if args.resource_type == REMEDIED and args.get_config().get("complain"):
        report(f"remedied, and still reported by {NAME}", None)


PolicyPack(
    name=NAME,
    enforcement_level=EnforcementLevel.ADVISORY,
    policies=[
        ResourceValidationPolicy(
            name="saw-resource", description="What a resource policy sees.", validate=saw_resource
        ),
        StackValidationPolicy(name="saw-stack", description="What a stack policy sees.", validate=saw_stack),
        ResourceValidationPolicy(
            name="forbids",
            description="Forbids a value of a property.",
            validate=forbids,
            severity=Severity.HIGH,
            config_schema=PolicyConfigSchema(
                properties={
                    "property": {"type": "string"},
                    "limit": {"type": "integer", "default": 3, "minimum": 1},
                },
                required=["property"],
            ),
        ),
        ResourceValidationPolicy(name="disabled-later", description="Disabled.", validate=forbids_everything),
        ResourceValidationPolicy(
            name="needs-unknown",
            description="Reads a value that a preview does not know.",
            validate=needs_unknown,
            enforcement_level=EnforcementLevel.MANDATORY,
        ),
        ResourceValidationPolicy(name="not-for-others", description="Applies to few.", validate=not_for_others),
        ResourceValidationPolicy(
            name="marks",
            description="Marks what it has seen.",
            enforcement_level=EnforcementLevel.REMEDIATE,
            remediate=marks,
            validate=still_wrong,
            config_schema=PolicyConfigSchema(properties={"complain": {"type": "boolean", "default": False}}),
        ),
    ],
    initial_config={"forbids": {"property": "size", "limit": 5}},
)
