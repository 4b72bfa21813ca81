"""Every creation of SageMaker as the platform wants it, and with one thing left out or said otherwise at a time.

Which keys a creation carries comes from AWS' authorization data, so that a creation that forgets one of its guardrails
stands out. Whoever asks has every grant there is: the guardrails alone decide.
"""

from __future__ import annotations

from typing import Any

from components.documents.operations import Control, Operation, operations
from tests.components.documents.calls import FOREIGN_GROUP, FOREIGN_SUBNET, SUBNETS, WORKLOAD, sagemaker
from tests.components.documents.world import ALICE_GRANTED_ALL, GROUPS, NAMING, Ask, Row, allowed, refused

SM = "sagemaker:"
OWN_MODEL, BOBS_MODEL = (NAMING.sagemaker_arn(f"model/{name}") for name in ("alice--m", "bob--m"))
SCRIPT = NAMING.lifecycle_configuration_arn()

COMPLIANT: dict[str, Any] = {
    SM + "VpcSubnets": SUBNETS,
    SM + "VpcSecurityGroupIds": [WORKLOAD, GROUPS["alice"]],
    SM + "NetworkIsolation": True,
    SM + "DirectInternetAccess": "Disabled",
    SM + "RootAccess": "Disabled",
    SM + "MinimumInstanceMetadataServiceVersion": "2",
    SM + "NotebookInstanceLifecycleConfigArns": [SCRIPT],
    SM + "AppNetworkAccessType": "VpcOnly",
    SM + "ModelArn": OWN_MODEL,
    SM + "InstanceTypes": ["ml.t3.medium"],
    SM + "MaxRuntimeInSeconds": 3600,
}
OWNER: dict[str, Any] = {"aws:RequestTag/user": "alice", "aws:TagKeys": ["user"]}

# What must not be said, or left out (None).
WRONG: dict[str, tuple[Any, ...]] = {
    SM + "VpcSubnets": (None, [FOREIGN_SUBNET], [*SUBNETS, FOREIGN_SUBNET]),
    SM + "VpcSecurityGroupIds": (None, [FOREIGN_GROUP], [WORKLOAD, GROUPS["bob"]]),
    SM + "NetworkIsolation": (None, False),
    SM + "DirectInternetAccess": (None, "Enabled"),
    SM + "RootAccess": (None, "Enabled"),
    SM + "MinimumInstanceMetadataServiceVersion": (None, "1"),
    SM + "NotebookInstanceLifecycleConfigArns": ([f"{SCRIPT}-2"], [SCRIPT, f"{SCRIPT}-2"]),
    SM + "AppNetworkAccessType": (None, "PublicInternetOnly"),
    SM + "ModelArn": (None, BOBS_MODEL, [OWN_MODEL, BOBS_MODEL]),
    SM + "InstanceTypes": (None, ["ml.p5.48xlarge"], ["ml.t3.medium", "ml.p5.48xlarge"]),
    SM + "MaxRuntimeInSeconds": (None, 31536000),
    SM + "FileSystemId": ("fs-0123456789abcdef0",),
    SM + "EnableRemoteDebug": (True,),
    SM + "ServerlessMemorySize": (2048,),
    SM + "ServerlessMaxConcurrency": (5,),
    "aws:RequestTag/user": (None, "bob"),
    "aws:TagKeys": (None, [], ["User"], ["user", "User"]),
}

# A configuration and a component take the network of their model; the keys speak only of those without one.
INHERITED = {SM + "VpcSubnets", SM + "VpcSecurityGroupIds", SM + "NetworkIsolation"}

# Creations that the table refuses; their second locks are judged here where the first is lost.
SECOND_LOCKED = {"CreateAutoMLJob", "CreateAutoMLJobV2", "CreateDomain", "CreateInferenceComponent", "CreatePipeline"}
# A package in a group takes no tags and has a table of its own.
ELSEWHERE = {"CreateModelPackage", "CreatePresignedNotebookInstanceUrl"}


def keys_of(operation: Operation) -> set[str]:
    """Return the keys of a creation that the platform judges, the owner's tag among them."""
    owner = set(OWNER) if "aws:RequestTag/${TagKey}" in operation.keys else set()
    judged = {key for key in operation.keys if key in WRONG} | owner
    return judged - INHERITED if SM + "ModelArn" in judged else judged


def asks(operation: Operation, keys: set[str]) -> tuple[Ask, ...]:
    """Return the compliant request on each resource that the creation is judged on; what exists already is alice's."""
    context = {key: value for key, value in (COMPLIANT | OWNER).items() if key in keys}
    new = operation.name.removeprefix("Create").lower() if Control.OWNER_ON_CREATE in operation.controls else ""
    return tuple(
        sagemaker(
            operation.name,
            f"{kind}/alice--x",
            context if kind.replace("-", "") == new else {**context, "aws:ResourceTag/user": "alice"},
        )
        for kind in operation.needed
    )


def rows_of(operation: Operation) -> tuple[Row, ...]:
    """Return the compliant creation and its variations."""
    keys = keys_of(operation)
    compliant = asks(operation, keys)
    name = f"{operation.name}, all grants given"
    verdict = refused if operation.refused else allowed
    return (
        verdict(f"{name}: as the platform wants it", ALICE_GRANTED_ALL, *compliant),
        *(
            refused(
                f"{name}: {key} {'left out' if value is None else value}",
                ALICE_GRANTED_ALL,
                *(ask.but(context={key: value}) for ask in compliant),
            )
            for key in sorted(keys)
            for value in WRONG[key]
        ),
    )


CREATIONS = tuple(
    operation
    for operation in operations()
    if operation.name.startswith("Create")
    and operation.name not in ELSEWHERE
    and (not operation.refused or operation.name in SECOND_LOCKED)
)
ROWS = tuple(row for operation in CREATIONS for row in rows_of(operation))
