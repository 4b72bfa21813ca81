"""A key policy that leaves all to identities is one slip away from everybody: each key has to hold by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from asking import administrators_of, everything, workers_of
from claim import Claim, Kind, Question
from data_requests import ADMINISTERS, outsiders

from iamproof import OtherThan, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


SERVICES = ("s3", "sagemaker", "elasticfilesystem", "fsx")
"""Services through which tenants use keys; of the partners' key only the first."""


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask, of outsiders, tenants and the deployer with every right, for what each key has to refuse by itself."""
    services = tuple(f"{service}.{stack.region}.amazonaws.com" for service in SERVICES)
    keys = tuple(key.called for key in stack.keys)
    if not keys:
        return
    for outsider in outsiders(stack):
        yield Question(identity=outsider, query=Query("kms:*", keys, sentence="uses a key unlisted"))
    ungranted = {"kms:GrantIsForAWSResource": OtherThan("true").or_missing()}
    elsewhere = {"kms:ViaService": OtherThan(*services).or_missing()}
    for deployer in administrators_of(stack):
        for context in (ungranted, elsewhere):
            query = Query("kms:CreateGrant", keys, context, sentence="grants a key to whom it likes")
            yield Question(identity=deployer, query=query)
    for _owner, worker in workers_of(stack, "notebook"):
        plain = replace(worker, policies=(everything("every right"),), boundary=None)
        admin = replace(plain, principal=replace(plain.principal, tags={**plain.tags, **ADMINISTERS}))
        for identity in (plain, admin):
            query = Query("kms:*", keys, elsewhere, but=("kms:DescribeKey",), sentence="uses a key by itself")
            yield Question(identity=identity, query=query)
            yield Question(identity=identity, query=Query("kms:CreateGrant", keys, ungranted, sentence="grants a key"))
        for key in stack.keys:
            if key.name in {"partners-key", "logs-key"}:
                yield Question(identity=plain, query=Query("kms:*", key.called, sentence=f"uses {key.name}"))
            if key.name == "partners-key":
                other = {"kms:ViaService": OtherThan(services[0]).or_missing()}
                query = Query("kms:*", key.called, other, sentence=f"uses {key.name} but through S3")
                yield Question(identity=admin, query=query)


CLAIM = Claim(
    id="keys-hold-by-themselves",
    sentence="Each key keeps its promises by its own policy, whatever identities of the account are granted.",
    kind=Kind.SAFETY,
    ask=ask,
    assumptions=("who asks holds every right that an identity policy can give",),
    partner="keys-let-their-own-in",
)
