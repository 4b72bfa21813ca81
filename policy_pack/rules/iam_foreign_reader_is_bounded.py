"""A right of another account that has no end, no bounds or no name outlives the agreement it was given for.

Another account, listed or not, is let in by its role, to read below a prefix, until a date. Who is listed at all is the
question of `iam-resource-policy-stays-inside`; that plain HTTP is refused, of `s3-bucket-policy-denies-plain-http`.

Source: IAM User Guide, aws:CurrentTime and aws:PrincipalArn; Amazon S3 User Guide, s3:prefix.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
import places
import stack_config
from accounts import SAME_ARN, arn, inside
from places import Holder
from rule import Kind, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documents import Statement
    from reading import Wire
    from resources import Resource
    from rule import Findings, Options

HOLDERS = (Holder.BUCKET, Holder.KEY)
READS = frozenset(("s3:getobject", "s3:getobjectversion", "s3:listbucket", "kms:decrypt", "kms:describekey"))
LISTS = "s3:ListBucket"
ENDS = ("datelessthan", "datelessthanequals")
NETWORKS = {"aws:SourceVpce": ("stringequals",), "aws:SourceIp": ("ipaddress",)}


def validate(resource: Resource, _options: Options) -> Findings:
    """Yield a finding for each Allow of another account that lacks an end, a named role, or a prefix."""
    for held, statement in documents.statements(resource, *HOLDERS):
        if statement.allows and _foreign(statement):
            for problem in _problems(statement, held.holder):
                yield Violation(f"{held.where}: {statement.label} lets another account in {problem}")


def _foreign(statement: Statement) -> bool:
    accounts = inside()
    names = (name for kind in ("AWS", "*") for name in statement.principals.get(kind, ()))
    return any(accounts.account_of(name) not in accounts.own for name in names if name != "*")


def _problems(statement: Statement, holder: Holder) -> Iterator[str]:
    if not any(
        test.plain and test.base in ENDS and len(test.values) == 1 for test in statement.tests("aws:CurrentTime")
    ):
        yield "without an end: DateLessThan aws:CurrentTime is not demanded"
    if not _names_roles(statement):
        yield "as a whole: aws:PrincipalArn names no single role"
    if statement.not_actions or not {action.lower() for action in statement.actions} <= READS:
        yield f"for more than reading ({', '.join(sorted(READS))})"
    if holder is Holder.BUCKET and not _below_a_prefix(statement):
        yield "beyond one prefix: objects and listings need a path that ends in /*"
    agreed = [each for role in _roles(statement) for each in stack_config.partners_as(role)]
    if agreed and not any(_ends_by(statement, each.get("until")) for each in agreed):
        yield "for longer than the stack file says"
    if holder is Holder.BUCKET and agreed and not any(_comes_from(statement, each.get("networks")) for each in agreed):
        yield "from other networks than the stack file says"


def _ends_by(statement: Statement, until: Wire) -> bool:
    """Return whether the right ends when the day begins that the stack file names, or sooner; without one it may."""
    ends = [str(value) for test in statement.tests("aws:CurrentTime") if test.base in ENDS for value in test.values]
    return until is None or any(end <= f"{until}T00:00:00Z" for end in ends)


def _comes_from(statement: Statement, networks: Wire) -> bool:
    """Return whether callers must come from the networks that the stack file names; without any it may be all."""
    tests = [
        test
        for key, bases in NETWORKS.items()
        for test in statement.tests(key)
        if test.plain and test.base in bases and test.values
    ]
    return not networks or any({str(value) for value in test.values} <= set(networks) for test in tests)


def _names_roles(statement: Statement) -> bool:
    """Return whether each caller is a role that is written out, as principal or by a condition."""
    return all(map(_is_role, _roles(statement)))


def _roles(statement: Statement) -> tuple[str, ...]:
    """Return who is let in: the ARNs of a condition, else the principals."""
    tests = [test for test in statement.tests("aws:PrincipalArn") if test.plain and test.base in SAME_ARN]
    pins = tuple(str(value) for test in tests for value in test.values)
    return pins or tuple(statement.principals.get("AWS", ("",)))


def _is_role(text: str) -> bool:
    found = arn(text)
    return found is not None and found.resource.startswith("role/") and not set(text) & set("*?$")


def _below_a_prefix(statement: Statement) -> bool:
    """Return whether objects lie below a path without wildcards, and listings ask for one."""
    if not statement.resources:
        return False
    for resource in statement.resources:
        _, slash, below = resource.partition("/")
        if slash and not _is_prefix(below):
            return False
        if not slash and not _lists_a_prefix(statement):
            return False
    return True


def _lists_a_prefix(statement: Statement) -> bool:
    return any(
        test.plain
        and test.base in ("stringlike", "stringequals")
        and bool(test.values)
        and all(map(_is_prefix, test.values))
        for test in statement.tests("s3:prefix")
    )


def _is_prefix(text: str) -> bool:
    named, slash, end = text.rpartition("/")
    return bool(slash) and end in ("*", "") and bool(named) and not set(named) & set("*?$")


RULE = Rule(
    id="iam-foreign-reader-is-bounded",
    title="Another account reads one prefix, as a named role, until a date",
    kind=Kind.RESOURCE,
    types=places.types_of(*HOLDERS),
    paths=places.paths_of(*HOLDERS),
    severity=Severity.HIGH,
    remediation="Demand DateLessThan aws:CurrentTime and ArnEquals aws:PrincipalArn, and name one prefix.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-cross-account-resource-access.html",
    seed=("S3",),
    mirrored_by=("runtime audit",),
    validate=validate,
)
