"""Who is in which group of the program as it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.recorded import recorded

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("mode", ["first", "deployed"])
def test_groups_of_the_platform_have_whole_lists_and_tenants_people_come_one_by_one(mode: str) -> None:
    recording = recorded("dev", mode)
    lists = {
        one.inputs["group"]: one.inputs["users"] for one in recording.of_type("aws:iam/groupMembership:GroupMembership")
    }
    assert lists == {
        "ml-dev-administrators": ["ml-dev-adam"],
        "ml-dev-delegated-administrators": ["ml-dev-delia"],
        "ml-dev-auditors": ["ml-dev-audrey"],
    }
    singles = recording.of_type("aws:iam/userGroupMembership:UserGroupMembership")
    assert {one.inputs["user"]: one.inputs["groups"] for one in singles} == {
        "ml-dev-ann": ["ml-dev-engineers"],
        "ml-dev-ben": ["ml-dev-data-scientists"],
        "ml-dev-cleo": ["ml-dev-mlops"],
    }
