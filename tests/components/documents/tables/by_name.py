"""What the documents refuse by name although the table of operations refuses it anyway: shells, sharing, Studio."""

from __future__ import annotations

from tests.components.documents.calls import of, placed, sagemaker, tagged
from tests.components.documents.world import ALICE_GRANTED_ALL, ALICE_UNBOUND, Ask, Row, refused

VPC_ONLY = {"sagemaker:AppNetworkAccessType": "VpcOnly"}
OWN = {**placed(), **tagged(), **of("alice"), **VPC_ONLY}

# Operation -> a resource that it needs; None where it has no type, or nobody knows it yet.
BY_NAME: dict[str, str | None] = {
    "StartSession": "space/d-1/alice",
    "PutModelPackageGroupPolicy": "model-package-group/alice--x",
    "DeleteModelPackageGroupPolicy": "model-package-group/alice--x",
    "PutEndpointPolicy": "endpoint/alice--x",
    "DeleteEndpointPolicy": "endpoint/alice--x",
    "PutResourcePolicy": None,
    "DeleteResourcePolicy": None,
    "PutLineageGroupPolicy": None,
    "CreateLineageGroupPolicy": None,
    "DeleteLineageGroupPolicy": None,
    "CreateSharedModel": "shared-model/alice--x",
    "UpdateSharedModel": "shared-model/alice--x",
    "SendSharedModelEvent": "shared-model-event/alice--x",
    "CreateAlgorithm": "algorithm/alice--x",
    "CreateAutoMLJob": "automl-job/alice--x",
    "CreateAutoMLJobV2": "automl-job/alice--x",
    "UpdateInferenceComponent": "inference-component/alice--x",
    "UpdateInferenceComponentRuntimeConfig": "inference-component/alice--x",
    "CreateDomain": "domain/d-1",
    "UpdateDomain": "domain/d-1",
    "DeleteDomain": "domain/d-1",
    "CreateUserProfile": "user-profile/d-1/alice",
    "UpdateUserProfile": "user-profile/d-1/alice",
    "DeleteUserProfile": "user-profile/d-1/alice",
    "CreatePresignedDomainUrl": "user-profile/d-1/alice",
}
BESIDE = {
    "sagemaker-geospatial:StartEarthObservationJob": "*",
    "sagemaker-data-science-assistant:SendConversation": "*",
    "sagemaker-mlflow:CreateRun": "*",
    "sagemaker-unified-studio-mcp:CallReadWriteTool": "*",
}
DOMAINS = {"public": "PublicInternetOnly", "of a network that nobody says": None}


def domain(action: str, network: str | None) -> Row:
    """Return a domain that is otherwise as the platform wants it."""
    context = {**OWN, "sagemaker:AppNetworkAccessType": network} if network else {**placed(), **tagged(), **of("alice")}
    return refused(f"{action}: {network}, by name", ALICE_GRANTED_ALL, sagemaker(action, "domain/d-1", context))


ROWS = (
    *(
        refused(f"{action} by name, compliant otherwise", ALICE_GRANTED_ALL, sagemaker(action, resource or "*", OWN))
        for action, resource in BY_NAME.items()
    ),
    *(
        refused(f"{action}, a service beside SageMaker", ALICE_UNBOUND, Ask(action, resource))
        for action, resource in BESIDE.items()
    ),
    *(domain(action, network) for action in ("CreateDomain", "UpdateDomain") for network in DOMAINS.values()),
)
