"""A conformance pack is a template: by one, anything that Config may deploy comes in past every rule of this pack.

Source: AWS Config Developer Guide, "Conformance packs"; API Reference, PutConformancePack.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checks import must_be_given, must_not_be_given
from rule import Kind, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

TYPES, OWNERS = re.compile(r"\bType[\"']?\s*:\s*(\S+)"), re.compile(r"\bOwner[\"']?\s*:\s*(\S+)")
CHECK, MANAGED = "AWS::Config::ConfigRule", "AWS"
MACROS = ("Transform", "Fn::")


def validate(checks: Resource, _options: Options) -> Findings:
    """Yield a finding unless the template stands in the program and holds nothing but AWS' own checks."""
    yield from must_be_given(checks, "templateBody", absent="what is deployed then stands elsewhere")
    yield from must_not_be_given(checks, "templateS3Uri", why="whoever writes there decides what is deployed")
    found = checks.read("templateBody")
    if found.unknown:
        yield Undecided(found)
    elif found.present:
        for pattern, only in ((TYPES, CHECK), (OWNERS, MANAGED)):
            others = sorted({one.strip("\"',") for one in pattern.findall(str(found.value))} - {only})
            if others:
                yield Violation(f"templateBody holds {', '.join(others)}, and may hold {only} only")
        if any(macro in str(found.value) for macro in MACROS):
            yield Violation("templateBody is made of functions, so nobody can read here what it deploys")


RULE = Rule(
    id="config-conformance-pack-only-checks",
    title="Conformance packs hold nothing but AWS' own checks",
    kind=Kind.RESOURCE,
    types=("aws:cfg/conformancePack:ConformancePack",),
    paths=("templateBody", "templateS3Uri"),
    severity=Severity.HIGH,
    remediation="Write the template into the program, with managed rules only.",
    url="https://docs.aws.amazon.com/config/latest/developerguide/conformance-packs.html",
    mirrored_by=("SCP",),
    validate=validate,
)
