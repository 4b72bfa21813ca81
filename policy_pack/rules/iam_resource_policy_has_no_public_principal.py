"""A statement that allows everybody opens the resource to every account of AWS, and often to the unsigned internet.

Only a condition that pins the caller's account, and that a request without the key fails, makes a wildcard harmless.
A Deny of everybody is what a Deny should be.

Source: Amazon S3 User Guide, "The meaning of public"; KMS Developer Guide, "Key policies"; IAM User Guide, Principal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
import places
from accounts import ACCOUNT_ID, PRINCIPAL_ACCOUNT, PRINCIPAL_ARN, arn, pinned
from places import Holder
from rule import Kind, Rule, Severity, Violation

if TYPE_CHECKING:
    from documents import Statement
    from resources import Resource
    from rule import Findings, Options

RESOURCE_POLICIES = (Holder.BUCKET, Holder.KEY, Holder.RESOURCE)


def validate(resource: Resource, _options: Options) -> Findings:
    """Yield a finding for each Allow of a wildcard principal whose account nothing pins."""
    for held, statement in documents.statements(resource, *RESOURCE_POLICIES):
        if statement.allows and statement.names_anybody and not _limited(statement):
            yield Violation(f"{held.where}: {statement.label} allows everybody")


def _limited(statement: Statement) -> bool:
    """Return whether accounts are pinned, whichever: `iam-resource-policy-stays-inside` judges whose they are."""
    pins = (*PRINCIPAL_ACCOUNT, *PRINCIPAL_ARN)
    named = {
        account for key in pins for test in statement.tests(key) for value in test.values for account in _ids(value)
    }
    return pinned(statement, frozenset(named), ids=PRINCIPAL_ACCOUNT, arns=PRINCIPAL_ARN)


def _ids(value: str) -> list[str]:
    found = arn(value)
    account = found.account if found else value
    return [account] if ACCOUNT_ID.fullmatch(account) else []


RULE = Rule(
    id="iam-resource-policy-has-no-public-principal",
    title="No resource policy names everybody",
    kind=Kind.RESOURCE,
    types=places.types_of(Holder.BUCKET, Holder.KEY, Holder.RESOURCE),
    paths=places.paths_of(Holder.BUCKET, Holder.KEY, Holder.RESOURCE),
    severity=Severity.CRITICAL,
    remediation=(
        "Name principals of the account, or condition the statement on aws:PrincipalAccount "
        "(kms:CallerAccount for a key)."
    ),
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    frameworks=(
        "CKV_AWS_283",
        "CKV_AWS_32",
        "CKV_AWS_168",
        "CKV_AWS_169",
        "FSBP SNS.4",
        "FSBP SQS.3",
        "prowler ecr_repositories_not_publicly_accessible",
        "prowler secretsmanager_not_publicly_accessible",
        "prowler sns_topics_not_publicly_accessible",
        "cdk-nag AwsSolutions-ECR1",
        "FSBP S3.2",
        "FSBP S3.3",
        "CKV_AWS_70",
        "prowler s3_bucket_policy_public_write_access",
        "prowler s3_bucket_public_access",
        "Config S3_BUCKET_PUBLIC_READ_PROHIBITED",
        "Config S3_BUCKET_PUBLIC_WRITE_PROHIBITED",
        "FSBP KMS.5",
        "CKV_AWS_33",
        "prowler kms_key_not_publicly_accessible",
    ),
    aliases=(
        "s3-bucket-policy-has-no-public-principal",
        "kms-key-policy-has-no-wildcard-principal",
    ),
    mirrored_by=(
        "SCP",
        "runtime audit",
    ),
    validate=validate,
)
