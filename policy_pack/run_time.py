"""The checks that go on after a deployment: what AWS Config asks of a running account in place of rules of this pack.

A rule whose metadata says that a runtime audit mirrors it, and that names checks of Config among its frameworks, is
asked again by these. That Config still offers each identifier, and takes these parameters, is unverified [LIVE].
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rule import Rule

MIRROR, FRAMEWORK = "runtime audit", "Config "

PARAMETERS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "ACCESS_KEYS_ROTATED": {"maxAccessKeyAge": "90"},
        "CW_LOGGROUP_RETENTION_PERIOD_CHECK": {"MinRetentionTime": "365"},
        "REQUIRED_TAGS": {"tag1Key": "user"},
        "S3_BUCKET_BLACKLISTED_ACTIONS_PROHIBITED": {
            "blacklistedActionPattern": "s3:PutBucketPolicy, s3:DeleteBucketPolicy, s3:PutObjectAcl"
        },
        "IAM_CUSTOMER_POLICY_BLOCKED_KMS_ACTIONS": {"blockedActionsPatterns": "kms:*, kms:Decrypt, kms:ReEncryptFrom"},
        "IAM_INLINE_POLICY_BLOCKED_KMS_ACTIONS": {"blockedActionsPatterns": "kms:*, kms:Decrypt, kms:ReEncryptFrom"},
    }
)
"""What a check needs to be told, in Config's words."""

EVERY_STACK: Mapping[str, str] = MappingProxyType(
    {"ACCESS_KEYS_ROTATED": "access keys of people are changed within 90 days, whoever made them"}
)
"""Checks that stand for no rule, since what they ask of is never in a program, with what they ask."""

PAGE = """\
# What is checked again after a deployment

Tenants make things themselves, and somebody may act outside the program. Each rule below is asked again of the running
account: by a check of AWS Config (`conformance_pack.yaml`), or by the operator's audit where Config has no check.
Written by `python policy_pack/export.py`; do not edit.
"""

HEAD = """\
# Checks of AWS Config that go on after a deployment, one for each question that a rule of the policy pack asks at a
# preview. Written by `python policy_pack/export.py`; do not edit.
"""


def checks(rules: Iterable[Rule] = catalogue.RULES) -> dict[str, tuple[str, ...]]:
    """Return the identifiers of Config's checks, sorted, with the ids of the rules that each mirrors."""
    found: dict[str, list[str]] = {identifier: [] for identifier in EVERY_STACK}
    for rule in rules:
        for framework in rule.frameworks if MIRROR in rule.mirrored_by else ():
            if framework.startswith(FRAMEWORK):
                found.setdefault(framework.removeprefix(FRAMEWORK), []).append(rule.id)
    return {identifier: tuple(sorted(set(found[identifier]))) for identifier in sorted(found)}


def conformance_pack(rules: Iterable[Rule] = catalogue.RULES) -> str:
    """Return the template of a conformance pack that holds every check.

    Source: AWS Config Developer Guide, "Custom conformance pack templates" (a CloudFormation template of config rules).
    """
    lines = [HEAD.rstrip("\n"), "Resources:"]
    for identifier, mirrored in checks(rules).items():
        told = PARAMETERS.get(identifier, {})
        lines += [
            f"  # {', '.join(mirrored) or EVERY_STACK[identifier]}",
            f"  {''.join(part.title() for part in identifier.split('_'))}:",
            "    Type: AWS::Config::ConfigRule",
            "    Properties:",
            f"      ConfigRuleName: {identifier.lower().replace('_', '-')}",
            *(["      InputParameters:"] if told else []),
            *(f'        {name}: "{value}"' for name, value in told.items()),
            "      Source:",
            "        Owner: AWS",
            f"        SourceIdentifier: {identifier}",
        ]
    return "\n".join(lines) + "\n"


def page(rules: Iterable[Rule] = catalogue.RULES) -> str:
    """Return the page that lists what is checked again after a deployment."""
    return f"{PAGE}\n{table(rules)}\n"


def table(rules: Iterable[Rule] = catalogue.RULES) -> str:
    """Return the Markdown table of all that a runtime audit mirrors, with where each is checked."""
    lines = ["| rule | what it holds | checked at run time by |", "| --- | --- | --- |"]
    for rule in sorted(rules, key=lambda rule: rule.id):
        if MIRROR in rule.mirrored_by:
            named = [one.removeprefix(FRAMEWORK) for one in rule.frameworks if one.startswith(FRAMEWORK)]
            where = "Config: " + ", ".join(f"`{one}`" for one in named) if named else "the operator's audit"
            lines.append(f"| `{rule.id}` | {rule.title} | {where} |")
    return "\n".join(lines)
