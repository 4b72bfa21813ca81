"""P5: every operation of SageMaker is asked for; only those that the table opens pass the guardrails.

The caller may do anything but what the guardrails deny, owns what it touches and gives every parameter as the
platform wants it.
"""

from __future__ import annotations

import pytest

from components.documents.operations import Operation, open_changes, operations, reviewed_types
from tests.components.documents.authorization import services
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
    "sagemaker:InstanceTypes": ["ml.m5.xlarge"],
    "sagemaker:MaxRuntimeInSeconds": 3600,
}
CHANGES = [operation for operation in operations() if not operation.reads]
INVENTED = ("ConjureTrainingJob", "TransmogrifyEndpoint", "PutTrainingJobPolicy", "CreateTrainingJobV2")


def goes_through(who: Caller, action: str, resource: str) -> bool:
    row = refused(action, who, sagemaker(action, resource, COMPLIANT))
    return WORLD.decide(row, Lock.GUARDRAILS)


def thing(kind: str) -> str:
    """Return a thing of the caller's; packages lie in a group of it."""
    return f"{kind}/alice--x/1" if kind == "model-package" else f"{kind}/alice--x"


def is_open(who: Caller, operation: Operation) -> bool:
    """Say whether an operation passes on all resources that it needs, or on one of those that it may have."""
    kinds = reviewed_types() if operation.resources == ("any",) else operation.needed or operation.resources
    passes = [goes_through(who, operation.name, thing(kind)) for kind in kinds]
    if not passes:
        return goes_through(who, operation.name, "*")
    return all(passes) if operation.needed else any(passes)


@pytest.mark.parametrize("who", [ALICE, ALICE_JOB], ids=["notebook role", "job role"])
def test_exactly_what_the_table_opens_passes_the_guardrails(who: Caller) -> None:
    assert {each.action for each in CHANGES if is_open(who, each)} == set(open_changes())
    assert len(CHANGES) > 250


def test_a_refused_operation_passes_on_no_kind_of_resource() -> None:
    refused_ones = [each for each in CHANGES if each.refused]
    things = ["*", *map(thing, (*reviewed_types(), "thing-of-tomorrow"))]
    through = {(each.name, on) for each in refused_ones for on in things if goes_through(ALICE, each.name, on)}
    assert through == set()


@pytest.mark.parametrize("action", INVENTED)
def test_an_operation_that_nobody_classified_is_refused_on_known_things_too(action: str) -> None:
    assert not [kind for kind in reviewed_types() if goes_through(ALICE, action, thing(kind))]
    assert not goes_through(ALICE, action, "*")


def test_every_reviewed_type_is_one_of_sagemakers() -> None:
    assert set(reviewed_types()) <= set(services()["sagemaker"]["resources"])
    assert {"training-plan", "reserved-capacity", "inference-component"}.isdisjoint(reviewed_types())


def test_services_beside_sagemaker_are_refused_by_name() -> None:
    uncontrolled = {each["Sid"]: each for each in WORLD.documents["surface"]["Statement"]}["Uncontrolled"]["Action"]
    beside = {name for name in services() if name.startswith("sagemaker-")}
    assert {f"{name}:*" for name in beside} <= set(uncontrolled)
    assert beside
