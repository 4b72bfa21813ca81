"""The account's records: CloudTrail and Config add them, listed readers read them, nobody changes or removes one."""

from __future__ import annotations

from typing import Any

from iamproof import Principal
from tests.components.documents.calls import key_use, listing, s3
from tests.components.documents.world import (
    ACCOUNT,
    ALICE,
    AUDITOR_ARN,
    CLOUDTRAIL,
    CURATOR,
    DEPLOYER,
    EMERGENCY_ROLE,
    LOG_DELIVERY,
    NAMING,
    STRANGER,
    STRANGERS_ACCOUNT,
    THIRD_ROLE,
    Ask,
    Caller,
    Lock,
    Via,
    allowed,
    refused,
)

GRANTS, BOUNDARY, BUCKET = Lock.GRANTS, Lock.BOUNDARY, Lock.RESOURCE
AUDITOR = Caller(Principal.role(AUDITOR_ARN))
CONFIG = Caller(Principal.service("config.amazonaws.com"))
CALLS, CHANGES = f"AWSLogs/{ACCOUNT}/CloudTrail/x", f"AWSLogs/{ACCOUNT}/Config/x"
OF_TRAIL = {"aws:SourceAccount": ACCOUNT, "aws:SourceArn": NAMING.arn("cloudtrail", "trail/ml-dev-trail")}
OF_ACCOUNT = {"aws:SourceAccount": ACCOUNT}
REMOVES = ("DeleteObject", "DeleteObjectVersion", "PutObjectAcl", "PutObjectRetention", "PutObjectTagging")
OUTSIDE = (Via.NO_ENDPOINT, Via.FOREIGN_ENDPOINT)


def record(action: str, key: str | None = CALLS, /, **more: Any) -> Ask:
    """Return what a service asks of the bucket of records, from its own network."""
    return s3(action, "audit", key, more, via=Via.NO_ENDPOINT)


def by_trail(action: str, key: str | None = CALLS, /, **changes: Any) -> Ask:
    """Return what CloudTrail asks for the platform's trail; a changed key of None is absent."""
    return record(action, key, **OF_TRAIL).but(context=changes)


WRITING = (
    allowed("CloudTrail adds a record", CLOUDTRAIL, by_trail("GetBucketAcl", None), by_trail("PutObject")),
    allowed(
        "Config adds a record",
        CONFIG,
        *(record(action, None, **OF_ACCOUNT) for action in ("GetBucketAcl", "ListBucket")),
        record("PutObject", CHANGES, **OF_ACCOUNT),
    ),
    *(
        refused(f"CloudTrail adds a record {what}", CLOUDTRAIL, by_trail("PutObject", CALLS, **changes), by=(BUCKET,))
        for what, changes in (
            ("for a stranger's account", {"aws:SourceAccount": STRANGERS_ACCOUNT}),
            ("for nobody's account", {"aws:SourceAccount": None}),
            ("for another trail of the account", {"aws:SourceArn": NAMING.arn("cloudtrail", "trail/other")}),
            ("for no trail", {"aws:SourceArn": None}),
            ("in plain text", {"aws:SecureTransport": False}),
        )
    ),
    refused("CloudTrail adds a file beside the records", CLOUDTRAIL, by_trail("PutObject", "x"), by=(BUCKET,)),
    refused(
        "CloudTrail adds a record of another account",
        CLOUDTRAIL,
        by_trail("PutObject", f"AWSLogs/{STRANGERS_ACCOUNT}/CloudTrail/x"),
        by=(BUCKET,),
    ),
    *(
        refused(f"Config adds a record for {whose}", CONFIG, record("PutObject", CHANGES, **context), by=(BUCKET,))
        for whose, context in (
            ("a stranger's account", {"aws:SourceAccount": STRANGERS_ACCOUNT}),
            ("nobody's account", {}),
        )
    ),
    refused("Config adds a record of calls", CONFIG, record("PutObject", CALLS, **OF_ACCOUNT), by=(BUCKET,)),
    *(
        refused(f"CloudTrail, {action} on records", CLOUDTRAIL, by_trail(action), by=(BUCKET,))
        for action in ("GetObject", *REMOVES)
    ),
    refused("S3 delivers a log into the records", LOG_DELIVERY, record("PutObject", **OF_TRAIL), by=(BUCKET,)),
)

READING = (
    allowed(
        "a listed reader reads records, in",
        AUDITOR,
        s3("GetObject", "audit", CALLS),
        listing(None, purpose="audit"),
        key_use("Decrypt", key="logs"),
    ),
    allowed(
        "a service reads records with the rights of a listed reader",
        AUDITOR,
        s3("GetObject", "audit", CALLS, via=Via.FORWARDED),
        listing(None, purpose="audit", via=Via.FORWARDED),
    ),
    *(
        refused(
            f"a listed reader reads records, {way.value}",
            AUDITOR,
            s3("GetObject", "audit", CALLS, via=way),
            by=(BUCKET,),
        )
        for way in OUTSIDE
    ),
    *(
        refused(
            f"a listed reader lists records, {way.value}",
            AUDITOR,
            listing(None, purpose="audit", via=way),
            by=(BUCKET,),
        )
        for way in OUTSIDE
    ),
    refused(
        "a listed reader reads records over plain HTTP",
        AUDITOR,
        s3("GetObject", "audit", CALLS, {"aws:SecureTransport": False}),
        by=(BUCKET,),
    ),
    *(
        refused(f"a listed reader, {action} on records", AUDITOR, s3(action, "audit", CALLS), by=(BUCKET,))
        for action in ("PutObject", *REMOVES)
    ),
    *(
        refused(f"a listed reader, {action} on the bucket of records", AUDITOR, s3(action, "audit", None), by=(BUCKET,))
        for action in ("PutBucketPolicy", "DeleteBucketPolicy", "PutLifecycleConfiguration", "DeleteBucket")
    ),
    *(
        refused(f"a listed reader, {what}", AUDITOR, ask, by=(BUCKET,))
        for what, ask in (
            ("the key of records directly", key_use("Decrypt", None, key="logs")),
            ("the key of records to encrypt", key_use("GenerateDataKey", key="logs")),
            ("the key of data", key_use("Decrypt")),
        )
    ),
)

NOBODY_ELSE = (
    *(
        refused(f"{action} on records", who, s3(action, "audit", CALLS), by=(GRANTS, BOUNDARY, BUCKET))
        for who in (ALICE, CURATOR)
        for action in ("GetObject", "PutObject", "DeleteObject", "DeleteObjectVersion")
    ),
    *(
        refused(f"P8 who manages the bucket, {action} on records", who, s3(action, "audit", CALLS), by=(BUCKET,))
        for who in (DEPLOYER, EMERGENCY_ROLE)
        for action in ("GetObject", "GetObjectVersion", "PutObject", "DeleteObject", "DeleteObjectVersion")
    ),
    *(
        refused(
            f"a third role with full access, {action} on records", THIRD_ROLE, s3(action, "audit", key), by=(BUCKET,)
        )
        for action, key in (
            ("GetObject", CALLS),
            ("DeleteObject", CALLS),
            ("ListBucket", None),
            ("PutBucketPolicy", None),
        )
    ),
    refused(
        "a third role with full access lists records, out",
        THIRD_ROLE,
        s3("ListBucket", "audit", None, via=Via.NO_ENDPOINT),
        by=(BUCKET,),
    ),
    *(
        refused(f"a stranger, {action} on records", STRANGER, s3(action, "audit", CALLS), by=(BUCKET,))
        for action in ("GetObject", "PutObject")
    ),
    refused("a third role decrypts records", THIRD_ROLE, key_use("Decrypt", key="logs"), by=(BUCKET,)),
)

ENCRYPTING = (
    *(
        allowed(f"Config, {action} for this account", CONFIG, key_use(action, None, key="logs", **OF_ACCOUNT))
        for action in ("GenerateDataKey", "Decrypt")
    ),
    *(
        refused(
            f"Config encrypts with our key for {whose}",
            CONFIG,
            key_use("GenerateDataKey", None, key="logs", **context),
            by=(BUCKET,),
        )
        for whose, context in (
            ("a stranger's account", {"aws:SourceAccount": STRANGERS_ACCOUNT}),
            ("nobody's account", {}),
        )
    ),
    refused(
        "Config uses the key of data", CONFIG, key_use("GenerateDataKey", None, key="data", **OF_ACCOUNT), by=(BUCKET,)
    ),
)

ROWS = (*WRITING, *READING, *NOBODY_ELSE, *ENCRYPTING)
