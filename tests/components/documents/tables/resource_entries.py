"""Entry by entry, what the policies of buckets, keys and endpoints hold: plain HTTP, nobody named, what is left out."""

from __future__ import annotations

from iamproof import Principal
from tests.components.documents.calls import KEY_ARN, key_use, of, s3, sagemaker
from tests.components.documents.people import ANN
from tests.components.documents.tables.partners import MACIE, SCAN, THERE
from tests.components.documents.tables.people_platform import OUT
from tests.components.documents.world import (
    ACCOUNT,
    ALICE_JOB,
    ANONYMOUS,
    AUDITOR_ARN,
    BUCKETS,
    CLOUDTRAIL,
    CLOUDWATCH_LOGS,
    CURATOR,
    DEPLOYER,
    EMERGENCY_ROLE,
    INGESTION,
    LOG_DELIVERY,
    NAMING,
    THIRD_ROLE,
    Ask,
    Caller,
    Lock,
    Via,
    allowed,
    refused,
)

BUCKET = (Lock.RESOURCE,)
AUDITOR = Caller(Principal.role(AUDITOR_ARN))
# Whoever may tag the emergency role makes a tenant of it, as far as prefixes go.
EMERGENCY_TAGGED, EMERGENCY_CURATING = (
    Caller(Principal.role(EMERGENCY_ROLE.principal.arn or "", {"user": "alice", **tags}))
    for tags in ({}, {"data-administrator": "true"})
)
AUDITOR = Caller(Principal.role(AUDITOR_ARN))

AT_BUCKETS = (
    *(
        refused(
            f"{purpose} is managed over plain HTTP",
            DEPLOYER,
            s3("GetBucketPolicy", purpose, None, {"aws:SecureTransport": False}, via=OUT),
            by=BUCKET,
        )
        for purpose in BUCKETS
    ),
    *(
        refused(f"S1-A6 a third role, {action} on {purpose}, in", THIRD_ROLE, s3(action, purpose), by=BUCKET)
        for purpose in BUCKETS
        for action in ("ListBucket", "GetBucketLocation", "ListBucketVersions")
    ),
    *(
        refused(
            f"nobody named, {action} on {purpose}, {way.value}", ANONYMOUS, s3(action, purpose, key, via=way), by=BUCKET
        )
        for purpose in BUCKETS
        for action, key in (("GetObject", "users/alice/x"), ("ListBucket", None), ("PutBucketPolicy", None))
        for ask in [s3(action, purpose, key)]
        for way in (Via.OWN_ENDPOINT, Via.NO_ENDPOINT)
    ),
    *(
        allowed(f"a job asks where {purpose} is", ALICE_JOB, s3("GetBucketLocation", purpose, via=OUT))
        for purpose in ("results", "raw", "shared", "staging")
    ),
    *(
        allowed(f"an auditor of records, {action}", AUDITOR, s3(action, "audit", key))
        for action, key in (
            *(("GetBucketLocation", None), ("ListBucketVersions", None), ("ListBucketMultipartUploads", None)),
            *((f"GetObject{what}", "x") for what in ("Version", "Attributes", "Tagging")),
            ("ListMultipartUploadParts", "x"),
        )
    ),
    allowed("the ingestion's unfinished uploads", INGESTION, s3("ListBucketMultipartUploads", "raw")),
    *(
        refused(f"in an emergency too, {action} of {purpose}, {how}, {way.value}", who, ask, by=BUCKET)
        for purpose in ("results", "raw", "shared", "staging")
        for how, who in (("as a tenant", EMERGENCY_TAGGED), ("as a data administrator", EMERGENCY_CURATING))
        for action in ("GetObject", "AbortMultipartUpload")
        for way in (Via.OWN_ENDPOINT, Via.NO_ENDPOINT)
        for ask in [s3(action, purpose, "users/alice/x", via=way)]
    ),
    allowed(
        "the data administrator's own unfinished uploads",
        CURATOR,
        s3("ListMultipartUploadParts", "results", "users/carol/x"),
    ),
    *(
        refused(f"nobody named reads what is staged for a partner, {action}", ANONYMOUS, ask, by=BUCKET)
        for action, ask in {
            "its way": s3("GetObject", "staging", "vision/x", THERE, via=OUT),
            "names, its way": s3("ListBucket", "staging", None, {**THERE, "s3:prefix": "vision/"}, via=OUT),
        }.items()
    ),
    *(
        refused(
            f"logs of access are written by whoever does not say {what}",
            LOG_DELIVERY,
            s3("PutObject", "access-logs", "raw/x", context, via=OUT),
            by=BUCKET,
        )
        for what, context in {
            "for which account": {"aws:SourceArn": NAMING.bucket_arn("raw")},
            "for which bucket": {"aws:SourceAccount": ACCOUNT},
        }.items()
    ),
    *(
        allowed(
            f"S3 delivers the log of access to {purpose}",
            LOG_DELIVERY,
            s3(
                "PutObject",
                "access-logs",
                f"{purpose}/x",
                {"aws:SourceAccount": ACCOUNT, "aws:SourceArn": NAMING.bucket_arn(purpose)},
                via=OUT,
            ),
        )
        for purpose in BUCKETS
        if purpose != "access-logs"
    ),
)

MANAGED = (
    *("GetKeyRotationStatus", "ListGrants", "ListKeyPolicies", "ListKeyRotations", "ListResourceTags", "EnableKey"),
    *("DisableKey", "DisableKeyRotation", "RotateKeyOnDemand", "UpdateKeyDescription", "UpdateAlias", "DeleteAlias"),
    *("UntagResource", "RevokeGrant", "CancelKeyDeletion"),
)
AT_KEYS = (
    *(allowed(f"P8 S3-A9 the deployer, {action}", DEPLOYER, key_use(action, None)) for action in MANAGED),
    allowed("a person asks about the key of volumes", ANN, key_use("DescribeKey", "sagemaker", key="volumes")),
    *(
        refused(f"nobody named, {action} directly", ANONYMOUS, Ask(f"kms:{action}", KEY_ARN, via=OUT), by=BUCKET)
        for action in ("Decrypt", "PutKeyPolicy")
    ),
    *(
        allowed(
            f"records are encrypted, {action}",
            CLOUDWATCH_LOGS,
            key_use(
                action,
                None,
                key="logs",
                **{"kms:EncryptionContext:aws:logs:arn": NAMING.arn("logs", "log-group:/aws/sagemaker/TrainingJobs")},
            ),
        )
        for action in ("ReEncryptFrom", "ReEncryptTo")
    ),
    refused("records are encrypted for nobody named", CLOUDWATCH_LOGS, key_use("Decrypt", None, key="logs"), by=BUCKET),
)

SERVICES = (
    *(
        refused(f"a service, {what}, that does not say {key}", MACIE, ask.but(context={key: None}), by=BUCKET)
        for key in SCAN
        for what, ask in {
            "GetObject": s3("GetObject", "staging", "scan/x", SCAN, via=OUT),
            "ListBucket": s3("ListBucket", "staging", None, {**SCAN, "s3:prefix": "scan/"}, via=OUT),
            "Decrypt": key_use("Decrypt", key="partners", **SCAN),
        }.items()
    ),
    refused("a trail that does not say which", CLOUDTRAIL, key_use("DescribeKey", None, key="logs"), by=BUCKET),
)

AT_ENDPOINTS = tuple(
    refused(f"nobody named passes the endpoint of {service}", ANONYMOUS, ask, by=(Lock.ENDPOINT,))
    for service, ask in {
        "s3": s3("GetObject", "results", "users/alice/x"),
        "sagemaker.api": sagemaker("ListModels"),
        "sagemaker.runtime": sagemaker("InvokeEndpoint", "endpoint/alice--x", of("alice")),
        "notebook": sagemaker(
            "CreatePresignedNotebookInstanceUrl", "notebook-instance/x", of("alice"), via=Via.NOTEBOOK_ENDPOINT
        ),
        "logs": Ask("logs:DescribeLogGroups"),
        "sts": Ask("sts:GetCallerIdentity"),
    }.items()
)

ROWS = (*AT_BUCKETS, *AT_KEYS, *SERVICES, *AT_ENDPOINTS)
