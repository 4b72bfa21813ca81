"""What keeps data private, taken away one by one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sabotage.program import OPTIONS, added

pytestmark = pytest.mark.verify

STACK = "Pulumi.dev.yaml"
BUCKET, KEY, BUCKETS = "components/data_bucket.py", "components/data_key.py", "components/documents/buckets.py"
TLS, ENDPOINT = "    yield tls_only(scope, purpose)\n", "    yield only_via_s3_endpoint(scope, purpose)\n"

EDITS: dict[str, tuple[tuple[str, str, str], str]] = {
    "the whole account's block lacks a flag": (
        added(f'aws.s3.AccountPublicAccessBlock("block", block_public_acls=True, {OPTIONS})'),
        "s3-account-public-access-is-blocked",
    ),
    "a grant opens the key beside its policy": (
        added(
            'aws.kms.Grant("grant", key_id=key.key_arn, operations=["Decrypt"],'
            f' grantee_principal="arn:aws:iam::111122223333:role/x", {OPTIONS})'
        ),
        "kms-grant-grantee-is-listed",
    ),
    "S1-A12 one half of the access block is off": (
        (BUCKET, "block_public_policy=True", "block_public_policy=False"),
        "s3-bucket-public-access-is-blocked",
    ),
    "S1-A12 one part of the access block is absent": (
        (BUCKET, "            restrict_public_buckets=True,\n", ""),
        "s3-bucket-public-access-is-blocked",
    ),
    "S1-A12 the access block is absent": (
        (BUCKET, "        self._create_access_block()\n", ""),
        "s3-bucket-public-access-is-blocked",
    ),
    "S1-A12 the encryption is absent": (
        (BUCKET, "        self._create_encryption()\n", ""),
        "s3-bucket-encryption-uses-customer-key",
    ),
    "S1-A12 the encryption has no key of ours": (
        (BUCKET, "                        kms_master_key_id=self._args.key_arn,\n", ""),
        "s3-bucket-encryption-uses-customer-key",
    ),
    "S1-A12 versioning is absent": (
        (BUCKET, "versioning = self._create_versioning()", "versioning = self._bucket"),
        "s3-bucket-is-versioned",
    ),
    "S1-A12 ownership is absent": (
        (BUCKET, "        self._create_ownership()\n", ""),
        "s3-bucket-ownership-is-enforced",
    ),
    "the bucket policy is absent": (
        (BUCKET, "policy = self._create_policy()", "policy = self._bucket"),
        "s3-bucket-has-policy",
    ),
    "plain HTTP is not denied": (
        (BUCKETS, TLS, ""),
        "s3-bucket-policy-denies-plain-http",
    ),
    "requests past the endpoint are not denied": (
        (BUCKETS, ENDPOINT, ""),
        "s3-bucket-policy-requires-endpoint",
    ),
    "the lifecycle is absent": (
        (BUCKET, "        self._create_lifecycle(versioning)\n", ""),
        "s3-bucket-has-lifecycle",
    ),
    "requests are not logged": (
        (BUCKET, "            self._create_logging(purpose, policy)\n", "            pass\n"),
        "s3-bucket-access-is-logged",
    ),
    "the key does not rotate": ((KEY, "enable_key_rotation=True", "enable_key_rotation=False"), "kms-key-rotates"),
    "the key's rotation is absent": ((KEY, "            enable_key_rotation=True,\n", ""), "kms-key-rotates"),
}


@pytest.mark.parametrize(("edit", "rule"), EDITS.values(), ids=EDITS)
def test_the_pack_refuses_data_that_is_less_than_private(edit: tuple[str, str, str], rule: str, sabotage: Any) -> None:
    verdict = sabotage(edit)
    assert rule in verdict.refusals()
    assert verdict.exit_code == 1


def test_the_pack_refuses_buckets_that_go_with_their_data_outside_dev(sabotage: Any) -> None:
    named = "            bucket=bucket_name,\n"
    verdict = sabotage(
        (STACK, "environment: dev\n", "environment: test\n"),
        (STACK, "features: [notebooks, ", "features: ["),
        (BUCKET, named, named + "            force_destroy=True,\n"),
    )
    assert "s3-bucket-force-destroy-is-off" in verdict.refusals()
    assert verdict.exit_code == 1
