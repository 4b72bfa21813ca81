"""What may be said of a network that is there already, and what is refused with what to write (S2-A7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.settings.conftest import Stack

VPC, SUBNET_1, SUBNET_2 = "vpc-0123456789abcdef0", "subnet-0123456789abcdef0", "subnet-0123456789abcdef1"
ADOPT: dict[str, Any] = {
    "vpc": VPC,
    "cidr": "10.0.0.0/16",
    "subnets": {"apne1-az1": SUBNET_1, "apne1-az4": SUBNET_2},
    "route-tables": ["rtb-0123456789abcdef0"],
}
ENDPOINTS = {"s3": "vpce-0123456789abcdef0", "sts": "vpce-0123456789abcdef1"}
GROUPS = {"endpoints": "sg-0123456789abcdef0"}


@pytest.fixture
def adopting(stack_of: Callable[..., Stack]) -> Callable[..., Stack]:
    """Return a stack that adopts a network, with keys of adopt replaced (`_` for `-`), and keys beside it."""

    def stack(beside: dict[str, Any] | None = None, **changes: Any) -> Stack:
        adopt = {**ADOPT, **{key.replace("_", "-"): value for key, value in changes.items()}}
        return stack_of({"network": {"adopt": adopt, "dns-firewall": {"mode": "alert"}, **(beside or {})}})

    return stack


def test_an_adopted_network_gives_range_and_zones_of_its_own(adopting: Callable[..., Stack]) -> None:
    network = adopting().settings().network
    assert network.adopt is not None
    assert network.adopt.vpc == VPC
    assert str(network.cidr) == "10.0.0.0/16"
    assert network.zones == ("apne1-az1", "apne1-az4")


def test_endpoints_and_groups_that_are_there_are_taken(adopting: Callable[..., Stack]) -> None:
    stack = adopting(endpoints=ENDPOINTS, security_groups=GROUPS, s3_prefix_list="pl-61a54008")
    adopt = stack.settings().network.adopt
    assert adopt is not None
    assert dict(adopt.endpoints) == ENDPOINTS
    assert dict(adopt.security_groups) == GROUPS


@pytest.mark.parametrize(
    ("key", "value", "path", "word"),
    [
        ("vpc", "vpc-1", "vpc", "describe-vpcs"),
        ("vpc", "my-vpc", "vpc", "describe-vpcs"),
        ("subnets", {"apne1-az1": "10.0.0.0/24", "apne1-az4": SUBNET_2}, "subnets › apne1-az1", "describe-subnets"),
        ("route_tables", ["rtb-x"], "route-tables[0]", "describe-route-tables"),
        ("route_tables", [], "route-tables", "gateway endpoint"),
        ("security_groups", {"workload": "sg-X"}, "security-groups › workload", "describe-security-groups"),
    ],
)
def test_an_id_of_the_wrong_form_is_refused_with_how_to_find_the_right_one(
    adopting: Callable[..., Stack], key: str, value: object, path: str, word: str
) -> None:
    problem = adopting(**{key: value}).only_problem(f"network › adopt › {path}")
    assert word in problem.why
    assert problem.allowed


@pytest.mark.parametrize(
    ("subnets", "path", "why"),
    [
        ({"apne1-az1": SUBNET_1}, "subnets", "two zones"),
        ({"apne1-az1": SUBNET_1, "apne1-az4": SUBNET_1}, "subnets › apne1-az4", "a subnet lies in one zone"),
        ({"apne1-az1": SUBNET_1, "use1-az4": SUBNET_2}, "subnets › use1-az4", "lies in another Region"),
        ({"apne1-az1": SUBNET_1, "ap-northeast-1c": SUBNET_2}, "subnets › ap-northeast-1c", "this is a zone name"),
    ],
)
def test_adopted_subnets_lie_in_two_zones_of_the_region(
    adopting: Callable[..., Stack], subnets: dict[str, str], path: str, why: str
) -> None:
    assert why in adopting(subnets=subnets).only_problem(f"network › adopt › {path}").why


@pytest.mark.parametrize(
    ("cidrs", "path", "why"),
    [
        ({"apne1-az1": "10.0.0.0/24", "apne1-az4": "10.0.9.0/24"}, "apne1-az4", None),
        ({"apne1-az1": "10.0.0.0/24", "apne1-az4": "172.16.0.0/24"}, "apne1-az4", "subnet of another VPC"),
        ({"apne1-az1": "10.0.0.0/24", "apne1-az4": "10.0.0.128/25"}, "apne1-az4", "no subnet of this VPC"),
        ({"apne1-az1": "10.0.0.0/24"}, "apne1-az4", "must name the same zones"),
        ({"apne1-az1": "10.0.0.0/24", "apne1-az4": "10.0.1.0/28"}, "apne1-az4", None),
    ],
)
def test_a_subnet_of_another_vpc_is_refused_where_its_range_is_declared(
    adopting: Callable[..., Stack], cidrs: dict[str, str], path: str, why: str | None
) -> None:
    stack = adopting(subnet_cidrs=cidrs)
    if why is None:
        assert stack.settings()
    else:
        assert why in stack.only_problem(f"network › adopt › subnet-cidrs › {path}").why


def test_an_adopted_subnet_too_small_for_what_is_made_in_it_is_refused(adopting: Callable[..., Stack]) -> None:
    stack = adopting(
        {"on-premises": ["10.20.0.0/16"]}, subnet_cidrs={"apne1-az1": "10.0.0.0/24", "apne1-az4": "10.0.1.0/28"}
    )
    problem = stack.only_problem("network › adopt › subnet-cidrs › apne1-az4")
    assert "holds 16 addresses and 17 are needed" in problem.why
    assert problem.allowed == "/27 or larger"


def test_a_service_listed_under_two_names_is_refused(adopting: Callable[..., Stack]) -> None:
    given = {**ENDPOINTS, "com.amazonaws.ap-northeast-1.sts": "vpce-0123456789abcdef2"}
    stack = adopting(endpoints=given, security_groups=GROUPS, s3_prefix_list="pl-61a54008")
    problem = stack.only_problem("network › adopt › endpoints › com.amazonaws.ap-northeast-1.sts")
    assert "sts is listed already" in problem.why
    assert problem.write == "(remove it)"


def test_a_service_by_its_full_name_is_told_its_key(adopting: Callable[..., Stack]) -> None:
    stack = adopting(
        endpoints={"com.amazonaws.ap-northeast-1.sagemaker.api": "vpce-0123456789abcdef2"}, security_groups=GROUPS
    )
    problem = stack.only_problem("network › adopt › endpoints › com.amazonaws.ap-northeast-1.sagemaker.api")
    assert problem.write == "sagemaker.api: vpce-0123456789abcdef2"


def test_one_endpoint_for_two_services_is_refused(adopting: Callable[..., Stack]) -> None:
    one = "vpce-0123456789abcdef1"
    problem = adopting(endpoints={"sts": one, "logs": one}, security_groups=GROUPS).only_problem(
        "network › adopt › endpoints › logs"
    )
    assert "sts has this one" in problem.why


def test_interface_endpoints_need_the_group_that_they_carry(adopting: Callable[..., Stack]) -> None:
    problem = adopting(endpoints={"sts": "vpce-0123456789abcdef1"}).only_problem("network › adopt › security-groups")
    assert problem.write == "security-groups: {endpoints: sg-0123456789abcdef0}"


@pytest.mark.parametrize(
    ("changes", "write"),
    [
        ({"endpoints": {"s3": "vpce-0123456789abcdef0"}}, "s3-prefix-list: pl-61a54008"),
        ({"s3_prefix_list": "pl-61a54008"}, "(remove it)"),
    ],
)
def test_the_prefix_list_is_given_exactly_where_the_endpoint_of_s3_is_adopted(
    adopting: Callable[..., Stack], changes: dict[str, Any], write: str
) -> None:
    assert adopting(**changes).only_problem("network › adopt › s3-prefix-list").write == write


def test_a_group_of_a_tenant_cannot_be_adopted(adopting: Callable[..., Stack]) -> None:
    problem = adopting(security_groups={"alice": "sg-0123456789abcdef0"}).only_problem(
        "network › adopt › security-groups › alice"
    )
    assert problem.allowed == "workload, endpoints"


def test_one_group_for_workloads_and_endpoints_is_refused(adopting: Callable[..., Stack]) -> None:
    one = "sg-0123456789abcdef0"
    problem = adopting(security_groups={"workload": one, "endpoints": one}).only_problem(
        "network › adopt › security-groups › endpoints"
    )
    assert "every workload call every other" in problem.why


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("cidr", "10.0.0.0/16"),
        ("zones", ["apne1-az1", "apne1-az4"]),
        ("subnets", {"apne1-az1": "10.0.0.0/24", "apne1-az4": "10.0.1.0/24"}),
        ("subnet-prefix", 24),
        ("s3-ranges", ["52.219.0.0/16"]),
    ],
)
def test_what_describes_a_network_to_be_made_is_refused_beside_an_adopted_one(
    adopting: Callable[..., Stack], key: str, value: object
) -> None:
    assert adopting({key: value}).only_problem(f"network › {key}").write == "(remove it)"


def test_an_adopted_network_needs_a_word_on_names(stack_of: Callable[..., Stack]) -> None:
    problem = stack_of({"network": {"adopt": ADOPT}}).only_problem("network › dns-firewall")
    assert "hosts of others" in problem.why


def test_neither_range_nor_adopted_network_is_refused_with_both_lines(stack_of: Callable[..., Stack]) -> None:
    problems = stack_of({"network": {}}).problems()
    assert {path: problem.write for path, problem in problems.items()} == {
        "network › cidr": "cidr: 10.0.0.0/16",
        "network › zones": "zones: [apne1-az1, apne1-az4]",
    }


@pytest.mark.parametrize(
    ("key", "value", "path", "word"),
    [
        ("flow-logs", {"retention-days": 366}, "flow-logs › retention-days", "no other numbers"),
        ("flow-logs", {"bucket": "My_Bucket"}, "flow-logs › bucket", "owner decides"),
        ("dns-firewall", {"mode": "warn"}, "dns-firewall › mode", "alert answers"),
        ("dns-firewall", {"inside-domains": ["*"]}, "dns-firewall › inside-domains[0]", "every name of the internet"),
        ("dns-firewall", {"inside-domains": ["*.com"]}, "dns-firewall › inside-domains[0]", "every name"),
        ("on-premises", ["8.8.8.0/24"], "on-premises[0]", "not all addresses"),
        ("s3-ranges", ["0.0.0.0/0"], "s3-ranges[0]", "not S3's alone"),
        ("s3-ranges", ["10.0.0.0/16"], "s3-ranges[0]", "private addresses"),
        ("s3-ranges", ["52.219.1.0/16"], "s3-ranges[0]", "names a host"),
    ],
)
def test_wrong_words_on_records_names_and_ranges_are_refused(
    stack_of: Callable[..., Stack], key: str, value: object, path: str, word: str
) -> None:
    network = {"cidr": "10.0.0.0/16", "zones": ["apne1-az1", "apne1-az4"], key: value}
    assert word in stack_of({"network": network}).only_problem(f"network › {path}").why


def test_more_tenants_than_security_groups_are_refused_with_the_number_needed(
    stack_of: Callable[..., Stack],
) -> None:
    assert stack_of({"quotas": {"security-groups": 8}}).settings()
    problem = stack_of({"quotas": {"security-groups": 7}}).only_problem("tenants")
    assert problem.allowed == "at most 2, with a quota of 7 security groups"
    assert problem.write == "closed-sagemaker:quotas: {security-groups: 8}"


def test_more_private_lines_than_rules_are_refused_with_the_number_needed(stack_of: Callable[..., Stack]) -> None:
    ranges = [f"172.16.{number}.0/24" for number in range(4)]
    network = {"cidr": "10.0.0.0/16", "zones": ["apne1-az1", "apne1-az4"], "on-premises": ranges}
    assert stack_of({"network": network, "quotas": {"security-group-rules": 8}}).settings()
    problem = stack_of({"network": network, "quotas": {"security-group-rules": 7}}).only_problem(
        "network › on-premises"
    )
    assert problem.allowed == "at most 3, with a quota of 7 rules in a security group"
    assert problem.write == "closed-sagemaker:quotas: {security-group-rules: 8}"


def test_a_network_at_the_other_end_that_overlaps_the_vpc_is_refused(stack_of: Callable[..., Stack]) -> None:
    network = {"cidr": "10.0.0.0/16", "zones": ["apne1-az1", "apne1-az4"], "on-premises": ["10.0.128.0/17"]}
    problem = stack_of({"network": network}).only_problem("network › on-premises[0]")
    assert "overlaps the VPC" in problem.why
