"""What the packs say: of each resource before it is created, and of the stack when all are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from preview import pack_messages
from preview.pack_messages import PackOptions, PackProvider, PackResource
from preview.providers import parse_reference

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from preview.analyzer import Analyzer
    from preview.pack_messages import Diagnostic, Remediation
    from preview.state import StackContext, State


class Judgement:
    """Asks every pack and keeps what it found, in the order it came."""

    def __init__(self, context: StackContext, packs: Callable[[], Sequence[Analyzer]]) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.remediations: list[tuple[str, Remediation]] = []
        self._context = context
        self._packs = packs

    def resource(self, state: State, provider: State | None) -> None:
        """Let the packs rewrite a resource's inputs in turn, then judge what came of it."""
        packs = self._packs()
        if not packs:
            return
        for pack in packs:
            for remediation in pack.remediate(of_inputs(state, provider)):
                self._apply(pack, state, remediation)
        view = of_inputs(state, provider)
        for pack in packs:
            self.diagnostics += pack.analyze(view)

    def _apply(self, pack: Analyzer, state: State, remediation: Remediation) -> None:
        if remediation.diagnostic:
            self.diagnostics.append(
                pack_messages.Diagnostic(
                    pack=pack.info.name,
                    version=pack.info.version,
                    policy=remediation.policy,
                    level="advisory",
                    severity="",
                    urn=state.urn,
                    message=remediation.diagnostic,
                    description=remediation.description,
                )
            )
        else:
            self.remediations.append((state.urn, remediation))
            state.inputs = dict(remediation.properties or {})

    def stack(self, states: Mapping[str, State]) -> None:
        """Judge all resources of the stack together, by their outputs; what was read is not among them."""
        packs = self._packs()
        if not packs:
            return
        views = [of_outputs(state, states) for state in states.values() if not state.external]
        for pack in packs:
            self.diagnostics += pack.analyze_stack(views)


def of_inputs(state: State, provider: State | None) -> PackResource:
    """Return a resource as resource rules see it: with its checked inputs."""
    return PackResource(
        type=state.type,
        name=state.name,
        properties=state.inputs,
        urn=state.urn,
        options=_options(state),
        provider=_provider(provider),
        parent=state.goal.parent,
    )


def of_outputs(state: State, states: Mapping[str, State]) -> PackResource:
    """Return a resource as stack rules see it: with its outputs and dependencies."""
    provider = states.get(parse_reference(state.goal.provider)[0]) if state.goal.provider else None
    return PackResource(
        type=state.type,
        name=state.name,
        properties=state.outputs,
        urn=state.urn,
        options=_options(state),
        provider=_provider(provider),
        parent=state.goal.parent,
        dependencies=state.goal.dependencies,
        property_dependencies=state.goal.property_dependencies,
    )


def _options(state: State) -> PackOptions:
    goal = state.goal
    return PackOptions(
        protect=bool(goal.protect),
        ignore_changes=goal.ignore_changes,
        delete_before_replace=goal.delete_before_replace,
        additional_secret_outputs=goal.additional_secret_outputs,
        create_seconds=goal.timeouts.create,
        update_seconds=goal.timeouts.update,
        delete_seconds=goal.timeouts.delete,
        read_seconds=goal.timeouts.read,
    )


def _provider(provider: State | None) -> PackProvider | None:
    if provider is None:
        return None
    return PackProvider(type=provider.type, name=provider.name, urn=provider.urn, properties=provider.inputs)
