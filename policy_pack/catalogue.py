"""Every rule of the pack, found in `rules/` by file name; importing this module starts nothing.

A new rule is a new file: nothing else has to be told of it. `deferred` stands last, since it reports what the others
could not decide.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING

import known_types
import rules

if TYPE_CHECKING:
    from rule import Rule


def _load() -> tuple[Rule, ...]:
    names = sorted(module.name for module in pkgutil.iter_modules(rules.__path__))
    names.sort(key=lambda name: name == "deferred")
    return tuple(import_module(f"rules.{name}").RULE for name in names)


RULES: tuple[Rule, ...] = _load()
"""All rules by id, `deferred` last."""

BY_ID: dict[str, Rule] = {rule.id: rule for rule in RULES}

known_types.learn(RULES)
