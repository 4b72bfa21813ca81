"""Where the record of traffic and names may go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.settings.conftest import Stack

NETWORK: dict[str, Any] = {"cidr": "10.0.0.0/16", "zones": ["apne1-az1", "apne1-az4"]}
BUCKET = "network › flow-logs › bucket"


@pytest.fixture
def recording_to(stack_of: Callable[..., Stack]) -> Callable[..., Stack]:
    """Return a stack whose record goes somewhere, with other keys beside."""

    def stack(where: dict[str, Any], beside: dict[str, Any] | None = None) -> Stack:
        return stack_of({"network": {**NETWORK, "flow-logs": where}, **(beside or {})})

    return stack


def test_a_bucket_that_is_there_is_taken(recording_to: Callable[..., Stack]) -> None:
    assert recording_to({"bucket": "corp-logs"}).settings().network.flow_logs.bucket == "corp-logs"


@pytest.mark.parametrize("purpose", ["raw", "results", "shared", "staging", "access-logs", "trail"])
def test_a_bucket_of_this_stack_is_refused_because_it_admits_no_delivery_of_logs(
    purpose: str, recording_to: Callable[..., Stack]
) -> None:
    problem = recording_to({"bucket": f"ml-dev-{purpose}-7f3a"}).only_problem(BUCKET)
    assert "admit no delivery of logs" in problem.why
    assert "leave the key out" in problem.why
    recording_to({"bucket": f"corp-{purpose}-7f3a"}).settings()


def test_a_bucket_of_this_stack_is_known_by_the_name_that_the_stack_file_gives_it(
    recording_to: Callable[..., Stack],
) -> None:
    named = {"data": {"suffix": "7f3a", "buckets": {"raw": {"name": "corp-raw"}}}}
    recording_to({"bucket": "corp-raw"}, named).only_problem(BUCKET)
    recording_to({"bucket": "corp-raw-logs"}, named).settings()


def test_a_bucket_of_this_stack_is_known_where_the_prefix_follows_from_the_stacks_name(
    recording_to: Callable[..., Stack],
) -> None:
    stack = recording_to({"bucket": "ml-dev-raw-7f3a"})
    del stack.values["name-prefix"]
    stack.only_problem(BUCKET)


def test_days_beside_a_bucket_are_refused_because_its_owner_decides(recording_to: Callable[..., Stack]) -> None:
    where = {"bucket": "corp-logs", "retention-days": 30}
    problem = recording_to(where).only_problem("network › flow-logs › retention-days")
    assert "silently not hold" in problem.why
    assert problem.given == "30, and bucket beside it"


def test_roles_of_the_flow_log_the_bastion_and_emergencies_count_against_the_quota(
    stack_of: Callable[..., Stack],
) -> None:
    people = {name: {"tenant": name, "groups": ["engineers"]} for name in ("alice", "bob", "carol")}
    stack = stack_of({"features": ["notebooks", "bastion"], "people": people, "quotas": {"iam-roles": 9}})
    problem = stack.only_problem("tenants")
    assert "10 roles are needed: 2 a tenant and 4 of the deployer, the flow log, the bastion and emergencies" in (
        problem.why
    )
    bucket = stack_of({"network": {**NETWORK, "flow-logs": {"bucket": "corp-logs"}}, "quotas": {"iam-roles": 7}})
    bucket.settings()
