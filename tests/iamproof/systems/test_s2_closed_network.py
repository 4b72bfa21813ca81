"""S2, closed network: what its original policies let through and what they refuse, under the ids of the hole list."""

from __future__ import annotations

import pytest

from iamproof import Principal
from tests.iamproof.systems.reference import (
    FOREIGN_SUBNET,
    FOREIGN_VPCE,
    FULL_ACCESS,
    INSIDE,
    STRANGER,
    SUBNETS,
    Actor,
    Row,
    arn,
    assert_hole,
    assert_tight,
    role_arn,
    sagemaker,
    user_arn,
)

RESTRICTED = ("s2/RestrictInternetAccess", "s2/RestrictPassRole")
DEV = Actor(Principal.user(user_arn("Developer")), (*RESTRICTED, "s2/DeveloperPolicy"))
ROLE = Actor(Principal.role(role_arn("IFSM-SageMaker-Role")), (FULL_ACCESS, *RESTRICTED))
BASTION = Actor(Principal.role(role_arn("IFSM-EC2-Role")), ("managed/AmazonSSMManagedInstanceCore (excerpt)",))
MINE, VICTIM, JOB = (sagemaker(x) for x in ("notebook-instance/mine", "notebook-instance/victim", "training-job/j"))
NOTEBOOK, TRAIN = "sagemaker:CreateNotebookInstance", "sagemaker:CreateTrainingJob"
OPEN = "sagemaker:CreatePresignedNotebookInstanceUrl"
OWN_ROLE, ANY_ROLE, GLUE_ROLE = (role_arn(n) for n in ("IFSM-SageMaker-Role", "Admin", "AmazonSageMaker-glue"))
DISABLED = {"sagemaker:DirectInternetAccess": "Disabled"}
IN_VPC = {"sagemaker:VpcSubnets": list(SUBNETS), "sagemaker:VpcSecurityGroupIds": ["sg-0aaaaaaaaaaaaaaaa"]}
NOTEBOOK_OK = {**INSIDE, **DISABLED, **IN_VPC}
ISOLATED = {"sagemaker:NetworkIsolation": True}
TO_SAGEMAKER, TO_GLUE, TO_EC2 = ({"iam:PassedToService": f"{s}.amazonaws.com"} for s in ("sagemaker", "glue", "ec2"))
FOREIGN_GROUP = {"sagemaker:VpcSecurityGroupIds": ["sg-0f00000000000000f"]}
EXPOSED = {"sagemaker:RootAccess": "Enabled", "sagemaker:MinimumInstanceMetadataServiceVersion": "1"}
LIFECYCLE = sagemaker("notebook-instance-lifecycle-config/x")

DEVELOPER_HOLES = [
    Row("D2", "creates a notebook without DirectInternetAccess [LIVE default]", DEV, NOTEBOOK, MINE, INSIDE | IN_VPC),
    Row("D4", "creates a notebook with internet disabled and no subnet", DEV, NOTEBOOK, MINE, INSIDE | DISABLED),
    Row("D5", "creates a notebook from the internet", DEV, NOTEBOOK, MINE, DISABLED | IN_VPC),
    Row("D5", "opens a notebook from the internet", DEV, OPEN, MINE),
    Row("D7", "passes any role to EC2", DEV, "iam:PassRole", ANY_ROLE, INSIDE | TO_EC2),
    Row("D8", "passes any role without naming a service", DEV, "iam:PassRole", ANY_ROLE, INSIDE),
    Row("D9", "opens the victim's notebook", DEV, OPEN, VICTIM, INSIDE),
    Row("D9", "updates the victim's notebook", DEV, "sagemaker:UpdateNotebookInstance", VICTIM, INSIDE),
    Row("R22", "deletes the victim's notebook", DEV, "sagemaker:DeleteNotebookInstance", VICTIM, INSIDE),
    Row("D11", "creates a notebook with the three mandatory arguments", DEV, NOTEBOOK, MINE, INSIDE),
    Row(
        "D12", "puts an interface into any subnet", DEV, "ec2:CreateNetworkInterface", arn("ec2", "subnet/any"), INSIDE
    ),
    Row("D13", "creates a notebook with root and IMDSv1", DEV, NOTEBOOK, MINE, NOTEBOOK_OK | EXPOSED),
    Row("D14", "creates a notebook with a foreign group", DEV, NOTEBOOK, MINE, NOTEBOOK_OK | FOREIGN_GROUP),
    Row("D17", "reads the network from the internet", DEV, "ec2:DescribeSubnets"),
    Row("D18", "passes the own role from the internet", DEV, "iam:PassRole", OWN_ROLE, TO_SAGEMAKER),
]
ROLE_SAGEMAKER_HOLES = [
    Row("R1", "trains without a VPC", ROLE, TRAIN, JOB, INSIDE | ISOLATED),
    Row("R2", "trains without the isolation parameter [LIVE default]", ROLE, TRAIN, JOB, INSIDE | IN_VPC),
    *(
        Row("R5", f"may {action}, which carries no network key", ROLE, f"sagemaker:{action}", sagemaker(on), INSIDE)
        for action, on in {
            "CreateApp": "app/d-1/profile/JupyterLab/default",
            "CreateTransformJob": "transform-job/t",
            "CreateLabelingJob": "labeling-job/l",
            "CreateFlowDefinition": "flow-definition/f",
            "CreateCompilationJob": "compilation-job/c",
            "CreateInferenceRecommendationsJob": "inference-recommendations-job/r",
            "CreateMlflowTrackingServer": "mlflow-tracking-server/m",
            "StartPipelineExecution": "pipeline/p",
        }.items()
    ),
    Row("R15", "tags the victim's notebook", ROLE, "sagemaker:AddTags", VICTIM, INSIDE | {"aws:TagKeys": ["user"]}),
    Row(
        "R16",
        "opens any Studio profile",
        ROLE,
        "sagemaker:CreatePresignedDomainUrl",
        sagemaker("user-profile/d/x"),
        INSIDE,
    ),
    Row("R23", "creates root scripts", ROLE, "sagemaker:CreateNotebookInstanceLifecycleConfig", LIFECYCLE, INSIDE),
    Row("R23", "changes root scripts", ROLE, "sagemaker:UpdateNotebookInstanceLifecycleConfig", LIFECYCLE, INSIDE),
    Row(
        "R24",
        "configures a serverless endpoint",
        ROLE,
        "sagemaker:CreateEndpointConfig",
        sagemaker("endpoint-config/c"),
        {**INSIDE, "sagemaker:ServerlessMemorySize": 2048, "sagemaker:ServerlessMaxConcurrency": 5},
    ),
    Row("R25", "invokes anybody's endpoint", ROLE, "sagemaker:InvokeEndpoint", sagemaker("endpoint/theirs"), INSIDE),
    Row("R27", "deletes anybody's endpoint", ROLE, "sagemaker:DeleteEndpoint", sagemaker("endpoint/theirs"), INSIDE),
    Row("R27", "deletes anybody's model", ROLE, "sagemaker:DeleteModel", sagemaker("model/theirs"), INSIDE),
    Row("R27", "stops anybody's job", ROLE, "sagemaker:StopTrainingJob", sagemaker("training-job/theirs"), INSIDE),
    Row("R28", "creates a notebook with a foreign group", ROLE, NOTEBOOK, MINE, NOTEBOOK_OK | FOREIGN_GROUP),
    Row("R28", "trains with a foreign group", ROLE, TRAIN, JOB, INSIDE | ISOLATED | IN_VPC | FOREIGN_GROUP),
    Row("R29", "creates a model without a VPC", ROLE, "sagemaker:CreateModel", sagemaker("model/m"), INSIDE | ISOLATED),
]
THEIR_BUCKET = "arn:aws:s3:::their-bucket"
ROLE_OTHER_HOLES = [
    Row(
        "R6",
        "writes to a stranger's bucket",
        ROLE,
        "s3:PutObject",
        f"{THEIR_BUCKET}/sagemaker/x",
        INSIDE,
        owner=STRANGER,
    ),
    Row("R6", "writes to it by aws-glue", ROLE, "s3:PutObject", f"{THEIR_BUCKET}/aws-glue/x", INSIDE, owner=STRANGER),
    Row(
        "R20",
        "pushes code to another account",
        ROLE,
        "codecommit:GitPush",
        arn("codecommit", "sagemaker-x", account=STRANGER),
        INSIDE,
        owner=STRANGER,
    ),
    *(
        Row("R7", f"does {action} from the internet", ROLE, f"s3:{action}", "arn:aws:s3:::own-sagemaker/data.csv")
        for action in ("GetObject", "PutObject", "DeleteObject")
    ),
    Row("R8", "passes an AmazonSageMaker role to Glue", ROLE, "iam:PassRole", GLUE_ROLE, INSIDE | TO_GLUE),
    Row("R10", "creates a Glue job", ROLE, "glue:CreateJob", arn("glue", "job/x"), INSIDE),
    Row("R10", "runs a Glue job", ROLE, "glue:StartJobRun", arn("glue", "job/x"), INSIDE),
    Row("R11", "makes an endpoint to a stranger", ROLE, "ec2:CreateVpcEndpoint", arn("ec2", "vpc-endpoint/*"), INSIDE),
    Row("R12", "opens a repository", ROLE, "ecr:SetRepositoryPolicy", arn("ecr", "repository/my-sagemaker"), INSIDE),
    Row("R12", "writes a log resource policy", ROLE, "logs:PutResourcePolicy", "*", INSIDE),
    Row("R12", "makes an object public", ROLE, "s3:PutObjectAcl", "arn:aws:s3:::own-sagemaker/data.csv", INSIDE),
    Row("R13", "deletes S1's raw data", ROLE, "s3:DeleteObject", "arn:aws:s3:::sagemaker-rawdata/2026.csv", INSIDE),
    Row("R14", "lists any bucket", ROLE, "s3:ListBucket", "arn:aws:s3:::tenant-b-private", INSIDE),
    Row("R17", "reads by the key's name", ROLE, "s3:GetObject", "arn:aws:s3:::tenant-b-private/a/sagemaker/x", INSIDE),
    Row("R18", "subscribes to a topic", ROLE, "sns:Subscribe", arn("sns", "sagemaker-events"), INSIDE),
    Row(
        "R19",
        "reads any object tagged SageMaker=true",
        ROLE,
        "s3:GetObject",
        "arn:aws:s3:::tenant-b-private/secret",
        {**INSIDE, "s3:ExistingObjectTag/SageMaker": "true"},
    ),
    Row(
        "R21",
        "reads other tenants' secrets",
        ROLE,
        "secretsmanager:GetSecretValue",
        arn("secretsmanager", "secret:AmazonSageMaker-git-AbCdEf"),
        INSIDE,
    ),
    Row("R26", "creates a bucket", ROLE, "s3:CreateBucket", "arn:aws:s3:::new", INSIDE),
    Row("R30", "changes CORS of any bucket", ROLE, "s3:PutBucketCors", "arn:aws:s3:::tenant-b-private", INSIDE),
    Row("B1", "reads any SSM parameter", BASTION, "ssm:GetParameter", arn("ssm", "parameter/prod/password")),
]
HOLES = [*DEVELOPER_HOLES, *ROLE_SAGEMAKER_HOLES, *ROLE_OTHER_HOLES]

TIGHT = [
    Row(
        "D1",
        "creates a notebook with internet",
        DEV,
        NOTEBOOK,
        MINE,
        NOTEBOOK_OK | {"sagemaker:DirectInternetAccess": "Enabled"},
    ),
    Row(
        "D3",
        "creates a notebook in a foreign subnet",
        DEV,
        NOTEBOOK,
        MINE,
        NOTEBOOK_OK | {"sagemaker:VpcSubnets": [FOREIGN_SUBNET]},
    ),
    Row(
        "D3",
        "mixes in a foreign subnet",
        DEV,
        NOTEBOOK,
        MINE,
        NOTEBOOK_OK | {"sagemaker:VpcSubnets": [SUBNETS[0], FOREIGN_SUBNET]},
    ),
    Row(
        "D5b",
        "creates a notebook through a foreign endpoint",
        DEV,
        NOTEBOOK,
        MINE,
        NOTEBOOK_OK | {"aws:SourceVpce": FOREIGN_VPCE},
    ),
    Row("D6", "passes another role to SageMaker", DEV, "iam:PassRole", ANY_ROLE, INSIDE | TO_SAGEMAKER),
    Row("R9", "passes another role to SageMaker", ROLE, "iam:PassRole", ANY_ROLE, INSIDE | TO_SAGEMAKER),
    Row("R2b", "trains with isolation off", ROLE, TRAIN, JOB, INSIDE | IN_VPC | {"sagemaker:NetworkIsolation": False}),
    Row("R3", "creates a Studio domain", ROLE, "sagemaker:CreateDomain", sagemaker("domain/d-1"), INSIDE | IN_VPC),
    Row(
        "R4",
        "makes a Studio domain public",
        ROLE,
        "sagemaker:UpdateDomain",
        sagemaker("domain/d-1"),
        {**INSIDE, "sagemaker:AppNetworkAccessType": "PublicInternetOnly"},
    ),
]
WANTED = [
    Row("happy path", "creates a compliant notebook", DEV, NOTEBOOK, MINE, NOTEBOOK_OK),
    Row("happy path", "passes the own role to SageMaker", DEV, "iam:PassRole", OWN_ROLE, INSIDE | TO_SAGEMAKER),
    Row("happy path", "trains isolated in the VPC", ROLE, TRAIN, JOB, INSIDE | IN_VPC | ISOLATED),
]
NOT_DECIDED_BY_IAM = {
    "B2": "reading another login's ~/.aws on a shared host is no request to AWS: the operating system decides it",
}


@pytest.mark.parametrize("row", HOLES, ids=str)
def test_the_original_policies_let_this_through(row: Row) -> None:
    assert_hole(row)


@pytest.mark.parametrize("row", TIGHT, ids=str)
def test_the_original_policies_refuse_this(row: Row) -> None:
    assert_tight(row)


@pytest.mark.parametrize("row", WANTED, ids=str)
def test_the_original_policies_allow_the_wanted_work(row: Row) -> None:
    assert_hole(row)


def test_every_id_of_the_hole_list_is_here() -> None:
    listed = {f"D{n}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 17, 18)} | {"D5b", "R2b", "B1", "B2"}
    listed |= {f"R{n}" for n in range(1, 31)}
    assert {row.id for row in (*HOLES, *TIGHT)} | set(NOT_DECIDED_BY_IAM) == listed
