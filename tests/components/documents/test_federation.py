"""Documents of people who sign in at a provider; what these do and who takes their roles on, the tables decide."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from components.documents.alarms import emergency_pattern
from components.documents.federation import Federation, person_trust
from components.documents.people_documents import carries, people_documents
from components.documents.people_scope import Capability, Group, PeopleScope
from components.federated_person import FederatedPersonArgs
from settings.stages import STAGES
from tests.components.documents.planned import OPEN_ID, SAML
from tests.components.documents.world import (
    ACCOUNT,
    NAMING,
    SCOPE,
)

FEDERATED = replace(SCOPE, federation=SAML)


def people_of(stage: str, *, bastion: bool = False) -> PeopleScope:
    """Return what a stage leaves to federated people."""
    table = STAGES[stage].capabilities
    groups = {Group(group): tuple(map(Capability, parts)) for group, parts in table.items()}
    return PeopleScope(capabilities=groups, federated=True, bastion=bastion)


@pytest.mark.parametrize("federation", [SAML, OPEN_ID], ids=["SAML", "OpenID"])
def test_a_trust_names_one_provider_and_one_way_to_ask(federation: Federation) -> None:
    (statement,) = person_trust(federation, "ann@example.com").to_dict()["Statement"]
    assert statement["Principal"] == {"Federated": [federation.provider]}
    assert statement["Action"] == [federation.action]


def test_the_alarm_hears_of_a_new_sign_in_to_the_emergency_role() -> None:
    assert "AssumeRoleWithSAML" in json.dumps(emergency_pattern(FEDERATED))


def test_the_documents_ask_for_nothing_that_a_federated_session_lacks() -> None:
    for stage in STAGES:
        for document in people_documents(FEDERATED, people_of(stage, bastion=True)).values():
            assert "MultiFactorAuth" not in document.to_json()
            assert "aws:username" not in document.to_json()


@pytest.mark.parametrize("stage", STAGES)
def test_all_groups_that_one_person_may_be_in_fit_on_a_role(stage: str) -> None:
    people = people_of(stage, bastion=True)
    authors = {Group.ENGINEERS, Group.DATA_SCIENTISTS, Group.MLOPS}
    operators = {Group.ADMINISTRATORS, Group.DELEGATED_ADMINISTRATORS}
    for together in (authors, operators):
        groups = [group for group in people.capabilities if group in together]
        assert len({purpose for group in groups for purpose in carries(group, people)}) <= 10


def test_a_provider_that_is_neither_saml_nor_openid_is_refused() -> None:
    with pytest.raises(ValueError, match="the ARN of a SAML or OpenID provider"):
        Federation(provider=f"arn:aws:iam::{ACCOUNT}:role/x", audience="x")


@pytest.mark.parametrize(
    ("changes", "says"),
    [({"subject": ""}, "anybody's"), ({"groups": ()}, "groups none"), ({"tenant": "alice"}, "give both")],
)
def test_a_person_whom_no_token_names_is_refused(changes: dict[str, Any], says: str) -> None:
    given: dict[str, Any] = {
        "naming": NAMING,
        "person": "adam",
        "federation": SAML,
        "subject": "adam@example.com",
        "groups": (Group.ADMINISTRATORS,),
        "people": people_of("dev"),
        "policies": None,
        "longest_session": 28800,
    }
    assert FederatedPersonArgs(**given).carried
    with pytest.raises(ValueError, match=says):
        FederatedPersonArgs(**{**given, **changes})
