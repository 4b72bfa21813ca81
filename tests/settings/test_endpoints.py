"""Features and their endpoints: what the Region offers, where endpoints stand, and how much room they take."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from settings import Feature, addresses_needed, interface_endpoints
from settings.features import BUILT, INTERFACES, S3_INTERFACE, regions_of
from settings.guides import FEATURES

StackOf = Any
LINE = ["10.20.0.0/16"]
features = st.sets(st.sampled_from(sorted(INTERFACES)))


def region(name: str, zones: str) -> dict[str, Any]:
    return {"aws:region": name, "network": {"cidr": "10.0.0.0/16", "zones": [f"{zones}-az1", f"{zones}-az2"]}}


def test_every_feature_has_a_row_in_the_table() -> None:
    assert {feature.value for feature in Feature} == set(INTERFACES)


def test_every_feature_is_accepted_together(stack_of: StackOf) -> None:
    settings = stack_of({"features": list(INTERFACES)}).settings()
    assert settings.features == frozenset(Feature)
    assert (settings.endpoints.zones, dict(settings.endpoints.service_zones)) == ("all", {})
    assert settings.endpoints.s3_interface is False


def test_the_guide_says_of_which_features_only_endpoints_are_built() -> None:
    listed, _, rest = FEATURES.why.rpartition("; of ")[2].partition(" the platform builds ")
    assert rest == "the VPC endpoints and their policies only"
    assert set(listed.split(", ")) == set(INTERFACES) - set(BUILT)


@given(features, features)
def test_a_feature_added_only_adds_endpoints_and_each_is_there_once(some: set[str], more: set[str]) -> None:
    fewer, together = interface_endpoints(some), interface_endpoints(some | more, s3_interface=True)
    assert set(fewer) <= set(together)
    assert len(set(together)) == len(together)
    assert S3_INTERFACE in together
    assert addresses_needed(3, len(together)) > addresses_needed(3, len(fewer))


def test_more_endpoints_need_more_room(stack_of: StackOf) -> None:
    problem = stack_of({"features": list(INTERFACES)}, subnet_prefix=27).only_problem("network › subnet-prefix")
    assert "5 that AWS keeps, 27 of interface endpoints, 1 for the bastion, 2 for each of 3 tenants" in problem.why
    assert problem.write == "subnet-prefix: 24"
    outside = {"endpoints": {"s3-interface": True}}
    problem = stack_of(outside, subnet_prefix=28, on_premises=LINE).only_problem("network › subnet-prefix")
    assert "7 of interface endpoints" in problem.why, "the resolver's among them"


@pytest.mark.parametrize(
    ("feature", "name", "zones", "source"),
    [
        ("git", "eu-central-2", "euc2", "botocore"),
        ("packages", "ap-south-2", "aps2", "botocore"),
        ("iam-api", "us-gov-west-1", "usgw1", "PrivateLink"),
    ],
)
def test_a_feature_that_the_region_lacks_is_refused_with_the_source(
    stack_of: StackOf, feature: str, name: str, zones: str, source: str
) -> None:
    partition = "aws-us-gov" if name.startswith("us-gov") else "aws"
    changes = {
        **region(name, zones),
        "features": ["training", feature],
        "deployer": [f"arn:{partition}:iam::111122223333:role/ci-deploy"],
    }
    problem = stack_of(changes).only_problem("features[1]")
    assert problem.given == f"{feature} in {name}"
    assert name not in problem.allowed
    assert "us-east-1" in problem.allowed
    assert source in problem.why
    assert problem.write == "closed-sagemaker:features: [training]"
    stack_of({**changes, **yaml.safe_load(problem.write.removeprefix("closed-sagemaker:"))}).settings()


def test_a_feature_of_which_no_source_says_anything_is_accepted_everywhere(stack_of: StackOf) -> None:
    assert regions_of("studio") is None
    stack_of({**region("ap-southeast-7", "apse7"), "features": ["studio", "mlflow"]}).settings()


def test_the_regions_of_codecommit_are_those_of_the_installed_botocore() -> None:
    spec = find_spec("botocore")
    assert spec is not None
    assert spec.origin is not None
    data = json.loads((Path(spec.origin).parent / "data" / "endpoints.json").read_text(encoding="utf-8"))
    offered = {
        name
        for partition in data["partitions"]
        for name in partition["services"].get("codecommit", {}).get("endpoints", {})
        if name in partition["regions"]
    }
    known = regions_of("git")
    assert known is not None
    assert set(known[0]) == offered


def test_endpoints_may_stand_in_one_zone_or_where_the_service_is(stack_of: StackOf) -> None:
    chosen = {"zones": "one", "service-zones": {"notebook": ["apne1-az4"]}, "s3-interface": True}
    endpoints = stack_of({"endpoints": chosen}, on_premises=LINE).settings().endpoints
    assert (endpoints.zones, endpoints.s3_interface) == ("one", True)
    assert dict(endpoints.service_zones) == {"notebook": ("apne1-az4",)}


@pytest.mark.parametrize(
    ("endpoints", "path", "why", "write"),
    [
        ({"zones": "two"}, "endpoints › zones", "costs by the hour", "zones: all"),
        ({"s3-interface": "yes"}, "endpoints › s3-interface", "Direct Connect", "s3-interface: false"),
        ({"zone": "one"}, "endpoints › zone", "", "zones"),
        ([], "endpoints", "which endpoints there are", "zones: one"),
    ],
)
def test_wrong_choices_are_refused(stack_of: StackOf, endpoints: object, path: str, why: str, write: str) -> None:
    problem = stack_of({"endpoints": endpoints}).only_problem(path)
    assert why in problem.why
    assert write in problem.write + problem.why


@pytest.mark.parametrize(
    ("key", "zones", "why", "write"),
    [
        ("notebooks", ["apne1-az1"], "did you mean notebook?", "(remove it)"),
        ("studio", ["apne1-az1"], "no declared feature raises such an endpoint", "(remove it)"),
        ("s3", ["apne1-az1"], "S3 has a gateway", "(remove it)"),
        ("s3-interface", ["apne1-az1"], "no declared feature raises", "(remove it)"),
        ("logs", ["apne1-az2", "apne1-az4"], "apne1-az2", "logs: [apne1-az4]"),
        ("logs", ["use1-az1"], "none of the network's zones", "logs: [apne1-az1]"),
        ("logs", [], "stand nowhere", "logs: [apne1-az1]"),
        ("logs", ["apne1-az1", "apne1-az1"], "listed twice", "logs: [apne1-az1]"),
    ],
)
def test_an_endpoint_in_a_wrong_place_is_refused(
    stack_of: StackOf, key: str, zones: list[str], why: str, write: str
) -> None:
    problem = stack_of({"endpoints": {"service-zones": {key: zones}}}).only_problem(
        f"endpoints › service-zones › {key}"
    )
    assert why in problem.why
    assert problem.write == write


def test_an_interface_to_s3_that_nobody_could_reach_is_refused(stack_of: StackOf) -> None:
    problem = stack_of({"endpoints": {"s3-interface": True}}).only_problem("endpoints › s3-interface")
    assert "nobody else is let in" in problem.why
    assert problem.write == "s3-interface: false"


def test_a_zone_name_is_told_from_a_zone_id(stack_of: StackOf) -> None:
    given = {"service-zones": {"logs": ["ap-northeast-1a"]}}
    problem = stack_of({"endpoints": given}).only_problem("endpoints › service-zones › logs[0]")
    assert "zone ids do not" in problem.why


def test_a_service_listed_twice_is_refused(stack_of: StackOf) -> None:
    text = '{"service-zones": {"logs": ["apne1-az1"], "logs": ["apne1-az4"]}}'
    problem = stack_of({"endpoints": text}).only_problem("endpoints")
    assert problem.given == "logs twice"
    assert problem.write == "(remove one logs)"


@pytest.mark.parametrize("environment", ["test", "prod"])
def test_notebooks_are_refused_where_nobody_opens_one(stack_of: StackOf, environment: str) -> None:
    problem = stack_of({"environment": environment, "features": ["notebooks", "inference"]}).only_problem("features")
    assert problem.why.startswith(f"in {environment} nobody opens a notebook")
    assert problem.write == "features: [inference]"
    assert stack_of({"environment": environment, "features": ["inference"]}).settings()


def test_a_later_stage_names_its_features_since_the_default_has_notebooks(stack_of: StackOf) -> None:
    problem = stack_of({"environment": "test", "features": None}).only_problem("features")
    assert problem.write == "features: [training, inference, bastion]"
