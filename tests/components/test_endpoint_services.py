"""Which services the features need."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.endpoint_services import EC2_MESSAGES, FEATURE_SERVICES, services_for

features = st.sets(st.sampled_from(sorted(FEATURE_SERVICES)))


def names(*declared: str) -> list[str]:
    return [service.service_name("ap-northeast-1") for service in services_for(declared)]


def test_all_features_need_exactly_the_core_services() -> None:
    assert sorted(names("notebooks", "training", "inference")) == [
        "aws.sagemaker.ap-northeast-1.notebook",
        "com.amazonaws.ap-northeast-1.logs",
        "com.amazonaws.ap-northeast-1.s3",
        "com.amazonaws.ap-northeast-1.sagemaker.api",
        "com.amazonaws.ap-northeast-1.sagemaker.runtime",
        "com.amazonaws.ap-northeast-1.sts",
    ]


def test_without_features_only_data_and_identity_are_reached() -> None:
    assert names() == ["com.amazonaws.ap-northeast-1.s3", "com.amazonaws.ap-northeast-1.sts"]


def test_training_alone_needs_neither_jupyter_nor_the_runtime() -> None:
    assert {service.key for service in services_for(["training"])} == {"s3", "sts", "sagemaker.api", "logs"}


def test_the_bastion_needs_session_manager_and_only_an_old_agent_needs_its_messages() -> None:
    """S2-A3: no feature adds an endpoint that it does not need."""
    core = {"s3", "sts"}
    assert {service.key for service in services_for(["bastion"])} == {*core, "ssm", "ssmmessages"}
    legacy = {service.key for service in services_for(["bastion"], EC2_MESSAGES)}
    assert legacy == {*core, "ssm", "ssmmessages", "ec2messages"}
    assert EC2_MESSAGES not in services_for(FEATURE_SERVICES)


def test_only_s3_is_a_gateway() -> None:
    assert [service.key for service in services_for(FEATURE_SERVICES) if service.gateway] == ["s3"]


@given(features, features)
def test_a_feature_added_only_adds_services_and_each_is_there_once(some: set[str], more: set[str]) -> None:
    fewer, all_of_them = services_for(some), services_for(some | more)
    assert set(fewer) <= set(all_of_them)
    assert len({service.key for service in all_of_them}) == len(all_of_them)
    assert set(all_of_them) == {*services_for(some), *services_for(more)}


def test_a_feature_without_a_row_is_refused() -> None:
    with pytest.raises(ValueError, match="notebook, studio given, notebooks, training, inference, bastion are known"):
        services_for(["studio", "notebook", "training"])
