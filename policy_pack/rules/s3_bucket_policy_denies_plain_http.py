"""Data that travels without TLS is read by whoever carries it.

Source: Amazon S3 User Guide, "Bucket policy examples", aws:SecureTransport; Security Hub, control S3.5.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import bucket_policies
import documents
from places import Holder
from rule import Kind, Rule, Severity, Violation

if TYPE_CHECKING:
    from documents import Statement
    from resources import Resource
    from rule import Findings, Options

KEY = "aws:SecureTransport"


def validate(policy: Resource, _options: Options) -> Findings:
    """Yield a finding for each half of each bucket, itself and its objects, that answers plain HTTP."""
    for held in documents.held(policy, Holder.BUCKET):
        if held.document is None:
            continue
        denies = [statement for statement in held.document.statements if _denies_plain_http(statement)]
        for missing in bucket_policies.uncovered(policy, held.document, denies):
            yield Violation(f"{held.where} does not deny every request without TLS on {missing}")


def _denies_plain_http(statement: Statement) -> bool:
    """Return whether a Deny of everybody and everything asks for nothing but the missing TLS."""
    tests = statement.conditions
    return (
        bucket_policies.denies_everything(statement)
        and len(tests) == 1
        and tests[0].names(KEY)
        and tests[0].base == "bool"
        and not tests[0].quantifier
        and "false" in [value.lower() for value in tests[0].values]
    )


RULE = Rule(
    id="s3-bucket-policy-denies-plain-http",
    title="Bucket policies refuse requests without TLS",
    kind=Kind.RESOURCE,
    types=("aws:s3/bucketPolicy:BucketPolicy",),
    paths=("BucketPolicy:policy", "BucketPolicy:bucket"),
    severity=Severity.HIGH,
    remediation="Deny all actions when aws:SecureTransport is false, on the bucket and on its objects.",
    url="https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html#example-bucket-policies-HTTP-HTTPS",
    frameworks=(
        "Stave TRAINING.DATA.UNENCRYPTED",
        "FSBP S3.5",
        "CKV_AWS_379",
        "prowler s3_bucket_secure_transport_policy",
        "Config S3_BUCKET_SSL_REQUESTS_ONLY",
        "cdk-nag AwsSolutions-S10",
    ),
    seed=("S3",),
    mirrored_by=("runtime audit",),
    validate=validate,
)
