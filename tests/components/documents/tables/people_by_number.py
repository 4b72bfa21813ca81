"""Holes and acceptance statements asked of people, under their numbers, where no other table does.

The systems' full-access policy was a person's as well (S0 3.1), so whatever a notebook role is asked for by the number
of a hole is asked of a person, too. T1 to T8 are what simpler sets of denies let through, told in `answers`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from tests.components.documents.calls import (
    FOREIGN_GROUP,
    create_endpoint_config,
    create_job,
    create_model,
    create_notebook,
    listing,
    of,
    pass_role,
    s3,
    sagemaker,
    tag_on_create,
    tagged,
)
from tests.components.documents.people import ANN, ANN_STRICTLY, BEN, DIANA, MARC, MARC_IN_TEST, having, iam
from tests.components.documents.tables import by_name, data, elsewhere, exits, holes, jobs, roles, surface, tags
from tests.components.documents.world import ALICE, GROUPS, NAMING, STRANGERS_ACCOUNT, Ask, Lock, Via, allowed, refused

GRANTS = (Lock.GRANTS,)
BOTH = (Lock.GUARDRAILS, Lock.GRANTS)
ALL = (*BOTH, Lock.BOUNDARY)
OUT = Via.NO_ENDPOINT
OWN, BOBS = "notebook-instance/alice--lab", "notebook-instance/bob--lab"
USES = ("StartNotebookInstance", "CreatePresignedNotebookInstanceUrl")
NUMBERED = re.compile(r"(^|[ (])R\d+b?([ ,)]|$)")

AS_A_PERSON = tuple(
    replace(row, id=f"{row.id}, asked of a person", who=ANN)
    for table in (by_name, data, elsewhere, exits, holes, jobs, roles, surface, tags)
    for row in table.ROWS
    if row.who == ALICE and not row.allowed and NUMBERED.search(row.id)
)

SIGN_IN_AND_NOTEBOOKS = (
    *(
        allowed(f"M2 S1-A7 bob's person, {action} on the own", BEN, sagemaker(action, BOBS, of("bob")))
        for action in USES
    ),
    *(
        refused(f"S1-A7 bob's person, {action} on alice's (F3, F22)", BEN, sagemaker(action, OWN, of("alice")), by=BOTH)
        for action in USES
    ),
    refused(
        "M5 a person opens the own notebook without the factor", having(ANN, {}), sagemaker(USES[1], OWN, of("alice"))
    ),
    allowed("D18 the own role is passed from outside, which starts nothing by itself", ANN, pass_role()),
    *(
        allowed(f"S2-A14 a person passes the own {kind} role", ANN, pass_role(kind=kind))
        for kind in ("job", "notebook")
    ),
    *(
        refused(f"S2-A14 a person passes {what} (D6)", ANN, ask, by=ALL)
        for what, ask in {
            "bob's role": pass_role("bob"),
            "the twin's role": pass_role("alice-2"),
            "an administrator's role": iam(
                "PassRole", "role/admin", {"iam:PassedToService": "sagemaker.amazonaws.com"}
            ),
            "the deployer's role": iam(
                "PassRole", "role/ci-deploy", {"iam:PassedToService": "sagemaker.amazonaws.com"}
            ),
            "the own role to Glue": pass_role(service="glue.amazonaws.com"),
            "the own role to nobody named": pass_role(service=None),
        }.items()
    ),
    *(
        refused(
            f"S4-A6 a person's notebook takes {whose} role (F11)",
            ANN,
            sagemaker("UpdateNotebookInstance", OWN, of("alice")),
            role,
            by=ALL,
        )
        for whose, role in {
            "bob's": pass_role("bob", "notebook"),
            "an administrator's": iam("PassRole", "role/admin", {"iam:PassedToService": "sagemaker.amazonaws.com"}),
        }.items()
    ),
    allowed("F14 a person starts the own notebook", ANN, sagemaker("StartNotebookInstance", OWN, of("alice"))),
    refused("F13 a notebook is made by hand where the program makes them", ANN_STRICTLY, *create_notebook(), by=GRANTS),
    refused("F6 a person trains with bob's role", ANN, create_job()[0], create_job()[1], pass_role("bob"), by=ALL),
)

FROZEN = (
    *(
        refused(
            f"S4-A7 a person, {action} {key}",
            ANN,
            sagemaker(action, OWN, of("alice", **{"aws:TagKeys": [key], f"aws:RequestTag/{key}": "alice"})),
        )
        for action in ("AddTags", "DeleteTags")
        for key in ("user", "User", "USER")
    ),
    allowed("S4-A7 a person tags a creation", ANN, tag_on_create("CreateNotebookInstance", OWN)),
)

DATA = (
    allowed("S4-A3 a person lists the own prefix (G5)", ANN, listing("users/alice/")),
    refused("F17 a person removes a bucket", ANN, s3("DeleteBucket", "results"), by=(*ALL, Lock.RESOURCE)),
    *(
        refused(
            f"F1 a person, {action} on {key}",
            ANN,
            s3(action, "results", key),
            by=(Lock.GRANTS, Lock.BOUNDARY, Lock.RESOURCE),
        )
        for action in ("GetObject", "PutObject")
        for key in ("users/alice2/x", "users/alice-2/x")
    ),
    refused(
        "F7 P7 a person reads an own object from outside",
        ANN,
        s3("GetObject", "results", "users/alice/x", via=OUT),
        by=(Lock.GUARDRAILS, Lock.RESOURCE),
    ),
    *(
        refused(
            f"E1 a person, {action} on raw data",
            DIANA,
            s3(action, "raw", "x"),
            by=(Lock.GRANTS, Lock.BOUNDARY, Lock.RESOURCE),
        )
        for action in ("DeleteObject", "PutObjectTagging", "DeleteObjectVersion")
    ),
    *(
        refused(
            f"E2 E4 E6 T8 a person, {action} on an own result",
            ANN,
            s3(action, "results", "users/alice/x"),
            by=(Lock.GRANTS, Lock.BOUNDARY, Lock.RESOURCE),
        )
        for action in ("PutObjectAcl", "DeleteObjectVersion", "ReplicateObject", "UpdateObjectEncryption")
    ),
)

ENDPOINT = sagemaker("InvokeEndpoint", "endpoint/alice--x", of("alice"))
SERVING = (
    allowed("S3-A6 a person calls the own endpoint", ANN, ENDPOINT),
    refused("S3-A6 a person calls bob's", ANN, sagemaker("InvokeEndpoint", "endpoint/bob--x", of("bob")), by=BOTH),
    refused("S3-A6 G11 a person calls the own endpoint from outside", ANN, ENDPOINT.but(via=OUT)),
    refused(
        "S3-A6 a person calls another account's endpoint",
        ANN,
        Ask(
            "sagemaker:InvokeEndpoint",
            NAMING.sagemaker_arn("endpoint/alice--x").replace(NAMING.account_id, STRANGERS_ACCOUNT),
            of("alice"),
            owner=STRANGERS_ACCOUNT,
        ),
        by=(*ALL, Lock.ENDPOINT),
    ),
    *(
        refused(f"S3-A3 an MLOps engineer, {action} of bob's project", MARC_IN_TEST, ask, by=BOTH)
        for action in ("UpdateEndpoint", "DeleteEndpoint")
        for ask in [sagemaker(action, "endpoint/bob--x", of("bob"))]
    ),
    refused(
        "S3-A3 an MLOps engineer writes into another's logs",
        MARC_IN_TEST,
        Ask("logs:PutLogEvents", NAMING.arn("logs", "log-group:/aws/cloudtrail:log-stream:x")),
        by=(Lock.GRANTS, Lock.BOUNDARY),
    ),
    allowed("G13 an MLOps engineer makes a model with the own role", MARC, *create_model()),
    allowed("G14 a data scientist opens the own notebook", DIANA, sagemaker(USES[1], OWN, of("alice"))),
)

CARELESS = (
    refused(
        "F16 a person writes metrics into bob's job",
        ANN,
        sagemaker("BatchPutMetrics", "training-job/bob--x", of("bob")),
        by=BOTH,
    ),
    refused("T1 a person deploys bob's model", MARC, create_endpoint_config("bob--digits")[0]),
    refused("T1 a person deploys no model of any name", MARC, create_endpoint_config(None)[0]),
    refused(
        "T1 a person transforms with bob's model",
        ANN,
        create_job(
            "CreateTransformJob", "transform-job", **{"sagemaker:ModelArn": NAMING.sagemaker_arn("model/bob--digits")}
        )[0],
    ),
    *(
        refused(f"T1 a person, {action}", MARC, sagemaker(action, "inference-component/alice--x", of("alice")), by=BOTH)
        for action in ("CreateInferenceComponent", "UpdateInferenceComponent")
    ),
    *(
        refused(f"T2 a person mounts a file system, {action}", ANN, *asks)
        for action in ("CreateTrainingJob", "CreateHyperParameterTuningJob")
        for kind in ["training-job" if "Training" in action else "hyper-parameter-tuning-job"]
        for asks in [create_job(action, kind, **{"sagemaker:FileSystemId": "fs-0a1"})]
    ),
    *(
        refused(f"T3 a person configures serverless by {key}", MARC, *create_endpoint_config(**{f"sagemaker:{key}": 5}))
        for key in ("ServerlessMaxConcurrency", "ServerlessMemorySize")
    ),
    *(
        refused(f"T4 a person, {action} on bob's", ANN, sagemaker(action, f"{kind}/bob--x", of("bob")), by=BOTH)
        for action, kind in (("AddAssociation", "artifact"), ("AssociateTrialComponent", "experiment-trial-component"))
    ),
    *(
        refused(
            f"T5 a person's job with the tag {key} beside the own", ANN, *create_job(**{"aws:TagKeys": ["user", key]})
        )
        for key in ("User", "uSER")
    ),
    refused(
        "T6 a person hands an interface to a foreign account",
        ANN,
        Ask(
            "ec2:CreateNetworkInterfacePermission",
            NAMING.arn("ec2", "network-interface/eni-0a1"),
            {"ec2:AuthorizedUser": STRANGERS_ACCOUNT},
            via=Via.FORWARDED,
        ),
        by=BOTH,
    ),
    *(
        refused(f"T7 a person's job in {whose} group", ANN, *create_job(**{"sagemaker:VpcSecurityGroupIds": [group]}))
        for whose, group in (("bob's", GROUPS["bob"]), ("a foreign", FOREIGN_GROUP))
    ),
)

NOBODY = replace(ANN, carries=())
REMOVED = tuple(
    refused(f"S4-A19 a person taken out of every group {what}", NOBODY, ask, by=GRANTS)
    for what, ask in {
        "opens the notebook": sagemaker(USES[1], OWN, of("alice")),
        "lists the own names": listing("users/alice/"),
        "trains": create_job()[0],
        "makes a key": iam("CreateAccessKey", f"user/{ANN.principal.name}"),
        "tags a creation": sagemaker("AddTags", OWN, {**tagged(), "sagemaker:TaggingAction": "CreateNotebookInstance"}),
    }.items()
)

ROWS = (*AS_A_PERSON, *SIGN_IN_AND_NOTEBOOKS, *FROZEN, *DATA, *SERVING, *CARELESS, *REMOVED)
