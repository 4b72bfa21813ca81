"""What was asked shows what was tried; without a record of names nobody sees a way out by DNS.

Source: Amazon Route 53 Developer Guide, "Resolver query logging".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from adoption import unserved
from origins import Origins
from rule import Kind, Level, Rule, Severity, Violation
from siblings import find

if TYPE_CHECKING:
    from resources import Stack
    from rule import Findings, Options

VPC = "aws:ec2/vpc:Vpc"
CONFIG = "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig"
ASSOCIATION = "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation"


def validate(stack: Stack, _options: Options) -> Findings:
    """Yield a finding for each network without a query log of this stack."""
    configs = Origins(stack, CONFIG)
    logged = find(stack, (VPC,), (ASSOCIATION,), "resourceId")
    for network in logged.parents:
        if not any(configs.of(one, "resolverQueryLogConfigId").resources for one in logged.of[network.urn]):
            yield Violation("no query log of this stack is associated with it", network.urn)
    associated = [one for one in stack.of_type(ASSOCIATION) if configs.of(one, "resolverQueryLogConfigId").resources]
    for vpc in unserved(associated, "resourceId"):
        yield Violation(f"no query log of this stack is associated with the adopted network {vpc}")


RULE = Rule(
    id="route53-query-log-is-on",
    title="DNS queries of each network are recorded",
    kind=Kind.STACK,
    types=(VPC, CONFIG, ASSOCIATION),
    paths=(
        "ResolverQueryLogConfigAssociation:resourceId",
        "ResolverQueryLogConfigAssociation:resolverQueryLogConfigId",
    ),
    severity=Severity.MEDIUM,
    level=Level.ADVISORY,
    remediation="Associate a query log configuration.",
    url="https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-query-logs.html",
    mirrored_by=("runtime audit",),
    validate=validate,
)
