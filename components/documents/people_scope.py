"""What the documents of people need to know beside the stack's scope: who may do what here, and how they sign in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# Seconds for which a second factor counts where keys are made or the emergency role is taken on (S4-A10).
FRESH_MFA = 3600


class Group(StrEnum):
    """A group of people; the first three work for a tenant, approvers decide for one, the others run the platform."""

    ENGINEERS = "engineers"
    DATA_SCIENTISTS = "data-scientists"
    MLOPS = "mlops"
    APPROVERS = "approvers"
    ADMINISTRATORS = "administrators"
    DELEGATED_ADMINISTRATORS = "delegated-administrators"
    AUDITORS = "auditors"


TENANT_GROUPS = (Group.ENGINEERS, Group.DATA_SCIENTISTS, Group.MLOPS, Group.APPROVERS)
PLATFORM_GROUPS = (Group.ADMINISTRATORS, Group.DELEGATED_ADMINISTRATORS, Group.AUDITORS)


class Capability(StrEnum):
    """A part of the work that a stage may leave to a group."""

    NOTEBOOKS = "notebooks"
    WORK = "work"
    TRAINING = "training"
    SERVING = "serving"
    REGISTRY = "registry"
    DATA = "data"
    RESULTS = "results"
    METRICS = "metrics"
    APPROVAL = "approval"
    DEPLOYMENT = "deployment"
    ADMINISTRATION = "administration"
    DELEGATION = "delegation"
    AUDIT = "audit"


@dataclass(frozen=True, kw_only=True)
class PeopleScope:
    """What one stack's people may do, and how they sign in.

    `capabilities` says which groups the stack's stage has and what each may do. `longest_session` is the age in
    seconds at which a second factor counts no more. `networks` are the CIDRs that people may come from (none: any),
    `inside_networks` those of the hosts that call through an endpoint (none: any),
    `until` is the moment after which no tenant's person gets in (ISO 8601, UTC; empty: none), `bastion` says that
    there is one to open sessions to.
    """

    capabilities: Mapping[Group, tuple[Capability, ...]]
    longest_session: int = 43200
    access_keys: bool = False
    self_service_notebooks: bool = True
    federated: bool = False
    bastion: bool = False
    networks: tuple[str, ...] = ()
    inside_networks: tuple[str, ...] = ()
    until: str = ""

    def __post_init__(self) -> None:
        if self.longest_session < FRESH_MFA:
            raise ValueError(
                f"longest_session: {self.longest_session} given, at least {FRESH_MFA} seconds are allowed: a factor of "
                "that age still makes keys; give 43200"
            )
