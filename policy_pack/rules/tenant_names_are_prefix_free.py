"""Names and prefixes begin with the tenant; where one tenant's name and separator begin another's, things get mixed up.

The pattern keeps the separator out of names, so that no name followed by it begins another one.

Source: IAM User Guide, "IAM JSON policy elements: Resource", wildcards; the platform's own naming.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import stack_config
from rule import Kind, Rule, Severity, Undecided, Violation, text, texts
from tags import KEY, PLATFORM, own_tags

if TYPE_CHECKING:
    from resources import Stack
    from rule import Findings, Options

OWNERS = ("aws:iam/role:Role", "aws:iam/user:User", "aws:sagemaker/userProfile:UserProfile")


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each tenant, declared or found in a tag, whose name does not fit the pattern."""
    pattern, separator = re.compile(str(options["namePattern"])), str(options["separator"])
    owned = list(stack.of_type(*OWNERS))
    for name in stack_config.tenants(options.texts("tenants")).names if owned else ():
        if not _fits(name, pattern, separator):
            yield Violation(f"a declared tenant has a name that does not fit {pattern.pattern}", owned[0].urn)
    for resource in owned:
        owner = own_tags(resource).value(KEY)
        if owner.unknown:
            yield Undecided(owner, resource.urn)
        elif owner.present and owner.value != PLATFORM and not _fits(str(owner.value), pattern, separator):
            yield Violation(f"tags.{KEY} is a name that does not fit {pattern.pattern}", resource.urn)


def _fits(name: str, pattern: re.Pattern[str], separator: str) -> bool:
    return pattern.fullmatch(name) is not None and separator not in name


RULE = Rule(
    id="tenant-names-are-prefix-free",
    title="No tenant name followed by the separator begins another",
    kind=Kind.STACK,
    types=OWNERS,
    paths=("tags",),
    severity=Severity.HIGH,
    remediation="Rename the tenant: small letters, digits and single hyphens, 3 to 20 characters.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html",
    options={
        "tenants": texts(),
        "separator": text("--"),
        "namePattern": text("(?!.*--)[a-z][a-z0-9-]{1,18}[a-z0-9]"),
    },
    validate=validate,
)
