"""Which names are answered inside, and what refuses the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import botocore.session  # type: ignore[import-untyped]  # botocore ships no types
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.endpoint_services import FEATURE_SERVICES, services_for
from components.name_firewall import NameFirewall, NameFirewallArgs
from components.service_names import allowed_names
from tests.batches import each_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from components.naming import Naming
    from tests.components.recording import Recording

# What botocore calls a service whose endpoint we call by another key.
CLIENTS = {
    "sagemaker.api": "sagemaker",
    "sagemaker.runtime": "sagemaker-runtime",
    "sagemaker.metrics": "sagemaker-metrics",
    "sagemaker.featurestore-runtime": "sagemaker-featurestore-runtime",
    "ecr.api": "ecr",
    "codeartifact.api": "codeartifact",
    "monitoring": "cloudwatch",
    "elasticfilesystem": "efs",
    "s3-interface": "s3",
}
# Services without a client of their own: names of browsers, agents and package managers.
WITHOUT_CLIENT = {
    *("notebook", "studio", "experiments", "ssmmessages", "ec2messages", "git-codecommit"),
    *("ecr.dkr", "codeartifact.repositories"),
}
EVERY_SERVICE = services_for(FEATURE_SERVICES)


def answered(names: tuple[str, ...], host: str) -> bool:
    """Return whether a list of names covers a host as DNS Firewall reads it: a star stands for one label or more."""
    return any(host == name or (name.startswith("*.") and host.endswith(name[1:])) for name in names)


def names_of(*services: str, region: str = "ap-northeast-1", partition: str = "aws") -> tuple[str, ...]:
    return allowed_names(services, region=region, partition=partition)


@pytest.fixture(scope="module")
def session() -> Any:
    """A session that reads each of botocore's files once: most of the time of a client goes there."""
    return botocore.session.get_session()


@each_of("key", [service.key for service in EVERY_SERVICE if service.key not in WITHOUT_CLIENT])
@pytest.mark.parametrize("region", ["ap-northeast-1", "us-east-1", "cn-north-1"])
def test_the_host_that_an_sdk_calls_is_answered(key: str, region: str, session: Any) -> None:
    client = session.create_client(CLIENTS.get(key, key), region_name=region)
    host = client.meta.endpoint_url.removeprefix("https://")
    partition = "aws-cn" if region.startswith("cn-") else "aws"
    hosts = {host} | ({f"bucket.{host}"} if key.startswith("s3") else set())
    for each in hosts:
        assert answered(names_of(key, region=region, partition=partition), each), each


@pytest.mark.parametrize("partition", botocore.session.get_session().get_available_partitions())
def test_the_suffix_of_every_partition_is_botocores(partition: str) -> None:
    data = botocore.session.get_session().get_component("data_loader").load_data("partitions")
    found = next(each for each in data["partitions"] if each["id"] == partition)
    assert f"sts.x-1.{found['outputs']['dnsSuffix']}" in allowed_names(["sts"], region="x-1", partition=partition)


def test_jupyter_and_packages_are_answered_and_the_internet_is_not() -> None:
    names = names_of("s3", "sts", "notebook")
    assert answered(names, "alice--ml-dev-notebook-x1.notebook.ap-northeast-1.sagemaker.aws")
    assert answered(names, "al2023-repos-ap-northeast-1-de612dc2.s3.dualstack.ap-northeast-1.amazonaws.com")
    assert answered(names, "ip-10-0-0-7.ap-northeast-1.compute.internal")
    for stranger in (
        "example.com",
        "s3.us-east-1.amazonaws.com",
        "api.sagemaker.ap-northeast-1.amazonaws.com.evil.org",
    ):
        assert not answered(names, stranger)


def test_names_without_endpoint_are_not_answered() -> None:
    assert not answered(names_of("s3", "sts"), "logs.ap-northeast-1.amazonaws.com")


@given(st.sets(st.sampled_from([service.key for service in EVERY_SERVICE])), st.sampled_from(EVERY_SERVICE))
def test_a_service_more_only_adds_names_and_no_name_is_a_bare_star(services: set[str], more: object) -> None:
    few, many = set(names_of(*services)), set(names_of(*services, more.key))  # type: ignore[attr-defined]  # an EndpointService
    assert few <= many
    assert all(name.count(".") >= 2 for name in many)


def firewall(run: Callable[..., Recording], naming: Naming, *, alert_only: bool = False) -> Recording:
    arguments = NameFirewallArgs(naming=naming, vpc_id="vpc-1", names=names_of("s3", "sts"), alert_only=alert_only)
    return run(lambda: NameFirewall("names", arguments))


def test_the_firewall_allows_the_listed_names_and_then_blocks_every_name(
    run: Callable[..., Recording], naming: Naming
) -> None:
    recording = firewall(run, naming)
    kind = "aws:route53/resolverFirewallRule:ResolverFirewallRule"
    allow, close = recording.one(kind, "names-allow").inputs, recording.one(kind, "names-close").inputs
    assert allow["priority"] < close["priority"]
    assert (allow["action"], close["action"]) == ("ALLOW", "BLOCK")
    lists = {
        f"id-of-{each.name}": each.inputs["domains"]
        for each in recording.of("aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList")
    }
    assert "*" not in lists[allow["firewallDomainListId"]]
    assert lists[close["firewallDomainListId"]] == ["*"]


def test_in_alert_mode_every_other_name_is_answered_and_recorded(run: Callable[..., Recording], naming: Naming) -> None:
    close = firewall(run, naming, alert_only=True).one(
        "aws:route53/resolverFirewallRule:ResolverFirewallRule", "names-close"
    )
    assert close.inputs["action"] == "ALERT"
    assert "blockResponse" not in close.inputs


def test_the_firewall_answers_nothing_while_it_cannot_decide(run: Callable[..., Recording], naming: Naming) -> None:
    config = firewall(run, naming).one("aws:route53/resolverFirewallConfig:ResolverFirewallConfig")
    assert config.inputs == {"resourceId": "vpc-1", "firewallFailOpen": "DISABLED"}


def test_the_vpc_gets_the_rules_when_they_are_all_there(run: Callable[..., Recording], naming: Naming) -> None:
    association = firewall(run, naming).one(
        "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation"
    )
    assert association.inputs["vpcId"] == "vpc-1"
    assert {"names-allow", "names-close"} <= association.dependencies


@pytest.mark.parametrize("names", [(), ("*",)])
def test_a_firewall_that_answers_every_name_or_none_is_refused(naming: Naming, names: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="bare star"):
        NameFirewallArgs(naming=naming, vpc_id="vpc-1", names=names)
