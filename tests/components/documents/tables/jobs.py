"""S2-A12, A13, S4-A8: training, models and endpoints, and their holes."""

from __future__ import annotations

from tests.components.documents.calls import (
    FOREIGN_GROUP,
    FOREIGN_SUBNET,
    SIZE,
    SUBNETS,
    create_endpoint,
    create_endpoint_config,
    create_job,
    create_model,
    of,
    pass_role,
    sagemaker,
    tag_on_create,
    tagged,
)
from tests.components.documents.world import ALICE, NAMING, STRANGERS_ACCOUNT, Lock, Row, Via, allowed, refused

SM = "sagemaker:"
BOTH = (Lock.GUARDRAILS, Lock.GRANTS)
PROCESSING = ("CreateProcessingJob", "processing-job")
TUNING = ("CreateHyperParameterTuningJob", "hyper-parameter-tuning-job")
MODEL_ARN = SM + "ModelArn"
OWN_MODEL, BOBS_MODEL = (NAMING.sagemaker_arn(f"model/{name}") for name in ("alice--digits", "bob--digits"))
STRANGERS_ENDPOINT = f"arn:aws:sagemaker:ap-northeast-1:{STRANGERS_ACCOUNT}:endpoint/open"


def training(name: str, **changes: object) -> Row:
    """Return the refused training job with some keys changed."""
    return refused(name, ALICE, *create_job(**changes))


TRAINING = (
    allowed("S2-A12 a compliant training job", ALICE, *create_job()),
    allowed("S4-A8 with tag and own job role", ALICE, *create_job()),
    allowed("a compliant tuning job", ALICE, *create_job(*TUNING)),
    allowed("a compliant processing job", ALICE, *create_job(*PROCESSING)),
    *(
        refused(
            f"S2-A18 processing with isolation {said}, where it would hold the job role's keys",
            ALICE,
            *create_job(*PROCESSING, **{SM + "NetworkIsolation": value}),
        )
        for said, value in (("false", False), ("absent", None))
    ),
    refused(
        "F15 a training job on a training plan",
        ALICE,
        *create_job(),
        sagemaker("CreateTrainingJob", "training-plan/alice--p", create_job()[0].context),
        by=BOTH,
    ),
    refused(
        "a training job with capacity that the platform reserved",
        ALICE,
        *create_job(),
        sagemaker("CreateTrainingJob", "reserved-capacity/r", create_job()[0].context),
        by=BOTH,
    ),
    training("S2-A12 isolation false (R2b)", **{SM + "NetworkIsolation": False}),
    training("S2-A12 isolation absent (R2)", **{SM + "NetworkIsolation": None}),
    training("S2-A12 no VPC (R1)", **{SM + "VpcSubnets": None, SM + "VpcSecurityGroupIds": None}),
    training("S2-A12 subnets absent", **{SM + "VpcSubnets": None}),
    training("S2-A12 groups absent", **{SM + "VpcSecurityGroupIds": None}),
    training("S2-A12 foreign subnet", **{SM + "VpcSubnets": [*SUBNETS, FOREIGN_SUBNET]}),
    training("S2-A12 foreign group (R28)", **{SM + "VpcSecurityGroupIds": [FOREIGN_GROUP]}),
    training("S2-A12 remote debug", **{SM + "EnableRemoteDebug": True}),
    allowed("remote debug said to be off", ALICE, *create_job(**{SM + "EnableRemoteDebug": False})),
    training("a mounted file system", **{SM + "FileSystemId": "fs-0123456789abcdef0"}),
    refused("S4-A8 no tag", ALICE, *create_job(**{"aws:RequestTag/user": None, "aws:TagKeys": None}), by=BOTH),
    refused("S4-A8 bob's tag", ALICE, *create_job(**{"aws:RequestTag/user": "bob"}), by=BOTH),
    refused("S4-A8 bob's role (F4, F6)", ALICE, *create_job()[:2], pass_role("bob"), by=(*BOTH, Lock.BOUNDARY)),
    refused("a job from the internet", ALICE, *(ask.but(via=Via.NO_ENDPOINT) for ask in create_job())),
    refused("a tuning job without isolation", ALICE, *create_job(*TUNING, **{SM + "NetworkIsolation": None})),
    refused(
        "processing without VPC",
        ALICE,
        *create_job(*PROCESSING, **{SM + "VpcSubnets": None}),
    ),
    refused("F15 a training plan", ALICE, sagemaker("CreateTrainingPlan", "training-plan/alice--p", tagged()), by=BOTH),
)

JOBS = (
    *(
        allowed(f"{action} on an own job", ALICE, sagemaker(action, f"{kind}/alice--j", of("alice")))
        for kind, actions in {
            "training-job": (
                "DescribeTrainingJob",
                "StopTrainingJob",
                "UpdateTrainingJob",
                "DeleteTrainingJob",
            ),
            "hyper-parameter-tuning-job": ("DescribeHyperParameterTuningJob", "StopHyperParameterTuningJob"),
            "processing-job": ("DescribeProcessingJob", "StopProcessingJob"),
            "transform-job": ("DescribeTransformJob", "StopTransformJob"),
        }.items()
        for action in actions
    ),
    *(
        refused(
            f"S4-A8 {action} on bob's job (F5, F16, F21)",
            ALICE,
            sagemaker(action, "training-job/bob--j", of("bob")),
            by=BOTH,
        )
        for action in (
            "StopTrainingJob",
            "DescribeTrainingJob",
            "UpdateTrainingJob",
            "DeleteTrainingJob",
            "BatchPutMetrics",
        )
    ),
    refused(
        "remote debug switched on later",
        ALICE,
        sagemaker("UpdateTrainingJob", "training-job/alice--j", of("alice", **{SM + "EnableRemoteDebug": True})),
    ),
    allowed("the list of training jobs", ALICE, sagemaker("ListTrainingJobs")),
    allowed(
        "search of the own things",
        ALICE,
        sagemaker("Search", "*", {SM + "SearchVisibilityCondition/Tags.user/EqualsIfExists": "alice"}),
    ),
    refused("F12 search of everything", ALICE, sagemaker("Search"), by=BOTH),
    refused(
        "F12 search of bob's",
        ALICE,
        sagemaker("Search", "*", {SM + "SearchVisibilityCondition/Tags.user/EqualsIfExists": "bob"}),
        by=BOTH,
    ),
)

MODELS = (
    allowed("S2-A13 a model with VPC and isolation", ALICE, *create_model()),
    refused(
        "R29 a model without VPC", ALICE, *create_model(**{SM + "VpcSubnets": None, SM + "VpcSecurityGroupIds": None})
    ),
    refused("a model without isolation", ALICE, *create_model(**{SM + "NetworkIsolation": None})),
    refused("a model with bob's tag", ALICE, *create_model(**{"aws:RequestTag/user": "bob"}), by=BOTH),
    refused("a model under another's name", ALICE, *create_model("bob--digits"), by=BOTH),
    refused("a model under a prefix twin's name", ALICE, *create_model("alice-2--digits"), by=BOTH),
    allowed("S2-A13 a configuration with that model", ALICE, *create_endpoint_config()),
    refused("S2-A13 serverless by memory (R24)", ALICE, *create_endpoint_config(**{SM + "ServerlessMemorySize": 2048})),
    refused(
        "S2-A13 serverless by concurrency (R24)", ALICE, *create_endpoint_config(**{SM + "ServerlessMaxConcurrency": 5})
    ),
    refused("a configuration with bob's model", ALICE, *create_endpoint_config("bob--digits")),
    refused("a configuration without a model", ALICE, *create_endpoint_config(None)),
    refused("bob's model beside an own one", ALICE, *create_endpoint_config(**{MODEL_ARN: [OWN_MODEL, BOBS_MODEL]})),
    allowed(
        "a transform with an own model",
        ALICE,
        sagemaker("CreateTransformJob", "transform-job/alice--t", {**tagged(), **SIZE, MODEL_ARN: OWN_MODEL}),
        tag_on_create("CreateTransformJob", "transform-job/alice--t"),
    ),
    refused(
        "R5 a transform with bob's model",
        ALICE,
        sagemaker("CreateTransformJob", "transform-job/alice--t", {**tagged(), **SIZE, MODEL_ARN: BOBS_MODEL}),
    ),
    refused(
        "R5 a transform without a model", ALICE, sagemaker("CreateTransformJob", "transform-job/alice--t", tagged())
    ),
)

ENDPOINTS = (
    allowed("S2-A13 an endpoint of that configuration", ALICE, *create_endpoint()),
    refused(
        "an endpoint with bob's tag",
        ALICE,
        *(ask.but(context={"aws:RequestTag/user": "bob"}) for ask in create_endpoint()[:2]),
        by=BOTH,
    ),
    refused("an endpoint of bob's configuration", ALICE, *create_endpoint("bob"), by=BOTH),
    refused("an endpoint of an untagged configuration", ALICE, *create_endpoint(None), by=BOTH),
    *(
        allowed(f"S2-A13 {action} own", ALICE, sagemaker(action, "endpoint/alice--digits", of("alice")))
        for action in ("InvokeEndpoint", "InvokeEndpointAsync", "DescribeEndpoint", "DeleteEndpoint")
    ),
    allowed(
        "the model and configuration are removed",
        ALICE,
        sagemaker("DeleteModel", "model/alice--digits", of("alice")),
        sagemaker("DeleteEndpointConfig", "endpoint-config/alice--digits", of("alice")),
    ),
    allowed(
        "an endpoint is moved to another own configuration",
        ALICE,
        sagemaker("UpdateEndpoint", "endpoint/alice--digits", of("alice")),
        sagemaker("UpdateEndpoint", "endpoint-config/alice--second", of("alice")),
    ),
    refused(
        "an endpoint is moved to bob's configuration",
        ALICE,
        sagemaker("UpdateEndpoint", "endpoint/alice--digits", of("alice")),
        sagemaker("UpdateEndpoint", "endpoint-config/bob--second", of("bob")),
        by=BOTH,
    ),
    *(
        refused(
            f"S2-A13 {action} another's ({'R25' if action.startswith('Invoke') else 'R27'})",
            ALICE,
            sagemaker(action, "endpoint/bob--digits", of("bob")),
            by=BOTH,
        )
        for action in (
            "InvokeEndpoint",
            "InvokeEndpointWithResponseStream",
            "DeleteEndpoint",
            "UpdateEndpointWeightsAndCapacities",
        )
    ),
    refused(
        "S2-A13 an endpoint of another account",
        ALICE,
        sagemaker("InvokeEndpoint", STRANGERS_ENDPOINT, of("alice"), owner=STRANGERS_ACCOUNT),
        by=(*BOTH, Lock.BOUNDARY, Lock.ENDPOINT),
    ),
    refused(
        "an endpoint invoked from the internet",
        ALICE,
        sagemaker("InvokeEndpoint", "endpoint/alice--digits", of("alice"), via=Via.NO_ENDPOINT),
    ),
)

ROWS = (*TRAINING, *JOBS, *MODELS, *ENDPOINTS)
