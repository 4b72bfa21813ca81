"""Compliant policy documents and who holds them; a case changes exactly one thing in one of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.policy_pack.baselines import bucket_policy, endpoint, key, policy, role
from tests.policy_pack.harness import ABSENT, UNKNOWN, below, component

if TYPE_CHECKING:
    from preview.pack_messages import PackResource

Json = dict[str, Any]

ACCOUNT = "111122223333"
STRANGER = "999999999999"
PARTNER = "444455556666"
DEPLOYER = f"arn:aws:iam::{ACCOUNT}:role/ci-deploy"
ROOT = f"arn:aws:iam::{ACCOUNT}:root"
BUCKET = "arn:aws:s3:::ml-dev-raw-7f3a"
OBJECTS = f"{BUCKET}/*"
OWN_ROLES = f"arn:aws:iam::{ACCOUNT}:role/tenants/${{aws:PrincipalTag/user}}/*"
JOB_ROLES = f"arn:aws:iam::{ACCOUNT}:role/tenants/*/ml-dev-*-job"
BOTH_ACCOUNTS = {"StringEquals": {"aws:PrincipalAccount": [ACCOUNT], "aws:ResourceAccount": [ACCOUNT]}}
S3_ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint|endpoints-s3"
TO_S3 = {"endpoint/s3": S3_ENDPOINT}


def document(*statements: Json, **changes: Any) -> Json:
    """Return a document of today's language; ABSENT leaves an element out."""
    whole = {"Version": "2012-10-17", "Statement": list(statements), **changes}
    return {name: value for name, value in whole.items() if value is not ABSENT}


def statement(baseline: Json, changes: Json) -> Json:
    """Return a statement that differs from its baseline in the given elements; ABSENT leaves one out."""
    return {name: value for name, value in {**baseline, **changes}.items() if value is not ABSENT}


def allow(**changes: Any) -> Json:
    """What a tenant's policy may say: one action on one thing."""
    baseline = {"Sid": "ReadRaw", "Effect": "Allow", "Action": ["s3:GetObject"], "Resource": [OBJECTS]}
    return statement(baseline, changes)


def deny(**changes: Any) -> Json:
    """What a guardrail may say."""
    baseline = {
        "Sid": "NoVpc",
        "Effect": "Deny",
        "Action": ["sagemaker:CreateTrainingJob"],
        "Resource": ["*"],
        "Condition": {"Null": {"sagemaker:VpcSubnets": ["true"]}},
    }
    return statement(baseline, changes)


def trust(**changes: Any) -> Json:
    """SageMaker of this account may assume the role."""
    baseline = {
        "Sid": "SageMakerOfThisAccount",
        "Effect": "Allow",
        "Principal": {"Service": ["sagemaker.amazonaws.com"]},
        "Action": ["sts:AssumeRole"],
        "Condition": {"StringEquals": {"aws:SourceAccount": [ACCOUNT]}},
    }
    return statement(baseline, changes)


def tls_only(**changes: Any) -> Json:
    """Everybody is denied without TLS."""
    baseline = {
        "Sid": "TlsOnly",
        "Effect": "Deny",
        "Principal": "*",
        "Action": ["s3:*"],
        "Resource": [BUCKET, OBJECTS],
        "Condition": {"BoolIfExists": {"aws:SecureTransport": ["false"]}},
    }
    return statement(baseline, changes)


def outside(*spared: str, endpoint_id: str = "{{endpoint/s3}}") -> Json:
    """The condition that a call comes neither through the endpoint nor from a service nor from somebody spared."""
    return {
        "StringNotEqualsIfExists": {"aws:SourceVpce": [endpoint_id]},
        "BoolIfExists": {"aws:ViaAWSService": ["false"], "aws:PrincipalIsAWSService": ["false"]},
        "ArnNotLike": {"aws:PrincipalArn": [JOB_ROLES, *spared]},
    }


def objects_via_endpoint(**changes: Any) -> Json:
    """Everybody is denied the objects from outside the endpoint."""
    baseline = {"Sid": "OnlyViaS3Endpoint", "Effect": "Deny", "Principal": "*", "Action": ["s3:*"]}
    return statement({**baseline, "Resource": [OBJECTS], "Condition": outside()}, changes)


def bucket_via_endpoint(**changes: Any) -> Json:
    """Everybody but the deployer is denied the bucket itself from outside the endpoint."""
    baseline = {"Sid": "BucketOnlyViaS3Endpoint", "Effect": "Deny", "Principal": "*", "Action": ["s3:*"]}
    return statement({**baseline, "Resource": [BUCKET], "Condition": outside(DEPLOYER)}, changes)


def use_key(**changes: Any) -> Json:
    """The account's tenants may use the key through S3."""
    baseline = {
        "Sid": "UseKey",
        "Effect": "Allow",
        "Principal": {"AWS": [ROOT]},
        "Action": ["kms:Decrypt"],
        "Resource": ["*"],
        "Condition": {"ArnLike": {"aws:PrincipalArn": [f"arn:aws:iam::{ACCOUNT}:role/tenants/*"]}},
    }
    return statement(baseline, changes)


def through_endpoint(**changes: Any) -> Json:
    """The own account's principals reach the own account's resources."""
    baseline = {"Sid": "OwnAccount", "Effect": "Allow", "Principal": "*", "Action": ["s3:*"], "Resource": ["*"]}
    return statement({**baseline, "Condition": BOTH_ACCOUNTS}, changes)


def packages(**changes: Any) -> Json:
    """Anybody reads the packages of Amazon Linux."""
    bucket = "arn:aws:s3:::al2023-repos-ap-northeast-1-de612dc2/*"
    baseline = {"Sid": "Packages", "Effect": "Allow", "Principal": "*", "Action": ["s3:GetObject"]}
    return statement({**baseline, "Resource": [bucket]}, changes)


def as_text(one: Json) -> str:
    """Return a document as a program hands it over."""
    return json.dumps(one)


def identity(*statements: Json) -> PackResource:
    """A managed policy with a known document."""
    return policy("tenants-work", name="ml-dev-tenant-work", policy=as_text(document(*statements)))


def trusted(*statements: Json, **changes: Any) -> PackResource:
    """A tenant's role with a known trust policy."""
    return role(assumeRolePolicy=as_text(document(*statements)), **changes)


def bucket_with(*statements: Json, **changes: Any) -> PackResource:
    """A bucket policy with a known document."""
    return bucket_policy(policy=as_text(document(*statements)), **changes)


def key_with(*statements: Json) -> PackResource:
    """A key with a known document."""
    return key(policy=as_text(document(*statements)))


def endpoint_with(*statements: Json) -> PackResource:
    """The S3 endpoint with a known document."""
    service = "com.amazonaws.ap-northeast-1.s3"
    return endpoint("endpoints-s3", serviceName=service, policy=as_text(document(*statements)))


def planned(
    resource: PackResource, plan: Json, path: str = "policy", **inputs: Any
) -> tuple[PackResource, PackResource]:
    """Return a component that planned a document and its child that holds it."""
    place = f"{resource.type}|{resource.name}|{path}"
    parent = component("closed-sagemaker:data:DataBucket", "raw", plannedDocuments={place: plan}, **inputs)
    return parent, below(parent, resource)


def first_preview(
    resource: PackResource, *statements: Json, path: str = "policy", **inputs: Any
) -> tuple[PackResource, PackResource]:
    """Return a resource whose document is not known yet, below the component that planned it."""
    properties = {**resource.properties, path: UNKNOWN}
    unread = type(resource)(type=resource.type, name=resource.name, properties=properties)
    return planned(unread, document(*statements), path, **inputs)
