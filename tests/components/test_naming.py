"""Names fit the limits of AWS even where everything in them is as long as settings allow."""

from __future__ import annotations

import re

import pytest

from components.documents.scope import ACCESS_LOGS, AUDIT, OF_DATA
from components.documents.tenant_documents import tenant_documents
from components.naming import Naming
from tests.components.building import Parts

LONGEST = Naming(
    partition="aws-us-gov",
    region="ap-northeast-1",
    account_id="111122223333",
    prefix="p" * 20,
    suffix="s" * 12,
)
TENANT = "t" * 20


@pytest.mark.parametrize(
    ("name", "limit", "pattern"),
    [
        (LONGEST.tenant_role_name(TENANT, "notebook"), 64, r"[\w+=,.@-]+"),
        (LONGEST.notebook_name(TENANT), 63, r"[a-zA-Z0-9](-*[a-zA-Z0-9])*"),
        (LONGEST.lifecycle_configuration_name(), 63, r"[a-zA-Z0-9](-*[a-zA-Z0-9])*"),
        (LONGEST.bucket_name("results"), 63, r"[a-z0-9][a-z0-9-]+[a-z0-9]"),
        (LONGEST.key_alias("data"), 256, r"alias/[a-zA-Z0-9/_-]+"),
    ],
)
def test_the_longest_name_is_not_too_long(name: str, limit: int, pattern: str) -> None:
    assert len(name) <= limit
    assert re.fullmatch(pattern, name)


def test_policy_names_fit_for_every_purpose() -> None:
    names = [LONGEST.tenant_policy_name(purpose) for purpose in [*tenant_documents(Parts().scope), "boundary"]]
    assert len(set(names)) == len(names)
    assert all(len(name) <= 128 for name in names)


def test_arns_carry_partition_account_and_region_only_where_the_service_has_them() -> None:
    account = "111122223333"
    assert LONGEST.bucket_arn("raw") == f"arn:aws-us-gov:s3:::{'p' * 20}-raw-{'s' * 12}"
    assert LONGEST.tenant_role_arn("alice", "job") == (
        f"arn:aws-us-gov:iam::{account}:role/tenants/alice/{'p' * 20}-alice-job"
    )
    assert LONGEST.sagemaker_arn("model/*") == f"arn:aws-us-gov:sagemaker:ap-northeast-1:{account}:model/*"


def test_a_bucket_tells_neither_the_account_nor_a_person() -> None:
    """S0-A10."""
    names = [LONGEST.bucket_name(purpose) for purpose in (*OF_DATA, AUDIT, ACCESS_LOGS)]
    assert [name for name in names if LONGEST.account_id in name or TENANT in name] == []
    assert names == [f"{LONGEST.prefix}-{purpose}-{LONGEST.suffix}" for purpose in (*OF_DATA, AUDIT, ACCESS_LOGS)]
