"""Without both accounts pinned, data leaves through the endpoint to a stranger's bucket, or with a stranger's keys.

The exceptions are reads of AWS' own: listed buckets, whose downloads are unsigned or signed by AWS, so that they carry
no account of ours; and SageMaker's images in listed accounts, which the own principals alone may pull.

Source: Amazon VPC User Guide (AWS PrivateLink), endpoint policies; IAM User Guide, aws:PrincipalAccount and
aws:ResourceAccount; Amazon Linux 2023 User Guide, package repositories.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import aws_owned
import documents
import places
import stack_config
from accounts import PRINCIPAL_ACCOUNT, RESOURCE_ACCOUNT, arn, inside, partition, pinned
from places import Holder
from rule import Kind, Rule, Severity, Violation, texts

if TYPE_CHECKING:
    from documents import Statement
    from resources import Resource
    from rule import Findings, Options

READS = ("s3:get", "s3:list")
PULLS = ("ecr:batchchecklayeravailability", "ecr:batchgetimage", "ecr:getdownloadurlforlayer")


def validate(endpoint: Resource, options: Options) -> Findings:
    """Yield a finding for each Allow that does not pin the account of principals and of resources."""
    accounts = inside(options.texts("partnerAccounts")).accounts
    buckets = _buckets(options)
    for held, statement in documents.statements(endpoint, Holder.ENDPOINT):
        if not statement.allows or _only_reads(statement, buckets):
            continue
        if _only_pulls(statement, options) and pinned(statement, accounts, ids=PRINCIPAL_ACCOUNT[:1]):
            continue
        for key, ids in (("aws:PrincipalAccount", PRINCIPAL_ACCOUNT[:1]), ("aws:ResourceAccount", RESOURCE_ACCOUNT)):
            if not pinned(statement, accounts, ids=ids):
                yield Violation(f"{held.where}: {statement.label} does not pin {key} to this account")


def _buckets(options: Options) -> tuple[str, ...]:
    region = stack_config.region() or ""
    listed = (name.replace("<region>", region) for name in options.texts("awsOwnedBuckets"))
    return (*listed, *aws_owned.package_buckets(region))


def _only_reads(statement: Statement, buckets: tuple[str, ...]) -> bool:
    """Return whether a statement allows nothing but reading the listed buckets of AWS."""
    known = [f"arn:{partition()}:s3:::{name}" for name in buckets]
    return (
        bool(statement.resources and statement.actions)
        and all(action.lower().startswith(READS) for action in statement.actions)
        and all(any(one in (bucket, f"{bucket}/*") for bucket in known) for one in statement.resources)
    )


def _only_pulls(statement: Statement, options: Options) -> bool:
    """Return whether a statement allows nothing but pulling images of the listed accounts in this Region."""
    accounts = {*aws_owned.image_accounts(stack_config.region()), *options.texts("imageAccounts")}
    found = [arn(one) for one in statement.resources]
    return (
        bool(statement.resources and statement.actions)
        and all(action.lower() in PULLS for action in statement.actions)
        and all(
            one is not None
            and (one.partition, one.service, one.region) == (partition(), "ecr", stack_config.region())
            and one.account in accounts
            for one in found
        )
    )


RULE = Rule(
    id="vpc-endpoint-policy-pins-accounts",
    title="Endpoint policies admit only our principals to our resources",
    kind=Kind.RESOURCE,
    types=places.types_of(Holder.ENDPOINT),
    paths=places.paths_of(Holder.ENDPOINT),
    severity=Severity.HIGH,
    remediation="Condition each Allow on aws:PrincipalAccount and aws:ResourceAccount.",
    url="https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html#edit-vpc-endpoint-policy-s3",
    frameworks=("prowler vpc_endpoint_connections_trust_boundaries",),
    options={
        "partnerAccounts": texts(),
        "imageAccounts": texts(description="accounts with images beside those in which AWS keeps SageMaker's"),
        "awsOwnedBuckets": texts(
            "prod-<region>-starport-layer-bucket", "al2023-repos-<region>-de612dc2", "jumpstart-cache-prod-<region>"
        ),
    },
    mirrored_by=("SCP",),
    validate=validate,
)
