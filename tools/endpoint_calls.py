"""The calls that a notebook, a training job, an endpoint, the bastion and a person behind it make, and how they pass.

Each call is decided by `iamproof` over the very documents that the program plans: what its caller carries, the caller's
boundary, the bucket's policy and the policy of the endpoint that carries it. What SageMaker does with a role from its
own network passes no endpoint of ours [LIVE].
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from components.documents.bastion import bastion_boundary, bastion_grants
from components.documents.boundary import boundary
from components.documents.buckets import raw_policy, results_policy
from components.documents.endpoints import endpoint_policy
from components.documents.model import REFERENCE
from components.documents.people_documents import BOUNDARY, carries, people_documents
from components.documents.people_scope import Capability, Group, PeopleScope
from components.documents.scope import RAW, RESULTS, Scope
from components.documents.tenant_documents import JOB_ROLE_CARRIES, NOTEBOOK_ROLE_CARRIES, tenant_documents
from components.endpoint_services import services_for
from components.naming import Naming
from iamproof import Decision, Environment, Policy, Principal, Request, evaluate, parse_policy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from components.documents.model import PolicyDocument

FEATURES = ("bastion", "inference", "notebooks", "training")
NAMING = Naming(partition="aws", region="ap-northeast-1", account_id="111122223333", prefix="ml-dev", suffix="7f3a")
SCOPE = Scope(
    naming=NAMING,
    zone_ids=("apne1-az1", "apne1-az4"),
    endpoints=tuple(service.key for service in services_for(FEATURES)),
    deployer=(NAMING.iam_arn("role/ci-deploy"),),
    features=FEATURES,
)
PEOPLE = PeopleScope(capabilities={Group.ENGINEERS: tuple(Capability)})
STRANGERS_ACCOUNT = "999999999999"
TAGS = {"user": "alice", "security-group": "id-of-security-group-alice"}
PLACED = {
    "sagemaker:VpcSubnets": ["id-of-subnet-apne1-az1", "id-of-subnet-apne1-az4"],
    "sagemaker:VpcSecurityGroupIds": ["id-of-security-group-workload", TAGS["security-group"]],
    "sagemaker:NetworkIsolation": True,
    "sagemaker:InterContainerTrafficEncryption": True,
    "aws:RequestTag/user": "alice",
    "aws:TagKeys": ["user"],
}
LIMITED = {"sagemaker:InstanceTypes": ["ml.m5.xlarge"], "sagemaker:MaxRuntimeInSeconds": 3600}
OWN = {"aws:ResourceTag/user": "alice"}
PACKAGES = "arn:aws:s3:::al2023-repos-ap-northeast-1-de612dc2/core/x.rpm"
NOTEBOOK, JOB, ENDPOINT = "notebook", "training job", "endpoint"
BASTION, PERSON = "bastion", "person behind the bastion"


@dataclass(frozen=True, kw_only=True)
class Call:
    """What `who` wants, the one request that it makes, and the key of the endpoint that carries it; None: none."""

    who: str
    what: str
    action: str
    resource: str = "*"
    through: str | None
    context: Mapping[str, Any] = field(default_factory=dict)
    unsigned: bool = False
    owner: str = NAMING.account_id


def sagemaker(what: str, call: str, resource: str, context: Mapping[str, Any], who: str = NOTEBOOK) -> Call:
    """Return a call of SageMaker's API."""
    arn = NAMING.sagemaker_arn(resource)
    return Call(who=who, what=what, action=f"sagemaker:{call}", resource=arn, through="sagemaker.api", context=context)


def s3(who: str, what: str, call: str, place: str, **context: Any) -> Call:  # noqa: ANN401  a condition key's value
    """Return a call of S3; `place` is a bucket's purpose, and behind a slash the key of an object."""
    purpose, _, key = place.partition("/")
    arn = NAMING.bucket_arn(purpose) + (f"/{key}" if key else "")
    return Call(who=who, what=what, action=f"s3:{call}", resource=arn, through="s3", context=context)


def packages(who: str) -> Call:
    """Return the download of a package, which nobody signs."""
    what = "installs packages of Amazon Linux"
    return Call(
        who=who, what=what, action="s3:GetObject", resource=PACKAGES, through="s3", unsigned=True, owner="555555555555"
    )


def platform_side(who: str, stream: str) -> tuple[Call, ...]:
    """Return what SageMaker writes with a role from its own network."""
    group = NAMING.arn("logs", f"log-group:/aws/sagemaker/{stream}")
    namespace = {"cloudwatch:namespace": "/aws/sagemaker/x"}
    return (
        Call(
            who=who, what="writes logs, from SageMaker's side", action="logs:PutLogEvents", resource=group, through=None
        ),
        Call(
            who=who,
            what="writes metrics, from SageMaker's side",
            action="cloudwatch:PutMetricData",
            through=None,
            context=namespace,
        ),
    )


def channels() -> tuple[Call, ...]:
    """Return how the agent on the bastion keeps its channels to Session Manager."""
    purposes = {
        "CreateControlChannel": "asks for its channel",
        "OpenControlChannel": "waits for sessions",
        "CreateDataChannel": "asks for the channel of a session",
        "OpenDataChannel": "carries a session",
    }
    return tuple(
        Call(who=BASTION, what=what, action=f"ssmmessages:{call}", through="ssmmessages")
        for call, what in purposes.items()
    )


LOG = "log-group:/aws/sagemaker/TrainingJobs:log-stream:alice--digits/algo-1"
OPEN = "sagemaker:CreatePresignedNotebookInstanceUrl"
OWN_NOTEBOOK = NAMING.sagemaker_arn("notebook-instance/alice--ml-dev-notebook")
CALLS: tuple[Call, ...] = (
    Call(who=NOTEBOOK, what="asks who it is", action="sts:GetCallerIdentity", through="sts"),
    s3(NOTEBOOK, "lists its results", "ListBucket", "results", **{"s3:prefix": "users/alice/"}),
    s3(NOTEBOOK, "reads raw data", "GetObject", "raw/digits.csv"),
    s3(NOTEBOOK, "stores training data", "PutObject", "results/users/alice/train"),
    sagemaker("starts training", "CreateTrainingJob", "training-job/alice--digits", {**PLACED, **LIMITED}),
    sagemaker("follows training", "DescribeTrainingJob", "training-job/alice--digits", OWN),
    Call(
        who=NOTEBOOK, what="reads its log", action="logs:GetLogEvents", resource=NAMING.arn("logs", LOG), through="logs"
    ),
    sagemaker("makes a model", "CreateModel", "model/alice--digits", PLACED),
    sagemaker("starts an endpoint", "CreateEndpoint", "endpoint/alice--digits", PLACED),
    Call(
        who=NOTEBOOK,
        what="asks for a prediction",
        action="sagemaker:InvokeEndpoint",
        resource=NAMING.sagemaker_arn("endpoint/alice--digits"),
        through="sagemaker.runtime",
        context=OWN,
    ),
    sagemaker("removes the endpoint", "DeleteEndpoint", "endpoint/alice--digits", OWN),
    sagemaker("stops itself when idle", "StopNotebookInstance", "notebook-instance/alice--ml-dev-notebook", OWN),
    packages(NOTEBOOK),
    s3(JOB, "lists its data", "ListBucket", "results", **{"s3:prefix": "users/alice/train"}),
    s3(JOB, "reads its data", "GetObject", "results/users/alice/train"),
    s3(JOB, "reads raw data", "GetObject", "raw/digits.csv"),
    s3(JOB, "stores the model", "PutObject", "results/users/alice/output/model.tar.gz"),
    *platform_side(JOB, "TrainingJobs:log-stream:alice--digits/algo-1"),
    s3(ENDPOINT, "reads the model", "GetObject", "results/users/alice/output/model.tar.gz"),
    *platform_side(ENDPOINT, "Endpoints/alice--digits:log-stream:AllTraffic/i-1"),
    Call(
        who=BASTION,
        what="registers with Systems Manager",
        action="ssm:UpdateInstanceInformation",
        resource=NAMING.arn("ec2", "instance/i-0123456789abcdef0"),
        through="ssm",
    ),
    *channels(),
    packages(BASTION),
    Call(
        who=PERSON,
        what="asks for the way to Jupyter",
        action=OPEN,
        resource=OWN_NOTEBOOK,
        through="sagemaker.api",
        context=OWN,
    ),
    Call(who=PERSON, what="works in Jupyter", action=OPEN, resource=OWN_NOTEBOOK, through="notebook", context=OWN),
)


def decide(call: Call) -> Decision:
    """Return the decision over everything that judges a call."""
    principal, identity, ceiling = _caller(call)
    return _evaluated(call, principal, identity=identity, boundary=ceiling, resource=_bucket(call))


def decide_for_a_stranger(call: Call) -> Decision:
    """Return the decision for a principal of another account whom everybody but the endpoint lets through."""
    stranger = Principal.role(f"arn:aws:iam::{STRANGERS_ACCOUNT}:role/x", TAGS)
    return _evaluated(call, stranger, identity=(_policy("everything"),), resource=_policy("public"))


def decide_elsewhere(call: Call) -> Decision:
    """Return the decision on another account's thing of the same kind, where all but the endpoint let it through."""
    resource = call.resource.replace(NAMING.account_id, STRANGERS_ACCOUNT).replace("arn:aws:s3:::", "arn:aws:s3:::x-")
    there = replace(call, resource=resource, owner=STRANGERS_ACCOUNT)
    own = Principal.role(NAMING.iam_arn("role/x"), TAGS)
    return _evaluated(there, own, identity=(_policy("everything"),), resource=_policy("public"))


def _evaluated(call: Call, principal: Principal, **environment: Any) -> Decision:  # noqa: ANN401  what Environment takes
    context = {"aws:SecureTransport": True, "aws:ViaAWSService": False, **call.context}
    if call.through:
        context |= {"aws:SourceVpce": f"id-of-endpoint-{call.through}", "aws:SourceVpc": "id-of-vpc"}
    if call.who == PERSON:
        context |= {"aws:MultiFactorAuthPresent": True, "aws:MultiFactorAuthAge": 60}
    world = Environment(
        resource_kind="bucket" if call.action.startswith("s3:") else "other",
        endpoint=_policy(f"endpoint/{call.through}") if call.through else None,
        resource_account=call.owner,
        account=principal.account or call.owner,
        **environment,
    )
    return evaluate(Request(call.action, call.resource, principal, context), world)


def _caller(call: Call) -> tuple[Principal, tuple[Policy, ...], Policy | None]:
    """Return who calls, what it carries, and its boundary."""
    if call.unsigned:
        return Principal.anonymous(), (), None
    if call.who == BASTION:
        role = Principal.role(NAMING.iam_arn("role/ml-dev-bastion"))
        return role, (_policy("bastion"),), _policy("bastion-boundary")
    if call.who == PERSON:
        held = ((f"people/{purpose}", purpose) for purpose in carries(Group.ENGINEERS, PEOPLE))
        attached = tuple(_policy(own if own in documents() else shared) for own, shared in held)
        return Principal.user(NAMING.iam_arn("user/alice"), TAGS), attached, _policy(f"people/{BOUNDARY}")
    kind, purposes = ("notebook", NOTEBOOK_ROLE_CARRIES) if call.who == NOTEBOOK else ("job", JOB_ROLE_CARRIES)
    role = Principal.role(NAMING.tenant_role_arn("alice", kind), TAGS)
    return role, tuple(_policy(purpose) for purpose in purposes), _policy("boundary")


def _bucket(call: Call) -> Policy | None:
    if call.unsigned:
        return _policy("public")
    names = {NAMING.bucket_name(purpose): purpose for purpose in (RAW, RESULTS)}
    purpose = names.get(call.resource.removeprefix("arn:aws:s3:::").partition("/")[0])
    return _policy(f"bucket/{purpose}") if purpose else None


@cache
def documents() -> Mapping[str, PolicyDocument]:
    """Return every document that judges a call, by the name under which decisions mention it."""
    planned = {**tenant_documents(SCOPE), "boundary": boundary(SCOPE)}
    planned |= {f"people/{purpose}": each for purpose, each in people_documents(SCOPE, PEOPLE).items()}
    planned |= {"bastion": bastion_grants(SCOPE), "bastion-boundary": bastion_boundary(SCOPE)}
    planned |= {f"bucket/{RAW}": raw_policy(SCOPE), f"bucket/{RESULTS}": results_policy(SCOPE)}
    return planned | {f"endpoint/{key}": endpoint_policy(SCOPE, key) for key in SCOPE.endpoints}


@cache
def _policy(name: str) -> Policy:
    allow = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    if name in ("everything", "public"):
        statement = {**allow, "Principal": "*"} if name == "public" else allow
        return parse_policy({"Version": "2012-10-17", "Statement": [statement]}, name=name)
    text = REFERENCE.sub(lambda found: f"id-of-{found[1].replace('/', '-')}", documents()[name].to_json())
    return parse_policy(json.loads(text), name=name)
