"""A planned document that holds an id of another network lets work stand where nobody here has looked.

What the stack makes is named by references in plans, so an id that stands there as it is must be one that the stack
file adopts, or one that the option lists. A document without a plan holds ids of the stack's own parts as well, which
this rule cannot tell.

Source: Amazon EC2 User Guide, "Resource IDs": a prefix, then 8 or 17 hexadecimal digits.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import documents
import places
import stack_config
from rule import Kind, Rule, Severity, Violation, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

LITERAL = re.compile(r"\b(?:vpc|subnet|sg|vpce)-(?:[0-9a-f]{17}|[0-9a-f]{8})\b")
BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy"
ADOPTED = ("vpc", "subnets", "security-groups", "endpoints")


def validate(resource: Resource, options: Options) -> Findings:
    """Yield a finding for each id of a network in a planned document that is neither adopted nor listed."""
    known = {*options.texts("knownIds"), *(one for kind in ADOPTED for one in stack_config.adopted(kind))}
    if resource.type == BUCKET_POLICY:
        # A partner comes through an endpoint of its own; that it gets no more than its prefix is others' question.
        known |= set(stack_config.partner_networks())
    for held in documents.held(resource):
        if held.planned is not None:
            for name in sorted(set(LITERAL.findall(json.dumps(held.planned.raw))) - known):
                yield Violation(f"{held.where} names {name}, which is neither a part of this stack nor adopted")


RULE = Rule(
    id="iam-document-names-only-known-networks",
    title="Planned documents name no network, subnet, group or endpoint of somebody else",
    kind=Kind.RESOURCE,
    types=places.types_of(*places.ALL),
    paths=places.paths_of(*places.ALL),
    severity=Severity.HIGH,
    remediation="Name parts of the stack by reference, and declare adopted ones under network.adopt.",
    url="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html",
    options={"knownIds": texts()},
    mirrored_by=("runtime audit",),
    validate=validate,
)
