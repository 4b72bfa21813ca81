"""What belongs to AWS although no template of a name says so: accounts with SageMaker's images, CodeArtifact's buckets.

The data stands in aws_owned.json, which `python -m tools.aws_owned` of this repository writes and which names its
sources.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any


def image_accounts(region: str | None) -> tuple[str, ...]:
    """Return the accounts in which AWS keeps SageMaker's images of a Region; none where the data knows none."""
    return tuple(_data()["image-accounts"].get(region, ()))


def package_buckets(region: str | None) -> tuple[str, ...]:
    """Return the bucket in which CodeArtifact keeps packages of a Region; none where the data knows none."""
    found = _data()["codeartifact"].get(region)
    return (found,) if found else ()


@cache
def _data() -> dict[str, Any]:
    text = Path(__file__).with_name("aws_owned.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found
