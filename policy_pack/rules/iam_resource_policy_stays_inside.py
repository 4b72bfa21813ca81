"""A foreign principal in the policy of a resource takes its data to an account that nobody here governs.

Accounts that a condition pins count like principals that are named.

Source: Amazon S3 User Guide, "Bucket policies"; Security Hub, control S3.6; KMS Developer Guide, "Allowing users in
other accounts to use a KMS key".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
import places
import stack_config
from accounts import PRINCIPAL_ACCOUNT, PRINCIPAL_ARN, arn, inside, pinned, strangers
from places import Holder
from rule import Kind, Rule, Severity, Violation, texts

if TYPE_CHECKING:
    from documents import Statement
    from resources import Resource
    from rule import Findings, Options

RESOURCE_POLICIES = (Holder.BUCKET, Holder.KEY, Holder.RESOURCE)


def validate(resource: Resource, options: Options) -> Findings:
    """Yield a finding for each Allow of a principal, or of an account, that is not listed."""
    listed = (found.account for found in map(arn, stack_config.partner_roles()) if found is not None)
    accounts = inside((*options.texts("partnerAccounts"), *listed))
    for held, statement in documents.statements(resource, *RESOURCE_POLICIES):
        if not statement.allows:
            continue
        for name in strangers(statement, accounts):
            account = accounts.account_of(name)
            what = f"account {account}" if account else "a principal that belongs to no account of this partition"
            yield Violation(f"{held.where}: {statement.label} allows {what}, which is not listed")
        pins = {"ids": PRINCIPAL_ACCOUNT, "arns": PRINCIPAL_ARN}
        if statement.names_anybody and _pins_any(statement) and not pinned(statement, accounts.accounts, **pins):
            yield Violation(f"{held.where}: {statement.label} pins an account that is not listed")


def _pins_any(statement: Statement) -> bool:
    return any(statement.tests(key) for key in (*PRINCIPAL_ACCOUNT, *PRINCIPAL_ARN))


RULE = Rule(
    id="iam-resource-policy-stays-inside",
    title="Resource policies name only listed accounts",
    kind=Kind.RESOURCE,
    types=places.types_of(Holder.BUCKET, Holder.KEY, Holder.RESOURCE),
    paths=places.paths_of(Holder.BUCKET, Holder.KEY, Holder.RESOURCE),
    severity=Severity.HIGH,
    remediation="Remove the foreign account, or list it as partner.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-cross-account-resource-access.html",
    frameworks=(
        "CKV_AWS_385",
        "prowler secretsmanager_has_restrictive_resource_policy",
        "FSBP S3.6",
        "prowler s3_bucket_cross_account_access",
        "Config S3_BUCKET_POLICY_GRANTEE_CHECK",
        "Config S3_BUCKET_BLACKLISTED_ACTIONS_PROHIBITED",
    ),
    options={"partnerAccounts": texts()},
    aliases=("s3-bucket-policy-foreign-account-is-listed",),
    seed=("S3",),
    mirrored_by=(
        "SCP",
        "runtime audit",
    ),
    validate=validate,
)
