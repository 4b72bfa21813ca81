"""Whether the record of traffic and names can go where the stack file says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import network_guides as guides
from .problems import REMOVE, Finding, line, shown
from .store_guides import PURPOSES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OWN_BUCKETS = (*PURPOSES, "trail")
"""What the stack's own buckets are for; each admits exactly the writers that it is for."""


def flow_log_findings(tree: Mapping[str, Any]) -> Iterator[Finding]:
    """Find a bucket of this stack, which admits no delivery of logs, and a retention that nobody would keep."""
    network = tree.get("network")
    chosen = network.get("flow-logs") if isinstance(network, dict) else None
    bucket = chosen.get("bucket") if isinstance(chosen, dict) else None
    if not isinstance(chosen, dict) or not isinstance(bucket, str):
        return
    if bucket in _own_names(tree) or _ends_like_an_own(tree, bucket):
        yield Finding(
            place=("network", "flow-logs", "bucket"),
            given=bucket,
            allowed="the name of a bucket that this stack does not make",
            why="this stack's own buckets hold tenants' data or the record of access to it, and admit no delivery of "
            "logs, so the record would stay empty; leave the key out to keep it in a log group",
            write=line("bucket", guides.LOG_BUCKET.example),
        )
    if "retention-days" in chosen:
        yield Finding(
            place=("network", "flow-logs", "retention-days"),
            given=f"{shown(chosen['retention-days'])}, and bucket beside it",
            allowed=guides.FLOW_LOGS.allowed,
            why="the owner of a bucket decides how long the record stays, so this number would silently not hold",
            write=REMOVE,
        )


def _own_names(tree: Mapping[str, Any]) -> set[str]:
    data, prefix = tree.get("data"), tree.get("name-prefix")
    data = data if isinstance(data, dict) else {}
    given = data.get("buckets")
    given = given if isinstance(given, dict) else {}
    named = {each["name"] for each in given.values() if isinstance(each, dict) and isinstance(each.get("name"), str)}
    return named | {f"{prefix}-{purpose}-{data.get('suffix')}" for purpose in OWN_BUCKETS if isinstance(prefix, str)}


def _ends_like_an_own(tree: Mapping[str, Any], bucket: str) -> bool:
    """Say whether a name is like an own one, where the prefix follows from the stack's name."""
    data = tree.get("data")
    suffix = data.get("suffix") if isinstance(data, dict) else None
    if "name-prefix" in tree or not isinstance(suffix, str):
        return False
    return bucket.startswith("ml-") and bucket.endswith(tuple(f"-{purpose}-{suffix}" for purpose in OWN_BUCKETS))
