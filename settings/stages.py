"""Who may do what in dev, test and prod, on which instances, and for how long: one table for all stages.

Rights shrink from stage to stage by this table, never by an edit of a document. A stage leaves out a group by not
naming it: then nobody can be put into that group there.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

AUTHORS = ("engineers", "data-scientists", "mlops")
"""Groups that make models; who is in one of them never decides about a model."""

OF_A_TENANT = (*AUTHORS, "approvers")
"""Groups whose people belong to one tenant."""

OF_THE_PLATFORM = ("administrators", "delegated-administrators", "auditors")
"""Groups whose people run the platform or look at it, and reach no tenant's data."""

GROUPS = (*OF_A_TENANT, *OF_THE_PLATFORM)


@dataclass(frozen=True, kw_only=True)
class Stage:
    """What a stage leaves to each group, and the limits of all work in it.

    `capabilities` maps a group to the parts of the work that it may do. `instance_types` are types or families
    (``ml.m5.*``); `max_runtime_hours` is the longest run of a job. `approval` says that models are deployed from
    approved packages, by each tenant's deployment role and by no person: who may ``deployment`` takes that role on.
    """

    capabilities: Mapping[str, tuple[str, ...]]
    instance_types: tuple[str, ...]
    max_runtime_hours: int
    approval: bool


_PLATFORM = {"administrators": ("administration",), "auditors": ("audit",)}
_DELEGATED = {"delegated-administrators": ("delegation",)}

STAGES: Mapping[str, Stage] = MappingProxyType(
    {
        "dev": Stage(
            capabilities={
                "engineers": ("notebooks", "work", "data"),
                "data-scientists": ("notebooks", "work", "registry", "data"),
                "mlops": ("notebooks", "work", "registry", "data"),
                **_PLATFORM,
                **_DELEGATED,
            },
            instance_types=("ml.t3.*", "ml.m5.*", "ml.c5.*", "ml.g4dn.*", "ml.g5.*"),
            max_runtime_hours=24,
            approval=False,
        ),
        "test": Stage(
            capabilities={
                "engineers": ("training", "results"),
                "data-scientists": ("training", "results"),
                "mlops": ("training", "serving", "registry", "results"),
                **_PLATFORM,
                **_DELEGATED,
            },
            instance_types=("ml.t3.*", "ml.m5.*", "ml.c5.*", "ml.g4dn.*"),
            max_runtime_hours=24,
            approval=False,
        ),
        "prod": Stage(
            capabilities={
                "engineers": ("metrics",),
                "data-scientists": ("metrics",),
                "mlops": ("metrics", "deployment"),
                "approvers": ("approval",),
                **_PLATFORM,
            },
            instance_types=("ml.t3.*", "ml.m5.*", "ml.c5.*", "ml.g4dn.*"),
            max_runtime_hours=12,
            approval=True,
        ),
    }
)
"""The stages by environment (S3 3.5)."""
