"""A range outside the network in a rule is a foreign host that may call, or be called, as soon as a way exists.

Inside are the ranges of the option, else the network of the stack file, else the private ranges of RFC 1918; inbound
also those that the stack file says come in by a private line.

Source: Amazon VPC User Guide, "Security group rules".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import stack_config
from networks import PRIVATE, lies_inside
from rule import Kind, Rule, Severity, Undecided, Violation, texts
from security_groups import ADDRESSES, INGRESS_RULE

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(resource: Resource, options: Options) -> Findings:
    """Yield a finding for each range of a rule that does not lie inside."""
    inside = stack_config.network_cidrs(options.texts("insideCidrs")) or PRIVATE
    for path in ADDRESSES[resource.type]:
        allowed = (*inside, *(stack_config.on_premises() if _lets_in(resource, path) else ()))
        for found in resource.each(path):
            if found.unknown:
                yield Undecided(found)
            elif found.given and not lies_inside(found.value, allowed):
                yield Violation(f"{found.where} lies outside {', '.join(allowed)}")


def _lets_in(rule: Resource, path: str) -> bool:
    return path.startswith("ingress") or rule.type == INGRESS_RULE or rule.read("type").value == "ingress"


RULE = Rule(
    id="vpc-security-group-cidr-is-inside",
    title="Address ranges in security group rules lie inside the network",
    kind=Kind.RESOURCE,
    types=tuple(ADDRESSES),
    paths=tuple(f"{kind.rsplit(':', 1)[-1]}:{path}" for kind, paths in ADDRESSES.items() for path in paths),
    severity=Severity.HIGH,
    remediation="Use the range of the VPC or of a listed peer.",
    url="https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    frameworks=("prowler ec2_securitygroup_allow_wide_open_public_ipv4",),
    options={"insideCidrs": texts()},
    mirrored_by=("runtime audit",),
    deferred=tuple(sorted({path for paths in ADDRESSES.values() for path in paths})),
    validate=validate,
)
