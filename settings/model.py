"""Settings as the program uses them: frozen, typed, nothing in them that the platform does not know."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from ipaddress import IPv4Network
from types import MappingProxyType
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, Strict, WithJsonSchema

from . import guides, values
from .regions import partition_of

Key = TypeVar("Key")
Value = TypeVar("Value")


class Environment(StrEnum):
    """What the stack is for."""

    DEV = "dev"
    TEST = "test"
    PROD = "prod"


class Feature(StrEnum):
    """What tenants may do; endpoints and grants follow from it."""

    NOTEBOOKS = "notebooks"
    TRAINING = "training"
    INFERENCE = "inference"


def _frozen(value: Mapping[Key, Value]) -> Mapping[Key, Value]:
    return MappingProxyType(dict(value))


def _subnet_prefix(data: dict[str, Any]) -> int:
    return values.planned_subnet_prefix(data["cidr"], len(data["zones"]))


AccountId = Annotated[str, BeforeValidator(values.account_id), guides.ACCOUNT_ID]
Cidr = Annotated[IPv4Network, BeforeValidator(values.network), WithJsonSchema({"type": "string"}), guides.CIDR]
ZoneId = Annotated[str, guides.ZONE]
TenantName = Annotated[str, guides.TENANT_NAME]
NamePrefix = Annotated[str, BeforeValidator(values.name_prefix), guides.NAME_PREFIX]
Suffix = Annotated[str, BeforeValidator(values.suffix), guides.SUFFIX]
InstanceType = Annotated[str, BeforeValidator(values.instance_type), guides.INSTANCE_TYPE]
Deployers = Annotated[tuple[Annotated[str, guides.DEPLOYER_ARN], ...], Field(min_length=1), guides.DEPLOYER]
Zones = Annotated[tuple[ZoneId, ...], Field(min_length=2), guides.ZONES]
Subnets = Annotated[Mapping[ZoneId, Cidr], Field(min_length=1), AfterValidator(_frozen), guides.SUBNETS]
SubnetPrefix = Annotated[
    int, Strict(), Field(ge=values.LARGEST_NETWORK, le=values.SMALLEST_NETWORK), guides.SUBNET_PREFIX
]
Features = Annotated[frozenset[Annotated[Feature, guides.FEATURE]], guides.FEATURES]
Retired = Annotated[tuple[TenantName, ...], guides.RETIRED]


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=lambda name: name.replace("_", "-"))


class NetworkSettings(_Settings):
    """The VPC: its addresses, its zones by id, and a subnet in each.

    `subnets` is empty unless the stack file gives them; then they are planned as /`subnet_prefix` parts of `cidr`.
    """

    cidr: Cidr
    zones: Zones
    subnets: Subnets = Field(default_factory=lambda: MappingProxyType({}))
    subnet_prefix: SubnetPrefix = Field(default_factory=_subnet_prefix)


class TenantSettings(_Settings):
    """What a tenant may choose; the volume is in gigabytes."""

    instance_type: InstanceType = "ml.t3.medium"
    volume_size_gb: Annotated[int, Strict(), Field(ge=5, le=16384), guides.VOLUME_SIZE] = 5


class DataSettings(_Settings):
    """The data buckets."""

    suffix: Suffix


class IsolationSettings(_Settings):
    """Which work runs in containers without a network; models always do."""

    training: Annotated[bool, Strict(), guides.ISOLATED] = True
    processing: Annotated[bool, Strict(), guides.ISOLATED] = True

    @property
    def off(self) -> tuple[str, ...]:
        """The kinds of work that may have a network."""
        return tuple(kind for kind in ("training", "processing") if not getattr(self, kind))


class QuotaSettings(_Settings):
    """Limits of the account, checked before anything is built."""

    iam_roles: Annotated[int, Strict(), Field(ge=1), guides.IAM_ROLES] = 1000


class Settings(_Settings):
    """All settings of a stack. `parse` and `load` make them: only these also compare one setting with another."""

    account_id: AccountId
    region: Annotated[str, Field(alias="aws:region"), guides.REGION]
    environment: Annotated[Environment, guides.ENVIRONMENT]
    name_prefix: NamePrefix
    deployer: Deployers
    network: Annotated[NetworkSettings, guides.NETWORK]
    features: Features = Field(default_factory=lambda: frozenset(Feature))
    tenants: Annotated[
        Mapping[TenantName, Annotated[TenantSettings, guides.TENANT]], AfterValidator(_frozen), guides.TENANTS
    ]
    retired: Retired = ()
    data: Annotated[DataSettings, guides.DATA]
    isolation: Annotated[IsolationSettings, guides.ISOLATION] = IsolationSettings()
    quotas: Annotated[QuotaSettings, guides.QUOTAS] = QuotaSettings()

    @property
    def partition(self) -> str:
        """The partition of the Region, such as ``aws-cn``."""
        found = partition_of(self.region)
        if found is None:
            raise ValueError(f"{self.region} is no Region")
        return found
