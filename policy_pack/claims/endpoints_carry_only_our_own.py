"""An endpoint is a hole in the wall: by itself it has to stop other people's credentials, and calls on their things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import anyone_of_the_account
from claim import Claim, Kind, Question
from environment import carried_by

from iamproof import Like, OtherThan, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies

    from iamproof import Values


AWS_OWNED = ("arn:*:s3:::al2023-repos-*", "arn:*:s3:::amazonlinux-2-repos-*")
"""Packages of Amazon Linux, which the endpoint of S3 carries as well [LIVE]."""


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask, of each endpoint, for a call on another account's things, and for a call by another account's principal."""
    anyone = anyone_of_the_account(stack)
    for endpoint in stack.endpoints:
        service = carried_by(endpoint.service)
        elsewhere: dict[str, Values | str] = {"aws:SourceVpce": endpoint.called}
        elsewhere |= {"aws:ResourceAccount": OtherThan(stack.account)}
        resources = Like("arn:*").but(*AWS_OWNED) if service == "s3" else Like("arn:*", "*")
        query = Query(f"{service}:*", resources, elsewhere, sentence=f"{endpoint.name} carries to another account")
        yield Question(identity=anyone, query=query, endpoints=True)
        here = {"aws:SourceVpce": endpoint.called, "aws:ResourceAccount": stack.account}
        query = Query(f"{service}:*", context=here, sentence=f"{endpoint.name} carries for another account")
        yield Question(identity=None, query=query, endpoints=True)


CLAIM = Claim(
    id="endpoints-carry-only-our-own",
    sentence="No endpoint carries a call to another account's things, or by another account's principal.",
    kind=Kind.SAFETY,
    ask=ask,
    assumptions=("whoever owns another account allows everything there",),
    partner="each-tenant-does-its-work",
)
