"""What each feature needs of the network, and where it is offered.

The components keep the same table with the services' names; a test holds the two together.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ALWAYS = ("sts",)
"""Interface endpoints that are there whatever is declared. S3 has a gateway, which takes no address."""

S3_INTERFACE, EC2_MESSAGES = "s3-interface", "ec2messages"

INTERFACES: Mapping[str, tuple[str, ...]] = {
    "notebooks": ("sagemaker.api", "notebook"),
    "training": ("sagemaker.api", "logs"),
    "inference": ("sagemaker.api", "sagemaker.runtime", "logs"),
    "bastion": ("ssm", "ssmmessages"),
    "studio": ("sagemaker.api", "studio"),
    "ec2-api": ("ec2",),
    "git": ("codecommit", "git-codecommit"),
    "containers": ("ecr.api", "ecr.dkr"),
    "batch": ("ecs", "ecr.api", "ecr.dkr", "logs"),
    "sql": ("athena", "glue"),
    "kms-api": ("kms",),
    "secrets": ("secretsmanager",),
    "metrics": ("sagemaker.metrics",),
    "monitoring": ("monitoring",),
    "mlflow": ("experiments",),
    "feature-store": ("sagemaker.featurestore-runtime",),
    "ontap": ("fsx", "secretsmanager"),
    "efs": ("elasticfilesystem",),
    "packages": ("codeartifact.api", "codeartifact.repositories"),
    "iam-api": ("iam",),
    "jumpstart": (),
}
"""Feature -> its interface endpoints."""

DEFAULT = ("notebooks", "training", "inference", "bastion")
"""The features of a stack file that names none."""

BUILT = DEFAULT
"""The features whose components exist; of the others the platform builds the endpoints and their policies only."""


def interface_endpoints(
    features: Iterable[str], *, s3_interface: bool = False, legacy_agent: bool = False
) -> tuple[str, ...]:
    """Return the interface endpoints of the features, each once; unknown features, reported elsewhere, have none."""
    found = [*ALWAYS, *((S3_INTERFACE,) if s3_interface else ()), *((EC2_MESSAGES,) if legacy_agent else ())]
    found += [key for feature in sorted(set(features)) for key in INTERFACES.get(feature, ())]
    return tuple(dict.fromkeys(found))


def regions_of(feature: str) -> tuple[tuple[str, ...], str] | None:
    """Return the Regions of a feature and the source that says so; None for one of which no source says anything."""
    found = _offered().get(feature)
    return (tuple(found["regions"]), str(found["source"])) if found else None


@cache
def _offered() -> Mapping[str, Any]:
    text = Path(__file__).with_name("offered.json").read_text(encoding="utf-8")
    found: Mapping[str, Any] = json.loads(text)
    return found
