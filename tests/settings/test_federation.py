"""Federation instead of users: the provider, the subjects, and what does not go together with it."""

from __future__ import annotations

from typing import Any

import pytest

StackOf = Any
PROVIDER = "arn:aws:iam::111122223333:saml-provider/corp"
FEDERATION = {"provider": PROVIDER, "audience": "https://signin.aws.amazon.com/saml"}
PEOPLE: dict[str, dict[str, Any]] = {
    "ann": {"tenant": "alice", "groups": ["engineers"], "subject": "ann@example.com"},
    "adam": {"groups": ["administrators"], "subject": "adam@example.com"},
}
VALID = {"tenants": {"alice": {}}, "federation": FEDERATION, "people": PEOPLE}


def with_ann(**changes: Any) -> dict[str, Any]:
    return {**VALID, "people": {**PEOPLE, "ann": {**PEOPLE["ann"], **changes}}}


def test_a_federation_is_read(stack_of: StackOf) -> None:
    settings = stack_of(VALID).settings()
    assert (settings.federation.provider, settings.federation.session_hours) == (PROVIDER, 8)
    assert settings.people["ann"].subject == "ann@example.com"


@pytest.mark.parametrize(
    ("key", "given"), [("access-keys", True), ("mfa-hours", 12), ("password-policy", False), ("password-policy", True)]
)
def test_what_is_said_of_users_is_refused_with_federation(stack_of: StackOf, key: str, given: object) -> None:
    problem = stack_of({**VALID, "sign-in": {key: given}}).only_problem(f"sign-in › {key}")
    assert "federation" in problem.why
    assert problem.write == "(remove it)"


def test_keys_and_federation_at_once_are_named(stack_of: StackOf) -> None:
    problem = stack_of({**VALID, "sign-in": {"access-keys": True}}).only_problem("sign-in › access-keys")
    assert problem.why.startswith("keys and federation at once")
    assert stack_of({**VALID, "sign-in": {"access-keys": False}}).settings().federation


def test_a_person_without_a_subject_is_refused(stack_of: StackOf) -> None:
    people = {**PEOPLE, "ann": {"tenant": "alice", "groups": ["engineers"]}}
    problem = stack_of({**VALID, "people": people}).only_problem("people › ann › subject")
    assert problem.write == 'subject: "ann@example.com"'


def test_the_lines_for_missing_subjects_go_together(stack_of: StackOf) -> None:
    people = {name: {key: each for key, each in one.items() if key != "subject"} for name, one in PEOPLE.items()}
    found = stack_of({**VALID, "people": people}).problems()
    assert {problem.write for problem in found.values()} == {
        'subject: "ann@example.com"',
        'subject: "adam@example.com"',
    }


def test_the_line_for_a_subject_of_two_people_is_another_than_what_is_given(stack_of: StackOf) -> None:
    people = {**PEOPLE, "adam": {**PEOPLE["adam"], "subject": "ann@example.com"}}
    for order in (people, dict(reversed(people.items()))):
        (problem,) = stack_of({**VALID, "people": order}).problems().values()
        assert problem.why.startswith("it is that of ")
        assert "ann@example.com" not in problem.write


def test_a_subject_without_federation_is_refused(stack_of: StackOf) -> None:
    values = {key: value for key, value in VALID.items() if key != "federation"}
    problems = stack_of(values).problems()
    assert set(problems) == {"people › ann › subject", "people › adam › subject"}


@pytest.mark.parametrize("given", ["*@example.com", "${saml:cn}", "ann example", "", "ann?"])
def test_a_subject_that_would_be_a_pattern_is_refused(stack_of: StackOf, given: str) -> None:
    problem = stack_of(with_ann(subject=given)).only_problem("people › ann › subject")
    assert "trusts this one subject" in problem.why


def test_one_human_being_is_not_two_people(stack_of: StackOf) -> None:
    problem = stack_of(with_ann(subject="adam@example.com")).problems()["people › adam › subject"]
    assert "author and approver even" in problem.why


def test_federated_people_need_an_administrator(stack_of: StackOf) -> None:
    problem = stack_of({**VALID, "people": {"ann": PEOPLE["ann"]}}).only_problem("people")
    assert "nobody could take it on" in problem.why


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("arn:aws:iam::999999999999:saml-provider/corp", "the account is `999999999999`"),
        ("arn:aws:iam::111122223333:role/corp", "does not name a SAML"),
        ("arn:aws-cn:iam::111122223333:saml-provider/corp", "the partition is `aws-cn`"),
        ("arn:aws:sts::111122223333:saml-provider/corp", "the service is `sts`"),
        ("corp", "this is no ARN"),
    ],
)
def test_a_provider_that_is_none_of_this_account_is_refused(stack_of: StackOf, given: str, why: str) -> None:
    values = {**VALID, "federation": {**FEDERATION, "provider": given}}
    assert why in stack_of(values).only_problem("federation › provider").why


@pytest.mark.parametrize("given", ["*", "https://a b", ""])
def test_an_audience_of_everybody_is_refused(stack_of: StackOf, given: str) -> None:
    values = {**VALID, "federation": {**FEDERATION, "audience": given}}
    assert stack_of(values).only_problem("federation › audience")


@pytest.mark.parametrize("given", [0, 9, "8"])
def test_a_session_longer_than_a_working_day_is_refused(stack_of: StackOf, given: object) -> None:
    values = {**VALID, "federation": {**FEDERATION, "session-hours": given}}
    assert stack_of(values).only_problem("federation › session-hours")


def test_federated_people_count_as_roles_and_not_as_users(stack_of: StackOf) -> None:
    problem = stack_of({**VALID, "quotas": {"iam-roles": 6, "iam-users": 1}}).only_problem("tenants")
    assert (
        "7 roles are needed: 2 a tenant and 5 of the deployer, the flow log, emergencies and federated people"
        in problem.why
    )
    assert stack_of({**VALID, "quotas": {"iam-roles": 7, "iam-users": 1}}).settings()


def test_federation_without_people_is_refused(stack_of: StackOf) -> None:
    assert stack_of({"federation": FEDERATION, "people": False}).only_problem("people").given == "false"
