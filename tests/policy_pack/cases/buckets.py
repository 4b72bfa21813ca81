"""Cases of the rules about buckets and keys."""

from __future__ import annotations

from tests.policy_pack.baselines import (
    access_block,
    bucket,
    bucket_policy,
    encryption,
    key,
    ownership,
    versioning,
)
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

RAW, RESULTS = bucket(), bucket("results")
NAME = "ml-dev-raw-7f3a"
BLOCK = taken(access_block(), bucket=RAW)
OLD_BUCKET = component("aws:s3/bucketV2:BucketV2", "old", bucket="ml-dev-old-7f3a")
ACL = component("aws:s3/bucketAcl:BucketAcl", "acl", bucket=NAME, acl="private")
OLD_ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2"
OBJECT = "aws:s3/bucketObject:BucketObject"


def encrypted(**by_default: object) -> tuple[PackResource, ...]:
    """The raw bucket with an encryption that says something else."""
    rules = [
        {"applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": UNKNOWN, **by_default}}
    ]
    return RAW, taken(encryption(rules=rules), bucket=RAW)


CASES: dict[str, list[Case]] = {
    "s3-bucket-public-access-is-blocked": [
        fails(
            "the first flag is off",
            "blockPublicAcls has another value",
            RAW,
            taken(access_block(blockPublicAcls=False), bucket=RAW),
        ),
        passes("all four flags", RAW, BLOCK),
        passes("found by name", RAW, access_block(bucket=NAME)),
        passes("of another program's bucket", RAW, BLOCK, access_block("foreign", bucket="elsewhere")),
        fails(
            "a flag is off",
            "blockPublicPolicy has another value",
            RAW,
            taken(access_block(blockPublicPolicy=False), bucket=RAW),
        ),
        fails("one bucket of two", "no BucketPublicAccessBlock of this stack", RAW, BLOCK, RESULTS),
        fails("two for one bucket", "2 resources of the kind", BLOCK, taken(access_block("twice"), bucket=RAW), RAW),
        fails("a bucket of the older type", "no BucketPublicAccessBlock", OLD_BUCKET),
        absent("no block", "no BucketPublicAccessBlock of this stack belongs to the bucket", RAW),
        absent(
            "a flag is left out",
            "restrictPublicBuckets is absent",
            RAW,
            taken(access_block(restrictPublicBuckets=ABSENT), bucket=RAW),
        ),
        unknown(
            "a flag must be known",
            "ignorePublicAcls is not known",
            RAW,
            taken(access_block(ignorePublicAcls=UNKNOWN), bucket=RAW),
        ),
        unknown("whose block it is cannot be said", "bucket is not known", RAW, access_block()),
        unknown("and the bucket counts as uncovered", "no BucketPublicAccessBlock", RAW, access_block(), on="raw"),
        unknown(
            "one of two buckets", "bucket is not known", RAW, RESULTS, taken(access_block(), bucket=(RAW, RESULTS))
        ),
    ],
    "s3-bucket-encryption-uses-customer-key": [
        passes("twice encrypted", *encrypted(sseAlgorithm="aws:kms:dsse")),
        passes("by the older type", RAW, taken(component(OLD_ENCRYPTION, "e", **encryption().properties), bucket=RAW)),
        passes("a key of ours", *encrypted(kmsMasterKeyId="1234abcd")),
        passes("an exempt bucket", RAW, options={"exemptBuckets": [NAME]}),
        fails("keys of S3", "is neither aws:kms", *encrypted(sseAlgorithm="AES256")),
        fails(
            "the account's managed key", "is the managed key of the account", *encrypted(kmsMasterKeyId="alias/aws/s3")
        ),
        fails("no rules", "rules is absent or empty", RAW, taken(encryption(rules=[]), bucket=RAW)),
        absent("no encryption", "no BucketServerSideEncryptionConfiguration of this stack", RAW),
        absent("no key", "kmsMasterKeyId is absent", *encrypted(kmsMasterKeyId=None)),
        unknown("the key is an output", None, *encrypted(kmsMasterKeyId=UNKNOWN)),
        unknown("the algorithm must be known", "sseAlgorithm is not known", *encrypted(sseAlgorithm=UNKNOWN)),
    ],
    "s3-bucket-is-versioned": [
        passes(
            "by the older type",
            RAW,
            taken(
                component("aws:s3/bucketVersioningV2:BucketVersioningV2", "v", **versioning().properties), bucket=RAW
            ),
        ),
        passes("kept", RAW, taken(versioning(), bucket=RAW)),
        passes("an exempt bucket, by logical name", RAW, options={"exemptBuckets": ["raw"]}),
        fails(
            "suspended",
            "versioningConfiguration.status has another value",
            RAW,
            taken(versioning(versioningConfiguration={"status": "Suspended"}), bucket=RAW),
        ),
        absent("no versioning", "no BucketVersioning of this stack", RAW),
        absent("no status", "status is absent", RAW, taken(versioning(versioningConfiguration={}), bucket=RAW)),
        unknown(
            "the status must be known",
            "is not known",
            RAW,
            taken(versioning(versioningConfiguration=UNKNOWN), bucket=RAW),
        ),
    ],
    "s3-bucket-ownership-is-enforced": [
        passes("enforced", RAW, taken(ownership(), bucket=RAW)),
        fails(
            "the writer owns",
            "rule.objectOwnership has another value",
            RAW,
            taken(ownership(rule={"objectOwnership": "ObjectWriter"}), bucket=RAW),
        ),
        absent("no controls", "no BucketOwnershipControls of this stack", RAW),
        unknown(
            "it must be known",
            "rule.objectOwnership is not known",
            RAW,
            taken(ownership(rule={"objectOwnership": UNKNOWN}), bucket=RAW),
        ),
    ],
    "s3-bucket-has-policy": [
        passes("one policy", RAW, taken(bucket_policy(), bucket=RAW)),
        fails(
            "another bucket's policy",
            "no BucketPolicy of this stack",
            RESULTS,
            taken(bucket_policy(), bucket=RESULTS),
            RAW,
        ),
        absent("no policy", "no BucketPolicy of this stack", RAW),
        unknown("what it says is judged by others", None, RAW, taken(bucket_policy(policy=UNKNOWN), bucket=RAW)),
    ],
    "s3-bucket-has-no-acl": [
        fails(
            "a list of the older type",
            "an access list is a resource",
            component("aws:s3/bucketAclV2:BucketAclV2", "acl", bucket=NAME),
        ),
        passes("no list", RAW),
        passes("a bucket of the options", ACL, options={"logDeliveryBuckets": [NAME]}),
        passes("what the provider fills in on an old object", component(OBJECT, "object", bucket=NAME, acl="private")),
        fails("on a bucket", "acl is given", bucket(acl="public-read")),
        fails("even a private one", "acl is given", bucket(acl="private")),
        fails("a list of its own", "an access list is a resource of the stack", ACL),
        fails("on an object", "acl is given", component(OBJECT, "object", bucket=NAME, acl="public-read")),
        fails("grants", "grants is given", bucket(grants=[{"type": "Group"}])),
        absent("no list", None, bucket(acl=ABSENT)),
        unknown("whatever it says", "acl is given", bucket(acl=UNKNOWN)),
    ],
    "s3-bucket-force-destroy-is-off": [
        passes("off", bucket(), options={"allowedEnvironments": ["prod"]}),
        passes("on, where the options allow it", bucket(forceDestroy=True)),
        fails("on", "forceDestroy is on", bucket(forceDestroy=True), options={"allowedEnvironments": ["test"]}),
        absent("off", None, bucket(forceDestroy=ABSENT), options={"allowedEnvironments": ["test"]}),
        unknown(
            "it must be known",
            "forceDestroy is not known",
            bucket(forceDestroy=UNKNOWN),
            options={"allowedEnvironments": ["test"]},
        ),
    ],
    "kms-key-rotates": [
        passes(
            "an asymmetric key that encrypts",
            key(enableKeyRotation=ABSENT, customerMasterKeySpec="RSA_4096", keyUsage="ENCRYPT_DECRYPT"),
        ),
        passes("a key for codes", key(enableKeyRotation=ABSENT, keyUsage="GENERATE_VERIFY_MAC")),
        passes("once in the longest period", key(rotationPeriodInDays=365)),
        fails(
            "an encrypting key says so",
            "enableKeyRotation is absent",
            key(enableKeyRotation=ABSENT, keyUsage="ENCRYPT_DECRYPT"),
        ),
        passes("once a year", key()),
        passes("more often", key(rotationPeriodInDays=90)),
        passes(
            "an asymmetric key cannot",
            key(enableKeyRotation=ABSENT, customerMasterKeySpec="RSA_4096", keyUsage="SIGN_VERIFY"),
        ),
        passes("nor one of a custom store", key(enableKeyRotation=ABSENT, customKeyStoreId="cks-1")),
        fails("off", "enableKeyRotation has another value", key(enableKeyRotation=False)),
        fails("too seldom", "rotationPeriodInDays is more than 365", key(rotationPeriodInDays=2560)),
        fails(
            "a symmetric key says so",
            "enableKeyRotation is absent",
            key(enableKeyRotation=ABSENT, customerMasterKeySpec="SYMMETRIC_DEFAULT"),
        ),
        absent("off", "enableKeyRotation is absent", key(enableKeyRotation=ABSENT)),
        unknown("it must be known", "enableKeyRotation is not known", key(enableKeyRotation=UNKNOWN)),
        unknown("what kind of key must be known", "keyUsage is not known", key(keyUsage=UNKNOWN)),
        unknown("the period must be known", "rotationPeriodInDays is not known", key(rotationPeriodInDays=UNKNOWN)),
    ],
}
