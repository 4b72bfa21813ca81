"""S2-A15 and the holes of S2 3.7 that concern whole services: what nobody may do, whatever is attached."""

from __future__ import annotations

from tests.components.documents.calls import FOREIGN_GROUP, of, placed, sagemaker, tagged
from tests.components.documents.world import (
    ALICE,
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
INTERFACE = NAMING.arn("ec2", "network-interface/eni-0123456789abcdef0")
IN_PLATFORM = {"ec2:Subnet": NAMING.arn("ec2", "subnet/subnet-0aaaaaaaaaaaaaaa1")}
ELSEWHERE_IN_ACCOUNT = {"ec2:Subnet": NAMING.arn("ec2", "subnet/subnet-0f")}
TO_SAGEMAKER = {"ec2:AuthorizedService": "sagemaker.amazonaws.com"}

# The hole that an action is; the others are ways out beside them.
HOLES = {
    "glue:CreateJob": " (R10)",
    "glue:StartJobRun": " (R10)",
    "ec2:CreateVpcEndpoint": " (R11)",
    "ecr:SetRepositoryPolicy": " (R12)",
    "logs:PutResourcePolicy": " (R12)",
    "sns:Subscribe": " (R18)",
    "s3:CreateBucket": " (R26)",
    "CreateNotebookInstanceLifecycleConfig": " (R23)",
    "UpdateNotebookInstanceLifecycleConfig": " (R23)",
    "CreateCluster": "",
    "ConjureSomethingNew": "",
}

EXITS = tuple(
    refused(f"S2-A15 {action}{HOLES.get(action, '')}", who, Ask(action, resource), by=ALL)
    for who in (ALICE, ALICE_JOB)
    for action, resource in {
        "glue:CreateJob": NAMING.arn("glue", "job/x"),
        "glue:StartJobRun": NAMING.arn("glue", "job/x"),
        "ec2:CreateVpcEndpoint": NAMING.arn("ec2", "vpc/vpc-1"),
        "ec2:CreateRoute": NAMING.arn("ec2", "route-table/rtb-1"),
        "ec2:CreateNatGateway": NAMING.arn("ec2", "subnet/subnet-0aaaaaaaaaaaaaaa1"),
        "ec2:AttachInternetGateway": NAMING.arn("ec2", "vpc/vpc-1"),
        "ec2:CreateVpcPeeringConnection": NAMING.arn("ec2", "vpc/vpc-1"),
        "ec2:AuthorizeSecurityGroupEgress": NAMING.arn("ec2", "security-group/sg-1"),
        "ec2:AssociateAddress": NAMING.arn("ec2", "elastic-ip/eipalloc-1"),
        "ecr:SetRepositoryPolicy": NAMING.arn("ecr", "repository/x"),
        "logs:PutResourcePolicy": "*",
        "s3:CreateBucket": "arn:aws:s3:::new",
        "s3:CreateAccessPoint": NAMING.arn("s3", "accesspoint/x"),
        "sns:Subscribe": NAMING.arn("sns", "topic"),
        "codebuild:StartBuild": NAMING.arn("codebuild", "project/x"),
        "states:StartExecution": NAMING.arn("states", "stateMachine:x"),
        "lambda:InvokeFunction": NAMING.arn("lambda", "function:x"),
        "sts:AssumeRole": NAMING.iam_arn("role/other"),
    }.items()
)

ELSEWHERE = tuple(
    refused(
        f"{'R20' if action.startswith('codecommit') else 'R6'} {action} in a stranger's account",
        who,
        Ask(action, resource, owner=STRANGERS_ACCOUNT, via=way),
        by=ALL,
    )
    for who, way in ((ALICE, Via.OWN_ENDPOINT), (ALICE_JOB, Via.NO_ENDPOINT))
    for action, resource in {
        "codecommit:GitPush": f"arn:aws:codecommit:ap-northeast-1:{STRANGERS_ACCOUNT}:x",
        "sns:Publish": f"arn:aws:sns:ap-northeast-1:{STRANGERS_ACCOUNT}:x",
        "secretsmanager:GetSecretValue": f"arn:aws:secretsmanager:ap-northeast-1:{STRANGERS_ACCOUNT}:secret:x",
        "kms:Encrypt": f"arn:aws:kms:ap-northeast-1:{STRANGERS_ACCOUNT}:key/x",
        "logs:PutLogEvents": f"arn:aws:logs:ap-northeast-1:{STRANGERS_ACCOUNT}:log-group:x:log-stream:y",
    }.items()
)

# What the tables of S2 name, by the type of resource that the action needs; None is an action without a type.
UNREVIEWED = {
    "CreateLabelingJob": "labeling-job/x",
    "CreateMlflowTrackingServer": "mlflow-tracking-server/x",
    "CreateApp": "app/d-1/alice/JupyterLab/x",
    "CreateFlowDefinition": "flow-definition/x",
    "CreateCompilationJob": "compilation-job/x",
    "CreateInferenceRecommendationsJob": "inference-recommendations-job/x",
    "StartPipelineExecution": "pipeline/alice--p",
    "CreateNotebookInstanceLifecycleConfig": "notebook-instance-lifecycle-config/x",
    "UpdateNotebookInstanceLifecycleConfig": "notebook-instance-lifecycle-config/ml-dev-notebook",
    "CreateInferenceComponent": "inference-component/alice--c",
    "CreateCluster": "cluster/x",
    "ConjureSomethingNew": "thing-of-tomorrow/x",
}

SURFACE = (
    *(
        refused(
            f"S2-A15 {action}{HOLES.get(action, ' (R5)')}",
            ALICE,
            sagemaker(action, resource, {**tagged(), **of("alice")}),
            by=BOTH,
        )
        for action, resource in UNREVIEWED.items()
    ),
    *(
        refused(f"S2-A15 {action}, which has no resource type", ALICE, sagemaker(action), by=ALL)
        for action in ("PutResourcePolicy", "CreateLineageGroupPolicy", "ConjureWithoutAResource")
    ),
    *(
        refused(f"S2-A15 {action} on an own, reviewed thing, which nobody classified", ALICE, asked, by=BOTH)
        for action, asked in {
            "ConjureTrainingJob": sagemaker("ConjureTrainingJob", "training-job/alice--j", of("alice")),
            "TransmogrifyEndpoint": sagemaker("TransmogrifyEndpoint", "endpoint/alice--e", of("alice")),
        }.items()
    ),
    refused(
        "S2-A15 another service that nobody reviewed",
        ALICE,
        Ask("athena:StartQueryExecution", NAMING.arn("athena", "workgroup/x")),
        by=ALL,
    ),
    *(
        refused(f"{action} on an own, reviewed thing", ALICE, sagemaker(action, resource, of("alice")), by=BOTH)
        for action, resource in {
            "PutEndpointPolicy": "endpoint/alice--e",
            "DeleteEndpointPolicy": "endpoint/alice--e",
            "UpdateInferenceComponent": "endpoint/alice--e",
        }.items()
    ),
    refused(
        "R3 a Studio domain",
        ALICE,
        sagemaker("CreateDomain", "domain/d-1", {**placed(), **tagged(), SM + "AppNetworkAccessType": "VpcOnly"}),
        by=BOTH,
    ),
    refused(
        "R4 a public Studio domain",
        ALICE,
        sagemaker("UpdateDomain", "domain/d-1", of("alice", **{SM + "AppNetworkAccessType": "PublicInternetOnly"})),
        by=BOTH,
    ),
    refused(
        "R4 a domain that does not say VpcOnly again",
        ALICE,
        sagemaker("UpdateDomain", "domain/d-1", of("alice")),
        by=BOTH,
    ),
    refused(
        "R16 the Studio URL of any profile",
        ALICE,
        sagemaker("CreatePresignedDomainUrl", "user-profile/d-1/bob", of("alice")),
        by=BOTH,
    ),
    refused(
        "an inference component on bob's endpoint",
        ALICE,
        sagemaker(
            "CreateInferenceComponent",
            "endpoint/bob--e",
            {**tagged(), **of("bob"), SM + "ModelArn": NAMING.sagemaker_arn("model/alice--m")},
        ),
        by=BOTH,
    ),
    refused(
        "a foreign group at an API that nobody listed",
        ALICE,
        sagemaker(
            "CreateTransformJob",
            "transform-job/alice--t",
            {
                **tagged(),
                SM + "ModelArn": NAMING.sagemaker_arn("model/alice--m"),
                SM + "VpcSecurityGroupIds": [FOREIGN_GROUP],
            },
        ),
    ),
    refused(
        "R21 another tenant's secret",
        ALICE,
        Ask("secretsmanager:GetSecretValue", NAMING.arn("secretsmanager", "secret:AmazonSageMaker-x")),
        by=ALL,
    ),
)

PLATFORM = (
    *(
        allowed(
            f"{action}, made by SageMaker for a job",
            ALICE_JOB,
            Ask(f"ec2:{action}", INTERFACE, context, via=Via.NO_ENDPOINT),
        )
        for action, context in {
            "CreateNetworkInterfacePermission": {**TO_SAGEMAKER, **IN_PLATFORM},
            "DeleteNetworkInterface": IN_PLATFORM,
            "DeleteNetworkInterfacePermission": {"ec2:Subnet": NAMING.arn("ec2", "subnet/subnet-0aaaaaaaaaaaaaaa4")},
        }.items()
    ),
    refused(
        "an interface handed to a stranger's account",
        ALICE_JOB,
        Ask("ec2:CreateNetworkInterfacePermission", INTERFACE, IN_PLATFORM, via=Via.NO_ENDPOINT),
        by=BOTH,
    ),
    refused(
        "an interface handed to a stranger's account beside SageMaker",
        ALICE_JOB,
        Ask(
            "ec2:CreateNetworkInterfacePermission",
            INTERFACE,
            {**TO_SAGEMAKER, **IN_PLATFORM, "ec2:AuthorizedUser": f"arn:aws:iam::{STRANGERS_ACCOUNT}:root"},
            via=Via.NO_ENDPOINT,
        ),
    ),
    *(
        refused(
            f"an interface {where}, handed to SageMaker",
            ALICE_JOB,
            Ask("ec2:CreateNetworkInterfacePermission", INTERFACE, {**TO_SAGEMAKER, **context}, via=Via.NO_ENDPOINT),
            by=(Lock.GRANTS,),
        )
        for where, context in {"of another subnet": ELSEWHERE_IN_ACCOUNT, "that does not say its subnet": {}}.items()
    ),
    refused(
        "an interface handed to another service",
        ALICE_JOB,
        Ask(
            "ec2:CreateNetworkInterfacePermission",
            INTERFACE,
            {**IN_PLATFORM, "ec2:AuthorizedService": "glue.amazonaws.com"},
            via=Via.NO_ENDPOINT,
        ),
        by=BOTH,
    ),
    refused(
        "an interface of another subnet is removed",
        ALICE_JOB,
        Ask(
            "ec2:DeleteNetworkInterface",
            INTERFACE,
            ELSEWHERE_IN_ACCOUNT,
            via=Via.NO_ENDPOINT,
        ),
        by=(Lock.GRANTS,),
    ),
    *(
        allowed(
            f"ec2:{action}, made by SageMaker (D17 as far as the platform-side calls go)",
            who,
            Ask(f"ec2:{action}", via=Via.NO_ENDPOINT),
        )
        for who in (ALICE, ALICE_JOB)
        for action in ("DescribeSubnets", "DescribeNetworkInterfaces")
    ),
    refused("D17 other EC2 reads from the internet", ALICE, Ask("ec2:DescribeInstances", via=Via.NO_ENDPOINT), by=BOTH),
    *(
        allowed(
            "metrics under SageMaker's name",
            ALICE_JOB,
            Ask("cloudwatch:PutMetricData", "*", {"cloudwatch:namespace": name}, via=Via.NO_ENDPOINT),
        )
        for name in ("/aws/sagemaker/TrainingJobs",)
    ),
    refused(
        "metrics under another name",
        ALICE_JOB,
        Ask("cloudwatch:PutMetricData", "*", {"cloudwatch:namespace": "AWS/EC2"}, via=Via.NO_ENDPOINT),
        by=(Lock.GRANTS,),
    ),
)

ROWS = (*EXITS, *ELSEWHERE, *SURFACE, *PLATFORM)
