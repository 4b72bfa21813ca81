"""Lifecycles of buckets: which of their rules speak of all objects.

Source: Amazon S3 API Reference, LifecycleRuleFilter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reading import as_list, says_nothing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reading import Reading, Wire
    from resources import Resource

LIFECYCLES = (
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
)
NARROWS = ("BucketLifecycleConfiguration:rules[].prefix", "BucketLifecycleConfiguration:rules[].filter")


def for_all_objects(lifecycle: Resource, path: str) -> list[Reading]:
    """Return the readings of a path below ``rules[]`` in those rules that leave out no object."""
    narrow = {_rule(one.where) for one in lifecycle.each("rules[]") if _narrows(one.value)}
    return [one for one in lifecycle.each(path) if _rule(one.where) not in narrow]


def _rule(where: str) -> str:
    return where.partition("]")[0]


def _narrows(rule: Wire) -> bool:
    """Return whether a rule names a prefix, a tag or a size; what is not known may narrow."""
    if not isinstance(rule, dict):
        return False
    filters: Sequence[Wire] = as_list(rule.get("filter"))
    parts = [part for one in filters for part in (one.values() if isinstance(one, dict) else (one,))]
    return any(not says_nothing(part) and part != 0 for part in (rule.get("prefix"), *parts))
