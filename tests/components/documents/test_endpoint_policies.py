"""What the policies of all endpoints let through, for every feature and Region: decided, not read."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.aws_owned import AWS_BUCKETS, image_accounts
from components.documents.buckets import raw_policy, results_policy
from components.documents.endpoints import SERVICE_ACTIONS, endpoint_policy
from components.documents.limits import MANAGED_POLICY, size
from components.documents.perimeter import perimeter
from components.endpoint_services import EC2_MESSAGES, FEATURE_SERVICES, S3_INTERFACE, services_for
from components.naming import Naming
from iamproof import Environment, Policy, Principal, Request, evaluate, parse_policy
from tests.components.documents.world import ACCOUNT, ANONYMOUS, SCOPE, STRANGERS_ACCOUNT

if TYPE_CHECKING:
    from components.documents.scope import Scope

SERVICES = services_for(FEATURE_SERVICES, S3_INTERFACE, EC2_MESSAGES)
# Service Quotas, Amazon VPC: characters of an endpoint policy, white space included.
LONGEST_POLICY = 20_480
# What the actions of a service are called where it is not the first part of the endpoint's key.
PREFIXES = {
    "s3-interface": {"s3"},
    "notebook": {"sagemaker"},
    "studio": {"sagemaker"},
    "experiments": {"sagemaker-mlflow"},
    "git-codecommit": {"codecommit"},
    "monitoring": {"cloudwatch"},
    "codeartifact.api": {"codeartifact", "sts"},
}
OWN = Principal.role(f"arn:aws:iam::{ACCOUNT}:role/x")
STRANGER = Principal.role(f"arn:aws:iam::{STRANGERS_ACCOUNT}:role/x")
PULL = "ecr:BatchGetImage"


def with_features(*features: str, region: str = "ap-northeast-1") -> Scope:
    naming = dataclasses.replace(SCOPE.naming, region=region)
    keys = tuple(service.key for service in services_for(features, S3_INTERFACE))
    return dataclasses.replace(SCOPE, naming=naming, features=features, endpoints=keys)


def everything() -> Scope:
    return with_features(*sorted(FEATURE_SERVICES))


def policy(scope: Scope, service: str) -> Policy:
    return parse_policy(json.loads(endpoint_policy(scope, service).to_json()), name=service)


def lets_through(scope: Scope, service: str, who: Principal, action: str, resource: str, owner: str = ACCOUNT) -> bool:
    """Say whether an endpoint lets a call through that every other policy allows."""
    allow = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    anything = {"Version": "2012-10-17", "Statement": [allow]}
    public = {"Version": "2012-10-17", "Statement": [{**allow, "Principal": "*"}]}
    environment = Environment(
        identity=(parse_policy(anything, name="everything"),) if who.account else (),
        resource=parse_policy(public, name="public"),
        resource_kind="bucket",
        endpoint=policy(scope, service),
        resource_account=owner,
        account=who.account or owner,
    )
    return evaluate(Request(action, resource, who, {}), environment).allowed


@pytest.mark.parametrize("service", SERVICE_ACTIONS)
def test_an_endpoint_carries_its_own_service_for_the_own_account(service: str) -> None:
    own = endpoint_policy(SCOPE, service).statements[0]
    assert {action.partition(":")[0] for action in own.actions} == PREFIXES.get(service, {service.partition(".")[0]})
    assert own.conditions == {
        "StringEquals": {"aws:PrincipalAccount": ("111122223333",), "aws:ResourceAccount": ("111122223333",)}
    }


def test_every_service_of_the_table_has_a_policy_and_no_other_has() -> None:
    assert {service.key for service in SERVICES} == set(SERVICE_ACTIONS)
    with pytest.raises(ValueError, match=r"no endpoint policy for .fax.; known are athena, codeartifact"):
        endpoint_policy(SCOPE, "fax")


@pytest.mark.parametrize("service", [each for each in SERVICE_ACTIONS if each != "s3"])
def test_an_endpoint_lets_nothing_through_to_or_from_another_account(service: str) -> None:
    scope, action = everything(), SERVICE_ACTIONS[service][0].replace("*", "Describe" if service != "s3" else "Get")
    assert lets_through(scope, service, OWN, action, "*")
    assert not lets_through(scope, service, STRANGER, action, "*")
    assert not lets_through(scope, service, OWN, action, "*", STRANGERS_ACCOUNT)
    assert not lets_through(scope, service, ANONYMOUS.principal, action, "*")


@pytest.mark.parametrize("bucket", AWS_BUCKETS, ids=lambda bucket: bucket.sid)
@pytest.mark.parametrize("service", ["s3", "s3-interface"])
def test_a_bucket_of_aws_is_read_with_its_feature_alone(service: str, bucket: Any) -> None:
    objects = f"arn:aws:s3:::{bucket.name('ap-northeast-1')}/x"
    others = [feature for feature in FEATURE_SERVICES if feature not in bucket.features]
    for feature in bucket.features:
        for who in (ANONYMOUS.principal, OWN, STRANGER):
            assert lets_through(with_features(feature), service, who, "s3:GetObject", objects, "555555555555")
        for action in ("s3:PutObject", "s3:DeleteObject", "s3:GetObjectAcl"):
            assert not lets_through(with_features(feature), service, OWN, action, objects, "555555555555")
        alike = objects.replace("/x", "-2/x")
        assert not lets_through(with_features(feature), service, OWN, "s3:GetObject", alike, "555555555555")
    without = with_features(*others)
    assert not lets_through(without, service, OWN, "s3:GetObject", objects, "555555555555")


def test_buckets_of_aws_say_why_they_are_read() -> None:
    assert len({bucket.sid for bucket in AWS_BUCKETS}) == len(AWS_BUCKETS) == 4
    assert all(len(bucket.reason) > 30 and bucket.features for bucket in AWS_BUCKETS)


@pytest.mark.parametrize("service", ["ecr.api", "ecr.dkr"])
def test_images_of_aws_are_pulled_by_the_own_account_from_listed_accounts(service: str) -> None:
    accounts = image_accounts("ap-northeast-1")
    assert "763104351884" in accounts
    assert "pytorch" in accounts["763104351884"]
    for account in accounts:
        images = f"arn:aws:ecr:ap-northeast-1:{account}:repository/x"
        assert lets_through(with_features("containers"), service, OWN, PULL, images, account)
        assert not lets_through(with_features("containers"), service, STRANGER, PULL, images, account)
        assert not lets_through(with_features("containers"), service, OWN, "ecr:PutImage", images, account)
        assert not lets_through(with_features("containers"), service, OWN, PULL, images.replace("ap-", "eu-"), account)
    strangers = f"arn:aws:ecr:ap-northeast-1:{STRANGERS_ACCOUNT}:repository/x"
    assert not lets_through(with_features("containers"), service, OWN, PULL, strangers, STRANGERS_ACCOUNT)


def test_sessions_are_given_out_only_where_people_come_through_the_bastion() -> None:
    assert lets_through(with_features("bastion"), "sts", OWN, "sts:GetSessionToken", "*")
    assert not lets_through(with_features("notebooks"), "sts", OWN, "sts:GetSessionToken", "*")
    assert not lets_through(with_features("bastion"), "sts", OWN, "sts:AssumeRole", "*")


@given(st.sets(st.sampled_from(sorted(FEATURE_SERVICES))), st.sampled_from(sorted(FEATURE_SERVICES)))
def test_a_feature_added_takes_nothing_from_a_policy(some: set[str], more: str) -> None:
    for service in ("s3", "ecr.api", "sts"):
        before, after = (
            {
                (each.sid, action)
                for each in endpoint_policy(with_features(*names), service).statements
                for action in each.actions
            }
            for names in (sorted(some), sorted(some | {more}))
        )
        assert before <= after


@pytest.mark.parametrize("region", ["ap-northeast-1", "us-east-1", "us-west-2", "eu-central-1"])
def test_policies_of_all_features_fit_into_their_quota(region: str) -> None:
    scope = with_features(*sorted(FEATURE_SERVICES), region=region)
    sizes = {key: len(endpoint_policy(scope, key).to_json()) for key in SERVICE_ACTIONS}
    assert {key: size for key, size in sizes.items() if size > LONGEST_POLICY / 2} == {}


def test_every_endpoint_may_be_the_source_of_a_call_and_the_list_of_all_fits() -> None:
    named = perimeter(everything()).references()
    assert set(named) == {f"endpoint/{service.key}" for service in services_for(FEATURE_SERVICES, S3_INTERFACE)}
    assert size(perimeter(everything())) <= MANAGED_POLICY


def test_buckets_answer_through_both_endpoints_of_s3_and_through_no_other() -> None:
    for make in (results_policy, raw_policy):
        named = {each for each in make(everything()).references() if each.startswith("endpoint/")}
        assert named == {"endpoint/s3", "endpoint/s3-interface"}
        assert "endpoint/s3-interface" not in make(SCOPE).references()


def test_a_region_without_data_is_refused_with_the_feature_to_leave_out() -> None:
    naming = Naming(partition="aws", region="ap-south-2", account_id=ACCOUNT, prefix="p", suffix="s")
    with pytest.raises(ValueError, match=r"ap-south-2 given, .* leave out the feature packages"):
        endpoint_policy(dataclasses.replace(SCOPE, naming=naming, features=("packages",)), "s3")
    elsewhere = dataclasses.replace(naming, region="eusc-de-east-1")
    with pytest.raises(ValueError, match=r"eusc-de-east-1 given, .* leave out the features batch, containers"):
        endpoint_policy(dataclasses.replace(SCOPE, naming=elsewhere, features=("containers",)), "ecr.api")
