"""The bastion's settings: what it may be, and where it makes no sense."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from settings import ACCOUNT_TAGS, HOST_ACCOUNTS, Feature, addresses_needed

StackOf = Any
ON = {"features": ["notebooks", "bastion"]}


def test_a_bastion_has_defaults(stack_of: StackOf) -> None:
    settings = stack_of(ON).settings()
    assert Feature.BASTION in settings.features
    assert (settings.bastion.instance_type, settings.bastion.legacy_agent) == ("t3.micro", False)


def test_a_bastion_may_be_larger_and_have_an_old_agent(stack_of: StackOf) -> None:
    chosen = stack_of({**ON, "bastion": {"instance-type": "t4g.nano", "legacy-agent": True}}).settings().bastion
    assert (chosen.instance_type, chosen.legacy_agent) == ("t4g.nano", True)


def test_without_features_named_there_is_a_bastion(stack_of: StackOf) -> None:
    assert Feature.BASTION in stack_of({"features": None}).settings().features


@pytest.mark.parametrize(
    ("bastion", "path", "write"),
    [
        ({"instance-type": "ml.t3.medium"}, "bastion › instance-type", "instance-type: t3.medium"),
        ({"instance-type": "large"}, "bastion › instance-type", "instance-type: t3.micro"),
        ({"instance-type": 3}, "bastion › instance-type", "instance-type: t3.micro"),
        ({"legacy-agent": "yes"}, "bastion › legacy-agent", "legacy-agent: false"),
        ({"key-pair": "mine"}, "bastion › key-pair", "(remove it)"),
        ({"legacy_agent": True}, "bastion › legacy_agent", "legacy-agent: true"),
        ("t3.micro", "bastion", "closed-sagemaker:bastion: {instance-type: t3.micro, legacy-agent: false}"),
    ],
)
def test_a_wrong_setting_is_answered_with_the_line_to_write(
    stack_of: StackOf, bastion: object, path: str, write: str
) -> None:
    assert stack_of({**ON, "bastion": bastion}).only_problem(path).write == write


def test_settings_of_a_bastion_without_its_feature_are_refused(stack_of: StackOf) -> None:
    problem = stack_of({"bastion": {"legacy-agent": True}}).only_problem("bastion")
    assert "no bastion is built" in problem.why
    assert problem.write.startswith("closed-sagemaker:features: [notebooks, training, inference, bastion]")


def test_a_bastion_that_leads_nowhere_is_refused(stack_of: StackOf) -> None:
    problem = stack_of({"features": ["bastion"]}).only_problem("features")
    assert "nothing for them" in problem.why
    written = yaml.safe_load(problem.write)["closed-sagemaker:features"]
    assert stack_of({"features": written}).settings()


def test_a_bastion_serves_no_more_tenants_than_its_tags_can_name(stack_of: StackOf) -> None:
    most = 12 * ACCOUNT_TAGS
    roomy = {**ON, "quotas": {"iam-roles": 5000}}
    tenants: dict[str, dict[str, Any]] = {f"t{number:03}{'x' * 16}": {} for number in range(most)}
    assert stack_of({**roomy, "tenants": tenants}, subnet_prefix=20).settings()
    problem = stack_of({**roomy, "tenants": {**tenants, "x" * 20: {}}}, subnet_prefix=20).only_problem("features")
    assert problem.given == f"bastion, and {most + 1} tenants whose names fill {ACCOUNT_TAGS + 1} tags"
    assert problem.write == "closed-sagemaker:features: [notebooks]"


@pytest.mark.parametrize("name", ["root", "ec2-user", "ssm-user", "sshd"])
def test_a_tenant_is_not_called_like_an_account_of_the_host(stack_of: StackOf, name: str) -> None:
    assert name in HOST_ACCOUNTS
    problem = stack_of({"tenants": {name: {}}}).only_problem(f"tenants › {name}")
    assert problem.write == f"team-{name}: {{}}"


def test_the_bastion_and_its_endpoints_need_addresses_and_a_role(stack_of: StackOf) -> None:
    assert addresses_needed(3, 5, bastion=True) == addresses_needed(3, 5) + 1
    tight = stack_of({**ON, "quotas": {"iam-roles": 8}}).only_problem("tenants")
    assert "3 of the deployer, the flow log and the bastion" in tight.why
    small = stack_of(ON, subnet_prefix=28).only_problem("network › subnet-prefix")
    assert "holds 16 addresses and 17 are needed" in small.why
    assert "1 for the bastion" in small.why
