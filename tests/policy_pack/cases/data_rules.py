"""Cases of the rules about readers of other accounts, who administers keys."""

from __future__ import annotations

from typing import Any

from tests.policy_pack.baselines import bucket_policy, key, policy
from tests.policy_pack.document_baselines import (
    ACCOUNT,
    BUCKET,
    OBJECTS,
    PARTNER,
    ROOT,
    as_text,
    bucket_with,
    document,
    first_preview,
    identity,
    key_with,
    use_key,
)
from tests.policy_pack.harness import ABSENT, UNKNOWN, Case, absent, fails, passes, unknown

SOMEWHERE = {"aws:SourceIp": ["8.8.8.0/24"]}
FOR_AWS = {"Bool": {"kms:GrantIsForAWSResource": "true"}}
IF_TOLD = {"BoolIfExists": {"kms:GrantIsForAWSResource": "true"}}
READER = f"arn:aws:iam::{PARTNER}:role/reader"
ENDS = {"DateLessThan": {"aws:CurrentTime": ["2027-03-31T00:00:00Z"]}}
IS_READER = {"ArnEquals": {"aws:PrincipalArn": [READER]}}
BOUND: dict[str, Any] = {**ENDS, **IS_READER}
BELOW = f"{BUCKET}/vision/*"
DEPLOYER = {"ArnEquals": {"aws:PrincipalArn": [f"arn:aws:iam::{ACCOUNT}:role/ci-deploy"]}}


def reads(**changes: Any) -> dict[str, Any]:
    """A partner reads one prefix until a date."""
    whole = {
        "Sid": "PartnerReads",
        "Effect": "Allow",
        "Principal": {"AWS": [f"arn:aws:iam::{PARTNER}:root"]},
        "Action": ["s3:GetObject"],
        "Resource": [BELOW],
        "Condition": BOUND,
        **changes,
    }
    return {name: value for name, value in whole.items() if value is not ABSENT}


def lists(*prefixes: str) -> dict[str, Any]:
    """A partner lists below prefixes."""
    asked = {"StringLike": {"s3:prefix": list(prefixes)}} if prefixes else {}
    return reads(Action=["s3:ListBucket"], Resource=[BUCKET], Condition={**BOUND, **asked})


def at(*endpoints: str) -> dict[str, Any]:
    """Return the condition that a call comes through an endpoint."""
    return {"StringEquals": {"aws:SourceVpce": list(endpoints)}}


def near(until: str = "2027-03-31", networks: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    """The partner of whom the stack file says an end and a network reads one prefix."""
    bound = {
        "DateLessThan": {"aws:CurrentTime": [f"{until}T00:00:00Z"]},
        "ArnEquals": {"aws:PrincipalArn": [f"arn:aws:iam::{PARTNER}:role/near"]},
        **(at("vpce-0a7ab00001") if networks is None else networks),
    }
    return reads(**{"Condition": bound, **changes})


def decrypts(**changes: Any) -> dict[str, Any]:
    """A partner decrypts until a date."""
    return reads(**{"Action": ["kms:Decrypt"], "Resource": ["*"], **changes})


def uses(*actions: str, **changes: Any) -> dict[str, Any]:
    """An identity may do something with everything."""
    return {"Sid": "Uses", "Effect": "Allow", "Action": list(actions), "Resource": "*", **changes}


def administers(**changes: Any) -> dict[str, Any]:
    """The deployer changes the policy of the key."""
    return use_key(**{"Action": ["kms:PutKeyPolicy"], "Condition": DEPLOYER, **changes})


CASES: dict[str, list[Case]] = {
    "iam-allow-keeps-versions-and-keys": [
        passes("reads and writes", identity(uses("s3:GetObject", "s3:PutObject", "s3:DeleteObject"))),
        passes("a denial", identity(uses("s3:DeleteObjectVersion", Effect="Deny"))),
        passes("grants for what AWS makes", identity(uses("kms:CreateGrant", Condition=FOR_AWS))),
        passes("a ceiling leaves what is granted", policy(policy=as_text(document(uses("kms:CreateGrant"))))),
        fails("versions", "allows s3:DeleteObjectVersion", identity(uses("s3:DeleteObjectVersion"))),
        fails("versions, by a star", "allows s3:DeleteObjectVersion", identity(uses("s3:Delete*"))),
        fails("a lock", "allows s3:BypassGovernanceRetention", identity(uses("s3:Bypass*"))),
        fails("a lock, by a ceiling", "s3:PutObjectRetention", policy(policy=as_text(document(uses("s3:*"))))),
        fails("any grant", "to anybody", identity(uses("kms:CreateGrant"))),
        fails("grants if it is told", "to anybody", identity(uses("kms:CreateGrant", Condition=IF_TOLD))),
        absent("no condition", "is not demanded", identity(uses("kms:*"))),
        unknown("the plan is judged", "to anybody", *first_preview(policy(name="x", policy=UNKNOWN), uses("kms:Cr*"))),
    ],
    "iam-foreign-reader-is-bounded": [
        passes("one prefix, one role, until a date", bucket_with(reads(), lists("vision/*"))),
        passes("the role itself as principal", bucket_with(reads(Principal={"AWS": [READER]}, Condition=ENDS))),
        passes("it decrypts", key_with(decrypts())),
        passes("the own account is another rule's question", key_with(use_key())),
        passes("a denial", bucket_with(reads(Effect="Deny", Condition=ABSENT))),
        fails("no end", "without an end", bucket_with(reads(Condition=IS_READER))),
        fails("no end of decrypting", "without an end", key_with(decrypts(Condition=IS_READER))),
        fails(
            "an end if it is told",
            "without an end",
            bucket_with(reads(Condition={**IS_READER, "DateLessThanIfExists": ENDS["DateLessThan"]})),
        ),
        fails(
            "from a date",
            "without an end",
            bucket_with(reads(Condition={**IS_READER, "DateGreaterThan": ENDS["DateLessThan"]})),
        ),
        fails("the whole account", "names no single role", bucket_with(reads(Condition=ENDS))),
        fails(
            "roles by a pattern",
            "names no single role",
            bucket_with(reads(Condition={**ENDS, "ArnLike": {"aws:PrincipalArn": [READER + "*"]}})),
        ),
        fails("it writes", "for more than reading", bucket_with(reads(Action=["s3:GetObject", "s3:PutObject"]))),
        fails("any action", "for more than reading", key_with(decrypts(Action=["kms:*"]))),
        fails("every object", "beyond one prefix", bucket_with(reads(Resource=[OBJECTS]))),
        fails("a prefix without an end", "beyond one prefix", bucket_with(reads(Resource=[f"{BUCKET}/vision*"]))),
        fails("one more object", "beyond one prefix", bucket_with(reads(Resource=[BELOW, OBJECTS]))),
        fails("all names", "beyond one prefix", bucket_with(lists())),
        fails("names by a star", "beyond one prefix", bucket_with(lists("*"))),
        fails("names beside the prefix", "beyond one prefix", bucket_with(lists("vision/*", "vision*"))),
        passes("as agreed", bucket_with(near()), key_with(near(Action=["kms:Decrypt"], Resource=["*"]))),
        passes("sooner than agreed", bucket_with(near("2027-01-01"))),
        passes("a key knows no network", key_with(near(networks={}, Action=["kms:Decrypt"], Resource=["*"]))),
        fails("later than agreed", "for longer than the stack file says", bucket_with(near("2028-01-01"))),
        fails("from anywhere", "from other networks than", bucket_with(near(networks={}))),
        fails("from elsewhere", "from other networks", bucket_with(near(networks=at("vpce-0a7ab00001", "vpce-0f")))),
        fails("from an address", "from other networks", bucket_with(near(networks={"IpAddress": SOMEWHERE}))),
        fails("a key for longer", "longer", key_with(near("2028-01-01", Action=["kms:Decrypt"], Resource=["*"]))),
        absent("no condition", "without an end", bucket_with(reads(Condition=ABSENT))),
        unknown("the plan is judged", "without an end", *first_preview(bucket_policy(), reads(Condition=IS_READER))),
    ],
    "kms-key-policy-keeps-an-administrator": [
        passes("the deployer", key_with(administers())),
        passes("the account", key_with(administers(Condition=ABSENT))),
        fails("nobody", "lets nobody", key_with(use_key())),
        fails("a service", "lets nobody", key_with(administers(Principal={"Service": ["sagemaker.amazonaws.com"]}))),
        fails(
            "somebody else", "lets nobody", key_with(administers(Condition={"ArnEquals": {"aws:PrincipalArn": ROOT}}))
        ),
        fails(
            "through a service only",
            "lets nobody",
            key_with(administers(Condition={"StringEquals": {"kms:ViaService": ["s3.ap-northeast-1.amazonaws.com"]}})),
        ),
        fails(
            "another account", "lets nobody", key_with(administers(Principal={"AWS": [f"arn:aws:iam::{PARTNER}:root"]}))
        ),
        fails("a denial", "lets nobody", key_with(administers(Effect="Deny"))),
        absent("no policy is another rule's question", None, key(policy=ABSENT)),
        unknown("the plan is judged", "lets nobody", *first_preview(key(), use_key())),
    ],
}
