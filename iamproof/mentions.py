"""What the policies of environments speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iamproof.explain_search import policies_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamproof.environment import Environment
    from iamproof.model import Statement


def statements_of(environments: tuple[Environment, ...]) -> Iterator[Statement]:
    """Yield every statement of the environments' policies."""
    for environment in environments:
        for policies in policies_of(environment).values():
            for policy in policies:
                yield from policy.statements


def keys_of(statements: tuple[Statement, ...]) -> Iterator[str]:
    """Every key that statements test or put in for a variable."""
    for statement in statements:
        yield from statement.keys
