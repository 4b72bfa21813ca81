"""The table of what AWS and its provider fill in, beyond what the SDK's own docstrings state.

`aws_table.json` holds, for each type that was looked at:

* ``id`` and ``arn``: templates. ``new:vpc-`` is a fresh id with that prefix, ``seed:sg-:{vpcId}/x`` one that follows
  from the text, ``uuid`` a UUID, ``arn`` the ARN itself. ``idSource`` and ``arnSource`` say what their form rests on.
* ``fills``: inputs that the provider fills in before the pack sees them. ``leave``: inputs whose docstring states a
  default that the provider does not fill in.
* ``answers``: outputs that AWS decides, known only in a deployed run.
* ``autoname``: the input that the provider names, where it is not ``name``; ``autonamePrefix`` goes before it.
* ``framework``: the type is built on the newer plugin framework, which fills in no ``tagsAll``.

Every value says where it comes from and whether it is certain.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

TABLE = Path(__file__).with_name("aws_table.json")


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A value that somebody else fills in."""

    value: Any
    source: str
    certain: bool


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What the table knows about a type."""

    id: str = ""
    id_source: str = ""
    arn: str = ""
    arn_source: str = ""
    autoname: str = "name"
    autoname_prefix: str = ""
    framework: bool = False
    leave: frozenset[str] = frozenset()
    fills: Mapping[str, Fact] = field(default_factory=dict)
    answers: Mapping[str, Fact] = field(default_factory=dict)


NOTHING = Entry()


@cache
def table() -> Mapping[str, Entry]:
    """Return the whole table by type token."""
    document = json.loads(TABLE.read_text(encoding="utf-8"))
    return {token: _entry(given) for token, given in document["types"].items()}


def _entry(given: Mapping[str, Any]) -> Entry:
    return Entry(
        id=given.get("id", ""),
        id_source=given.get("idSource", ""),
        arn=given.get("arn", ""),
        arn_source=given.get("arnSource", ""),
        autoname=given.get("autoname", "name"),
        autoname_prefix=given.get("autonamePrefix", ""),
        framework=given.get("framework", False),
        leave=frozenset(given.get("leave", ())),
        fills={name: Fact(**fact) for name, fact in given.get("fills", {}).items()},
        answers={name: Fact(**fact) for name, fact in given.get("answers", {}).items()},
    )
