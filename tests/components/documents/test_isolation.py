"""What a stack that lets some containers have a network gives up, and what it keeps."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from components.documents.scope import ISOLATION_OPTIONAL
from tests.components.documents.calls import create_job, create_model
from tests.components.documents.planned import documents_of
from tests.components.documents.world import ALICE, IDS, SCOPE, Ask, World, allowed, refused

FREE = {"sagemaker:NetworkIsolation": False}
TRAINING = ("CreateTrainingJob", "training-job")
TUNING = ("CreateHyperParameterTuningJob", "hyper-parameter-tuning-job")
PROCESSING = ("CreateProcessingJob", "processing-job")
CALLS = {
    "training": (create_job(*TRAINING, **FREE), create_job(*TUNING, **FREE)),
    "processing": (create_job(*PROCESSING, **FREE),),
    "models": (create_model(**FREE),),
}


def world(*isolation_off: str) -> World:
    """Return the world of a stack with some isolation switched off."""
    documents = documents_of(replace(SCOPE, isolation_off=isolation_off))
    return World({holder: json.loads(document.render(IDS)) for holder, document in documents.items()})


def goes(where: World, asks: tuple[Ask, ...]) -> bool:
    return where.decide(allowed("a container with a network", ALICE, *asks))


@pytest.mark.parametrize("off", [(), ("processing",), ("training",), ISOLATION_OPTIONAL], ids=str)
def test_only_what_the_stack_names_may_have_a_network(off: tuple[str, ...]) -> None:
    where = world(*off)
    assert {kind for kind, calls in CALLS.items() for asks in calls if goes(where, asks)} == set(off)


def test_a_container_with_a_network_stays_in_the_platforms() -> None:
    placeless = create_job(*PROCESSING, **FREE, **{"sagemaker:VpcSubnets": None})
    assert not world("processing").decide(refused("no VPC", ALICE, *placeless))


def test_models_are_always_isolated() -> None:
    with pytest.raises(ValueError, match="isolation_off: models given, training and processing are allowed"):
        replace(SCOPE, isolation_off=("models",))
