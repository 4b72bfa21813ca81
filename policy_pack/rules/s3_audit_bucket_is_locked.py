"""Records that somebody can change, remove or add to prove nothing; what they tell is nobody's but their readers'.

A policy that lets CloudTrail or Config write is one of records. Its Denies bind services too; a lock of the bucket
beside it (object lock) is the stack file's choice, since nothing lifts one early.

Source: AWS CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail"; "CloudTrail security best practices".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import bucket_policies
import documents
import stack_config
from accounts import SOURCE_ACCOUNT, inside, pinned
from places import Holder
from rule import Kind, Rule, Severity, Violation, texts

if TYPE_CHECKING:
    from documents import Condition, Document, Statement
    from resources import Resource
    from rule import Findings, Options

WRITERS = ("cloudtrail.amazonaws.com", "config.amazonaws.com")
LOG_DELIVERY = "logging.s3.amazonaws.com"
GIVEN = {"s3:getbucketacl", "s3:listbucket", "s3:putobject"}
CHANGES = (
    "s3:DeleteObject",
    "s3:DeleteObjectVersion",
    "s3:PutObjectAcl",
    "s3:PutObjectRetention",
    "s3:ReplicateDelete",
)
CALLER, SERVICE = "aws:PrincipalArn", "aws:PrincipalIsAWSService"


def validate(policy: Resource, options: Options) -> Findings:
    """Yield a finding for each way in which records may be changed, written by others, or read by anybody."""
    readers = {*options.texts("readers"), *stack_config.readers_of_records()}
    for held in documents.held(policy, Holder.BUCKET):
        document = held.document
        grants = [one for one in document.statements if _grants_writer(one)] if document else []
        for grant in grants:
            if {action.lower() for action in grant.actions} - GIVEN or grant.not_actions:
                yield Violation(f"{held.where}: {grant.label} lets a service do more than add records")
            if not pinned(grant, inside().own, ids=SOURCE_ACCOUNT):
                yield Violation(f"{held.where}: {grant.label} lets a service write for any account")
        for delivery in document.statements if document else ():
            services = delivery.principals.get("Service", ()) if delivery.allows else ()
            if LOG_DELIVERY in services and {action.lower() for action in delivery.actions} != {"s3:putobject"}:
                yield Violation(f"{held.where}: {delivery.label} lets S3 do more than deliver logs")
        if document and grants:
            for what in _open(policy, document, readers):
                yield Violation(f"{held.where} {what}")


def _open(policy: Resource, document: Document, readers: set[str]) -> list[str]:
    """Return what the Denies of a policy of records leave open."""
    managers = {*stack_config.deployer().names, _break_glass()}
    denies = [one for one in document.statements if one.denies and one.everybody]
    changes = [one for one in denies if not one.conditions and all(map(one.covers, CHANGES))]
    others = [one for one in denies if one.covers("s3:PutObject") and all(_no_service(test) for test in one.conditions)]
    reads = [one for one in denies if _only_for(one, readers | managers)]
    managing = [one for one in denies if _meets(one, set(stack_config.deployer().names))]
    wanted = (
        (changes, "does not deny everybody to change and to remove records"),
        (others, "does not deny everybody but services to add records"),
        (reads, "does not deny records to everybody who is no listed reader"),
        (managing, "does not deny records to the deployer"),
    )
    return [what for found, what in wanted if any(bucket_policies.bare(policy, document, found, (), whole=False))]


def _grants_writer(statement: Statement) -> bool:
    services = {name.lower().removesuffix(".cn") for name in statement.principals.get("Service", ())}
    return statement.allows and bool(services & set(WRITERS)) and statement.covers("s3:PutObject")


def _no_service(test: Condition) -> bool:
    return test.names(SERVICE) and test.base == "bool" and not test.quantifier and test.values == ("false",)


def _only_for(statement: Statement, spared: set[str]) -> bool:
    """Return whether a Deny of everything spares nobody but services that have a grant, and the given callers."""
    callers = [test for test in statement.conditions if test.names(CALLER)]
    rest = [test for test in statement.conditions if not test.names(CALLER)]
    return (
        bucket_policies.denies_everything(statement)
        and all(test.base in ("arnnotlike", "arnnotequals") and not test.quantifier for test in callers)
        and all(set(test.values) <= spared for test in callers)
        and all(_no_service(test) for test in rest)
    )


def _meets(statement: Statement, callers: set[str]) -> bool:
    """Return whether a Deny of everything meets each of the given callers, whatever else holds."""
    return bucket_policies.denies_everything(statement) and all(
        test.names(CALLER) and test.base in ("arnequals", "arnlike") and callers <= set(test.values)
        for test in statement.conditions
    )


def _break_glass() -> str:
    account = next(iter(stack_config.account_ids()), "")
    partition = inside().partition
    return f"arn:{partition}:iam::{account}:role/{stack_config.name_prefix()}-break-glass"


RULE = Rule(
    id="s3-audit-bucket-is-locked",
    title="Records are only added, by services, and read by listed readers",
    kind=Kind.RESOURCE,
    types=("aws:s3/bucketPolicy:BucketPolicy",),
    paths=("BucketPolicy:policy", "BucketPolicy:bucket"),
    severity=Severity.HIGH,
    remediation=(
        "Deny everybody what is neither reading nor adding objects, deny adding to all but services, "
        "deny reading to all but the listed readers, the deployer included."
    ),
    url="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html",
    frameworks=("FSBP S3.15", "CKV_AWS_143", "prowler s3_bucket_object_lock"),
    options={"readers": texts(description="ARNs of those who read records, besides those of the stack file")},
    mirrored_by=("runtime audit",),
    validate=validate,
)
