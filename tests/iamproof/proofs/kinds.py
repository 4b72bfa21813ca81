"""Every hole of the systems' original policies as a query that leaves open what its sentence leaves open.

`OPEN` are to be found, `SHUT` to be proved, `NEVER_WORKS` is wanted and may never be: some request of it should be
allowed and none is.
"""

from __future__ import annotations

from typing import NamedTuple

from iamproof import AnyString, Contains, Equals, Like, Missing, OtherThan, Query, Situation
from tests.iamproof.systems import test_s0_personal as s0
from tests.iamproof.systems import test_s1_split_buckets as s1
from tests.iamproof.systems import test_s2_closed_network as s2
from tests.iamproof.systems import test_s3_governance as s3
from tests.iamproof.systems import test_s4_many_users as s4
from tests.iamproof.systems.reference import OWN_VPCE, STRANGER, SUBNETS, arn, role_arn, situation


class Kind(NamedTuple):
    """A kind of request, by the id of the hole."""

    id: str
    where: Situation
    query: Query

    def __str__(self) -> str:
        return f"{self.id} {', '.join(self.query.patterns)}"


VPCE, MFA, AGE = "aws:SourceVpce", "aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge"
OUTSIDE = {VPCE: OtherThan(OWN_VPCE).or_missing()}
INSIDE = {VPCE: Equals(OWN_VPCE)}
NO_MFA = {MFA: Equals("false").or_missing()}
SUBNET, GROUP, ISOLATED = "sagemaker:VpcSubnets", "sagemaker:VpcSecurityGroupIds", "sagemaker:NetworkIsolation"
NO_VPC = {SUBNET: Missing, GROUP: Missing}
INTERNET, PASSED, TAGGED = "sagemaker:DirectInternetAccess", "iam:PassedToService", "sagemaker:TaggingAction"
FOREIGN_SUBNET, FOREIGN_GROUP = ({key: Contains(OtherThan("*-0aaaaaaaa*"))} for key in (SUBNET, GROUP))
OTHER_SERVICE = {PASSED: OtherThan("sagemaker.amazonaws.com")}
TO_SAGEMAKER = {PASSED: Equals("sagemaker.amazonaws.com")}
NOTEBOOK, TRAIN, MODEL = (f"sagemaker:Create{what}" for what in ("NotebookInstance", "TrainingJob", "Model"))
OPEN_NOTEBOOK, OPEN_STUDIO = (f"sagemaker:CreatePresigned{what}Url" for what in ("NotebookInstance", "Domain"))
RESULT, RAW = f"{s1.RESULT}/*", f"{s1.RAW}/*"
OBJECTS = ("s3:GetObject", "s3:PutObject", "s3:DeleteObject")
NOT_MINE = OtherThan("*/mine")

ME, STUDIO = situation(s0.ME), situation(s0.STUDIO)
ADMIN_NB, ENGINEER_NB, STRAY = situation(s1.ADMIN_NB), situation(s1.ENGINEER_NB), situation(s1.STRAY)
GROUP_AND_MORE = situation(s1.STRAY_ADMIN)
DEV, ROLE, BASTION = situation(s2.DEV), situation(s2.ROLE), situation(s2.BASTION)
ROLE_AT_STRANGERS = situation(s2.ROLE, owner=STRANGER)
PARTNER, OTHER_PARTNER = (situation(who, s3.BUCKET_POLICY, "bucket") for who in (s3.PARTNER, s3.OTHER_PARTNER))
SCIENTIST, MLOPS, WORKER, INVOKER = map(situation, (s3.SCIENTIST, s3.MLOPS, s3.WORKER, s3.INVOKER))
ALICE, MANAGED_ALICE, NOTEBOOK_ROLE, WITH_PATH = map(
    situation, (s4.ALICE, s4.MANAGED_ALICE, s4.NOTEBOOK_ROLE, s4.WITH_PATH)
)
OWN_TAG = "sagemaker:ResourceTag/user"
NOT_ALICES = {OWN_TAG: OtherThan("alice").or_missing()}
FILES = f"{s4.BUCKET}/*"
NETWORKLESS = (
    "CreateApp",
    "CreateTransformJob",
    "CreateLabelingJob",
    "CreateFlowDefinition",
    "CreateCompilationJob",
    "CreateInferenceRecommendationsJob",
    "CreateMlflowTrackingServer",
    "StartPipelineExecution",
)

OPEN_S0_S1 = (
    Kind("P1", ME, Query(("codecommit:GitPush", "codecommit:CreateRepository"), OtherThan("*:numerai-models"))),
    Kind("P2", ME, Query(NOTEBOOK, context={INTERNET: OtherThan("Disabled").or_missing(), **NO_MFA})),
    Kind(
        "P3",
        ME,
        Query(
            "iam:CreateServiceSpecificCredential",
            context={"iam:ServiceSpecificCredentialServiceName": OtherThan("codecommit.amazonaws.com")},
        ),
    ),
    Kind("P4", STUDIO, Query("s3:GetObject", OtherThan("arn:aws:s3:::tournament-data/*"))),
    Kind("P5", ME, Query("athena:StartQueryExecution", OtherThan("*:workgroup/own"))),
    Kind("P6", ME, Query("lambda:InvokeFunction")),
    Kind("P7", ME, Query("s3:*Object", "arn:aws:s3:::tournament-data/*", OUTSIDE)),
    Kind("R13", STRAY, Query("s3:DeleteObject", RAW)),
    Kind("E2", ENGINEER_NB, Query("s3:Put*Acl", RESULT)),
    Kind("E6", ADMIN_NB, Query("s3:Put*Acl", RAW)),
    Kind("E4", ENGINEER_NB, Query(("s3:BypassGovernanceRetention", "s3:Delete*Version"), RESULT)),
    Kind("E8", ADMIN_NB, Query("s3:GetObject", RAW, OUTSIDE)),
    Kind("E8", ENGINEER_NB, Query("s3:GetObject", RAW, {"aws:SecureTransport": "false"})),
    Kind("M4", GROUP_AND_MORE, Query(OPEN_NOTEBOOK, context={AGE: OtherThan("1*")})),
    Kind("M5", ENGINEER_NB, Query("*", context=NO_MFA)),
)
OPEN_S2 = (
    Kind("D2", DEV, Query(NOTEBOOK, context={INTERNET: Missing, SUBNET: AnyString})),
    Kind("D4", DEV, Query(NOTEBOOK, context={INTERNET: "Disabled", **NO_VPC})),
    Kind("D5", DEV, Query("sagemaker:*", context=OUTSIDE)),
    Kind("D7", DEV, Query("iam:PassRole", OtherThan(s2.OWN_ROLE), OTHER_SERVICE)),
    Kind("D8", DEV, Query("iam:PassRole", OtherThan(s2.OWN_ROLE), {PASSED: Missing})),
    Kind("D9", DEV, Query(OPEN_NOTEBOOK, NOT_MINE, INSIDE)),
    Kind("R22", DEV, Query(("sagemaker:UpdateNotebookInstance", "sagemaker:DeleteNotebookInstance"), NOT_MINE, INSIDE)),
    Kind("D11", DEV, Query(NOTEBOOK, context={INTERNET: Missing, **NO_VPC})),
    Kind(
        "D12", DEV, Query("ec2:CreateNetworkInterface", OtherThan(*(arn("ec2", f"subnet/{each}") for each in SUBNETS)))
    ),
    Kind("D13", DEV, Query(NOTEBOOK, context={"sagemaker:RootAccess": "Enabled", INTERNET: "Disabled"})),
    Kind("D13", DEV, Query(NOTEBOOK, context={"sagemaker:MinimumInstanceMetadataServiceVersion": "1"})),
    Kind("D14", DEV, Query(NOTEBOOK, context=FOREIGN_GROUP)),
    Kind("D17", DEV, Query("ec2:Describe*", context=OUTSIDE)),
    Kind("D18", DEV, Query("iam:PassRole", s2.OWN_ROLE, {**OUTSIDE, **TO_SAGEMAKER})),
    Kind("R1", ROLE, Query(TRAIN, context=NO_VPC)),
    Kind("R2", ROLE, Query(TRAIN, context={ISOLATED: Missing})),
    *(Kind("R5", ROLE, Query(f"sagemaker:{action}", context=INSIDE)) for action in NETWORKLESS),
    Kind("R6", ROLE_AT_STRANGERS, Query("s3:PutObject")),
    Kind("R7", ROLE, Query(OBJECTS, context=OUTSIDE)),
    Kind("R8", ROLE, Query("iam:PassRole", OtherThan(s2.OWN_ROLE), {PASSED: "glue.amazonaws.com"})),
    Kind("R10", ROLE, Query(("glue:CreateJob", "glue:StartJobRun"))),
    Kind("R11", ROLE, Query("ec2:CreateVpcEndpoint")),
    *(
        Kind("R12", ROLE, Query(each))
        for each in ("ecr:SetRepositoryPolicy", "logs:PutResourcePolicy", "s3:PutObjectAcl")
    ),
    Kind("R13", ROLE, Query("s3:DeleteObject", RAW)),
    Kind("R14", ROLE, Query("s3:ListBucket", OtherThan("*sagemaker*"))),
    Kind("R15", ROLE, Query("sagemaker:AddTags", "*:notebook-instance/*", {TAGGED: Missing})),
    Kind("R16", ROLE, Query(OPEN_STUDIO, OtherThan("*/mine"))),
    Kind("R17", ROLE, Query("s3:GetObject", "arn:aws:s3:::tenant-b-private/*")),
    Kind("R18", ROLE, Query("sns:Subscribe")),
    Kind(
        "R19",
        ROLE,
        Query("s3:GetObject", OtherThan("*a*er*", "*aws-glue*"), {"s3:ExistingObjectTag/SageMaker": AnyString}),
    ),
    Kind("R20", ROLE_AT_STRANGERS, Query("codecommit:GitPush")),
    Kind("R21", ROLE, Query("secretsmanager:GetSecretValue")),
    Kind("R23", ROLE, Query("sagemaker:*NotebookInstanceLifecycleConfig")),
    Kind("R24", ROLE, Query("sagemaker:CreateEndpointConfig", context={"sagemaker:ServerlessMemorySize": AnyString})),
    Kind("R25", ROLE, Query("sagemaker:InvokeEndpoint", OtherThan("*/mine"))),
    *(
        Kind("R27", ROLE, Query(f"sagemaker:{each}", OtherThan("*/mine")))
        for each in ("DeleteEndpoint", "DeleteModel", "StopTrainingJob")
    ),
    Kind("R26", ROLE, Query("s3:CreateBucket")),
    *(Kind("R28", ROLE, Query(each, context=FOREIGN_GROUP)) for each in (NOTEBOOK, TRAIN)),
    Kind("R29", ROLE, Query(MODEL, context=NO_VPC)),
    Kind("R30", ROLE, Query("s3:PutBucketCORS", OtherThan("*sagemaker*"))),
    Kind("B1", BASTION, Query("ssm:GetParameter*")),
)
OPEN_S3 = (
    Kind("G1", PARTNER, Query("s3:GetObject", context={VPCE: Missing})),
    Kind("G2", PARTNER, Query("s3:GetObject", context={"aws:SecureTransport": "false"})),
    Kind("G4", SCIENTIST, Query(NOTEBOOK, context={INTERNET: OtherThan("Disabled").or_missing()})),
    Kind("G4", SCIENTIST, Query(TRAIN, context=NO_VPC)),
    Kind("G6", SCIENTIST, Query(("sagemaker:StartNotebookInstance", "sagemaker:StopNotebookInstance"), NOT_MINE)),
    Kind("G7", MLOPS, Query(("sagemaker:DeleteEndpoint", "sagemaker:UpdateEndpoint"), "*:endpoint/production*")),
    Kind("G8", MLOPS, Query(MODEL, context=NO_VPC)),
    Kind("G9", MLOPS, Query("logs:PutLogEvents", "*:log-group:/aws/cloudtrail*")),
    *(Kind("G10", WORKER, Query(each, context=NO_VPC)) for each in (TRAIN, MODEL)),
    Kind("G11", INVOKER, Query("sagemaker:InvokeEndpoint", context=OUTSIDE)),
    Kind("G12", SCIENTIST, Query(("s3:PutObject", "s3:DeleteObject"), f"{s3.DATASETS}/*")),
    Kind("V3", SCIENTIST, Query(NOTEBOOK, context=FOREIGN_SUBNET)),
)
OPEN_S4 = (
    Kind("F2", ALICE, Query("s3:ListBucket", context={"s3:prefix": OtherThan("alice/*").or_missing()})),
    Kind("F4", ALICE, Query("iam:PassRole", OtherThan("*:role/tenants/alice/*"))),
    Kind("F6", ALICE, Query(TRAIN, context=NO_VPC)),
    *(Kind("F5", ALICE, Query(f"sagemaker:{each}TrainingJob", context=NOT_ALICES)) for each in ("Stop", "Describe")),
    *(Kind("F21", ALICE, Query(f"sagemaker:{each}TrainingJob", context=NOT_ALICES)) for each in ("Update", "Delete")),
    Kind("F9", ALICE, Query("iam:CreateAccessKey", context=OUTSIDE)),
    Kind("F19", ALICE, Query("iam:*AccessKey*", context=NO_MFA)),
    Kind("F10", MANAGED_ALICE, Query("sagemaker:AddTags", context={**NOT_ALICES, "aws:RequestTag/user": "alice"})),
    Kind("F10", ALICE, Query(OPEN_NOTEBOOK, "*:notebook-instance/bob*", {OWN_TAG: "alice"})),
    Kind("F11", ALICE, Query("sagemaker:UpdateNotebookInstance")),
    Kind("F11", ALICE, Query("iam:PassRole", role_arn("Admin"), TO_SAGEMAKER)),
    *(Kind("F12", ALICE, Query(f"sagemaker:List{each}")) for each in ("Models", "Endpoints", "TrainingJobs")),
    Kind("F15", ALICE, Query("sagemaker:CreateTrainingPlan")),
    Kind("F16", ALICE, Query("sagemaker:BatchPutMetrics", context=NOT_ALICES)),
    Kind("F23", ALICE, Query("s3:*Object", context=OUTSIDE)),
    Kind("F24", MANAGED_ALICE, Query("logs:GetLogEvents", "*:log-stream:bob--*")),
    # A new alice is the old one to every policy: whatever the first one left is asked for by the name alone.
    Kind("F25", ALICE, Query("s3:GetObject", f"{s4.BUCKET}/alice/of-the-first-alice")),
    Kind("F25", ALICE, Query(OPEN_NOTEBOOK, context={OWN_TAG: "alice", "aws:userid": AnyString})),
)
OPEN = (*OPEN_S0_S1, *OPEN_S2, *OPEN_S3, *OPEN_S4)
KEY_OWNER = situation(s3.ADMIN, s3.KEY_POLICY, "key")
SHUT = (
    Kind("E1", ENGINEER_NB, Query(("s3:Put*", "s3:Delete*", "s3:Replicate*", "s3:Restore*"), RAW)),
    Kind("M1", GROUP_AND_MORE, Query("*", context=NO_MFA)),
    Kind("D1", DEV, Query(NOTEBOOK, context={INTERNET: "Enabled"})),
    Kind("D3", DEV, Query(NOTEBOOK, context=FOREIGN_SUBNET)),
    Kind("D5b", DEV, Query("sagemaker:*", context={VPCE: OtherThan("vpce-0a*")})),
    Kind("D6", DEV, Query("iam:PassRole", OtherThan(s2.OWN_ROLE), TO_SAGEMAKER)),
    Kind("R2b", ROLE, Query(TRAIN, context={ISOLATED: "false"})),
    Kind("R3", ROLE, Query("sagemaker:CreateDomain")),
    Kind("R4", ROLE, Query("sagemaker:UpdateDomain")),
    Kind("R9", ROLE, Query("iam:PassRole", OtherThan(s2.OWN_ROLE), TO_SAGEMAKER)),
    Kind("G1b", PARTNER, Query("s3:*", OtherThan("*/shared-datasets/*"))),
    Kind("G1b", PARTNER, Query("s3:*", but=("s3:GetObject",))),
    Kind("G1b", OTHER_PARTNER, Query("s3:*")),
    Kind("F1", ALICE, Query("s3:*Object", Like(FILES).but(f"{s4.BUCKET}/alice/*"))),
    *(
        Kind("F3", ALICE, Query(each, context=NOT_ALICES))
        for each in (OPEN_NOTEBOOK, "sagemaker:StopNotebookInstance", "sagemaker:UpdateNotebookInstance")
    ),
    Kind("F22", ALICE, Query(OPEN_NOTEBOOK, context={OWN_TAG: Missing})),
    Kind("F8", ALICE, Query("iam:*AccessKey*", OtherThan("*:user/alice"))),
    Kind("F13", ALICE, Query((NOTEBOOK, "sagemaker:DeleteNotebookInstance"))),
    Kind("F17", MANAGED_ALICE, Query(("s3:CreateBucket", "s3:DeleteBucket"))),
)
NEVER_WORKS = (
    *(Kind("E3", who, Query("s3:ListBucket*", (s1.RAW, s1.RESULT))) for who in (ADMIN_NB, ENGINEER_NB)),
    Kind("E5", ADMIN_NB, Query("s3:*", RESULT)),
    *(Kind("E7", who, Query(("logs:*", TRAIN, "sagemaker:DescribeTrainingJob"))) for who in (ADMIN_NB, ENGINEER_NB)),
    *(
        Kind("M2", situation(who), Query(("sagemaker:*NotebookInstance", OPEN_NOTEBOOK)))
        for who in (s1.ADMIN, s1.ENGINEER)
    ),
    Kind("M3", situation(s1.ADMIN), Query(("iam:EnableMFADevice", "iam:ChangePassword"), context=NO_MFA)),
    Kind("G3", KEY_OWNER, Query("kms:*", s3.KEY)),
    Kind("G5", SCIENTIST, Query("s3:List*")),
    *(Kind("G13", who, Query("iam:PassRole")) for who in (WORKER, SCIENTIST, MLOPS)),
    Kind("G14", SCIENTIST, Query("sagemaker:CreatePresigned*")),
    Kind("F1b", NOTEBOOK_ROLE, Query("s3:*Object")),
    Kind("F1b", NOTEBOOK_ROLE, Query(("sagemaker:*NotebookInstance", OPEN_NOTEBOOK))),
    *(Kind("F14", ALICE, Query(f"ec2:{each}")) for each in ("CreateNetworkInterface*", "DescribeNetworkInterfaces")),
    Kind("F18", WITH_PATH, Query("iam:*AccessKey", "*:user/contest/alice")),
    *(Kind("F20", ALICE, Query(f"iam:{each}")) for each in ("GetAccessKeyLastUsed", "GetUser")),
)
