"""A security group rule that names a prefix list opens what the list holds, so the list is judged like the rule.

Source: Amazon EC2 API Reference, CreateManagedPrefixList.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from networks import lies_inside
from rule import Kind, Rule, Severity, Undecided, Violation, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


ENTRIES = {
    "aws:ec2/managedPrefixList:ManagedPrefixList": "entries[].cidr",
    "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry": "cidr",
}


def validate(prefix_list: Resource, options: Options) -> Findings:
    """Yield a finding for each entry outside the inside ranges, or not known."""
    for found in prefix_list.each(ENTRIES[prefix_list.type]):
        if found.unknown:
            yield Undecided(found)
        elif found.given and not lies_inside(found.value, options.texts("insideCidrs")):
            yield Violation(f"{found.where} lies outside the inside ranges")


RULE = Rule(
    id="vpc-prefix-list-has-no-world-entry",
    title="Prefix lists of our own hold only inside ranges",
    kind=Kind.RESOURCE,
    types=(
        "aws:ec2/managedPrefixList:ManagedPrefixList",
        "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry",
    ),
    paths=(
        "ManagedPrefixList:entries[].cidr",
        "ManagedPrefixListEntry:cidr",
    ),
    severity=Severity.HIGH,
    remediation="Remove the entry; a rule that names the list opens what the list holds.",
    url="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateManagedPrefixList.html",
    options={
        "insideCidrs": texts("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"),
    },
    mirrored_by=("runtime audit",),
    validate=validate,
)
