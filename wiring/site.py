"""What every part of one stack shares: its settings, names and services, and the one provider."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from components.documents.federation import Federation
from components.documents.scope import Limits, Scope
from components.endpoint_services import EC2_MESSAGES, S3_INTERFACE, endpoint_zones, services_for
from components.naming import Naming
from settings import STAGES, Environment, Feature

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from components.break_glass import BreakGlass
    from components.endpoint_services import EndpointService
    from settings import Settings


@dataclass(frozen=True, kw_only=True)
class Site:
    """A stack that is about to be built.

    `protect` says that a later run must not delete what holds data; `options` hand the one provider to components,
    and components hand it to their children.
    """

    settings: Settings
    naming: Naming
    services: tuple[EndpointService, ...]
    scope: Scope
    protect: bool
    provider: aws.Provider
    options: pulumi.ResourceOptions
    emergency: BreakGlass | None = None

    @property
    def endpoint_zones(self) -> Mapping[str, tuple[str, ...]]:
        """The zones in which each interface endpoint stands, by the key of its service."""
        chosen = self.settings.endpoints
        zones = self.settings.network.zones
        return endpoint_zones(self.services, zones, one=chosen.zones == "one", offered=chosen.service_zones)

    @property
    def named(self) -> tuple[pulumi.Resource, ...]:
        """What policies of several parts name, so that it exists first: the emergency role, where there is one."""
        return (self.emergency,) if self.emergency else ()


def open_site(settings: Settings) -> Site:
    """Return the site of the settings, with the provider registered: pinned to account and Region."""
    naming = Naming(
        partition=settings.partition,
        region=settings.region,
        account_id=settings.account_id,
        prefix=settings.name_prefix,
        suffix=settings.data.suffix,
        bucket_names=settings.data.buckets.names,
    )
    services = services_for(settings.features, *_further_services(settings))
    keys = tuple(service.key for service in services)
    tags = {"environment": settings.environment.value, "project": pulumi.get_project(), "managed-by": "pulumi"}
    account = [settings.account_id]
    provider = aws.Provider("aws", region=settings.region, allowed_account_ids=account, default_tags={"tags": tags})
    return Site(
        settings=settings,
        naming=naming,
        services=services,
        scope=Scope(
            naming=naming,
            zone_ids=settings.network.zones,
            endpoints=keys,
            deployer=settings.deployer,
            ingestion=settings.data.ingestion,
            auditors=settings.audit.readers,
            isolation_off=settings.isolation.off,
            features=tuple(sorted(settings.features)),
            own_keys=settings.data.keys.data == "per-tenant",
            limits=_limits(settings),
            federation=_federation(settings),
            invokers=bool(settings.invokers),
            approval=STAGES[settings.environment].approval,
        ),
        protect=settings.environment is not Environment.DEV,
        provider=provider,
        options=pulumi.ResourceOptions(providers=[provider]),
    )


def _further_services(settings: Settings) -> Iterator[EndpointService]:
    """Yield the services that a choice adds to those of the features."""
    if settings.endpoints.s3_interface:
        yield S3_INTERFACE
    if Feature.BASTION in settings.features and settings.bastion.legacy_agent:
        yield EC2_MESSAGES


def _federation(settings: Settings) -> Federation | None:
    """Return the provider that signs people in, where the stack names one."""
    given = settings.federation
    return Federation(provider=given.provider, audience=given.audience) if given else None


def _limits(settings: Settings) -> Limits:
    """Return the limits of all work: those of the stage, where the stack file says nothing else."""
    stage = STAGES[settings.environment]
    hours = settings.limits.max_runtime_hours or stage.max_runtime_hours
    return Limits(instance_types=settings.limits.instance_types or stage.instance_types, longest_run=hours * 3600)
