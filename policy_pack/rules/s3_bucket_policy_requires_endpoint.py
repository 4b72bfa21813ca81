"""Without the Deny a bucket answers from anywhere in the world to whoever holds a tenant's keys.

Spared are calls that AWS services make or forward, the platform's job roles (SageMaker moves their data from its own
network) and, on the bucket itself, the deployer and the emergency role. Partners of the
stack file are bound by the statements that admit them. Each further condition would switch the Deny off for somebody
else.

Source: Amazon S3 User Guide, "Controlling access from VPC endpoints with bucket policies"; IAM User Guide,
aws:SourceVpce, aws:ViaAWSService and aws:PrincipalIsAWSService.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import bucket_policies
import documents
import plans
import stack_config
from accounts import arn, inside
from places import Holder
from plans import REFERENCE
from rule import Kind, Rule, Severity, Violation, texts

if TYPE_CHECKING:
    from documents import Statement
    from resources import Resource
    from rule import Findings, Options

SOURCE = "aws:SourceVpce"
CALLER = "aws:PrincipalArn"
SERVICES = ("aws:ViaAWSService", "aws:PrincipalIsAWSService")
ENDPOINT_ID = re.compile(r"vpce-[0-9a-z]+")
ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint|"


def validate(policy: Resource, options: Options) -> Findings:
    """Yield a finding for each half of each bucket that answers from outside the endpoints."""
    exempt = options.texts("exemptBuckets")
    for held in documents.held(policy, Holder.BUCKET):
        # Endpoints are told from the plan, where there is one: there they are references that name a resource.
        document = held.planned or held.rendered
        if document is None:
            continue
        judged = [(one, _spared(one, policy, planned=held.planned is not None)) for one in document.statements]
        for whole, where in ((True, "the bucket itself"), (False, "its objects")):
            denies = [one for one, spared in judged if spared is not None and _fits(spared, options, whole=whole)]
            for bucket in bucket_policies.bare(policy, document, denies, exempt, whole=whole):
                yield Violation(
                    f"{held.where} does not deny requests from outside the S3 endpoint on {bucket}: {where}"
                )


def _spared(statement: Statement, policy: Resource, *, planned: bool) -> tuple[str, ...] | None:
    """Return the callers that a Deny of outside requests spares; None for any other statement."""
    if not bucket_policies.denies_everything(statement) or not statement.tests(SOURCE):
        return None
    spared: list[str] = []
    for test in statement.conditions:
        if test.names(SOURCE):
            good = test.base == "stringnotequals" and not test.quantifier and bool(test.values)
            good = good and all(_is_endpoint(value, policy, planned=planned) for value in test.values)
        elif any(test.names(key) for key in SERVICES):
            good = test.base == "bool" and test.if_exists and not test.quantifier and test.values == ("false",)
        else:
            good = test.names(CALLER) and test.base in ("arnnotlike", "arnnotequals") and not test.quantifier
            spared += test.values
        if not good:
            return None
    return tuple(spared)


def _is_endpoint(value: str, policy: Resource, *, planned: bool) -> bool:
    found = REFERENCE.fullmatch(value)
    if found:
        return plans.references(policy).get(found.group(1), "").startswith(ENDPOINT)
    if value in stack_config.adopted("endpoints"):
        return True
    return not planned and ENDPOINT_ID.fullmatch(value) is not None


def _fits(spared: tuple[str, ...], options: Options, *, whole: bool) -> bool:
    """Return whether nobody is spared but job roles, listed callers and, on the bucket itself, who manages it."""
    listed = (
        *options.texts("exemptPrincipals"),
        *stack_config.partner_roles(),
        *(stack_config.deployer().names if whole else ()),
    )
    return all(caller in listed or _is_job_role(caller) or (whole and _is_break_glass(caller)) for caller in spared)


def _is_job_role(caller: str) -> bool:
    found = arn(caller)
    return (
        found is not None
        and inside().owns(caller, service="iam")
        and found.resource.startswith("role/tenants/")
        and found.resource.endswith("-job")
    )


def _is_break_glass(caller: str) -> bool:
    """Return whether an ARN names the platform's emergency role, whose taking on is told."""
    found = arn(caller)
    return (
        found is not None
        and inside().owns(caller, service="iam")
        and found.resource == f"role/{stack_config.name_prefix()}-break-glass"
    )


RULE = Rule(
    id="s3-bucket-policy-requires-endpoint",
    title="Bucket policies refuse requests from outside the endpoints",
    kind=Kind.RESOURCE,
    types=("aws:s3/bucketPolicy:BucketPolicy",),
    paths=("BucketPolicy:policy", "BucketPolicy:bucket"),
    severity=Severity.CRITICAL,
    remediation=(
        "Deny when aws:SourceVpce is not the S3 endpoint, except for calls by AWS services, the job "
        "roles of the platform, and the deployer's management of the bucket itself."
    ),
    url="https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies-vpc-endpoint.html",
    options={
        "exemptBuckets": texts(),
        "exemptPrincipals": texts(
            description="ARNs that the Deny may spare as well, such as a recorded emergency role"
        ),
    },
    mirrored_by=(
        "IAM deny",
        "runtime audit",
    ),
    validate=validate,
)
