"""Documents that read otherwise in another kind of stack stand beside the plain ones, behind the variant's prefix.

`prod/` is a stack whose models need approval, `federated/` one whose people sign in at a SAML provider, `openid/` at an
OpenID provider; `strict/` lists networks and has an end date, `inside/` lists the networks of hosts behind the
endpoints, `invokers/` lets roles of the account call endpoints, `legacy/` has an old agent on the bastion.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

FEDERATED, OPENID, PROD, STRICT, INSIDE, LEGACY, INVOKERS = (
    "federated/",
    "openid/",
    "prod/",
    "strict/",
    "inside/",
    "legacy/",
    "invokers/",
)
VARIANTS = (FEDERATED, OPENID, PROD, STRICT, INSIDE, LEGACY, INVOKERS)


def plain(holder: str) -> str:
    """Return a holder without the prefixes of variants."""
    for variant in VARIANTS:
        if holder.startswith(variant):
            return plain(holder.removeprefix(variant))
    return holder


def is_variant(holder: str) -> bool:
    """Say whether a document stands beside the plain ones."""
    return holder.startswith(VARIANTS)


def readings(stack: str) -> Iterator[str]:
    """Yield the prefixes under which a stack's document may stand, the nearest first: ``federated/prod/`` is both."""
    parts = [f"{part}/" for part in stack.split("/") if part]
    for count in range(len(parts), -1, -1):
        yield from ("".join(chosen) for chosen in combinations(parts, count))


def in_stack(stack: str, holder: str, holders: Container[str]) -> str:
    """Return the holder of a document as a stack has it, or nothing where there is no such document."""
    return next((name for prefix in readings(stack) if (name := f"{prefix}{holder}") in holders), "")
