"""A group without the deny lets its members work with a stolen password or key alone.

The deny must be if-exists: a call with a long-term key carries no such condition key, and a plain test would miss it.

Source: IAM User Guide, "AWS: Allows MFA-authenticated IAM users to manage their own credentials".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
from origins import as_registered
from places import Holder
from rule import Kind, Rule, Severity, Undecided, Violation, texts
from siblings import find

if TYPE_CHECKING:
    from documents import Statement
    from resources import Resource, Stack
    from rule import Findings, Options

GROUP, POLICY = "aws:iam/group:Group", "aws:iam/policy:Policy"
EXCLUSIVE = "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive"
INLINE = "aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive"
PRESENT = "aws:MultiFactorAuthPresent"
NEVER_EXEMPT = (
    "sagemaker:CreateTrainingJob",
    "s3:GetObject",
    "iam:CreateAccessKey",
    "sts:AssumeRole",
    "ec2:RunInstances",
)


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each group none of whose policies asks for a second factor."""
    asking = {str(one.read("name").value) for one in stack.of_type(POLICY) if asks_for_factor(one)}
    found = find(stack, (GROUP,), (EXCLUSIVE,), "groupName")
    for group in found.parents:
        name = group.read("name")
        if name.present and str(name.value) in options.texts("exemptGroups"):
            continue
        carried = [each for one in found.of[group.urn] for each in as_registered(one).each("policyArns[]")]
        unknown = [each for each in carried if each.unknown]
        for each in unknown:
            yield Undecided(each, group.urn)
        if not unknown and not any(str(each.value).rsplit("/", 1)[-1] in asking for each in carried):
            yield Violation("no policy of the group denies everything but enrolling without a second factor", group.urn)
    for one in stack.of_type(INLINE):
        names = as_registered(one).read("policyNames")
        if names.unknown:
            yield Undecided(names, one.urn)
        elif names.given:
            yield Violation("policyNames leaves policies in the group that stand outside its list", one.urn)
    for one in found.unattributed:
        yield Undecided(one.read("groupName"), one.urn)


def asks_for_factor(policy: Resource) -> bool:
    """Say whether a document denies what matters, on everything, wherever there is no second factor."""
    return any(_asks(statement) for _, statement in documents.statements(policy, Holder.IDENTITY))


def _asks(statement: Statement) -> bool:
    tests = statement.conditions
    return (
        statement.denies
        and statement.resources == ("*",)
        and len(tests) == 1
        and tests[0].names(PRESENT)
        and (tests[0].base, tests[0].if_exists, tests[0].quantifier, tests[0].values) == ("bool", True, "", ("false",))
        and all(statement.covers(action) for action in NEVER_EXEMPT)
    )


RULE = Rule(
    id="iam-group-denies-without-mfa",
    title="Each group denies everything but enrolling without a second factor",
    kind=Kind.STACK,
    types=(GROUP, EXCLUSIVE, INLINE, POLICY),
    paths=(
        "Group:name",
        "GroupPolicyAttachmentsExclusive:groupName",
        "GroupPolicyAttachmentsExclusive:policyArns[]",
        "GroupPoliciesExclusive:policyNames",
        "iam/policy:policy",
    ),
    severity=Severity.CRITICAL,
    remediation="Attach a policy with Deny, NotAction of the enrolment, BoolIfExists aws:MultiFactorAuthPresent false.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage.html",
    frameworks=("FSBP IAM.19",),
    options={"exemptGroups": texts()},
    seed=("S1",),
    mirrored_by=("runtime audit",),
    validate=validate,
)
