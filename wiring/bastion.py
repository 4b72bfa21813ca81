"""The way in for people who are not on the network, where the feature is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi

from components.bastion import Bastion, BastionArgs
from components.bastion_role import BastionRole, BastionRoleArgs
from settings import Feature

if TYPE_CHECKING:
    from wiring.network import Network
    from wiring.site import Site


def raise_bastion(site: Site, network: Network) -> Bastion | None:
    """Make the bastion and the role it works as; None where the feature is off."""
    if Feature.BASTION not in site.settings.features:
        return None
    chosen = site.settings.bastion
    role = BastionRole(
        "bastion-role",
        BastionRoleArgs(scope=site.scope, references=network.references, legacy_agent=chosen.legacy_agent),
        site.options,
    )
    bastion = Bastion(
        "bastion",
        BastionArgs(
            naming=site.naming,
            instance_type=chosen.instance_type,
            tenants=tuple(site.settings.tenants),
            vpc_id=network.closed.vpc_id,
            # Always the first zone: an instance cannot move, and a zone added later must not replace it.
            subnet_id=network.closed.subnet_ids[site.settings.network.zones[0]],
            endpoints_group_id=network.endpoints.endpoints_security_group_id,
            s3_prefix_list_id=network.endpoints.s3_prefix_list_id,
            profile_name=role.profile_name,
            ready=[role, network.endpoints],
        ),
        site.options,
    )
    pulumi.export("bastion-id", bastion.instance_id)
    return bastion
