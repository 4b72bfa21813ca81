"""P5: every action of SageMaker that changes something is asked for; only the reviewed ones pass the guardrails.

The caller may do anything but what the guardrails deny, owns what it touches and gives every parameter as the
platform wants it. What stays open then is a frozen list: a new API shows up here, and is refused until it is reviewed.
"""

from __future__ import annotations

from typing import Any

import botocore.session  # type: ignore[import-untyped]  # botocore ships no types
import pytest

from components.documents.surface import REVIEWED_TYPES
from tests.components.documents.authorization import needed_types, resource_types, services
from tests.components.documents.calls import OWNER, placed, sagemaker, tagged
from tests.components.documents.world import ALICE, ALICE_JOB, NAMING, Caller, Lock, World, refused

WORLD = World.built()
COMPLIANT = {
    **placed(),
    **tagged(),
    **OWNER["alice"],
    "sagemaker:NetworkIsolation": True,
    "sagemaker:InterContainerTrafficEncryption": True,
    "sagemaker:DirectInternetAccess": "Disabled",
    "sagemaker:RootAccess": "Disabled",
    "sagemaker:MinimumInstanceMetadataServiceVersion": "2",
    "sagemaker:AppNetworkAccessType": "VpcOnly",
    "sagemaker:ModelArn": NAMING.sagemaker_arn("model/alice--m"),
    "sagemaker:TaggingAction": "CreateModel",
}

# What the guardrails leave open on own things: reviewed one by one, most of it granted, none of it a way out.
OPEN = {
    "AddTags", "DeleteTags",
    "CreateNotebookInstance", "CreatePresignedNotebookInstanceUrl", "DeleteNotebookInstance", "StartNotebookInstance",
    "StopNotebookInstance", "UpdateNotebookInstance",
    "CreateTrainingJob", "DeleteTrainingJob", "StopTrainingJob", "UpdateTrainingJob",
    "CreateHyperParameterTuningJob", "DeleteHyperParameterTuningJob", "StopHyperParameterTuningJob",
    "CreateProcessingJob", "DeleteProcessingJob", "StopProcessingJob",
    "CreateTransformJob", "StopTransformJob",
    "CreateModel", "DeleteModel",
    "CreateEndpointConfig", "DeleteEndpointConfig",
    "CreateEndpoint", "DeleteEndpoint", "UpdateEndpoint", "UpdateEndpointWeightsAndCapacities",
}  # fmt: skip


def changing_actions() -> dict[str, dict[str, Any]]:
    """Return every action that is not a mere read, with its definition."""
    known = services()["sagemaker"]["privileges"]
    return {name: each for name, each in known.items() if each["access_level"] not in {"Read", "List"}}


def goes_through(who: Caller, action: str, resource: str) -> bool:
    row = refused(action, who, sagemaker(action, resource, COMPLIANT))
    return WORLD.decide(row, Lock.GUARDRAILS)


def is_open(who: Caller, action: str, definition: dict[str, Any]) -> bool:
    """Say whether an action passes on all resources that it needs, or on one of those that it may have."""
    needed = needed_types(definition)
    passes = [goes_through(who, action, f"{kind}/alice--x") for kind in needed or resource_types(definition)]
    if not passes:
        return goes_through(who, action, "*")
    return all(passes) if needed else any(passes)


def open_actions(who: Caller) -> set[str]:
    return {action for action, definition in changing_actions().items() if is_open(who, action, definition)}


def test_the_authorization_data_is_there() -> None:
    assert len(changing_actions()) > 200


@pytest.mark.parametrize("who", [ALICE, ALICE_JOB], ids=["notebook role", "job role"])
def test_only_reviewed_actions_pass_the_guardrails(who: Caller) -> None:
    assert open_actions(who) == OPEN


def test_every_reviewed_type_is_one_of_sagemakers_and_is_used() -> None:
    assert set(REVIEWED_TYPES) <= set(services()["sagemaker"]["resources"])
    used = {kind for action in OPEN for kind in needed_types(changing_actions()[action])}
    assert set(REVIEWED_TYPES) <= used


def test_operations_that_the_data_does_not_know_are_refused() -> None:
    """botocore is newer than the authorization data; an unknown operation meets an unknown type, or none."""
    session = botocore.session.Session()
    operations = set(session.get_service_model("sagemaker").operation_names)
    unknown = operations - set(services()["sagemaker"]["privileges"])
    reads = ("Describe", "Get", "List", "Query", "Search")
    changing = {name for name in unknown if not name.startswith(reads)}
    assert len(changing) > 10, "the data has caught up: this test judges nothing any more"
    through = {name for name in changing for thing in ("*", "new-type/alice--x") if goes_through(ALICE, name, thing)}
    assert through == set()
