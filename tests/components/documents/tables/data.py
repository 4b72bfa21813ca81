"""S2-A16, A18, S4-A1 to A4 and S1 3.3: the data buckets, judged for tenants and for everybody else."""

from __future__ import annotations

from tests.components.documents.calls import foreign_s3, listing, s3
from tests.components.documents.world import (
    ALICE,
    ALICE_JOB,
    SAGEMAKER_SERVICE,
    THIRD_ROLE,
    Ask,
    Lock,
    Via,
    allowed,
    refused,
)

GRANTS, GUARDRAILS, BOUNDARY, BUCKET = Lock.GRANTS, Lock.GUARDRAILS, Lock.BOUNDARY, Lock.RESOURCE
OBJECT_ACTIONS = ("GetObject", "PutObject", "DeleteObject")
NOT_OWN = ("users/bob/x", "users/alice2/x", "users/alice", "x", "users/bob/sagemaker/x")
OUTSIDE = (Via.NO_ENDPOINT, Via.FOREIGN_ENDPOINT)

PREFIX = (
    *(
        allowed(
            f"S4-A1 {action} on the own prefix, in (S2-A16, S1-A3, F1b)", ALICE, s3(action, "results", "users/alice/x")
        )
        for action in OBJECT_ACTIONS
    ),
    *(
        allowed(
            f"S4-A1 the job role, {action} without endpoint (S2-A18)",
            ALICE_JOB,
            s3(action, "results", "users/alice/x", via=Via.NO_ENDPOINT),
        )
        for action in (*OBJECT_ACTIONS, "AbortMultipartUpload", "ListMultipartUploadParts")
    ),
    *(
        refused(
            f"S4-A2 {action} on {key} (S2-A16{', R17' if 'sagemaker' in key else ''})",
            who,
            s3(action, "results", key, via=way),
            by=(GRANTS, BOUNDARY, BUCKET),
        )
        for who, way in ((ALICE, Via.OWN_ENDPOINT), (ALICE_JOB, Via.NO_ENDPOINT))
        for action in OBJECT_ACTIONS
        for key in NOT_OWN
    ),
    *(
        refused(
            f"S2-A16 {action} on the own prefix, {way.value} (R7, F23)",
            ALICE,
            s3(action, "results", "users/alice/x", via=way),
            by=(GUARDRAILS, BUCKET),
        )
        for action in OBJECT_ACTIONS
        for way in OUTSIDE
    ),
    *(
        refused(
            f"S1-A5 plain HTTP on {purpose}, said {value}",
            ALICE,
            s3("GetObject", purpose, "users/alice/x", {"aws:SecureTransport": value}),
            by=(BUCKET,),
        )
        for purpose in ("results", "raw")
        for value in (False, None)
    ),
    *(
        refused(
            f"S1-A3 {action} on an own result (E2, E4)",
            ALICE,
            s3(action, "results", "users/alice/x"),
            by=(GRANTS, BOUNDARY, BUCKET),
        )
        for action in ("DeleteObjectVersion", "PutObjectTagging", "RestoreObject", "ReplicateObject")
    ),
)

LISTING = (
    allowed(
        "S1 3.3 a service reads and lists for the caller",
        ALICE,
        s3("GetObject", "results", "users/alice/x", via=Via.FORWARDED),
        s3("GetObject", "raw", "x", via=Via.FORWARDED),
        listing("users/alice/", via=Via.FORWARDED),
        listing(None, purpose="raw", via=Via.FORWARDED),
    ),
    *(
        refused(
            f"a service by itself on {purpose}",
            SAGEMAKER_SERVICE,
            s3("GetObject", purpose, "users/alice/x"),
            by=(BUCKET,),
        )
        for purpose in ("results", "raw")
    ),
    allowed("S4-A3 the own prefix", ALICE, listing("users/alice/")),
    allowed("S4-A3 below the own prefix", ALICE, listing("users/alice/run-1/")),
    *(
        refused(f"S4-A3 prefix {prefix} (F2, R14)", ALICE, listing(prefix), by=(GRANTS, BUCKET))
        for prefix in (None, "", "users/", "users/alice", "users/bob/", "users/al", "users/alice2/")
    ),
    *(
        refused(
            f"S4-A3 old versions, prefix {prefix}", ALICE, listing(prefix, "ListBucketVersions"), by=(GRANTS, BUCKET)
        )
        for prefix in ("users/bob/", "users/alice", None)
    ),
    refused(
        "S4-A3 unfinished uploads, which carry no prefix",
        ALICE,
        listing(None, "ListBucketMultipartUploads"),
        by=(GRANTS, BOUNDARY, BUCKET),
    ),
    allowed(
        "S4-A3 own old versions are listed and read",
        ALICE,
        listing("users/alice/", "ListBucketVersions"),
        s3("GetObjectVersion", "results", "users/alice/x"),
    ),
    refused(
        "S4-A2 an old version of another tenant",
        ALICE,
        s3("GetObjectVersion", "results", "users/bob/x"),
        by=(GRANTS, BOUNDARY, BUCKET),
    ),
    refused(
        "S4-A3 the own prefix from outside",
        ALICE,
        listing("users/alice/", via=Via.NO_ENDPOINT),
        by=(GUARDRAILS, BUCKET),
    ),
    allowed(
        "where the buckets are",
        ALICE,
        *(s3("GetBucketLocation", purpose) for purpose in ("results", "raw", "shared", "staging")),
    ),
    *(
        refused(
            f"R14 {action} on another bucket of the account",
            ALICE,
            Ask(f"s3:{action}", "arn:aws:s3:::other", {"s3:prefix": "users/alice/"}),
            by=(GRANTS, BOUNDARY),
        )
        for action in ("ListBucket", "GetBucketLocation")
    ),
    *(
        refused(
            f"S4-A4 {action}{' (R30)' if 'CORS' in action else ' (R26)'}",
            ALICE,
            s3(action, "results"),
            by=(GRANTS, GUARDRAILS, BOUNDARY, BUCKET),
        )
        for action in (
            "CreateBucket",
            "DeleteBucket",
            "PutBucketPolicy",
            "DeleteBucketPolicy",
            "PutBucketCORS",
            "PutBucketAcl",
            "PutReplicationConfiguration",
        )
    ),
    refused("a tenant reads the bucket's policy", ALICE, s3("GetBucketPolicy", "raw"), by=(GRANTS, BOUNDARY, BUCKET)),
)

RAW = (
    allowed("S1-A1 raw data is read", ALICE, s3("GetObject", "raw", "x"), listing(None, purpose="raw")),
    allowed(
        "S1-A1 raw data is read by a job",
        ALICE_JOB,
        s3("GetObject", "raw", "x", via=Via.NO_ENDPOINT),
        listing("", purpose="raw", via=Via.NO_ENDPOINT),
    ),
    *(
        refused(f"S1-A2 {action} on raw data (R13, E1)", ALICE, s3(action, "raw", "x"), by=(GRANTS, BOUNDARY, BUCKET))
        for action in (
            "PutObject",
            "DeleteObject",
            "DeleteObjectVersion",
            "PutObjectTagging",
            "RestoreObject",
            "ReplicateObject",
            "AbortMultipartUpload",
        )
    ),
    refused(
        "S2-A15 PutObjectAcl on raw data (R18)",
        ALICE,
        s3("PutObjectAcl", "raw", "x"),
        by=(GRANTS, GUARDRAILS, BOUNDARY, BUCKET),
    ),
    refused(
        "S1-A6 a third role with full access deletes raw data (R13)",
        THIRD_ROLE,
        s3("DeleteObject", "raw", "x"),
        by=(BUCKET,),
    ),
    *(
        refused(
            f"S1-A6 a third role reads {purpose}", THIRD_ROLE, s3("GetObject", purpose, "users/alice/x"), by=(BUCKET,)
        )
        for purpose in ("raw", "results")
    ),
    *(
        refused(f"S1-A5 raw data, {way.value}", ALICE, s3("GetObject", "raw", "x", via=way), by=(GUARDRAILS, BUCKET))
        for way in OUTSIDE
    ),
    *(
        refused(
            f"S1-A5 the names of raw data, {way.value}",
            ALICE,
            listing(None, purpose="raw", via=way),
            by=(GUARDRAILS, BUCKET),
        )
        for way in OUTSIDE
    ),
)

TAGGED_BY_STRANGERS = tuple(
    refused(
        f"R19 {action} of another's object that is tagged as SageMaker's",
        who,
        s3(action, "results", "users/bob/x", {"s3:ExistingObjectTag/SageMaker": "true"}, via=way),
        by=(GRANTS, BOUNDARY, BUCKET),
    )
    for who, way in ((ALICE, Via.OWN_ENDPOINT), (ALICE_JOB, Via.NO_ENDPOINT))
    for action in ("GetObject", "PutObject")
)

FOREIGN = (
    *(
        refused(
            f"S2-A16 {action} on a stranger's bucket (R6)",
            ALICE,
            foreign_s3(action, "sagemaker/x"),
            by=(GRANTS, GUARDRAILS, BOUNDARY, Lock.ENDPOINT),
        )
        for action in ("GetObject", "PutObject")
    ),
    refused(
        "R6 the job role writes to a stranger's bucket",
        ALICE_JOB,
        foreign_s3("PutObject", via=Via.NO_ENDPOINT),
        by=(GRANTS, GUARDRAILS, BOUNDARY),
    ),
    refused(
        "a bucket that nobody says the owner of",
        ALICE,
        s3("GetObject", "raw", "x", {"aws:ResourceAccount": None}),
        by=(GUARDRAILS, Lock.ENDPOINT),
    ),
)

ROWS = (*PREFIX, *LISTING, *RAW, *TAGGED_BY_STRANGERS, *FOREIGN)
