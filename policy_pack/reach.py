"""How far a statement reaches: every action, every resource, a bucket with its objects.

A wildcard may stand anywhere in a pattern and several patterns together may cover what none covers alone, so reach is
asked of samples: what covers every one of them is taken to cover everything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents import matches

if TYPE_CHECKING:
    from collections.abc import Iterable

    from documents import Statement

ACTIONS = (
    "cloudformation:CreateStack",
    "ec2:RunInstances",
    "iam:AttachRolePolicy",
    "iam:CreateUser",
    "kms:PutKeyPolicy",
    "lambda:CreateFunction",
    "logs:DeleteLogGroup",
    "organizations:LeaveOrganization",
    "s3:DeleteBucket",
    "sagemaker:CreateDomain",
    "secretsmanager:GetSecretValue",
    "sts:AssumeRole",
)
"""One action of each of many services; together they are as good as all."""

RESOURCES = (
    "arn:{partition}:s3:::any-bucket/any/object",
    "arn:{partition}:iam::{account}:role/any",
    "arn:{partition}:ec2:eu-west-1:{account}:instance/i-0aaaaaaaaaaaaaaa1",
    "arn:{partition}:kms:ap-northeast-1:{account}:key/any",
    "arn:{partition}:sagemaker:us-east-1:{account}:notebook-instance/any",
)
"""One resource of each of many services, Regions and, once an account is filled in, of one account."""


def every_action(statement: Statement) -> bool:
    """Return whether a statement speaks of every action of AWS."""
    return all(statement.covers(action) for action in ACTIONS)


def every_resource(patterns: Iterable[str], partition: str, accounts: Iterable[str]) -> bool:
    """Return whether patterns together cover the resources of every service, at least in one of the accounts."""
    listed = tuple(patterns)
    return any(
        all(
            any(matches(one, sample.format(partition=partition, account=account)) for one in listed)
            for sample in RESOURCES
        )
        for account in accounts
    )


def every_action_of(service: str, statement: Statement) -> bool:
    """Return whether one action pattern of a statement covers a whole service, known actions and coming ones."""
    return any(pattern.lower() in ("*", "*:*", f"{service}:*") for pattern in statement.actions)


def names_bucket(patterns: Iterable[str], bucket_arn: str) -> bool:
    """Return whether one of the patterns matches a bucket itself."""
    return any(matches(pattern, bucket_arn) for pattern in patterns)


def names_every_object(patterns: Iterable[str], bucket_arn: str) -> bool:
    """Return whether one of the patterns matches every object of a bucket."""
    # A pattern that ends in a star and matches a text matches every longer text as well.
    return any(pattern.endswith("*") and matches(pattern, f"{bucket_arn}/") for pattern in patterns)


def names_others(pattern: str) -> bool:
    """Return whether a resource pattern reaches resources of any account.

    An ARN with an account is limited to it; one without (S3) is limited by the bucket's whole name.
    """
    parts = pattern.split(":", 5)
    if len(parts) < 6 or parts[0] != "arn":
        return True
    account, resource = parts[4], parts[5]
    if account:
        return "*" in account or "?" in account
    wild = set("*?") | {"$"}
    return any(wild & set(part) for part in parts[1:4]) or bool(wild & set(resource.split("/", 1)[0]))
