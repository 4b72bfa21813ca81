"""What roles, services and strangers may do to data does not change where people sign in at a provider."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from iamproof import PrincipalKind
from tests.components.documents.federated_people import READ_OTHERWISE, in_federation
from tests.components.documents.tables import (
    audit,
    curators,
    daily,
    data,
    data_by_number,
    deployers,
    elsewhere,
    exits,
    holes,
    jobs,
    keys_and_logs,
    left_out,
    own_keys,
    partners,
    people_entries,
    people_fresh,
    resource_entries,
    roles,
    stores,
)
from tests.components.documents.world import resource_holder

if TYPE_CHECKING:
    from tests.components.documents.world import Row

TABLES = (
    *(audit, curators, daily, data, data_by_number, deployers, elsewhere, exits, holes, jobs, keys_and_logs, left_out),
    *(own_keys, partners, people_entries, people_fresh, resource_entries, roles, stores),
)


def is_of_everybody_else(row: Row) -> bool:
    """Say whether a row asks as no person for what a policy guards that reads otherwise there."""
    judged = any(resource_holder(ask)[0] in READ_OTHERWISE for ask in row.asks)
    return judged and row.who.principal.kind is not PrincipalKind.USER


ROWS = tuple(
    replace(row, id=f"where people federate: {row.id}", who=in_federation(row.who))
    for table in TABLES
    for row in table.ROWS
    if is_of_everybody_else(row)
)
