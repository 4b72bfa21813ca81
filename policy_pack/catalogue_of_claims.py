"""Every claim of the pack, found in `claims/` by file name; a new claim is a new file."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING

import claims

if TYPE_CHECKING:
    from claim import Claim


def _load() -> tuple[Claim, ...]:
    names = sorted(module.name for module in pkgutil.iter_modules(claims.__path__))
    return tuple(import_module(f"claims.{name}").CLAIM for name in names)


CLAIMS: tuple[Claim, ...] = _load()
"""All claims by id."""

BY_ID: dict[str, Claim] = {claim.id: claim for claim in CLAIMS}
