"""Records and budgets: what follows from the environment, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from settings import Elsewhere

StackOf = Any
READER = "arn:aws:iam::111122223333:role/security-audit"
TELL = {"tell": ["ml-platform@example.com"]}


@pytest.mark.parametrize(
    ("environment", "kept", "each_change", "unused"),
    [("dev", 365, False, False), ("test", 365, False, False), ("prod", 2557, True, True)],
)
def test_what_costs_follows_from_the_environment(
    stack_of: StackOf, environment: str, *, kept: int, each_change: bool, unused: bool
) -> None:
    audit = stack_of({}).settings().audit
    assert audit.kept_days(environment) == kept
    assert audit.records_each_change(environment) is each_change
    assert audit.finds_unused_access(environment) is unused


def test_what_the_stack_file_says_goes_before(stack_of: StackOf) -> None:
    said = {
        "elsewhere": ["work-logs"],
        "readers": [READER],
        "keep-days": 400,
        "lock-days": 400,
        "trail-log-group": True,
        "log-days": 400,
        "recording": "continuous",
        "unused-access": True,
        "unused-days": 30,
    }
    audit = stack_of({"audit": said}).settings().audit
    assert (audit.kept_days("prod"), audit.lock_days, audit.log_days, audit.unused_days) == (400, 400, 400, 30)
    assert audit.records_each_change("dev")
    assert audit.finds_unused_access("dev")
    assert audit.trail_log_group
    assert (audit.elsewhere, audit.readers) == (frozenset({Elsewhere.WORK_LOGS}), (READER,))


@pytest.mark.parametrize(
    ("audit", "path", "write"),
    [
        ({"elsewhere": ["recoder"]}, "audit › elsewhere[0]", "elsewhere: [recorder]"),
        ({"elsewhere": ["trail", "trail"]}, "audit › elsewhere[1]", "elsewhere: [trail]"),
        ({"keep-days": 364}, "audit › keep-days", "keep-days: 365"),
        ({"lock-days": 0}, "audit › lock-days", "lock-days: 90"),
        ({"lock-days": 366}, "audit › lock-days", "lock-days: 365"),
        ({"log-days": 366}, "audit › log-days", "log-days: 400"),
        ({"log-days": 30}, "audit › log-days", "log-days: 365"),
        ({"recording": "dayly"}, "audit › recording", "recording: daily"),
        ({"unused-access": "yes"}, "audit › unused-access", "unused-access: true"),
        ({"unused-days": 366}, "audit › unused-days", "unused-days: 90"),
        ({"reader": []}, "audit › reader", "readers: []"),
    ],
)
def test_a_wrong_setting_is_answered_with_the_line_to_write(
    stack_of: StackOf, audit: object, path: str, write: str
) -> None:
    assert stack_of({"audit": audit}).only_problem(path).write == write


@pytest.mark.parametrize(
    ("reader", "why"),
    [
        ("arn:aws:iam::111122223333:role/ci-deploy", "the deployer manages the bucket of records"),
        ("arn:aws:iam::111122223333:role/tenants/alice/x", "belongs to tenants"),
        ("arn:aws:iam::111122223333:root", "this is the account itself"),
        ("arn:aws:iam::444455556666:role/audit", "the account is `444455556666`"),
        ("audit", "this is no ARN"),
    ],
)
def test_who_must_not_read_records_is_refused(stack_of: StackOf, reader: str, why: str) -> None:
    assert why in stack_of({"audit": {"readers": [reader]}}).only_problem("audit › readers[0]").why


def test_a_budget_is_the_tenants_own_or_that_of_all(stack_of: StackOf) -> None:
    budgets = stack_of({"budgets": {"monthly": 200, "tenants": {"alice": 500.5}, **TELL}}).settings().budgets
    assert (budgets.of("alice"), budgets.of("bob")) == (500.5, 200)
    assert stack_of({}).settings().budgets.of("alice") is None


@pytest.mark.parametrize(
    ("budgets", "path"),
    [
        ({"monthly": 0, **TELL}, "budgets › monthly"),
        ({"monthly": -5, **TELL}, "budgets › monthly"),
        ({"monthly": "200", **TELL}, "budgets › monthly"),
        ({"tenants": {"alice": 0}, **TELL}, "budgets › tenants › alice"),
        ({"tenants": {"alyce": 5}, **TELL}, "budgets › tenants › alyce"),
        ({"monthly": 1}, "budgets › tell"),
        ({"monthly": 1, "tell": ["ml-platform@example"]}, "budgets › tell[0]"),
        ({"monthly": 1, "tell": ["ml platform@example.com"]}, "budgets › tell[0]"),
        ({"monthly": 1, "tell": ["a@b.co", "a@b.co"]}, "budgets › tell[1]"),
        ({"monthly": 1, "tell": [f"a{n}@b.co" for n in range(11)]}, "budgets › tell"),
        ({"monthly": 1, "topics": ["arn:aws:sns:us-east-1:111122223333:cost"]}, "budgets › topics[0]"),
    ],
)
def test_a_budget_that_aws_would_not_take_or_that_tells_nobody_is_refused(
    stack_of: StackOf, budgets: object, path: str
) -> None:
    assert stack_of({"budgets": budgets}).only_problem(path).why


def test_the_tenant_that_was_meant_is_offered(stack_of: StackOf) -> None:
    problem = stack_of({"budgets": {"tenants": {"alyce": 5}, **TELL}}).only_problem("budgets › tenants › alyce")
    assert problem.write == "alice: 5"
    assert "no cost carries this owner" in problem.why


@pytest.mark.parametrize(
    ("changes", "roles", "whose"),
    [
        ({"budgets": {"monthly": 1, **TELL}}, 9, "the flow log and the stop of budgets"),
        ({"budgets": {"monthly": 1, "stop": False, **TELL}}, 8, "the deployer and the flow log"),
        ({"audit": {"trail-log-group": True}}, 9, "the flow log and the trail's log group"),
    ],
)
def test_the_roles_of_records_and_budgets_count_against_the_quota(
    stack_of: StackOf, changes: dict[str, object], roles: int, whose: str
) -> None:
    problem = stack_of({**changes, "quotas": {"iam-roles": 7}}).only_problem("tenants")
    assert problem.why.startswith(f"{roles} roles are needed: 2 a tenant and {roles - 6} of ")
    assert whose in problem.why
