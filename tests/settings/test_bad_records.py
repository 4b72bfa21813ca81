"""Odd values about records and budgets: each is refused where it stands, with a way out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.settings.conftest import Stack

ROLE, TOPIC = "arn:aws:iam::111122223333:role/", "arn:aws:sns:ap-northeast-1:111122223333:"
READERS, BUDGET = "audit › readers", "budgets › monthly"


def audit(**parts: Any) -> dict[str, Any]:
    """Return settings of records."""
    return {"audit": {key.replace("_", "-"): value for key, value in parts.items()}}


def budgets(**parts: Any) -> dict[str, Any]:
    """Return budgets that are fine but for what is changed."""
    return {"budgets": {"monthly": 10, "tell": ["a@example.com"], **parts}}


ODD: dict[str, tuple[dict[str, Any], str, str]] = {
    "days that CloudWatch does not keep": (audit(log_days=200), "audit › log-days", "for no other times"),
    "how another's recorder records": (
        audit(recording="daily", elsewhere=["recorder"]),
        "audit › recording",
        "silently not hold",
    ),
    "a log group of another's trail": (
        audit(trail_log_group=True, elsewhere=["trail"]),
        "audit › trail-log-group",
        "silently not hold",
    ),
    "what another's analyzer looks for": (
        audit(unused_access=True, elsewhere=["analyzers"]),
        "audit › unused-access",
        "silently not hold",
    ),
    "the emergency role reads records": (audit(readers=[f"{ROLE}ml-dev-break-glass"]), f"{READERS}[0]", "emergency"),
    "a role of the platform reads records": (audit(readers=[f"{ROLE}platform/x"]), f"{READERS}[0]", "a service works"),
    "a deployment role reads records": (audit(readers=[f"{ROLE}deployment/bob/x"]), f"{READERS}[0]", "deploy models"),
    "any role reads records": (audit(readers=[f"{ROLE}*"]), f"{READERS}[0]", "does not name"),
    "more readers than a policy names": (
        audit(readers=[f"{ROLE}{at}{'x' * 50}" for at in range(60)]),
        READERS,
        "no longer policy",
    ),
    "a budget of nothing": (budgets(monthly=0), BUDGET, "before somebody is told"),
    "a budget below a dollar": (budgets(monthly=0.001), BUDGET, "before somebody is told"),
    "a budget below zero": (budgets(monthly=-5), BUDGET, "before somebody is told"),
    "a budget beyond all measure": (budgets(monthly=1e12), BUDGET, "before somebody is told"),
    "a budget of half a cent": (budgets(monthly=10.005), BUDGET, "counts in cents"),
    "a budget that is true": (budgets(monthly=True), BUDGET, "before somebody is told"),
    "addresses, and no amount": ({"budgets": {"tell": ["a@example.com"]}}, BUDGET, "nothing is watched"),
    "an end, and no amount": ({"budgets": {"stop": False}}, BUDGET, "nothing is watched"),
    "one address in two spellings": (
        budgets(tell=["a@example.com", "A@Example.com"]),
        "budgets › tell[1]",
        "listed before",
    ),
    "an address that nobody has": (budgets(tell=["a..b@example.com"]), "budgets › tell[0]", "writes to it"),
    "a topic of the platform's alarms": (
        budgets(topics=[f"{TOPIC}ml-dev-records-alarm"]),
        "budgets › topics[0]",
        "alone",
    ),
}


@pytest.mark.parametrize(("changes", "place", "said"), ODD.values(), ids=ODD)
def test_an_odd_value_is_refused_where_it_stands_with_a_way_out(
    changes: dict[str, Any], place: str, said: str, stack_of: Callable[..., Stack]
) -> None:
    stack_of(changes).refuses_with_a_way_out(place, said)


def test_a_person_of_a_tenant_reads_no_records_and_one_of_the_platform_may(stack_of: Callable[..., Stack]) -> None:
    people = {
        **{name: {"groups": ["engineers"], "tenant": name} for name in ("alice", "bob", "carol")},
        "audrey": {"groups": ["auditors"]},
    }
    users = "arn:aws:iam::111122223333:user/ml-dev-"
    problem = stack_of({"people": people, **audit(readers=[f"{users}alice"])}).only_problem(f"{READERS}[0]")
    assert problem.why == "this is a person of the tenant alice"
    assert stack_of({"people": people, **audit(readers=[f"{users}audrey"])}).settings().audit.readers


@pytest.mark.parametrize(
    "changes",
    [
        audit(elsewhere=["recorder", "trail", "analyzers"], trail_log_group=False, unused_access=False),
        budgets(monthly=10.25),
        {"budgets": {}},
    ],
)
def test_what_looks_odd_and_holds_is_taken(changes: dict[str, Any], stack_of: Callable[..., Stack]) -> None:
    assert stack_of(changes).settings()
