"""An endpoint that lets everybody reach everything is a way out of the closed network, with anybody's keys.

Source: Amazon VPC User Guide (AWS PrivateLink), "Control access to VPC endpoints using endpoint policies".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
import places
from accounts import ACCOUNT_ID, PRINCIPAL_ACCOUNT, PRINCIPAL_ARN, RESOURCE_ACCOUNT, arn, pinned
from places import Holder
from reach import names_others
from rule import Kind, Rule, Severity, Violation

if TYPE_CHECKING:
    from documents import Statement
    from resources import Resource
    from rule import Findings, Options


def validate(endpoint: Resource, _options: Options) -> Findings:
    """Yield a finding for each Allow that limits neither principals nor resources."""
    for held, statement in documents.statements(endpoint, Holder.ENDPOINT):
        if statement.allows and _all_principals(statement) and _all_resources(statement):
            yield Violation(f"{held.where}: {statement.label} allows everybody to reach everything")


def _all_principals(statement: Statement) -> bool:
    named = statement.principals and not statement.names_anybody
    return not named and not _pinned(statement, PRINCIPAL_ACCOUNT, PRINCIPAL_ARN)


def _all_resources(statement: Statement) -> bool:
    wide = not statement.resources or any(map(names_others, statement.resources))
    return wide and not _pinned(statement, RESOURCE_ACCOUNT)


def _pinned(statement: Statement, ids: tuple[str, ...], arns: tuple[str, ...] = ()) -> bool:
    """Return whether accounts are pinned, whichever: `vpc-endpoint-policy-pins-accounts` judges whose they are."""
    values = [value for key in (*ids, *arns) for test in statement.tests(key) for value in test.values]
    accounts = {found.account if (found := arn(value)) else value for value in values}
    whole = frozenset(account for account in accounts if ACCOUNT_ID.fullmatch(account))
    return pinned(statement, whole, ids=ids, arns=arns)


RULE = Rule(
    id="vpc-endpoint-policy-is-scoped",
    title="No endpoint policy allows everything to everybody",
    kind=Kind.RESOURCE,
    types=places.types_of(Holder.ENDPOINT),
    paths=places.paths_of(Holder.ENDPOINT),
    severity=Severity.CRITICAL,
    remediation="Limit principals or resources in every Allow of the policy.",
    url="https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html",
    frameworks=("prowler vpc_endpoint_connections_trust_boundaries",),
    mirrored_by=("runtime audit",),
    validate=validate,
)
