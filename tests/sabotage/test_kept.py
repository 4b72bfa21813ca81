"""How long data, versions and records are kept, what is locked, and what keys are called, taken away one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.sabotage.program import Edit

pytestmark = pytest.mark.verify

STACK, DATA = "Pulumi.dev.yaml", "wiring/data.py"
BUCKET, UPKEEP, KEY = "components/data_bucket.py", "components/bucket_upkeep.py", "components/data_key.py"
SUFFIX, RETIRED = '    suffix: "7f3a"\n', "  closed-sagemaker:retired: []\n"
RAW_LOCKED: Edit = (STACK, SUFFIX, SUFFIX + "    buckets: {raw: {object-lock: {days: 30}}}\n")
RECORDS_LOCKED: Edit = (STACK, RETIRED, RETIRED + "  closed-sagemaker:audit: {lock-days: 90}\n")
NO_LOCK: Edit = (
    BUCKET,
    "        if args.upkeep.lock_days:\n            self._create_object_lock(versioning)\n",
    "",
)
KEPT, TIDY = "s3-bucket-keeps-what-is-declared", "s3-bucket-has-lifecycle"
OLD_VERSIONS = "old_versions=chosen.old_versions_days"
NO_ALIAS: tuple[Edit, Edit] = (
    (KEY, "        self._alias = self._create_alias()\n", ""),
    (KEY, "return self._alias.name", "return self._key.id"),
)

EDITS: dict[str, tuple[tuple[Edit, ...], str]] = {
    "old versions go after a day": (((DATA, OLD_VERSIONS, "old_versions=1"),), KEPT),
    "data goes after a month": (((DATA, 'objects=getattr(chosen, "keep_days", None)', "objects=30"),), KEPT),
    "records go after a day": (
        ((DATA, "objects=audit.kept_days(site.settings.environment)", "objects=1"),),
        KEPT,
    ),
    "raw data is not locked as the stack file says": ((RAW_LOCKED, NO_LOCK), KEPT),
    "raw data is locked for less": ((RAW_LOCKED, (DATA, "lock.days if lock", "1 if lock")), KEPT),
    "records are not locked as the stack file says": ((RECORDS_LOCKED, NO_LOCK), KEPT),
    "old versions stay for ever": (
        ((UPKEEP, "noncurrent_days=upkeep.old_versions", "noncurrent_days=None"),),
        TIDY,
    ),
    "only one prefix is tidied up": (((UPKEEP, 'FilterArgs(prefix="")', 'FilterArgs(prefix="tmp/")'),), TIDY),
    "the lifecycle is off": (
        (
            (
                UPKEEP,
                'id="remove-what-is-left-over",\n            status="Enabled"',
                'id="remove-what-is-left-over",\n            status="Disabled"',
            ),
        ),
        TIDY,
    ),
    "requests to a bucket are logged into it": (
        ((BUCKET, "target_bucket=self._bucket.id", "target_bucket=self._args.logged[purpose].bucket_name"),),
        "s3-bucket-access-is-logged",
    ),
    "keys have no alias": (NO_ALIAS, "kms-key-has-alias"),
    "objects belong to whoever uploads them": (
        ((BUCKET, '"BucketOwnerEnforced"', '"BucketOwnerPreferred"'),),
        "s3-bucket-ownership-is-enforced",
    ),
    "who manages keys decrypts": (
        (
            (
                "components/documents/keys.py",
                '    "DescribeKey",\n    "GetKeyPolicy",\n',
                '    "Decrypt",\n    "GetKeyPolicy",\n',
            ),
        ),
        "kms-key-policy-limits-use",
    ),
}


@pytest.mark.parametrize(("edits", "rule"), EDITS.values(), ids=EDITS)
def test_the_pack_refuses_what_is_kept_for_less_than_decided(edits: tuple[Edit, ...], rule: str, sabotage: Any) -> None:
    verdict = sabotage(*edits)
    assert rule in verdict.refusals()
    assert verdict.exit_code == 1


def test_the_pack_lets_pass_what_these_rows_start_from(sabotage: Any) -> None:
    assert sabotage(RAW_LOCKED, RECORDS_LOCKED).refusals() == set()
