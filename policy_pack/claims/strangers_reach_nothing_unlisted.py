"""Another account's principal reaches what our policies admit: nothing but what the stack file grants a partner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import granted_to_partners, owner_of_key
from claim import Claim, Kind, Question

from iamproof import Like, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask, of every principal of other accounts and of nobody in particular, for any request beside the partners'."""
    granted = granted_to_partners(stack)
    for bucket in stack.buckets:
        objects = Like(bucket.called, f"{bucket.called}/*").but(*granted.get(bucket.called, ()))
        query = Query("s3:*", objects, sentence=f"reaches {bucket.name} from another account")
        yield Question(identity=None, query=query)
    plain = {"aws:SecureTransport": "false"}
    for staging, prefixes in granted.items():
        query = Query("s3:*", Like(*prefixes), plain, sentence=f"reads {staging} over plain HTTP")
        yield Question(identity=None, query=query)
    for key in stack.keys:
        if not granted or "partners" not in key.name:
            query = Query("kms:*", key.called, sentence=f"uses {key.name} from another account")
            yield Question(identity=None, query=query, tenant=owner_of_key(key) or "")


CLAIM = Claim(
    id="strangers-reach-nothing-unlisted",
    sentence="No principal of another account reaches a bucket or key, but a partner its prefix over TLS.",
    kind=Kind.SAFETY,
    ask=ask,
    assumptions=("services that read for us are bound to our account by the rule iam-resource-policy-stays-inside",),
    partner="each-tenant-works-in-its-prefix",
)
