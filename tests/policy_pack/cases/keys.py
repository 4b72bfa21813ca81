"""Cases of the rules about keys beside their policies, and about what buckets do with keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.policy_pack.baselines import encryption, key
from tests.policy_pack.document_baselines import ACCOUNT
from tests.policy_pack.harness import ABSENT, UNKNOWN, Case, absent, fails, given, passes, taken, unknown

if TYPE_CHECKING:
    from preview.pack_messages import PackResource

READER = f"arn:aws:iam::{ACCOUNT}:role/reader"
LISTED = {"allowedGrantees": [READER]}
FLAGS = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")


def grant(**changes: Any) -> PackResource:
    """A grant to a reader."""
    baseline = {"keyId": UNKNOWN, "granteePrincipal": READER, "operations": ["Decrypt"]}
    return given("aws:kms/grant:Grant", "grant", baseline, changes)


def alias(logical: str = "data-alias") -> PackResource:
    """An alias of a key that nobody can tell."""
    return given("aws:kms/alias:Alias", logical, {"name": f"alias/{logical}", "targetKeyId": UNKNOWN}, {})


KEY_WITH_ALIAS = key()
ALIASED = taken(alias(), targetKeyId=KEY_WITH_ALIAS)


def block(**changes: Any) -> PackResource:
    """The block of the account."""
    kind = "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock"
    return given(kind, "block", dict.fromkeys(FLAGS, True), changes)


def ruled(algorithm: Any = "aws:kms", **changes: Any) -> PackResource:
    """A bucket's encryption."""
    rule = {"applyServerSideEncryptionByDefault": {"sseAlgorithm": algorithm}, "bucketKeyEnabled": True, **changes}
    return encryption(rules=[{name: value for name, value in rule.items() if value is not ABSENT}])


CASES: dict[str, list[Case]] = {
    "kms-key-has-alias": [
        passes("an alias names it", KEY_WITH_ALIAS, ALIASED),
        passes("two do", KEY_WITH_ALIAS, ALIASED, taken(alias("second"), targetKeyId=KEY_WITH_ALIAS)),
        fails("the alias of another key", "no alias of this stack", ALIASED, KEY_WITH_ALIAS, key("other-key")),
        absent("no alias", "no alias of this stack names", key()),
        unknown(
            "whose alias it is cannot be said", "targetKeyId is not known", KEY_WITH_ALIAS, ALIASED, alias("stray")
        ),
    ],
    "s3-account-public-access-is-blocked": [
        passes("all four", block()),
        *(fails(f"without {flag}", f"{flag} has another value", block(**{flag: False})) for flag in FLAGS),
        *(absent(f"no {flag}", f"{flag} is absent: S3 takes it for false", block(**{flag: ABSENT})) for flag in FLAGS),
        unknown("it must be known", "blockPublicAcls is not known", block(blockPublicAcls=UNKNOWN)),
    ],
    "s3-bucket-key-is-enabled": [
        passes("on", ruled()),
        passes("keys of S3", ruled("AES256", bucketKeyEnabled=ABSENT)),
        passes("two layers have none", ruled("aws:kms:dsse", bucketKeyEnabled=ABSENT)),
        fails("off", "rules[0].bucketKeyEnabled is not on", ruled(bucketKeyEnabled=False)),
        absent("AWS' default is off", "bucketKeyEnabled is not on", ruled(bucketKeyEnabled=ABSENT)),
        unknown("it must be known", "rules[0] is not known", ruled(bucketKeyEnabled=UNKNOWN)),
        unknown("the whole rule must be known", "rules[0] is not known", encryption(rules=[UNKNOWN])),
        unknown("the kind of key must be known", "rules[0] is not known", ruled(UNKNOWN)),
    ],
    "kms-key-deletion-window-is-long": [
        passes("thirty days", key(deletionWindowInDays=30)),
        passes("the least", key(deletionWindowInDays=14)),
        passes("a week, where that is allowed", key(deletionWindowInDays=7), options={"minDays": 7}),
        fails("a week", "deletionWindowInDays is below 14", key(deletionWindowInDays=7)),
        absent("AWS waits thirty days", None, key(deletionWindowInDays=ABSENT)),
        unknown("it must be known", "deletionWindowInDays is not known", key(deletionWindowInDays=UNKNOWN)),
    ],
    "kms-grant-grantee-is-listed": [
        passes("a listed grantee", grant(), options=LISTED),
        fails("nobody is listed", "granteePrincipal is not listed", grant()),
        fails("another", "granteePrincipal is not listed", grant(granteePrincipal=f"{READER}-2"), options=LISTED),
        fails(
            "one that may be passed on",
            "operations[1] lets the grantee pass the grant on",
            grant(operations=["Decrypt", "CreateGrant"]),
            options=LISTED,
        ),
        absent("nobody", "granteePrincipal is not listed", grant(granteePrincipal=ABSENT), options=LISTED),
        unknown("decided at the update", None, grant(granteePrincipal=UNKNOWN), deferred=("granteePrincipal",)),
        unknown("then it must be known", "is not known", grant(granteePrincipal=UNKNOWN), update=True),
        unknown(
            "what it allows must be known", "operations[0] is not known", grant(operations=[UNKNOWN]), options=LISTED
        ),
    ],
}
