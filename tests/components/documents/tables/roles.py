"""S2-A14, S4-A6, S4-A9: passing roles, trusting SageMaker, and principals without tags."""

from __future__ import annotations

from tests.components.documents.calls import create_job, key_use, of, pass_role, s3, sagemaker
from tests.components.documents.world import (
    ACCOUNT,
    ALICE,
    ALICE_JOB,
    NAMING,
    SAGEMAKER_SERVICE,
    STRANGERS_ACCOUNT,
    UNTAGGED,
    WITHOUT_GROUP,
    Ask,
    Lock,
    Via,
    allowed,
    refused,
)

BOTH = (Lock.GUARDRAILS, Lock.GRANTS)
ALL = (*BOTH, Lock.BOUNDARY)


def pass_arn(resource: str, service: str = "sagemaker.amazonaws.com") -> Ask:
    """Return the permission to pass any role."""
    return Ask("iam:PassRole", NAMING.iam_arn(resource), {"iam:PassedToService": service}, via=Via.NO_ENDPOINT)


PASSING = (
    allowed("S2-A14 the own job role to SageMaker (D18, harmless by itself)", ALICE, pass_role()),
    allowed("S2-A14 the own notebook role to SageMaker", ALICE, pass_role(kind="notebook")),
    refused("S2-A14 another tenant's role (F4)", ALICE, pass_role("bob"), by=ALL),
    refused("S2-A14 a role outside the tenants (D6, R9)", ALICE, pass_arn("role/administrator"), by=ALL),
    refused("S2-A14 a prefix twin's role", ALICE, pass_arn("role/tenants/alice-2/ml-dev-alice-2-job"), by=ALL),
    refused("S2-A14 a role whose name begins like the path", ALICE, pass_arn("role/tenants/alice"), by=ALL),
    refused("S2-A14 the own role to another service (D7, R8)", ALICE, pass_role(service="glue.amazonaws.com"), by=ALL),
    refused("S2-A14 the own role to nobody named (D8)", ALICE, pass_role(service=None), by=ALL),
    *(
        refused(f"{hole} another role to {to}", ALICE, pass_arn("role/administrator", service), by=ALL)
        for hole, to, service in (("D7", "EC2", "ec2.amazonaws.com"), ("D7", "Lambda", "lambda.amazonaws.com"))
    ),
    refused(
        "D8 another role to nobody named",
        ALICE,
        pass_arn("role/administrator").but(context={"iam:PassedToService": None}),
        by=ALL,
    ),
    refused(
        "R8 an AmazonSageMaker role to Glue", ALICE, pass_arn("role/AmazonSageMaker-x", "glue.amazonaws.com"), by=ALL
    ),
    refused(
        "S4-A6 update with bob's role (F11)",
        ALICE,
        sagemaker("UpdateNotebookInstance", "notebook-instance/alice--lab", of("alice")),
        pass_role("bob"),
        by=ALL,
    ),
    refused("a job passes a role", ALICE_JOB, pass_role(), by=(Lock.GRANTS,)),
)


def assume(kind: str, action: str = "AssumeRole", **context: str) -> Ask:
    """Return SageMaker taking on a tenant's role."""
    keys = {key.replace("_", ":"): value for key, value in context.items()}
    return Ask(f"sts:{action}", NAMING.tenant_role_arn("alice", kind), keys, via=Via.NO_ENDPOINT)


TRUST_ONLY = (Lock.RESOURCE,)
SOURCES = ("training-job", "processing-job", "transform-job", "hyper-parameter-tuning-job", "model", "endpoint")
A_NOTEBOOK = NAMING.sagemaker_arn("notebook-instance/alice--lab")
A_STRANGERS_JOB = f"arn:aws:sagemaker:ap-northeast-1:{STRANGERS_ACCOUNT}:training-job/x"

TRUST = (
    allowed(
        "S1-A11 SageMaker takes on the notebook role", SAGEMAKER_SERVICE, assume("notebook", aws_SourceAccount=ACCOUNT)
    ),
    *(
        allowed(
            f"SageMaker takes on the job role for a {source}",
            SAGEMAKER_SERVICE,
            assume("job", aws_SourceAccount=ACCOUNT, aws_SourceArn=NAMING.sagemaker_arn(f"{source}/alice--x")),
        )
        for source in SOURCES
    ),
    refused(
        "the job role ends on a notebook",
        SAGEMAKER_SERVICE,
        assume("job", aws_SourceAccount=ACCOUNT, aws_SourceArn=A_NOTEBOOK),
        by=TRUST_ONLY,
    ),
    refused(
        "the job role without a source", SAGEMAKER_SERVICE, assume("job", aws_SourceAccount=ACCOUNT), by=TRUST_ONLY
    ),
    refused(
        "the job role for a job of which nobody says the account",
        SAGEMAKER_SERVICE,
        assume("job", aws_SourceArn=NAMING.sagemaker_arn("training-job/alice--x")),
        by=TRUST_ONLY,
    ),
    refused(
        "S1-A11 the job role for a stranger's account",
        SAGEMAKER_SERVICE,
        assume("job", aws_SourceAccount=STRANGERS_ACCOUNT, aws_SourceArn=NAMING.sagemaker_arn("model/x")),
        by=TRUST_ONLY,
    ),
    refused(
        "the job role for a stranger's job",
        SAGEMAKER_SERVICE,
        assume("job", aws_SourceAccount=ACCOUNT, aws_SourceArn=A_STRANGERS_JOB),
        by=TRUST_ONLY,
    ),
    refused(
        "S1-A11 the notebook role for a stranger's account",
        SAGEMAKER_SERVICE,
        assume("notebook", aws_SourceAccount=STRANGERS_ACCOUNT),
        by=TRUST_ONLY,
    ),
    refused("S1-A11 the notebook role without an account", SAGEMAKER_SERVICE, assume("notebook"), by=TRUST_ONLY),
    refused(
        "a session with tags of its own",
        SAGEMAKER_SERVICE,
        assume("notebook", "TagSession", aws_SourceAccount=ACCOUNT),
        by=TRUST_ONLY,
    ),
    refused("a tenant takes on its own job role", ALICE, assume("job"), by=(*BOTH, Lock.BOUNDARY, Lock.RESOURCE)),
)

UNTAGGED_ROWS = (
    refused(
        "S4-A9 an untagged principal reads its notebook",
        UNTAGGED,
        sagemaker("DescribeNotebookInstance", "notebook-instance/lab"),
        by=BOTH,
    ),
    refused("S4-A9 an untagged principal lists notebooks", UNTAGGED, sagemaker("ListNotebookInstances")),
    refused("S4-A9 an untagged principal trains", UNTAGGED, *create_job(), by=BOTH),
    refused(
        "S4-A9 an untagged principal uses what is untagged",
        UNTAGGED,
        sagemaker("StopTrainingJob", "training-job/x"),
        by=BOTH,
    ),
    refused("an untagged principal reads raw data", UNTAGGED, s3("GetObject", "raw", "x")),
    refused(
        "an untagged principal reads results",
        UNTAGGED,
        s3("GetObject", "results", "users//x"),
        by=(*BOTH, Lock.BOUNDARY, Lock.RESOURCE),
    ),
    refused("an untagged principal passes a role", UNTAGGED, pass_arn("role/tenants//x"), by=ALL),
    refused("an untagged principal uses the key", UNTAGGED, key_use("Decrypt")),
    refused("a principal without a group trains", WITHOUT_GROUP, *create_job()),
)

ASIDE = (allowed("a notebook asks who it is", ALICE, Ask("sts:GetCallerIdentity")),)

ROWS = (*PASSING, *TRUST, *UNTAGGED_ROWS, *ASIDE)
