"""S3-A6: who calls a tenant's endpoints from beside its people: listed endpoints, from inside, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from components.documents.invoking import INVOKING_ROLE_CARRIES
from iamproof import Principal
from tests.components.documents.calls import create_endpoint, create_job, of, pass_role, s3, sagemaker
from tests.components.documents.planned import SHOP, SHOPS_ROLE
from tests.components.documents.world import (
    ACCOUNT,
    ALICE,
    ALICE_JOB,
    NAMING,
    STRANGERS_ACCOUNT,
    Ask,
    Caller,
    Lock,
    Via,
    allowed,
    refused,
)

GRANTS, CEILING, TRUST, DENIED = (Lock.GRANTS,), (Lock.GRANTS, Lock.BOUNDARY), (Lock.RESOURCE,), (Lock.GUARDRAILS,)
INVOKER = Caller(
    Principal.role(NAMING.invoking_role_arn("alice", "shop"), {"user": "alice"}),
    (*INVOKING_ROLE_CARRIES, "invoking"),
    "invoking",
)
LISTED, UNLISTED = (f"endpoint/{name}" for name in (SHOP.endpoints[0], "alice--other"))
CALLS = ("InvokeEndpoint", "InvokeEndpointWithResponseStream")


def call(endpoint: str = LISTED, action: str = "InvokeEndpoint", owner: str | None = "alice", **more: Any) -> Ask:
    """Return a call of an endpoint that belongs to `owner`."""
    return sagemaker(action, endpoint, of(owner), **more)


CALLED = (
    *(
        allowed(f"S3-A6 {action} of {name}", INVOKER, call(f"endpoint/{name}", action))
        for action in CALLS
        for name in SHOP.endpoints
    ),
    allowed("S3-A6 asks who it is", INVOKER, Ask("sts:GetCallerIdentity")),
    *(
        refused(f"S3-A6 {action} of {what}", INVOKER, call(on, action), by=CEILING)
        for action in CALLS
        for what, on in {
            "an endpoint that is not listed": UNLISTED,
            "an endpoint called alike": f"{LISTED}-2",
            "an endpoint of another Region": NAMING.sagemaker_arn(LISTED).replace("ap-northeast-1", "us-east-1"),
        }.items()
    ),
    *(
        refused(f"S3-A6 G11 {action} of the listed endpoint, {way.value}", INVOKER, call(action=action, via=way))
        for action in CALLS
        for way in (Via.NO_ENDPOINT, Via.FOREIGN_ENDPOINT)
    ),
    *(
        refused(
            f"S3-A6 {action} of the listed name once it is {whose}",
            INVOKER,
            call(action=action, owner=owner),
            by=(Lock.GRANTS, Lock.GUARDRAILS, Lock.BOUNDARY),
        )
        for action in CALLS
        for whose, owner in (("bob's", "bob"), ("nobody's", None))
    ),
    refused(
        "S3-A6 calls an endpoint of another account by the listed name",
        INVOKER,
        replace(
            call(NAMING.sagemaker_arn(LISTED).replace(ACCOUNT, STRANGERS_ACCOUNT)),
            owner=STRANGERS_ACCOUNT,
        ),
        by=(Lock.GRANTS, Lock.GUARDRAILS, Lock.BOUNDARY),
    ),
)
BESIDE: dict[str, tuple[Ask, ...]] = {
    "has the endpoint read an object of its choice": (call(action="InvokeEndpointAsync"),),
    "looks at the endpoint": (call(action="DescribeEndpoint"),),
    "changes the endpoint": (call(action="UpdateEndpoint"),),
    "removes the endpoint": (call(action="DeleteEndpoint"),),
    "makes an endpoint": create_endpoint(),
    "starts a job": create_job(),
    "passes a role": (pass_role(),),
    "opens the tenant's notebook": (
        sagemaker("CreatePresignedNotebookInstanceUrl", "notebook-instance/alice--lab", of("alice")),
    ),
    "lists endpoints": (sagemaker("ListEndpoints"),),
    "reads the tenant's results": (s3("GetObject", "results", "users/alice/x"),),
    "reads raw data": (s3("GetObject", "raw", "x"),),
    "takes on the tenant's job role": (Ask("sts:AssumeRole", NAMING.tenant_role_arn("alice", "job")),),
}
NOTHING_ELSE = tuple(refused(f"S3-A6 an invoker {what}", INVOKER, *asks, by=CEILING) for what, asks in BESIDE.items())


def taken_on(name: str = "shop", **changes: Any) -> Ask:
    """Return the taking on of an invoker's role."""
    return Ask("sts:AssumeRole", NAMING.invoking_role_arn("alice", name), **changes)


SHOPS = Caller(Principal.role(SHOPS_ROLE), stack="invokers/")
OTHERS = {
    "another role of the account": f"arn:aws:iam::{ACCOUNT}:role/other",
    "a role called alike": f"{SHOPS_ROLE}-2",
    "the same name below another path": SHOPS_ROLE.replace(":role/", ":role/x/"),
    "a role of another account": SHOPS_ROLE.replace(ACCOUNT, STRANGERS_ACCOUNT),
}
TAKEN_ON = (
    allowed("S3-A6 the listed role takes the invoker's role on", SHOPS, taken_on()),
    allowed("S3-A6 the listed role takes it on where there is no endpoint", SHOPS, taken_on(via=Via.NO_ENDPOINT)),
    *(
        refused(f"S3-A6 {whose} takes the invoker's role on", Caller(Principal.role(arn)), taken_on(), by=TRUST)
        for whose, arn in OTHERS.items()
    ),
    refused(
        "S3-A6 a user of the same name takes the invoker's role on",
        Caller(Principal.user(SHOPS_ROLE.replace(":role/", ":user/"))),
        taken_on(),
        by=TRUST,
    ),
    refused(
        "S3-A6 SageMaker takes the invoker's role on",
        Caller(Principal.service("sagemaker.amazonaws.com")),
        taken_on(),
        by=TRUST,
    ),
    refused("S3-A6 the listed role tags the session", SHOPS, replace(taken_on(), action="sts:TagSession"), by=TRUST),
    *(
        refused(f"S3-A6 {who.principal.name} takes the invoker's role on", who, taken_on(), by=(Lock.GRANTS, *DENIED))
        for who in (ALICE, ALICE_JOB)
    ),
    refused(
        "S3-A6 the listed role takes on a tenant's role through the endpoint",
        SHOPS,
        Ask("sts:AssumeRole", NAMING.tenant_role_arn("alice", "job")),
        by=(Lock.RESOURCE, Lock.ENDPOINT),
    ),
    refused(
        "S3-A6 takes on a role that is no invoker's through the endpoint",
        SHOPS,
        Ask("sts:AssumeRole", NAMING.iam_arn("role/by-hand")),
        by=(Lock.ENDPOINT,),
    ),
    refused(
        "S3-A6 takes on an invoker's role of another account through the endpoint",
        SHOPS,
        replace(
            taken_on(),
            resource=NAMING.invoking_role_arn("alice", "shop").replace(ACCOUNT, STRANGERS_ACCOUNT),
            owner=STRANGERS_ACCOUNT,
        ),
        by=(Lock.ENDPOINT,),
    ),
    refused(
        "S3-A6 takes on an invoker's role of an account that is another",
        SHOPS,
        taken_on(owner=STRANGERS_ACCOUNT),
        by=(Lock.ENDPOINT,),
    ),
    refused(
        "S3-A6 a stranger takes on a role through the endpoint",
        Caller(Principal.role(f"arn:aws:iam::{STRANGERS_ACCOUNT}:role/x"), stack="invokers/"),
        taken_on(),
        by=(Lock.RESOURCE, Lock.ENDPOINT),
    ),
)

ROWS = (*CALLED, *NOTHING_ELSE, *TAKEN_ON)
