"""Whom claims speak of, and what belongs to whom: the conventions of the platform, stated a second time.

They are read from the stack config and from resources, never from the program. A tenant is a name that the stack file
declares; its identities carry the tag ``user``. What a conventional name does not cover, no claim grants.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import stack_config
from claim import Broken
from identities import Identity

from iamproof import Principal, facts, parse_policy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import Guarded, StackPolicies

OWNER, GROUP = "user", "security-group"
PLATFORM = "platform"
RAW, SHARED, RESULTS = "raw", "shared", "results"
"""Purposes of buckets: read by all tenants, read by all tenants, and holding ``users/<tenant>/`` of each."""
READ_BY_ALL = (RAW, SHARED)

READS_OF_OBJECTS = (
    "s3:GetObject",
    "s3:GetObjectVersion",
    "s3:GetObjectAttributes",
    "s3:GetObjectVersionAttributes",
    "s3:GetObjectTagging",
    "s3:GetObjectVersionTagging",
    "s3:ListMultipartUploadParts",
)


def owner_of(identity: Identity) -> str | None:
    """Return the tenant whose identity it is: the declared tenant of its tag; None for the platform's own."""
    owner = identity.tags.get(OWNER)
    return owner if owner in stack_config.tenants() else None


def tenants_of(stack: StackPolicies) -> Iterator[tuple[str, Identity]]:
    """Yield every tenant's identities, people and roles alike, with the tenant's name."""
    for identity in stack.identities:
        owner = owner_of(identity)
        if owner is not None:
            yield owner, identity


def workers_of(stack: StackPolicies, kind: str) -> Iterator[tuple[str, Identity]]:
    """Yield every tenant's role of a kind (``notebook`` or ``job``)."""
    for owner, identity in tenants_of(stack):
        if identity.is_role and identity.path == f"/tenants/{owner}/" and identity.name.endswith(f"-{kind}"):
            yield owner, identity


def openers_of(stack: StackPolicies) -> Iterator[tuple[str, Identity]]:
    """Yield who opens each tenant's notebook: its people where the stack has any, else its notebook role."""
    people = [(owner, identity) for owner, identity in tenants_of(stack) if not identity.is_role]
    yield from people or workers_of(stack, "notebook")


def bucket_of(stack: StackPolicies, purpose: str) -> Guarded | None:
    """Return the stack's bucket of a purpose, by its physical name ``<prefix>-<purpose>-<suffix>``."""
    wanted = f":::{stack_config.name_prefix()}-{purpose}-{stack_config.nested('data', 'suffix')}"
    return next((one for one in stack.buckets if one.called.endswith(wanted)), None)


def own_objects(bucket: Guarded, owner: str) -> str:
    """Return the pattern of a tenant's own objects in the results bucket."""
    return f"{bucket.called}/users/{owner}/*"


def administers_raw_data(identity: Identity) -> bool:
    """Return whether the identity is a raw-data administrator's: it holds the policy ``<prefix>-raw-data-…``."""
    return any("raw-data" in policy.name for policy in identity.policies)


def administrators_of(stack: StackPolicies) -> Iterator[Identity]:
    """Yield the deployers, who stand outside the stack, as if each held every right."""
    everything = parse_policy(
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]},
        name="every right",
    )
    for arn in stack_config.deployer():
        named = stack.by_arn.get(arn)
        yield Identity(urn=named.urn if named else "", principal=Principal.from_arn(arn), policies=(everything,))


def declared_without_worker(stack: StackPolicies) -> Iterator[Broken]:
    """Yield each declared tenant that has no notebook role or no job role: claims about it would be empty."""
    for kind in ("notebook", "job"):
        found = {owner for owner, _ in workers_of(stack, kind)}
        for tenant in stack_config.tenants().names:
            if tenant not in found:
                yield Broken(text=f"tenant {tenant} has no {kind} role in this stack", urn="")


@lru_cache(maxsize=1024)
def actions_but(service: str, *others: str) -> tuple[str, ...]:
    """Return every known action of a service but some."""
    left_out = set(others)
    return tuple(action for action in facts.expand(f"{service}:*") if action not in left_out)
