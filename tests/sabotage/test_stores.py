"""What keeps buckets, keys and notifications inside, taken away one by one; siblings whose bucket is unknown."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sabotage.program import OPTIONS, Edit, added

pytestmark = pytest.mark.verify

STACK, BUCKET, KEY = "Pulumi.dev.yaml", "components/data_bucket.py", "components/data_key.py"
PARTS, BUCKETS = "components/documents/bucket_statements.py", "components/documents/buckets.py"
RECORDS, ALARM = "components/documents/audit.py", "components/alarm.py"
SUFFIX = '    suffix: "7f3a"\n'
INGEST = '    ingestion: ["arn:aws:iam::111122223333:role/ingest"]\n'
WITH_INGESTION: Edit = (STACK, SUFFIX, SUFFIX + INGEST)
SERVICES = 'principals={"Service": (CLOUDTRAIL,)},\n        actions=actions("s3"'
POLICY_OF_KEY = '            policy=self._plan.rendered(aws.kms.Key, logical_name, "policy"),\n'
# The name of a bucket of which nothing is known in a first preview, by no resource of the stack.
NOWHERE = "bucket=pulumi.Output.from_input(pulumi.Output.all(key.key_arn).apply(lambda given: given[0]))"

EDITS: dict[str, tuple[tuple[Edit, ...], str]] = {
    "an object has a list of access": (
        (added(f'aws.s3.BucketAcl("open", bucket=buckets[RAW].bucket_name, acl="private", {OPTIONS})'),),
        "s3-bucket-has-no-acl",
    ),
    "anybody adds records": (
        ((RECORDS, SERVICES, 'principals={"*": ("*",)},\n        actions=actions("s3"'),),
        "iam-resource-policy-has-no-public-principal",
    ),
    "another account adds records": (
        (
            (
                RECORDS,
                SERVICES,
                'principals={"AWS": ("arn:aws:iam::999988887777:root",)},\n        actions=actions("s3"',
            ),
        ),
        "iam-resource-policy-stays-inside",
    ),
    "a key has the policy that AWS gives it": (((KEY, POLICY_OF_KEY, ""),), "kms-key-policy-is-declared"),
    "the check against locking everybody out is off": (
        ((KEY, POLICY_OF_KEY, POLICY_OF_KEY + "            bypass_policy_lockout_safety_check=True,\n"),),
        "kms-key-lockout-check-is-kept",
    ),
    "uploads take any key": (
        ((PARTS, '            when("StringNotEquals", KEY_OF_UPLOAD, scope.key_arn(key)),\n', ""),),
        "s3-bucket-policy-binds-uploads",
    ),
    "uploads to one bucket take any key": (
        ((BUCKETS, "        uploads_use_our_key(scope, SHARED, DATA),\n", ""),),
        "s3-bucket-policy-binds-uploads",
    ),
    "alarms leave by the web": (
        (
            (ALARM, 'protocol="email"', 'protocol="https"'),
            (STACK, "    access-keys: true\n", "    access-keys: true\n    alarm-addresses: [a@example.com]\n"),
        ),
        "sns-subscription-stays-inside",
    ),
    "events are sent to another account": (
        ((ALARM, "rule=rule.name, arn=topic.arn", 'rule=rule.name, arn="arn:aws:sns:ap-northeast-1:999988887777:x"'),),
        "events-target-stays-inside",
    ),
    **{
        f"nobody can tell whose {what} it is": ((added(f'aws.s3.{kind}("stray", {NOWHERE}, {more}, {OPTIONS})'),), rule)
        for what, kind, more, rule in (
            ("access block", "BucketPublicAccessBlock", "block_public_acls=True", "s3-bucket-public-access-is-blocked"),
            (
                "versioning",
                "BucketVersioning",
                'versioning_configuration={"status": "Enabled"}',
                "s3-bucket-is-versioned",
            ),
            (
                "encryption",
                "BucketServerSideEncryptionConfiguration",
                'rules=[{"apply_server_side_encryption_by_default": {"sse_algorithm": "aws:kms"}}]',
                "s3-bucket-encryption-uses-customer-key",
            ),
            (
                "ownership",
                "BucketOwnershipControls",
                'rule={"object_ownership": "BucketOwnerEnforced"}',
                "s3-bucket-ownership-is-enforced",
            ),
            (
                "lifecycle",
                "BucketLifecycleConfiguration",
                'rules=[{"id": "x", "status": "Enabled", "expiration": {"days": 1}}]',
                "s3-bucket-has-lifecycle",
            ),
            ("policy", "BucketPolicy", 'policy="{}"', "s3-bucket-has-policy"),
            ("logging", "BucketLogging", 'target_bucket="x", target_prefix="x"', "s3-bucket-access-is-logged"),
        )
    },
}


@pytest.mark.parametrize(("edits", "rule"), EDITS.values(), ids=EDITS)
def test_the_pack_refuses_stores_that_are_less_than_closed(edits: tuple[Edit, ...], rule: str, sabotage: Any) -> None:
    verdict = sabotage(*edits)
    assert rule in verdict.refusals()
    assert verdict.exit_code == 1


def test_a_claim_notices_that_who_ingests_may_read(sabotage: Any) -> None:
    guard = (BUCKETS, "        [ingestion_only_adds(scope)] if scope.ingestion else [],\n", "")
    verdict = sabotage(WITH_INGESTION, guard, claims=True)
    found = {row["id"] for row in verdict.run["claims"] if row["verdict"] == "counterexample"}
    assert found == {"raw-data-is-read-only"}
    assert "claims-hold" in verdict.refusals()


ADVICE: dict[str, tuple[Edit, str]] = {
    "no bucket key": (
        (BUCKET, "bucket_key_enabled=True if self._args.key_arn is not None else None", "bucket_key_enabled=None"),
        "s3-bucket-key-is-enabled",
    ),
    "a key is gone within a week": (
        (STACK, SUFFIX, SUFFIX + "    keys: {deletion-window-days: 7}\n"),
        "kms-key-deletion-window-is-long",
    ),
}


@pytest.mark.parametrize(("edit", "rule"), ADVICE.values(), ids=ADVICE)
def test_the_pack_advises_on_stores_that_could_be_better(edit: Edit, rule: str, sabotage: Any) -> None:
    verdict = sabotage(edit)
    assert {row["level"] for row in verdict.run["diagnostics"] if row["policy"] == rule} == {"advisory"}
    assert verdict.exit_code == 0
