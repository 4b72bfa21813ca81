"""What the name of a Region says, held against botocore's data and the published zone ids."""

from __future__ import annotations

import gzip
import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from settings.guides import INSTANCE_TYPE
from settings.instance_types import LIST, WITHOUT_NOTEBOOK_PLATFORM, known
from settings.regions import partition_of, zone_prefix
from tools.instance_types import content

DATA = Path(str(files("botocore"))) / "data"

# The guide AWS Regions and Availability Zones, page AWS Availability Zones: the start of each Region's zone ids.
PUBLISHED = {
    "us-east-1": "use1", "us-east-2": "use2", "us-west-1": "usw1", "us-west-2": "usw2", "ca-central-1": "cac1",
    "ca-west-1": "caw1", "mx-central-1": "mxc1", "af-south-1": "afs1", "ap-east-1": "ape1", "ap-east-2": "ape2",
    "ap-northeast-1": "apne1", "ap-northeast-2": "apne2", "ap-northeast-3": "apne3", "ap-south-1": "aps1",
    "ap-south-2": "aps2", "ap-southeast-1": "apse1", "ap-southeast-2": "apse2", "ap-southeast-3": "apse3",
    "ap-southeast-4": "apse4", "ap-southeast-5": "apse5", "ap-southeast-6": "apse6", "ap-southeast-7": "apse7",
    "eu-central-1": "euc1", "eu-central-2": "euc2", "eu-north-1": "eun1", "eu-south-1": "eus1", "eu-south-2": "eus2",
    "eu-west-1": "euw1", "eu-west-2": "euw2", "eu-west-3": "euw3", "il-central-1": "ilc1", "me-central-1": "mec1",
    "me-south-1": "mes1", "sa-east-1": "sae1",
}  # fmt: skip


def _partitions() -> list[dict[str, Any]]:
    found = min(DATA.glob("endpoints.json*"))
    content = gzip.decompress(found.read_bytes()) if found.suffix == ".gz" else found.read_bytes()
    partitions: list[dict[str, Any]] = json.loads(content)["partitions"]
    return partitions


def test_every_region_that_botocore_knows_has_its_partition() -> None:
    known = {region: each["partition"] for each in _partitions() for region in each["regions"]}
    assert len(known) > 40
    assert {region: partition_of(region) for region in known} == known


@pytest.mark.parametrize(
    "name", ["", "tokyo", "ap-northeast", "ap-northeast-1a", "AP-NORTHEAST-1", "aws-global", "us-gov-1", "us-east-1\n"]
)
def test_what_is_no_region_has_no_partition(name: str) -> None:
    assert partition_of(name) is None
    assert zone_prefix(name) is None


def test_zone_ids_begin_as_published() -> None:
    assert {region: zone_prefix(region) for region in PUBLISHED} == PUBLISHED


def test_the_published_regions_are_all_that_botocore_knows_in_the_partition() -> None:
    assert set(PUBLISHED) == set(next(each for each in _partitions() if each["partition"] == "aws")["regions"])


@pytest.mark.parametrize(
    ("region", "prefix"),
    [
        ("us-gov-west-1", "usgw1"),
        ("us-gov-east-1", "usge1"),
        ("cn-north-1", "cnn1"),
        ("cn-northwest-1", "cnnw1"),
        ("us-iso-east-1", None),
        ("eusc-de-east-1", None),
    ],
)
def test_other_partitions_are_derived_or_left_open(region: str, prefix: str | None) -> None:
    assert zone_prefix(region) == prefix


def test_every_notebook_instance_type_that_botocore_knows_has_the_form() -> None:
    model = max((DATA / "sagemaker").glob("*/service-2.json.gz"))
    types = json.loads(gzip.decompress(model.read_bytes()))["shapes"]["InstanceType"]["enum"]
    assert len(types) > 100
    assert [name for name in types if not re.fullmatch(INSTANCE_TYPE.pattern or "", name)] == []


def test_the_list_of_instance_types_is_fresh() -> None:
    assert LIST.read_text(encoding="utf-8") == content(), "run: python -m tools.instance_types"
    assert all(len(known(kind)) > 100 for kind in ("notebook", "training", "processing", "transform", "hosting"))
    families = {name.split(".")[1] for name in known("notebook")}
    assert families & WITHOUT_NOTEBOOK_PLATFORM, "the list has dropped them too: nothing is left to refuse"
