"""Single values: what is refused, with the path, what was given, what is allowed and the line to write."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from settings import Environment, Feature, SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable

StackOf = Any
CORE = {Feature.NOTEBOOKS, Feature.TRAINING, Feature.INFERENCE}


def test_the_example_is_accepted(stack_of: StackOf) -> None:
    settings = stack_of().settings()
    assert (settings.account_id, settings.region, settings.partition) == ("111122223333", "ap-northeast-1", "aws")
    assert settings.environment is Environment.DEV
    assert settings.features == CORE
    assert settings.deployer == ("arn:aws:iam::111122223333:role/ci-deploy",)
    assert list(settings.tenants) == ["alice", "bob", "carol"]
    assert str(settings.network.cidr) == "10.0.0.0/16"
    assert (settings.network.subnet_prefix, dict(settings.network.subnets)) == (24, {})


def test_a_large_stack_in_another_partition_is_accepted(stack_of: StackOf) -> None:
    tenants = {"alice": {"instance-type": "ml.g5.2xlarge", "volume-size-gb": 16384}}
    plan = {"cnn1-az1": "100.64.0.0/20", "cnn1-az2": "100.64.16.0/20"}
    changes = {
        "aws:region": "cn-north-1",
        "environment": "prod",
        "deployer": ["arn:aws-cn:iam::111122223333:user/ops/eve"],
        "network": {"cidr": "100.64.0.0/16", "zones": list(plan), "subnets": plan},
        "tenants": tenants,
        "features": ["training"],
        "limits": {"instance-types": ["ml.g5.*"]},
        "retired": ["mallory"],
    }
    settings = stack_of(changes).settings()
    assert settings.partition == "aws-cn"
    assert settings.tenants["alice"].instance_type == "ml.g5.2xlarge"
    assert settings.tenants["alice"].volume_size_gb == 16384
    assert {zone: str(subnet) for zone, subnet in settings.network.subnets.items()} == plan
    assert settings.retired == ("mallory",)


def test_containers_are_isolated_unless_the_stack_says_otherwise(stack_of: StackOf) -> None:
    assert stack_of().settings().isolation.off == ()
    assert stack_of({"isolation": {"processing": False}}).settings().isolation.off == ("processing",)
    everything = {"isolation": {"training": False, "processing": False}}
    assert stack_of(everything).settings().isolation.off == ("training", "processing")


def test_only_what_differs_must_be_written(stack_of: StackOf) -> None:
    settings = stack_of({"name-prefix": None, "features": None, "retired": None, "quotas": None}).settings("test")
    assert settings.name_prefix == "ml-test"
    assert settings.features == {*CORE, Feature.BASTION}
    assert settings.quotas.iam_roles == 1000
    assert settings.tenants["alice"].instance_type == "ml.t3.medium"
    assert settings.tenants["alice"].volume_size_gb == 5


@pytest.mark.parametrize(
    ("changes", "path", "given", "allowed", "write"),
    [
        pytest.param(changes, path, given, allowed, write, id=f"{path}={given}"[:60])
        for changes, path, given, allowed, write in [
            ({"aws:region": "tokyo"}, "aws:region", "tokyo", "Region", "aws:region: ap-northeast-1"),
            ({"aws:region": None}, "aws:region", "nothing", "Region", "aws:region: ap-northeast-1"),
            (
                {"pulumi:disable-default-providers": ["*"]},
                "pulumi:disable-default-providers",
                '["*"]',
                "holds aws",
                'pulumi:disable-default-providers: ["*", aws]',
            ),
            (
                {"pulumi:disable-default-providers": None},
                "pulumi:disable-default-providers",
                "nothing",
                "holds aws",
                "pulumi:disable-default-providers: [aws]",
            ),
            ({"account-id": "11112222333"}, "account-id", "11112222333", "twelve digits", '"111122223333"'),
            ({"account-id": "1.11122223333e+11"}, "account-id", "e+11", "in quotes", '"111122223333"'),
            ({"account-id": "999900001111.0"}, "account-id", "999900001111.0", "in quotes", '"999900001111"'),
            ({"account-id": "\uff11" * 12}, "account-id", "\uff11", "twelve digits", '"111111111111"'),
            ({"environment": "prd"}, "environment", "prd", "dev, test or prod", "environment: prod"),
            ({"environment": ""}, "environment", '""', "dev, test or prod", "environment: dev"),
            ({"name-prefix": "ML_Platform-"}, "name-prefix", "ML_Platform-", "1 to 20", "name-prefix: ml-platform"),
            ({"name-prefix": "my-sagemaker"}, "name-prefix", "my-sagemaker", "no `sagemaker`", "name-prefix: my-ml"),
            ({"name-prefix": "a" * 21}, "name-prefix", "a" * 21, "1 to 20", "name-prefix: " + "a" * 20),
            ({"name-prefix": "ml--dev"}, "name-prefix", "ml--dev", "single hyphens", "name-prefix: ml-dev"),
            ({"name-prefix": "1ml"}, "name-prefix", "1ml", "a letter first", "name-prefix: ml"),
            ({"data": {"suffix": "7F3A"}}, "data › suffix", "7F3A", "4 to 12", 'suffix: "7f3a"'),
            ({"data": {"suffix": "abc"}}, "data › suffix", "abc", "4 to 12", 'suffix: "7f3a"'),
            ({"data": {"suffix": 12345}}, "data › suffix", "12345", "in quotes", 'suffix: "12345"'),
            ({"data": {"suffix": "s3alias"}}, "data › suffix", "s3alias", "4 to 12", 'suffix: "7f3a"'),
            ({"data": {}}, "data › suffix", "nothing", "4 to 12", 'suffix: "7f3a"'),
            ({"quotas": {"iam-roles": "1000"}}, "quotas › iam-roles", '"1000"', "whole number", "iam-roles: 1000"),
            ({"quotas": {"iam-roles": True}}, "quotas › iam-roles", "true", "whole number", "iam-roles: 1000"),
            ({"features": ["notebook"]}, "features[0]", "notebook", "notebooks, training", "features: [notebooks]"),
            ({"features": ["batches"]}, "features[0]", "batches", "inference", "features: [batch]"),
            ({"features": ["training"] * 2}, "features[1]", "training", "once", "features: [training]"),
            ({"features": "notebooks"}, "features", "notebooks", "a list", "[notebooks, training, inference, bastion]"),
            (
                {"tenants": {"alice": {"instance-type": "t3.large"}}},
                "tenants › alice › instance-type",
                "t3.large",
                "ml.t3.medium",
                "instance-type: ml.t3.large",
            ),
            *(
                (
                    {"tenants": {"alice": {"instance-type": given}}},
                    "tenants › alice › instance-type",
                    given,
                    "a SageMaker instance type",
                    f"instance-type: {instead}",
                )
                for given, instead in (("ml.t3.mediun", "ml.t3.medium"), ("ml.p3.2xlarge", "ml.t3.medium"))
            ),
            (
                {"isolation": {"processing": "no"}},
                "isolation › processing",
                '"no"',
                "true or false",
                "processing: true",
            ),
            ({"isolation": {"models": False}}, "isolation › models", "models: false", "training, processing", "remove"),
            (
                {"tenants": {"alice": {"volume-size-gb": 4}}},
                "tenants › alice › volume-size-gb",
                "4",
                "5 to 16384",
                "volume-size-gb: 5",
            ),
            ({"tenants": {"alice": None}}, "tenants › alice", "null", "{} for the defaults", "alice: {}"),
            ({"tenants": "alice"}, "tenants", "alice", "a mapping", "tenants: {alice: {}, bob: {}, carol: {}}"),
        ]
    ],
)
def test_a_wrong_value_is_answered_with_the_line_to_write(
    stack_of: StackOf, changes: dict[str, Any], path: str, given: str, allowed: str, write: str
) -> None:
    problem = stack_of(changes).only_problem(path)
    assert given in problem.given
    assert allowed in problem.allowed
    assert write in problem.write
    assert len(problem.why) > 20


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"account-id": "1.11122223333e+11"}, "account-id"),
        ({"environment": "prd", "features": ["inference"]}, "environment"),
        ({"name-prefix": "My SageMaker"}, "name-prefix"),
        ({"features": ["notebook", "training", "training", "x"]}, "features"),
        ({"tenants": ["alice", "alice", "Bob B.", "platform"]}, "tenants"),
        ({"deployer": ["arn:aws:sts::111122223333:assumed-role/x/y", "arn:aws:iam::111122223333:root"]}, "deployer"),
        ({"data": []}, "data"),
        ({"network": None}, "network"),
    ],
)
def test_the_written_line_heals(stack_of: StackOf, changes: dict[str, Any], key: str) -> None:
    lines = {problem.write for problem in stack_of(changes).problems().values()}
    assert len(lines) == 1, "every problem of a key gives the same line"
    written = yaml.safe_load(lines.pop())
    assert list(written) == [f"closed-sagemaker:{key}"]
    stack_of(changes | {key: written[f"closed-sagemaker:{key}"]}).settings()


def test_the_written_example_is_of_the_own_account_and_region(stack_of: StackOf) -> None:
    changes = {"account-id": "999900001111", "aws:region": "us-gov-west-1", "deployer": None, "network": None}
    problems = stack_of(changes).problems()
    assert "arn:aws-us-gov:iam::999900001111:role/ci-deploy" in problems["deployer"].write
    assert "[usgw1-az1, usgw1-az4]" in problems["network"].write


def test_an_account_id_without_quotes_is_explained(stack_of: StackOf) -> None:
    problem = stack_of({"account-id": 11122223333}).only_problem("account-id")
    assert "without quotes YAML readers take digits for a number, which loses leading zeros" in problem.why


def test_a_stack_name_that_gives_no_prefix_is_explained(stack_of: StackOf) -> None:
    problem = stack_of({"name-prefix": None}).only_problem("name-prefix", stack="Alice_Test")
    assert problem.given == "nothing, so ml-Alice_Test follows from the name of the stack"
    assert problem.write == "closed-sagemaker:name-prefix: ml-alice-test"


def test_a_trailing_newline_is_part_of_a_value(stack_of: StackOf) -> None:
    for key, value in {"account-id": "111122223333\n", "name-prefix": "ml-dev\n"}.items():
        assert stack_of({key: value}).only_problem(key).given == f'"{value.strip()}\\n"'


@pytest.fixture
def longest(stack_of: StackOf) -> Callable[[str], int]:
    """Return how long the longest prefix, suffix or tenant is that the settings accept."""

    def length(kind: str) -> int:
        accepted = 0
        for size in range(1, 40):
            name = "a" * size
            forms: dict[str, Any] = {"tenants": {name: {}}, "data": {"suffix": name}, "name-prefix": name}
            with contextlib.suppress(SettingsError):
                stack_of({kind: forms[kind]}).settings()
                accepted = size
        return accepted

    return length


def test_no_physical_name_needs_cutting(longest: Callable[[str], int]) -> None:
    prefix, suffix, user = longest("name-prefix"), longest("data"), longest("tenants")
    assert (prefix, suffix, user) == (20, 12, 20)
    assert len(f"{'p' * prefix}-{'u' * user}-notebook") <= 64, "IAM role"
    assert len(f"{'p' * prefix}-results-{'s' * suffix}") <= 63, "bucket"
    assert len(f"{'u' * user}--{'p' * prefix}-notebook") <= 63, "notebook"
