"""S3 3.5, S3-A3, S3-A4: where models need approval a role deploys, taken on by named people who approve nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from components.documents.people_scope import Group
from components.documents.tenant_documents import DEPLOYMENT_ROLE_CARRIES
from iamproof import Principal
from tests.components.documents.calls import (
    OWNER,
    create_endpoint,
    create_endpoint_config,
    create_job,
    create_model,
    of,
    pass_role,
    s3,
    sagemaker,
    tag_on_create,
)
from tests.components.documents.people import (
    ADAM,
    ANN,
    ANN_IN_PROD,
    APRIL,
    BREAK_GLASS,
    FRESH,
    MARC_IN_PROD,
    OLDER,
    also,
    having,
    in_prod,
    person,
    tagged_as,
)
from tests.components.documents.world import (
    ALICE,
    ALICE_JOB,
    GROUPS,
    NAMING,
    STRANGER,
    STRANGERS_ACCOUNT,
    Ask,
    Caller,
    Lock,
    Via,
    allowed,
    refused,
)

GRANTS, BOTH = (Lock.GRANTS,), (Lock.GRANTS, Lock.GUARDRAILS)
DENIED, TRUST = (Lock.GUARDRAILS,), (Lock.RESOURCE,)
TAG, STATUS = "aws:RequestTag/model-package", "sagemaker:ModelApprovalStatus"
PACKAGE, BOBS_PACKAGE = (NAMING.sagemaker_arn(f"model-package/{user}--digits/1") for user in ("alice", "bob"))
ENDPOINT, MODEL = "endpoint/alice--digits", "model/alice--digits"


def role_of(user: str) -> Caller:
    """Return the deployment role of a tenant, as its people work with it."""
    principal = Principal.role(NAMING.deployment_role_arn(user), {"user": user, "security-group": GROUPS[user]})
    return replace(in_prod(Caller(principal, DEPLOYMENT_ROLE_CARRIES, "deployment")), boundary="deployment")


ROLE = role_of("alice")
UNBOUND = replace(ROLE, carries=(*(ROLE.carries or ())[:-1], "everything"), boundary=None)
NOTEBOOK, JOB = in_prod(ALICE), in_prod(ALICE_JOB)
BEN = person("ben", Group.MLOPS, tenant="bob", stage="prod")
DORA = person("dora", Group.MLOPS, tenant="alice", stage="prod")


def model(**changes: Any) -> tuple[Ask, ...]:
    """Return the creation of a model that says which package it is made of."""
    creation, tag, passing = create_model()
    keys = {TAG: PACKAGE, "aws:TagKeys": ["user", "model-package"], **changes}
    return (creation.but(context=keys), tag.but(context=keys), passing)


def config() -> tuple[Ask, ...]:
    """Return the creation of a configuration with that model."""
    return create_endpoint_config()


def become(user: str = "alice", *, session: str | None = None, **more: Any) -> Ask:
    """Return the taking on of a tenant's deployment role, called after the person unless told otherwise."""
    context = {"sts:RoleSessionName": session or NAMING.person_name("marc")}
    return Ask("sts:AssumeRole", NAMING.deployment_role_arn(user), context, **more)


DEPLOYS = (
    *(
        allowed(f"S3-A3 the deployment role {what}", ROLE, *asks)
        for what, asks in {
            "looks at a package": (sagemaker("DescribeModelPackage", PACKAGE),),
            "looks at its group": (
                sagemaker("DescribeModelPackageGroup", "model-package-group/alice--digits", of("alice")),
            ),
            "finds the groups": (sagemaker("ListModelPackageGroups"),),
            "makes a model of a package": model(),
            "makes a configuration": config(),
            "makes an endpoint": create_endpoint(),
            "changes an endpoint": (sagemaker("UpdateEndpoint", ENDPOINT, of("alice")),),
            "moves its traffic": (sagemaker("UpdateEndpointWeightsAndCapacities", ENDPOINT, of("alice")),),
            "removes an endpoint": (sagemaker("DeleteEndpoint", ENDPOINT, of("alice")),),
            "removes a model": (sagemaker("DeleteModel", MODEL, of("alice")),),
            "reads what a model is made of": (sagemaker("ListTags", MODEL, of("alice")),),
            "lists what is deployed": (sagemaker("ListModels"), sagemaker("ListEndpoints")),
            "asks who it is": (Ask("sts:GetCallerIdentity"),),
        }.items()
    ),
    refused("S3 3.5 a model that names no package", ROLE, *model(**{TAG: None}), by=GRANTS),
    refused("S3 3.5 a model of bob's package", ROLE, *model(**{TAG: BOBS_PACKAGE}), by=GRANTS),
    refused("S3 3.5 a model of what is no package", ROLE, *model(**{TAG: "approved"}), by=GRANTS),
    refused(
        "S3 3.5 what a model says of its package is changed",
        ROLE,
        sagemaker("AddTags", MODEL, {**OWNER["alice"], TAG: PACKAGE, "aws:TagKeys": ["model-package"]}),
        by=GRANTS,
    ),
    refused(
        "S3 3.5 what a model says of its package is taken off",
        ROLE,
        sagemaker("DeleteTags", MODEL, {**OWNER["alice"], "aws:TagKeys": ["model-package"]}),
        by=GRANTS,
    ),
    refused(
        "S3 3.5 a notebook writes what a model says of its package",
        NOTEBOOK,
        sagemaker("AddTags", MODEL, {**OWNER["alice"], TAG: PACKAGE, "aws:TagKeys": ["model-package"]}),
    ),
    refused(
        "S3-A4 the deployment role approves",
        ROLE,
        sagemaker("UpdateModelPackage", PACKAGE, {STATUS: "Approved"}),
        by=BOTH,
    ),
    refused(
        "S3-A4 the deployment role rejects",
        ROLE,
        sagemaker("UpdateModelPackage", PACKAGE, {STATUS: "Rejected"}),
        by=GRANTS,
    ),
    refused("S3-A4 the deployment role registers", ROLE, sagemaker("CreateModelPackage", PACKAGE), by=GRANTS),
)

APART = (
    refused("a model that is made for bob", ROLE, model(**{"aws:RequestTag/user": "bob"})[0], by=BOTH),
    refused("a model that is tagged for bob", ROLE, model(**{"aws:RequestTag/user": "bob"})[1], by=GRANTS),
    refused(
        "a model that is tagged again as the own one",
        ROLE,
        sagemaker("AddTags", MODEL, {**OWNER["alice"], "aws:RequestTag/user": "alice", "aws:TagKeys": ["user"]}),
        by=BOTH,
    ),
    refused("a model for bob", ROLE, *model(**{"aws:RequestTag/user": "bob"}), by=BOTH),
    refused(
        "a model under bob's name",
        ROLE,
        *(each.but(resource=NAMING.sagemaker_arn("model/bob--digits")) for each in model()[:2]),
        by=BOTH,
    ),
    refused(
        "S3-A3 bob's endpoint is changed", ROLE, sagemaker("UpdateEndpoint", "endpoint/bob--x", of("bob")), by=BOTH
    ),
    refused(
        "S3-A3 bob's endpoint is removed", ROLE, sagemaker("DeleteEndpoint", "endpoint/bob--x", of("bob")), by=BOTH
    ),
    refused("bob's configuration is deployed", ROLE, *create_endpoint("bob"), by=BOTH),
    refused("bob's package is looked at", ROLE, sagemaker("DescribeModelPackage", BOBS_PACKAGE), by=BOTH),
    refused("a configuration of bob's model", ROLE, *create_endpoint_config("bob--digits")),
    refused("bob's job role is passed", ROLE, pass_role("bob"), by=BOTH),
    refused("the notebook role is passed", ROLE, pass_role(kind="notebook"), by=GRANTS),
    refused("the job role is passed to another service", ROLE, pass_role(service="lambda.amazonaws.com"), by=BOTH),
    refused("the job role is passed to nobody says whom", ROLE, pass_role(service=None), by=BOTH),
    refused("a training job", ROLE, *create_job(), by=GRANTS),
    refused(
        "a training job is tagged as if it were made",
        ROLE,
        tag_on_create("CreateTrainingJob", "training-job/alice--x"),
        by=GRANTS,
    ),
    refused("tags of a job are read", ROLE, sagemaker("ListTags", "training-job/alice--x", of("alice")), by=GRANTS),
    refused("an endpoint is called", ROLE, sagemaker("InvokeEndpoint", ENDPOINT, of("alice")), by=GRANTS),
    refused("own results are read", ROLE, s3("GetObject", "results", "users/alice/x"), by=(Lock.GRANTS, Lock.RESOURCE)),
    refused("raw data is read", ROLE, s3("GetObject", "raw", "x"), by=(Lock.GRANTS, Lock.RESOURCE)),
    refused("a model without a network", ROLE, *model(**{"sagemaker:VpcSubnets": None})),
    refused("a model with a network of its own", ROLE, *model(**{"sagemaker:NetworkIsolation": False})),
    refused(
        "a configuration on a type outside the list",
        ROLE,
        *create_endpoint_config(**{"sagemaker:InstanceTypes": ["ml.p4d.24xlarge"]}),
    ),
    refused("S3-A3 a model from outside the network", ROLE, *(each.but(via=Via.NO_ENDPOINT) for each in model()[:1])),
    refused(
        "whatever is granted by hand",
        replace(ROLE, carries=(*(ROLE.carries or ()), "everything")),
        s3("ListAllMyBuckets", "raw"),
        by=(Lock.BOUNDARY,),
    ),
)

NOBODY_ELSE = (
    *(
        refused(f"S3-A3 {name} {what}", who, *asks, by=by)
        for name, who, by in (
            ("an MLOps engineer in prod", MARC_IN_PROD, BOTH),
            ("an engineer in prod", ANN_IN_PROD, BOTH),
            ("a notebook in prod", NOTEBOOK, DENIED),
            ("S3-A4 an approver", APRIL, BOTH),
        )
        for what, asks in {
            "makes a model by itself": model(),
            "makes an endpoint by itself": create_endpoint(),
            "changes an endpoint by itself": (sagemaker("UpdateEndpoint", ENDPOINT, of("alice")),),
            "removes an endpoint by itself": (sagemaker("DeleteEndpoint", ENDPOINT, of("alice")),),
        }.items()
    ),
    allowed("a notebook in prod still calls an endpoint", NOTEBOOK, sagemaker("InvokeEndpoint", ENDPOINT, of("alice"))),
    allowed("a notebook in prod still looks at it", NOTEBOOK, sagemaker("DescribeEndpoint", ENDPOINT, of("alice"))),
    allowed("a notebook in prod still trains", NOTEBOOK, *create_job()),
    allowed(
        "a person in dev to whom metrics are granted reads them",
        also(ANN, "people/metrics"),
        Ask("cloudwatch:GetMetricData", via=Via.FORWARDED),
    ),
    allowed("an administrator removes what runs", ADAM, sagemaker("DeleteEndpoint", ENDPOINT, of("alice"))),
)

BECOMING = (
    allowed("S3-A3 a named MLOps engineer takes on the role", MARC_IN_PROD, become()),
    refused("S3-A3 from outside the network", MARC_IN_PROD, become(via=Via.NO_ENDPOINT)),
    refused("through a foreign endpoint", MARC_IN_PROD, become(via=Via.FOREIGN_ENDPOINT)),
    refused("with a second factor two hours old", having(MARC_IN_PROD, OLDER), become(), by=(*GRANTS, *TRUST)),
    refused(
        "with a factor of no age",
        having(MARC_IN_PROD, {"aws:MultiFactorAuthPresent": True}),
        become(),
        by=(*BOTH, *TRUST),
    ),
    refused(
        "with an age and no factor",
        having(MARC_IN_PROD, {**FRESH, "aws:MultiFactorAuthPresent": False}),
        become(),
        by=(*BOTH, *TRUST),
    ),
    refused("with a key alone", having(MARC_IN_PROD, {}), become(), by=(*BOTH, *TRUST)),
    refused("under somebody else's name", MARC_IN_PROD, become(session="ml-dev-ann"), by=TRUST),
    refused("an MLOps engineer whom the trust does not name", DORA, become(session="ml-dev-dora"), by=TRUST),
    refused("a named engineer moved to bob", tagged_as(MARC_IN_PROD, {"user": "bob"}), become(), by=(*BOTH, *TRUST)),
    refused("bob's role", MARC_IN_PROD, become("bob"), by=(*BOTH, Lock.BOUNDARY, Lock.ENDPOINT)),
    refused("bob's engineer takes alice's role", BEN, become(session="ml-dev-ben"), by=(*BOTH, *TRUST, Lock.BOUNDARY)),
    refused(
        "another role",
        MARC_IN_PROD,
        Ask("sts:AssumeRole", NAMING.iam_arn("role/by-hand")),
        by=(*BOTH, Lock.BOUNDARY, Lock.ENDPOINT),
    ),
    refused(
        "the own job role",
        MARC_IN_PROD,
        Ask("sts:AssumeRole", NAMING.tenant_role_arn("alice", "job")),
        by=(*BOTH, *TRUST, Lock.BOUNDARY, Lock.ENDPOINT),
    ),
    refused(
        "with tags of the session",
        MARC_IN_PROD,
        Ask("sts:TagSession", NAMING.deployment_role_arn("alice")),
        by=(*BOTH, *TRUST, Lock.BOUNDARY, Lock.ENDPOINT),
    ),
    refused("an engineer in prod", ANN_IN_PROD, become(session="ml-dev-ann"), by=(*GRANTS, *TRUST)),
    refused("S3-A4 an approver takes on the role", APRIL, become(session="ml-dev-april"), by=(*BOTH, *TRUST)),
    refused("a notebook takes on the role", NOTEBOOK, become(), by=(*BOTH, *TRUST)),
    refused("a job takes on the role", JOB, become(), by=(*BOTH, *TRUST)),
    refused("the role renews itself", ROLE, become(), by=(*BOTH, *TRUST)),
    refused("the role goes on to another", ROLE, Ask("sts:AssumeRole", NAMING.iam_arn("role/by-hand")), by=BOTH),
    refused("an administrator takes on the role", ADAM, become(), by=(*BOTH, *TRUST)),
    refused("the emergency role takes on the role", BREAK_GLASS, become(), by=(*GRANTS, *TRUST)),
    refused("a stranger through our endpoint", replace(STRANGER, stack="prod/"), become(), by=(*TRUST, Lock.ENDPOINT)),
    refused("a role of an account that is another", MARC_IN_PROD, become(owner=STRANGERS_ACCOUNT), by=(Lock.ENDPOINT,)),
)

ROWS = (*DEPLOYS, *APART, *NOBODY_ELSE, *BECOMING)
