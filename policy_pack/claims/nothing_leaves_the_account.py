"""A bucket, a key or a repository of another account is a door: what is written there has left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import tenants_of
from claim import Claim, Kind, Question

from iamproof import Like, OtherThan, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


WITHOUT_ACCOUNT = ("arn:*:s3:::*",)


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask, of each tenant's identity, for any request on a thing of another account, by its ARN and by its owner."""
    for _owner, identity in tenants_of(stack):
        foreign = Like("arn:*").but(f"arn:*:*:*:{stack.account}:*", *WITHOUT_ACCOUNT)
        yield Question(identity=identity, query=Query("*", foreign, sentence="reaches into another account"))
        owned = {"aws:ResourceAccount": OtherThan(stack.account).or_missing()}
        query = Query("s3:*", Like(*WITHOUT_ACCOUNT), owned, sentence="reaches a bucket of another account")
        yield Question(identity=identity, query=query)


CLAIM = Claim(
    id="nothing-leaves-the-account",
    sentence="No tenant reads or writes anything in another account.",
    kind=Kind.SAFETY,
    ask=ask,
    assumptions=("packages of Amazon Linux are fetched without signature, so no identity's policy judges that",),
    partner="each-tenant-works-in-its-prefix",
)
