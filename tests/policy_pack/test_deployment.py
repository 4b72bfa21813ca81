"""A trust of a deployment role names those whom the stack file puts there, and nobody who approves."""

from __future__ import annotations

import json
from typing import Any

import pulumi
import pytest
import stack_config
from catalogue import BY_ID

from tests.policy_pack.cases.deployment import MARC, by_provider, by_users, deploys
from tests.policy_pack.harness import CONFIG, PROJECT, by_function, fails

RULE = BY_ID["iam-deployment-role-is-bound"]
PEOPLE: dict[str, Any] = {
    "marc": {"tenant": "alice", "groups": ["mlops"], "subject": "marc@example.com"},
    "april": {"tenant": "alice", "groups": ["approvers"]},
    "ben": {"tenant": "bob", "groups": ["mlops"]},
    "both": {"tenant": "alice", "groups": ["mlops", "approvers"]},
    "ann": {"tenant": "alice", "groups": ["engineers"]},
}


def named(name: str) -> Any:
    arn = MARC.replace("marc", name)
    return deploys(by_users(ArnEquals={"aws:PrincipalArn": arn}))


@pytest.mark.parametrize(
    ("role", "stranger"),
    [
        (deploys(), None),
        (deploys(by_provider()), None),
        (named("april"), "april"),
        (named("ben"), "ben"),
        (named("both"), "both"),
        (named("ann"), "ann"),
        (named("nobody"), "nobody"),
        (deploys(by_provider({"StringEquals": {"saml:aud": "x", "saml:sub": "april@example.com"}})), "april@"),
    ],
    ids=[
        "a deployer",
        "a deployer's subject",
        "an approver",
        "another tenant's",
        "who is both",
        "an engineer",
        "nobody declared",
        "an approver's subject",
    ],
)
def test_only_declared_deployers_are_named(role: Any, stranger: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    config = {**CONFIG, f"{PROJECT}:people": json.dumps(PEOPLE)}
    monkeypatch.setattr(stack_config, "project", lambda: PROJECT)
    monkeypatch.setattr(pulumi.runtime, "get_config", config.get)
    said, _ = by_function(RULE, fails("a name", "", role))
    found = [text for _, text in said]
    assert bool(found) is (stranger is not None)
    assert all(f"{stranger}" in text and "whom the stack file does not put into mlops" in text for text in found)
