"""Whoever raises the platform manages buckets and keys from outside the network, and must not see what they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import administrators_of
from claim import Claim, Kind, Question

from claims.no_tenant_uses_foreign_keys import USES
from iamproof import Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask, of a deployer that holds every right, for any request on an object and any use of a key."""
    objects = tuple(f"{bucket.called}/*" for bucket in stack.buckets)
    keys = tuple(key.called for key in stack.keys)
    for deployer in administrators_of(stack):
        if objects:
            yield Question(identity=deployer, query=Query("s3:*", objects, sentence="touches an object"))
        if keys:
            without_volumes = tuple(action for action in USES if action != "kms:CreateGrant")
            yield Question(identity=deployer, query=Query(without_volumes, keys, sentence="uses a key"))


CLAIM = Claim(
    id="deployer-reads-no-data",
    sentence="Who deploys the platform reads no object and decrypts with no key, whatever policies it holds.",
    kind=Kind.SAFETY,
    ask=ask,
    assumptions=("the deployer holds every right that an identity policy can give",),
    partner="deployer-manages-everything",
)
