"""S0, personal workbench: what its original policies let through, under the ids of the hole list."""

from __future__ import annotations

import pytest

from iamproof import Principal
from tests.iamproof.systems.reference import (
    FULL_ACCESS,
    Actor,
    Row,
    arn,
    assert_hole,
    assert_tight,
    sagemaker,
    user_arn,
)

CODE = "managed/AWSCodeCommitPowerUser (excerpt)"
ME = Actor(Principal.user(user_arn("participant")), (FULL_ACCESS, CODE, "s0/numerai-s3-bucket-access"))
STUDIO = Actor(Principal.role("arn:aws:iam::111122223333:role/studio"), (FULL_ACCESS,))
NOTEBOOK = sagemaker("notebook-instance/n")
OTHER_SERVICE = {"iam:ServiceSpecificCredentialServiceName": "bedrock.amazonaws.com"}

HOLES = [
    Row("P1", "pushes to every repository", ME, "codecommit:GitPush", arn("codecommit", "somebody-elses")),
    Row("P1", "creates repositories", ME, "codecommit:CreateRepository", arn("codecommit", "new")),
    Row(
        "P2",
        "creates a notebook with internet, without MFA",
        ME,
        "sagemaker:CreateNotebookInstance",
        NOTEBOOK,
        {"sagemaker:DirectInternetAccess": "Enabled"},
    ),
    Row(
        "P3",
        "makes an own credential for another service",
        ME,
        "iam:CreateServiceSpecificCredential",
        user_arn("participant"),
        OTHER_SERVICE,
    ),
    Row("P4", "reads any bucket named like SageMaker", STUDIO, "s3:GetObject", "arn:aws:s3:::anybodys-sagemaker/x"),
    Row("P5", "queries in any workgroup", ME, "athena:StartQueryExecution", arn("athena", "workgroup/finance")),
    Row("P6", "invokes functions by name", ME, "lambda:InvokeFunction", arn("lambda", "function:pay-sagemaker")),
    Row("P7", "reads data from the internet", ME, "s3:GetObject", "arn:aws:s3:::tournament-data/live.parquet"),
]
TIGHT = [
    Row("S0 fine", "deletes no repository", ME, "codecommit:DeleteRepository", arn("codecommit", "x")),
    Row("S0 fine", "creates no domain", ME, "sagemaker:CreateDomain", sagemaker("domain/d-1")),
    Row("S0 fine", "creates no profile", ME, "sagemaker:CreateUserProfile", sagemaker("user-profile/d-1/p")),
    Row(
        "P3",
        "makes no credential for another user",
        ME,
        "iam:CreateServiceSpecificCredential",
        user_arn("administrator"),
        OTHER_SERVICE,
    ),
]
PARTLY_DECIDED_BY_IAM = {"P4": "which hosts Studio code reaches on the network is decided by routes and groups"}


@pytest.mark.parametrize("row", HOLES, ids=str)
def test_the_original_policies_let_this_through(row: Row) -> None:
    assert_hole(row)


@pytest.mark.parametrize("row", TIGHT, ids=str)
def test_the_original_policies_refuse_this(row: Row) -> None:
    assert_tight(row)


def test_every_id_of_the_hole_list_is_here() -> None:
    listed = {f"P{n}" for n in range(1, 8)}
    assert {row.id for row in HOLES} == listed
    assert listed >= set(PARTLY_DECIDED_BY_IAM)
