"""Cases of the rules about whom policies of resources admit, and about keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.policy_pack.baselines import bucket_policy, key
from tests.policy_pack.document_baselines import (
    ACCOUNT,
    PARTNER,
    ROOT,
    STRANGER,
    allow,
    as_text,
    bucket_with,
    document,
    first_preview,
    key_with,
    tls_only,
    use_key,
)
from tests.policy_pack.harness import ABSENT, UNKNOWN, Case, absent, component, fails, passes, unknown

if TYPE_CHECKING:
    from preview.pack_messages import PackResource

UNREAD = bucket_policy(policy=UNKNOWN)
UNREAD_KEY = key(policy=UNKNOWN)
PARTNERS = {"partnerAccounts": [PARTNER]}
ADMITS = {"Effect": "Allow", "Condition": ABSENT}
BYPASS = "bypassPolicyLockoutSafetyCheck"


def admits(*names: str, **changes: object) -> PackResource:
    """A bucket policy that allows principals."""
    return bucket_with(tls_only(**{**ADMITS, "Principal": {"AWS": list(names)}, **changes}))


def everybody(operator: str, name: str, value: str) -> PackResource:
    """A bucket policy that allows everybody under a condition."""
    return bucket_with(tls_only(**{**ADMITS, "Condition": {operator: {name: value}}}))


def by_name(principal: object) -> list[PackResource]:
    """Return a resource of each further kind whose policy names a principal."""
    said = as_text(document(allow(Principal=principal)))
    return [
        component("aws:ecr/repositoryPolicy:RepositoryPolicy", "images", policy=said),
        component("aws:sns/topicPolicy:TopicPolicy", "topic", policy=said),
        component("aws:secretsmanager/secret:Secret", "secret", policy=said),
        component("aws:cloudwatch/logResourcePolicy:LogResourcePolicy", "logs", policyDocument=said),
        component("aws:sagemaker/modelPackageGroupPolicy:ModelPackageGroupPolicy", "models", resourcePolicy=said),
        component("aws:s3/accessPoint:AccessPoint", "point", policy=said),
        component("aws:s3/bucket:Bucket", "bucket", policy=said),
        component("aws:kms/keyPolicy:KeyPolicy", "key", policy=said),
        component("aws:kms/replicaKey:ReplicaKey", "replica", policy=said),
    ]


def without_tls(**changes: object) -> PackResource:
    """A bucket policy whose Deny without TLS is changed in one thing."""
    return bucket_with(tls_only(**changes))


PUBLIC = "statement TlsOnly allows everybody"

CASES: dict[str, list[Case]] = {
    "iam-resource-policy-has-no-public-principal": [
        passes("a Deny of everybody", without_tls()),
        passes("the own account", admits(ROOT)),
        passes("a key of the account", key_with(use_key())),
        passes("everybody of the account", everybody("StringEquals", "aws:PrincipalAccount", ACCOUNT)),
        passes(
            "everybody of the account by ARN", everybody("ArnLike", "aws:PrincipalArn", f"arn:aws:iam::{ACCOUNT}:*")
        ),
        passes(
            "callers of the key",
            key_with(use_key(Principal="*", Condition={"StringEquals": {"kms:CallerAccount": ACCOUNT}})),
        ),
        *(passes(f"the account by {one.type}", one) for one in by_name({"AWS": ACCOUNT})),
        fails("a star", PUBLIC, admits(Principal="*")),
        fails("a star as AWS", PUBLIC, admits("*")),
        fails("a star in a list", PUBLIC, admits(ROOT, "*")),
        fails("a star of an account", PUBLIC, admits("arn:aws:iam::*:root")),
        *(fails(f"a star by {one.type}", "allows everybody", one) for one in by_name({"AWS": "*"})),
        fails("a key for everybody", "allows everybody", key_with(use_key(Principal={"AWS": "*"}, Condition=ABSENT))),
        fails("another condition", PUBLIC, everybody("StringEquals", "aws:SourceVpce", "vpce-1")),
        fails("any account", PUBLIC, everybody("StringLike", "aws:PrincipalAccount", "*")),
        fails("accounts that begin so", PUBLIC, everybody("StringLike", "aws:PrincipalAccount", "1111*")),
        fails("if it has one", PUBLIC, everybody("StringEqualsIfExists", "aws:PrincipalAccount", ACCOUNT)),
        fails("all of none", PUBLIC, everybody("ForAllValues:StringEquals", "aws:PrincipalAccount", ACCOUNT)),
        fails("but one", PUBLIC, everybody("StringNotEquals", "aws:PrincipalAccount", STRANGER)),
        fails("any account by ARN", PUBLIC, everybody("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:role/admin")),
        fails("any ARN", PUBLIC, everybody("StringLike", "aws:PrincipalArn", "*")),
        absent("no policy", None, bucket_policy(policy=ABSENT)),
        unknown("the plan is judged", PUBLIC, *first_preview(UNREAD, tls_only(**ADMITS))),
        unknown(
            "of a key, too", "allows everybody", *first_preview(UNREAD_KEY, use_key(Principal="*", Condition=ABSENT))
        ),
        unknown("without a plan another rule refuses it", None, UNREAD),
    ],
    "iam-resource-policy-stays-inside": [
        passes("the own account", admits(ROOT, ACCOUNT)),
        passes("a service", admits(Principal={"Service": "logging.s3.amazonaws.com"})),
        passes("a listed partner", admits(PARTNER), options=PARTNERS),
        passes("a Deny of a stranger", without_tls(Principal={"AWS": STRANGER})),
        passes(
            "everybody of a listed partner",
            everybody("StringEquals", "aws:PrincipalAccount", PARTNER),
            options=PARTNERS,
        ),
        *(passes(f"the account by {one.type}", one) for one in by_name({"AWS": ACCOUNT})),
        fails("a stranger by number", f"allows account {STRANGER}, which is not listed", admits(STRANGER)),
        fails("a stranger's root", f"account {STRANGER}", admits(ROOT, f"arn:aws:iam::{STRANGER}:root")),
        fails("a stranger's role", f"account {STRANGER}", admits(f"arn:aws:iam::{STRANGER}:role/a")),
        fails("the own number in another partition", "no account", admits(ROOT.replace("aws:", "aws-us-gov:", 1))),
        fails("a canonical user", "no account of this partition", admits(Principal={"CanonicalUser": "79a5"})),
        fails(
            "everybody of a stranger", "pins an account", everybody("StringEquals", "aws:PrincipalAccount", STRANGER)
        ),
        fails("a key for a stranger", f"account {STRANGER}", key_with(use_key(Principal={"AWS": STRANGER}))),
        *(fails(f"a stranger by {one.type}", f"account {STRANGER}", one) for one in by_name({"AWS": STRANGER})),
        absent("no policy", None, bucket_policy(policy=ABSENT)),
        unknown(
            "the plan is judged", "account", *first_preview(UNREAD, tls_only(**ADMITS, Principal={"AWS": STRANGER}))
        ),
        unknown("without a plan another rule refuses it", None, UNREAD),
    ],
    "kms-key-policy-is-declared": [
        passes("inline", key_with(use_key())),
        passes("beside, where that is allowed", key(policy=ABSENT), options={"allowSiblingPolicy": True}),
        fails("an empty one", "policy is absent or empty", key(policy="")),
        fails("of a replica", "policy is absent", component("aws:kms/replicaKey:ReplicaKey", "replica")),
        absent("the policy of AWS", "leaves the key to every identity policy", key(policy=ABSENT)),
        unknown("what it says is judged by others", None, UNREAD_KEY),
    ],
    "kms-key-lockout-check-is-kept": [
        passes("the check is on", key(**{BYPASS: False})),
        fails("it is off", f"{BYPASS} is on", key(**{BYPASS: True})),
        fails(
            "beside the key", f"{BYPASS} is on", component("aws:kms/keyPolicy:KeyPolicy", "beside", **{BYPASS: True})
        ),
        fails("as text", f"{BYPASS} is on", key(**{BYPASS: "true"})),
        absent("AWS checks", None, key()),
        unknown("it must be known", f"{BYPASS} is not known", key(**{BYPASS: UNKNOWN})),
    ],
}
