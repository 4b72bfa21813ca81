"""The network's settings as the program uses them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from ipaddress import IPv4Network
from types import MappingProxyType
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, Strict, WithJsonSchema

from . import network_guides as guides
from . import values

Key = TypeVar("Key")
Value = TypeVar("Value")


def frozen(value: Mapping[Key, Value]) -> Mapping[Key, Value]:
    """Return a mapping that nobody can change."""
    return MappingProxyType(dict(value))


def _nothing() -> Mapping[Any, Any]:
    return MappingProxyType({})


def _adopted_cidr(data: dict[str, Any]) -> Any:  # noqa: ANN401  None without adopt, which comparing.py refuses
    return data["adopt"].cidr if data["adopt"] else None


def _adopted_zones(data: dict[str, Any]) -> tuple[str, ...]:
    return tuple(data["adopt"].subnets) if data["adopt"] else ()


def _subnet_prefix(data: dict[str, Any]) -> int:
    if data["cidr"] is None:  # refused by comparing.py
        return values.USUAL_SUBNET_PREFIX
    return values.planned_subnet_prefix(data["cidr"])


_TEXT = WithJsonSchema({"type": "string"})
Cidr = Annotated[IPv4Network, BeforeValidator(values.network), _TEXT, guides.CIDR]
OtherNetwork = Annotated[IPv4Network, BeforeValidator(values.other_network), _TEXT, guides.OTHER_NETWORK]
S3Range = Annotated[IPv4Network, BeforeValidator(values.s3_range), _TEXT, guides.S3_RANGE]
ZoneId = Annotated[str, guides.ZONE]
Zones = Annotated[tuple[ZoneId, ...], Field(min_length=2), guides.ZONES]
Subnets = Annotated[Mapping[ZoneId, Cidr], Field(min_length=1), AfterValidator(frozen), guides.SUBNETS]
SubnetPrefix = Annotated[
    int, Strict(), Field(ge=values.LARGEST_NETWORK, le=values.SMALLEST_NETWORK), guides.SUBNET_PREFIX
]
AdoptedSubnets = Annotated[
    Mapping[ZoneId, Annotated[str, guides.SUBNET_ID]],
    Field(min_length=2),
    AfterValidator(frozen),
    guides.ADOPTED_SUBNETS,
]
AdoptedGroups = Annotated[
    Mapping[str, Annotated[str, guides.SECURITY_GROUP_ID]], AfterValidator(frozen), guides.ADOPTED_GROUPS
]
AdoptedEndpoints = Annotated[
    Mapping[str, Annotated[str, guides.ENDPOINT_ID]], AfterValidator(frozen), guides.ADOPTED_ENDPOINTS
]
RouteTables = Annotated[tuple[Annotated[str, guides.ROUTE_TABLE_ID], ...], Field(min_length=1), guides.ROUTE_TABLES]


class DnsMode(StrEnum):
    """What becomes of a name that is not listed."""

    BLOCK = "block"
    ALERT = "alert"
    OFF = "off"


class Part(BaseModel):
    """A frozen part of the settings whose keys are written in kebab-case."""

    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=lambda name: name.replace("_", "-"))


class AdoptedSettings(Part):
    """A closed VPC that is there: what the platform stands on by id, and what it finds there already.

    `security_groups` by role (workload, endpoints), `endpoints` by service key; what is not named is made.
    """

    vpc: Annotated[str, guides.VPC_ID]
    cidr: Cidr
    subnets: AdoptedSubnets
    route_tables: RouteTables
    subnet_cidrs: Annotated[Mapping[ZoneId, Cidr], AfterValidator(frozen), guides.SUBNET_CIDRS] = Field(
        default_factory=_nothing
    )
    security_groups: AdoptedGroups = Field(default_factory=_nothing)
    endpoints: AdoptedEndpoints = Field(default_factory=_nothing)
    s3_prefix_list: Annotated[str, guides.S3_PREFIX_LIST] | None = None


class FlowLogSettings(Part):
    """Where the record of traffic goes: a log group kept for some days, or a bucket."""

    retention_days: Annotated[int, Strict(), AfterValidator(values.retention_days), guides.RETENTION_DAYS] = 365
    bucket: Annotated[str, guides.LOG_BUCKET] | None = None


class DnsFirewallSettings(Part):
    """Which names are answered beside those of AWS' services, and what becomes of the others."""

    mode: Annotated[DnsMode, guides.DNS_MODE] = DnsMode.BLOCK
    inside_domains: Annotated[tuple[Annotated[str, guides.INSIDE_DOMAIN], ...], guides.INSIDE_DOMAINS] = ()


class NetworkSettings(Part):
    """The VPC: its addresses, its zones by id, and a subnet in each; made, or adopted.

    `subnets` is empty unless the stack file gives them; then they are planned as /`subnet_prefix` parts of `cidr`.
    With `adopt`, `cidr` and `zones` are those of the adopted network.
    """

    adopt: Annotated[AdoptedSettings | None, guides.ADOPT] = None
    cidr: Cidr = Field(default_factory=_adopted_cidr)
    zones: Zones = Field(default_factory=_adopted_zones)
    subnets: Subnets = Field(default_factory=_nothing)
    subnet_prefix: SubnetPrefix = Field(default_factory=_subnet_prefix)
    flow_logs: Annotated[FlowLogSettings, guides.FLOW_LOGS] = FlowLogSettings()
    dns_firewall: Annotated[DnsFirewallSettings, guides.DNS_FIREWALL] = DnsFirewallSettings()
    on_premises: Annotated[tuple[OtherNetwork, ...], guides.ON_PREMISES] = ()
    s3_ranges: Annotated[tuple[S3Range, ...], Field(max_length=16), guides.S3_RANGES] = ()
