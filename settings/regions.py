"""What the name of a Region says: its partition and the short form that starts its zone ids.

There is no list of Regions here, so that a new one needs no release; tests hold the patterns against botocore's data.
"""

from __future__ import annotations

import re

_DIRECTION = "(central|north|south|east|west|northeast|northwest|southeast|southwest)"
_PARTITIONS = {
    "aws": rf"(us|eu|ap|sa|ca|me|af|il|mx)-{_DIRECTION}-[0-9]",
    "aws-cn": rf"cn-{_DIRECTION}-[0-9]",
    "aws-us-gov": rf"us-gov-{_DIRECTION}-[0-9]",
    "aws-iso": rf"us-iso-{_DIRECTION}-[0-9]",
    "aws-iso-b": rf"us-isob-{_DIRECTION}-[0-9]",
    "aws-iso-e": rf"eu-isoe-{_DIRECTION}-[0-9]",
    "aws-iso-f": rf"us-isof-{_DIRECTION}-[0-9]",
    "aws-eusc": rf"eusc-de-{_DIRECTION}-[0-9]",
}
_WITH_A_DERIVED_FORM = ("aws", "aws-cn", "aws-us-gov")
_LETTERS = {"northeast": "ne", "northwest": "nw", "southeast": "se", "southwest": "sw"}

REGION_PATTERN = "|".join(_PARTITIONS.values())
"""What names a Region, in any partition."""


def partition_of(region: str) -> str | None:
    """Return the partition of a Region, such as ``aws-cn`` of ``cn-north-1``; None where no Region is named so."""
    return next((name for name, pattern in _PARTITIONS.items() if re.fullmatch(pattern, region)), None)


def zone_prefix(region: str) -> str | None:
    """Return the start of the Region's zone ids, such as ``apne1`` of ``ap-northeast-1``.

    Derived: the first part whole, the first letters of the words between (two of a word such as ``northeast``), the
    number. That gives every zone id in the tables of the guide *AWS Regions and Availability Zones* (page *AWS
    Availability Zones*), which leaves out China and GovCloud: there the derivation is unverified [LIVE]. For other
    partitions nothing is published, so None: any zone id will do.
    """
    if partition_of(region) not in _WITH_A_DERIVED_FORM:
        return None
    first, *words, number = region.split("-")
    return first + "".join(_LETTERS.get(word, word[0]) for word in words) + number
