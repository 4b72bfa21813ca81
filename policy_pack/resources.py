"""Resources as rules see them: one resource with its checked inputs, or all of the stack with their outputs."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from reading import Reading, State, read, read_each

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pulumi_policy import PolicyResource, ResourceValidationArgs, StackValidationArgs


@dataclass(frozen=True, eq=False)
class Resource:
    """One resource.

    `parent` is the parent's URN. `dependencies` and `property_dependencies` (top-level wire property -> URNs, of
    resources of this stack only) are filled for stack rules; a resource rule sees none. `ignored` is the option
    ignoreChanges, `protected` the option protect.
    """

    urn: str
    type: str
    name: str
    props: Mapping[str, Any]
    parent: str | None = None
    dependencies: tuple[str, ...] = ()
    property_dependencies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    protected: bool = False

    @classmethod
    def of_case(cls, args: ResourceValidationArgs) -> Resource:
        """Return the resource that a resource rule is asked about."""
        return cls(
            urn=args.urn,
            type=args.resource_type,
            name=args.name,
            props=args.props,
            parent=args.opts.parent,
            ignored=tuple(args.opts.ignore_changes or ()),
            protected=bool(args.opts.protect),
        )

    @classmethod
    def of_stack(cls, resource: PolicyResource) -> Resource:
        """Return a resource of the stack."""
        return cls(
            urn=resource.urn,
            type=resource.resource_type,
            name=resource.name,
            props=resource.props,
            parent=resource.parent.urn if resource.parent else None,
            dependencies=tuple(dependency.urn for dependency in resource.dependencies),
            property_dependencies={
                name: tuple(dependency.urn for dependency in dependencies)
                for name, dependencies in resource.property_dependencies.items()
            },
            ignored=tuple(resource.opts.ignore_changes or ()),
            protected=bool(resource.opts.protect),
        )

    def read(self, path: str) -> Reading:
        """Return what stands at a wire path without lists."""
        return read(self.props, path)

    def each(self, path: str) -> list[Reading]:
        """Return every value at a wire path in which ``[]`` marks lists; none where a list is absent."""
        return read_each(self.props, path)

    @property
    def keys(self) -> frozenset[str]:
        """The names of the top-level properties, known or not."""
        return frozenset(list(self.props))

    @property
    def ancestor_types(self) -> tuple[str, ...]:
        """The types of the components around the resource, outermost first, as its URN spells them."""
        return tuple(self.urn.split("::")[2].split("$")[:-1])

    def came_from(self, path: str, *types: str) -> tuple[str, ...]:
        """Return the URNs of resources of the given types that the top-level property of `path` was taken from."""
        top = top_level(path)
        return tuple(urn for urn in self.property_dependencies.get(top, ()) if not types or type_of(urn) in types)

    def left_out(self, path: str) -> bool:
        """Return whether a stack rule may take a property for left out by the program.

        Outputs that AWS also computes are unknown in a first preview although the program said nothing; what the
        program took from another resource has an entry among the property dependencies.
        """
        top = top_level(path)
        found = self.read(top)
        return found.absent or (found.state is State.UNKNOWN and top not in self.property_dependencies)


class Stack:
    """All resources of the stack, in order of their URNs, so that messages come in the same order each time.

    Most rules are about few types, so the resources of a type are read when a rule first asks for them.
    """

    def __init__(self, resources: Sequence[Resource]) -> None:
        self._unread: dict[str, list[PolicyResource]] = {}
        self._read = _by_type(resources, lambda resource: resource.type)

    @classmethod
    def of_case(cls, args: StackValidationArgs) -> Stack:
        """Return the stack that a stack rule is asked about."""
        stack = cls(())
        stack._unread = _by_type(args.resources, lambda resource: resource.resource_type)
        return stack

    @cached_property
    def resources(self) -> tuple[Resource, ...]:
        """All resources."""
        found = [one for kind in {**self._read, **self._unread} for one in self._of(kind)]
        return tuple(sorted(found, key=lambda resource: resource.urn))

    @property
    def root(self) -> str:
        """The URN of the stack itself; empty where it is not among the resources."""
        return next((one.urn for one in self._of("pulumi:pulumi:Stack")), "")

    @cached_property
    def names(self) -> dict[str, str]:
        """The names of the resources by URN."""
        return {one.urn: one.name for listed in (*self._read.values(), *self._unread.values()) for one in listed}

    @cached_property
    def by_urn(self) -> dict[str, Resource]:
        """The resources by URN."""
        return {resource.urn: resource for resource in self.resources}

    def of_type(self, *types: str) -> Iterator[Resource]:
        """Yield the resources of the given types."""
        for wanted in types:
            yield from self._of(wanted)

    def _of(self, kind: str) -> Sequence[Resource]:
        if kind in self._unread:
            self._read[kind] = [Resource.of_stack(one) for one in self._unread.pop(kind)]
        return self._read.get(kind, ())


def _by_type(resources: Iterable[Any], kind_of: Callable[[Any], str]) -> dict[str, list[Any]]:
    """Return resources by type, each in order of their URNs."""
    found: dict[str, list[Any]] = {}
    for resource in sorted(resources, key=lambda one: one.urn):
        found.setdefault(kind_of(resource), []).append(resource)
    return found


def type_of(urn: str) -> str:
    """Return the type token in a URN: ``urn:pulumi:stack::project::parent$type::name``."""
    return urn.split("::")[2].rsplit("$", maxsplit=1)[-1]


def top_level(path: str) -> str:
    """Return the top-level property of a wire path, under which the engine keeps dependencies."""
    return path.split(".", maxsplit=1)[0].split("[", maxsplit=1)[0]
