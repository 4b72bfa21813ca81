"""IAM cannot judge the age of a key, so a key that nobody looks for is never changed.

Source: AWS Config, managed rule access-keys-rotated; AWS Security Hub, control IAM.3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
from documents import matches
from origins import as_registered
from places import Holder
from rule import Kind, Level, Rule, Severity, Undecided, Violation, integer, texts

if TYPE_CHECKING:
    from resources import Resource, Stack
    from rule import Findings, Options

KEY, CHECK, POLICY = "aws:iam/accessKey:AccessKey", "aws:cfg/rule:Rule", "aws:iam/policy:Policy"
CONFORMANCE = "aws:cfg/conformancePack:ConformancePack"
IDENTIFIER, DAYS, MAKE = "ACCESS_KEYS_ROTATED", "maxAccessKeyAge", "iam:CreateAccessKey"
DEFAULT_DAYS = 90


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding where keys are, or may be made, and no check of their age runs."""
    for check in stack.of_type(CHECK):
        found = as_registered(check).read("source.sourceIdentifier")
        if found.unknown:
            yield Undecided(found, check.urn)
        elif found.value == IDENTIFIER and _days(check) <= int(options["maxAgeDays"]):
            return
    for pack in stack.of_type(CONFORMANCE):
        body = as_registered(pack).read("templateBody")
        if body.unknown:
            yield Undecided(body, pack.urn)
        elif IDENTIFIER in str(body.value):
            return
    for one in (*stack.of_type(KEY), *(each for each in stack.of_type(POLICY) if _offers_keys(each, options))):
        yield Violation("keys are made, and no check of this stack finds those that are too old", one.urn)
        return


def _days(check: Resource) -> int:
    said = as_registered(check).read("inputParameters").decoded().value
    days = str(said.get(DAYS, DEFAULT_DAYS)) if isinstance(said, dict) else str(DEFAULT_DAYS)
    return int(days) if days.isdecimal() else DEFAULT_DAYS + 1


def _offers_keys(policy: Resource, options: Options) -> bool:
    if any(matches(one, str(policy.read("name").value)) for one in options.texts("ceilings")):
        return False
    found = [one for _, one in documents.statements(policy, Holder.IDENTITY) if one.covers(MAKE)]
    refused = any(one.denies and not one.conditions and one.resources == ("*",) for one in found)
    return not refused and any(one.allows for one in found)


RULE = Rule(
    id="iam-access-key-rotation-is-watched",
    title="Old access keys are found",
    kind=Kind.STACK,
    types=(KEY, CHECK, CONFORMANCE, POLICY),
    paths=(
        "Rule:source.sourceIdentifier",
        "Rule:inputParameters",
        "ConformancePack:templateBody",
        "Policy:policy",
        "Policy:name",
    ),
    severity=Severity.MEDIUM,
    level=Level.ADVISORY,
    remediation="Add the Config rule ACCESS_KEYS_ROTATED with maxAccessKeyAge 90, or a job that does the same.",
    url="https://docs.aws.amazon.com/config/latest/developerguide/access-keys-rotated.html",
    frameworks=("FSBP IAM.3", "prowler iam_rotate_access_key_90_days", "Config ACCESS_KEYS_ROTATED"),
    options={"maxAgeDays": integer(90, minimum=1), "ceilings": texts("*-boundary", "*-break-glass")},
    seed=("S4",),
    mirrored_by=("runtime audit",),
    validate=validate,
)
