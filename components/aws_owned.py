"""What belongs to AWS and is read through the platform's endpoints: buckets and image accounts, each with its reason.

Everything else behind an endpoint belongs to the own account. The data stands in aws_owned.json, which
`python -m tools.aws_owned` writes and which names its sources.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_DATA = Path(__file__).with_name("aws_owned.json")


@dataclass(frozen=True, kw_only=True)
class AwsBucket:
    """A bucket of AWS that the declared features read.

    `sid` names its statement, `features` are those that read it; `template` holds ``{region}``, or `listed` names the
    part of the data with a bucket for each Region.
    """

    sid: str
    reason: str
    features: frozenset[str]
    template: str = ""
    listed: str = ""

    def name(self, region: str) -> str:
        """Return the bucket of a Region; raises ValueError where the data knows none."""
        if not self.listed:
            return self.template.format(region=region)
        known = _data()[self.listed]
        if region not in known:
            raise ValueError(
                f"{region} given, {', '.join(known)} are known: the data names no bucket of {self.listed} there, so "
                f"leave out the feature {', '.join(sorted(self.features))}"
            )
        return str(known[region])


AWS_BUCKETS = (
    AwsBucket(
        sid="AmazonLinuxPackages",
        reason="packages of Amazon Linux 2023, which dnf downloads unsigned",
        features=frozenset({"notebooks", "bastion", "ontap"}),
        template="al2023-repos-{region}-de612dc2",
    ),
    AwsBucket(
        sid="ImageLayers",
        reason="layers of container images, to which ECR hands out links that it signs itself",
        features=frozenset({"containers", "batch"}),
        template="prod-{region}-starport-layer-bucket",
    ),
    AwsBucket(
        sid="JumpStartModels",
        reason="model artifacts and scripts of SageMaker JumpStart",
        features=frozenset({"jumpstart"}),
        listed="jumpstart",
    ),
    AwsBucket(
        sid="CodeArtifactAssets",
        reason="packages of CodeArtifact other than Python's, to which it hands out links that it signs itself",
        features=frozenset({"packages"}),
        listed="codeartifact",
    ),
)

READS_IMAGES = frozenset({"containers", "batch"})


def buckets_for(features: Iterable[str]) -> tuple[AwsBucket, ...]:
    """Return the buckets of AWS that the features read."""
    declared = frozenset(features)
    return tuple(bucket for bucket in AWS_BUCKETS if bucket.features & declared)


def image_accounts(region: str) -> Mapping[str, tuple[str, ...]]:
    """Return AWS' accounts with SageMaker's images in a Region, and the images of each.

    Raises ValueError for a Region that the data does not know.
    """
    data = _data()
    if region not in data["image-accounts"]:
        raise ValueError(
            f"{region} given, {', '.join(data['image-accounts'])} are known: the data names no accounts with images "
            f"there, so leave out the features {', '.join(sorted(READS_IMAGES))}"
        )
    return {account: tuple(data["images"][account]) for account in data["image-accounts"][region]}


@cache
def _data() -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(_DATA.read_text(encoding="utf-8"))
    return found
