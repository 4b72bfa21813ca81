"""What is closed at the front is closed at the side: log policies of the account, and roles that delegates make."""

from __future__ import annotations

from dataclasses import replace

from iamproof import Principal
from tests.components.documents.calls import create_job, of, pass_role, s3, sagemaker
from tests.components.documents.people import BREAK_GLASS, DELIA
from tests.components.documents.tables.people_delegated import DATA_POLICY, attach
from tests.components.documents.world import GROUPS, NAMING, Ask, Caller, Lock, Via, allowed, refused

GRANTS, CEILING = (Lock.GRANTS,), (Lock.GRANTS, Lock.BOUNDARY)
WORK = NAMING.arn("logs", "log-group:/aws/sagemaker/TrainingJobs")
OWN = NAMING.log_group_arn("flow-logs")


def logs(action: str, resource: str = "*") -> Ask:
    """Return a call to CloudWatch Logs in an emergency."""
    return Ask(f"logs:{action}", resource, via=Via.NO_ENDPOINT)


# The emergency role looks at the platform's own logs, and leads none elsewhere.
LOGS = (
    *(
        allowed(f"in an emergency, logs: {ask.action}", BREAK_GLASS, ask)
        for ask in (
            *(
                logs(action, OWN)
                for action in ("CreateLogGroup", "AssociateKmsKey", "StartQuery", "DescribeLogStreams")
            ),
            *(logs(action, WORK) for action in ("DeleteLogGroup", "PutRetentionPolicy")),
            logs("DeleteLogStream", f"{WORK}:log-stream:x"),
            logs("GetLogEvents", f"{OWN}:log-stream:x"),
            logs("FilterLogEvents", OWN),
            *(logs(action) for action in ("GetQueryResults", "PutResourcePolicy", "DescribeLogGroups")),
        )
    ),
    *(
        refused(f"in an emergency, tenants' logs led elsewhere: {ask.action}", BREAK_GLASS, ask, by=CEILING)
        for ask in (
            # A filter for every group of the account at once: no group's name stands in the request.
            logs("PutAccountPolicy"),
            logs("PutDestination", NAMING.arn("logs", "destination:x")),
            logs("PutDeliverySource", NAMING.arn("logs", "delivery-source:x")),
            logs("PutDeliveryDestination", NAMING.arn("logs", "delivery-destination:x")),
            logs("CreateDelivery", NAMING.arn("logs", "delivery:x")),
            logs("IntegrateWithS3Table", WORK),
            logs("GetLogRecord", WORK),
            logs("Unmask", WORK),
            logs("PutTransformer", WORK),
        )
    ),
    refused(
        "in an emergency, records collected by another account",
        BREAK_GLASS,
        Ask(
            "config:PutAggregationAuthorization",
            NAMING.arn("config", "aggregation-authorization/999999999999/ap-northeast-1"),
            via=Via.NO_ENDPOINT,
        ),
        by=(Lock.GUARDRAILS, Lock.BOUNDARY),
    ),
    allowed(
        "in an emergency, a check is written",
        BREAK_GLASS,
        Ask("config:PutConfigRule", NAMING.arn("config", "config-rule/x"), via=Via.NO_ENDPOINT),
    ),
)

# A role that a delegate made trusts whomever the delegate chose; the session may bring any owner.
UNOWNED = Caller(Principal.role(NAMING.iam_arn("role/delegated/x")), ("work", "data"))
AS_ALICE = replace(
    UNOWNED,
    principal=Principal.role(NAMING.iam_arn("role/delegated/x"), {"user": "alice", "security-group": GROUPS["alice"]}),
)
WITH_A_CEILING = replace(UNOWNED, carries=("boundary",))
AS_ALICE_WITH_A_CEILING = replace(AS_ALICE, carries=("boundary",))
NOTEBOOK = "notebook-instance/alice--lab"
TAKEN_OVER = {
    "trains as alice": create_job(),
    "passes alice's role": (pass_role(),),
    "stops alice's job": (sagemaker("StopTrainingJob", "training-job/alice--digits", of("alice")),),
    "calls alice's endpoint": (sagemaker("InvokeEndpoint", "endpoint/alice--digits", of("alice")),),
    "reads alice's logs": (Ask("logs:GetLogEvents", f"{WORK}:log-stream:alice--digits/x"),),
    "asks who it is": (Ask("sts:GetCallerIdentity"),),
}
DELEGATED = (
    allowed("S3-A10 the shared grants on a role that a delegate made", DELIA, attach(DATA_POLICY)),
    *(
        refused(
            f"S3-A10 the {ceiling} as a grant on such a role",
            DELIA,
            attach(NAMING.tenant_policy_arn(ceiling)),
            by=GRANTS,
        )
        for ceiling in ("boundary", "deployment")
    ),
    allowed("S3-A10 such a role sees names, as everybody does", UNOWNED, sagemaker("ListModels")),
    allowed("S3-A10 such a role asks who it is", UNOWNED, Ask("sts:GetCallerIdentity")),
    *(
        refused(f"S3-A10 such a role, its session called alice's, {what}", AS_ALICE, *asks, by=(Lock.BOUNDARY,))
        for what, asks in TAKEN_OVER.items()
    ),
    refused(
        "S3-A10 such a role, its session called alice's, with a ceiling by hand, opens alice's notebook",
        AS_ALICE_WITH_A_CEILING,
        sagemaker("CreatePresignedNotebookInstanceUrl", NOTEBOOK, of("alice"), via=Via.NO_ENDPOINT),
        by=(Lock.BOUNDARY,),
    ),
    refused(
        "S3-A10 such a role, of nobody, trains as alice",
        UNOWNED,
        *create_job(),
        by=GRANTS,
    ),
    refused(
        "S3-A10 such a role reads raw data",
        UNOWNED,
        s3("GetObject", "raw", "x"),
        by=(Lock.RESOURCE,),
    ),
)

ROWS = (*LOGS, *DELEGATED)
