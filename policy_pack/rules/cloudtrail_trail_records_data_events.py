"""Calls to objects are no management calls: without selectors of their own, who read an object stays unknown.

A selector counts where it asks for nothing but objects of S3, by the beginning of their ARN or all: one for reads
alone, or for names of calls, leaves the rest unrecorded.

Source: AWS CloudTrail User Guide, "Logging data events", advanced event selectors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts import partition
from rule import Kind, Rule, Severity, Undecided, Violation, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reading import Wire
    from resources import Resource, Stack
    from rule import Findings, Options

TRAIL = "aws:cloudtrail/trail:Trail"
BUCKETS = ("aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2")
ADVANCED, PLAIN = "advancedEventSelectors", "eventSelectors"
OBJECT = "AWS::S3::Object"


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each bucket of data whose objects no trail of the stack watches whole."""
    trails = list(stack.of_type(TRAIL))
    unread = [(trail, trail.read(path)) for trail in trails for path in (ADVANCED, PLAIN) if _is_open(trail, path)]
    yield from (Undecided(found, trail.urn) for trail, found in unread)
    watched = {start for trail in trails for start in _starts(trail)}
    for bucket in stack.of_type(*BUCKETS) if trails and not unread else ():
        if bucket.name in options.texts("logBuckets"):
            continue
        name = bucket.read("bucket")
        if name.unknown:
            yield Undecided(name, bucket.urn)
        elif not any(f"arn:{partition()}:s3:::{name.value}/".startswith(start) for start in watched):
            yield Violation("no trail of this stack records reads and writes of its objects", bucket.urn)


def _is_open(trail: Resource, path: str) -> bool:
    return trail.read(path).unknown and not trail.left_out(path)


def _starts(trail: Resource) -> Iterator[str]:
    """Yield the beginnings of the ARNs of objects whose reads and writes the trail records."""
    for selector in trail.read(ADVANCED).value or () if not trail.read(ADVANCED).unknown else ():
        yield from _of_fields({one.get("field"): one for one in selector.get("fieldSelectors") or ()})
    for selector in trail.read(PLAIN).value or () if not trail.read(PLAIN).unknown else ():
        if selector.get("readWriteType") in (None, "All"):
            for resource in selector.get("dataResources") or ():
                yield from (resource.get("values") or ()) if resource.get("type") == OBJECT else ()


def _of_fields(fields: dict[Wire, Wire]) -> Iterator[str]:
    wanted = {"eventCategory": "Data", "resources.type": OBJECT}
    if set(fields) - {*wanted, "resources.ARN"} or any(
        list(fields.get(name, {}).get("equals") or ()) != [value] for name, value in wanted.items()
    ):
        return
    by_name = fields.get("resources.ARN")
    if by_name is None:
        yield "arn:"
    elif not {name for name, value in by_name.items() if value} - {"field", "startsWiths"}:
        yield from by_name.get("startsWiths") or ()


RULE = Rule(
    id="cloudtrail-trail-records-data-events",
    title="The trail records reads and writes of objects in each bucket of data",
    kind=Kind.STACK,
    types=(TRAIL, *BUCKETS),
    paths=(
        "Trail:eventSelectors[].dataResources[].type",
        "Trail:eventSelectors[].readWriteType",
        "Trail:advancedEventSelectors[].fieldSelectors[].field",
        "Bucket:bucket",
    ),
    severity=Severity.MEDIUM,
    remediation="Add a selector for object events of the bucket, by the beginning of its ARN.",
    url="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html",
    frameworks=(
        "FSBP S3.22",
        "prowler cloudtrail_s3_dataevents_read_enabled",
        "prowler cloudtrail_s3_dataevents_write_enabled",
        "Config CLOUDTRAIL_S3_DATAEVENTS_ENABLED",
    ),
    options={
        "logBuckets": texts(
            "access-logs-bucket", "audit-bucket", description="Logical names of buckets that hold records, not data"
        )
    },
    seed=("S3",),
    mirrored_by=("runtime audit",),
    validate=validate,
)
