"""Deterministic stand-ins for what AWS would mint: the same program always gets the same ids."""

from __future__ import annotations

import hashlib
import re
import uuid
from typing import TYPE_CHECKING, Any

from preview.values import revealed

if TYPE_CHECKING:
    from collections.abc import Mapping

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def digits(seed: str, length: int) -> str:
    """Return hexadecimal digits that depend on nothing but the seed."""
    return hashlib.sha256(seed.encode()).hexdigest()[:length]


def new_uuid(seed: str) -> str:
    """Return a UUID that depends on nothing but the seed."""
    return str(uuid.UUID(bytes=hashlib.sha256(seed.encode()).digest()[:16], version=4))


def filled(template: str, values: Mapping[str, Any], urn: str) -> str | None:
    """Return a template with its placeholders filled; None when a value it needs is missing or unknown."""
    if template.startswith("new:"):
        return template.removeprefix("new:") + digits(urn, 17)
    if template == "uuid":
        return new_uuid(urn)
    missing = False

    def value_of(found: re.Match[str]) -> str:
        nonlocal missing
        value = revealed(values.get(found[1]))
        missing = missing or not isinstance(value, (str, int, float))
        return str(value)

    text = _PLACEHOLDER.sub(value_of, template)
    if missing:
        return None
    if template.startswith("seed:"):
        _, prefix, seed = text.split(":", 2)
        return prefix + digits(seed, 17)
    return text


def of_kind(kind: str, name: str, urn: str, place: str) -> Any:  # noqa: ANN401  the value of a property
    """Return a stand-in for an output of which only the kind is known; `place` begins an ARN."""
    if kind == "bool":
        return False
    if kind in ("int", "float"):
        return 0
    if kind == "list":
        return []
    if kind in ("map", "object"):
        return {}
    if name == "arn" or name.endswith("Arn"):
        return f"{place}:stand-in/{digits(urn + name, 12)}"
    return f"stand-in-{digits(urn + name, 12)}"


def left_out(kind: str) -> Any:  # noqa: ANN401  the value of a property
    """Return what the provider reports for an optional input that nobody set; None for a block."""
    return {"str": "", "bool": False, "int": 0, "float": 0, "list": [], "map": {}}.get(kind)
