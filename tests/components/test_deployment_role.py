"""Who gets a deployment role, and what its arguments refuse."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from unittest.mock import Mock

import pytest

from components.deployment_role import DeploymentRoleArgs
from components.documents.deployment import deployment_trust
from components.documents.federation import Federation
from components.documents.limits import ROLE_TRUST, fitting
from components.documents.people_documents import carries
from components.documents.people_scope import Capability, Group, PeopleScope
from components.documents.tenant_documents import tenant_documents
from settings.stages import STAGES
from tests.components.building import Parts

SCOPE = replace(Parts().scope, approval=True)
MARC = "arn:aws:iam::111122223333:user/ml-dev-marc"


def args(**changes: Any) -> DeploymentRoleArgs:
    given = {"scope": SCOPE, "tenant": "alice", "deployers": (MARC,), "named": (), "policies": Mock()}
    return DeploymentRoleArgs(**{**given, "security_group": Mock(), **changes})


def test_a_role_that_nobody_takes_on_is_refused() -> None:
    with pytest.raises(ValueError, match=r"alice: no deployers given.* put a person of the tenant in the group mlops"):
        args(deployers=())
    with pytest.raises(ValueError, match="alice: nobody given to deploy"):
        deployment_trust(SCOPE, "alice", ())


def test_a_role_in_a_stage_without_approval_is_refused() -> None:
    with pytest.raises(ValueError, match=r"without approval.* leave it out"):
        args(scope=Parts().scope)


def test_only_stages_with_approval_have_the_document() -> None:
    assert "deployment" in tenant_documents(SCOPE)
    assert "deployment" not in tenant_documents(Parts().scope)
    assert [stage for stage, table in STAGES.items() if table.approval] == [
        stage for stage, table in STAGES.items() if "deployment" in table.capabilities["mlops"]
    ]


def test_federated_people_take_the_role_on_at_the_provider_and_by_no_grant() -> None:
    table = STAGES["prod"].capabilities
    people = PeopleScope(
        capabilities={Group(group): tuple(map(Capability, parts)) for group, parts in table.items()}, federated=True
    )
    assert "deployment" not in carries(Group.MLOPS, people)
    assert "deployment" in carries(Group.MLOPS, replace(people, federated=False))
    provider = Federation(provider="arn:aws:iam::111122223333:saml-provider/corp", audience="https://a.example")
    trust = deployment_trust(replace(SCOPE, federation=provider), "alice", ("marc@example.com", "mia@example.com"))
    (statement,) = trust.to_dict()["Statement"]
    assert statement["Action"] == ["sts:AssumeRoleWithSAML"]
    assert statement["Condition"]["StringEquals"]["saml:sub"] == ["marc@example.com", "mia@example.com"]


def test_more_deployers_than_a_trust_has_room_for_are_refused() -> None:
    many = tuple(f"{MARC}-{number}-with-a-long-name" for number in range(40))
    with pytest.raises(ValueError, match=r"trust of role alice: \d+ characters given, 2048 are allowed"):
        fitting({"alice": deployment_trust(SCOPE, "alice", many)}, ROLE_TRUST, "trust of role")
