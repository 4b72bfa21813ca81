"""Where the stack file says that names are blocked, a firewall that only reports is not what somebody signed.

Without a mode the stack file means block. With alert or off, and where the stack file says nothing of a network,
route53-dns-firewall-is-attached remarks on what is open.

Source: Amazon Route 53 Developer Guide, "Rule actions in DNS Firewall".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import stack_config
from rule import Kind, Rule, Severity

from rules import route53_dns_firewall_is_attached as attached

if TYPE_CHECKING:
    from resources import Stack
    from rule import Findings, Options


def validate(stack: Stack, options: Options) -> Findings:
    """Yield what keeps names from being blocked, where they are declared to be."""
    if stack_config.blocks_names():
        yield from attached.validate(stack, options)


RULE = Rule(
    id="route53-dns-firewall-blocks-where-declared",
    title="Names are blocked where the stack file says so",
    kind=Kind.STACK,
    types=attached.RULE.types,
    paths=attached.RULE.paths,
    severity=Severity.HIGH,
    remediation="Associate a rule group whose last rule blocks every name, or declare the mode that you mean.",
    url="https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall-rule-actions.html",
    mirrored_by=("runtime audit",),
    validate=validate,
)
