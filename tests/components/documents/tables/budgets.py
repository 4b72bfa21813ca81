"""A spent budget: what its tenant may still do, and what the role that acts may do to whom (S3-A18)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from iamproof import Principal
from tests.components.documents.calls import (
    create_endpoint,
    create_endpoint_config,
    create_job,
    create_model,
    create_notebook,
    of,
    s3,
    sagemaker,
)
from tests.components.documents.federated_people import in_federation
from tests.components.documents.people import ADAM, ANN, also, iam
from tests.components.documents.world import (
    ACCOUNT,
    ALICE,
    NAMING,
    SCOPE,
    STRANGERS_ACCOUNT,
    Ask,
    Caller,
    Lock,
    Via,
    allowed,
    refused,
)

STOP, GRANTS, TRUST = (Lock.GUARDRAILS,), (Lock.GRANTS,), (Lock.RESOURCE,)
SPENT, ANN_SPENT = also(ALICE, "budget-stop"), also(ANN, "budget-stop")
OWN_NOTEBOOK, OWN_ENDPOINT = "notebook-instance/alice--lab", "endpoint/alice--digits"
OWN_JOB, OWN_MODEL = "training-job/alice--digits", NAMING.sagemaker_arn("model/alice--digits")

COSTS: dict[str, tuple[Ask, ...]] = {
    "CreateTrainingJob": create_job(),
    "CreateHyperParameterTuningJob": create_job("CreateHyperParameterTuningJob", "hyper-parameter-tuning-job"),
    "CreateProcessingJob": create_job("CreateProcessingJob", "processing-job"),
    "CreateTransformJob": create_job("CreateTransformJob", "transform-job", **{"sagemaker:ModelArn": OWN_MODEL}),
    "CreateModel": create_model(),
    "CreateEndpointConfig": create_endpoint_config(),
    "CreateEndpoint": create_endpoint(),
    "UpdateEndpoint": (sagemaker("UpdateEndpoint", OWN_ENDPOINT, of("alice")),),
    "UpdateEndpointWeightsAndCapacities": (sagemaker("UpdateEndpointWeightsAndCapacities", OWN_ENDPOINT, of("alice")),),
    "UpdateTrainingJob": (sagemaker("UpdateTrainingJob", OWN_JOB, of("alice")),),
}
ON_NOTEBOOKS: dict[str, tuple[Ask, ...]] = {
    "CreateNotebookInstance": create_notebook(),
    "StartNotebookInstance": (sagemaker("StartNotebookInstance", OWN_NOTEBOOK, of("alice")),),
    "UpdateNotebookInstance": (sagemaker("UpdateNotebookInstance", OWN_NOTEBOOK, of("alice")),),
}
KEPT = (
    sagemaker("StopTrainingJob", OWN_JOB, of("alice")),
    sagemaker("DescribeTrainingJob", OWN_JOB, of("alice")),
    sagemaker("DeleteEndpoint", OWN_ENDPOINT, of("alice")),
    s3("GetObject", "results", "users/alice/x"),
    s3("PutObject", "results", "users/alice/x"),
)

STOPPED = (
    *(
        refused(f"S3-A18 {action}, the budget being spent", who, *asks, by=STOP)
        for who, table in ((SPENT, COSTS), (ANN_SPENT, {**COSTS, **ON_NOTEBOOKS}))
        for action, asks in table.items()
    ),
    allowed("S3-A18 stops, removes and carries off own work, the budget being spent", SPENT, *KEPT),
    allowed(
        "S3-A18 opens and stops the running notebook, the budget being spent",
        ANN_SPENT,
        *(
            sagemaker(action, OWN_NOTEBOOK, of("alice"))
            for action in ("CreatePresignedNotebookInstanceUrl", "StopNotebookInstance", "DeleteNotebookInstance")
        ),
    ),
)

ACTING = Caller(
    Principal.role(NAMING.iam_arn(f"role/platform/{NAMING.budget_actions_name()}"), {"user": "platform"}),
    ("budget-rights",),
    None,
)
THE_STOP = {"iam:PolicyARN": NAMING.budget_stop_arn()}
ALICES_ROLE, ALICES_JOBS = (NAMING.tenant_role_arn("alice", kind) for kind in ("notebook", "job"))
ANNS_USER = f"user/{ANN.principal.name}"


def puts(action: str, resource: str, **context: Any) -> Ask:
    """Return what AWS Budgets asks of IAM, as the role; a key of None is absent."""
    return iam(action, resource, {**THE_STOP}).but(context=context)


def of_person(action: str, resource: str = ANNS_USER, user: str | None = "alice", **context: Any) -> Ask:
    """Return the same about a person who carries the owner's tag."""
    return puts(action, resource, **{"aws:ResourceTag/user": user, **context})


OTHERS: dict[str, dict[str, str | None]] = {
    "the boundary": {"iam:PolicyARN": NAMING.tenant_policy_arn("boundary")},
    "full access of AWS": {"iam:PolicyARN": "arn:aws:iam::aws:policy/AdministratorAccess"},
    "a policy called alike": {"iam:PolicyARN": f"{NAMING.budget_stop_arn()}-2"},
    "no policy": {"iam:PolicyARN": None},
}
ACTS = (
    *(
        allowed(f"S3-A18 {action} of the stop on {whose}", ACTING, puts(action, arn))
        for action in ("AttachRolePolicy", "DetachRolePolicy")
        for whose, arn in (
            ("alice's notebook role", ALICES_ROLE),
            ("alice's job role", ALICES_JOBS),
            ("alice's deployment role", NAMING.deployment_role_arn("alice")),
        )
    ),
    *(
        allowed(f"S3-A18 {action} of the stop on alice's person", ACTING, of_person(action))
        for action in ("AttachUserPolicy", "DetachUserPolicy")
    ),
    *(
        refused(f"S3-A18 {ask.action} with {what}", ACTING, ask.but(context=context), by=GRANTS)
        for what, context in OTHERS.items()
        for ask in (
            puts("AttachRolePolicy", ALICES_ROLE),
            puts("DetachRolePolicy", ALICES_ROLE),
            of_person("AttachUserPolicy"),
            of_person("DetachUserPolicy"),
        )
    ),
    *(
        refused(f"S3-A18 AttachRolePolicy of the stop on {whose}", ACTING, puts("AttachRolePolicy", arn), by=GRANTS)
        for whose, arn in (
            ("the emergency role", SCOPE.break_glass_arn()),
            ("itself", ACTING.principal.arn or ""),
            ("the deployer", SCOPE.deployer[0]),
            ("a tenant's role of another stack", NAMING.iam_arn("role/tenants/alice/ml-prod-alice-job")),
        )
    ),
    refused(
        "S3-A18 AttachUserPolicy of the stop on an administrator",
        ACTING,
        of_person("AttachUserPolicy", f"user/{ADAM.principal.name}", "platform"),
        by=GRANTS,
    ),
    refused(
        "S3-A18 AttachUserPolicy of the stop on a user of another stack",
        ACTING,
        of_person("AttachUserPolicy", "user/ml-prod-ann"),
        by=GRANTS,
    ),
    *(
        refused(f"S3-A18 {action} as the role that acts", ACTING, puts(action, arn), by=GRANTS)
        for action, arn in (
            ("PutRolePolicy", ALICES_ROLE),
            ("DeleteRolePermissionsBoundary", ALICES_ROLE),
            ("PutRolePermissionsBoundary", ALICES_ROLE),
            ("UpdateAssumeRolePolicy", ALICES_ROLE),
            ("CreatePolicyVersion", NAMING.budget_stop_arn()),
            ("AttachGroupPolicy", "group/ml-dev-engineers"),
            ("PassRole", ALICES_ROLE),
            ("TagRole", ALICES_ROLE),
        )
    ),
)

ANNS_ROLE, ADAMS_ROLE = "role/people/ml-dev-ann", "role/people/ml-dev-adam"
ACTING_WHERE_PEOPLE_FEDERATE = in_federation(ACTING)
ACTS_ON_FEDERATED_PEOPLE = (
    *(
        allowed(
            f"S3-A18 federated: {action} of the stop on alice's person",
            ACTING_WHERE_PEOPLE_FEDERATE,
            of_person(action, ANNS_ROLE),
        )
        for action in ("AttachRolePolicy", "DetachRolePolicy")
    ),
    *(
        refused(
            f"S3-A18 federated: {action} with {what}",
            ACTING_WHERE_PEOPLE_FEDERATE,
            of_person(action, ANNS_ROLE, **context),
            by=GRANTS,
        )
        for what, context in OTHERS.items()
        for action in ("AttachRolePolicy", "DetachRolePolicy")
    ),
    *(
        refused(f"S3-A18 federated: {ask.action} of the stop on {whose}", ACTING_WHERE_PEOPLE_FEDERATE, ask, by=GRANTS)
        for whose, ask in (
            ("an administrator", of_person("AttachRolePolicy", ADAMS_ROLE, "platform")),
            ("a person of another stack", of_person("AttachRolePolicy", "role/people/ml-prod-ann")),
            ("a role by hand", of_person("AttachRolePolicy", "role/by-hand")),
            ("a user", of_person("AttachUserPolicy")),
        )
    ),
)

BUDGETS = Caller(Principal.service("budgets.amazonaws.com"))
BY_ALICES_BUDGET = {
    "aws:SourceAccount": ACCOUNT,
    "aws:SourceArn": NAMING.arn("budgets", f"budget/{NAMING.budget_name('alice')}", region=False),
}


def taken_on(**changes: Any) -> Ask:
    """Return the taking on of the role for alice's budget; a key of None is absent."""
    ask = Ask("sts:AssumeRole", ACTING.principal.arn or "", BY_ALICES_BUDGET, via=Via.NO_ENDPOINT)
    return ask.but(context=changes)


TAKEN_ON = (
    allowed("S3-A18 takes the role on for a budget of this stack", BUDGETS, taken_on()),
    *(
        refused(f"S3-A18 takes the role on for {whose}", BUDGETS, taken_on(**context), by=TRUST)
        for whose, context in (
            ("a stranger's account", {"aws:SourceAccount": STRANGERS_ACCOUNT}),
            ("nobody's account", {"aws:SourceAccount": None}),
            ("no budget", {"aws:SourceArn": None}),
            (
                "a budget of another stack",
                {"aws:SourceArn": NAMING.arn("budgets", "budget/ml-prod-alice", region=False)},
            ),
        )
    ),
    *(
        refused("S3-A18 takes on the role that acts for budgets", who, taken_on(), by=TRUST)
        for who in (replace(ALICE, carries=None), replace(ADAM, carries=None))
    ),
)

ROWS = (*STOPPED, *ACTS, *ACTS_ON_FEDERATED_PEOPLE, *TAKEN_ON)
