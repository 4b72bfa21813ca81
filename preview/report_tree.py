"""The tree of what would be built: components and what lies below them, counted by type."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rich.text import Text

from preview import urn as urns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from preview.state import State

NAME_COLUMN = 44


def headline(states: Mapping[str, State]) -> str:
    """Return one sentence that counts resources, components, providers and reads."""
    kinds = {"resource": 0, "component": 0, "provider": 0, "read, not built": 0}
    for state in states.values():
        if state.type == urns.ROOT_TYPE:
            continue
        if state.external:
            kinds["read, not built"] += 1
        elif urns.is_provider(state.type):
            kinds["provider"] += 1
        else:
            kinds["resource" if state.goal.custom else "component"] += 1
    parts = [
        f"{count} {kind if count == 1 or kind.startswith('read') else kind + 's'}"
        for kind, count in kinds.items()
        if count or kind == "resource"
    ]
    return "Would be built: " + ", ".join(parts)


def lines(states: Mapping[str, State]) -> Iterator[Text]:
    """Yield the tree line by line, parts in the order of their names."""
    children: dict[str, list[State]] = defaultdict(list)
    for state in states.values():
        parent = state.goal.parent if state.goal.parent in states else ""
        root = parent and states[parent].type == urns.ROOT_TYPE
        if state.type != urns.ROOT_TYPE:
            children["" if root else parent].append(state)
    yield from _below(children, "", 1)


def _below(children: Mapping[str, Sequence[State]], parent: str, depth: int) -> Iterator[Text]:
    indent = "  " * depth
    here = children.get(parent, ())
    leaves: dict[str, list[str]] = defaultdict(list)
    for state in here:
        if state.urn not in children and state.goal.custom:
            leaves[("read " if state.external else "") + short(state.type)].append(state.name)
    for label in sorted(leaves):
        names = sorted(leaves[label])
        count = f" x{len(names)}" if len(names) > 1 else ""
        yield Text(f"{indent}{label}{count}".ljust(NAME_COLUMN) + " ").append(_listed(names), style="dim")
    for state in sorted(here, key=lambda state: (state.name, state.type)):
        if state.urn in children or not state.goal.custom:
            below = sum(1 for _ in _descendants(children, state.urn))
            line = Text(indent).append(state.name, style="bold")
            yield line.append(f"  {short(state.type)}  {below}", style="cyan")
            yield from _below(children, state.urn, depth + 1)


def _descendants(children: Mapping[str, Sequence[State]], urn: str) -> Iterator[State]:
    for state in children.get(urn, ()):
        yield state
        yield from _descendants(children, state.urn)


def _listed(names: Sequence[str], room: int = 52) -> str:
    text = ", ".join(names)
    shown = len(names)
    while len(text) > room and shown > 1:
        shown -= 1
        text = ", ".join(names[:shown]) + f", … {len(names) - shown} more"
    return text


def short(type_token: str) -> str:
    """Return a type as a reader says it: ``aws:ec2/vpc:Vpc`` is ``ec2 Vpc``."""
    if urns.is_provider(type_token):
        return f"provider {urns.package_of(type_token)}"
    package, _, rest = type_token.partition(":")
    module, _, kind = rest.rpartition(":")
    if package == "aws":
        return f"{module.split('/', 1)[0]} {kind}"
    return f"{module or package} {kind}"
