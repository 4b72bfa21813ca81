"""Each key of the platform has a use and a policy for it: under another one, data is whose key it is.

What partners decrypt is under a key of its own, and so are records; claims about a bucket's key rest on that.

Source: AWS KMS Developer Guide, "Key policies".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import stack_config
from origins import Origins
from rule import Kind, Rule, Severity, Violation
from siblings import find

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resources import Resource, Stack
    from rule import Findings, Options

KEY, BUCKETS = "aws:kms/key:Key", ("aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2")
ENCRYPTIONS = tuple(
    f"aws:s3/bucketServerSideEncryptionConfiguration{v}:BucketServerSideEncryptionConfiguration{v}" for v in ("", "V2")
)
OF_BUCKET = "rules[].applyServerSideEncryptionByDefault.kmsMasterKeyId"
OF_RECORDS = {
    "aws:cloudtrail/trail:Trail": "kmsKeyId",
    "aws:cfg/deliveryChannel:DeliveryChannel": "s3KmsKeyArn",
    "aws:cloudwatch/logGroup:LogGroup": "kmsKeyId",
}
DATA, LOGS, PARTNERS = "data-key", "logs-key", "partners-key"
USES = {"raw": DATA, "results": DATA, "shared": DATA, "staging": PARTNERS, "audit": LOGS}


def validate(stack: Stack, _options: Options) -> Findings:
    """Yield a finding for each bucket of a purpose, and each record, under a key of this stack for another use."""
    keys = Origins(stack, KEY)
    made = {key.name for key in stack.of_type(KEY)}
    for holder, path, wanted in _uses(stack):
        for key in keys.of(holder, path).resources if wanted in made else ():
            if key.name != wanted:
                yield Violation(f"{path} is {key.name}, and {wanted} is the key for this", holder.urn)


def _uses(stack: Stack) -> Iterator[tuple[Resource, str, str]]:
    """Yield what is encrypted, by which property, and the key for it."""
    purposes = {stack_config.bucket_called(purpose): purpose for purpose in USES}
    found = find(stack, BUCKETS, ENCRYPTIONS, "bucket")
    for bucket in found.parents:
        purpose = purposes.get(bucket.read("bucket").value) if bucket.read("bucket").present else None
        if purpose is not None:
            yield from ((one, OF_BUCKET, USES[purpose]) for one in found.of[bucket.urn])
    for kind, path in OF_RECORDS.items():
        yield from ((record, path, LOGS) for record in stack.of_type(kind))


RULE = Rule(
    id="kms-key-fits-its-use",
    title="Data, staged objects and records are each under the key for them",
    kind=Kind.STACK,
    types=(KEY, *BUCKETS, *ENCRYPTIONS, *OF_RECORDS),
    paths=(
        "Bucket:bucket",
        "BucketServerSideEncryptionConfiguration:bucket",
        f"BucketServerSideEncryptionConfiguration:{OF_BUCKET}",
        *(f"{kind.rsplit(':', 1)[-1]}:{path}" for kind, path in OF_RECORDS.items()),
    ),
    severity=Severity.HIGH,
    remediation="Take the key whose policy is for this use.",
    url="https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html",
    mirrored_by=("runtime audit",),
    validate=validate,
)
