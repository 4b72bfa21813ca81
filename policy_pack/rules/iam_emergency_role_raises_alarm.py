"""A role that people take on in an emergency and nobody hears of is an everyday role.

The alarm is a rule of EventBridge that is on, leads somewhere, and sees the call by which the role is taken on: by
users that is AssumeRole, by people who sign in at a provider AssumeRoleWithSAML or AssumeRoleWithWebIdentity (IAM
Identity Center signs in by SAML as well). Each call that the trust allows has to be seen. It hears of calls from
CloudTrail: that a trail records is another rule's question. A federated person's own role is no emergency, and
deployment is everyday work: the roles for it, which `iam-deployment-role-is-bound` judges, raise none;
neither do those by which applications call endpoints.

Source: Amazon EventBridge User Guide, "AWS service events delivered via AWS CloudTrail"; AWS STS API Reference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import alarms
import documents
from accounts import inside, partition
from origins import as_registered
from people_roles import people_of
from places import Holder
from rule import Kind, Rule, Severity, Undecided, Violation, texts
from tags import is_deployment_role, is_invoking_role, is_persons_role

if TYPE_CHECKING:
    from resources import Resource, Stack
    from rule import Findings, Options

ROLE = "aws:iam/role:Role"
SAML = ":saml-provider/"
BY_USERS, BY_SAML, BY_OPENID = "AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each role of people and each call by which it is taken on that no alarm of the stack sees."""
    found = alarms.alarms(stack)
    yield from found.undecided
    seen = {(one.call, str(arn)) for one in found.see("sts") for arn in one.parameters.get("roleArn", ())}
    for role in stack.of_type(ROLE):
        name, calls = role.read("name"), set() if is_deployment_role(role) or is_invoking_role(role) else _calls(role)
        if not calls or (name.present and str(name.value) in options.texts("exemptRoles")):
            continue
        if name.unknown:
            yield Undecided(name, role.urn)
            continue
        for call in sorted(calls):
            if not any((call, arn) in seen for arn in _arns(role)):
                told = f"no rule of this stack that is on and has a target tells of the role being taken on by {call}"
                yield Violation(told, role.urn)


def _calls(role: Resource) -> set[str]:
    """Return the calls by which people take on a role; none for roles of services, and for a federated person's own."""
    calls = {BY_USERS} if any(people_of(role)) else set()
    for _, statement in documents.statements(as_registered(role), Holder.TRUST):
        providers = statement.principals.get("Federated", ()) if statement.allows else ()
        if not is_persons_role(role):
            calls.update(BY_SAML if SAML in name else BY_OPENID for name in providers)
    return calls


def _arns(role: Resource) -> set[str]:
    path, name = role.read("path").value or "/", role.read("name").value
    return {f"arn:{partition()}:iam::{account}:role{path}{name}" for account in inside().own}


RULE = Rule(
    id="iam-emergency-role-raises-alarm",
    title="Taking on a role of people raises an alarm",
    kind=Kind.STACK,
    types=(ROLE, alarms.RULE, alarms.TARGET),
    paths=("Role:assumeRolePolicy", "Role:name", "Role:path", *alarms.PATHS),
    severity=Severity.HIGH,
    remediation="Add an EventRule on the call with requestParameters.roleArn of the role, and a target that tells.",
    url="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html",
    options={"exemptRoles": texts()},
    mirrored_by=("runtime audit",),
    validate=validate,
)
