"""The roles of the bastion and of the services that write records: who takes them on, and the little they do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from components.documents.bastion import CHANNELS, LEGACY_MESSAGES
from components.documents.logs import FLOW_LOGS
from components.documents.scope import TRAIL
from iamproof import Principal
from tests.components.documents.world import (
    ACCOUNT,
    ALICE,
    IDS,
    NAMING,
    STRANGERS_ACCOUNT,
    Ask,
    Caller,
    Lock,
    Via,
    allowed,
    refused,
)

GRANTS, TRUST, BOUND = (Lock.GRANTS,), (Lock.RESOURCE,), (Lock.GRANTS, Lock.BOUNDARY)
OUTSIDE_TOO = (Lock.GUARDRAILS,)


def platform_role(purpose: str, *carries: str, boundary: str | None = None) -> Caller:
    """Return a role of the platform with what it carries."""
    arn = NAMING.iam_arn(f"role/platform/{NAMING.platform_role_name(purpose)}")
    return Caller(Principal.role(arn, {"user": "platform"}), carries, boundary)


def service(name: str) -> Caller:
    """Return an AWS service that takes a role on."""
    return Caller(Principal.service(f"{name}.amazonaws.com"))


# The bastion

BASTION = platform_role("bastion", "bastion", boundary="bastion-boundary")
OLD_BASTION = platform_role("bastion", "legacy/bastion", boundary="legacy/bastion-boundary")
HOST = NAMING.arn("ec2", f"instance/{IDS['instance/bastion']}")
IN_THE_NETWORK = {"aws:SourceVpc": IDS["vpc"]}


def agent(action: str, resource: str = "*", **context: Any) -> Ask:
    """Return a call of the bastion's agent, through endpoints that pass it; a key of None is absent."""
    return Ask(action, resource, IN_THE_NETWORK, via=Via.NO_ENDPOINT).but(context=context)


REGISTERS = agent("ssm:UpdateInstanceInformation", HOST)
BEYOND: dict[str, Ask] = {
    "B1 reads a parameter": agent("ssm:GetParameter", NAMING.arn("ssm", "parameter/any")),
    "B1 reads parameters": agent("ssm:GetParametersByPath", NAMING.arn("ssm", "parameter/any")),
    "S2-A6 registers a stranger's instance": replace(
        agent("ssm:UpdateInstanceInformation", f"arn:aws:ec2:ap-northeast-1:{STRANGERS_ACCOUNT}:instance/i-0f0"),
        owner=STRANGERS_ACCOUNT,
    ),
    "registers what is no instance": agent("ssm:UpdateInstanceInformation", NAMING.arn("ssm", "managed-instance/mi-1")),
    "opens a session": agent("ssm:StartSession", HOST),
    "runs a command": agent("ssm:SendCommand", HOST),
    "B2 pushes a key": agent("ec2-instance-connect:SendSSHPublicKey", HOST, **{"ec2:osuser": "alice"}),
    "reads a result": agent("s3:GetObject", f"{NAMING.bucket_arn('results')}/users/alice/x"),
    "takes on a tenant's role": agent("sts:AssumeRole", NAMING.tenant_role_arn("alice", "job")),
    "passes a tenant's role": agent("iam:PassRole", NAMING.tenant_role_arn("alice", "job")),
    "opens a notebook": agent(
        "sagemaker:CreatePresignedNotebookInstanceUrl", NAMING.sagemaker_arn("notebook-instance/alice--lab")
    ),
    "writes a log": agent("logs:PutLogEvents", f"{NAMING.log_group_arn(TRAIL)}:log-stream:x"),
}
BOUND_TO_THE_NETWORK = {
    "ssm:UpdateInstanceInformation": HOST,
    "ssmmessages:CreateControlChannel": "*",
    "ssmmessages:CreateDataChannel": "*",
}
OF_THE_BASTION = (
    allowed("S2-A6 registers with Session Manager", BASTION, REGISTERS),
    *(allowed(f"S2-A6 carries sessions: {action}", BASTION, agent(action)) for action in CHANNELS),
    *(allowed(f"an old agent: {action}", OLD_BASTION, agent(action)) for action in (*CHANNELS, *LEGACY_MESSAGES)),
    allowed("an old agent registers", OLD_BASTION, REGISTERS),
    *(refused(f"a new agent: {action}", BASTION, agent(action), by=BOUND) for action in LEGACY_MESSAGES),
    *(
        refused(f"{what}{old}", who, ask, by=BOUND)
        for what, ask in BEYOND.items()
        for who, old in ((BASTION, ""), (OLD_BASTION, ", with an old agent"))
    ),
    *(
        refused(f"S2-A6 {action} {where}", BASTION, agent(action, on, **{"aws:SourceVpc": vpc}), by=OUTSIDE_TOO)
        for action, on in BOUND_TO_THE_NETWORK.items()
        for where, vpc in (("from outside", None), ("from another network", "vpc-0f00000000000000f"))
    ),
)


def takes_on(purpose: str, **context: Any) -> Ask:
    """Return the taking on of a platform's role; a key of None is absent."""
    arn = NAMING.iam_arn(f"role/platform/{NAMING.platform_role_name(purpose)}")
    return Ask("sts:AssumeRole", arn, via=Via.NO_ENDPOINT).but(context=context)


TAKE_THE_BASTION = (
    allowed("S2-A6 EC2 hands the role to the bastion", service("ec2"), takes_on("bastion")),
    refused("S2-A6 another service takes the bastion's role on", service("lambda"), takes_on("bastion"), by=TRUST),
    refused("S2-A6 takes the bastion's role on", replace(ALICE, carries=None), takes_on("bastion"), by=TRUST),
    refused(
        "S2-A6 tags the session of the bastion's role",
        service("ec2"),
        replace(takes_on("bastion"), action="sts:TagSession"),
        by=TRUST,
    ),
)

# The services that write records

FLOWS, CALLS = platform_role(FLOW_LOGS, "flow-logs"), platform_role(TRAIL, "trail")
GROUP_OF_FLOWS, GROUP_OF_CALLS = NAMING.log_group_arn(FLOW_LOGS), NAMING.log_group_arn(TRAIL)
WORK_LOGS = NAMING.arn("logs", "log-group:/aws/sagemaker/TrainingJobs")


def writes(action: str, group: str = "*") -> Ask:
    """Return a call to CloudWatch Logs, which comes from the service's own network."""
    return Ask(f"logs:{action}", group, via=Via.NO_ENDPOINT)


WRITE = (
    *(
        allowed(f"writes flow logs: {action}", FLOWS, writes(action, f"{GROUP_OF_FLOWS}:log-stream:eni-1"))
        for action in ("CreateLogStream", "PutLogEvents")
    ),
    allowed("finds the streams of flow logs", FLOWS, writes("DescribeLogStreams", GROUP_OF_FLOWS)),
    allowed(
        "finds the streams of flow logs by another form of the ARN",
        FLOWS,
        writes("DescribeLogStreams", f"{GROUP_OF_FLOWS}:*"),
    ),
    allowed("finds groups of logs", FLOWS, writes("DescribeLogGroups")),
    *(
        allowed(f"writes the record of calls: {action}", CALLS, writes(action, f"{GROUP_OF_CALLS}:log-stream:x"))
        for action in ("CreateLogStream", "PutLogEvents")
    ),
    *(
        refused(f"G9 {action} into {what}", who, writes(action, f"{group}:log-stream:x"), by=GRANTS)
        for who, others in (
            (FLOWS, {"the record of calls": GROUP_OF_CALLS, "tenants' logs": WORK_LOGS}),
            (CALLS, {"flow logs": GROUP_OF_FLOWS, "tenants' logs": WORK_LOGS}),
        )
        for what, group in others.items()
        for action in ("CreateLogStream", "PutLogEvents")
    ),
    refused("finds the streams of tenants' logs", FLOWS, writes("DescribeLogStreams", WORK_LOGS), by=GRANTS),
    *(
        refused(f"a writer of records: {ask.action}", who, ask, by=GRANTS)
        for who, own in ((FLOWS, GROUP_OF_FLOWS), (CALLS, GROUP_OF_CALLS))
        for ask in (
            writes("DeleteLogGroup", own),
            writes("DeleteLogStream", f"{own}:log-stream:x"),
            writes("PutRetentionPolicy", own),
            writes("GetLogEvents", f"{own}:log-stream:x"),
            writes("PutResourcePolicy"),
            Ask("ec2:DeleteFlowLogs", NAMING.arn("ec2", "vpc-flow-log/fl-1"), via=Via.NO_ENDPOINT),
            Ask(
                "cloudtrail:StopLogging", NAMING.arn("cloudtrail", f"trail/{NAMING.trail_name()}"), via=Via.NO_ENDPOINT
            ),
        )
    ),
)


def others_than(source: str) -> dict[str, dict[str, str | None]]:
    """Return the contexts in which a service acts for something else, or does not say for what."""
    return {
        "a stranger's account": {"aws:SourceAccount": STRANGERS_ACCOUNT},
        "nobody's account": {"aws:SourceAccount": None},
        "another source": {"aws:SourceArn": source},
        "no source": {"aws:SourceArn": None},
    }


SOURCES: dict[str, tuple[str, str, str]] = {
    "flow-logs": ("vpc-flow-logs", NAMING.arn("ec2", "vpc-flow-log/fl-1"), NAMING.arn("ec2", "vpc/vpc-1")),
    "trail": (
        "cloudtrail",
        NAMING.arn("cloudtrail", f"trail/{NAMING.trail_name()}"),
        NAMING.arn("cloudtrail", f"trail/{NAMING.trail_name()}-2"),
    ),
}
TAKE_THE_WRITERS = tuple(
    row
    for purpose, (name, source, other) in SOURCES.items()
    for own in [{"aws:SourceAccount": ACCOUNT, "aws:SourceArn": source}]
    for row in (
        allowed(f"{name} takes on the role of {purpose}", service(name), takes_on(purpose, **own)),
        *(
            refused(
                f"{name} takes on the role of {purpose} for {whose}",
                service(name),
                takes_on(purpose, **own).but(context=other_context),
                by=TRUST,
            )
            for whose, other_context in others_than(other).items()
        ),
        refused(
            f"another service takes on the role of {purpose}", service("lambda"), takes_on(purpose, **own), by=TRUST
        ),
        refused(f"takes on the role of {purpose}", replace(ALICE, carries=None), takes_on(purpose, **own), by=TRUST),
    )
)

ROWS = (*OF_THE_BASTION, *TAKE_THE_BASTION, *WRITE, *TAKE_THE_WRITERS)
