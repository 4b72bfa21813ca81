"""What the library knows of actions, resource types and condition keys."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest

from iamproof import facts
from iamproof.facts.query import nearest_actions, nearest_keys, operation_only, resource_types


def test_an_action_has_its_level_resource_types_keys_and_dependent_actions() -> None:
    found = facts.action("SageMaker:createtrainingjob")
    assert found is not None
    assert (found.name, found.access_level) == ("sagemaker:CreateTrainingJob", facts.AccessLevel.WRITE)
    assert {kind.name: kind.required for kind in found.resource_types} == {
        "training-job": True,
        "reserved-capacity": False,
        "training-plan": False,
    }
    arns = {kind.arn.text for kind in found.resource_types}
    assert "arn:${Partition}:sagemaker:${Region}:${Account}:training-job/${TrainingJobName}" in arns
    assert {"sagemaker:VpcSubnets", "sagemaker:NetworkIsolation", "aws:TagKeys"} <= found.condition_keys
    assert found.dependent_actions == ("iam:PassRole", "sagemaker:AddTags")


def test_an_action_that_takes_no_resource_has_no_resource_type() -> None:
    found = facts.action("sagemaker:ListTrainingJobs")
    assert found is not None
    assert found.resource_types == ()


@pytest.mark.parametrize("name", ["sagemaker:CreateTrainingJobs", "nothing:Here", "sagemaker", "", "../index:x"])
def test_what_is_no_action_is_none(name: str) -> None:
    assert facts.action(name) is None


def test_a_pattern_stands_for_the_actions_that_it_matches_without_case() -> None:
    assert facts.expand("s3:getobjectt*") == ("s3:GetObjectTagging", "s3:GetObjectTorrent")
    assert facts.expand("s3:GetObjec?") == ("s3:GetObject",)
    assert facts.expand("s3:Nothing*") == facts.expand("nothing:*") == ()


def test_a_star_stands_for_every_action_of_every_service() -> None:
    everything = facts.expand("*")
    assert everything == facts.expand("*:*")
    assert len(everything) > 20_000
    assert {"s3:GetObject", "sagemaker:CreateModel", "iam:PassRole"} <= set(everything)


def test_what_is_no_pattern_is_refused() -> None:
    with pytest.raises(ValueError, match="write service:Action"):
        facts.expand("GetObject")


@pytest.mark.parametrize(
    ("action", "key"),
    [
        ("sagemaker:CreateTrainingJob", "sagemaker:vpcsubnets"),
        # Through the resource type: the notebook has tags, the request names none.
        ("sagemaker:StartNotebookInstance", "aws:ResourceTag/user"),
        ("sagemaker:StartNotebookInstance", "sagemaker:ResourceTag/user"),
        # As every request can.
        ("sagemaker:ListTrainingJobs", "aws:SourceVpce"),
        ("s3:GetObject", "aws:PrincipalTag/user"),
        # Keys with a name of the caller's own in them.
        ("s3:GetObject", "s3:ExistingObjectTag/class"),
        ("kms:Decrypt", "kms:EncryptionContext:aws:s3:arn"),
        # A key under another service's prefix.
        ("sts:AssumeRole", "iam:ResourceTag/team"),
        # A key of the credentials, which follows its holder to every service.
        ("s3:GetObject", "lambda:SourceFunctionArn"),
    ],
)
def test_an_action_carries_the_key(action: str, key: str) -> None:
    assert facts.carries(action, key)


@pytest.mark.parametrize(
    ("action", "key"),
    [
        ("sagemaker:CreateAutoMLJob", "sagemaker:NetworkIsolation"),
        ("sagemaker:CreateTransformJob", "sagemaker:VpcSubnets"),
        ("s3:GetObject", "aws:RequestTag/user"),
        ("s3:GetObject", "sagemaker:VpcSubnets"),
        ("s3:GetObject", "s3:prefix"),
        ("s3:GetObject", "aws:NoSuchKey"),
        ("s3:GetObject", "s3:ExistingObjectTag/"),
    ],
)
def test_an_action_does_not_carry_the_key(action: str, key: str) -> None:
    assert not facts.carries(action, key)


def test_carrying_is_not_answered_for_an_action_that_is_not_known() -> None:
    with pytest.raises(ValueError, match="did you mean s3:GetObject"):
        facts.carries("s3:GetObjekt", "s3:prefix")


@pytest.mark.parametrize(
    ("key", "kind", "multi_valued"),
    [
        ("sagemaker:VpcSubnets", facts.KeyType.STRINGS, True),
        ("sagemaker:ImageArns", facts.KeyType.ARNS, True),
        ("sagemaker:NetworkIsolation", facts.KeyType.BOOL, False),
        ("aws:SourceVpce", facts.KeyType.STRING, False),
        ("aws:TagKeys", facts.KeyType.STRINGS, True),
        ("aws:PrincipalOrgPaths", facts.KeyType.STRINGS, True),
    ],
)
def test_a_key_has_a_type_which_says_whether_it_has_several_values(
    key: str, kind: facts.KeyType, *, multi_valued: bool
) -> None:
    found = facts.condition_key(key)
    assert found is not None
    assert (found.type, found.type.multi_valued) == (kind, multi_valued)


def test_a_global_key_says_who_carries_it_and_a_key_that_is_not_known_is_none() -> None:
    name = facts.condition_key("AWS:Username")
    assert name is not None
    assert name.principals == ("User",)
    assert facts.condition_key("saml:aud"), "a key under a prefix that is no service"
    assert facts.condition_key("aws:SourceVpces") is None
    assert facts.condition_key("nothing:Key") is None


def test_the_supplement_adds_newer_keys_to_their_actions_only() -> None:
    key = "sagemaker:NotebookInstanceLifecycleConfigArns"
    found = facts.condition_key(key)
    assert found is not None
    assert found.type is facts.KeyType.ARNS
    assert "2026-06-14" in found.source
    carrying = [action for action in facts.expand("sagemaker:*NotebookInstance") if facts.carries(action, key)]
    assert carrying == ["sagemaker:CreateNotebookInstance", "sagemaker:UpdateNotebookInstance"]


def test_a_newer_key_may_stand_wherever_an_older_one_does() -> None:
    for action in map(facts.action, facts.expand("sagemaker:*")):
        assert action is not None
        older = "sagemaker:VolumeKmsKey" in action.condition_keys
        assert older is ("sagemaker:VolumeKmsKeyArn" in action.condition_keys), action.name


def test_the_supplement_adds_forms_of_arns_to_a_resource_type() -> None:
    found = facts.action("ssm:StartSession")
    assert found is not None
    documents = [kind.arn.text for kind in found.resource_types if kind.name == "document"]
    assert [text.split(":")[4] for text in documents] == ["${Account}", ""]


def test_of_a_newer_action_only_the_name_is_known() -> None:
    found = facts.action("sagemaker:PutEndpointPolicy")
    assert found is not None
    assert not found.complete
    assert found.access_level is facts.AccessLevel.UNKNOWN
    assert "botocore" in found.source
    assert facts.carries("sagemaker:PutEndpointPolicy", "sagemaker:VpcSubnets")
    assert "sagemaker:CreateJob" in facts.expand("sagemaker:CreateJ*")


def test_an_operation_that_is_no_action_is_told_from_an_action() -> None:
    assert operation_only("s3:ListObjectsV2")
    assert not operation_only("s3:ListBucket")
    assert not operation_only("s3:ListObjectsV9")
    assert facts.action("s3:ListObjectsV2") is None


def test_names_that_are_nearly_right_are_recognised() -> None:
    assert nearest_actions("sagemaker:CreateTrainingJobs")[0] == "sagemaker:CreateTrainingJob"
    assert nearest_actions("sagemakr:CreateModel") == ("sagemaker:CreateModel",)
    assert nearest_actions("qqqqqq:CreateModel") == ()
    assert nearest_keys("sagemaker:VpcSubnet")[0] == "sagemaker:VpcSubnets"
    assert nearest_keys("aws:SourceVpceId")[0] == "aws:SourceVpce"


def test_resource_types_are_found_by_the_service_in_their_arns() -> None:
    assert "bucket" in {kind.name for kind in resource_types("s3")}
    # The ARNs of Lambda access points stand under a service that has no actions for them.
    assert "objectlambdaaccesspoint" in {kind.name for kind in resource_types("s3-object-lambda")}
    assert list(resource_types("nothing")) == []


def test_only_the_services_asked_about_are_read() -> None:
    script = """
        import iamproof
        from iamproof.facts.load import service
        assert service.cache_info().currsize == 0
        iamproof.facts.action("kms:Decrypt")
        assert service.cache_info().currsize == 1
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(script)], check=True)
