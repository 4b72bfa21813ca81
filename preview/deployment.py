"""The heart of the stand-in: takes registrations one at a time, checks them, shows them to the packs, creates them.

The order of steps for one resource is the engine's (pulumi v3.259.0, `pkg/resource/deploy/step_generator.go`): parent
and URN, the provider, Check, Remediate, Analyze, Create. As in a preview, a violation does not stop the program.
"""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from preview import urn as urns
from preview.errors import Phase, PreviewError
from preview.judgement import Judgement
from preview.providers import denied, parse_reference
from preview.stand_ins import new_uuid
from preview.state import State
from preview.values import UNKNOWN, UNKNOWN_STRING, Secret, has_unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from preview.analyzer import Analyzer
    from preview.state import Goal, StackContext
    from preview.values import Unknown


class ProviderModel(Protocol):
    """What the providers of the program do, as far as it is known without them."""

    def check(self, urn: str, goal: Goal, provider: State | None) -> dict[str, Any]:
        """Return the checked inputs: what the program gave, and what the provider fills in."""

    def create(
        self, urn: str, goal: Goal, inputs: dict[str, Any], provider: State | None = None
    ) -> tuple[str | Unknown, dict[str, Any]]:
        """Return the id and the outputs of the resource as this run knows them."""


class Stopped(Exception):  # noqa: N818  it says what happened to the run, not to the caller
    """The run has failed already; every further call of the program is answered by this."""


class Deployment:
    """The resources of one run. Thread-safe: registrations are taken one after the other."""

    def __init__(
        self,
        context: StackContext,
        model: ProviderModel,
        packs: Callable[[], Sequence[Analyzer]] = tuple,
        *,
        dry_run: bool,
        on_progress: Callable[[int], None] | None = None,
    ) -> None:
        self.context = context
        self.dry_run = dry_run
        self.states: dict[str, State] = {}
        self.stack_outputs: dict[str, Any] | None = None
        self.failure: PreviewError | None = None
        self.judgement = Judgement(context, packs)
        self._model = model
        self._lock = threading.RLock()
        self._failure_lock = threading.Lock()  # a failure must not wait for a registration that waits for it
        self._pending: set[str] = set()
        self._on_progress = on_progress
        self._heard = time.monotonic()
        self._judging = False

    # Silence

    def hear(self) -> None:
        """Take note of a sign of life of the program."""
        self._heard = time.monotonic()

    def silent_seconds(self) -> float:
        """Return for how long the program has said nothing, 0 while it waits for the packs."""
        return 0.0 if self._judging else time.monotonic() - self._heard

    @contextmanager
    def _while_judging(self) -> Iterator[None]:
        self._judging = True
        try:
            yield
        finally:
            self.hear()
            self._judging = False

    # Failure

    def fail(self, message: str, phase: Phase = Phase.PROGRAM) -> Stopped:
        """Record what ends the run; the first failure counts."""
        with self._failure_lock:
            if self.failure is None:
                self.failure = PreviewError(phase, message)
        return Stopped()

    def check_running(self) -> None:
        """Raise Stopped when the run has failed already."""
        if self.failure is not None:
            raise Stopped

    # Steps

    def register(self, goal: Goal) -> State:
        """Take one registration through all its steps and return its state."""
        with self._lock:
            self.check_running()
            urn = self._claim_urn(goal)
            provider = self._provider_of(urn, goal)
            state = State(urn=urn, goal=goal, inputs=dict(goal.properties))
            try:
                if goal.custom and not self.waits_for(provider):
                    state.inputs = self._model.check(urn, goal, provider)
                with self._while_judging():
                    self.judgement.resource(state, provider)
            except PreviewError as error:
                raise self.fail(error.message, error.phase) from None
            if goal.custom:
                self._create(state, provider)
            else:
                self._pending.add(urn)
            self.states[urn] = state
            if self._on_progress:
                self._on_progress(len(self.states))
            return state

    def _claim_urn(self, goal: Goal) -> str:
        if goal.parent and goal.parent not in self.states:
            raise self.fail(f"could not find parent resource {goal.parent}")
        urn = urns.make(self.context.stack, self.context.project, goal.parent, goal.type, goal.name)
        if urn in self.states:
            raise self.fail(f"Duplicate resource URN '{urn}'; try giving it a unique name")
        return urn

    def _provider_of(self, urn: str, goal: Goal) -> State | None:
        if not goal.custom or urns.is_provider(goal.type):
            return None
        if denied(goal.provider):
            package = urns.package_of(goal.type)
            raise self.fail(f"Default provider for '{package}' disabled. '{urn}' must use an explicit provider.")
        provider = self.states.get(parse_reference(goal.provider)[0])
        if provider is None:
            raise self.fail(f"unknown provider '{goal.provider}' for resource '{urn}'")
        return provider

    def _create(self, state: State, provider: State | None) -> None:
        goal = state.goal
        if urns.is_provider(goal.type):
            state.id = UNKNOWN_STRING if self.dry_run else new_uuid(state.urn)
            state.outputs = dict(state.inputs)
            return
        if self.waits_for(provider):
            state.id = UNKNOWN
        else:
            state.id, state.outputs = self._model.create(state.urn, goal, state.inputs, provider)
        if goal.import_id:
            state.id = goal.import_id
        for name in goal.additional_secret_outputs:
            if name in state.outputs and not isinstance(state.outputs[name], Secret):
                state.outputs[name] = Secret(state.outputs[name])

    def waits_for(self, provider: State | None) -> bool:
        """Say whether a provider cannot be configured yet: the engine does not call it then."""
        return self.dry_run and provider is not None and has_unknown(provider.inputs)

    def register_outputs(self, urn: str, outputs: dict[str, Any]) -> None:
        """Set the outputs of a component; those of the stack wait for the end of the run."""
        with self._lock:
            self.check_running()
            if urns.type_of(urn) == urns.ROOT_TYPE:
                self.stack_outputs = outputs
                return
            if urn not in self._pending:
                raise self.fail(f"cannot complete a resource '{urn}' whose registration isn't pending")
            self._pending.discard(urn)
            self.states[urn].outputs = outputs

    def read(self, goal: Goal, identity: str, outputs: dict[str, Any]) -> State:
        """Take a resource that exists already into the stack; packs do not see it."""
        with self._lock:
            self.check_running()
            urn = self._claim_urn(goal)
            state = State(urn=urn, goal=goal, inputs=dict(goal.properties), outputs=outputs, external=True)
            state.id = UNKNOWN if identity == UNKNOWN_STRING else identity
            for name in goal.additional_secret_outputs:
                if name in outputs and not isinstance(outputs[name], Secret):
                    outputs[name] = Secret(outputs[name])
            self.states[urn] = state
            return state

    def finish(self) -> None:
        """End the run after the program has: fix the stack's outputs and judge the stack as a whole."""
        with self._lock:
            self.check_running()
            root = self.states.get(urns.root(self.context.stack, self.context.project))
            if root is not None and self.stack_outputs is not None:
                root.outputs = self.stack_outputs
            self.judgement.stack(self.states)
