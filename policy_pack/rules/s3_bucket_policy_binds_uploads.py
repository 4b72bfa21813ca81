"""An upload may ask for a key of its own: the bucket's default is then not what the object lies under.

Whoever holds that key reads the object, or takes it away by switching the key off. A Deny to everybody on every object
holds where an upload asks for an encryption and the key is none of this account; asking for none gets the bucket's.

Source: Amazon S3 User Guide, "Specifying server-side encryption with AWS KMS"; Service Authorization Reference, S3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import bucket_policies
import documents
from accounts import inside
from places import Holder
from rule import Kind, Rule, Severity, Violation, texts

if TYPE_CHECKING:
    from documents import Condition, Statement
    from resources import Resource
    from rule import Findings, Options

UPLOAD = "s3:PutObject"
ASKED, KEY = "s3:x-amz-server-side-encryption", "s3:x-amz-server-side-encryption-aws-kms-key-id"
ANY = ("?*", "*")


def validate(policy: Resource, options: Options) -> Findings:
    """Yield a finding for each bucket whose policy lets an upload name another key."""
    if policy.name in options.texts("exemptPolicies"):
        return
    for held in documents.held(policy, Holder.BUCKET):
        if held.document is None:
            continue
        denies = [one for one in held.document.statements if _binds(one)]
        for bucket in bucket_policies.bare(policy, held.document, denies, (), whole=False):
            yield Violation(f"{held.where} does not deny uploads that ask for another key than ours to {bucket}")


def _binds(statement: Statement) -> bool:
    """Return whether a statement denies everybody's uploads under foreign keys, whatever else they carry."""
    return (
        statement.denies
        and statement.everybody
        and statement.covers(UPLOAD)
        and any(test.names(KEY) for test in statement.conditions)
        and all(_fits(test) for test in statement.conditions)
    )


def _fits(test: Condition) -> bool:
    """Return whether a condition spares nobody but uploads under our key, or such as ask for no encryption."""
    if test.names(ASKED):
        return test.base == "stringlike" and not test.quantifier and bool(set(test.values) & set(ANY))
    ours = all(inside().owns(str(value), service="kms") for value in test.values)
    return test.names(KEY) and test.base == "stringnotequals" and not test.quantifier and bool(test.values) and ours


RULE = Rule(
    id="s3-bucket-policy-binds-uploads",
    title="Uploads lie under our keys, whatever they ask for",
    kind=Kind.RESOURCE,
    types=("aws:s3/bucketPolicy:BucketPolicy",),
    paths=("BucketPolicy:policy", "BucketPolicy:bucket"),
    severity=Severity.HIGH,
    remediation="Deny s3:PutObject where an encryption is asked for and the key is not the bucket's.",
    url="https://docs.aws.amazon.com/AmazonS3/latest/userguide/specifying-kms-encryption.html",
    options={
        "exemptPolicies": texts(
            "audit-policy", "access-logs-policy", description="names of policies of buckets that services alone fill"
        ),
    },
    mirrored_by=("IAM deny", "runtime audit"),
    validate=validate,
)
