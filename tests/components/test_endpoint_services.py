"""Which services the features need."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.endpoint_services import (
    EC2_MESSAGES,
    FEATURE_SERVICES,
    IAM,
    S3,
    S3_INTERFACE,
    endpoint_zones,
    services_for,
)

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


@pytest.mark.parametrize(
    ("system", "features", "keys"),
    [
        ("S2-A3", "bastion", "ssm ssmmessages"),
        ("S2-A3", "ec2-api", "ec2"),
        ("S0-A9", "studio", "studio"),
        ("S0-A9", "git", "codecommit git-codecommit"),
        ("S0-A9", "sql", "athena glue"),
        ("S0-A9", "containers batch", "ecr.api ecr.dkr ecs"),
        ("S4", "metrics", "sagemaker.metrics"),
        ("S3", "ontap", "fsx secretsmanager"),
        ("S2", "packages", "codeartifact.api codeartifact.repositories"),
        ("S2", "monitoring kms-api secrets", "kms monitoring secretsmanager"),
        ("S2", "jumpstart", ""),
    ],
)
def test_a_feature_adds_what_its_system_needs_and_no_more(system: str, features: str, keys: str) -> None:
    core = {"notebooks", "training", "inference"}
    added = {each.key for each in services_for(core | set(features.split()))} - {
        each.key for each in services_for(core)
    }
    assert added == set(keys.split()), system


def test_services_that_live_elsewhere_carry_their_true_names() -> None:
    found = {each.key: each.service_name("eu-west-1") for each in services_for(FEATURE_SERVICES)}
    assert found["notebook"] == "aws.sagemaker.eu-west-1.notebook"
    assert found["studio"] == "aws.sagemaker.eu-west-1.studio"
    assert found["experiments"] == "aws.sagemaker.eu-west-1.experiments"
    assert found["iam"] == "com.amazonaws.iam"
    usual = {f"com.amazonaws.eu-west-1.{key}" for key in found}
    assert {key for key, name in found.items() if name not in usual} == {"notebook", "studio", "experiments", "iam"}


def test_iam_is_reached_in_its_one_region() -> None:
    assert IAM.service_region("ap-northeast-1") == "us-east-1"
    assert IAM.service_region("us-east-1") is None
    assert {each.service_region("ap-northeast-1") for each in services_for(FEATURE_SERVICES) if each != IAM} == {None}


def test_an_interface_to_s3_stands_beside_the_gateway_and_never_instead() -> None:
    beside = services_for(["training"], S3_INTERFACE)
    assert [each.key for each in beside if each.template == S3.template] == ["s3", "s3-interface"]
    assert set(beside) - set(services_for(["training"])) == {S3_INTERFACE}


def test_endpoints_stand_in_the_zones_that_offer_the_service_or_in_the_first_of_them() -> None:
    zones, services = ("apne1-az1", "apne1-az2", "apne1-az4"), services_for(["notebooks"])
    offered = {"notebook": ("apne1-az4", "apne1-az2")}
    everywhere = endpoint_zones(services, zones)
    assert everywhere == dict.fromkeys(("notebook", "sagemaker.api", "sts"), zones)
    assert endpoint_zones(services, zones, offered=offered)["notebook"] == ("apne1-az2", "apne1-az4")
    assert endpoint_zones(services, zones, one=True, offered=offered) == {
        "notebook": ("apne1-az2",),
        "sagemaker.api": ("apne1-az1",),
        "sts": ("apne1-az1",),
    }


def test_only_s3_is_a_gateway() -> None:
    assert [service.key for service in services_for(FEATURE_SERVICES) if service.gateway] == ["s3"]


@given(features, features)
def test_a_feature_added_only_adds_services_and_each_is_there_once(some: set[str], more: set[str]) -> None:
    fewer, all_of_them = services_for(some), services_for(some | more)
    assert set(fewer) <= set(all_of_them)
    assert len({service.key for service in all_of_them}) == len(all_of_them)
    assert set(all_of_them) == {*services_for(some), *services_for(more)}


def test_a_feature_without_a_row_is_refused() -> None:
    with pytest.raises(ValueError, match="atelier, notebook given, notebooks, training, inference"):
        services_for(["atelier", "notebook", "training"])
