"""People with passwords live by the account's rule for them, which is weak unless somebody made another.

Source: IAM User Guide, "Set an account password policy for IAM users"; AWS Config, IAM_PASSWORD_POLICY.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Kind, Level, Rule, Severity, Violation, flag

if TYPE_CHECKING:
    from resources import Stack
    from rule import Findings, Options

USER, SIGN_IN = "aws:iam/user:User", "aws:iam/userLoginProfile:UserLoginProfile"
PASSWORDS = "aws:iam/accountPasswordPolicy:AccountPasswordPolicy"


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for the first of the people of a stack that makes no rule for their passwords."""
    people = next(stack.of_type(USER, SIGN_IN), None)
    if people and not options["ownedElsewhere"] and next(stack.of_type(PASSWORDS), None) is None:
        yield Violation("people sign in, and this stack makes no rule for the account's passwords", people.urn)


RULE = Rule(
    id="iam-password-policy-exists",
    title="A stack with people has a password policy",
    kind=Kind.STACK,
    types=(USER, SIGN_IN, PASSWORDS),
    paths=(),
    severity=Severity.MEDIUM,
    level=Level.ADVISORY,
    remediation="Add an AccountPasswordPolicy, or say in the options that another stack of the account owns it.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html",
    frameworks=("Config IAM_PASSWORD_POLICY",),
    options={"ownedElsewhere": flag(default=False)},
    mirrored_by=("runtime audit",),
    validate=validate,
)
