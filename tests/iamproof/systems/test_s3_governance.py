"""S3, governance: what its original policies let through or refuse against the wish, under the ids of the list."""

from __future__ import annotations

import pytest

from iamproof import Principal, parse_policy
from tests.iamproof.systems.reference import (
    FOREIGN_SUBNET,
    STRANGER,
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

SCIENTIST = Actor(Principal.user(user_arn("ds")), ("s3/data-scientist",))
MLOPS = Actor(Principal.user(user_arn("ml")), ("s3/mlops-engineer",))
WORKER = Actor(Principal.role(role_arn("sagemaker-work")), ("s3/sagemaker-work",))
INVOKER = Actor(Principal.role(role_arn("invoker")), ("s3/single-endpoint",))
STORAGE = Actor(Principal.role(role_arn("storage")), ("s3/fsx-for-sagemaker",))
# The partner's own policies are the partner's: everything. The account's administrator has everything here.
OPEN_HANDED = "open/everything"
PARTNER = Actor(Principal.role(f"arn:aws:iam::{STRANGER}:role/partner-data-science-team"), (OPEN_HANDED,))
OTHER_PARTNER = Actor(Principal.role(f"arn:aws:iam::{STRANGER}:role/other"), (OPEN_HANDED,))
ADMIN = Actor(Principal.role(role_arn("administrator")), (OPEN_HANDED,))
SHARED, PRIVATE = ("arn:aws:s3:::ml-training-data/" + key for key in ("shared-datasets/a", "private/a"))
KEY = arn("kms", "key/1234", region="us-east-1")
NOTEBOOK, JOB = sagemaker("notebook-instance/n"), sagemaker("training-job/j")
INTERNET = {"sagemaker:DirectInternetAccess": "Enabled"}
DATASETS = "arn:aws:s3:::company-ml-datasets"
AUDIT_LOG = arn("logs", "log-group:/aws/cloudtrail/all:log-stream:s")
ENDPOINT = "arn:aws:sagemaker:us-east-1:111122223333:endpoint/my-specific-endpoint"
BUCKET_POLICY, KEY_POLICY = "s3/training-data-bucket", "s3/artifact-key"

HOLES = [
    Row("G1", "reads shared data from anywhere", PARTNER, "s3:GetObject", SHARED, policy=BUCKET_POLICY),
    Row(
        "G2",
        "reads shared data over HTTP",
        PARTNER,
        "s3:GetObject",
        SHARED,
        {"aws:SecureTransport": False},
        policy=BUCKET_POLICY,
    ),
    Row("G4", "creates an internet notebook", SCIENTIST, "sagemaker:CreateNotebookInstance", NOTEBOOK, INTERNET),
    Row("G4", "trains without a VPC", SCIENTIST, "sagemaker:CreateTrainingJob", JOB),
    Row("G6", "starts anybody's notebook", SCIENTIST, "sagemaker:StartNotebookInstance", NOTEBOOK),
    Row("G6", "stops anybody's notebook", SCIENTIST, "sagemaker:StopNotebookInstance", NOTEBOOK),
    Row("G7", "deletes any endpoint", MLOPS, "sagemaker:DeleteEndpoint", sagemaker("endpoint/production")),
    Row("G7", "updates any endpoint", MLOPS, "sagemaker:UpdateEndpoint", sagemaker("endpoint/production")),
    Row("G8", "creates a model without a VPC", MLOPS, "sagemaker:CreateModel", sagemaker("model/m")),
    Row("G9", "writes into the audit trail's log", MLOPS, "logs:PutLogEvents", AUDIT_LOG),
    Row("G10", "trains without a VPC", WORKER, "sagemaker:CreateTrainingJob", JOB),
    Row("G10", "creates a model without a VPC", WORKER, "sagemaker:CreateModel", sagemaker("model/m")),
    Row("G11", "invokes from the internet", INVOKER, "sagemaker:InvokeEndpoint", ENDPOINT),
    Row("G12", "overwrites training data", SCIENTIST, "s3:PutObject", f"{DATASETS}/train.csv"),
    Row(
        "V3",
        "creates a notebook in the other team's subnet",
        SCIENTIST,
        "sagemaker:CreateNotebookInstance",
        NOTEBOOK,
        {"sagemaker:VpcSubnets": [FOREIGN_SUBNET]},
    ),
]
TIGHT = [
    Row("G1b", "reads no other prefix", PARTNER, "s3:GetObject", PRIVATE, policy=BUCKET_POLICY),
    Row("G1b", "writes nothing", PARTNER, "s3:PutObject", SHARED, policy=BUCKET_POLICY),
    Row("G1b", "of the partner's account reads nothing", OTHER_PARTNER, "s3:GetObject", SHARED, policy=BUCKET_POLICY),
    Row("S3 fine", "invokes no other endpoint", INVOKER, "sagemaker:InvokeEndpoint", f"{ENDPOINT}-2"),
    Row("S3 fine", "reads no files by IAM", STORAGE, "s3:GetObject", f"{DATASETS}/train.csv"),
]
BROKEN = [
    *(
        Row(
            "G3",
            f"although granted everything cannot {action}",
            ADMIN,
            f"kms:{action}",
            KEY,
            policy=KEY_POLICY,
            kind="key",
        )
        for action in ("PutKeyPolicy", "Decrypt", "ScheduleKeyDeletion")
    ),
    Row("G5", "lists no datasets", SCIENTIST, "s3:ListBucket", DATASETS),
    *(
        Row(
            "G13",
            "passes no role",
            who,
            "iam:PassRole",
            role_arn("job"),
            {"iam:PassedToService": "sagemaker.amazonaws.com"},
        )
        for who in (WORKER, SCIENTIST, MLOPS)
    ),
    Row("G14", "opens no notebook", SCIENTIST, "sagemaker:CreatePresignedNotebookInstanceUrl", NOTEBOOK),
]
NOT_DECIDED_BY_IAM = {
    "V1": "who mounts a volume is decided by the file system's export policy and the network: NFS knows no IAM",
    "V2": "the uid of a client with root is believed by the NFS server: no request to AWS",
}
PARTLY_DECIDED_BY_IAM = {"V3": "that the other team's export rule then admits the notebook is the file system's"}


@pytest.mark.parametrize("row", HOLES, ids=str)
def test_the_original_policies_let_this_through(row: Row) -> None:
    assert_hole(row)


@pytest.mark.parametrize("row", TIGHT, ids=str)
def test_the_original_policies_refuse_this(row: Row) -> None:
    assert_tight(row)


@pytest.mark.parametrize("row", BROKEN, ids=str)
def test_the_original_policies_refuse_this_although_it_is_wanted(row: Row) -> None:
    assert_tight(row)


def test_every_statement_of_the_key_policy_names_the_service_alone() -> None:
    statements = parse_policy(documents("s3")["artifact-key"]).statements
    assert [[entry.value for entry in s.principals or ()] for s in statements] == [["sagemaker.amazonaws.com"]]


def test_every_id_of_the_hole_list_is_here() -> None:
    listed = {f"G{n}" for n in range(1, 15)} | {"G1b", "V1", "V2", "V3"}
    known = {row.id for row in (*HOLES, *TIGHT, *BROKEN)} - {"S3 fine"}
    assert known | set(NOT_DECIDED_BY_IAM) == listed
    assert known >= set(PARTLY_DECIDED_BY_IAM)
