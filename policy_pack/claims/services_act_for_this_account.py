"""A service that acts for whoever asks it is a deputy that anybody can send to our buckets, keys and roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claim import Claim, Kind, Question
from services import services_of

from iamproof import Like, OtherThan, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask, of each service, for what it does here with each key that binds it naming somebody else, or missing."""
    for service in services_of(stack):
        role = stack.by_arn.get(service.resource)
        for key, own in service.bound.items():
            others = Like("arn:*:*:*:*:*").but(*own) if own[0].startswith("arn:") else OtherThan(*own)
            context = {key: others.or_missing()}
            query = Query(service.actions, service.resource, context, sentence=f"acts for somebody else by {key}")
            yield Question(identity=service.identity, query=query, roles=(role,) if role else ())


CLAIM = Claim(
    id="services-act-for-this-account",
    sentence="No service takes on a role, writes a record or uses a key of the platform for another account.",
    kind=Kind.SAFETY,
    ask=ask,
    partner="services-do-their-part",
)
