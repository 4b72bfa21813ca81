"""A role that a service of the platform works as has one task; with more rights it is a way around every tenant's.

What starts compute for it stands in no network that a claim judges, and what changes policies or the network undoes
what the others prove. The emergency role and who deploys have claims of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import stack_config
from asking import is_person, owner_of
from claim import Claim, Kind, Question

from claims.budgets_only_take_away import ATTACHES, actors_of
from claims.no_new_way_out import HARMLESS
from claims.no_tenant_becomes_somebody_else import BECOMING
from claims.no_tenant_changes_policies import POLICIES_OF_RESOURCES, READS
from iamproof import Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies
    from identities import Identity

RUNNING = ("lambda:*", "ecs:*", "glue:*", "cloudformation:*", "codebuild:*", "scheduler:*", "states:*", "batch:*")
"""Services that run code, or make resources, for whoever may call them."""


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask, of each role that neither a tenant nor a person has, for work and for any change of what binds others."""
    roles = tuple(identity for identity in stack.identities if identity.is_role and identity.trust)
    budgets = {role.urn for role in actors_of(stack)}
    for role in service_roles(stack):
        attaching = ATTACHES if role.urn in budgets else ()
        for query in (
            Query("sagemaker:*", sentence="works with SageMaker"),
            Query("iam:*", but=(*READS, *attaching), sentence="changes identities, or passes a role"),
            Query(POLICIES_OF_RESOURCES, sentence="changes the policy of a bucket, key, endpoint or repository"),
            Query("ec2:*", but=HARMLESS, sentence="changes the network"),
            Query(RUNNING, sentence="runs something outside it"),
        ):
            yield Question(identity=role, query=query)
        yield Question(identity=role, query=Query(BECOMING, sentence="becomes somebody else"), roles=roles)


def service_roles(stack: StackPolicies) -> Iterator[Identity]:
    """Yield the roles that are neither a tenant's, nor a person's, nor for emergencies, nor who deploys."""
    deployers = set(stack_config.deployer())
    for one in stack.identities:
        special = is_person(one) or one.name.endswith("-break-glass") or one.principal.arn in deployers
        if owner_of(one) is None and not special:
            yield one


CLAIM = Claim(
    id="platform-roles-keep-to-their-task",
    sentence="No role of a service starts work, takes on or passes a role, or changes identities, policies or network.",
    kind=Kind.SAFETY,
    ask=ask,
    partner="the-platform-is-run",
)
