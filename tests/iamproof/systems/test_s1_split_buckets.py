"""S1, split buckets: what its original policies let through or refuse against the wish, under the ids of the list."""

from __future__ import annotations

import pytest

from iamproof import Principal
from tests.iamproof.systems.reference import FULL_ACCESS, Actor, Row, arn, assert_hole, assert_tight, role_arn, user_arn

ADMIN_NB = Actor(Principal.role(role_arn("administrator")), ("s1/for_notebook-for-administrator",))
ENGINEER_NB = Actor(Principal.role(role_arn("engineer")), ("s1/for_notebook-for-engineer",))
ADMIN = Actor(Principal.user(user_arn("ada")), ("s1/for_SageMakerAdministrator_Group",))
ENGINEER = Actor(Principal.user(user_arn("eve")), ("s1/for_SageMakerEngineer_Group",))
STRAY = Actor(Principal.role(role_arn("stray")), (FULL_ACCESS,))
# The group's Deny and a stray grant: shows what the Deny itself lets through.
STRAY_ADMIN = Actor(ADMIN.principal, (*ADMIN.carries, FULL_ACCESS))
RAW, RESULT = "arn:aws:s3:::sagemaker-rawdata", "arn:aws:s3:::sagemaker-result"
MFA = {"aws:MultiFactorAuthPresent": True, "aws:MultiFactorAuthAge": 600}
DAYS_OLD = {**MFA, "aws:MultiFactorAuthAge": 300_000}
OWN_NOTEBOOK = arn("sagemaker", "notebook-instance/notebook-for-administrator")
OPEN = "sagemaker:CreatePresignedNotebookInstanceUrl"

HOLES = [
    Row("R13", "with full access deletes raw data", STRAY, "s3:DeleteObject", f"{RAW}/2026.csv"),
    Row("E2", "makes results public", ENGINEER_NB, "s3:PutObjectAcl", f"{RESULT}/r.csv"),
    Row("E6", "makes raw data public", ADMIN_NB, "s3:PutObjectAcl", f"{RAW}/2026.csv"),
    Row("E4", "bypasses retention of results", ENGINEER_NB, "s3:BypassGovernanceRetention", f"{RESULT}/r.csv"),
    Row("E4", "deletes versions of results", ENGINEER_NB, "s3:DeleteObjectVersion", f"{RESULT}/r.csv"),
    Row("E8", "reads raw data from the internet", ADMIN_NB, "s3:GetObject", f"{RAW}/2026.csv"),
    Row("E8", "reads raw data over HTTP", ENGINEER_NB, "s3:GetObject", f"{RAW}/a", {"aws:SecureTransport": False}),
    Row("M4", "calls with a days-old MFA session", STRAY_ADMIN, OPEN, OWN_NOTEBOOK, DAYS_OLD),
    Row("M5", "needs no MFA as a role", ENGINEER_NB, "s3:GetObject", f"{RAW}/2026.csv"),
]
TIGHT = [
    Row("E1", "alters no raw data", ENGINEER_NB, "s3:PutObject", f"{RAW}/2026.csv"),
    Row("E1", "deletes no raw data", ENGINEER_NB, "s3:DeleteObject", f"{RAW}/2026.csv"),
    Row("M1", "does nothing without MFA, whatever else is granted", STRAY_ADMIN, OPEN, OWN_NOTEBOOK),
]
BROKEN = [
    *(
        Row("E3", f"lists no {bucket[-7:]} although wanted", who, "s3:ListBucket", bucket)
        for who, bucket in ((ADMIN_NB, RAW), (ENGINEER_NB, RAW), (ENGINEER_NB, RESULT))
    ),
    Row("E5", "reads no results", ADMIN_NB, "s3:GetObject", f"{RESULT}/r.csv"),
    Row(
        "E7", "writes no logs", ENGINEER_NB, "logs:PutLogEvents", arn("logs", "log-group:/aws/sagemaker/x:log-stream:y")
    ),
    Row("E7", "trains nothing", ENGINEER_NB, "sagemaker:CreateTrainingJob", arn("sagemaker", "training-job/j")),
    Row("M2", "starts no notebook, not even the own", ADMIN, "sagemaker:StartNotebookInstance", OWN_NOTEBOOK, MFA),
    Row("M2", "opens no notebook, not even the own", ADMIN, OPEN, OWN_NOTEBOOK, MFA),
    Row("M2", "opens no notebook", ENGINEER, OPEN, OWN_NOTEBOOK.replace("administrator", "engineer"), MFA),
    Row("M3", "cannot enrol a first MFA device", ADMIN, "iam:EnableMFADevice", user_arn("ada")),
]
WANTED = [
    Row("happy path", "reads raw data", ENGINEER_NB, "s3:GetObject", f"{RAW}/2026.csv"),
    Row("happy path", "writes results", ENGINEER_NB, "s3:PutObject", f"{RESULT}/r.csv"),
]


@pytest.mark.parametrize("row", HOLES + WANTED, ids=str)
def test_the_original_policies_let_this_through(row: Row) -> None:
    assert_hole(row)


@pytest.mark.parametrize("row", TIGHT, ids=str)
def test_the_original_policies_refuse_this(row: Row) -> None:
    assert_tight(row)


@pytest.mark.parametrize("row", BROKEN, ids=str)
def test_the_original_policies_refuse_this_although_it_is_wanted(row: Row) -> None:
    assert_tight(row)


def test_every_id_of_the_hole_list_is_here() -> None:
    listed = {"R13", *(f"E{n}" for n in range(1, 9)), *(f"M{n}" for n in range(1, 6))}
    assert {row.id for row in (*HOLES, *TIGHT, *BROKEN)} == listed
