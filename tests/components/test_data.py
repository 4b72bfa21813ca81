"""The data key and the data buckets."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from components.bucket_upkeep import Upkeep
from components.data_bucket import DataBucketArgs
from components.data_key import DataKeyArgs
from components.documents.buckets import access_logs_policy, raw_policy, results_policy, shared_policy, staging_policy
from components.documents.keys import data_key_policy, logs_key_policy, partners_key_policy, volumes_key_policy
from tests.components.building import Parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from components.documents.scope import Scope
    from tests.components.recording import Recording

KEY_ARN = "arn:aws:kms:ap-northeast-1:111122223333:key/id-of-data-key"
PURPOSES = ["raw", "results", "shared", "staging"]
POLICIES = {"raw": raw_policy, "results": results_policy, "shared": shared_policy, "staging": staging_policy}
KEY_POLICIES = {
    "data": data_key_policy,
    "volumes": volumes_key_policy,
    "logs": logs_key_policy,
    "partners": partners_key_policy,
}


def sibling(recording: Recording, kind: str, purpose: str) -> dict[str, Any]:
    """Return the inputs of the one sibling of a bucket; its reference must come from that bucket itself."""
    found = [each for each in recording.of(f"aws:s3/{kind}") if each.inputs["bucket"] == f"ml-dev-{purpose}-7f3a"]
    assert len(found) == 1
    assert found[0].through["bucket"] == {f"{purpose}-bucket"}, "a plain name leaves no dependency"
    return found[0].inputs


@pytest.mark.parametrize("purpose", KEY_POLICIES)
def test_a_key_rotates_waits_thirty_days_and_is_known_by_its_alias(everything: Recording, purpose: str) -> None:
    key = everything.one("aws:kms/key:Key", f"{purpose}-key")
    assert key.inputs["enableKeyRotation"] is True
    assert key.inputs["rotationPeriodInDays"] == 365
    assert key.inputs["deletionWindowInDays"] == 30
    assert "bypassPolicyLockoutSafetyCheck" not in key.inputs
    alias = everything.one("aws:kms/alias:Alias", f"{purpose}-alias").inputs
    assert (alias["name"], alias["targetKeyId"]) == (f"alias/ml-dev-{purpose}", f"id-of-{purpose}-key")


@pytest.mark.parametrize(("purpose", "document"), KEY_POLICIES.items())
def test_a_key_carries_the_policy_of_its_purpose_inline_and_names_no_tenant(
    everything: Recording, scope: Scope, purpose: str, document: Any
) -> None:
    key = everything.one("aws:kms/key:Key", f"{purpose}-key")
    assert json.loads(key.inputs["policy"]) == document(scope).to_dict()
    assert "alice" not in key.inputs["policy"]
    assert not everything.of("aws:kms/keyPolicy:KeyPolicy")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"purpose": "scratch"}, "'scratch' given, data, volumes, logs, partners, tenant are allowed"),
        ({"purpose": "tenant"}, "'' given for tenant, a tenant is allowed for the purpose tenant alone"),
        ({"tenant": "alice"}, "'alice' given for data, a tenant is allowed for the purpose tenant alone"),
        ({"rotation_days": 89}, "rotation_days: 89 given, 90 to 2560 are allowed"),
        ({"deletion_window_days": 6}, "deletion_window_days: 6 given, 7 to 30 are allowed"),
        ({"deletion_window_days": 31}, "deletion_window_days: 31 given, 7 to 30 are allowed"),
    ],
)
def test_a_key_that_aws_would_refuse_is_refused(scope: Scope, given: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        DataKeyArgs(**{"scope": scope, "purpose": "data", "protect": False, **given})


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_bucket_has_the_planned_name_and_is_never_emptied_by_force(everything: Recording, purpose: str) -> None:
    bucket = everything.one("aws:s3/bucket:Bucket", f"{purpose}-bucket")
    assert bucket.inputs["bucket"] == f"ml-dev-{purpose}-7f3a"
    assert not {"forceDestroy", "acl", "policy", "serverSideEncryptionConfiguration"} & set(bucket.inputs)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_bucket_blocks_public_access_in_all_four_ways(everything: Recording, purpose: str) -> None:
    block = sibling(everything, "bucketPublicAccessBlock:BucketPublicAccessBlock", purpose)
    for flag in ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"):
        assert block[flag] is True, flag
    assert "skipDestroy" not in block


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_bucket_is_encrypted_with_the_platforms_key(everything: Recording, purpose: str) -> None:
    kind = "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
    assert sibling(everything, kind, purpose)["rules"] == [
        {
            "applyServerSideEncryptionByDefault": {
                "sseAlgorithm": "aws:kms",
                "kmsMasterKeyId": KEY_ARN.replace("data", "partners") if purpose == "staging" else KEY_ARN,
            },
            "bucketKeyEnabled": True,
        }
    ]


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_bucket_owns_its_objects_and_keeps_old_versions(everything: Recording, purpose: str) -> None:
    ownership = sibling(everything, "bucketOwnershipControls:BucketOwnershipControls", purpose)
    assert ownership["rule"] == {"objectOwnership": "BucketOwnerEnforced"}
    versioning = sibling(everything, "bucketVersioning:BucketVersioning", purpose)
    assert versioning["versioningConfiguration"] == {"status": "Enabled"}


@pytest.mark.parametrize("purpose", PURPOSES)
def test_s1_a12_a_bucket_has_versions_a_block_one_owner_and_a_key(everything: Recording, purpose: str) -> None:
    """S1-A12; that a bucket without one of them makes the pack fail, tests/sabotage/test_data.py shows."""
    test_a_bucket_blocks_public_access_in_all_four_ways(everything, purpose)
    test_a_bucket_is_encrypted_with_the_platforms_key(everything, purpose)
    test_a_bucket_owns_its_objects_and_keeps_old_versions(everything, purpose)


@pytest.mark.parametrize(("purpose", "document"), [*POLICIES.items(), ("access-logs", access_logs_policy)])
def test_a_bucket_carries_the_policy_of_its_purpose_bound_to_the_s3_endpoint(
    everything: Recording, scope: Scope, purpose: str, document: Any
) -> None:
    policy = sibling(everything, "bucketPolicy:BucketPolicy", purpose)["policy"]
    ids = {"endpoint/s3": "id-of-endpoints-s3"} | {f"key/{key}": f"id-of-{key}-key" for key in KEY_POLICIES}
    assert policy == document(scope).render(ids)
    assert "endpoints-s3" in everything.one("aws:s3/bucketPolicy:BucketPolicy", f"{purpose}-policy").dependencies


def test_data_is_protected_outside_dev_and_only_there(everything: Recording, protected: Recording) -> None:
    stores = {*(f"{key}-key" for key in KEY_POLICIES), *(f"{purpose}-bucket" for purpose in PURPOSES)}
    stores |= {"access-logs-bucket", "network-logs-flow-logs-group", "network-logs-dns-queries-group"}
    assert {each.name for each in protected.custom() if each.protect} == stores
    assert not [each.name for each in everything.custom() if each.protect]


def bucket_args(scope: Scope, **given: Any) -> DataBucketArgs:
    whole = {"scope": scope, "purpose": "raw", "key_arn": KEY_ARN, "references": {}, "protect": False, **given}
    return DataBucketArgs(**{"upkeep": Upkeep(), **whole})


def test_a_bucket_for_an_unknown_purpose_is_refused(scope: Scope) -> None:
    with pytest.raises(
        ValueError, match="'scratch' given, raw, results, shared, staging, audit, access-logs are allowed"
    ):
        bucket_args(scope, purpose="scratch")


@pytest.mark.parametrize(
    "given", [{"purpose": "access-logs"}, {"key_arn": None}, {"purpose": "raw", "logged": {"x": 1}}]
)
def test_only_the_bucket_of_access_logs_logs_others_and_has_no_key_of_ours(scope: Scope, given: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="for access-logs no key and the buckets that it logs"):
        bucket_args(scope, **given)


def test_a_lock_in_an_unknown_mode_is_refused() -> None:
    with pytest.raises(ValueError, match="'soft' given, governance, compliance are allowed"):
        Upkeep(lock_mode="soft")


def test_access_logs_are_encrypted_by_s3_itself(everything: Recording) -> None:
    kind = "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
    rules = sibling(everything, kind, "access-logs")["rules"]
    assert rules == [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256"}}]


def test_every_bucket_is_logged_into_the_bucket_of_access_logs_once_it_admits_s3(everything: Recording) -> None:
    logging = everything.of("aws:s3/bucketLogging:BucketLogging")
    assert {each.inputs["bucket"] for each in logging} == {f"ml-dev-{purpose}-7f3a" for purpose in PURPOSES}
    for each in logging:
        assert each.inputs["targetBucket"] == "ml-dev-access-logs-7f3a"
        assert (
            each.inputs["targetPrefix"] == each.inputs["bucket"].removeprefix("ml-dev-").removesuffix("7f3a")[:-1] + "/"
        )
        assert "access-logs-policy" in each.dependencies, "S3 delivers nothing before"


@pytest.mark.parametrize("purpose", [*PURPOSES, "access-logs"])
def test_a_bucket_ends_old_versions_and_broken_uploads(everything: Recording, purpose: str) -> None:
    lifecycle = sibling(everything, "bucketLifecycleConfiguration:BucketLifecycleConfiguration", purpose)
    (rule,) = lifecycle["rules"]
    assert rule["status"] == "Enabled"
    assert rule["noncurrentVersionExpiration"] == {"noncurrentDays": 90}
    assert rule["abortIncompleteMultipartUpload"] == {"daysAfterInitiation": 7}


def test_objects_move_to_cheaper_storage_and_end_where_that_is_wanted(run: Callable[..., Recording]) -> None:
    upkeep = Upkeep(infrequent_access=30, archive=90, objects=365)
    recording = run(Parts(upkeep=upkeep).everything)
    rules = sibling(recording, "bucketLifecycleConfiguration:BucketLifecycleConfiguration", "raw")["rules"]
    assert [rule["id"] for rule in rules] == [
        "remove-what-is-left-over",
        "move-to-cheaper-storage",
        "remove-old-objects",
    ]
    moves = [(move["days"], move["storageClass"]) for move in rules[1]["transitions"]]
    assert moves == [(30, "STANDARD_IA"), (90, "GLACIER_IR")], "both are read at once"
    assert rules[2]["expiration"] == {"days": 365}


def test_an_object_lock_waits_for_versions(run: Callable[..., Recording]) -> None:
    recording = run(Parts(upkeep=Upkeep(lock_days=30)).everything)
    lock = recording.one("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration", "raw-lock")
    assert lock.inputs["objectLockEnabled"] == "Enabled"
    assert lock.inputs["rule"] == {"defaultRetention": {"mode": "GOVERNANCE", "days": 30}}
    assert "raw-versioning" in lock.dependencies


def test_nothing_is_locked_unless_that_is_wanted(everything: Recording) -> None:
    assert not everything.of("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration")


def test_a_key_administered_by_a_session_is_refused(scope: Scope) -> None:
    session = "arn:aws:sts::111122223333:assumed-role/ci-deploy/run-7"
    with pytest.raises(ValueError, match=r"assumed-role/ci-deploy/run-7 given.*role/ci-deploy"):
        DataKeyArgs(scope=replace(scope, deployer=(session,)), purpose="data", protect=False)
