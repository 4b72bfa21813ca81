"""Cases of the rules about where data lies, under which keys, and how it may leave."""

from __future__ import annotations

from typing import Any

from tests.policy_pack.baselines import bucket, encryption, key, notebook
from tests.policy_pack.document_baselines import ACCOUNT, as_text, document, first_preview, key_with, use_key
from tests.policy_pack.harness import (
    ABSENT,
    UNKNOWN,
    Case,
    PackResource,
    absent,
    component,
    fails,
    passes,
    taken,
    unknown,
)

KEY = key()
ARN = "arn:aws:kms:ap-northeast-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
FOREIGN = ARN.replace("111122223333", "999988887777")
BY_DEFAULT = {"applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": FOREIGN}}
COPIES = bucket("copies")
TENANTS = {"ArnLike": {"aws:PrincipalArn": [f"arn:aws:iam::{ACCOUNT}:role/tenants/*"]}}
ALL_ROLES = {"ArnLike": {"aws:PrincipalArn": [f"arn:aws:iam::{ACCOUNT}:role/*"]}}
DEPLOYER = {"ArnEquals": {"aws:PrincipalArn": [f"arn:aws:iam::{ACCOUNT}:role/ci-deploy"]}}
CI = {"deployers": [f"arn:aws:iam::{ACCOUNT}:role/tenants/ci"]}
SERVICE = {"Service": ["logs.ap-northeast-1.amazonaws.com"]}
VIA_S3 = {"StringEquals": {"kms:ViaService": ["s3.ap-northeast-1.amazonaws.com"]}}
VIA_ANY = {"StringLike": {"kms:ViaService": ["*"]}}
FOR_AWS = {"Bool": {"kms:GrantIsForAWSResource": ["true"]}}
THROUGH_S3 = {**TENANTS, **VIA_S3}
IN_NETWORK = {"vpcConfiguration": {"vpcId": UNKNOWN}}
FLAGS = dict.fromkeys(("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"), True)


def replication(**destination: object) -> PackResource:
    """Return a replication with one rule."""
    kind = "aws:s3/bucketReplicationConfig:BucketReplicationConfig"
    return component(kind, "replication", bucket=UNKNOWN, role=UNKNOWN, rules=[{"destination": destination}])


def inline(**destination: object) -> PackResource:
    """Return a bucket with a replication inside."""
    return bucket("source", replicationConfiguration={"role": UNKNOWN, "rules": [{"destination": destination}]})


def point(**settings: object) -> PackResource:
    """Return an access point."""
    return component("aws:s3/accessPoint:AccessPoint", "point", bucket=UNKNOWN, **settings)


def owned(*tenants: str) -> dict[str, dict[str, list[str]]]:
    """Return the condition that the caller is one of the tenants."""
    return {"StringEquals": {"aws:PrincipalTag/user": list(tenants)}}


def own_key(*statements: dict[str, Any]) -> PackResource:
    """Return alice's own key."""
    return key(tags={"user": "alice"}, policy=as_text(document(*statements)))


OWNED = owned("alice")
OWN = as_text(document(use_key()))

CASES: dict[str, list[Case]] = {
    "kms-reference-is-a-platform-key": [
        passes("taken from the stack", KEY, taken(notebook(), kmsKeyId=KEY)),
        passes("known by its ARN", key(arn=ARN), notebook(kmsKeyId=ARN)),
        passes("known by its id", key(keyId=ARN[-36:]), notebook(kmsKeyId=ARN[-36:])),
        passes("a listed one", notebook(kmsKeyId=FOREIGN), options={"allowedKeyArns": [FOREIGN]}),
        fails("another account's", "kmsKeyId names a key that is neither", KEY, notebook(kmsKeyId=FOREIGN)),
        fails("AWS' own alias", "kmsKeyId names a key", KEY, notebook(kmsKeyId="alias/aws/sagemaker")),
        fails("a bucket's", "kmsMasterKeyId names a key", KEY, encryption(rules=[BY_DEFAULT])),
        fails(
            "an alias of another key",
            "targetKeyId names a key",
            KEY,
            component("aws:kms/alias:Alias", "alias", name="alias/ml-dev-data", targetKeyId=FOREIGN),
        ),
        absent("no key is another rule's question", None, notebook(kmsKeyId=ABSENT)),
        unknown("a key that nobody can tell", "kmsKeyId is not known", KEY, notebook()),
    ],
    "kms-key-policy-limits-use": [
        passes("tenants, through S3", key_with(use_key(Condition=THROUGH_S3))),
        passes("the deployer administers", key_with(use_key(Action=["kms:PutKeyPolicy"], Condition=DEPLOYER))),
        passes("grants for AWS", key_with(use_key(Action=["kms:CreateGrant"], Condition={**TENANTS, **FOR_AWS}))),
        passes("a service is another rule's question", key_with(use_key(Principal=SERVICE, Condition=ABSENT))),
        passes("a denial", key_with(use_key(Effect="Deny", Condition=ABSENT))),
        fails("the deployer decrypts", "lets the deployer use", key_with(use_key(Condition={**DEPLOYER, **VIA_S3}))),
        fails("by a pattern", "lets the deployer", key_with(use_key(Condition={**ALL_ROLES, **VIA_S3}))),
        fails("the option says who deploys", "lets the deployer", key_with(use_key(Condition=THROUGH_S3)), options=CI),
        fails("directly", "kms:ViaService is not demanded", key_with(use_key())),
        fails("through anything", "is not demanded", key_with(use_key(Condition={**TENANTS, **VIA_ANY}))),
        fails("every action", "directly", key_with(use_key(Action=["kms:*"]))),
        fails("the whole account", "names nobody by aws:PrincipalArn", key_with(use_key(Condition=VIA_S3))),
        fails("if it says", "names nobody", key_with(use_key(Condition={"ArnLikeIfExists": TENANTS["ArnLike"]}))),
        fails("grants for anybody", "for anybody", key_with(use_key(Action=["kms:CreateGrant"]))),
        absent("no condition", "names nobody by aws:PrincipalArn", key_with(use_key(Condition=ABSENT))),
        unknown("the plan is judged", "is not demanded", *first_preview(key(), use_key())),
    ],
    "kms-tenant-key-serves-its-owner": [
        passes("the owner", own_key(use_key(Condition=OWNED))),
        passes("a shared key is another rule's question", key_with(use_key())),
        passes("administration by others", own_key(use_key(Action=["kms:PutKeyPolicy"]))),
        passes("a denial", own_key(use_key(Effect="Deny"))),
        passes(
            "grants while the notebook is made",
            own_key(use_key(Action=["kms:CreateGrant"], Condition={"ArnEquals": DEPLOYER["ArnEquals"]})),
        ),
        fails("everybody", "lets others than the tenant alice use", own_key(use_key())),
        fails("another tenant", "lets others", own_key(use_key(Condition=owned("bob")))),
        fails("the owner among others", "lets others", own_key(use_key(Condition=owned("alice", "bob")))),
        fails("if it says", "lets others", own_key(use_key(Condition={"StringEqualsIfExists": OWNED["StringEquals"]}))),
        fails("by a pattern", "lets others", own_key(use_key(Condition={"StringLike": OWNED["StringEquals"]}))),
        fails("a grant for all", "lets others", own_key(use_key(Action=["kms:CreateGrant"]))),
        fails("the deployer decrypts", "lets others", own_key(use_key(Condition={"ArnEquals": DEPLOYER["ArnEquals"]}))),
        fails("every action", "lets others", own_key(use_key(Action=["kms:*"]))),
        absent("no condition", "lets others", own_key(use_key(Condition=ABSENT))),
        unknown("the plan is judged", "lets others", *first_preview(key(tags={"user": "alice"}), use_key())),
        unknown("an owner that nobody can tell", "is not known", key(tags=UNKNOWN, policy=OWN)),
    ],
    "s3-replication-stays-inside": [
        passes("to a bucket of the stack", COPIES, taken(replication(bucket=UNKNOWN), rules=COPIES)),
        passes("known by its name", COPIES, replication(bucket="arn:aws:s3:::ml-dev-copies-7f3a")),
        passes(
            "to a listed one",
            replication(bucket="arn:aws:s3:::elsewhere", account="444455556666"),
            options={"allowedBuckets": ["arn:aws:s3:::elsewhere"], "allowedAccounts": ["444455556666"]},
        ),
        fails("to another", "is a bucket that is neither", COPIES, replication(bucket="arn:aws:s3:::elsewhere")),
        fails("inside the bucket", "replicationConfiguration.rules[0]", inline(bucket="arn:aws:s3:::elsewhere")),
        fails(
            "to another account",
            "rules[0].destination.account is an account that is not listed",
            COPIES,
            taken(replication(bucket=UNKNOWN, account="444455556666"), rules=COPIES),
        ),
        absent("no replication", None, bucket()),
        unknown("a bucket that nobody can tell", "bucket is not known", COPIES, replication(bucket=UNKNOWN)),
    ],
    "s3-access-point-is-vpc-only": [
        passes("in a network", point(**IN_NETWORK)),
        passes("with the whole block", point(publicAccessBlockConfiguration=FLAGS, **IN_NETWORK)),
        *(
            fails(
                f"without {flag}",
                f"{flag} has another value",
                point(publicAccessBlockConfiguration={**FLAGS, flag: False}, **IN_NETWORK),
            )
            for flag in FLAGS
        ),
        fails(
            "a part of the block is left out",
            "is absent",
            point(publicAccessBlockConfiguration={"blockPublicAcls": True}, **IN_NETWORK),
        ),
        absent("no network", "vpcConfiguration.vpcId is absent or empty", point()),
        unknown("the network is an output", None, point(vpcConfiguration=UNKNOWN)),
    ],
    "s3-bucket-has-no-website": [
        passes("a bucket alone", bucket()),
        fails("a site inside", "website is given", bucket(website={"indexDocument": "index.html"})),
        fails(
            "a site beside",
            "is a web site",
            component("aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration", "site", bucket=UNKNOWN),
        ),
        absent("no site", None, bucket(website=ABSENT)),
        unknown("it may turn out to be one", "website is given", bucket(website=UNKNOWN)),
    ],
}
