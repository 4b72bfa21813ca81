"""Which of several requests reads best: the order in which counterexamples are preferred."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from iamproof import facts
from iamproof.arns import COMPONENTS
from iamproof.search import Fewest

if TYPE_CHECKING:
    from iamproof.environment import Request

Found = TypeVar("Found")
Size = tuple[int, bool, int, int, int, str, str, tuple[tuple[str, tuple[str, ...]], ...]]


def size_of(request: Request) -> Size:
    """Return what is compared: the smaller request reads better.

    First the number of context keys; then an action of which AWS documents more than the name; then a resource of the
    principal's own account, or of no account, before none at all, and that before another's; then the number of values,
    then the characters of values and resource; of what is alike in these, what comes first in the alphabet by action,
    resource and keys.
    """
    carried = {key: values for key, values in request.values().items() if values}
    written = tuple(sorted((key.lower(), carried[key.lower()]) for key in request.context if key.lower() in carried))
    texts = [text for _, values in written for text in values]
    length = len(request.resource) + sum(map(len, texts))
    known = facts.action(request.action)
    bare = known is None or not known.complete
    return len(written), bare, _distance(request), len(texts), length, request.action.lower(), request.resource, written


def _distance(request: Request) -> int:
    if request.resource == "*":
        return 1
    components = request.resource.split(":", COMPONENTS - 1)
    return 0 if len(components) == COMPONENTS and components[4] in {"", request.principal.account} else 2


class Smallest(Generic[Found]):
    """The smallest of the requests that are offered, with what was found of it."""

    def __init__(self) -> None:
        """Start with none."""
        self.fewest = Fewest()
        self.found: Found | None = None
        self._size: Size | None = None

    def offer(self, request: Request, found: Found) -> None:
        """Keep what was found if its request is the smallest so far."""
        size = size_of(request)
        if self._size is None or size < self._size:
            self._size, self.found, self.fewest.keys = size, found, size[0]
