"""A stack's documents with stand-in ids in place, and the decision of a call by them.

A call is what a person types: one or several requests, all of which must be allowed. A row names who calls, what is
asked, whether it goes through and, where it is refused, every lock that refuses it alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any

from components.documents.scope import Limits, Scope
from components.documents.tenant_documents import GUARDRAILS, JOB_ROLE_CARRIES, NOTEBOOK_ROLE_CARRIES
from components.naming import Naming
from iamproof import Environment, Policy, Principal, Reading, Request, evaluate, parse_policy
from tests.components.documents.planned import every_document
from tests.components.documents.routes import endpoint_of, trust_of
from tests.components.documents.variants import in_stack

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iamproof.environment import ResourceKind

ACCOUNT, STRANGERS_ACCOUNT = "111122223333", "999999999999"
DEPLOYER_ARN = f"arn:aws:iam::{ACCOUNT}:role/ci-deploy"
AUDITOR_ARN = f"arn:aws:iam::{ACCOUNT}:role/security-audit"
INGESTION_ARN = f"arn:aws:iam::{ACCOUNT}:role/ingest"
NAMING = Naming(partition="aws", region="ap-northeast-1", account_id=ACCOUNT, prefix="ml-dev", suffix="7f3a")
SCOPE = Scope(
    naming=NAMING,
    zone_ids=("apne1-az1", "apne1-az4"),
    endpoints=("s3", "sagemaker.api", "sagemaker.runtime", "notebook", "logs", "sts"),
    deployer=(DEPLOYER_ARN,),
    ingestion=(INGESTION_ARN,),
    auditors=(AUDITOR_ARN,),
    limits=Limits(instance_types=("ml.t3.*", "ml.m5.*"), longest_run=86_400),
    features=("inference", "notebooks", "training"),
)
BUCKETS = ("results", "raw", "shared", "staging", "audit", "access-logs")
KEYS, KEY_ENDS = ("data", "volumes", "logs", "partners"), "-2222-3333-4444-555555555555"
IDS = {
    "vpc": "vpc-0a000000000000001",
    "subnet/apne1-az1": "subnet-0aaaaaaaaaaaaaaa1",
    "subnet/apne1-az4": "subnet-0aaaaaaaaaaaaaaa4",
    "security-group/workload": "sg-0aaaaaaaaaaaaaaaa",
    "instance/bastion": "i-0aaaaaaaaaaaaaaaa",
    "endpoint/s3": "vpce-0a300000000000001",
    "endpoint/sagemaker.api": "vpce-0a400000000000001",
    "endpoint/sagemaker.runtime": "vpce-0a500000000000001",
    "endpoint/notebook": "vpce-0a600000000000001",
    "endpoint/logs": "vpce-0a700000000000001",
    "endpoint/sts": "vpce-0a800000000000001",
    "key/tenant/alice": "a11ce000-2222-3333-4444-555555555555",
}
IDS |= {f"key/{each}": f"{at * 11111111}{KEY_ENDS}" for at, each in enumerate(KEYS, 1)}
GROUPS = {"alice": "sg-0a11ce00000000001", "bob": "sg-0b0b000000000001", "carol": "sg-0ca0000000000001"}
FOREIGN_VPCE = "vpce-0f00000000000000f"


class Via(Enum):
    """The way a request takes."""

    OWN_ENDPOINT = "in"
    NOTEBOOK_ENDPOINT = "in, by the browser"
    NO_ENDPOINT = "out"
    FOREIGN_ENDPOINT = "foreign"
    # A service uses the caller's rights for a call of its own.
    FORWARDED = "forwarded"


class Lock(Enum):
    """What refuses a row by itself, everything else being wide open."""

    GRANTS = "no grant among the attached policies"
    GUARDRAILS = "a deny among the attached policies"
    BOUNDARY = "the permissions boundary"
    RESOURCE = "the policy of bucket, key or role"
    ENDPOINT = "the policy of the endpoint"


BOUND = {None, Lock.BOUNDARY}


@dataclass(frozen=True)
class Ask:
    """One request; `owner` is the account of the resource, which is `public` where its owner lets everybody in."""

    action: str
    resource: str = "*"
    context: Mapping[str, Any] = field(default_factory=dict)
    via: Via = Via.OWN_ENDPOINT
    owner: str = ACCOUNT
    public: bool = False

    def but(self, **changes: Any) -> Ask:
        """Return the request with other `context` keys (None takes one away), another way, resource or owner."""
        context = {**self.context, **changes.pop("context", {})}
        kept = {key: value for key, value in context.items() if value is not None}
        return replace(self, context=kept, **changes)


@dataclass(frozen=True)
class Caller:
    """A principal with its attached documents by purpose; None for one that may do everything.

    `context` holds the keys that its session carries, such as those of the second factor.
    Who has no `boundary` has lost it, so that what the guardrails leave open shows. `stack` is the prefix of another
    stack's documents, such as ``prod/``, whose endpoints a call goes through."""

    principal: Principal
    carries: tuple[str, ...] | None = None
    boundary: str | None = "boundary"
    context: Mapping[str, Any] = field(default_factory=dict)
    stack: str = ""


@dataclass(frozen=True)
class Row:
    """A sentence of the acceptance list."""

    id: str
    who: Caller
    asks: tuple[Ask, ...]
    allowed: bool
    by: tuple[Lock, ...] = ()

    def __str__(self) -> str:
        return f"{self.id} ({self.who.principal.name})"

    def __post_init__(self) -> None:
        if self.allowed == bool(self.by):
            raise ValueError(f"{self.id}: a refused row names its locks, an allowed one has none")


def tenant_role(user: str, kind: str, tags: Mapping[str, str] | None = None) -> Caller:
    """Return a tenant's role with what it carries."""
    own = {"user": user, "security-group": GROUPS[user]} if tags is None else tags
    carries = NOTEBOOK_ROLE_CARRIES if kind == "notebook" else JOB_ROLE_CARRIES
    return Caller(Principal.role(NAMING.tenant_role_arn(user, kind), dict(own)), carries)


ALICE = tenant_role("alice", "notebook")
ALICE_JOB = tenant_role("alice", "job")
# Alice with every grant there is: what she may still do is what the guardrails and the boundary leave.
ALICE_GRANTED_ALL = replace(ALICE, carries=(*GUARDRAILS, "perimeter", "stage", "everything"))
ALICE_UNBOUND = replace(ALICE_GRANTED_ALL, boundary=None)
UNTAGGED = tenant_role("alice", "notebook", {"security-group": GROUPS["alice"]})
WITHOUT_GROUP = tenant_role("alice", "notebook", {"user": "alice"})
CURATOR = tenant_role(
    "carol", "notebook", {"user": "carol", "security-group": GROUPS["carol"], "data-administrator": "true"}
)
EMERGENCY_ROLE = Caller(Principal.role(SCOPE.break_glass_arn()))
INGESTION = Caller(Principal.role(INGESTION_ARN))
DEPLOYER = Caller(Principal.role(DEPLOYER_ARN))
DEPLOYERS_TWIN = Caller(Principal.role(f"{DEPLOYER_ARN}-2"))
THIRD_ROLE = Caller(Principal.role(f"arn:aws:iam::{ACCOUNT}:role/by-hand", {"user": "alice"}))
TAGGED_THIRD_ROLE = Caller(
    Principal.role(f"arn:aws:iam::{ACCOUNT}:role/by-hand", {"user": "alice", "data-administrator": "true"})
)
STRANGER = Caller(Principal.role(f"arn:aws:iam::{STRANGERS_ACCOUNT}:role/x", {"user": "alice"}))
TAGGED_DEPLOYER = Caller(Principal.role(DEPLOYER_ARN, {"user": "alice", "data-administrator": "true"}))
ANONYMOUS = Caller(Principal.anonymous())
SAGEMAKER_SERVICE, CLOUDWATCH_LOGS, LOG_DELIVERY, CLOUDTRAIL = (
    Caller(Principal.service(f"{name}.amazonaws.com"))
    for name in ("sagemaker", "logs.ap-northeast-1", "logging.s3", "cloudtrail")
)


def allowed(row_id: str, who: Caller, *asks: Ask) -> Row:
    """Return a row that goes through."""
    return Row(row_id, who, asks, allowed=True)


def refused(row_id: str, who: Caller, *asks: Ask, by: tuple[Lock, ...] = (Lock.GUARDRAILS,)) -> Row:
    """Return a row that each of the locks refuses alone."""
    return Row(row_id, who, asks, allowed=False, by=by)


@cache
def parsed(text: str, name: str) -> Policy:
    return parse_policy(json.loads(text), name=name)


def open_to_all(**principal: str) -> Policy:
    """Return the policy that allows everything, as an identity's or as a resource's."""
    statement = {"Effect": "Allow", **principal, "Action": "*", "Resource": "*"}
    return parsed(json.dumps({"Version": "2012-10-17", "Statement": [statement]}), "everything")


STRAY, PUBLIC = open_to_all(), open_to_all(Principal="*")


class World:
    """The rendered documents; `decide` judges a row by all of them or by one lock alone."""

    def __init__(self, documents: Mapping[str, Mapping[str, Any]]) -> None:
        self.documents = dict(documents)
        self._policies: dict[tuple[str, str | None], Policy] = {}

    @classmethod
    def built(cls) -> World:
        """Return the world of the unbroken documents."""
        return cls({holder: json.loads(document.render(IDS)) for holder, document in every_document(SCOPE).items()})

    def changed(self, holder: str, sid: str, statement: Mapping[str, Any]) -> World:
        """Return a world in which one statement reads otherwise; the other documents stay read."""
        kept = [statement if each["Sid"] == sid else each for each in self.documents[holder]["Statement"]]
        world = World({**self.documents, holder: {"Version": "2012-10-17", "Statement": kept}})
        world._policies = {at: policy for at, policy in self._policies.items() if at[0] != holder}
        return world

    def holders(self, row: Row) -> set[str]:
        """Return the holders of every document that may judge a row."""
        asked = {name for ask in row.asks for name in (self._way(row.who, ask)[0], self._judge(row.who, ask)[0])}
        return asked | {row.who.boundary or "", *(row.who.carries or ())}

    def decide(self, row: Row, lock: Lock | None = None, reading: Reading = Reading.EXACT) -> bool:
        """Say whether every request of the row is allowed, by everything or by one lock alone."""
        return all(evaluate(*self._case(row.who, ask, lock), reading=reading).allowed for ask in row.asks)

    def _case(self, who: Caller, ask: Ask, lock: Lock | None) -> tuple[Request, Environment]:
        endpoint, context = self._way(who, ask)
        request = Request(
            ask.action, ask.resource, who.principal, {"aws:SecureTransport": True, **who.context, **context}
        )
        resource, kind = self._resource(who, ask, lock)
        own_endpoint = lock in {None, Lock.ENDPOINT} and endpoint in self.documents
        return request, Environment(
            identity=self._identity(who, lock),
            boundary=self._policy(who.boundary) if who.carries and who.boundary and lock in BOUND else None,
            resource=resource,
            resource_kind=kind,
            endpoint=self._policy(endpoint) if own_endpoint else None,
            resource_account=ask.owner,
            account=who.principal.account or ACCOUNT,
        )

    def _judge(self, who: Caller, ask: Ask) -> tuple[str, ResourceKind]:
        holder, kind = resource_holder(ask)
        return in_stack(who.stack, holder, self.documents), kind

    def _resource(self, who: Caller, ask: Ask, lock: Lock | None) -> tuple[Policy | None, ResourceKind]:
        if ask.public:
            return PUBLIC, "bucket"
        holder, kind = self._judge(who, ask)
        judged = holder and lock in {None, Lock.RESOURCE}
        return (self._policy(holder), kind) if judged else (None, "other")

    def _identity(self, who: Caller, lock: Lock | None) -> tuple[Policy, ...]:
        if who.carries is None:
            return (STRAY,)
        if lock is None:
            return tuple(self._policy(purpose) for purpose in who.carries)
        effect = {Lock.GRANTS: "Allow", Lock.GUARDRAILS: "Deny"}.get(lock)
        kept = tuple(self._policy(purpose, effect) for purpose in who.carries if effect and self._has(purpose, effect))
        return kept if lock is Lock.GRANTS else (*kept, STRAY)

    def _has(self, holder: str, effect: str) -> bool:
        return holder != "everything" and any(each["Effect"] == effect for each in self.documents[holder]["Statement"])

    def _policy(self, holder: str, effect: str | None = None) -> Policy:
        if holder == "everything":
            return STRAY
        if (holder, effect) not in self._policies:
            document = dict(self.documents[holder])
            if effect:
                document["Statement"] = [each for each in document["Statement"] if each["Effect"] == effect]
            self._policies[holder, effect] = parsed(json.dumps(document), holder)
        return self._policies[holder, effect]

    def _way(self, who: Caller, ask: Ask) -> tuple[str, dict[str, Any]]:
        """Return the holder of the endpoint policy on the way, if any, and the keys that the way sets."""
        given = {"aws:ViaAWSService": ask.via is Via.FORWARDED, **ask.context}
        if ask.via not in {Via.OWN_ENDPOINT, Via.NOTEBOOK_ENDPOINT}:
            return "", {"aws:SourceVpce": FOREIGN_VPCE, **given} if ask.via is Via.FOREIGN_ENDPOINT else given
        service = "notebook" if ask.via is Via.NOTEBOOK_ENDPOINT else endpoint_of(ask.action)
        holder = in_stack(who.stack, f"endpoint/{service}", self.documents)
        return holder, {"aws:SourceVpce": IDS[f"endpoint/{service}"], **given}


def resource_holder(ask: Ask) -> tuple[str, ResourceKind]:
    """Return which resource policy judges a request, and its kind."""
    for purpose in BUCKETS:
        if ask.resource == NAMING.bucket_arn(purpose) or ask.resource.startswith(f"{NAMING.bucket_arn(purpose)}/"):
            return purpose, "bucket"
    for holder, key in IDS.items():
        if ask.resource == NAMING.arn("kms", f"key/{key}"):
            return holder, "key"
    if ask.action.startswith("sts:"):
        return trust_of(ask.resource), "trust"
    if ask.action.startswith("sns:"):
        return "topic", "other"
    return "", "other"
