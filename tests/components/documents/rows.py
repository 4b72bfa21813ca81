"""Every row of every table."""

from __future__ import annotations

from tests.components.documents.tables import (
    data,
    deployers,
    elsewhere,
    jobs,
    keys_and_logs,
    notebooks,
    people_delegated,
    people_elsewhere,
    people_elsewhere_platform,
    people_emergency,
    people_neglect,
    people_platform,
    people_sign_in,
    people_stages,
    people_work,
    registry,
    roles,
    surface,
    tags,
)

TABLES = (
    people_delegated,
    people_elsewhere,
    people_elsewhere_platform,
    people_emergency,
    people_neglect,
    people_platform,
    people_sign_in,
    people_stages,
    people_work,
    notebooks,
    jobs,
    registry,
    roles,
    tags,
    surface,
    elsewhere,
    data,
    keys_and_logs,
    deployers,
)
ALL_ROWS = tuple(row for table in TABLES for row in table.ROWS)
