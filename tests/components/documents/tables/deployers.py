"""Promise P8 both ways: the deployer manages buckets and key from outside, and reaches nothing that they hold."""

from __future__ import annotations

from tests.components.documents.calls import key_use, s3
from tests.components.documents.world import (
    BUCKETS,
    DEPLOYER,
    DEPLOYERS_TWIN,
    EMERGENCY_ROLE,
    KEYS,
    TAGGED_DEPLOYER,
    Lock,
    Via,
    allowed,
    refused,
)

OBJECT_ACTIONS = ("GetObject", "PutObject", "DeleteObject", "GetObjectVersion", "DeleteObjectVersion")
VOLUME_SERVICES = ("sagemaker", "elasticfilesystem", "fsx")
FOR_AWS = {"kms:GrantIsForAWSResource": True}
MANAGING = (
    "GetBucketPolicy",
    "PutBucketPolicy",
    "PutBucketVersioning",
    "DeleteBucket",
    "ListBucket",
    "ListBucketVersions",
    "PutBucketTagging",
)
# What a key whose policy names services alone can never be: changed.
ANSWERING = {"PutKeyPolicy": "PutKeyPolicy (G3)"}
MANAGING_KEY = (
    "DescribeKey",
    "GetKeyPolicy",
    "PutKeyPolicy",
    "EnableKeyRotation",
    "TagResource",
    "ScheduleKeyDeletion",
    "CreateAlias",
)
USING_KEY = ("Decrypt", "Encrypt", "GenerateDataKey", "ReEncryptFrom", "ReEncryptTo", "GenerateDataKeyWithoutPlaintext")
ROWS = (
    *(
        allowed(f"P8 {action} on {bucket}, out", who, s3(action, bucket, via=Via.NO_ENDPOINT))
        for who in (DEPLOYER, EMERGENCY_ROLE)
        for bucket in BUCKETS
        for action in MANAGING
    ),
    *(
        refused(
            f"P8 {action} on an object of {bucket}, {way.value}",
            who,
            s3(action, bucket, "users/alice/x", via=way),
            by=(Lock.RESOURCE,),
        )
        for who in (DEPLOYER, EMERGENCY_ROLE)
        for bucket in BUCKETS
        for way in (Via.NO_ENDPOINT, Via.OWN_ENDPOINT)
        for action in OBJECT_ACTIONS
    ),
    *(
        refused(
            f"P8 a deployer that carries a data administrator's tags reads {bucket}",
            TAGGED_DEPLOYER,
            s3("GetObject", bucket, "users/alice/x"),
            by=(Lock.RESOURCE,),
        )
        for bucket in BUCKETS
    ),
    *(
        allowed(f"P8 S3-A9 {ANSWERING.get(action, action)} on the {key} key", who, key_use(action, None, key=key))
        for who in (DEPLOYER, EMERGENCY_ROLE)
        for action in MANAGING_KEY
        for key in KEYS
    ),
    *(
        refused(
            f"P8 {action} with the {key} key, through {service or 'KMS'}",
            who,
            key_use(action, service, key=key),
            by=(Lock.RESOURCE,),
        )
        for who in (DEPLOYER, EMERGENCY_ROLE)
        for action in USING_KEY
        for service in ("s3", None)
        for key in KEYS
    ),
    allowed(
        "the deployer makes a notebook, a Studio home and a file system that are encrypted",
        DEPLOYER,
        *(key_use("CreateGrant", service, key="volumes", **FOR_AWS) for service in VOLUME_SERVICES),
    ),
    refused(
        "P8 the deployer grants the key to anybody",
        DEPLOYER,
        key_use("CreateGrant", "sagemaker", key="volumes", **{"kms:GrantIsForAWSResource": False}),
        by=(Lock.RESOURCE,),
    ),
    refused(
        "P8 a prefix twin of the deployer manages",
        DEPLOYERS_TWIN,
        s3("PutBucketPolicy", "raw", via=Via.NO_ENDPOINT),
        by=(Lock.RESOURCE,),
    ),
)
