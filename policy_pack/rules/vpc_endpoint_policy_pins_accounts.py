"""Without both accounts pinned, data leaves through the endpoint to a stranger's bucket, or with a stranger's keys.

The exception are reads of AWS' own listed buckets: package downloads are unsigned and carry no account.

Source: Amazon VPC User Guide (AWS PrivateLink), endpoint policies; IAM User Guide, aws:PrincipalAccount and
aws:ResourceAccount; Amazon Linux 2023 User Guide, package repositories.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
import places
import stack_config
from accounts import PRINCIPAL_ACCOUNT, RESOURCE_ACCOUNT, inside, partition, pinned
from places import Holder
from rule import Kind, Rule, Severity, Violation, texts

if TYPE_CHECKING:
    from documents import Statement
    from resources import Resource
    from rule import Findings, Options

READS = ("s3:get", "s3:list")


def validate(endpoint: Resource, options: Options) -> Findings:
    """Yield a finding for each Allow that does not pin the account of principals and of resources."""
    accounts = inside(options.texts("partnerAccounts")).accounts
    buckets = _buckets(options)
    for held, statement in documents.statements(endpoint, Holder.ENDPOINT):
        if not statement.allows or _only_reads(statement, buckets):
            continue
        for key, ids in (("aws:PrincipalAccount", PRINCIPAL_ACCOUNT[:1]), ("aws:ResourceAccount", RESOURCE_ACCOUNT)):
            if not pinned(statement, accounts, ids=ids):
                yield Violation(f"{held.where}: {statement.label} does not pin {key} to this account")


def _buckets(options: Options) -> tuple[str, ...]:
    region = stack_config.region() or ""
    return tuple(name.replace("<region>", region) for name in options.texts("awsOwnedBuckets"))


def _only_reads(statement: Statement, buckets: tuple[str, ...]) -> bool:
    """Return whether a statement allows nothing but reading the listed buckets of AWS."""
    known = [f"arn:{partition()}:s3:::{name}" for name in buckets]
    return (
        bool(statement.resources and statement.actions)
        and all(action.lower().startswith(READS) for action in statement.actions)
        and all(any(one in (bucket, f"{bucket}/*") for bucket in known) for one in statement.resources)
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
        "awsOwnedBuckets": texts(
            "prod-<region>-starport-layer-bucket", "al2023-repos-<region>-de612dc2", "jumpstart-cache-prod-<region>"
        ),
    },
    mirrored_by=("SCP",),
    validate=validate,
)
