"""From what is left of each key to a request, decided once more by `evaluate`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from iamproof.axioms import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from iamproof.environment import ContextValue, Request
    from iamproof.opening import Opening


class InternalError(Exception):
    """The prover found a request on which `evaluate` decides otherwise: a fault of this library."""


def requests_of(opening: Opening, written: Mapping[str, str]) -> Iterator[Request]:
    """Yield the request that reads best, and, where a value was left unnamed, further ones with values for it.

    `written` gives the spelling of keys by their names in small letters.
    """
    context: dict[str, ContextValue] = {}
    for key, value in opening.request.context.items():
        context[written.get(key, key)] = value
    for key, state in opening.solved.states.items():
        values = opening.solved.domains[key].pick(state)  # type: ignore[arg-type]  # a state of this domain
        for name in opening.names[key] if values else ():
            context[written.get(name, name)] = values[0] if len(values) == 1 else values
    request = replace(opening.request, context=context)
    if not opening.unnamed:
        yield request
        return
    for text in _fragments(request):
        named = {name: text if canonical(name) in opening.unnamed else value for name, value in context.items()}
        yield replace(request, context=named)


def _fragments(request: Request) -> Iterable[str]:
    """Every part of the texts of a request: what a value in them may have been put in for a variable."""
    texts = [request.resource.split(":", 5)[-1]]
    for value in request.context.values():
        texts += [value] if isinstance(value, str) else []
    found = {text[start:end] for text in texts for end in range(len(text) + 1) for start in range(end)}
    return sorted(found, key=lambda text: (-len(text), text))
