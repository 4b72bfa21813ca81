"""People, how they sign in, and the limits of work."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

StackOf = Any
ALL = {
    "ann": {"tenant": "alice", "groups": ["engineers"]},
    "ben": {"tenant": "bob", "groups": ["data-scientists"]},
    "cleo": {"tenant": "carol", "groups": ["mlops"]},
}


def with_ann(**changes: Any) -> dict[str, Any]:
    return {"people": {**ALL, "ann": {**ALL["ann"], **changes}}}


def test_people_are_read(stack_of: StackOf) -> None:
    settings = stack_of({"people": {**ALL, "adam": {"groups": ["administrators"]}}}).settings()
    assert settings.people["ann"].tenant == "alice"
    assert settings.people["adam"].groups == ("administrators",)
    assert (settings.sign_in.mfa_hours, settings.sign_in.access_keys) == (12, False)


def test_the_word_false_makes_nobody(stack_of: StackOf) -> None:
    assert dict(stack_of({"people": False}).settings().people) == {}


def test_tenants_of_a_stack_that_does_not_say_who_signs_in_are_refused(stack_of: StackOf) -> None:
    stack = stack_of()
    del stack.values["people"]
    problem = stack.only_problem("people")
    assert problem.why.startswith("nobody could open the notebook of alice, bob, carol")
    ones = ", ".join(f"{name}-one: {{tenant: {name}, groups: [engineers]}}" for name in ("alice", "bob", "carol"))
    assert problem.write == f"closed-sagemaker:people: {{{ones}}}"


def test_a_stack_without_tenants_is_asked_for_people_at_the_same_time(stack_of: StackOf) -> None:
    problems = stack_of({"people": None, "tenants": None}).problems()
    assert set(problems) == {"tenants", "people"}
    assert "carol-one: {tenant: carol, groups: [engineers]}" in problems["people"].write


def test_people_who_are_none_are_refused(stack_of: StackOf) -> None:
    problem = stack_of({"people": {}}).only_problem("people")
    assert problem.given == "nobody of alice, bob, carol"
    assert problem.write.splitlines() == [
        f"{name}-one: {{tenant: {name}, groups: [engineers]}}" for name in ("alice", "bob", "carol")
    ]
    assert str(problem).endswith("\n             carol-one: {tenant: carol, groups: [engineers]}"), "below the first"
    assert stack_of({"people": yaml.safe_load(problem.write)}).settings()


def test_people_of_many_tenants_are_not_all_written_out(stack_of: StackOf) -> None:
    problem = stack_of({"people": {}, "tenants": [f"tenant-{number}" for number in range(100)]}).only_problem("people")
    assert problem.write.splitlines()[-1] == "(and so on for 88 more)"
    assert len(problem.write.splitlines()) == 13


def test_a_misspelt_key_of_tenants_is_no_fault_of_the_people(stack_of: StackOf) -> None:
    found = stack_of({"tenants": None, "closed-sagemaker:tenant": {"alice": {}}, "people": ALL}).problems()
    assert set(found) == {"tenants", "tenant"}
    assert found["tenant"].write == "closed-sagemaker:tenants: {alice: {}}"


def test_a_person_of_a_stack_without_tenants_is_told_to_declare_one(stack_of: StackOf) -> None:
    person = {"ann": {"tenant": "alice", "groups": ["engineers"]}}
    problem = stack_of({"tenants": {}, "people": person}).only_problem("people › ann › tenant")
    assert problem.write == "closed-sagemaker:tenants: {alice: {}}"


def test_a_person_of_the_platform_stays_one_where_the_stage_lacks_its_group(stack_of: StackOf) -> None:
    people = {**ALL, "delia": {"groups": ["delegated-administrators"]}}
    found = stack_of({"environment": "prod", "features": ["inference"], "people": people}).problems()
    assert found["people › delia › groups"].write == "groups: [auditors]"


def test_a_person_in_no_group_is_refused(stack_of: StackOf) -> None:
    problem = stack_of(with_ann(groups=[])).only_problem("people › ann › groups")
    assert "asks for no second factor" in problem.why or "neither" in problem.why
    assert problem.write == "groups: [engineers]"


def test_a_tenant_without_a_person_is_refused(stack_of: StackOf) -> None:
    people = {name: person for name, person in ALL.items() if name != "cleo"}
    problem = stack_of({"people": people}).only_problem("people")
    assert problem.given == "nobody of carol"
    assert problem.write == "carol-one: {tenant: carol, groups: [engineers]}"


@pytest.mark.parametrize(
    ("changes", "path", "why", "write"),
    [
        ({"tenant": "alise"}, "tenant", "the tag of nobody", "tenant: alice"),
        ({"tenant": "Alice Smith!"}, "tenant", "the tag of nobody", "tenant: alice"),
        ({"groups": ["engineer"]}, "groups[0]", "did you mean engineers?", "groups: [engineers]"),
        ({"groups": ["engineers", "engineers"]}, "groups", "listed before", "groups: [engineers]"),
        ({"groups": ["engineers", "administrators"]}, "groups", "no tenant's data", "groups: [engineers]"),
        ({"groups": ["approvers"]}, "groups", "leaves nothing to approvers", "groups: [engineers]"),
    ],
)
def test_a_person_that_does_not_fit_is_refused(
    stack_of: StackOf, changes: dict[str, Any], path: str, why: str, write: str
) -> None:
    problems = stack_of(with_ann(**changes)).problems()
    problem = next(each for place, each in problems.items() if place.replace(" › ", ".").endswith(path))
    assert why in problem.why
    assert problem.write == write


def test_an_author_is_no_approver(stack_of: StackOf) -> None:
    changes = with_ann(groups=["mlops", "approvers"]) | {"environment": "prod"}
    problem = stack_of(changes).problems()["people › ann › groups"]
    assert "who makes models never decides" in problem.why


def test_platform_people_have_no_tenant(stack_of: StackOf) -> None:
    people = {**ALL, "adam": {"tenant": "alice", "groups": ["auditors"]}}
    problem = stack_of({"people": people}).only_problem("people › adam › tenant")
    assert problem.write == "(remove it)"


def test_a_tenants_person_names_the_tenant(stack_of: StackOf) -> None:
    people = {**ALL, "dora": {"groups": ["engineers"]}}
    problem = stack_of({"people": people}).only_problem("people › dora › tenant")
    assert "work for a tenant" in problem.why


def test_no_line_is_suggested_for_a_malformed_name_of_a_tenant(stack_of: StackOf) -> None:
    found = stack_of({"tenants": {"Alice & Co": {}, "bob": {}, "carol": {}}, "people": ALL}).problems()
    assert set(found) == {"tenants › Alice & Co", "people › ann › tenant"}
    assert found["people › ann › tenant"].write == "tenant: bob"


def test_a_malformed_name_of_a_person_is_refused(stack_of: StackOf) -> None:
    problems = stack_of({"people": {**ALL, "Ann Smith": ALL["ann"]}}).problems()
    assert problems["people › Ann Smith"].write.startswith("ann-smith: ")


@pytest.mark.parametrize(
    ("given", "write"),
    [("ml.m5.hugee", "ml.m5.large"), ("ml.m55.*", "ml.m5.*"), ("m5.large", None)],
)
def test_an_instance_type_that_sagemaker_does_not_know_is_refused(
    stack_of: StackOf, given: str, write: str | None
) -> None:
    problem = stack_of({"limits": {"instance-types": ["ml.t3.*", given]}}).only_problem("limits › instance-types[1]")
    assert write is None or "ml.t3.*" in problem.write


def test_a_notebook_on_a_type_that_the_limits_refuse_is_found(stack_of: StackOf) -> None:
    changes = {
        "limits": {"instance-types": ["ml.m5.*"]},
        "tenants": {"alice": {"instance-type": "ml.m5.xlarge"}, "bob": {}},
    }
    problem = stack_of(changes).only_problem("tenants › bob › instance-type")
    assert problem.write == 'closed-sagemaker:limits: {instance-types: ["ml.m5.*", ml.t3.medium]}'


@pytest.mark.parametrize(
    ("key", "given", "says"),
    [
        ("networks", ["0.0.0.0/0"], "every address"),
        ("inside-networks", ["0.0.0.0/0"], "every address"),
        ("networks", ["192.0.2.1/24"], "bits behind the prefix"),
        ("until", "tomorrow", "after it no person"),
        ("mfa-hours", 40, "36 hours"),
        ("access-keys", "yes", "true people make"),
    ],
)
def test_a_way_to_sign_in_that_iam_would_not_understand_is_refused(
    stack_of: StackOf, key: str, given: object, says: str
) -> None:
    problems = stack_of({"sign-in": {key: given}}).problems()
    assert len(problems) == 1
    assert says in next(iter(problems.values())).why


def test_more_people_than_the_quota_are_refused(stack_of: StackOf) -> None:
    problem = stack_of({"people": ALL, "quotas": {"iam-users": 2}}).only_problem("people")
    assert problem.write == "closed-sagemaker:quotas: {iam-users: 3}"


def test_more_groups_than_the_quota_are_refused(stack_of: StackOf) -> None:
    changes = with_ann(groups=["engineers", "mlops"]) | {"quotas": {"groups-per-user": 1}}
    problem = stack_of(changes).only_problem("people › ann › groups")
    assert problem.write == "closed-sagemaker:quotas: {groups-per-user: 2}"
