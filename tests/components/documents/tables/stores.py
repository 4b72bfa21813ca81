"""S1-A1 to A6 beyond reading: who curates data, who brings it in, who logs, and with which key all of it is written."""

from __future__ import annotations

from tests.components.documents.calls import key_use, listing, s3
from tests.components.documents.world import (
    ALICE,
    ALICE_JOB,
    CURATOR,
    IDS,
    INGESTION,
    LOG_DELIVERY,
    NAMING,
    SAGEMAKER_SERVICE,
    STRANGER,
    THIRD_ROLE,
    Lock,
    Via,
    allowed,
    refused,
)

GRANTS, GUARDRAILS, BOUNDARY, BUCKET = Lock.GRANTS, Lock.GUARDRAILS, Lock.BOUNDARY, Lock.RESOURCE
WRITES = ("PutObject", "DeleteObject", "AbortMultipartUpload")
CURATED = ("raw", "shared", "staging")
OUTSIDE = (Via.NO_ENDPOINT, Via.FOREIGN_ENDPOINT)
OURS, THEIRS = NAMING.arn("kms", f"key/{IDS['key/data']}"), NAMING.arn("kms", "key/other")
STAGED = NAMING.arn("kms", f"key/{IDS['key/partners']}")


def encrypted(kind: str | None, key: str | None) -> dict[str, str]:
    """Return the context of an upload that asks for an encryption."""
    context = {"s3:x-amz-server-side-encryption": kind, "s3:x-amz-server-side-encryption-aws-kms-key-id": key}
    return {name: value for name, value in context.items() if value}


SHARED = (
    allowed("shared data is read, in", ALICE, s3("GetObject", "shared", "x"), listing(None, purpose="shared")),
    allowed("shared data is read by a job", ALICE_JOB, s3("GetObject", "shared", "x", via=Via.NO_ENDPOINT)),
    *(
        refused(f"S1-A2 {action} on shared data", ALICE, s3(action, "shared", "x"), by=(GRANTS, BOUNDARY, BUCKET))
        for action in (*WRITES, "DeleteObjectVersion")
    ),
    *(
        refused(
            f"S1-A5 shared data, {way.value}", ALICE, s3("GetObject", "shared", "x", via=way), by=(GUARDRAILS, BUCKET)
        )
        for way in OUTSIDE
    ),
    *(
        refused(
            f"the names of {purpose}, {way.value}",
            ALICE,
            listing(None, purpose=purpose, via=way),
            by=(GUARDRAILS, BUCKET),
        )
        for purpose in ("shared", "staging")
        for way in OUTSIDE
    ),
    *(
        refused(f"S1-A6 a third role reads {purpose}", THIRD_ROLE, s3("GetObject", purpose, "x"), by=(BUCKET,))
        for purpose in ("shared", "staging", "access-logs")
    ),
    *(
        refused(
            f"S1-A5 plain HTTP on {purpose}, said {value}",
            CURATOR,
            s3("GetObject", purpose, "x", {"aws:SecureTransport": value}),
            by=(BUCKET,),
        )
        for purpose in ("shared", "staging", "access-logs")
        for value in (False, None)
    ),
)

INGESTING = (
    allowed(
        "S1 3.3 an ingestion role adds raw data, in",
        INGESTION,
        *(s3(action, "raw", "x") for action in ("PutObject", "AbortMultipartUpload", "ListMultipartUploadParts")),
        key_use("GenerateDataKey"),
        key_use("Decrypt"),
    ),
    *(
        refused(f"S1 3.3 an ingestion role, {action} on raw data", INGESTION, s3(action, "raw", "x"), by=(BUCKET,))
        for action in ("GetObject", "DeleteObject", "DeleteObjectVersion", "PutObjectAcl", "GetObjectVersion")
    ),
    *(
        refused(
            f"S1-A5 an ingestion role adds raw data, {way.value}",
            INGESTION,
            s3("PutObject", "raw", "x", via=way),
            by=(BUCKET,),
        )
        for way in OUTSIDE
    ),
    *(
        refused(f"an ingestion role, PutObject on {purpose}", INGESTION, s3("PutObject", purpose, "x"), by=(BUCKET,))
        for purpose in ("results", "shared", "staging", "access-logs")
    ),
    *(
        refused(
            f"an ingestion role, the data key through {service or 'KMS'}",
            INGESTION,
            key_use("Decrypt", service),
            by=(Lock.RESOURCE,),
        )
        for service in ("sagemaker", None)
    ),
    refused("an ingestion role, another key", INGESTION, key_use("Decrypt", key="partners"), by=(Lock.RESOURCE,)),
)

ENCRYPTION = (
    *(
        allowed(
            f"an upload with {kind or 'no'} encryption and the key {key}",
            ALICE,
            s3("PutObject", "results", "users/alice/x", encrypted(kind, key)),
        )
        for kind, key in ((None, None), ("aws:kms", OURS))
    ),
    allowed(
        "uploads of the data administrator that ask for our key",
        CURATOR,
        *(s3("PutObject", purpose, "x", encrypted("aws:kms", OURS)) for purpose in ("raw", "shared")),
    ),
    *(
        refused(
            f"an upload to {purpose} with {kind} and the key {key}",
            who,
            s3("PutObject", purpose, name, encrypted(kind, key)),
            by=(BUCKET,),
        )
        for who, purpose, name in (
            (ALICE, "results", "users/alice/x"),
            (CURATOR, "raw", "x"),
            (CURATOR, "shared", "x"),
            (CURATOR, "staging", "x"),
        )
        for kind, key in (("AES256", None), ("aws:kms", None), ("aws:kms", THEIRS))
    ),
)

LOG = {"aws:SourceAccount": "111122223333", "aws:SourceArn": NAMING.bucket_arn("raw")}
ACCESS_LOGS = (
    allowed(
        "S3 delivers the access logs of the platform's buckets",
        LOG_DELIVERY,
        *(
            s3(
                "PutObject",
                "access-logs",
                f"{purpose}/x",
                {**LOG, "aws:SourceArn": NAMING.bucket_arn(purpose)},
                via=Via.NO_ENDPOINT,
            )
            for purpose in ("raw", "results", "shared", "staging")
        ),
    ),
    *(
        refused(
            f"S3 delivers the logs of {what}",
            LOG_DELIVERY,
            s3("PutObject", "access-logs", "raw/x", {**LOG, **changes}, via=Via.NO_ENDPOINT),
            by=(BUCKET,),
        )
        for what, changes in (
            ("a stranger's account", {"aws:SourceAccount": "999999999999"}),
            ("another bucket of the account", {"aws:SourceArn": "arn:aws:s3:::other"}),
            ("the log bucket itself", {"aws:SourceArn": NAMING.bucket_arn("access-logs")}),
            ("our bucket in plain text", {"aws:SecureTransport": False}),
        )
    ),
    refused(
        "S3 delivers a log outside the prefixes of logs",
        LOG_DELIVERY,
        s3("PutObject", "access-logs", "other/x", LOG, via=Via.NO_ENDPOINT),
        by=(BUCKET,),
    ),
    *(
        refused(
            f"S1-A6 a third role, {action} on access logs, out",
            THIRD_ROLE,
            s3(action, "access-logs", key, via=Via.NO_ENDPOINT),
            by=(BUCKET,),
        )
        for action, key in (("GetObject", "raw/x"), ("ListBucket", None), ("PutBucketPolicy", None))
    ),
    refused(
        "S3 reads a log back", LOG_DELIVERY, s3("GetObject", "access-logs", "x", LOG, via=Via.NO_ENDPOINT), by=(BUCKET,)
    ),
    refused(
        "S3 writes a log into raw data",
        LOG_DELIVERY,
        s3("PutObject", "raw", "x", LOG, via=Via.NO_ENDPOINT),
        by=(BUCKET,),
    ),
    refused(
        "another service writes a log",
        SAGEMAKER_SERVICE,
        s3("PutObject", "access-logs", "x", LOG, via=Via.NO_ENDPOINT),
        by=(BUCKET,),
    ),
    *(
        refused(
            f"{action} on access logs",
            who,
            s3(action, "access-logs", "raw/x"),
            by=(GRANTS, BOUNDARY, BUCKET),
        )
        for who in (ALICE, CURATOR)
        for action in ("GetObject", "PutObject", "DeleteObject", "DeleteObjectVersion")
    ),
    *(
        refused(f"a stranger, {action} on access logs", STRANGER, s3(action, "access-logs", "raw/x"), by=(BUCKET,))
        for action in ("GetObject", "PutObject")
    ),
)

ROWS = (*SHARED, *INGESTING, *ENCRYPTION, *ACCESS_LOGS)
