"""Every row of every table."""

from __future__ import annotations

from tests.components.documents.tables import (
    data,
    deployers,
    elsewhere,
    jobs,
    keys_and_logs,
    notebooks,
    registry,
    roles,
    surface,
    tags,
)

TABLES = (notebooks, jobs, registry, roles, tags, surface, elsewhere, data, keys_and_logs, deployers)
ALL_ROWS = tuple(row for table in TABLES for row in table.ROWS)
