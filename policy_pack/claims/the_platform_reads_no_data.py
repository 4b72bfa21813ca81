"""Who runs the platform, and what runs it, needs no tenant's data: not administrators, auditors, hosts or services."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import DATA, bucket_of, owner_of
from claim import Claim, Kind, Question

from claims.no_tenant_uses_foreign_keys import USES
from iamproof import Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask, of each identity that is no tenant's, for any request on an object that holds data, and any use of a key."""
    found = (bucket_of(stack, purpose) for purpose in DATA)
    objects = tuple(f"{bucket.called}/*" for bucket in found if bucket)
    keys = tuple(key.called for key in stack.keys)
    for identity in stack.identities:
        if owner_of(identity) is None:
            if objects:
                yield Question(identity=identity, query=Query("s3:*", objects, sentence="touches an object"))
            if keys:
                yield Question(identity=identity, query=Query(USES, keys, sentence="uses a key"))


CLAIM = Claim(
    id="the-platform-reads-no-data",
    sentence="No administrator, auditor, host or service role of the platform reads data or uses its keys.",
    kind=Kind.SAFETY,
    ask=ask,
    assumptions=("the emergency role has to change a policy first, which is recorded",),
    partner="deployer-manages-everything",
)
