"""Questions that differ in names alone have one answer, and whoever differs in anything else has its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from catalogue_of_claims import BY_ID
from proving import Prover

from tests.policy_pack import whole_stack
from tests.policy_pack.edited_policies import edited

if TYPE_CHECKING:
    from environment import StackPolicies


@pytest.fixture
def platform(monkeypatch: pytest.MonkeyPatch) -> StackPolicies:
    """The policies of the dev stack in a first preview."""
    whole_stack.configure(monkeypatch, "dev")
    return whole_stack.policies()


def counted(stack: StackPolicies, claim: str) -> tuple[int, int]:
    result = Prover(stack).decide(BY_ID[claim])
    return result.asked, result.answered


def test_people_of_one_group_share_an_answer_and_one_of_another_group_has_its_own(platform: StackPolicies) -> None:
    people = {
        one.tags["user"]: one for one in platform.identities if not one.is_role and one.tags["user"] != "platform"
    }
    first = next(iter(people.values()))
    alike = tuple(
        replace(one, policies=first.policies, groups=first.groups, boundary=first.boundary)
        if one in people.values()
        else one
        for one in platform.identities
    )
    assert counted(platform, "people-need-a-second-factor") == (6, 5)
    assert counted(replace(platform, identities=alike), "people-need-a-second-factor") == (6, 4)


def test_roles_that_may_be_assumed_are_the_same_for_tenants_that_are_alike(platform: StackPolicies) -> None:
    assert counted(platform, "no-tenant-becomes-somebody-else") == (9, 4)


def test_who_faces_a_role_that_nobody_else_has_is_asked_on_its_own(platform: StackPolicies) -> None:
    # Bob's job role is trusted otherwise: bob is not like alice and carol, who both face it.
    other = {"Effect": "Deny", "Principal": {"Service": "sagemaker.amazonaws.com"}, "Action": "sts:TagSession"}
    odd = edited(platform, "tenant-bob-job-role.assumeRolePolicy", lambda statements: [*statements, other])
    assert counted(odd, "no-tenant-becomes-somebody-else") == (9, 7)


def test_a_trust_that_names_a_tenant_tells_it_from_the_others(platform: StackPolicies) -> None:
    named = {"Effect": "Deny", "Principal": "*", "Action": "sts:*", "Condition": {"StringLike": {"aws:x": "bob"}}}
    odd = edited(platform, "tenant-carol-job-role.assumeRolePolicy", lambda statements: [*statements, named])
    assert counted(odd, "only-through-the-endpoints") == (3, 2)
