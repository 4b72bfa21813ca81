"""Who counts as an approver in claims: users by their groups, federated people by those of the stack file."""

from __future__ import annotations

import json

import pulumi
import pytest
import stack_config
from asking import is_approver
from identities import Identity

from iamproof import Principal

ACCOUNT = "arn:aws:iam::111122223333"
PEOPLE = {
    "april": {"tenant": "alice", "groups": ["approvers"]},
    "both": {"tenant": "alice", "groups": ["approvers", "mlops"]},
    "marc": {"tenant": "alice", "groups": ["mlops"]},
    "odd": {"tenant": "alice", "groups": "approvers"},
}


@pytest.fixture(autouse=True)
def _configured(monkeypatch: pytest.MonkeyPatch) -> None:
    config = {"p:people": json.dumps(PEOPLE), "p:name-prefix": "ml-prod"}
    monkeypatch.setattr(stack_config, "project", lambda: "p")
    monkeypatch.setattr(pulumi.runtime, "get_config", config.get)


@pytest.mark.parametrize(
    ("arn", "groups", "expected"),
    [
        ("user/ml-prod-april", ("ml-prod-approvers",), True),
        ("user/ml-prod-april", ("ml-prod-approvers", "ml-prod-mlops"), False),
        ("user/ml-prod-april", (), False),
        ("role/people/ml-prod-april", (), True),
        ("role/people/ml-prod-both", (), False),
        ("role/people/ml-prod-marc", (), False),
        ("role/people/ml-prod-odd", (), False),
        ("role/people/ml-prod-stranger", (), False),
        ("role/tenants/alice/ml-prod-april", (), False),
        ("role/deployment/alice/ml-prod-alice-deployment", (), False),
    ],
)
def test_an_approver_is_who_decides_and_makes_nothing(arn: str, groups: tuple[str, ...], *, expected: bool) -> None:
    make = Principal.role if arn.startswith("role/") else Principal.user
    identity = Identity(urn="", principal=make(f"{ACCOUNT}:{arn}"), groups=frozenset(groups))
    assert is_approver(identity) is expected
