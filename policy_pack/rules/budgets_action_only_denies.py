"""What acts by itself with rights in IAM must not be able to hand rights out.

A budget's action attaches a policy of the stack that only denies. The role by which it acts holds inline grants to
attach and detach such policies, each named by `iam:PolicyARN`, and nothing else: no managed policy, which somebody
could change in another place.

Source: AWS Billing and Cost Management User Guide, "Setting up a role for AWS Budgets to run budget actions"; Service
Authorization Reference, IAM.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attachments
import documents
from accounts import inside, partition
from grants import EXCLUSIVE, INLINE, LABELS, POLICY, ROLE, SINGLE
from grants import TYPES as GRANTING
from origins import Origins, as_registered
from places import Holder
from rule import Kind, Rule, Severity, Undecided, Violation
from siblings import find

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documents import Statement
    from resources import Resource, Stack
    from rule import Findings, Options

ACTION = "aws:budgets/budgetAction:BudgetAction"
ATTACHES, ACTS_AS = "definition.iamActionDefinition.policyArn", "executionRoleArn"
SERVICE = "budgets.amazonaws.com"
MAY = frozenset(f"iam:{verb}{kind}policy" for verb in ("attach", "detach") for kind in ("role", "user", "group"))
NAMES_POLICY = "iam:PolicyARN"
EXACT = frozenset({"arnequals", "stringequals"})


def validate(stack: Stack, _options: Options) -> Findings:
    """Yield a finding for what an action attaches that does more than deny, and for what its role may do besides."""
    harmless = {arn for policy in stack.of_type(POLICY) if _only_denies(policy) for arn in _arns(policy)}
    for action in stack.of_type(ACTION):
        found = as_registered(action).read(ATTACHES)
        if found.unknown:
            yield Undecided(found, action.urn)
        elif found.present and str(found.value) not in harmless:
            yield Violation(f"{ATTACHES} names no policy of this stack that only denies", action.urn)
    yield from _roles(stack, harmless)


def _roles(stack: Stack, harmless: set[str]) -> Findings:
    """Yield what is wrong with the roles that AWS Budgets acts as."""
    roles = Origins(stack, ROLE)
    acting = {one.urn for action in stack.of_type(ACTION) for one in roles.of(action, ACTS_AS).resources}
    for action in stack.of_type(ACTION):
        yield from roles.strangers(action, ACTS_AS, "is no role of this stack")
    inline = find(stack, (ROLE,), (INLINE,), "role")
    attached = [find(stack, (ROLE,), (kind,), attachments.PRINCIPALS[kind][0]) for kind in (SINGLE, EXCLUSIVE)]
    for role in inline.parents:
        if role.urn not in acting and not _trusts_budgets(role):
            continue
        carried = [one for each in attached for one in each.of[role.urn]]
        if any(attachments.policies(as_registered(one)) for one in (role, *carried)):
            yield Violation("managed policies are attached to the role that AWS Budgets acts as", role.urn)
        for holder in (role, *inline.of[role.urn]):
            for held, statement in documents.statements(as_registered(holder), Holder.IDENTITY):
                for problem in _problems(statement, harmless):
                    yield Violation(f"{held.where}: {statement.label} {problem}", holder.urn)


def _problems(statement: Statement, harmless: set[str]) -> Iterator[str]:
    """Yield what a grant to the acting role allows beyond attaching and detaching what only denies."""
    if not statement.allows:
        return
    if statement.not_actions or not {one.lower() for one in statement.actions} <= MAY:
        yield "allows more than attaching and detaching policies"
    named = [test for test in statement.tests(NAMES_POLICY) if test.base in EXACT and test.plain]
    if not any(set(map(str, test.values)) <= harmless for test in named):
        yield f"does not say by {NAMES_POLICY} which policies of this stack, that only deny, it speaks of"


def _trusts_budgets(role: Resource) -> bool:
    return any(
        SERVICE in statement.principals.get("Service", ())
        for _, statement in documents.statements(as_registered(role), Holder.TRUST)
        if statement.allows
    )


def _only_denies(policy: Resource) -> bool:
    """Return whether a policy has statements that can be read, and all of them deny."""
    found = [held.document for held in documents.held(as_registered(policy), Holder.IDENTITY)]
    return bool(found) and all(
        one is not None and not one.problems and one.statements and all(each.denies for each in one.statements)
        for one in found
    )


def _arns(policy: Resource) -> set[str]:
    said = as_registered(policy)
    name, path = said.read("name"), said.read("path").value or "/"
    return {f"arn:{partition()}:iam::{account}:policy{path}{name.value}" for account in inside().own if name.present}


RULE = Rule(
    id="budgets-action-only-denies",
    title="What a budget does by itself takes rights away and gives none",
    kind=Kind.STACK,
    types=(ACTION, *GRANTING),
    paths=(
        f"BudgetAction:{ATTACHES}",
        f"BudgetAction:{ACTS_AS}",
        "Role:assumeRolePolicy",
        *LABELS,
    ),
    severity=Severity.HIGH,
    remediation="Attach a managed policy of this stack that only denies, by a role that may do nothing else.",
    url="https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-action-role.html",
    seed=("S3",),
    mirrored_by=("runtime audit",),
    validate=validate,
)
