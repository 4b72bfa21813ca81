"""Session Manager is called by the machine and never calls it, so whatever is open to calls is open to others.

Source: AWS Systems Manager User Guide, "AWS Systems Manager Session Manager", benefits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hosts import MACHINES
from machines import INSTANCE, TEMPLATE
from origins import Origins, as_registered
from rule import Kind, Rule, Severity, Undecided, Violation, texts
from security_groups import GROUP, RULES, ingress_of
from siblings import find

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resources import Resource, Stack
    from rule import Findings, Options


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each inbound rule of a group that machines carry."""
    carried = {group.urn: group for group in _carried(stack, options.texts("exemptInstances"))}
    beside = find(stack, (GROUP,), RULES, "securityGroupId")
    for urn, group in carried.items():
        if as_registered(group).read("ingress").given:
            yield Violation("ingress opens machines to calls", urn)
        for rule in beside.of[urn]:
            if ingress_of(rule) is not None:
                yield Violation(f"it opens {group.name}, which machines carry, to calls", rule.urn)
    for rule in beside.unattributed if carried else ():
        if ingress_of(rule) is not None:
            yield Undecided(rule.read("securityGroupId"), rule.urn)


def _carried(stack: Stack, exempt: tuple[str, ...]) -> Iterator[Resource]:
    groups = Origins(stack, GROUP)
    for kind in (INSTANCE, TEMPLATE):
        for machine in stack.of_type(kind):
            if machine.name not in exempt:
                for path in MACHINES[kind][1]:
                    yield from groups.of(machine, path).resources


RULE = Rule(
    id="ec2-bastion-has-no-inbound-rule",
    title="No port of an instance is open to connections",
    kind=Kind.STACK,
    types=(INSTANCE, TEMPLATE, GROUP, *RULES),
    paths=(
        *(f"{kind.rsplit(':', 1)[-1]}:{path}" for kind in (INSTANCE, TEMPLATE) for path in MACHINES[kind][1]),
        "SecurityGroup:ingress",
        "SecurityGroupRule:type",
        *(f"{kind.rsplit(':', 1)[-1]}:securityGroupId" for kind in RULES),
    ),
    severity=Severity.HIGH,
    remediation="Remove inbound rules; Session Manager needs none.",
    url="https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager.html",
    options={"exemptInstances": texts()},
    mirrored_by=("runtime audit",),
    validate=validate,
)
