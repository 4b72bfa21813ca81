"""The fixtures file: what stacks, lookups and reads outside this program answer."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from preview.errors import Phase, PreviewError, said

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SECTIONS = ("stacks", "invokes", "reads")


@dataclass(frozen=True, kw_only=True)
class Fixtures:
    """Answers by stack name (``organization/project/stack``), by invoke token, and by URN or id of what is read."""

    stacks: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    invokes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    reads: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def load(path: Path) -> Fixtures:
    """Read a fixtures file; raise PreviewError naming every part that is not as it must be."""
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise PreviewError(Phase.ARGUMENTS, f"fixtures {path} cannot be read: {said(error)}") from None
    except json.JSONDecodeError as error:
        raise PreviewError(
            Phase.ARGUMENTS, f"fixtures {path} are not JSON: line {error.lineno}, column {error.colno}: {error.msg}"
        ) from None
    except RecursionError:
        raise PreviewError(Phase.ARGUMENTS, f"fixtures {path} are nested too deeply to be read") from None
    return parse(given, name=str(path))


def parse(given: object, *, name: str = "fixtures") -> Fixtures:
    """Read fixtures from what the file holds."""
    if not isinstance(given, dict):
        raise PreviewError(Phase.ARGUMENTS, f"{name} must be an object with {', '.join(SECTIONS)}")
    problems = [f"{key}: not a section; write one of {', '.join(SECTIONS)}" for key in given if key not in SECTIONS]
    for section in SECTIONS:
        entries = given.get(section, {})
        if not isinstance(entries, dict):
            problems.append(f"{section}: must be an object, not {type(entries).__name__}")
            continue
        problems += [
            f"{section}.{key}: must be an object, not {type(value).__name__}"
            for key, value in entries.items()
            if not isinstance(value, dict)
        ]
    if problems:
        raise PreviewError(Phase.ARGUMENTS, f"{name} are not valid:\n" + "\n".join(f"  {line}" for line in problems))
    return Fixtures(**{section: given.get(section, {}) for section in SECTIONS})
