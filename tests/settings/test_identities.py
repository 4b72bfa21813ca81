"""Tenants, the deployer and other ARNs that a stack file gives."""

from __future__ import annotations

from typing import Any

import pytest

from settings import RESERVED, Home, RefusedError, check_arn
from settings.arns import VPC

StackOf = Any
HOME = Home(partition="aws", account_id="111122223333", region="ap-northeast-1")
DEPLOYER = "arn:aws:iam::111122223333:role/ci-deploy"


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("Alice", "alice: {}"),
        ("alice.smith@example.com", "alice-smith-example: {}"),
        ("al", "another-name: {}"),
        ("alice--2", "alice-2: {}"),
        ("alice-", "alice: {}"),
        ("2alice", "alice: {}"),
        ("a" * 21, "a" * 20 + ": {}"),
        ("älice", "lice: {}"),
        ("アリス", "another-name: {}"),
        ("alice\n", "alice: {}"),
        ("", "another-name: {}"),
    ],
)
def test_a_malformed_tenant_is_refused(stack_of: StackOf, name: str, write: str) -> None:
    problem = next(iter(stack_of({"tenants": {name: {}}}).problems().values()))
    assert problem.allowed == "3 to 20 lower-case letters, digits and single hyphens, a letter first, no hyphen last"
    assert "the tag `user`" in problem.why
    assert problem.write == write


@pytest.mark.parametrize("name", ["platform", "workload", "endpoints", "bastion"])
def test_a_reserved_tenant_is_refused(stack_of: StackOf, name: str) -> None:
    problem = stack_of({"tenants": {name: {}}}).only_problem(f"tenants › {name}")
    assert problem.allowed == f"any name but {', '.join(RESERVED)}"
    assert problem.why.startswith("the name is reserved: ")
    assert problem.write == f"team-{name}: {{}}"


def test_a_retired_tenant_does_not_come_back(stack_of: StackOf) -> None:
    problem = stack_of({"tenants": {"alice": {"volume-size-gb": 9}}, "retired": ["alice"]}).only_problem(
        "tenants › alice"
    )
    assert problem.allowed == "any name but those of closed-sagemaker:retired"
    assert "would belong to the new one" in problem.why
    assert problem.write == "alice-2: {volume-size-gb: 9}"


def test_a_tenant_named_after_sagemaker_is_refused(stack_of: StackOf) -> None:
    problem = stack_of({"tenants": {"my-sagemaker": {}}}).only_problem("tenants › my-sagemaker")
    assert "AWS' managed policies" in problem.why


def test_tenants_may_be_a_list_of_names(stack_of: StackOf) -> None:
    settings = stack_of({"tenants": ["alice", "bob"]}).settings()
    assert {name: tenant.volume_size_gb for name, tenant in settings.tenants.items()} == {"alice": 5, "bob": 5}


def test_a_repeated_tenant_is_refused(stack_of: StackOf) -> None:
    problem = stack_of({"tenants": ["alice", "bob", "alice"]}).only_problem("tenants[2]")
    assert (problem.given, problem.allowed) == ("alice", "each tenant once")
    assert problem.write == "closed-sagemaker:tenants: [alice, bob]"


def test_a_tenant_that_a_reader_took_for_a_boolean_is_explained(stack_of: StackOf) -> None:
    problem = stack_of({"tenants": ["alice", False]}).only_problem("tenants[1]")
    assert problem.given == "false"
    assert "without quotes" in problem.why


def test_a_key_that_stands_twice_in_a_value_is_refused(stack_of: StackOf) -> None:
    problem = stack_of({"tenants": '{"alice": {}, "bob": {}, "alice": {}}'}).only_problem("tenants")
    assert problem.given == "alice twice"
    assert problem.allowed == "each key once"


def test_a_malformed_retired_name_is_refused(stack_of: StackOf) -> None:
    assert stack_of({"retired": ["Eve"]}).only_problem("retired[0]").given == "Eve"
    assert stack_of({"retired": ["eve", "eve"]}).only_problem("retired[1]").allowed == "each entry once"


def test_more_tenants_than_the_quota_of_roles_carries_are_refused(stack_of: StackOf) -> None:
    problem = stack_of({"quotas": {"iam-roles": 7}}).only_problem("tenants")
    assert problem.given == "3 tenants"
    assert problem.allowed == "at most 2, with a quota of 7 roles"
    assert "8 roles are needed: 2 a tenant and 2 of the deployer and the flow log" in problem.why
    assert "raise the account's quota" in problem.why
    assert "over stacks in several accounts" in problem.why
    assert problem.write == "closed-sagemaker:quotas: {iam-roles: 8}"
    stack_of({"quotas": {"iam-roles": 8}}).settings()


def test_a_session_is_refused_with_the_role_to_write(stack_of: StackOf) -> None:
    session = "arn:aws:sts::111122223333:assumed-role/ci-deploy/run-42"
    problem = stack_of({"deployer": [session]}).only_problem("deployer[0]")
    assert session in problem.given
    assert "the ARN of an IAM user or role" in problem.allowed
    assert "this is a session" in problem.why
    assert problem.write == f'closed-sagemaker:deployer: ["{DEPLOYER}"]'


@pytest.mark.parametrize(
    ("arn", "why"),
    [
        ("arn:aws:iam::111122223333:root", "this is the account itself"),
        ("arn:aws:iam::999900001111:role/ci-deploy", "the account is `999900001111`"),
        ("arn:aws:sts::999900001111:assumed-role/ci-deploy/run", "the account is `999900001111`"),
        ("arn:aws-cn:iam::111122223333:role/ci-deploy", "the partition is `aws-cn`"),
        ("arn:aws:iam:ap-northeast-1:111122223333:role/ci-deploy", "belongs to no Region"),
        ("arn:aws:iam::111122223333:role/*", "`role/*` does not name an IAM user or role"),
        ("arn:aws:iam::111122223333:group/admins", "`group/admins` does not name an IAM user or role"),
        ("arn:aws:s3:::bucket", "the service is `s3`, not `iam`"),
        ("arn:aws:iam::111122223333:role/tenants/alice/ml-dev-alice-job", "belongs to tenants"),
        ("ci-deploy", "this is no ARN"),
        (42, "aws:PrincipalArn"),
        ("arn:aws:iam::111122223333:role/ci-deploy\n", "does not name an IAM user or role"),
    ],
)
def test_a_wrong_deployer_is_refused(stack_of: StackOf, arn: object, why: str) -> None:
    problem = stack_of({"deployer": [arn]}).only_problem("deployer[0]")
    assert why in problem.why
    assert problem.write == f'closed-sagemaker:deployer: ["{DEPLOYER}"]'


@pytest.mark.parametrize("deployer", [None, [], DEPLOYER, {}])
def test_somebody_must_be_able_to_manage_the_platform(stack_of: StackOf, deployer: object) -> None:
    problem = stack_of({"deployer": deployer}).only_problem("deployer")
    assert "nobody could change or remove the platform" in problem.why
    assert problem.write == f'closed-sagemaker:deployer: ["{DEPLOYER}"]'


@pytest.mark.parametrize(
    "arn", [DEPLOYER, "arn:aws:iam::111122223333:user/eve", "arn:aws:iam::111122223333:role/ops/ci/deploy@main"]
)
def test_a_user_and_a_role_with_a_path_are_accepted(stack_of: StackOf, arn: str) -> None:
    assert stack_of({"deployer": [arn]}).settings().deployer == (arn,)


@pytest.mark.parametrize(
    ("arn", "reasons"),
    [
        ("arn:aws:ec2:us-east-1:111122223333:vpc/vpc-0123456789abcdef0", ["the Region is `us-east-1`"]),
        ("arn:aws:ec2:ap-northeast-1:999900001111:vpc/vpc-0123456789abcdef0", ["the account is `999900001111`"]),
        ("arn:aws-cn:ec2:ap-northeast-1:111122223333:vpc/vpc-0123456789abcdef0", ["the partition is `aws-cn`"]),
        ("arn:aws:ec2:ap-northeast-1:111122223333:subnet/subnet-01234567", ["does not name a VPC"]),
        ("arn:aws-cn:ec2:cn-north-1:999900001111:vpc/*", ["partition", "Region", "account", "does not name a VPC"]),
        ("arn:aws:ec2", ["this is no ARN"]),
    ],
)
def test_a_given_arn_must_be_of_this_account_partition_and_region(arn: str, reasons: list[str]) -> None:
    with pytest.raises(RefusedError) as refused:
        check_arn(arn, VPC, HOME)
    assert [reason for reason in reasons if reason not in str(refused.value)] == []
    assert refused.value.allowed is not None
    assert "arn:aws:ec2:ap-northeast-1:111122223333:vpc/vpc-" in refused.value.allowed


def test_an_arn_of_this_account_partition_and_region_is_accepted() -> None:
    check_arn("arn:aws:ec2:ap-northeast-1:111122223333:vpc/vpc-0123456789abcdef0", VPC, HOME)


def test_what_is_not_known_of_the_home_is_not_compared() -> None:
    nowhere = Home(partition=None, account_id=None, region=None)
    check_arn("arn:aws-cn:ec2:cn-north-1:999900001111:vpc/vpc-0123456789abcdef0", VPC, nowhere)
