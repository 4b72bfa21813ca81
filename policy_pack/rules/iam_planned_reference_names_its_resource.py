"""A reference that stands for another resource than it names turns a proof about one thing into a grant on another.

Which resource a reference names is decided in a first preview: by type and logical name, and by what the resource is
(service of an endpoint, zone of a subnet, owner of a security group). Ids are compared as soon as they exist, which in
an update is after everything was made: `iam-policy-matches-its-plan` stands before it and compares the documents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
import places
import plan_matching
import plans
import stack_config
from reading import UNKNOWN, Reading, State
from rule import Kind, Rule, Severity, Undecided, Violation
from tags import KEY, PLATFORM, own_tags

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from documents import Held
    from resources import Resource, Stack
    from rule import Findings, Options

VPC = "aws:ec2/vpc:Vpc"
SUBNET = "aws:ec2/subnet:Subnet"
GROUP = "aws:ec2/securityGroup:SecurityGroup"
ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
ENCRYPTION_KEY = "aws:kms/key:Key"
TYPES = {"vpc": VPC, "subnet": SUBNET, "security-group": GROUP, "endpoint": ENDPOINT, "key": ENCRYPTION_KEY}
GROUP_TAG = "security-group"
OWN_KEY_TAG, OWN_KEY = "data-key", "key/tenant"
"""The tag that holds the id of a tenant's own key, and what references to such keys begin with."""
BESIDE = "-interface"
"""The end of the name of an interface endpoint that stands beside the gateway to the same service."""


def validate(stack: Stack, _options: Options) -> Findings:
    """Yield a finding for each reference that names nothing or something else, and for each id that is another's."""
    resources: dict[str, Resource] = {f"{one.type}|{one.name}": one for one in stack.resources}
    yield from _ambiguous()
    for plan in plans.everywhere():
        for name, target in sorted(plan.references.items()):
            yield from _target(name, resources.get(str(target)), str(target), plan.urn)
    for resource in stack.resources:
        ids = {name: _id(resources.get(target)) for name, target in plans.references(resource).items()}
        for held in documents.held(resource):
            if held.planned is not None and not resource.left_out(held.reading.path):
                yield from _document(held, ids, resource.urn)
        yield from _tags(resource, ids)


def _ambiguous() -> Findings:
    """Yield a finding where a name stands for two resources, or a resource for two names."""
    pairs = sorted(
        {(name, str(target), plan.urn) for plan in plans.everywhere() for name, target in plan.references.items()}
    )
    targets: dict[str, str] = {}
    names: dict[str, str] = {}
    for name, target, urn in pairs:
        if targets.setdefault(name, target) != target:
            yield Violation(f"{{{{{name}}}}} stands for {targets[name]} elsewhere and for {target} here", urn)
        elif names.setdefault(target, name) != name:
            yield Violation(f"{{{{{name}}}}} and {{{{{names[target]}}}}} stand for the same {target}", urn)


def _target(name: str, target: Resource | None, written: str, urn: str) -> Findings:
    kind, _, rest = name.partition("/")
    if target is None:
        yield Violation(f"{{{{{name}}}}} stands for {written}, which the stack does not hold", urn)
    elif TYPES.get(kind, target.type) != target.type:
        yield Violation(f"{{{{{name}}}}} stands for {written}, which is no {TYPES[kind]}", urn)
    elif target.type == ENDPOINT:
        service = rest.removesuffix(BESIDE)
        yield from _says(name, target.read("serviceName"), lambda value: value.endswith(f".{service}"), urn)
        if service != rest:
            yield from _says(name, target.read("vpcEndpointType"), lambda value: value == "Interface", urn)
    elif target.type == SUBNET:
        yield from _says(name, target.read("availabilityZoneId"), lambda value: value == rest, urn)
    elif target.type == GROUP:
        yield from _says(name, own_tags(target).value(KEY), lambda owner: _owns(owner, rest), urn)
    elif target.type == ENCRYPTION_KEY:
        owned = rest.removeprefix("tenant/") if rest.startswith("tenant/") else PLATFORM
        yield from _says(name, own_tags(target).value(KEY), lambda owner: owner == owned, urn)


def _owns(owner: str, name: str) -> bool:
    """Return whether a group of an owner may be called so: a tenant's by the tenant, a shared one by no tenant."""
    return name not in stack_config.tenants() if owner == PLATFORM else owner == name


def _says(name: str, found: Reading, fits: Callable[[str], bool], urn: str) -> Findings:
    if found.unknown:
        yield Undecided(found, urn)
    elif not (isinstance(found.value, str) and fits(found.value)):
        yield Violation(f"{{{{{name}}}}} stands for a resource whose {found.where} says otherwise", urn)


def _id(target: Resource | None) -> str | None:
    """Return the id of a resource; None while it is not known."""
    found = target.read("id").value if target is not None else None
    return found if isinstance(found, str) else None


def _document(held: Held, ids: Mapping[str, str | None], urn: str) -> Findings:
    planned = held.planned.raw if held.planned is not None else {}
    used = plans.names_in(dict(planned))
    known = {name: found for name, found in ids.items() if found is not None and name in used}
    if held.rendered is None or (used and len(known) < len(used)):
        if used:
            yield Undecided(held.reading, urn)
        return
    if plan_matching.compare(plan_matching.substitute(dict(planned), known), held.rendered.raw) is not None:
        return
    match = plan_matching.compare(planned, held.rendered.raw)
    if match is None:
        yield Violation(f"{held.where} says something else than its plan", urn)
        return
    wrong = [f"{{{{{name}}}}}" for name in sorted(used) if known[name] not in match.domains[name]]
    listed = ", ".join(wrong) or "some of its references"
    yield Violation(f"{held.where}: {listed} stands for the id of another resource than it names", urn)


def _tags(resource: Resource, ids: Mapping[str, str | None]) -> Findings:
    """Yield a finding for each planned tag with another's id, and for a role that carries another tenant's group."""
    tags, owner = resource.read("tags"), own_tags(resource).value(KEY)
    planned_tags = plans.planned_tags(resource)
    if isinstance(tags.value, dict) and OWN_KEY_TAG in tags.value and OWN_KEY_TAG not in planned_tags:
        yield Violation(f"tags.{OWN_KEY_TAG} is not planned, so nobody can tell whose key it names", resource.urn)
    for key, planned in planned_tags.items():
        own = {GROUP_TAG: (GROUP_TAG, "group"), OWN_KEY_TAG: (OWN_KEY, "key")}.get(key)
        if own and owner.present and planned != f"{{{{{own[0]}/{owner.value}}}}}":
            yield Violation(
                f"tags.{key} is planned as {planned}, which is not the {own[1]} of the role's own tenant", resource.urn
            )
        value = tags.value.get(key) if isinstance(tags.value, dict) else UNKNOWN
        known = {name: found for name, found in ids.items() if found is not None}
        wanted = plan_matching.substitute(planned, known)
        if value is UNKNOWN or plans.names_in(wanted):
            yield Undecided(Reading("tags", f"tags.{key}", State.UNKNOWN), resource.urn)
        elif value != wanted:
            yield Violation(f"tags.{key} holds the id of another resource than {planned} names", resource.urn)


RULE = Rule(
    id="iam-planned-reference-names-its-resource",
    title="A reference in a planned document stands for the resource it names",
    kind=Kind.STACK,
    types=(*places.types_of(*places.ALL), VPC, SUBNET, GROUP, ENCRYPTION_KEY, "aws:iam/user:User"),
    paths=(
        *places.paths_of(*places.ALL),
        "Role:tags",
        "VpcEndpoint:serviceName",
        "VpcEndpoint:vpcEndpointType",
        "Subnet:availabilityZoneId",
        "SecurityGroup:tags",
        "Key:tags",
        "User:tags",
    ),
    severity=Severity.HIGH,
    remediation="Bind the reference to the output of the resource that it names.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html",
    deferred=(
        *sorted({path.rsplit(":", 1)[-1] for path in places.paths_of(*places.ALL)}),
        "tags",
        "serviceName",
        "availabilityZoneId",
    ),
    validate=validate,
)
