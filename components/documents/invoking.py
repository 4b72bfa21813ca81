"""Who calls endpoints from beside a tenant's people: a role for each caller, for the listed endpoints and nothing else.

An application of the account takes the role on and calls from inside the network. A call says nothing of who asked, so
the list is the whole of the right (S3 3.2, I2): no look at the endpoint, no change of it, and no asynchronous call,
which would have the endpoint read an object of the caller's choice with the rights of its own role.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from components.documents import work
from components.documents.model import Effect, PolicyDocument, Statement, actions, document, when
from components.documents.tenant_documents import GUARDRAILS

if TYPE_CHECKING:
    from components.documents.scope import Scope

CALLS = actions("sagemaker", "InvokeEndpoint", "InvokeEndpointWithResponseStream")

# Beside its one grant, which is its boundary as well: what holds everybody of the tenant, and only from inside.
INVOKING_ROLE_CARRIES = (*GUARDRAILS, "perimeter")


@dataclass(frozen=True, kw_only=True)
class Invoker:
    """A caller of a tenant's endpoints: `roles` are the ARNs that take its role on, `endpoints` names of endpoints."""

    name: str
    tenant: str
    roles: tuple[str, ...]
    endpoints: tuple[str, ...]

    def __post_init__(self) -> None:
        for given in ("roles", "endpoints"):
            if not getattr(self, given):
                raise ValueError(
                    f"{self.name}: no {given} given, at least one is allowed, because the role would be of no use; "
                    "give one, or leave the invoker out"
                )


def invoking(scope: Scope, invoker: Invoker) -> PolicyDocument:
    """Return the document of an invoker's role, which is its boundary as well: what is attached later adds nothing."""
    return document(invoke_listed(scope, invoker), work.own_identity())


def invoke_listed(scope: Scope, invoker: Invoker) -> Statement:
    """Allow calls of the listed endpoints while they are the tenant's: a name is anybody's once it is given up."""
    return Statement(
        sid="InvokeListed",
        effect=Effect.ALLOW,
        actions=CALLS,
        resources=tuple(scope.naming.sagemaker_arn(f"endpoint/{name}") for name in invoker.endpoints),
        conditions=work.owned(),
    )


def invoking_trust(scope: Scope, invoker: Invoker) -> PolicyDocument:
    """Return the trust of an invoker's role: the listed roles of this account, each by a grant of its own as well.

    The account is named, not the roles: a role that is made anew under a listed ARN is let in again, and a listed one
    that its own policies do not let call STS stays out.
    """
    return document(
        Statement(
            sid="ListedRoles",
            effect=Effect.ALLOW,
            principals={"AWS": (scope.naming.iam_arn("root"),)},
            actions=("sts:AssumeRole",),
            conditions=when("ArnEquals", "aws:PrincipalArn", *invoker.roles),
        )
    )
