"""S3-A1 to S3-A4: who may do which part of the work in which stage, its limits, and approval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.components.documents.calls import (
    create_endpoint,
    create_endpoint_config,
    create_job,
    create_model,
    create_notebook,
    key_use,
    listing,
    of,
    s3,
    sagemaker,
    tag_on_create,
    tagged,
)
from tests.components.documents.people import (
    ANN,
    ANN_IN_PROD,
    APRIL,
    DIANA,
    DIANA_IN_PROD,
    DIANA_IN_TEST,
    MARC,
    MARC_IN_PROD,
    MARC_IN_TEST,
)
from tests.components.documents.tables.people_work import BOTH, GRANTS, OWN_NOTEBOOK
from tests.components.documents.world import ALICE, Ask, Row, Via, allowed, refused

if TYPE_CHECKING:
    from tests.components.documents.world import Caller
TYPES = "sagemaker:InstanceTypes"
RUNTIME = "sagemaker:MaxRuntimeInSeconds"
STATUS = "sagemaker:ModelApprovalStatus"
OWN_JOB = "training-job/alice--x"
OWN_ENDPOINT = "endpoint/alice--x"
PACKAGES = "model-package-group/alice--digits"
PACKAGE = "model-package/alice--digits/1"

JOURNEY = {
    "creates a compliant notebook": create_notebook(),
    "opens the own notebook": (sagemaker("CreatePresignedNotebookInstanceUrl", OWN_NOTEBOOK, of("alice")),),
    "trains with the own job role": create_job(),
    "follows the own job": (sagemaker("DescribeTrainingJob", OWN_JOB, of("alice")),),
    "makes a model": create_model(),
    "makes a configuration": create_endpoint_config(),
    "makes an endpoint": create_endpoint(),
    "calls the own endpoint": (sagemaker("InvokeEndpoint", OWN_ENDPOINT, of("alice")),),
    "reads raw data": (s3("GetObject", "raw", "x"), listing(None, purpose="raw"), key_use("Decrypt")),
    "writes an own result": (s3("PutObject", "results", "users/alice/x"), key_use("GenerateDataKey")),
    "lists the own prefix": (listing("users/alice/"),),
    "makes a group of packages": (
        sagemaker("CreateModelPackageGroup", PACKAGES, tagged()),
        tag_on_create("CreateModelPackageGroup", PACKAGES),
    ),
    "registers a package": (
        sagemaker("CreateModelPackage", PACKAGE),
        sagemaker("CreateModelPackage", PACKAGES, of("alice")),
    ),
    "changes an endpoint of the project": (sagemaker("UpdateEndpoint", OWN_ENDPOINT, of("alice")),),
    "removes an endpoint of the project": (sagemaker("DeleteEndpoint", OWN_ENDPOINT, of("alice")),),
    "reads own results": (s3("GetObject", "results", "users/alice/x"), key_use("Decrypt")),
    "reads metrics": (Ask("cloudwatch:GetMetricData", via=Via.FORWARDED),),
}

NOTEBOOK = {"creates a compliant notebook", "opens the own notebook"}
TRAINING = {"trains with the own job role", "follows the own job"}
SERVING = {
    "makes a model",
    "makes a configuration",
    "makes an endpoint",
    "calls the own endpoint",
    "changes an endpoint of the project",
    "removes an endpoint of the project",
}
DATA = {"reads raw data", "writes an own result", "lists the own prefix", "reads own results"}
REGISTRY = {"makes a group of packages", "registers a package"}
RESULTS = {"lists the own prefix", "reads own results"}
METRICS = {"reads metrics"}

# The table of S3 3.5 as the settings have it: who may do which part of the journey.
STAGES: tuple[tuple[str, Caller, set[str]], ...] = (
    ("S3-A1 an engineer in dev", ANN, NOTEBOOK | TRAINING | SERVING | DATA),
    ("S3-A1 a data scientist in dev", DIANA, NOTEBOOK | TRAINING | SERVING | DATA | REGISTRY),
    ("an MLOps engineer in dev", MARC, NOTEBOOK | TRAINING | SERVING | DATA | REGISTRY),
    ("S3 3.5 a data scientist in test", DIANA_IN_TEST, TRAINING | RESULTS),
    ("S3-A3 an MLOps engineer in test", MARC_IN_TEST, TRAINING | SERVING | REGISTRY | RESULTS),
    ("S3 3.5 an engineer in prod", ANN_IN_PROD, METRICS),
    ("S3 3.5 a data scientist in prod", DIANA_IN_PROD, METRICS),
    ("S3-A3 an MLOps engineer in prod", MARC_IN_PROD, METRICS),
    ("S3-A4 an approver in prod", APRIL, set()),
)


def stage_rows() -> tuple[Row, ...]:
    """Return a row for each part of the journey and each person of a stage."""
    return tuple(
        allowed(f"{who} {what}", caller, *asks) if what in may else refused(f"{who} {what}", caller, *asks, by=GRANTS)
        for who, caller, may in STAGES
        for what, asks in JOURNEY.items()
    )


def changed(name: str, who: Caller, asks: tuple[Ask, ...], key: str, value: object) -> Row:
    """Return a refused creation with one key changed."""
    return refused(f"{name} ({key.partition(':')[2]})", who, asks[0].but(context={key: value}), *asks[1:])


CREATIONS = {
    "a notebook": (ANN, create_notebook()),
    "a training job": (DIANA, create_job()),
    "a tuning job": (DIANA, create_job("CreateHyperParameterTuningJob", "hyper-parameter-tuning-job")),
    "a processing job": (DIANA, create_job("CreateProcessingJob", "processing-job")),
    "a configuration": (MARC, create_endpoint_config()),
    "a training job from a notebook": (ALICE, create_job()),
}
LIMITS = (
    *(
        changed(f"S3-A2 {what} on {how}", who, asks, TYPES, types)
        for what, (who, asks) in CREATIONS.items()
        for how, types in (
            ("a type outside the list", ["ml.p4d.24xlarge"]),
            ("one listed type beside one outside", ["ml.m5.large", "ml.p4d.24xlarge"]),
            ("no type", None),
        )
    ),
    *(
        changed(f"S3-A2 {what} {how}", who, asks, RUNTIME, seconds)
        for what, (who, asks) in CREATIONS.items()
        if asks[0].action in {"sagemaker:CreateTrainingJob", "sagemaker:CreateProcessingJob"}
        for how, seconds in (("a second above the limit", 86_401), ("without a limit", None))
    ),
    allowed("a run of exactly the limit, from a notebook", ALICE, *create_job(**{RUNTIME: 86_400})),
    allowed("a run of exactly the limit", DIANA, *create_job(**{RUNTIME: 86_400})),
    allowed("a listed type of another size", DIANA, *create_job(**{TYPES: ["ml.m5.24xlarge"]})),
    refused(
        "S3-A2 a notebook moved to a type outside the list",
        ANN,
        sagemaker("UpdateNotebookInstance", OWN_NOTEBOOK, of("alice", **{TYPES: ["ml.p3.2xlarge"]})),
    ),
    allowed(
        "a notebook moved to a listed type",
        ANN,
        sagemaker("UpdateNotebookInstance", OWN_NOTEBOOK, of("alice", **{TYPES: ["ml.t3.large"]})),
    ),
)


def status(action: str, value: str | None, package: str = PACKAGE) -> Ask:
    """Return a change of a package with a status of approval, or with none."""
    return sagemaker(action, package, {STATUS: value} if value else {})


APPROVAL = (
    *(
        refused(f"S3-A4 {name} {what}", who, ask, by=BOTH)
        for name, who in (("a data scientist", DIANA), ("an MLOps engineer", MARC), ("an engineer", ANN))
        for what, ask in (
            ("registers as approved", status("CreateModelPackage", "Approved")),
            ("approves later", status("UpdateModelPackage", "Approved")),
        )
    ),
    refused("S3-A4 a notebook approves", ALICE, status("UpdateModelPackage", "Approved"), by=BOTH),
    refused("S3-A4 an author rejects", DIANA, status("UpdateModelPackage", "Rejected"), by=GRANTS),
    allowed("S3-A4 an author registers as pending", DIANA, status("CreateModelPackage", "PendingManualApproval")),
    allowed("S3-A4 an approver approves", APRIL, status("UpdateModelPackage", "Approved")),
    allowed("S3-A4 an approver rejects", APRIL, status("UpdateModelPackage", "Rejected")),
    allowed("S3-A4 an approver looks at the package", APRIL, sagemaker("DescribeModelPackage", PACKAGE)),
    allowed("an approver finds the group", APRIL, sagemaker("ListModelPackageGroups")),
    refused(
        "S3-A4 an approver puts a decision back",
        APRIL,
        status("UpdateModelPackage", "PendingManualApproval"),
        by=GRANTS,
    ),
    refused("S3-A4 an approver changes what was reviewed", APRIL, status("UpdateModelPackage", None), by=GRANTS),
    refused("S3-A4 an approver registers", APRIL, status("CreateModelPackage", "Approved"), by=GRANTS),
    refused(
        "S3-A4 an approver decides for bob's team",
        APRIL,
        status("UpdateModelPackage", "Approved", "model-package/bob--digits/1"),
        by=BOTH,
    ),
    refused(
        "S3-A4 an approver decides from outside",
        APRIL,
        status("UpdateModelPackage", "Approved").but(via=Via.NO_ENDPOINT),
    ),
)


ROWS = (*stage_rows(), *LIMITS, *APPROVAL)
