"""What the engine holds about a resource: the goal that the program registered, and the state that came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from preview.values import Unknown


PATIENCE_SECONDS = 300.0  # how long a program or a pack may show no sign of life


@dataclass(frozen=True, kw_only=True)
class StackContext:
    """The stack that is previewed; `config` holds full keys (``aws:region``) and text values, secrets in clear."""

    project: str
    stack: str
    organization: str
    config: Mapping[str, str]
    secret_keys: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Timeouts:
    """Custom timeouts in seconds, 0 where none is set."""

    create: float = 0
    update: float = 0
    delete: float = 0
    read: float = 0


@dataclass(kw_only=True)
class Goal:
    """A registration after transforms: what the program wants, with the provider it resolved to ("" for none)."""

    type: str
    name: str
    custom: bool
    properties: dict[str, Any]
    parent: str = ""
    provider: str = ""
    protect: bool | None = None
    dependencies: tuple[str, ...] = ()
    property_dependencies: dict[str, tuple[str, ...]] = field(default_factory=dict)
    delete_before_replace: bool | None = None
    ignore_changes: tuple[str, ...] = ()
    additional_secret_outputs: tuple[str, ...] = ()
    replace_on_changes: tuple[str, ...] = ()
    retain_on_delete: bool | None = None
    deleted_with: str = ""
    import_id: str = ""
    timeouts: Timeouts = field(default_factory=Timeouts)
    hooks: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(kw_only=True)
class State:
    """A resource of the stack. `id` is None for a component and UNKNOWN before creation.

    `external` marks a resource that was read, not created: packs never see it.
    """

    urn: str
    goal: Goal
    inputs: dict[str, Any]
    outputs: dict[str, Any] = field(default_factory=dict)
    id: str | Unknown | None = None
    external: bool = False

    @property
    def type(self) -> str:
        """The type token."""
        return self.goal.type

    @property
    def name(self) -> str:
        """The logical name."""
        return self.goal.name


@dataclass(frozen=True, kw_only=True)
class ModelledValue:
    """A value that AWS or its provider would fill in, and where the table has it from.

    `before_creation` says that the packs judge it as an input; the others appear when AWS has created the resource.
    """

    urn: str
    property: str
    value: Any
    source: str
    certain: bool
    before_creation: bool = False
