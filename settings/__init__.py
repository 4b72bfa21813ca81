"""The settings of a stack: the only reader of Pulumi's config, and the only place where it is judged.

A stack file is refused with everything that is wrong with it before anything is built; what is accepted is frozen.
"""

from __future__ import annotations

from .arns import ArnKind, Home, check_arn
from .audit import AuditSettings, BudgetSettings, Elsewhere
from .bastion import ACCOUNT_TAGS, HOST_ACCOUNTS, TAG_CHARACTERS, BastionSettings
from .endpoint_model import EndpointSettings
from .features import interface_endpoints
from .model import (
    DataSettings,
    Environment,
    Feature,
    IsolationSettings,
    QuotaSettings,
    Settings,
    TenantSettings,
)
from .network import addresses_needed
from .network_model import AdoptedSettings, DnsFirewallSettings, DnsMode, FlowLogSettings, NetworkSettings
from .people import LimitsSettings, PersonSettings, SignInSettings
from .problems import Problem, RefusedError, SettingsError
from .reading import load, parse
from .stages import STAGES, Stage
from .tenants import RESERVED, ROLES_PER_TENANT

__all__ = [
    "ACCOUNT_TAGS",
    "HOST_ACCOUNTS",
    "RESERVED",
    "ROLES_PER_TENANT",
    "STAGES",
    "TAG_CHARACTERS",
    "AdoptedSettings",
    "ArnKind",
    "AuditSettings",
    "BastionSettings",
    "BudgetSettings",
    "DataSettings",
    "DnsFirewallSettings",
    "DnsMode",
    "Elsewhere",
    "EndpointSettings",
    "Environment",
    "Feature",
    "FlowLogSettings",
    "Home",
    "IsolationSettings",
    "LimitsSettings",
    "NetworkSettings",
    "PersonSettings",
    "Problem",
    "QuotaSettings",
    "RefusedError",
    "Settings",
    "SettingsError",
    "SignInSettings",
    "Stage",
    "TenantSettings",
    "addresses_needed",
    "check_arn",
    "interface_endpoints",
    "load",
    "parse",
]
