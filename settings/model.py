"""Settings as the program uses them: frozen, typed, nothing in them that the platform does not know."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, Strict

from . import (
    audit_guides,
    endpoint_guides,
    guides,
    invoker_guides,
    network_guides,
    partner_guides,
    people_guides,
    price_guides,
    store_guides,
    values,
)
from .audit import AuditSettings, BudgetSettings
from .bastion import BastionSettings
from .endpoint_model import EndpointSettings
from .features import DEFAULT
from .federation import FederationSettings
from .invokers import InvokerName, InvokerSettings
from .network_model import NetworkSettings, Part, frozen
from .partners import PartnerSettings, ServiceReaderSettings
from .people import LimitsSettings, PersonName, PersonSettings, SignInSettings, nobody
from .prices import PriceSettings
from .regions import partition_of
from .stores import BucketsSettings, KeysSettings


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
    BASTION = "bastion"
    STUDIO = "studio"
    EC2_API = "ec2-api"
    GIT = "git"
    CONTAINERS = "containers"
    BATCH = "batch"
    SQL = "sql"
    KMS_API = "kms-api"
    SECRETS = "secrets"
    METRICS = "metrics"
    MONITORING = "monitoring"
    MLFLOW = "mlflow"
    FEATURE_STORE = "feature-store"
    ONTAP = "ontap"
    EFS = "efs"
    PACKAGES = "packages"
    IAM_API = "iam-api"
    JUMPSTART = "jumpstart"


AccountId = Annotated[str, BeforeValidator(values.account_id), guides.ACCOUNT_ID]
TenantName = Annotated[str, guides.TENANT_NAME]
NamePrefix = Annotated[str, BeforeValidator(values.name_prefix), guides.NAME_PREFIX]
Suffix = Annotated[str, BeforeValidator(values.suffix), guides.SUFFIX]
InstanceType = Annotated[str, BeforeValidator(values.instance_type), guides.INSTANCE_TYPE]
Deployers = Annotated[tuple[Annotated[str, guides.DEPLOYER_ARN], ...], Field(min_length=1), guides.DEPLOYER]
Features = Annotated[frozenset[Annotated[Feature, guides.FEATURE]], guides.FEATURES]
PartnerName = Annotated[str, partner_guides.NAME]
Retired = Annotated[tuple[TenantName, ...], guides.RETIRED]


class TenantSettings(Part):
    """What a tenant may choose; the volume is in gigabytes."""

    instance_type: InstanceType = "ml.t3.medium"
    volume_size_gb: Annotated[int, Strict(), Field(ge=5, le=16384), guides.VOLUME_SIZE] = 5
    data_administrator: Annotated[bool, Strict(), store_guides.DATA_ADMINISTRATOR] = False


class DataSettings(Part):
    """The buckets and keys, and who brings raw data in."""

    suffix: Suffix
    buckets: Annotated[BucketsSettings, store_guides.BUCKETS] = BucketsSettings()
    keys: Annotated[KeysSettings, store_guides.KEYS] = KeysSettings()
    ingestion: Annotated[tuple[Annotated[str, store_guides.INGESTION_ARN], ...], store_guides.INGESTION] = ()


class IsolationSettings(Part):
    """Which work runs in containers without a network; models always do."""

    training: Annotated[bool, Strict(), guides.ISOLATED] = True
    processing: Annotated[bool, Strict(), guides.ISOLATED] = True

    @property
    def off(self) -> tuple[str, ...]:
        """The kinds of work that may have a network."""
        return tuple(kind for kind in ("training", "processing") if not getattr(self, kind))


class QuotaSettings(Part):
    """Limits of the account, checked before anything is built."""

    iam_roles: Annotated[int, Strict(), Field(ge=1), guides.IAM_ROLES] = 1000
    security_groups: Annotated[int, Strict(), Field(ge=1), guides.SECURITY_GROUPS] = 2500
    security_group_rules: Annotated[int, Strict(), Field(ge=1), guides.SECURITY_GROUP_RULES] = 60
    iam_users: Annotated[int, Strict(), Field(ge=1), guides.IAM_USERS] = 5000
    groups_per_user: Annotated[int, Strict(), Field(ge=1), guides.GROUPS_PER_USER] = 10
    policies_per_group: Annotated[int, Strict(), Field(ge=1), guides.POLICIES_PER_GROUP] = 10


class Settings(Part):
    """All settings of a stack. `parse` and `load` make them: only these also compare one setting with another."""

    account_id: AccountId
    region: Annotated[str, Field(alias="aws:region"), guides.REGION]
    environment: Annotated[Environment, guides.ENVIRONMENT]
    name_prefix: NamePrefix
    deployer: Deployers
    network: Annotated[NetworkSettings, network_guides.NETWORK]
    features: Features = Field(default_factory=lambda: frozenset(map(Feature, DEFAULT)))
    endpoints: Annotated[EndpointSettings, endpoint_guides.ENDPOINTS] = Field(default_factory=EndpointSettings)
    tenants: Annotated[
        Mapping[TenantName, Annotated[TenantSettings, guides.TENANT]], AfterValidator(frozen), guides.TENANTS
    ]
    people: Annotated[
        Mapping[PersonName, Annotated[PersonSettings, people_guides.PERSON]],
        BeforeValidator(nobody),
        AfterValidator(frozen),
        people_guides.PEOPLE,
    ] = Field(default_factory=lambda: MappingProxyType({}))
    federation: Annotated[FederationSettings | None, people_guides.FEDERATION] = None
    sign_in: Annotated[SignInSettings, people_guides.SIGN_IN] = SignInSettings()
    limits: Annotated[LimitsSettings, people_guides.LIMITS] = LimitsSettings()
    retired: Retired = ()
    data: Annotated[DataSettings, guides.DATA]
    partners: Annotated[
        Mapping[PartnerName, Annotated[PartnerSettings, partner_guides.PARTNER]],
        AfterValidator(frozen),
        partner_guides.PARTNERS,
    ] = Field(default_factory=lambda: MappingProxyType({}))
    service_readers: Annotated[
        Mapping[PartnerName, Annotated[ServiceReaderSettings, partner_guides.READER]],
        AfterValidator(frozen),
        partner_guides.READERS,
    ] = Field(default_factory=lambda: MappingProxyType({}))
    invokers: Annotated[
        Mapping[InvokerName, Annotated[InvokerSettings, invoker_guides.INVOKER]],
        AfterValidator(frozen),
        invoker_guides.INVOKERS,
    ] = Field(default_factory=lambda: MappingProxyType({}))
    isolation: Annotated[IsolationSettings, guides.ISOLATION] = IsolationSettings()
    bastion: Annotated[BastionSettings, guides.BASTION] = BastionSettings()
    audit: Annotated[AuditSettings, audit_guides.AUDIT] = AuditSettings()
    budgets: Annotated[BudgetSettings, audit_guides.BUDGETS] = Field(default_factory=BudgetSettings)
    prices: Annotated[PriceSettings, price_guides.PRICES] = PriceSettings()
    quotas: Annotated[QuotaSettings, guides.QUOTAS] = QuotaSettings()

    @property
    def partition(self) -> str:
        """The partition of the Region, such as ``aws-cn``."""
        found = partition_of(self.region)
        if found is None:
            raise ValueError(f"{self.region} is no Region")
        return found
