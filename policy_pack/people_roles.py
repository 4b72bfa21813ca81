"""Roles that people take on: their trust names the account or users of it, so a person's own session leads to them.

Source: IAM User Guide, "AWS JSON policy elements: Principal"; "Methods to assume a role".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
from accounts import inside
from places import Holder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documents import Held, Statement
    from resources import Resource

MACHINES = (":role/", ":assumed-role/")


def people_of(role: Resource) -> Iterator[tuple[Held, Statement]]:
    """Yield the statements of a trust by which people of the own account take on the role."""
    own = inside()
    for held, statement in documents.statements(role, Holder.TRUST):
        names = statement.principals.get("AWS", ()) if statement.allows else ()
        if any(own.account_of(name) in own.own and not any(kind in name for kind in MACHINES) for name in names):
            yield held, statement
