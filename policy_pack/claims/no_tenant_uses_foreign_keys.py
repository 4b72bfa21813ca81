"""Whoever decrypts with another key reads what that key protects; a key used directly leaves no trace of the object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import keys_for, tenants_of
from claim import Claim, Kind, Question

from iamproof import Like, Missing, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


USES = (
    "kms:Decrypt",
    "kms:Encrypt",
    "kms:ReEncrypt*",
    "kms:GenerateDataKey*",
    "kms:GenerateMac",
    "kms:Sign",
    "kms:DeriveSharedSecret",
    "kms:CreateGrant",
)


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask, of each tenant's identity, for any use of a key not the platform's or its own, and for direct use of those.

    Where each tenant has a key of its own, the other tenants' are among the foreign ones.
    """
    for owner, identity in tenants_of(stack):
        own = keys_for(stack, owner)
        elsewhere = Query(USES, Like("*").but(*own), sentence="uses a key that is neither the platform's nor its own")
        yield Question(identity=identity, query=elsewhere)
        direct = {"kms:ViaService": Missing, "kms:GrantIsForAWSResource": Missing}
        yield Question(identity=identity, query=Query(USES, own or "*", direct, sentence="uses a key by itself"))


CLAIM = Claim(
    id="no-tenant-uses-foreign-keys",
    sentence="No tenant uses a key but the platform's and its own, and those only through the services with its data.",
    kind=Kind.SAFETY,
    ask=ask,
    partner="each-tenant-uses-its-keys",
)
