"""A closed network that is there already: the same handles as of one that the platform makes, by ids."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from components.base import BoundReference, PlatformComponent, platform_tags

if TYPE_CHECKING:
    from collections.abc import Mapping

    from components.naming import Naming

WORKLOAD = "workload"


@dataclass(frozen=True, kw_only=True)
class AdoptedNetworkArgs:
    """The ids of what is there.

    `subnet_ids` maps zone ids to subnets, `route_table_ids` are those of these subnets, `security_group_ids` maps roles
    (workload, endpoints) to groups.
    """

    naming: Naming
    vpc_id: str
    subnet_ids: Mapping[str, str]
    route_table_ids: tuple[str, ...]
    security_group_ids: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if len(self.subnet_ids) < 2 or not self.route_table_ids:
            raise ValueError(
                f"subnet_ids: {len(self.subnet_ids)}, route_table_ids: {len(self.route_table_ids)} given; two or more "
                "subnets in different zones and their route tables are needed, because hosting needs two zones and S3 "
                "is reached through route tables; take what settings read from network.adopt"
            )


class AdoptedNetwork(PlatformComponent):
    """A closed VPC that another stack or team owns.

    Creates: the shared `workload` security group, unless one is adopted too. No VPC, subnet, route table or ACL.
    Guarantee: what the platform makes stands in the given VPC and subnets and nowhere else.
    It does not change what it adopts, so what no id shows (routes, ACLs, rules) is left to verify: see `to_verify`.
    """

    def __init__(self, name: str, args: AdoptedNetworkArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("closed-sagemaker:network:AdoptedNetwork", name, {}, opts)
        self._stem = name
        self._args = args
        self._workload = self._bind_workload_group()
        self.publish(
            BoundReference.adopted("vpc", args.vpc_id),
            self._workload,
            *(BoundReference.adopted(f"subnet/{zone}", subnet) for zone, subnet in args.subnet_ids.items()),
        )

    @property
    def vpc_id(self) -> pulumi.Output[str]:
        """Return the id of the VPC."""
        return pulumi.Output.from_input(self._args.vpc_id)

    @property
    def route_table_ids(self) -> list[pulumi.Output[str]]:
        """Return the ids of the route tables of the subnets."""
        return [pulumi.Output.from_input(each) for each in self._args.route_table_ids]

    @property
    def subnet_ids(self) -> Mapping[str, pulumi.Output[str]]:
        """Return the ids of the subnets by zone id."""
        return {zone: pulumi.Output.from_input(subnet) for zone, subnet in self._args.subnet_ids.items()}

    @property
    def workload_security_group_id(self) -> pulumi.Output[str]:
        """Return the id of the group that all notebooks, jobs and models carry."""
        if self._workload.id is None:
            raise ValueError("the workload group is bound to nothing yet")
        return self._workload.id

    def _bind_workload_group(self) -> BoundReference:
        reference = f"security-group/{WORKLOAD}"
        adopted = self._args.security_group_ids.get(WORKLOAD)
        if adopted:
            return BoundReference.adopted(reference, adopted)
        logical_name = f"{self._stem}-workload-group"
        group = aws.ec2.SecurityGroup(
            logical_name,
            vpc_id=self._args.vpc_id,
            description="Shared by all notebooks, jobs and models: admits nobody, reaches the VPC endpoints",
            tags=platform_tags(self._args.naming.label(logical_name)),
            opts=self.child_options(),
        )
        return BoundReference.to(reference, group)
