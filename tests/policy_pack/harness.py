"""Runs a case through a rule's function and through the real pack server, and says what came out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import deferrals
import pulumi_policy
import runner
from pulumi_policy.deserialize import deserialize_properties
from pulumi_policy.proxy import unknown_checking_proxy
from rule import Kind

from preview import urn
from preview.pack_messages import PackOptions, PackResource
from preview.values import UNKNOWN, flat, to_struct
from preview.wire import json_format

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rule import Rule

    from preview.analyzer import Analyzer

__all__ = [
    "ABSENT",
    "UNKNOWN",
    "Case",
    "PackOptions",
    "PackResource",
    "absent",
    "component",
    "fails",
    "passes",
    "unknown",
]

PROJECT, STACK = "closed-sagemaker", "dev"
CONFIG = {
    "aws:region": "ap-northeast-1",
    f"{PROJECT}:account-id": "111122223333",
    f"{PROJECT}:environment": "dev",
    f"{PROJECT}:name-prefix": "ml-dev",
    f"{PROJECT}:deployer": '["arn:aws:iam::111122223333:role/ci-deploy"]',
    f"{PROJECT}:tenants": '{"alice": {}, "bob": {}, "carol": {}}',
    f"{PROJECT}:partners": """{
        "vision": {"role": "arn:aws:iam::444455556666:role/reader"},
        "near": {"role": "arn:aws:iam::444455556666:role/near", "until": "2027-03-31", "networks": ["vpce-0a7ab00001"]}
    }""",
    f"{PROJECT}:network": '{"cidr": "10.0.0.0/16", "zones": ["apne1-az1", "apne1-az4"]}',
    f"{PROJECT}:data": '{"suffix": "7f3a", "buckets": {"shared": {"object-lock": {"days": 30}}}}',
    f"{PROJECT}:features": '["notebooks", "training", "inference"]',
}
REMEMBERS = "pulumi-provider-is-explicit"
"""A resource rule that always runs, since the pack remembers resources as resource rules are asked about them."""

ROOT = PackResource(type=urn.ROOT_TYPE, name=f"{PROJECT}-{STACK}", urn=urn.root(STACK, PROJECT))


class Sort(Enum):
    """Which of the four questions a case asks; every rule answers each at least once."""

    FAILS = "fails"
    PASSES = "passes"
    ABSENT = "absent"
    UNKNOWN = "unknown"


class _Absent(Enum):
    VALUE = "absent"


ABSENT = _Absent.VALUE


@dataclass(frozen=True, kw_only=True)
class Case:
    """Resources, and what the rule says of them: a part of its message, or None where it says nothing.

    `deferred` lists properties that the rule leaves to the update; `on` is the name of the resource that the finding
    belongs to, the last one unless said.
    """

    sort: Sort
    sentence: str
    says: str | None
    resources: tuple[PackResource, ...]
    options: Mapping[str, Any] = field(default_factory=dict)
    deferred: tuple[str, ...] = ()
    on: str | None = None
    update: bool = False


def passes(sentence: str, *resources: PackResource, **more: Any) -> Case:
    """The rule says nothing."""
    return Case(sort=Sort.PASSES, sentence=sentence, says=None, resources=resources, **more)


def fails(sentence: str, says: str, *resources: PackResource, **more: Any) -> Case:
    """The rule finds something wrong."""
    return Case(sort=Sort.FAILS, sentence=sentence, says=says, resources=resources, **more)


def absent(sentence: str, says: str | None, *resources: PackResource, **more: Any) -> Case:
    """The property is left out: AWS's default decides."""
    return Case(sort=Sort.ABSENT, sentence=sentence, says=says, resources=resources, **more)


def unknown(sentence: str, says: str | None, *resources: PackResource, **more: Any) -> Case:
    """The property is not known yet."""
    return Case(sort=Sort.UNKNOWN, sentence=sentence, says=says, resources=resources, **more)


def given(token: str, name: str, baseline: Mapping[str, Any], changes: Mapping[str, Any]) -> PackResource:
    """Return a resource that differs from its baseline in exactly the given properties; ABSENT leaves one out."""
    properties = {**baseline, **changes}
    return PackResource(
        type=token, name=name, properties={key: value for key, value in properties.items() if value is not ABSENT}
    )


def component(token: str, logical: str, /, **inputs: Any) -> PackResource:
    """Return a component below the root stack."""
    return given(token, logical, {}, inputs)


def placed(resource: PackResource) -> PackResource:
    """Return the resource with its URN and, where it has none, the root stack as its parent."""
    parent = resource.parent or ROOT.urn
    place = resource.urn or urn.make(STACK, PROJECT, parent, resource.type, resource.name)
    return replace(resource, parent=parent, urn=place)


def urn_of(resource: PackResource) -> str:
    """Return the URN that a resource gets in a case."""
    return placed(resource).urn


def below(parent: PackResource, child: PackResource) -> PackResource:
    """Return the child of a component."""
    return replace(child, parent=urn_of(parent))


def taken(resource: PackResource, **properties: PackResource | tuple[PackResource, ...]) -> PackResource:
    """Return the resource with properties that were taken from outputs of other resources."""
    sources = {key: of if isinstance(of, tuple) else (of,) for key, of in properties.items()}
    urns = {key: tuple(urn_of(source) for source in of) for key, of in sources.items()}
    every = dict.fromkeys([*resource.dependencies, *(one for listed in urns.values() for one in listed)])
    return replace(
        resource, dependencies=tuple(every), property_dependencies={**resource.property_dependencies, **urns}
    )


def waiting(resource: PackResource, *others: PackResource) -> PackResource:
    """Return the resource with others in its `depends_on`."""
    return replace(resource, dependencies=(*resource.dependencies, *(urn_of(other) for other in others)))


def ignoring(resource: PackResource, *paths: str) -> PackResource:
    """Return the resource with paths in its `ignore_changes`."""
    return replace(resource, options=PackOptions(ignore_changes=paths))


_CONFIGURED: WeakKeyDictionary[Analyzer, dict[str, Any]] = WeakKeyDictionary()
"""What each server was last configured with; most cases of a rule share it."""

Said = list[tuple[str, str]]


def by_function(rule: Rule, case: Case) -> tuple[Said, list[tuple[str, str, tuple[str, ...]]]]:
    """Return (URN, message) of each finding and the deferrals, judged in this process."""
    said: Said = []

    def report(message: str, about: str | None = None) -> None:
        said.append((about or "", message))

    deferrals.forget()
    config = dict(case.options)
    resources = [placed(resource) for resource in case.resources]
    for resource in [ROOT, *resources]:
        if rule.kind is Kind.RESOURCE:
            runner.judge_resource(rule, resource_args(resource, config), report)
        else:
            runner.observe(resource_args(resource, config))
    if rule.kind is Kind.STACK:
        runner.judge_stack(rule, stack_args([ROOT, *resources], config), report)
    return said, deferrals.recorded()


def by_server(server: Analyzer, rule: Rule, case: Case) -> tuple[Said, list[tuple[str, str]]]:
    """Return (URN, message) of each finding and of each line of `deferred`, judged by the pack's own process."""
    own = {"enforcementLevel": "mandatory", **case.options}
    wanted = {"all": "disabled", REMEMBERS: "advisory", "deferred": "advisory", rule.id: own}
    if _CONFIGURED.get(server) != wanted:
        server.configure(wanted)
        _CONFIGURED[server] = wanted
    resources = [placed(resource) for resource in case.resources]
    found = [one for resource in [ROOT, *resources] for one in server.analyze(resource)]
    found += server.analyze_stack([ROOT, *resources])
    prefix = f"{rule.title}\n"
    said = [(one.urn, one.message.removeprefix(prefix)) for one in found if one.policy == rule.id]
    notes = [(one.urn, one.message.split("\n", 1)[-1]) for one in found if one.policy == "deferred"]
    return said, notes


def _props(properties: Mapping[str, Any]) -> dict[str, Any]:
    struct = to_struct(flat(dict(properties)), skip_internal=True)
    return unknown_checking_proxy(deserialize_properties(json_format.MessageToDict(struct)))


def _options(resource: PackResource) -> pulumi_policy.PolicyResourceOptions:
    timeouts = pulumi_policy.PolicyCustomTimeouts(0, 0, 0)
    ignored = list(resource.options.ignore_changes)
    return pulumi_policy.PolicyResourceOptions(
        resource.options.protect, ignored, None, [], timeouts, [], resource.parent or None
    )


def resource_args(resource: PackResource, config: dict[str, Any]) -> pulumi_policy.ResourceValidationArgs:
    """Return what a resource rule is asked with."""
    return pulumi_policy.ResourceValidationArgs(
        resource.type, _props(resource.properties), resource.urn, resource.name, _options(resource), None, config
    )


def stack_args(resources: list[PackResource], config: dict[str, Any]) -> pulumi_policy.StackValidationArgs:
    """Return what a stack rule is asked with."""
    made = {
        one.urn: pulumi_policy.PolicyResource(
            one.type, _props(one.properties), one.urn, one.name, _options(one), None, None, [], {}
        )
        for one in resources
    }
    for one in resources:
        policy_resource = made[one.urn]
        policy_resource.parent = made.get(one.parent)
        policy_resource.dependencies.extend(made[urn] for urn in one.dependencies if urn in made)
        for name, urns in one.property_dependencies.items():
            if urns:
                policy_resource.property_dependencies[name] = [made[urn] for urn in urns if urn in made]
    return pulumi_policy.StackValidationArgs(list(made.values()), config)
