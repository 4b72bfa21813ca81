"""Which resource is reachable from which, as the engine orders creation and deletion.

A resource waits for its dependencies and for its parent. Depending on a component is depending on everything in it,
while a parent brings along only what the parent itself waits for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from resources import Stack

Node: TypeAlias = tuple[str, bool]
"""A URN, and whether it is reached as a dependency (with its children) or as a parent (without)."""


class Reach:
    """Answers whether one resource waits for another, in time that does not grow with the number of questions.

    What a node reaches is kept as one number with a bit for each resource.
    """

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._bit = {resource.urn: 1 << index for index, resource in enumerate(stack.resources)}
        self._children: dict[str, list[str]] = {}
        for resource in stack.resources:
            if resource.parent:
                self._children.setdefault(resource.parent, []).append(resource.urn)
        self._reached: dict[Node, int] = {}

    def waits_for(self, urn: str, other: str) -> bool:
        """Return whether a resource is created after another one and deleted before it."""
        return any(self._of(step) & self._bit[other] for step in self._steps((urn, False)))

    def _of(self, node: Node) -> int:
        stack: list[Node] = [node]
        open_nodes: set[Node] = set()
        while stack:
            current = stack[-1]
            if current in self._reached:
                stack.pop()
                continue
            steps = self._steps(current)
            waiting = [step for step in steps if step not in self._reached and step not in open_nodes]
            if waiting and current not in open_nodes:
                open_nodes.add(current)
                stack.extend(waiting)
                continue
            stack.pop()
            open_nodes.discard(current)
            self._reached[current] = self._own(current)
            for step in steps:
                self._reached[current] |= self._reached.get(step, 0)
        return self._reached[node]

    def _own(self, node: Node) -> int:
        urn, as_dependency = node
        return self._bit[urn] if as_dependency else 0

    def _steps(self, node: Node) -> list[Node]:
        urn, as_dependency = node
        resource = self._stack.by_urn[urn]
        direct = {
            *resource.dependencies,
            *(one for listed in resource.property_dependencies.values() for one in listed),
        }
        steps = [(one, True) for one in direct if one in self._bit and one != urn]
        if resource.parent in self._bit:
            steps.append((resource.parent, False))
        if as_dependency:
            steps.extend((child, True) for child in self._children.get(urn, ()) if not resource.type.startswith("aws:"))
        return steps
