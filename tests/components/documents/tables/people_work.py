"""What people of a tenant do by stage: S3-A1 to S3-A4, S4-A1 to S4-A9 and the holes that end on a person."""

from __future__ import annotations

from tests.components.documents.calls import (
    FOREIGN_GROUP,
    FOREIGN_SUBNET,
    KEY_ARN,
    create_job,
    create_model,
    create_notebook,
    foreign_s3,
    key_use,
    listing,
    network_interface,
    of,
    pass_role,
    s3,
    sagemaker,
)
from tests.components.documents.people import (
    ANN,
    ANN_STRICTLY,
    ANN_UNTAGGED,
    DIANA,
    DIANA_IN_TEST,
    MARC,
)
from tests.components.documents.world import GROUPS, NAMING, Ask, Lock, Via, allowed, refused

GRANTS = (Lock.GRANTS,)
BOTH = (Lock.GUARDRAILS, Lock.GRANTS)
ALL = (*BOTH, Lock.BOUNDARY)
OWN_NOTEBOOK = "notebook-instance/alice--lab"

BOBS = {
    "starts bob's notebook (G6)": sagemaker("StartNotebookInstance", "notebook-instance/bob--lab", of("bob")),
    "opens bob's notebook (D9)": sagemaker(
        "CreatePresignedNotebookInstanceUrl", "notebook-instance/bob--lab", of("bob")
    ),
    "stops bob's job (F5, F21)": sagemaker("StopTrainingJob", "training-job/bob--x", of("bob")),
    "describes bob's job (F5)": sagemaker("DescribeTrainingJob", "training-job/bob--x", of("bob")),
    "removes bob's endpoint (G7)": sagemaker("DeleteEndpoint", "endpoint/bob--x", of("bob")),
    "changes an untagged endpoint (G7)": sagemaker("UpdateEndpoint", "endpoint/x"),
    "calls bob's endpoint (R25)": sagemaker("InvokeEndpoint", "endpoint/bob--x", of("bob")),
    "tags bob's notebook as its own (F10)": sagemaker(
        "AddTags", "notebook-instance/bob--lab", {**of("bob"), "aws:RequestTag/user": "alice", "aws:TagKeys": ["user"]}
    ),
    "moves its own notebook to bob (S4-A7)": sagemaker(
        "AddTags", OWN_NOTEBOOK, {**of("alice"), "aws:RequestTag/user": "bob", "aws:TagKeys": ["user"]}
    ),
}
TENANCY = (
    *(
        refused(f"a person {what}", ANN, ask, by=(Lock.GUARDRAILS,) if "S4-A7" in what else BOTH)
        for what, ask in BOBS.items()
    ),
    allowed(
        "a person gives the own notebook another tag (S4-A7)",
        ANN,
        sagemaker("AddTags", OWN_NOTEBOOK, of("alice", **{"aws:TagKeys": ["stage"]})),
    ),
    refused("S4-A9 an untagged person lists notebooks", ANN_UNTAGGED, sagemaker("ListNotebookInstances")),
    refused("S4-A9 an untagged person trains", ANN_UNTAGGED, *create_job(), by=BOTH),
    refused("S4-A8 a person trains for bob", ANN, *create_job(**{"aws:RequestTag/user": "bob"}), by=BOTH),
    refused("S4-A8 a person trains without VPC (G10)", ANN, *create_job(**{"sagemaker:VpcSubnets": None})),
    refused("G4 a person trains in a foreign subnet", ANN, *create_job(**{"sagemaker:VpcSubnets": [FOREIGN_SUBNET]})),
    refused("G8 a model without VPC", MARC, *create_model(**{"sagemaker:VpcSubnets": None})),
    refused(
        "P2 a person's notebook with internet", ANN, *create_notebook(**{"sagemaker:DirectInternetAccess": "Enabled"})
    ),
    refused("D12 a person's interface in a foreign subnet", ANN, *network_interface(subnet=FOREIGN_SUBNET), by=BOTH),
    refused("D12 a person's interface in a foreign group", ANN, *network_interface(group=FOREIGN_GROUP), by=BOTH),
    refused("D12 a person's interface in bob's group", ANN, *network_interface(group=GROUPS["bob"]), by=BOTH),
    allowed("S4-A6 a person passes the own role", ANN, pass_role()),
    refused("F4 a person passes bob's role", ANN, pass_role("bob"), by=ALL),
    *(
        refused(f"{hole} a person passes another role to {to}", ANN, another.but(context=context), by=ALL)
        for another in [pass_role(service="ec2.amazonaws.com").but(resource=NAMING.iam_arn("role/administrator"))]
        for hole, to, context in (
            ("D7", "EC2", {}),
            ("D7", "Lambda", {"iam:PassedToService": "lambda.amazonaws.com"}),
            ("D8", "nobody named", {"iam:PassedToService": None}),
        )
    ),
    refused("D7 a person passes the own role to Lambda", ANN, pass_role(service="lambda.amazonaws.com"), by=ALL),
    refused("D8 a person passes the own role to nobody named", ANN, pass_role(service=None), by=ALL),
    refused("F15 a person buys a training plan", ANN, sagemaker("CreateTrainingPlan", "training-plan/x"), by=BOTH),
    allowed(
        "a person searches the own things",
        ANN,
        sagemaker("Search", "*", {"sagemaker:SearchVisibilityCondition/Tags.user/EqualsIfExists": "alice"}),
    ),
    refused("F12 a person searches everything", ANN, sagemaker("Search"), by=BOTH),
)

S3_ROWS = (
    *(
        allowed(f"S4-A1 a person, {action} on the own prefix", ANN, s3(action, "results", "users/alice/x"))
        for action in ("GetObject", "PutObject", "DeleteObject")
    ),
    *(
        refused(
            f"S4-A2 a person, {action} on {key} (F2)",
            ANN,
            s3(action, "results", key),
            by=(Lock.GRANTS, Lock.BOUNDARY, Lock.RESOURCE),
        )
        for action in ("GetObject", "PutObject", "DeleteObject")
        for key in ("users/bob/x", "users/alice2/x", "users/alice", "x")
    ),
    *(
        refused(f"S4-A3 a person lists {prefix!r} (F2)", ANN, listing(prefix), by=(Lock.GRANTS, Lock.RESOURCE))
        for prefix in (None, "users/", "users/alice", "users/bob/", "users/al")
    ),
    *(
        refused(f"S4-A4 a person, {action}", ANN, s3(action, "results"), by=(*ALL, Lock.RESOURCE))
        for action in ("DeleteBucket", "PutBucketPolicy")
    ),
    refused("S4-A4 a person makes a bucket", ANN, Ask("s3:CreateBucket", "arn:aws:s3:::somebody-else"), by=ALL),
    *(
        refused(
            f"G12 S3-A2 a data scientist, {action} on raw data",
            DIANA,
            s3(action, "raw", "x"),
            by=(Lock.GRANTS, Lock.BOUNDARY, Lock.RESOURCE),
        )
        for action in ("PutObject", "DeleteObject")
    ),
    refused(
        "S3-A1 results are not written in test", DIANA_IN_TEST, s3("PutObject", "results", "users/alice/x"), by=GRANTS
    ),
    refused("R6 a person writes to a stranger's bucket", ANN, foreign_s3("PutObject"), by=(*ALL, Lock.ENDPOINT)),
    refused(
        "F23 a person reads from outside",
        ANN,
        s3("GetObject", "results", "users/alice/x", via=Via.NO_ENDPOINT),
        by=(Lock.GUARDRAILS, Lock.RESOURCE),
    ),
    refused(
        "S3-A9 a person decrypts directly",
        ANN,
        Ask("kms:Decrypt", KEY_ARN, via=Via.NO_ENDPOINT),
        by=(*BOTH, Lock.RESOURCE),
    ),
    *(
        refused(f"S3-A9 a data scientist, {action}", DIANA, key_use(action, None), by=(*ALL, Lock.RESOURCE))
        for action in ("ScheduleKeyDeletion", "PutKeyPolicy")
    ),
    refused(
        "G9 an MLOps engineer writes into the audit trail's logs",
        MARC,
        Ask("logs:PutLogEvents", NAMING.arn("logs", "log-group:/aws/cloudtrail:log-stream:x")),
        by=(Lock.GRANTS, Lock.BOUNDARY),
    ),
)

KEPT = (
    refused("S4-A5 a notebook is made where the program makes them", ANN_STRICTLY, *create_notebook(), by=GRANTS),
    refused(
        "S4-A5 a notebook is removed where the program makes them",
        ANN_STRICTLY,
        sagemaker("DeleteNotebookInstance", OWN_NOTEBOOK, of("alice")),
        by=GRANTS,
    ),
    *(
        allowed(
            f"S4-A5 S1-A7 {action} where the program makes them",
            ANN_STRICTLY,
            sagemaker(action, OWN_NOTEBOOK, of("alice")),
        )
        for action in (
            "CreatePresignedNotebookInstanceUrl",
            "StartNotebookInstance",
            "StopNotebookInstance",
            "DescribeNotebookInstance",
            "UpdateNotebookInstance",
        )
    ),
    allowed("S4-A5 the list where the program makes them", ANN_STRICTLY, sagemaker("ListNotebookInstances")),
    refused(
        "S1-A7 another's notebook where the program makes them",
        ANN_STRICTLY,
        sagemaker("StartNotebookInstance", "notebook-instance/bob--lab", of("bob")),
        by=BOTH,
    ),
)

OUTSIDE_WORK = tuple(
    refused(f"{hole} a person, {action}", ANN, Ask(action, resource), by=locks)
    for hole, action, resource, locks in (
        ("S2-A15", "glue:CreateJob", "arn:aws:glue:ap-northeast-1:111122223333:job/x", ALL),
        ("S2-A15", "sns:Subscribe", "arn:aws:sns:ap-northeast-1:111122223333:x", ALL),
        ("S0-A7", "sagemaker:CreateDomain", NAMING.sagemaker_arn("domain/x"), BOTH),
        ("S0-A7", "sagemaker:CreateUserProfile", NAMING.sagemaker_arn("user-profile/x/y"), BOTH),
        ("R16", "sagemaker:CreatePresignedDomainUrl", NAMING.sagemaker_arn("user-profile/x/bob"), BOTH),
        ("P5", "athena:StartQueryExecution", "arn:aws:athena:ap-northeast-1:111122223333:workgroup/primary", ALL),
        ("P6", "lambda:InvokeFunction", "arn:aws:lambda:ap-northeast-1:111122223333:function:sagemaker-x", ALL),
        ("P1", "codecommit:GitPush", "arn:aws:codecommit:ap-northeast-1:111122223333:x", ALL),
    )
)

ROWS = (*TENANCY, *S3_ROWS, *KEPT, *OUTSIDE_WORK)
