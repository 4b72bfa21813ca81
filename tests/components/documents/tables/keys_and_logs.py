"""S3-A9: who uses which key, through what; and S4-A13: whose logs are read."""

from __future__ import annotations

from typing import Any

from tests.components.documents.calls import key_use
from tests.components.documents.world import (
    ALICE,
    ALICE_JOB,
    CLOUDTRAIL,
    CLOUDWATCH_LOGS,
    DEPLOYER,
    KEYS,
    NAMING,
    SAGEMAKER_SERVICE,
    THIRD_ROLE,
    Ask,
    Lock,
    Via,
    allowed,
    refused,
)

GRANTS, GUARDRAILS, BOUNDARY, KEY_POLICY = Lock.GRANTS, Lock.GUARDRAILS, Lock.BOUNDARY, Lock.RESOURCE
OTHER_KEY = NAMING.arn("kms", "key/other")
FOR_AWS: dict[str, Any] = {"kms:GrantIsForAWSResource": True}
TRAIL, STRANGERS_TRAIL = (
    f"arn:aws:cloudtrail:ap-northeast-1:{account}:trail/ml-dev-trail" for account in ("111122223333", "999999999999")
)
OTHER_TRAIL = NAMING.arn("cloudtrail", "trail/other")


def of_trail(source: str | None, encrypted: str | None) -> dict[str, Any]:
    """Return the context of what CloudTrail does for the trail `source` with files of the trail `encrypted`."""
    context = {"aws:SourceArn": source, "kms:EncryptionContext:aws:cloudtrail:arn": encrypted}
    return {key: value for key, value in context.items() if value}


def of_group(account: str) -> dict[str, Any]:
    """Return the context of what CloudWatch Logs does for a log group of an account."""
    return {"kms:EncryptionContext:aws:logs:arn": f"arn:aws:logs:ap-northeast-1:{account}:log-group:/aws/x"}


KEY = (
    *(
        allowed(f"{action} through {service}", who, key_use(action, service))
        for who in (ALICE, ALICE_JOB)
        for service, action in (("s3", "Decrypt"), ("s3", "GenerateDataKey"), ("sagemaker", "DescribeKey"))
    ),
    refused("the key, used directly", ALICE_JOB, key_use("Decrypt", None), by=(GRANTS, KEY_POLICY)),
    refused(
        "the key, through another service", ALICE_JOB, key_use("Decrypt", "secretsmanager"), by=(GRANTS, KEY_POLICY)
    ),
    allowed(
        "S3-A9 a grant for a volume",
        ALICE_JOB,
        key_use("CreateGrant", "sagemaker", key="volumes", **FOR_AWS),
        key_use("DescribeKey", "sagemaker", key="volumes"),
    ),
    refused(
        "S3-A9 a grant for anybody",
        ALICE_JOB,
        key_use("CreateGrant", "sagemaker", key="volumes", **{"kms:GrantIsForAWSResource": False}),
        by=(GRANTS, KEY_POLICY),
    ),
    refused(
        "S3-A9 a grant for a database",
        ALICE_JOB,
        key_use("CreateGrant", "rds", key="volumes", **FOR_AWS),
        by=(KEY_POLICY,),
    ),
    refused(
        "S3-A9 a grant asked for directly",
        ALICE_JOB,
        key_use("CreateGrant", None, key="volumes", **FOR_AWS),
        by=(KEY_POLICY,),
    ),
    refused(
        "S3-A9 a grant on the data key",
        ALICE_JOB,
        key_use("CreateGrant", "sagemaker", **FOR_AWS),
        by=(GRANTS, KEY_POLICY),
    ),
    refused(
        "S3-A9 a volume is read with the key of volumes, which only grants open",
        ALICE_JOB,
        key_use("Decrypt", "sagemaker", key="volumes"),
        by=(GRANTS, KEY_POLICY),
    ),
    refused(
        "S3-A9 a third role looks at the key of volumes",
        THIRD_ROLE,
        key_use("DescribeKey", "sagemaker", key="volumes"),
        by=(KEY_POLICY,),
    ),
    refused("a third role with full access decrypts", THIRD_ROLE, key_use("Decrypt"), by=(KEY_POLICY,)),
    refused(
        "a third role with full access makes a grant",
        THIRD_ROLE,
        key_use("CreateGrant", "sagemaker", key="volumes", **FOR_AWS),
        by=(KEY_POLICY,),
    ),
    *(
        refused(
            f"S3-A9 a third role with full access changes the policy of the {key} key",
            THIRD_ROLE,
            key_use("PutKeyPolicy", None, key=key),
            by=(KEY_POLICY,),
        )
        for key in KEYS
    ),
    *(
        refused(
            f"S3-A9 a tenant, {action} on the {key} key",
            ALICE,
            key_use(action, None, key=key),
            by=(GRANTS, GUARDRAILS, BOUNDARY, KEY_POLICY),
        )
        for action in ("PutKeyPolicy", "ScheduleKeyDeletion")
        for key in KEYS
    ),
    refused(
        "another key of the account",
        ALICE_JOB,
        Ask("kms:Decrypt", OTHER_KEY, {"kms:ViaService": "s3.ap-northeast-1.amazonaws.com"}),
        by=(GRANTS, BOUNDARY),
    ),
    refused(
        "looking at another key of the account",
        ALICE_JOB,
        Ask("kms:DescribeKey", OTHER_KEY),
        by=(GRANTS, BOUNDARY),
    ),
    refused(
        "a grant on another key of the account",
        ALICE_JOB,
        Ask("kms:CreateGrant", OTHER_KEY, {"kms:GrantIsForAWSResource": True}),
        by=(GRANTS, BOUNDARY),
    ),
)

RECORDS = (
    *(
        allowed(
            f"CloudWatch Logs, {action} for a log group of the account",
            CLOUDWATCH_LOGS,
            key_use(action, None, key="logs", **of_group("111122223333")),
        )
        for action in ("Encrypt", "Decrypt", "GenerateDataKey")
    ),
    refused(
        "CloudWatch Logs encrypts a stranger's log group with our key",
        CLOUDWATCH_LOGS,
        key_use("GenerateDataKey", None, key="logs", **of_group("999999999999")),
        by=(KEY_POLICY,),
    ),
    allowed(
        "CloudTrail encrypts files of the platform's trail",
        CLOUDTRAIL,
        key_use("GenerateDataKey", None, key="logs", **of_trail(TRAIL, TRAIL)),
        key_use("DescribeKey", None, key="logs", **of_trail(TRAIL, None)),
    ),
    *(
        refused(
            f"CloudTrail encrypts with our key, source {source}, files of {encrypted}",
            CLOUDTRAIL,
            key_use("GenerateDataKey", None, key="logs", **of_trail(source, encrypted)),
            by=(KEY_POLICY,),
        )
        for source, encrypted in (
            (STRANGERS_TRAIL, TRAIL),
            (TRAIL, STRANGERS_TRAIL),
            (OTHER_TRAIL, TRAIL),
            (None, TRAIL),
            (TRAIL, None),
        )
    ),
    refused(
        "CloudTrail looks at the key for a stranger",
        CLOUDTRAIL,
        key_use("DescribeKey", None, key="logs", **of_trail(STRANGERS_TRAIL, None)),
        by=(KEY_POLICY,),
    ),
    *(
        refused(
            f"{who.principal.name} reads records with the key of logs",
            who,
            key_use("Decrypt", "s3", key="logs", **of_trail(TRAIL, TRAIL)),
            by=(KEY_POLICY,),
        )
        for who in (ALICE, DEPLOYER, SAGEMAKER_SERVICE)
    ),
)

ENDPOINTS = "log-group:/aws/sagemaker/Endpoints/"
STREAM = "log-group:/aws/sagemaker/TrainingJobs:log-stream:"
LOGS = (
    allowed(
        "S4-A13 the own job's log", ALICE, Ask("logs:GetLogEvents", NAMING.arn("logs", STREAM + "alice--job/algo-1"))
    ),
    *(
        refused(
            f"S4-A13 {stream} (F24)",
            ALICE,
            Ask("logs:GetLogEvents", NAMING.arn("logs", STREAM + stream)),
            by=(GRANTS, BOUNDARY),
        )
        for stream in ("bob--job/algo-1", "alice-2--job/algo-1", "job/algo-1")
    ),
    allowed(
        "S2-J12 the own endpoint's log, whose stream is named after the variant",
        ALICE,
        Ask("logs:GetLogEvents", NAMING.arn("logs", ENDPOINTS + "alice--digits:log-stream:AllTraffic/i-1")),
        Ask("logs:DescribeLogStreams", NAMING.arn("logs", ENDPOINTS + "alice--digits")),
    ),
    *(
        refused(
            f"the log of the endpoint {name} (F24)",
            ALICE,
            Ask("logs:GetLogEvents", NAMING.arn("logs", f"{ENDPOINTS}{name}:log-stream:AllTraffic/i-1")),
            by=(GRANTS, BOUNDARY),
        )
        for name in ("bob--digits", "alice-2--digits", "alice", "digits")
    ),
    allowed(
        "the names of streams",
        ALICE,
        Ask("logs:DescribeLogStreams", NAMING.arn("logs", "log-group:/aws/sagemaker/TrainingJobs")),
    ),
    *(
        allowed(
            f"{action}, delivered by SageMaker",
            who,
            Ask(f"logs:{action}", NAMING.arn("logs", STREAM + "x"), via=Via.NO_ENDPOINT),
        )
        for who in (ALICE, ALICE_JOB)
        for action in ("CreateLogGroup", "CreateLogStream", "PutLogEvents")
    ),
    refused(
        "the streams of another log group",
        ALICE,
        Ask("logs:DescribeLogStreams", NAMING.arn("logs", "log-group:/other")),
        by=(GRANTS, BOUNDARY),
    ),
    refused(
        "another log group",
        ALICE,
        Ask("logs:GetLogEvents", NAMING.arn("logs", "log-group:/other:log-stream:alice--x")),
        by=(GRANTS, BOUNDARY),
    ),
    refused(
        "a log of another account",
        ALICE,
        Ask(
            "logs:PutLogEvents",
            "arn:aws:logs:ap-northeast-1:999999999999:log-group:/aws/sagemaker/x:log-stream:y",
            owner="999999999999",
        ),
        by=(GRANTS, GUARDRAILS, BOUNDARY, Lock.ENDPOINT),
    ),
)

ROWS = (*KEY, *RECORDS, *LOGS)
