"""Holes that real policies of this kind have, asked of a tenant's workloads: S0 3.2, S1 3.2, S3 3.4 and their like."""

from __future__ import annotations

from tests.components.documents.calls import create_model, create_notebook, key_use, listing, of, s3, sagemaker, tagged
from tests.components.documents.world import (
    ALICE,
    ALICE_GRANTED_ALL,
    ALICE_JOB,
    NAMING,
    STRANGERS_ACCOUNT,
    Ask,
    Lock,
    Via,
    allowed,
    refused,
)

SM = "sagemaker:"
BOTH = (Lock.GUARDRAILS, Lock.GRANTS)
ALL = (*BOTH, Lock.BOUNDARY)
WORKLOADS = ((ALICE, Via.OWN_ENDPOINT), (ALICE_JOB, Via.NO_ENDPOINT))
OTHERS_LOGS = NAMING.arn("logs", "log-group:/aws/cloudtrail/audit:log-stream:x")
OWN_LOGS = NAMING.arn("logs", "log-group:/aws/sagemaker/TrainingJobs:log-stream:alice--x")

STUDIO_AND_MORE = (
    refused(
        "P2 the notebook role creates a notebook with internet",
        ALICE,
        create_notebook(**{SM + "DirectInternetAccess": "Enabled"})[0],
        by=BOTH,
    ),
    *(
        refused(
            f"P4 a workload writes to a bucket named like SageMaker's, {how}",
            who,
            Ask("s3:PutObject", "arn:aws:s3:::sagemaker-studio-x/sagemaker/x", via=way, owner=owner),
            by=locks,
        )
        for who, way in WORKLOADS
        for how, owner, locks in (
            ("in the account", "111122223333", (Lock.GRANTS, Lock.BOUNDARY)),
            ("of a stranger", STRANGERS_ACCOUNT, ALL),
        )
    ),
    refused(
        "P5 a query in any workgroup",
        ALICE,
        Ask("athena:StartQueryExecution", NAMING.arn("athena", "workgroup/primary")),
        by=ALL,
    ),
    refused(
        "P6 a function with sagemaker in its name",
        ALICE,
        Ask("lambda:InvokeFunction", NAMING.arn("lambda", "function:sagemaker-x")),
        by=ALL,
    ),
    refused(
        "P7 own data from the internet",
        ALICE,
        s3("GetObject", "results", "users/alice/x", via=Via.NO_ENDPOINT),
        by=(Lock.GUARDRAILS, Lock.RESOURCE),
    ),
)

BUCKETS = (
    *(
        refused(
            f"E2, E6 {action} makes an object of {purpose} public",
            who,
            s3(action, purpose, "users/alice/x", via=way),
            by=ALL,
        )
        for who, way in WORKLOADS
        for purpose in ("results", "raw")
        for action in ("PutObjectAcl", "PutObjectVersionAcl")
    ),
    *(
        refused(
            f"E4 {action} on an own result",
            ALICE_JOB,
            s3(action, "results", "users/alice/x", via=Via.NO_ENDPOINT),
            by=locks,
        )
        for action, locks in {
            "BypassGovernanceRetention": ALL,
            "DeleteObjectVersion": (Lock.GRANTS, Lock.BOUNDARY),
            "PutObjectRetention": (Lock.GRANTS, Lock.BOUNDARY),
        }.items()
    ),
    allowed(
        "E3 names below the own prefix are listed, as is raw data",
        ALICE_JOB,
        listing("users/alice/", via=Via.NO_ENDPOINT),
        listing(None, purpose="raw", via=Via.NO_ENDPOINT),
    ),
    refused(
        "E8 raw data over plain HTTP",
        ALICE_JOB,
        s3("GetObject", "raw", "x", {"aws:SecureTransport": False}, via=Via.NO_ENDPOINT),
        by=(Lock.RESOURCE,),
    ),
    refused(
        "G12 a job overwrites raw data",
        ALICE_JOB,
        s3("PutObject", "raw", "x", via=Via.NO_ENDPOINT),
        by=(Lock.GRANTS, Lock.BOUNDARY, Lock.RESOURCE),
    ),
)

WORK = (
    refused("G8 a model without VPC", ALICE, *create_model(**{SM + "VpcSubnets": None})),
    refused(
        "G9 a workload writes into the audit's log group",
        ALICE_JOB,
        Ask("logs:PutLogEvents", OTHERS_LOGS, via=Via.NO_ENDPOINT),
        by=(Lock.GRANTS, Lock.BOUNDARY),
    ),
    allowed(
        "a workload writes into SageMaker's log group (E7)",
        ALICE_JOB,
        Ask("logs:PutLogEvents", OWN_LOGS, via=Via.NO_ENDPOINT),
    ),
    refused(
        "G11 an endpoint is invoked from the internet",
        ALICE,
        sagemaker("InvokeEndpoint", "endpoint/alice--x", of("alice"), via=Via.NO_ENDPOINT),
    ),
    *(
        refused(
            f"R8 the own role is passed to {service}",
            who,
            Ask(
                "iam:PassRole",
                NAMING.tenant_role_arn("alice", "job"),
                {"iam:PassedToService": f"{service}.amazonaws.com"},
                via=way,
            ),
            by=ALL,
        )
        for who, way in WORKLOADS
        for service in ("glue", "robomaker", "states", "lambda", "ec2", "ecs-tasks")
    ),
)

# What carries no key for its network, as compliant as a caller can make it.
WITHOUT_A_KEY = {
    "CreateCompilationJob": "compilation-job",
    "CreateOptimizationJob": "optimization-job",
    "CreateInferenceRecommendationsJob": "inference-recommendations-job",
    "CreateInferenceExperiment": "inference-experiment",
    "CreateLabelingJob": "labeling-job",
    "CreateWorkforce": "workforce",
    "CreateMlflowTrackingServer": "mlflow-tracking-server",
    "CreateMlflowApp": "mlflow-app",
    "CreatePartnerApp": "partner-app",
    "CreateCluster": "cluster",
    "CreateTrainingSession": "training-session",
    "CreateJob": "job",
    "CreateAIBenchmarkJob": "ai-benchmark-job",
    "CreateInferenceRouter": "inference-router",
    "CreateProject": "project",
    "DeployHubModel": "hub-content",
    "TrainHubModel": "hub-content",
    "AddAssociation": "artifact",
    "AssociateTrialComponent": "experiment-trial-component",
    "UpdateTrialComponent": "experiment-trial-component",
    "StartPipelineExecution": "pipeline",
    "BatchPutMetrics": "training-job",
}
REFUSED = tuple(
    refused(
        f"R5 {action}, own, tagged and granted",
        ALICE_GRANTED_ALL,
        sagemaker(action, f"{kind}/alice--x", {**tagged(), **of("alice")}),
    )
    for action, kind in WITHOUT_A_KEY.items()
)

LIMITS = (
    *(
        refused(
            f"S3-A2 {action} to a type that the stage does not list",
            ALICE_GRANTED_ALL,
            sagemaker(action, resource, of("alice", **{SM + "InstanceTypes": ["ml.p5.48xlarge"]})),
        )
        for action, resource in {
            "UpdateNotebookInstance": "notebook-instance/alice--x",
            "UpdateTrainingJob": "training-job/alice--x",
        }.items()
    ),
    refused(
        "S3-A4 a package is registered as approved",
        ALICE_GRANTED_ALL,
        sagemaker("CreateModelPackage", "model-package/alice--x/1", {SM + "ModelApprovalStatus": "Approved"}),
        sagemaker("CreateModelPackage", "model-package-group/alice--x", of("alice")),
    ),
    refused(
        "a grant of the key for whoever does not say it is AWS",
        ALICE,
        key_use("CreateGrant", "sagemaker", key="volumes"),
        by=(Lock.GRANTS, Lock.RESOURCE),
    ),
)

ROWS = (*LIMITS, *STUDIO_AND_MORE, *BUCKETS, *WORK, *REFUSED)
