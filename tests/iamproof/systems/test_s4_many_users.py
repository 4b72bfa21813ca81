"""S4, many users: what its original policies let through and what they refuse, under the ids of the hole list."""

from __future__ import annotations

import json

import pytest

from iamproof import PolicyError, Principal, parse_policy
from tests.iamproof.systems.reference import (
    FULL_ACCESS,
    Actor,
    Row,
    arn,
    assert_hole,
    assert_tight,
    documents,
    role_arn,
    sagemaker,
    user_arn,
)

POLICIES = ("s4/own-keys", "s4/own-files", "s4/own-notebook")
ALICE = Actor(Principal.user(user_arn("alice")), POLICIES)
MANAGED_ALICE = Actor(ALICE.principal, (*POLICIES, FULL_ACCESS))
WITH_PATH = Actor(Principal.user(user_arn("contest/alice")), POLICIES)
# The role of alice's notebook, with the same policies.
NOTEBOOK_ROLE = Actor(Principal.role(role_arn("alice"), {"user": "alice"}), POLICIES)
BUCKET = "arn:aws:s3:::mycompany-aws-deepracer-test-20221131201905"
OWN, BOBS = ({"sagemaker:ResourceTag/user": name} for name in ("alice", "bob"))
OWN_NB, BOBS_NB = (sagemaker(f"notebook-instance/{name}") for name in ("alice-nb", "bob-nb"))
BOBS_JOB = sagemaker("training-job/bob--1")
OPEN = "sagemaker:CreatePresignedNotebookInstanceUrl"
TO_SAGEMAKER = {"iam:PassedToService": "sagemaker.amazonaws.com"}
JOB_LOG = arn("logs", "log-group:/aws/sagemaker/TrainingJobs:log-stream:bob--1/algo-1")

HOLES = [
    Row("F2", "lists every key name", ALICE, "s3:ListBucket", BUCKET),
    Row("F2", "lists bob's prefix", ALICE, "s3:ListBucket", BUCKET, {"s3:prefix": "bob/"}),
    Row("F4", "passes bob's role", ALICE, "iam:PassRole", role_arn("tenants/bob/job"), TO_SAGEMAKER),
    Row(
        "F6", "trains without a VPC, with bob's role", ALICE, "sagemaker:CreateTrainingJob", sagemaker("training-job/a")
    ),
    Row("F5", "stops bob's job", ALICE, "sagemaker:StopTrainingJob", BOBS_JOB, BOBS),
    Row("F5", "describes bob's job", ALICE, "sagemaker:DescribeTrainingJob", BOBS_JOB, BOBS),
    Row("F21", "updates bob's job", ALICE, "sagemaker:UpdateTrainingJob", BOBS_JOB, BOBS),
    Row("F21", "deletes bob's job", ALICE, "sagemaker:DeleteTrainingJob", BOBS_JOB, BOBS),
    Row("F9", "creates access keys from the internet", ALICE, "iam:CreateAccessKey", user_arn("alice")),
    Row(
        "F19",
        "creates access keys without MFA",
        ALICE,
        "iam:CreateAccessKey",
        user_arn("alice"),
        {"aws:MultiFactorAuthPresent": False},
    ),
    Row(
        "F10",
        "with full access retags bob's notebook",
        MANAGED_ALICE,
        "sagemaker:AddTags",
        BOBS_NB,
        {**BOBS, "aws:TagKeys": ["user"], "aws:RequestTag/user": "alice"},
    ),
    Row("F10", "then opens bob's notebook", ALICE, OPEN, BOBS_NB, OWN),
    Row("F11", "updates the own notebook", ALICE, "sagemaker:UpdateNotebookInstance", OWN_NB, OWN),
    Row("F11", "passes an administrator's role to it", ALICE, "iam:PassRole", role_arn("Admin"), TO_SAGEMAKER),
    Row("F12", "lists the names of all models", ALICE, "sagemaker:ListModels"),
    Row("F12", "lists the names of all endpoints", ALICE, "sagemaker:ListEndpoints"),
    Row("F15", "buys a training plan", ALICE, "sagemaker:CreateTrainingPlan", sagemaker("training-plan/p")),
    Row("F16", "writes metrics into bob's job", ALICE, "sagemaker:BatchPutMetrics", BOBS_JOB, BOBS),
    Row("F23", "reads own files from outside the VPC", ALICE, "s3:GetObject", f"{BUCKET}/alice/reward.py"),
    Row("F24", "with full access reads bob's job output", MANAGED_ALICE, "logs:GetLogEvents", JOB_LOG),
    Row("F25", "re-created reads the old alice's files", ALICE, "s3:GetObject", f"{BUCKET}/alice/of-the-first-alice"),
    Row("F25", "re-created opens the old alice's notebook", ALICE, OPEN, OWN_NB, OWN),
]
TIGHT = [
    *(
        Row("F1", f"does no {action} on {key}", ALICE, f"s3:{action}", f"{BUCKET}/{key}")
        for action in ("GetObject", "PutObject", "DeleteObject")
        for key in ("bob/x", "alice2/x", "alice", "Alice/x", "x")
    ),
    *(
        Row("F3", f"does not {action} on bob's notebook", ALICE, f"sagemaker:{action}", BOBS_NB, BOBS)
        for action in ("CreatePresignedNotebookInstanceUrl", "StopNotebookInstance", "UpdateNotebookInstance")
    ),
    Row("F22", "opens no untagged notebook", ALICE, OPEN, BOBS_NB),
    *(
        Row("F8", f"does not {action} for bob", ALICE, f"iam:{action}", user_arn("bob"))
        for action in ("CreateAccessKey", "DeleteAccessKey", "ListAccessKeys", "UpdateAccessKey")
    ),
    Row("F13", "creates no notebook", ALICE, "sagemaker:CreateNotebookInstance", OWN_NB, OWN),
    Row("F13", "deletes no notebook", ALICE, "sagemaker:DeleteNotebookInstance", OWN_NB, OWN),
    Row("F17", "creates no bucket", MANAGED_ALICE, "s3:CreateBucket", "arn:aws:s3:::new"),
    Row("F17", "deletes no bucket", ALICE, "s3:DeleteBucket", BUCKET),
]
BROKEN = [
    *(
        Row("F1b", f"does no {action}: a role has no username", NOTEBOOK_ROLE, f"s3:{action}", f"{BUCKET}/alice/x")
        for action in ("GetObject", "PutObject")
    ),
    Row("F1b", "opens no notebook", NOTEBOOK_ROLE, OPEN, OWN_NB, OWN),
    Row("F14", "may not make the interface", ALICE, "ec2:CreateNetworkInterface", arn("ec2", "network-interface/*")),
    Row("F14", "may not read interfaces", ALICE, "ec2:DescribeNetworkInterfaces"),
    Row("F18", "with a path has no keys", WITH_PATH, "iam:CreateAccessKey", user_arn("contest/alice")),
    Row("F20", "does not see when a key was last used", ALICE, "iam:GetAccessKeyLastUsed", user_arn("alice")),
    Row("F20", "does not see the own user", ALICE, "iam:GetUser", user_arn("alice")),
]
WANTED = [
    Row("happy path", "writes own files", ALICE, "s3:PutObject", f"{BUCKET}/alice/reward.py"),
    Row("happy path", "opens the own notebook", ALICE, OPEN, OWN_NB, OWN),
]
NOT_DESCRIBED = {"F7": "a check that passed; which request it is, no description says"}


@pytest.mark.parametrize("row", HOLES + WANTED, ids=str)
def test_the_original_policies_let_this_through(row: Row) -> None:
    assert_hole(row)


@pytest.mark.parametrize("row", TIGHT, ids=str)
def test_the_original_policies_refuse_this(row: Row) -> None:
    assert_tight(row)


@pytest.mark.parametrize("row", BROKEN, ids=str)
def test_the_original_policies_refuse_this_although_it_is_wanted(row: Row) -> None:
    assert_tight(row)


def test_the_notebook_policy_as_published_is_no_json() -> None:
    text = json.dumps(documents("s4")["own-notebook"]).replace('"Resource": "*"}', '"Resource": "*",}', 1)
    with pytest.raises(PolicyError, match="is no JSON"):
        parse_policy(text)


def test_every_id_of_the_hole_list_is_here() -> None:
    listed = {f"F{n}" for n in range(1, 26)} | {"F1b"}
    assert {row.id for row in (*HOLES, *TIGHT, *BROKEN)} | set(NOT_DESCRIBED) == listed
