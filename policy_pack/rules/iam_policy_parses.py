"""A document that AWS reads otherwise than its author, or not at all, holds nothing and grants who knows what.

Without `Version` the language is that of 2008, in which policy variables are plain text.

Source: IAM User Guide, "Grammar of the IAM JSON policy language".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
import places
from places import NAMES_PRINCIPALS, Holder
from rule import Kind, Rule, Severity, Violation

from iamproof import PolicyError, parse_policy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documents import Held, Statement
    from resources import Resource
    from rule import Findings, Options

VERSION = "2012-10-17"
MOST = 5


def validate(resource: Resource, _options: Options) -> Findings:
    """Yield the first problems of each document that can be read."""
    for held in documents.held(resource):
        if held.document is None:
            continue
        problems = list(_problems(held))
        for problem in problems[:MOST]:
            yield Violation(f"{held.where}: {problem}")
        if len(problems) > MOST:
            yield Violation(f"{held.where}: {len(problems) - MOST} further problems")


def _problems(held: Held) -> Iterator[str]:
    document = held.document or held.planned
    if document is None:
        return
    try:
        parse_policy(held.reading.value if held.rendered else dict(document.raw), name=held.where)
    except PolicyError as error:
        yield from error.problems
    if document.raw and document.version != VERSION:
        yield f"Version is not {VERSION}, so that variables such as ${{aws:PrincipalTag/user}} may be plain text"
    for statement in document.statements:
        for problem in _elements(held.holder, statement):
            yield f"{statement.label} {problem}"


def _elements(holder: Holder, statement: Statement) -> Iterator[str]:
    principal = {"Principal", "NotPrincipal"} & set(statement.raw)
    resource = {"Resource", "NotResource"} & set(statement.raw)
    if holder in NAMES_PRINCIPALS and not principal:
        yield f"has no Principal, which every statement of a {holder.value} needs"
    if holder not in NAMES_PRINCIPALS and principal:
        yield f"has a Principal, which an {holder.value} does not take"
    if holder is Holder.TRUST and resource:
        yield "has a Resource, which a trust policy does not take"
    if holder in (Holder.BUCKET, Holder.KEY, Holder.ENDPOINT) and not resource:
        yield f"has no Resource, which every statement of a {holder.value} needs"


RULE = Rule(
    id="iam-policy-parses",
    title="Every policy document is valid JSON of the current version",
    kind=Kind.RESOURCE,
    types=places.types_of(*places.ALL),
    paths=places.paths_of(*places.ALL),
    severity=Severity.HIGH,
    remediation=(
        "Write Version 2012-10-17, valid JSON, unique statement ids and only the elements that the "
        "document type allows."
    ),
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
    validate=validate,
)
