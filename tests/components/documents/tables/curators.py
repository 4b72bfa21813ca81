"""S1-A4: a data administrator curates raw, shared and staging data, looks at results, and no more."""

from __future__ import annotations

from tests.components.documents.calls import key_use, listing, s3
from tests.components.documents.tables.stores import encrypted
from tests.components.documents.world import (
    ALICE,
    ALICE_JOB,
    BUCKETS,
    CURATOR,
    IDS,
    NAMING,
    TAGGED_THIRD_ROLE,
    Ask,
    Lock,
    Via,
    allowed,
    refused,
)

GRANTS, GUARDRAILS, BOUNDARY, BUCKET = Lock.GRANTS, Lock.GUARDRAILS, Lock.BOUNDARY, Lock.RESOURCE
WRITES = ("PutObject", "DeleteObject", "AbortMultipartUpload")
CURATES = (*WRITES, "GetObject", "GetObjectVersion", "ListMultipartUploadParts")
CURATED = ("raw", "shared", "staging")
OUTSIDE = (Via.NO_ENDPOINT, Via.FOREIGN_ENDPOINT)
OURS, THEIRS = NAMING.arn("kms", f"key/{IDS['key/data']}"), NAMING.arn("kms", "key/other")
STAGED = NAMING.arn("kms", f"key/{IDS['key/partners']}")


CURATING = (
    *(
        allowed(
            f"S1-A4 the data administrator curates {purpose}, in",
            CURATOR,
            *(s3(action, purpose, "x") for action in CURATES),
            listing(None, purpose=purpose),
            listing(None, "ListBucketVersions", purpose=purpose),
        )
        for purpose in CURATED
    ),
    allowed(
        "S1-A4 the data administrator looks at results (E5)",
        CURATOR,
        listing(None),
        listing("users/alice/", "ListBucketVersions"),
        s3("GetObject", "results", "users/alice/x"),
        s3("GetObjectVersion", "results", "users/alice/x"),
    ),
    *(
        refused(f"S1-A4 the data administrator, {action} on results {key}", CURATOR, s3(action, "results", key), by=by)
        for action in ("PutObject", "DeleteObject")
        for key, by in (("users/alice/x", (GRANTS, BOUNDARY, BUCKET)), ("users/carol/x", (BUCKET,)))
    ),
    *(
        refused(
            f"E4 E6 the data administrator, {action} on {purpose}",
            CURATOR,
            s3(action, purpose, "x"),
            by=(GRANTS, BOUNDARY, BUCKET),
        )
        for action in ("DeleteObjectVersion", "BypassGovernanceRetention", "PutObjectRetention", "PutObjectLegalHold")
        for purpose in CURATED
    ),
    *(
        refused(
            f"S1-A5 the data administrator, {purpose}, {way.value}",
            CURATOR,
            s3("PutObject", purpose, "x", via=way),
            by=(GUARDRAILS, BUCKET),
        )
        for purpose in CURATED
        for way in OUTSIDE
    ),
    *(
        refused(
            f"S1-A6 a third role that carries the administrator's tag, {action} on {purpose}",
            TAGGED_THIRD_ROLE,
            s3(action, purpose, "x"),
            by=(BUCKET,),
        )
        for action in ("PutObject", "GetObject")
        for purpose in CURATED
    ),
    *(
        refused(
            f"S1-A4 the data administrator, {action} on {purpose}",
            CURATOR,
            s3(action, purpose),
            by=(GRANTS, GUARDRAILS, BOUNDARY, BUCKET),
        )
        for action in ("PutBucketPolicy", "DeleteBucketPolicy")
        for purpose in BUCKETS
    ),
    refused(
        "S1-A4 the data administrator lists another bucket of the account",
        CURATOR,
        Ask("s3:ListBucket", "arn:aws:s3:::other"),
        by=(GRANTS, BOUNDARY),
    ),
    refused(
        "S3-A9 the data administrator, another key of the account",
        CURATOR,
        Ask("kms:Decrypt", THEIRS, {"kms:ViaService": "s3.ap-northeast-1.amazonaws.com"}),
        by=(GRANTS, BOUNDARY),
    ),
    allowed(
        "S1 3.3 a service reads, lists and stages for the data administrator",
        CURATOR,
        *(s3("GetObject", purpose, "x", via=Via.FORWARDED) for purpose in CURATED),
        *(listing(None, purpose=purpose, via=Via.FORWARDED) for purpose in CURATED),
    ),
)

STAGING = (
    *(
        refused(
            f"S3-A7 a tenant, {action} on what is staged",
            who,
            s3(action, "staging", "x"),
            by=(GRANTS, BOUNDARY, BUCKET),
        )
        for who in (ALICE, ALICE_JOB)
        for action in ("GetObject", "PutObject", "DeleteObject")
    ),
    allowed(
        "the data administrator stages with the partners' key",
        CURATOR,
        s3("PutObject", "staging", "x", encrypted("aws:kms", STAGED)),
        key_use("GenerateDataKey", key="partners"),
        key_use("Decrypt", key="partners"),
    ),
    refused(
        "S3-A9 a tenant reads with the partners' key",
        ALICE,
        key_use("Decrypt", key="partners"),
        by=(GRANTS, Lock.RESOURCE),
    ),
    *(
        refused(
            f"S3-A9 the data administrator, the partners' key through {service or 'KMS'}",
            CURATOR,
            key_use("Decrypt", service, key="partners"),
            by=by,
        )
        for service, by in (("sagemaker", (Lock.RESOURCE,)), (None, (GRANTS, Lock.RESOURCE)))
    ),
    refused(
        "S3-A9 a third role with the administrator's tag, the partners' key",
        TAGGED_THIRD_ROLE,
        key_use("Decrypt", key="partners"),
        by=(Lock.RESOURCE,),
    ),
)

ROWS = (*CURATING, *STAGING)
