"""Groups, people and the emergency role as the program makes them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from unittest.mock import Mock

import pytest

from components.break_glass import BreakGlass, BreakGlassArgs
from components.documents.people_documents import carries
from components.documents.people_scope import Capability, Group, PeopleScope
from components.people_groups import PeopleGroups, PeopleGroupsArgs
from components.people_policies import PeoplePoliciesArgs
from components.person import PersonArgs
from components.platform_members import PlatformMembersArgs
from settings.stages import GROUPS, STAGES
from tests.components.building import NAMING, Parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.components.recording import Recording

DEV = PeopleScope(
    capabilities={Group(each): tuple(map(Capability, parts)) for each, parts in STAGES["dev"].capabilities.items()}
)


def test_every_stage_speaks_of_groups_and_capabilities_that_the_documents_know() -> None:
    for stage in STAGES.values():
        assert {Group(each) for each in stage.capabilities} <= set(Group)
        assert {Capability(part) for parts in stage.capabilities.values() for part in parts} <= set(Capability)
    assert {group.value for group in Group} == set(GROUPS)


@pytest.mark.parametrize("stage", STAGES)
def test_no_group_carries_more_policies_than_iam_lets_it(stage: str) -> None:
    table = STAGES[stage].capabilities
    people = replace(DEV, capabilities={Group(each): tuple(map(Capability, parts)) for each, parts in table.items()})
    assert max(len(carries(group, people)) for group in people.capabilities) <= 10


def test_rights_shrink_from_stage_to_stage() -> None:
    """S3 3.5: nobody gains a document by promotion but the approver, whose stage is prod."""
    sizes = {stage: sum(map(len, table.capabilities.values())) for stage, table in STAGES.items()}
    assert sizes["dev"] > sizes["test"] > sizes["prod"]
    assert "approvers" in STAGES["prod"].capabilities
    assert "delegated-administrators" not in STAGES["prod"].capabilities


def test_a_group_with_more_policies_than_the_quota_is_refused() -> None:
    with pytest.raises(ValueError, match=r"group data-scientists: 10 policies given, 9 are allowed .*per-group: 10"):
        PeoplePoliciesArgs(scope=Parts().scope, people=DEV, groups=Mock(), references={}, named=[], policies_a_group=9)


def test_groups_are_made_once_with_the_rule_for_passwords(run: Callable[..., Recording]) -> None:
    recording = run(lambda: PeopleGroups("people-groups", PeopleGroupsArgs(naming=NAMING, people=DEV)))
    names = {each.inputs["name"] for each in recording.of("aws:iam/group:Group")}
    assert names == {f"ml-dev-{group}" for group in STAGES["dev"].capabilities}
    inline = recording.of("aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive")
    assert [each.inputs["policyNames"] for each in inline] == [[]] * len(names)
    (passwords,) = recording.of("aws:iam/accountPasswordPolicy:AccountPasswordPolicy")
    assert passwords.inputs["minimumPasswordLength"] == 14
    assert passwords.inputs["maxPasswordAge"] == 90


def test_another_stack_of_the_account_may_own_the_rule_for_passwords(run: Callable[..., Recording]) -> None:
    args = PeopleGroupsArgs(naming=NAMING, people=DEV, password_policy=False)
    recording = run(lambda: PeopleGroups("people-groups", args))
    assert recording.of("aws:iam/accountPasswordPolicy:AccountPasswordPolicy") == []


def test_the_emergency_role_is_told_of(run: Callable[..., Recording]) -> None:
    args = BreakGlassArgs(scope=Parts().scope, tell=("security@example.com",))
    recording = run(lambda: BreakGlass("break-glass", args))
    (role,) = recording.of("aws:iam/role:Role")
    assert role.inputs["maxSessionDuration"] == 3600
    assert role.inputs["permissionsBoundary"].endswith(":policy/ml-dev-people-break-glass")
    (rule,) = recording.of("aws:cloudwatch/eventRule:EventRule")
    seen: dict[str, Any] = json.loads(rule.inputs["eventPattern"])["$or"][0]["detail"]
    assert seen["eventName"] == ["AssumeRole"]
    assert seen["requestParameters"]["roleArn"] == ["arn:aws:iam::111122223333:role/ml-dev-break-glass"]
    (told,) = recording.of("aws:sns/topicSubscription:TopicSubscription")
    assert (told.inputs["protocol"], told.inputs["endpoint"]) == ("email", "security@example.com")


@pytest.mark.parametrize(
    ("groups", "tenant", "says"),
    [
        ((), "alice", "no group given"),
        ((Group.ENGINEERS,), None, "groups of tenants with a tenant"),
        ((Group.ADMINISTRATORS,), "alice", "groups of tenants with a tenant"),
        ((Group.ENGINEERS, Group.ADMINISTRATORS), "alice", "groups of tenants with a tenant"),
        ((Group.ENGINEERS,), "alice", "groups of tenants with a tenant"),
    ],
)
def test_a_person_whose_groups_and_tenant_do_not_fit_is_refused(
    groups: tuple[Group, ...], tenant: str | None, says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        PersonArgs(naming=NAMING, person="ann", groups=groups, made_groups=None, policies=None, tenant=tenant)  # type: ignore[arg-type]  # refused before they are used


def test_groups_of_tenants_are_none_of_the_closed_lists() -> None:
    with pytest.raises(ValueError, match=r"members: engineers given, administrators, .* are allowed"):
        PlatformMembersArgs(naming=NAMING, made_groups=Mock(), members={Group.ENGINEERS: []})
