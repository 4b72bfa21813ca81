"""The data key and the data buckets."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from components.data_bucket import DataBucketArgs
from components.data_key import DataKeyArgs
from components.documents.buckets import raw_policy, results_policy
from components.documents.keys import data_key_policy, logs_key_policy, volumes_key_policy

if TYPE_CHECKING:
    from components.documents.scope import Scope
    from tests.components.recording import Recording

KEY_ARN = "arn:aws:kms:ap-northeast-1:111122223333:key/id-of-data-key"
PURPOSES = ["raw", "results"]
KEY_POLICIES = {"data": data_key_policy, "volumes": volumes_key_policy, "logs": logs_key_policy}


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
        ({"purpose": "scratch"}, "'scratch' given, data, volumes, logs are allowed"),
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
            "applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": KEY_ARN},
            "bucketKeyEnabled": True,
        }
    ]


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_bucket_owns_its_objects_and_keeps_old_versions(everything: Recording, purpose: str) -> None:
    ownership = sibling(everything, "bucketOwnershipControls:BucketOwnershipControls", purpose)
    assert ownership["rule"] == {"objectOwnership": "BucketOwnerEnforced"}
    versioning = sibling(everything, "bucketVersioning:BucketVersioning", purpose)
    assert versioning["versioningConfiguration"] == {"status": "Enabled"}


@pytest.mark.parametrize(("purpose", "document"), [("raw", raw_policy), ("results", results_policy)])
def test_a_bucket_carries_the_policy_of_its_purpose_bound_to_the_s3_endpoint(
    everything: Recording, scope: Scope, purpose: str, document: Any
) -> None:
    policy = sibling(everything, "bucketPolicy:BucketPolicy", purpose)["policy"]
    assert policy == document(scope).render({"endpoint/s3": "id-of-endpoints-s3"})
    assert "endpoints-s3" in everything.one("aws:s3/bucketPolicy:BucketPolicy", f"{purpose}-policy").dependencies


def test_data_is_protected_outside_dev_and_only_there(everything: Recording, protected: Recording) -> None:
    stores = {
        "data-key",
        "volumes-key",
        "logs-key",
        "network-logs-flow-logs-group",
        "network-logs-dns-queries-group",
        "raw-bucket",
        "results-bucket",
    }
    assert {each.name for each in protected.custom() if each.protect} == stores
    assert not [each.name for each in everything.custom() if each.protect]


def test_a_bucket_for_an_unknown_purpose_is_refused(scope: Scope) -> None:
    with pytest.raises(ValueError, match="'scratch' given, raw, results are allowed"):
        DataBucketArgs(scope=scope, purpose="scratch", key_arn=KEY_ARN, references={}, protect=False)


def test_a_key_administered_by_a_session_is_refused(scope: Scope) -> None:
    session = "arn:aws:sts::111122223333:assumed-role/ci-deploy/run-7"
    with pytest.raises(ValueError, match=r"assumed-role/ci-deploy/run-7 given.*role/ci-deploy"):
        DataKeyArgs(scope=replace(scope, deployer=(session,)), purpose="data", protect=False)
