"""ForAllValues takes a missing key for a match, ForAnyValue for none: on a key with one value both are holes.

A Deny in the set form beside the same Deny in the plain form only adds to it and is fine.

Source: IAM User Guide, "Single-valued vs. multivalued context keys".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
import places
from places import PERMISSIONS
from rule import Kind, Rule, Severity, Violation, texts

if TYPE_CHECKING:
    from documents import Condition, Statement
    from resources import Resource
    from rule import Findings, Options


def validate(resource: Resource, options: Options) -> Findings:
    """Yield a finding for each set operator on a key that has one value."""
    several = {key.lower() for key in options.texts("multiValuedKeys")}
    for held in documents.held(resource, *PERMISSIONS):
        statements = held.document.statements if held.document else ()
        for statement in statements:
            for test in statement.conditions:
                if test.quantifier and test.key.lower() not in several and not _only_adds(statement, test, statements):
                    yield Violation(f"{held.where}: {statement.label} compares {test.key} by {test.operator}")


def _only_adds(statement: Statement, test: Condition, statements: tuple[Statement, ...]) -> bool:
    """Return whether another Deny says the same without the set operator and holds where the key is missing."""
    return statement.denies and any(
        other.denies
        and _scope(other) == _scope(statement)
        and len(other.conditions) == 1
        and other.conditions[0].names(test.key)
        and other.conditions[0].plain
        and test.negated
        and (other.conditions[0].base, set(other.conditions[0].values)) == (test.base, set(test.values))
        for other in statements
    )


def _scope(statement: Statement) -> tuple[object, ...]:
    return tuple(statement.raw.get(key) for key in ("Principal", "Action", "NotAction", "Resource", "NotResource"))


RULE = Rule(
    id="iam-single-valued-key-has-no-set-operator",
    title="Keys with one value are not compared as sets",
    kind=Kind.RESOURCE,
    types=places.types_of(*PERMISSIONS),
    paths=places.paths_of(*PERMISSIONS),
    severity=Severity.HIGH,
    remediation=(
        "Drop ForAllValues or ForAnyValue on aws:SourceVpce, aws:PrincipalTag, aws:ResourceTag and every "
        "other key with one value."
    ),
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html",
    options={
        "multiValuedKeys": texts(
            "aws:TagKeys",
            "aws:CalledVia",
            "aws:PrincipalOrgPaths",
            "aws:VpceOrgPaths",
            "aws:ResourceOrgPaths",
            "sagemaker:VpcSubnets",
            "sagemaker:VpcSecurityGroupIds",
            "sagemaker:InstanceTypes",
            "sagemaker:AcceleratorTypes",
            "sagemaker:ImageArns",
            "sagemaker:ImageVersionArns",
            "sagemaker:NotebookInstanceLifecycleConfigArns",
            "sagemaker:StudioLifecycleConfigArns",
        )
    },
    seed=("S2",),
    validate=validate,
)
