"""A document that nobody can read before it is made is a document that nobody has judged.

In this program each document is planned, so that rules and proofs read it in a first preview. Whether plans are
required is said by the policy config and never by whether plans are there: dropping them must not help.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import documents
import places
import plans
from reading import UNKNOWN
from rule import Kind, Rule, Severity, Violation

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

PRINCIPALS = ("aws:iam/role:Role", "aws:iam/user:User")
MINTED_ID = re.compile(r"(sg|subnet|vpc|vpce|fs|eni)-[0-9a-f]{8,17}")


def validate(resource: Resource, options: Options) -> Findings:
    """Yield a finding for each document that is not known or, where plans are required, not planned."""
    required = options["plannedDocuments"] != "optional"
    for held in documents.held(resource):
        if held.unread:
            yield Violation(f"{held.where} is neither known nor planned, so nobody has judged it")
        elif required and held.planned is None:
            yield Violation(f"{held.where} is not among the planned documents of its component")
    if required and resource.type in PRINCIPALS:
        yield from _tags(resource)


def _tags(resource: Resource) -> Findings:
    """Yield a finding for each principal tag that holds an id which AWS mints and that is not planned."""
    found = resource.read("tags")
    if found.absent:
        return
    if not isinstance(found.value, dict):
        yield Violation("tags are not known, so nobody can tell what the principal may do")
        return
    planned = plans.planned_tags(resource)
    for key, value in found.value.items():
        minted = value is UNKNOWN or (isinstance(value, str) and MINTED_ID.fullmatch(value))
        if minted and key not in planned:
            yield Violation(f"tags.{key} holds an id of AWS and is not among the planned tags of its component")


RULE = Rule(
    id="iam-policy-is-known-or-planned",
    title="Every policy document can be read at preview, as text or as plan",
    kind=Kind.RESOURCE,
    types=(*places.types_of(*places.ALL), "aws:iam/user:User"),
    paths=(*places.paths_of(*places.ALL), "Role:tags", "User:tags"),
    severity=Severity.HIGH,
    remediation=(
        "Build the document from names decided at plan time and hand it to the component as a planned "
        "document; a tag of a role with an id of AWS goes to plannedTags."
    ),
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html",
    options={"plannedDocuments": {"type": "string", "default": "required", "enum": ["required", "optional"]}},
    validate=validate,
)
