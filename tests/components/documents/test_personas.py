"""What each kind of caller may do at all, over every action of AWS, is what the reviewed table says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.components.documents.personas import TABLE, is_open, paragraph, personas

if TYPE_CHECKING:
    from iamproof import Situation

PERSONAS = dict(personas())
REVIEWED = {part.partition(":")[0]: part for part in TABLE.read_text(encoding="utf-8").rstrip("\n").split("\n\n")}
# What nobody may do but the emergency role, whose repairs these are.
NEVER = (
    *(
        "iam:CreatePolicyVersion",
        "iam:PutUserPolicy",
        "iam:UpdateAssumeRolePolicy",
        "iam:DeleteUserPermissionsBoundary",
    ),
    *("s3:PutBucketPolicy", "ec2:CreateInternetGateway", "ec2:AuthorizeSecurityGroupEgress", "kms:PutKeyPolicy"),
    *("organizations:LeaveOrganization", "ram:CreateResourceShare", "codecommit:GitPush", "ecr:SetRepositoryPolicy"),
)


def test_the_table_has_every_kind_of_caller_and_no_other() -> None:
    assert set(REVIEWED) == set(PERSONAS)


@pytest.mark.verify
@pytest.mark.parametrize(("name", "where"), PERSONAS.items(), ids=PERSONAS)
def test_a_caller_may_do_what_was_reviewed_and_no_more(name: str, where: Situation) -> None:
    assert paragraph(name, where) == REVIEWED[name], "renew: python -m tests.components.documents.personas, and review"


@pytest.mark.parametrize("name", [name for name in PERSONAS if name != "emergency role"])
def test_nobody_in_everyday_work_comes_to_more(name: str) -> None:
    assert [action for action in NEVER if is_open(PERSONAS[name], action)] == []
