"""The network that the stack file adopts: it is no resource of the stack, so it is judged by its id.

What a created network must have is asked of an adopted one as well, as far as the program makes it; what was there
before is for the operator to verify.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import stack_config
from origins import as_registered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resources import Resource


def unserved(parts: Iterable[Resource], path: str) -> list[str]:
    """Return the ids of adopted networks that none of the parts names at a path."""
    named = {as_registered(part).read(path).value for part in parts}
    return [network for network in stack_config.adopted("vpc") if network not in named]
