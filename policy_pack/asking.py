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
from tags import DEPLOYMENT_PATH, INVOKERS_PATH, PEOPLE_PATH

from iamproof import Principal, parse_policy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies
    from guarded import Guarded

    from iamproof import Policy

OWNER, GROUP = "user", "security-group"
PLATFORM = "platform"
RAW, SHARED, RESULTS, STAGING = "raw", "shared", "results", "staging"
"""Purposes of buckets: two that all tenants read, ``users/<tenant>/`` of each, and what partners may fetch."""
READ_BY_ALL = (RAW, SHARED)
DATA = (RAW, SHARED, RESULTS, STAGING)
AUDIT, ACCESS_LOGS = "audit", "access-logs"
RECORDED_IN = (AUDIT, ACCESS_LOGS)
"""Purposes of buckets that hold records."""

APPROVING = ("prod",)
"""Stages in which models need approval."""
DEPLOYERS, APPROVERS = "-mlops", "-approvers"
"""How the groups are called whose people deploy by the tenant's role, and those that decide about its models."""
AUTHORS = ("-engineers", "-data-scientists", "-mlops")
"""How the groups are called whose people make models."""

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


def is_person(identity: Identity) -> bool:
    """Return whether somebody signs in as the identity: a user, or the role of a federated person."""
    return not identity.is_role or identity.path.startswith(PEOPLE_PATH)


def openers_of(stack: StackPolicies) -> Iterator[tuple[str, Identity]]:
    """Yield who opens each tenant's notebook: its people."""
    yield from ((owner, identity) for owner, identity in tenants_of(stack) if is_person(identity))


def who_works(stack: StackPolicies) -> Iterator[tuple[str, Identity]]:
    """Yield who does each tenant's work: its notebook role and, in development without limits, its people."""
    yield from workers_of(stack, "notebook")
    if stack_config.environment() == "dev" and stack_config.value("limits") is None:
        yield from openers_of(stack)


def declared_without_person(stack: StackPolicies) -> Iterator[Broken]:
    """Yield each declared tenant that has nobody to open its notebook, unless the stack file says so by ``false``."""
    if str(stack_config.value("people")).lower() == "false":
        return
    found = {owner for owner, _ in openers_of(stack)}
    for tenant in stack_config.tenants():
        if tenant not in found:
            yield Broken(text=f"tenant {tenant} has nobody who signs in", urn="")


def deploys_by_role() -> bool:
    """Return whether models need approval in this stack's stage, and are then deployed by a role, not by people."""
    return stack_config.environment() in APPROVING


def deployment_roles(stack: StackPolicies) -> dict[str, Identity]:
    """Return each tenant's deployment role: a role of the tenant's tag under its own path of deployment."""
    return {
        owner: identity
        for owner, identity in tenants_of(stack)
        if identity.is_role and identity.path == f"{DEPLOYMENT_PATH}{owner}/"
    }


def invokers_of(stack: StackPolicies) -> Iterator[tuple[str, Identity]]:
    """Yield each role by which somebody calls a tenant's endpoints, with the invoker's name."""
    for _owner, identity in tenants_of(stack):
        if identity.is_role and identity.path.startswith(INVOKERS_PATH):
            yield identity.name.rpartition("-invoker--")[2], identity


def is_approver(identity: Identity) -> bool:
    """Return whether somebody decides about models and makes none: by its groups, or by those of the stack file.

    A federated person's role is in no group; its name says who it is, and the stack file in which groups that one is.
    """
    groups = {f"-{group}" for group in identity.groups}
    if identity.is_role:
        person = stack_config.people().get(identity.name.removeprefix(f"{stack_config.name_prefix()}-"), {})
        listed = person.get("groups") if is_person(identity) else None
        groups = {f"-{group}" for group in listed} if isinstance(listed, list) else set()
    return any(each.endswith(APPROVERS) for each in groups) and not any(each.endswith(AUTHORS) for each in groups)


def is_deployer(identity: Identity) -> bool:
    """Return whether a user may take on its tenant's deployment role: one of those who deploy, and not who approves."""
    groups = identity.groups
    return any(each.endswith(DEPLOYERS) for each in groups) and not any(each.endswith(APPROVERS) for each in groups)


def subnets_of(stack: StackPolicies) -> tuple[str, ...]:
    """Return the platform's subnets: those that the stack makes, and those that the stack file adopts."""
    made = (called for name, called in stack.ids.items() if name.startswith("subnet/"))
    return (*made, *stack_config.adopted("subnets"))


def endpoints_of(stack: StackPolicies) -> tuple[str, ...]:
    """Return the platform's endpoints: those that the stack makes, and those that the stack file adopts."""
    return (*(endpoint.called for endpoint in stack.endpoints), *stack_config.adopted("endpoints"))


def shared_group_of(stack: StackPolicies) -> str:
    """Return the security group that all workloads carry."""
    adopted = stack_config.adopted("security-groups")
    return stack.ids.get("security-group/workload") or next(iter(adopted), "security-group/workload")


def bucket_of(stack: StackPolicies, purpose: str) -> Guarded | None:
    """Return the stack's bucket of a purpose: by the name of the stack file, else ``<prefix>-<purpose>-<suffix>``."""
    wanted = f":::{stack_config.bucket_called(purpose)}"
    return next((one for one in stack.buckets if one.called.endswith(wanted)), None)


def declared_without_bucket(stack: StackPolicies) -> Iterator[Broken]:
    """Yield each purpose that no bucket of this stack has, although it declares its data: claims would be empty."""
    if stack_config.nested("data", "suffix"):
        for purpose in (*DATA, *RECORDED_IN):
            if bucket_of(stack, purpose) is None:
                yield Broken(text=f"no bucket of this stack is called as the one for {purpose} has to be", urn="")


def own_objects(bucket: Guarded, owner: str) -> str:
    """Return the pattern of a tenant's own objects in the results bucket."""
    return f"{bucket.called}/users/{owner}/*"


def owner_of_key(key: Guarded) -> str | None:
    """Return the tenant whose own key it is: the declared tenant of its tag; None for the platform's."""
    owner = key.tags.get(OWNER)
    return owner if owner in stack_config.tenants() else None


def keys_for(stack: StackPolicies, owner: str) -> tuple[str, ...]:
    """Return the keys that a tenant may be given: the platform's, and its own where it has one."""
    return tuple(key.called for key in stack.keys if owner_of_key(key) in (None, owner))


def own_keys(stack: StackPolicies) -> dict[str, str]:
    """Return each tenant's own key; empty where tenants share the platform's."""
    return {owner: key.called for key in stack.keys if (owner := owner_of_key(key))}


def users_of(stack: StackPolicies) -> Iterator[Identity]:
    """Yield every person, of tenants and of the platform: the users of the stack and the federated people's roles."""
    yield from (identity for identity in stack.identities if is_person(identity))


def works_behind_endpoints(identity: Identity) -> bool:
    """Return whether a person's work lies behind the endpoints: a tenant's, and who administers what tenants run."""
    return owner_of(identity) is not None or any(
        policy.name.endswith("-administration") for policy in identity.policies
    )


def administers_data(identity: Identity) -> bool:
    """Return whether the identity is a data administrator's: its role carries the tag of that name."""
    return "data-administrator" in identity.tags


def granted_to_partners(stack: StackPolicies) -> dict[str, tuple[str, ...]]:
    """Return what the stack file grants other accounts, by the ARN of the bucket that holds it."""
    staging = bucket_of(stack, STAGING)
    prefixes = stack_config.partner_prefixes()
    if staging is None or not prefixes:
        return {}
    below = (f"{staging.called}/{prefix.strip('/')}/*" for prefix in prefixes)
    return {staging.called: (staging.called, *below)}


@lru_cache(maxsize=8)
def everything(name: str) -> Policy:
    """Return the policy that allows everything: of somebody whose policies this stack does not hold."""
    statement = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    return parse_policy({"Version": "2012-10-17", "Statement": [statement]}, name=name)


def anyone_of_the_account(stack: StackPolicies) -> Identity:
    """Return a user outside the stack, of this account, that holds every right."""
    arn = f"arn:{stack.partition}:iam::{stack.account}:user/somebody-else"
    return Identity(urn="", principal=Principal.user(arn), policies=(everything("every right"),))


def administrators_of(stack: StackPolicies) -> Iterator[Identity]:
    """Yield the deployers, who stand outside the stack, as if each held every right."""
    for arn in stack_config.deployer():
        named = stack.by_arn.get(arn)
        yield Identity(
            urn=named.urn if named else "", principal=Principal.from_arn(arn), policies=(everything("every right"),)
        )


def ingestion_of(stack: StackPolicies) -> Iterator[Identity]:
    """Yield the roles that bring raw data in, which stand outside the stack, as if each held every right."""
    for arn in stack_config.ingestion():
        named = stack.by_arn.get(arn)
        yield Identity(
            urn=named.urn if named else "", principal=Principal.from_arn(arn), policies=(everything("every right"),)
        )


def declared_without_worker(stack: StackPolicies) -> Iterator[Broken]:
    """Yield each declared tenant that has no notebook role or no job role: claims about it would be empty."""
    for kind in ("notebook", "job"):
        found = {owner for owner, _ in workers_of(stack, kind)}
        for tenant in stack_config.tenants():
            if tenant not in found:
                yield Broken(text=f"tenant {tenant} has no {kind} role in this stack", urn="")
