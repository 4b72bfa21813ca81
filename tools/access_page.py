"""Who may do what, decided from the documents by `iamproof`: ``python -m tools.access_page`` writes docs/access.md.

The rows are requests that an auditor asks about, the columns groups and roles as the stack makes them. A cell is the
decision over every policy that the caller carries, under its boundary; the policies of buckets and keys, which refuse
once more, are left out, so that a cell says what the identity alone may do.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from components.documents.bastion import BASTION
from components.documents.break_glass import break_glass
from components.documents.people_documents import boundary_of, carries, is_of_tenants, people_documents
from components.documents.people_scope import Capability, Group, PeopleScope
from components.documents.scope import Limits, Scope
from components.documents.tenant_documents import (
    DEPLOYMENT,
    DEPLOYMENT_ROLE_CARRIES,
    JOB_ROLE_CARRIES,
    NOTEBOOK_ROLE_CARRIES,
    boundary_document,
    tenant_documents,
)
from components.naming import Naming
from iamproof import Environment, Policy, Principal, Request, evaluate, parse_policy
from settings.stages import STAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from components.documents.model import PolicyDocument

PAGE = Path(__file__).resolve().parents[1] / "docs" / "access.md"
BEGIN, END = "<!-- matrix: made by python -m tools.access_page -->", "<!-- end of what is made -->"
BEGIN_STAGES = "<!-- stages: made by python -m tools.access_page -->"
YES, NO = "yes", "-"
NAMING = Naming(partition="aws", region="ap-northeast-1", account_id="111122223333", prefix="ml-dev", suffix="7f3a")
ENDPOINTS = ("s3", "sagemaker.api", "sagemaker.runtime", "notebook", "logs", "sts", "ssm", "ssmmessages")
FRESH = {"aws:MultiFactorAuthPresent": True, "aws:MultiFactorAuthAge": 600}
INSIDE = {"aws:SourceVpce": "vpce-sagemaker.api", "aws:ViaAWSService": False}
OUTSIDE = {"aws:ViaAWSService": False}


def identifier(reference: str) -> str:
    """Return a stand-in for the id that AWS will mint; references differ, so stand-ins do."""
    kind, _, name = reference.partition("/")
    return {"endpoint": "vpce-", "subnet": "subnet-", "security-group": "sg-"}.get(kind, "") + name


@dataclass(frozen=True)
class Caller:
    """A column: who calls, under which policies and boundary, with which keys of the session."""

    principal: Principal
    policies: tuple[Policy, ...]
    boundary: Policy
    session: Mapping[str, Any]


@dataclass(frozen=True)
class Asked:
    """A row: a request, from inside the network unless told otherwise."""

    action: str
    resource: str
    context: Mapping[str, Any]
    inside: bool = True


def scope(stage: str) -> Scope:
    """Return the scope of the example stack in a stage."""
    table = STAGES[stage]
    return Scope(
        naming=NAMING,
        zone_ids=("apne1-az1", "apne1-az4"),
        endpoints=ENDPOINTS,
        deployer=(NAMING.iam_arn("role/ci-deploy"),),
        limits=Limits(instance_types=table.instance_types, longest_run=table.max_runtime_hours * 3600),
        approval=table.approval,
    )


@cache
def columns(stage: str) -> dict[str, Caller]:
    """Return the groups of a stage as a person of each, and the roles that people work through."""
    where = scope(stage)
    table = STAGES[stage].capabilities
    people = PeopleScope(
        capabilities={Group(group): tuple(map(Capability, parts)) for group, parts in table.items()},
        access_keys=True,
        bastion=True,
    )
    tenants = {purpose: _parsed(each, purpose) for purpose, each in tenant_documents(where).items()}
    own = {purpose: _parsed(each, purpose) for purpose, each in people_documents(where, people).items()}
    found = {
        group.value: Caller(
            Principal.user(NAMING.iam_arn(f"user/{NAMING.person_name('ann')}"), _tags(group)),
            tuple((tenants if is_of_tenants(purpose) else own)[purpose] for purpose in carries(group, people)),
            own[boundary_of(group)],
            FRESH,
        )
        for group in people.capabilities
    }
    ceiling = _parsed(boundary_document(where), "boundary")
    for kind, carried in (("notebook", NOTEBOOK_ROLE_CARRIES), ("job", JOB_ROLE_CARRIES)):
        role = Principal.role(NAMING.tenant_role_arn("alice", kind), _tags(Group.ENGINEERS))
        found[f"{kind} role"] = Caller(role, tuple(tenants[purpose] for purpose in carried), ceiling, {})
    if where.approval:
        role = Principal.role(NAMING.deployment_role_arn("alice"), _tags(Group.MLOPS))
        held = tuple(tenants[purpose] for purpose in DEPLOYMENT_ROLE_CARRIES)
        found["deployment role"] = Caller(role, held, tenants[DEPLOYMENT], {})
    emergency = _parsed(break_glass(where), "break-glass")
    role = Principal.role(where.break_glass_arn(), {"user": "platform"})
    return {**found, "emergency role": Caller(role, (emergency,), emergency, {})}


def _tags(group: Group) -> dict[str, str]:
    platform = boundary_of(group) == "platform-boundary"
    return {"user": "platform"} if platform else {"user": "alice", "security-group": "sg-alice"}


def _parsed(document: PolicyDocument, name: str) -> Policy:
    ids = {reference: identifier(reference) for reference in document.references()}
    return parse_policy(json.loads(document.render(ids)), name=name)


def sagemaker(action: str, thing: str) -> Asked:
    """Return a SageMaker request without further keys."""
    return Asked(f"sagemaker:{action}", NAMING.sagemaker_arn(thing), {})


ALICES, BOBS = {"aws:ResourceTag/user": "alice"}, {"aws:ResourceTag/user": "bob"}
JOB = {
    "aws:RequestTag/user": "alice",
    "aws:TagKeys": ["user"],
    "sagemaker:VpcSubnets": ["subnet-apne1-az1"],
    "sagemaker:VpcSecurityGroupIds": ["sg-workload", "sg-alice"],
    "sagemaker:NetworkIsolation": True,
    "sagemaker:InterContainerTrafficEncryption": True,
    "sagemaker:InstanceTypes": ["ml.m5.xlarge"],
    "sagemaker:MaxRuntimeInSeconds": 3600,
}
RESULTS, RAW = (f"{NAMING.bucket_arn(purpose)}" for purpose in ("results", "raw"))
IAM_USER = NAMING.iam_arn("user/ml-dev-ben")
APPROVED = {"sagemaker:ModelApprovalStatus": "Approved"}


def on(action: str, resource: str, *, inside: bool = True) -> Asked:
    """Return any other request."""
    return Asked(action, resource, {}, inside)


ROWS: dict[str, Asked] = {
    "open the own notebook": Asked(
        "sagemaker:CreatePresignedNotebookInstanceUrl", NAMING.sagemaker_arn("notebook-instance/alice--lab"), ALICES
    ),
    "open the own notebook, from outside the network": Asked(
        "sagemaker:CreatePresignedNotebookInstanceUrl",
        NAMING.sagemaker_arn("notebook-instance/alice--lab"),
        ALICES,
        inside=False,
    ),
    "open a session to the bastion": Asked(
        "ssm:StartSession",
        NAMING.arn("ec2", f"instance/{identifier(BASTION)}"),
        {"ssm:SessionDocumentAccessCheck": True},
        inside=False,
    ),
    "open another tenant's notebook": Asked(
        "sagemaker:CreatePresignedNotebookInstanceUrl", NAMING.sagemaker_arn("notebook-instance/bob--lab"), BOBS
    ),
    "train in the platform's network": Asked(
        "sagemaker:CreateTrainingJob", NAMING.sagemaker_arn("training-job/alice--x"), JOB
    ),
    "train without a network": Asked(
        "sagemaker:CreateTrainingJob",
        NAMING.sagemaker_arn("training-job/alice--x"),
        {key: value for key, value in JOB.items() if "Vpc" not in key},
    ),
    "train on a type outside the stage's list": Asked(
        "sagemaker:CreateTrainingJob",
        NAMING.sagemaker_arn("training-job/alice--x"),
        {**JOB, "sagemaker:InstanceTypes": ["ml.p4d.24xlarge"]},
    ),
    "make a model in the platform's network": Asked(
        "sagemaker:CreateModel",
        NAMING.sagemaker_arn("model/alice--digits"),
        {
            **{key: value for key, value in JOB.items() if "Time" not in key and "Types" not in key},
            "aws:TagKeys": ["user", "model-package"],
            "aws:RequestTag/model-package": NAMING.sagemaker_arn("model-package/alice--digits/1"),
        },
    ),
    "change an own endpoint": Asked("sagemaker:UpdateEndpoint", NAMING.sagemaker_arn("endpoint/alice--x"), ALICES),
    "remove another tenant's endpoint": Asked(
        "sagemaker:DeleteEndpoint", NAMING.sagemaker_arn("endpoint/bob--x"), BOBS
    ),
    "register a model, pending": sagemaker("CreateModelPackage", "model-package/alice--digits/1"),
    "approve a model": Asked(
        "sagemaker:UpdateModelPackage", NAMING.sagemaker_arn("model-package/alice--digits/1"), APPROVED
    ),
    "take on the deployment role of the own tenant": Asked(
        "sts:AssumeRole", NAMING.deployment_role_arn("alice"), {"sts:RoleSessionName": "ml-dev-ann"}
    ),
    "take on another role": Asked("sts:AssumeRole", NAMING.iam_arn("role/by-hand"), {}),
    "read an own result": on("s3:GetObject", f"{RESULTS}/users/alice/x"),
    "write an own result": on("s3:PutObject", f"{RESULTS}/users/alice/x"),
    "read another tenant's result": on("s3:GetObject", f"{RESULTS}/users/bob/x"),
    "read raw data": on("s3:GetObject", f"{RAW}/x"),
    "write raw data": on("s3:PutObject", f"{RAW}/x"),
    "stop any tenant's job": Asked("sagemaker:StopTrainingJob", NAMING.sagemaker_arn("training-job/bob--x"), BOBS),
    "read identities": on("iam:GetRole", NAMING.iam_arn("role/x"), inside=False),
    "read the trail": on("cloudtrail:LookupEvents", "*", inside=False),
    "make a person with boundary and tags": Asked(
        "iam:CreateUser",
        NAMING.iam_arn("user/ml-dev-eve"),
        {
            "iam:PermissionsBoundary": NAMING.people_policy_arn("boundary"),
            "aws:RequestTag/user": "alice",
            "aws:RequestTag/security-group": "sg-alice",
        },
        inside=False,
    ),
    "make a person without a boundary": on("iam:CreateUser", NAMING.iam_arn("user/ml-dev-eve"), inside=False),
    "switch off another's key": on("iam:UpdateAccessKey", IAM_USER, inside=False),
    "reset another's password": on("iam:UpdateLoginProfile", IAM_USER, inside=False),
    "loosen a boundary": on("iam:DeleteUserPermissionsBoundary", IAM_USER, inside=False),
    "open the network: a route": on("ec2:CreateRoute", NAMING.arn("ec2", "route-table/rtb-1"), inside=False),
    "open the network: an endpoint": on("ec2:CreateVpcEndpoint", NAMING.arn("ec2", "vpc-endpoint/*"), inside=False),
    "take on the emergency role": on("sts:AssumeRole", NAMING.iam_arn("role/ml-dev-break-glass"), inside=False),
    "stop the account's trail": on("cloudtrail:StopLogging", NAMING.arn("cloudtrail", "trail/x"), inside=False),
}


def may(who: Caller, asked: Asked) -> bool:
    """Say whether the caller's own policies and boundary allow the request."""
    context: dict[str, Any] = {**(INSIDE if asked.inside else OUTSIDE), **who.session, **asked.context}
    request = Request(asked.action, asked.resource, who.principal, context)
    return evaluate(
        request,
        Environment(
            identity=who.policies,
            boundary=who.boundary,
            resource_account=NAMING.account_id,
            account=NAMING.account_id,
        ),
    ).allowed


def matrix() -> str:
    """Return a table for each stage."""
    parts = []
    for stage in STAGES:
        who = columns(stage)
        lines = [f"### {stage}", "", f"| may | {' | '.join(who)} |", f"|---|{'---|' * len(who)}"]
        for sentence, asked in ROWS.items():
            cells = (YES if may(caller, asked) else NO for caller in who.values())
            lines.append(f"| {sentence} | {' | '.join(cells)} |")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def stages() -> str:
    """Return what the settings' table says of each stage: its groups with their parts of the work, and its limits."""
    groups = [group.value for group in Group]
    lines = ["| | " + " | ".join(STAGES) + " |", "|---|" + "---|" * len(STAGES)]
    for group in groups:
        parts = (", ".join(table.capabilities.get(group, ())) or "no such group" for table in STAGES.values())
        lines.append(f"| {group} | {' | '.join(parts)} |")
    limits = {
        "instance types": lambda table: ", ".join(f"`{each}`" for each in table.instance_types),
        "longest run": lambda table: f"{table.max_runtime_hours} hours",
        "models are deployed by": lambda table: "the deployment role" if table.approval else "people",
    }
    lines += [f"| {what} | {' | '.join(map(say, STAGES.values()))} |" for what, say in limits.items()]
    return "\n".join(lines)


def with_matrix(page: str) -> str:
    """Return the page with the tables as the documents, and the settings' table of stages, have them now."""
    return _filled(_filled(page, BEGIN_STAGES, stages()), BEGIN, matrix())


def _filled(page: str, begin: str, made: str) -> str:
    return re.sub(
        f"{re.escape(begin)}.*?{re.escape(END)}", lambda _: f"{begin}\n\n{made}\n\n{END}", page, flags=re.DOTALL
    )


if __name__ == "__main__":
    PAGE.write_text(with_matrix(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
