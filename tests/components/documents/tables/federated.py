"""People who sign in at a provider do the same work as users, come in the same way, and do nothing else."""

from __future__ import annotations

from dataclasses import replace

from tests.components.documents.calls import (
    create_endpoint,
    create_job,
    create_notebook,
    key_use,
    listing,
    of,
    pass_role,
    s3,
    sagemaker,
    volume_grant,
)
from tests.components.documents.federated_people import (
    ADAM,
    ANN,
    APRIL,
    AUDREY,
    BEN,
    BY_HAND,
    DELIA,
    MARC,
    MARC_IN_PROD,
)
from tests.components.documents.people import iam
from tests.components.documents.tables.people_bastion import (
    MINE,
    OTHER_HOST,
    OTHERS,
    SESSION,
    SESSION_TAG,
    document,
    key,
    session,
    ssm,
)
from tests.components.documents.world import NAMING, SCOPE, Ask, Lock, Row, Via, allowed, refused

GRANTS, BOTH, TRUST = (Lock.GRANTS,), (Lock.GRANTS, Lock.GUARDRAILS), (Lock.RESOURCE,)
DENIED = (Lock.GUARDRAILS,)
ANNS_ROLE = "role/people/ml-dev-ann"
NOTEBOOK, PACKAGE = "notebook-instance/alice--lab", "model-package/alice--digits/1"
DECIDE = sagemaker("UpdateModelPackage", PACKAGE, {"sagemaker:ModelApprovalStatus": "Approved"})
URL = sagemaker("CreatePresignedNotebookInstanceUrl", NOTEBOOK, of("alice"))
BOUND = {"iam:PermissionsBoundary": NAMING.tenant_policy_arn("boundary")}
CREATE_ROLE = iam("CreateRole", "role/delegated/x", BOUND)

WORK = (
    allowed("S2-A8 federated: creates a compliant notebook", ANN, *create_notebook()),
    allowed("S2-A10 federated: opens the own notebook", ANN, URL),
    allowed("S2-A12 federated: trains with the own job role", ANN, *create_job()),
    allowed("S2-A13 federated: makes an endpoint", MARC, *create_endpoint()),
    allowed(
        "S4-A1 federated: reads raw and shared data", ANN, s3("GetObject", "raw", "x"), s3("GetObject", "shared", "x")
    ),
    allowed("S4-A1 federated: uses the data key", ANN, key_use("Decrypt"), key_use("GenerateDataKey")),
    allowed(
        "S4-A1 federated: has a volume encrypted",
        ANN,
        volume_grant(),
        key_use("DescribeKey", "sagemaker", key="volumes"),
    ),
    allowed("S4-A1 federated: writes an own result", ANN, s3("PutObject", "results", "users/alice/x")),
    allowed("S4-A3 federated: lists the own prefix", ANN, listing("users/alice/"), listing(None, purpose="raw")),
    allowed("S3-A4 federated: approves a package of the own tenant", APRIL, DECIDE),
    allowed("S3-A16 federated: an auditor reads identities", AUDREY, iam("GetRole", ANNS_ROLE)),
    allowed("federated: asks for the Region of staged data", ANN, s3("GetBucketLocation", "staging")),
    allowed("federated: an auditor reads the password policy", AUDREY, iam("GetAccountPasswordPolicy")),
    allowed("federated: an auditor counts what is in the account", AUDREY, iam("GetAccountSummary")),
    allowed("federated: an auditor sees who has which second factor", AUDREY, iam("ListVirtualMFADevices")),
    allowed(
        "S2-J13 federated: an administrator stops any tenant's job",
        ADAM,
        sagemaker("StopTrainingJob", "training-job/alice--x", of("alice")),
    ),
    allowed("S3-A10 federated: makes a role under boundary and path", DELIA, CREATE_ROLE),
    refused("D5 federated: opens the own notebook from outside", ANN, URL.but(via=Via.NO_ENDPOINT)),
    refused("D9 federated: opens another tenant's notebook", BEN, URL, by=BOTH),
    refused("R1 federated: trains without a network", ANN, *create_job(**{"sagemaker:VpcSubnets": None})),
    refused("D6 federated: passes another tenant's role", ANN, pass_role("bob"), by=BOTH),
    refused(
        "D6 federated: passes a person's role",
        ANN,
        iam("PassRole", ANNS_ROLE, {"iam:PassedToService": "sagemaker.amazonaws.com"}),
        by=BOTH,
    ),
    refused(
        "S4-A2 federated: reads another tenant's results",
        BEN,
        s3("GetObject", "results", "users/alice/x"),
        by=(Lock.GRANTS, Lock.BOUNDARY, Lock.RESOURCE),
    ),
    refused("S1-A2 federated: writes raw data", ANN, s3("PutObject", "raw", "x"), by=(Lock.GRANTS, Lock.RESOURCE)),
    refused("S3-A4 federated: an author approves", MARC, DECIDE, by=BOTH),
    refused("S3-A3 federated: makes an endpoint in prod", MARC_IN_PROD, *create_endpoint(), by=BOTH),
    refused("S3-A4 federated: an approver makes an endpoint", APRIL, *create_endpoint(), by=BOTH),
    refused("federated: makes a user", DELIA, iam("CreateUser", "user/ml-dev-x"), by=(*BOTH, Lock.BOUNDARY)),
    refused("S3-A10 federated: makes a role without a boundary", DELIA, replace(CREATE_ROLE, context={}), by=BOTH),
    refused("S0-A7 federated: changes the own trust", ANN, iam("UpdateAssumeRolePolicy", ANNS_ROLE), by=GRANTS),
    refused("S3-A16 federated: an auditor reads an object", AUDREY, s3("GetObject", "raw", "x"), by=BOTH),
    refused("federated: an administrator reads an object", ADAM, s3("GetObject", "results", "users/alice/x"), by=BOTH),
    *(
        refused(f"federated: {what}", ADAM, iam(action, on), by=BOTH)
        for what, action, on in (
            ("an administrator changes a person's trust", "UpdateAssumeRolePolicy", ANNS_ROLE),
            ("an administrator takes a person's boundary off", "DeleteRolePermissionsBoundary", ANNS_ROLE),
            ("an administrator changes the provider", "UpdateSAMLProvider", "saml-provider/corp"),
        )
    ),
    refused(
        "federated: a delegated administrator changes the provider",
        DELIA,
        iam("UpdateSAMLProvider", "saml-provider/corp"),
        by=BOTH,
    ),
)

# The own key of a tenant, where each has one: for volumes alone, and through SageMaker.
FOR_AWS = {"kms:GrantIsForAWSResource": True}
ANN_UNBOUND = replace(ANN, carries=None, boundary=None)
OWN_KEY = (
    allowed(
        "federated: has an own volume encrypted with the own key",
        ANN_UNBOUND,
        key_use("CreateGrant", "sagemaker", key="tenant/alice", **FOR_AWS),
    ),
    refused(
        "federated: grants the own key by itself",
        ANN_UNBOUND,
        key_use("CreateGrant", None, key="tenant/alice", **FOR_AWS),
        by=TRUST,
    ),
    refused(
        "federated: grants the own key to nobody named",
        ANN_UNBOUND,
        key_use("CreateGrant", "sagemaker", key="tenant/alice"),
        by=TRUST,
    ),
)

# Nobody has credentials or roles beside the own session.
OWN_CREDENTIALS = ("CreateAccessKey", "EnableMFADevice", "DeactivateMFADevice", "ChangePassword")
NOBODY_ELSE = (
    *(
        refused(f"federated: {action} on a user", ADAM, iam(action, f"user/{user}"), by=BOTH)
        for action in OWN_CREDENTIALS
        for user in ("ml-dev-ann",)
    ),
    *(
        refused(f"federated: {action} on a user", ANN, iam(action, "user/ml-dev-ann"), by=(Lock.GRANTS, Lock.BOUNDARY))
        for action in OWN_CREDENTIALS
    ),
    *(
        refused(f"federated: takes on {what}", who, Ask("sts:AssumeRole", role, via=Via.NO_ENDPOINT), by=BOTH)
        for who in (ANN, ADAM, MARC_IN_PROD)
        for what, role in {
            "the emergency role by a chain": SCOPE.break_glass_arn(),
            "another role": NAMING.iam_arn("role/by-hand"),
            "another person's role": NAMING.iam_arn("role/people/ml-dev-ben"),
        }.items()
        if (who, what) != (ADAM, "the emergency role by a chain")
    ),
    refused(
        "federated: takes on the emergency role by a chain",
        ADAM,
        Ask("sts:AssumeRole", SCOPE.break_glass_arn(), via=Via.NO_ENDPOINT),
        by=GRANTS,
    ),
    *(
        refused(
            f"S3-A3 federated: takes on {what} by a chain",
            MARC_IN_PROD,
            Ask("sts:AssumeRole", NAMING.deployment_role_arn(tenant)),
            by=(*BOTH, Lock.RESOURCE),
        )
        for what, tenant in (("the own deployment role", "alice"), ("another's deployment role", "bob"))
    ),
    refused("federated: tags a session", ANN, Ask("sts:TagSession", NAMING.iam_arn(ANNS_ROLE)), by=BOTH),
    *(
        refused(f"federated: a role by hand, with a path alike: {ask.action} of {where}", BY_HAND, ask, by=TRUST)
        for where, ask in {
            "raw data": s3("GetObject", "raw", "x"),
            "shared data": s3("GetObject", "shared", "x"),
            "staged data": s3("GetObject", "staging", "x"),
            "results": s3("GetObject", "results", "users/alice/x"),
            "the data key": key_use("Decrypt"),
            "the volumes' key": volume_grant(),
        }.items()
    ),
)

# The way in: the same sessions, and no second factor to ask for.
WAYS = ((ANN, "alice"), (APRIL, "alice"), (ADAM, "platform"))
OF_THOSE_BEHIND_ENDPOINTS: tuple[Row, ...] = tuple(
    row
    for who, account in WAYS
    for row in (
        allowed("S2-A17 federated: opens a session by the SSH document", who, *session()),
        allowed("S2-A17 federated: pushes a key for the own account", who, key(account)),
        allowed("S2-A17 federated: goes on with the own session", who, ssm("ResumeSession", SESSION, MINE)),
        allowed("S2-A17 federated: ends the own session", who, ssm("TerminateSession", SESSION, MINE)),
        refused("S2-A17 federated: opens a session on another host", who, *session(OTHER_HOST), by=BOTH),
        refused(
            "S2-A17 federated: opens a shell",
            who,
            *session(name=document("SSM-SessionManagerRunShell", "111122223333")),
            by=BOTH,
        ),
        refused(
            "S2-A17 federated: leaves the document out",
            who,
            session()[0].but(context={"ssm:SessionDocumentAccessCheck": False}),
            by=BOTH,
        ),
        refused(
            "S2-A17 federated: does not say whether the document is checked",
            who,
            session()[0].but(context={"ssm:SessionDocumentAccessCheck": None}),
            by=GRANTS,
        ),
        *(
            refused(f"S2-A17 federated: {action} of another's", who, ssm(action, SESSION, OTHERS), by=BOTH)
            for action in ("ResumeSession", "TerminateSession")
        ),
        refused(
            "S2-A17 federated: ends a session of nobody knows whom",
            who,
            ssm("TerminateSession", SESSION, {**MINE, SESSION_TAG: None}).but(context={SESSION_TAG: None}),
            by=BOTH,
        ),
        refused(
            "S2-A17 federated: ends a session of another account",
            who,
            ssm("TerminateSession", SESSION.replace("111122223333", "999999999999"), MINE),
            by=GRANTS,
        ),
        refused("S2-A17 federated: pushes a key for another's account", who, key("bob"), by=BOTH),
        refused("S2-A17 federated: pushes a key for no account", who, key(None), by=BOTH),
        refused("S2-A17 federated: pushes a key to another host", who, key(account, OTHER_HOST), by=GRANTS),
    )
)
SESSIONS = (
    *OF_THOSE_BEHIND_ENDPOINTS,
    *(
        refused("S2-A17 federated: opens a session without work behind it", who, *session(), by=GRANTS)
        for who in (AUDREY, DELIA)
    ),
)

ROWS = (*WORK, *OWN_KEY, *NOBODY_ELSE, *SESSIONS)
