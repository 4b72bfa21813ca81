"""The data key, and S4-A13: whose logs are read."""

from __future__ import annotations

from tests.components.documents.calls import key_use
from tests.components.documents.world import ALICE, ALICE_JOB, NAMING, THIRD_ROLE, Ask, Lock, Via, allowed, refused

GRANTS, GUARDRAILS, BOUNDARY, KEY_POLICY = Lock.GRANTS, Lock.GUARDRAILS, Lock.BOUNDARY, Lock.RESOURCE
OTHER_KEY = NAMING.arn("kms", "key/other")

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
        "a grant for a volume", ALICE_JOB, key_use("CreateGrant", "sagemaker", **{"kms:GrantIsForAWSResource": True})
    ),
    refused(
        "a grant for anybody",
        ALICE_JOB,
        key_use("CreateGrant", None, **{"kms:GrantIsForAWSResource": False}),
        by=(GRANTS, KEY_POLICY),
    ),
    refused("a third role with full access decrypts", THIRD_ROLE, key_use("Decrypt"), by=(KEY_POLICY,)),
    refused(
        "a third role with full access makes a grant",
        THIRD_ROLE,
        key_use("CreateGrant", **{"kms:GrantIsForAWSResource": True}),
        by=(KEY_POLICY,),
    ),
    refused(
        "a third role with full access changes the key's policy",
        THIRD_ROLE,
        key_use("PutKeyPolicy", None),
        by=(KEY_POLICY,),
    ),
    refused(
        "a tenant changes the key's policy",
        ALICE,
        key_use("PutKeyPolicy", None),
        by=(GRANTS, GUARDRAILS, BOUNDARY, KEY_POLICY),
    ),
    refused(
        "another key of the account",
        ALICE_JOB,
        Ask("kms:Decrypt", OTHER_KEY, {"kms:ViaService": "s3.ap-northeast-1.amazonaws.com"}),
        by=(GRANTS, BOUNDARY),
    ),
    refused(
        "a grant on another key of the account",
        ALICE_JOB,
        Ask("kms:CreateGrant", OTHER_KEY, {"kms:GrantIsForAWSResource": True}),
        by=(GRANTS, BOUNDARY),
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

ROWS = (*KEY, *LOGS)
