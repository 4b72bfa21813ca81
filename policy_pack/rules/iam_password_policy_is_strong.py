"""Passwords of eight letters that come back are AWS' default; a person's password is the first of the two factors.

Source: AWS Security Hub, control IAM.10 and the CIS AWS Foundations Benchmark, section on IAM.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import must_be_on
from rule import Kind, Rule, Severity, Undecided, Violation, integer

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

FLAGS = ("requireLowercaseCharacters", "requireUppercaseCharacters", "requireNumbers", "requireSymbols")
CHANGED = "allowUsersToChangePassword"


def validate(policy: Resource, options: Options) -> Findings:
    """Yield a finding for each requirement that is missing or weaker than the platform's."""
    for path in (*FLAGS, CHANGED):
        yield from must_be_on(policy, path, absent="it is not required")
    for path, least in (("minimumPasswordLength", "shortest"), ("passwordReusePrevention", "remembered")):
        found = policy.read(path)
        if found.unknown:
            yield Undecided(found)
        elif not found.present or float(str(found.value)) < float(str(options[least])):
            yield Violation(f"{path} is absent or below {options[least]}")
    age = policy.read("maxPasswordAge")
    if age.unknown:
        yield Undecided(age)
    elif not age.present or not 0 < float(str(age.value)) <= float(str(options["oldestDays"])):
        yield Violation(f"maxPasswordAge is absent or above {options['oldestDays']}: passwords stay for ever")


RULE = Rule(
    id="iam-password-policy-is-strong",
    title="The account's password policy is strong",
    kind=Kind.RESOURCE,
    types=("aws:iam/accountPasswordPolicy:AccountPasswordPolicy",),
    paths=(*FLAGS, CHANGED, "minimumPasswordLength", "passwordReusePrevention", "maxPasswordAge"),
    severity=Severity.MEDIUM,
    remediation=(
        "Require 14 characters of all four kinds, remember 24 passwords, let each live 90 days, and let people change "
        "their own."
    ),
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-10",
    frameworks=(
        "FSBP IAM.7",
        "FSBP IAM.10",
        *(f"CKV_AWS_{number}" for number in range(9, 16)),
        "prowler iam_password_policy_minimum_length_14",
        "prowler iam_password_policy_reuse_24",
        "Config IAM_PASSWORD_POLICY",
    ),
    options={"shortest": integer(14), "remembered": integer(24), "oldestDays": integer(90, minimum=1)},
    seed=("S1",),
    mirrored_by=("runtime audit",),
    validate=validate,
)
