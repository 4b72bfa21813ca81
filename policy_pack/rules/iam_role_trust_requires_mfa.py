"""A role that people take on is as safe as the sign-in before it: a second factor, and a recent one.

Without a boundary whatever is attached to the role later takes effect.

Source: IAM User Guide, "Secure API access with MFA", MFA protection for cross-account delegation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import must_be_given
from people_roles import people_of
from rule import Kind, Rule, Severity, Undecided, Violation, integer, texts
from tags import is_invoking_role

if TYPE_CHECKING:
    from documents import Statement
    from resources import Resource
    from rule import Findings, Options

PRESENT, AGE = "aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge"


def validate(role: Resource, options: Options) -> Findings:
    """Yield a finding for each trust in people that asks for no recent second factor, and for a missing boundary."""
    # Roles take these on, which carry no second factor; `iam-invoking-role-is-bound` judges which.
    found = [] if is_invoking_role(role) else list(people_of(role))
    name = role.read("name")
    if found and name.unknown:
        yield Undecided(name)
    if not found or (name.present and str(name.value) in options.texts("exemptRoles")):
        return
    for held, statement in found:
        if not _demands_factor(statement):
            yield Violation(f"{held.where}: {statement.label} does not demand {PRESENT} true")
        if not _demands_age(statement, int(options["maxAgeSeconds"])):
            yield Violation(f"{held.where}: {statement.label} does not demand {AGE} below {options['maxAgeSeconds']}")
    yield from must_be_given(role, "permissionsBoundary", absent="whatever is attached to the role takes effect")


def _demands_factor(statement: Statement) -> bool:
    return any(test.plain and test.base == "bool" and test.values == ("true",) for test in statement.tests(PRESENT))


def _demands_age(statement: Statement, most: int) -> bool:
    return any(
        test.plain
        and test.base in ("numericlessthan", "numericlessthanequals")
        and bool(test.values)
        and all(value.isdecimal() and int(value) <= most for value in test.values)
        for test in statement.tests(AGE)
    )


RULE = Rule(
    id="iam-role-trust-requires-mfa",
    title="Roles that people take on demand a recent second factor, and have a boundary",
    kind=Kind.RESOURCE,
    types=("aws:iam/role:Role",),
    paths=("Role:assumeRolePolicy", "Role:permissionsBoundary", "Role:name"),
    severity=Severity.HIGH,
    remediation=(
        "Add Bool aws:MultiFactorAuthPresent true and NumericLessThanEquals aws:MultiFactorAuthAge, and a boundary."
    ),
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html",
    options={"maxAgeSeconds": integer(3600, minimum=900), "exemptRoles": texts()},
    seed=("S1",),
    mirrored_by=("runtime audit",),
    validate=validate,
)
