"""The firewall of names: what the VPC's resolver answers, and what it refuses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi_aws as aws

from components.base import PlatformComponent, platform_tags

if TYPE_CHECKING:
    import pulumi

    from components.naming import Naming

EVERY_NAME = "*"
# Rules are read from the lowest number; that of an association lies between 100 and 9000 (Route 53 Resolver API).
FIRST, LAST, ASSOCIATION = 100, 200, 101


@dataclass(frozen=True, kw_only=True)
class NameFirewallArgs:
    """Which names the resolver of a VPC answers; with `alert_only` the others are answered too, and recorded."""

    naming: Naming
    vpc_id: pulumi.Input[str]
    names: tuple[str, ...]
    alert_only: bool = False

    def __post_init__(self) -> None:
        if not self.names or EVERY_NAME in self.names:
            raise ValueError(
                f"names: {', '.join(self.names) or 'none'} given, one or more are allowed and none of them a bare "
                "star, because a firewall that answers every name or none is none; take what allowed_names returns"
            )


class NameFirewall(PlatformComponent):
    """The DNS firewall of a VPC: the names of AWS' services that have an endpoint are answered, and nothing else.

    Creates: the list of answered names and the list of every name, a rule group that allows the first and then blocks
    the second, its association with the VPC, and the choice to answer nothing while the firewall cannot decide.
    Guarantee: a name of the internet is asked for in vain, so names carry no data out; without `alert_only`.
    It records nothing: `NetworkLogs` keeps the record of queries, where refused names stand too.
    """

    def __init__(self, name: str, args: NameFirewallArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("closed-sagemaker:network:NameFirewall", name, {}, opts)
        self._stem = name
        self._args = args
        answered = self._create_domain_list("answered", args.names)
        every = self._create_domain_list("every", (EVERY_NAME,))
        self._group = self._create_group()
        rules = [self._create_allowing_rule(answered), self._create_closing_rule(every)]
        self._create_fail_closed()
        self._association = self._create_association(rules)
        self.publish()

    @property
    def rule_group_id(self) -> pulumi.Output[str]:
        """Return the id of the rule group."""
        return self._group.id

    def _tags(self, logical_name: str) -> dict[str, str]:
        return platform_tags(self._args.naming.label(logical_name))

    def _create_domain_list(self, role: str, names: tuple[str, ...]) -> aws.route53.ResolverFirewallDomainList:
        logical_name = f"{self._stem}-{role}-names"
        return aws.route53.ResolverFirewallDomainList(
            logical_name,
            name=self._args.naming.label(logical_name),
            domains=list(names),
            tags=self._tags(logical_name),
            opts=self.child_options(),
        )

    def _create_group(self) -> aws.route53.ResolverFirewallRuleGroup:
        logical_name = f"{self._stem}-group"
        return aws.route53.ResolverFirewallRuleGroup(
            logical_name,
            name=self._args.naming.label(logical_name),
            tags=self._tags(logical_name),
            opts=self.child_options(),
        )

    def _create_allowing_rule(self, names: aws.route53.ResolverFirewallDomainList) -> aws.route53.ResolverFirewallRule:
        logical_name = f"{self._stem}-allow"
        return aws.route53.ResolverFirewallRule(
            logical_name,
            name=self._args.naming.label(logical_name),
            firewall_rule_group_id=self._group.id,
            firewall_domain_list_id=names.id,
            priority=FIRST,
            action="ALLOW",
            # A name of AWS may lead on to other names of AWS, which nobody lists.
            firewall_domain_redirection_action="TRUST_REDIRECTION_DOMAIN",
            opts=self.child_options(),
        )

    def _create_closing_rule(self, names: aws.route53.ResolverFirewallDomainList) -> aws.route53.ResolverFirewallRule:
        logical_name = f"{self._stem}-close"
        return aws.route53.ResolverFirewallRule(
            logical_name,
            name=self._args.naming.label(logical_name),
            firewall_rule_group_id=self._group.id,
            firewall_domain_list_id=names.id,
            priority=LAST,
            action="ALERT" if self._args.alert_only else "BLOCK",
            block_response=None if self._args.alert_only else "NXDOMAIN",
            opts=self.child_options(),
        )

    def _create_fail_closed(self) -> aws.route53.ResolverFirewallConfig:
        return aws.route53.ResolverFirewallConfig(
            f"{self._stem}-fails-closed",
            resource_id=self._args.vpc_id,
            firewall_fail_open="DISABLED",
            opts=self.child_options(),
        )

    def _create_association(
        self, rules: list[aws.route53.ResolverFirewallRule]
    ) -> aws.route53.ResolverFirewallRuleGroupAssociation:
        logical_name = f"{self._stem}-association"
        # Not protected against removal: that would stop `pulumi destroy`, and IAM decides who may remove it.
        return aws.route53.ResolverFirewallRuleGroupAssociation(
            logical_name,
            name=self._args.naming.label(logical_name),
            firewall_rule_group_id=self._group.id,
            vpc_id=self._args.vpc_id,
            priority=ASSOCIATION,
            tags=self._tags(logical_name),
            opts=self.child_options(depends_on=rules),
        )
