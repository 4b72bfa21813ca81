"""Who deploys and who approves in stages that ask for approval, and the lines that are suggested for people."""

from __future__ import annotations

from typing import Any

import pytest

StackOf = Any
MARC, APRIL = {"tenant": "alice", "groups": ["mlops"]}, {"tenant": "alice", "groups": ["approvers"]}
FEDERATION = {
    "provider": "arn:aws:iam::111122223333:saml-provider/corp",
    "audience": "https://signin.aws.amazon.com/saml",
}
ADAM = {"groups": ["administrators"], "subject": "adam@example.com"}


def prod(people: dict[str, Any], **more: Any) -> dict[str, Any]:
    features = ["inference"]
    return {"environment": "prod", "features": features, "tenants": {"alice": {}}, "people": people, **more}


def named(person: dict[str, Any], name: str) -> dict[str, Any]:
    return {**person, "subject": f"{name}@example.com"}


def test_one_who_deploys_and_one_who_approves_are_enough(stack_of: StackOf) -> None:
    assert stack_of(prod({"marc": MARC, "april": APRIL})).settings()


@pytest.mark.parametrize(
    ("people", "why", "write"),
    [
        (
            {"marc": MARC},
            "nobody of the tenant approves",
            "alice-approver: {tenant: alice, groups: [approvers]}",
        ),
        ({"april": APRIL}, "nobody is there to take it on", "alice-deployer: {tenant: alice, groups: [mlops]}"),
    ],
)
def test_half_of_a_deployment_is_refused(stack_of: StackOf, people: dict[str, Any], why: str, write: str) -> None:
    (name,) = people
    problem = stack_of(prod(people)).only_problem(f"people › {name} › groups")
    assert why in problem.why
    assert problem.write == write


@pytest.mark.parametrize(
    "changes",
    [
        {"environment": "dev"},
        {"features": ["training"]},
        {"people": {"ann": {"tenant": "alice", "groups": ["engineers"]}}},
    ],
    ids=["without approval", "without inference", "nobody deploys or approves"],
)
def test_where_nothing_is_deployed_by_a_role_nobody_is_missed(stack_of: StackOf, changes: dict[str, Any]) -> None:
    assert stack_of({**prod({"marc": MARC}), **changes}).settings()


def test_the_other_half_of_another_tenant_does_not_count(stack_of: StackOf) -> None:
    people = {"marc": MARC, "boris": {**APRIL, "tenant": "bob"}}
    found = stack_of({**prod(people), "tenants": {"alice": {}, "bob": {}}}).problems()
    assert set(found) == {"people › marc › groups", "people › boris › groups"}


def test_each_role_that_deploys_counts_against_the_quota(stack_of: StackOf) -> None:
    people = {"marc": MARC, "april": APRIL}
    problem = stack_of(prod(people, quotas={"iam-roles": 5})).only_problem("tenants")
    whose = "the deployer, the flow log, emergencies and deployments"
    assert f"6 roles are needed: 2 a tenant and 4 of {whose}" in problem.why
    assert problem.write == "closed-sagemaker:quotas: {iam-roles: 6}"
    assert stack_of(prod(people, quotas={"iam-roles": 6})).settings()


def test_a_line_for_federated_people_names_a_subject(stack_of: StackOf) -> None:
    people = {"adam": ADAM}
    problem = stack_of({"tenants": {"alice": {}}, "people": people, "federation": FEDERATION}).only_problem("people")
    assert problem.write == 'alice-one: {tenant: alice, groups: [engineers], subject: "alice-one@example.com"}'
    wrote = {"alice-one": named({"tenant": "alice", "groups": ["engineers"]}, "alice-one")}
    assert stack_of({"tenants": {"alice": {}}, "people": {**people, **wrote}, "federation": FEDERATION}).settings()


def test_a_line_for_the_first_federated_person_names_a_subject(stack_of: StackOf) -> None:
    problem = stack_of({"tenants": {"alice": {}}, "people": None, "federation": FEDERATION}).only_problem("people")
    assert problem.write == (
        'closed-sagemaker:people: {alice-one: {tenant: alice, groups: [engineers], subject: "alice-one@example.com"}}'
    )


def test_a_line_for_a_federated_approver_names_a_subject(stack_of: StackOf) -> None:
    people = {"marc": named(MARC, "marc"), "adam": ADAM}
    problem = stack_of(prod(people, federation=FEDERATION)).only_problem("people › marc › groups")
    assert problem.write.endswith('subject: "alice-approver@example.com"}')
