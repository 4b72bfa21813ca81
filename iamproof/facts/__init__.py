"""What AWS documents of its actions, resource types and condition keys, each service read when first asked for.

The data is extracted by tools/iamproof_facts.py; facts/data/README.md names its sources and their licences.
"""

from __future__ import annotations

from iamproof.facts.model import AccessLevel, ActionFacts, ArnFormat, KeyFacts, KeyType, ResourceType
from iamproof.facts.query import action, carries, condition_key, expand, may_carry, services

__all__ = [
    "AccessLevel",
    "ActionFacts",
    "ArnFormat",
    "KeyFacts",
    "KeyType",
    "ResourceType",
    "action",
    "carries",
    "condition_key",
    "expand",
    "may_carry",
    "services",
]
