"""A service that serves many customers may be talked into using this account's role or resource for another's work.

Every service is asked, in trusts and in policies of resources, but those that hand a role to their own account only.
A key may be guarded by the encryption context, where that is an ARN of the account.

Source: IAM User Guide, "The confused deputy problem", cross-service; KMS Developer Guide, kms:EncryptionContext.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
import places
from accounts import SOURCE_ACCOUNT, SOURCE_ARN, inside, pinned
from places import Holder
from rule import Kind, Rule, Severity, Violation, texts

if TYPE_CHECKING:
    from documents import Statement
    from resources import Resource
    from rule import Findings, Options


HOLDERS = (Holder.TRUST, Holder.BUCKET, Holder.KEY, Holder.RESOURCE)
CONTEXT = "kms:encryptioncontext:"
VIA = "kms:ViaService"


def validate(resource: Resource, options: Options) -> Findings:
    """Yield a finding for each service that may use the role or resource for any account."""
    exempt = {name.removesuffix(".cn") for name in options.texts("exemptServices")}
    for held, statement in documents.statements(resource, *HOLDERS):
        services = {name.lower().removesuffix(".cn") for name in statement.principals.get("Service", ())} - exempt
        if statement.allows and services and not _guarded(statement, held.holder):
            yield Violation(f"{held.where}: {statement.label} lets {', '.join(sorted(services))} act for any account")
        if statement.allows and set(statement.principals) == {"Service"} and statement.tests(VIA):
            yield Violation(
                f"{held.where}: {statement.label} asks for {VIA}, which no call of a service itself carries"
            )


def _guarded(statement: Statement, holder: Holder) -> bool:
    contexts = [test.key for test in statement.conditions if test.key.lower().startswith(CONTEXT)]
    arns = (*SOURCE_ARN, *(contexts if holder is Holder.KEY else ()))
    return pinned(statement, inside().own, ids=SOURCE_ACCOUNT, arns=arns)


RULE = Rule(
    id="iam-role-trust-guards-service-caller",
    title="A service may use a role or a resource only for this account",
    kind=Kind.RESOURCE,
    types=places.types_of(*HOLDERS),
    paths=places.paths_of(*HOLDERS),
    severity=Severity.MEDIUM,
    remediation="Add a condition on aws:SourceAccount or aws:SourceArn to the statement of the service.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
    frameworks=("prowler iam_role_cross_service_confused_deputy_prevention",),
    options={"exemptServices": texts("ec2.amazonaws.com", description="services that serve their own account only")},
    aliases=("kms-key-policy-guards-service-use",),
    seed=("S3",),
    mirrored_by=("runtime audit",),
    validate=validate,
)
