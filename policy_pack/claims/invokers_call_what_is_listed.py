"""An application that calls a tenant's endpoints holds nothing else of the tenant's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import declared_invokers
from asking import OWNER, endpoints_of, invokers_of
from claim import Claim, Kind, Question, Remark

from iamproof import Equals, Like, OtherThan, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies

CALLS = ("sagemaker:InvokeEndpoint", "sagemaker:InvokeEndpointWithResponseStream")
NOBODY = Remark(text="No invokers: people and notebooks alone call endpoints.")


def ask(stack: StackPolicies) -> Iterator[Question | Remark]:
    """Ask, of each invoker's role, for anything but its list, for a name that another took over, and from outside."""
    found = dict(invokers_of(stack))
    if not found:
        yield NOBODY
        return
    listed = declared_invokers.endpoints()
    outside = {
        "aws:SourceVpce": OtherThan(*endpoints_of(stack)).or_missing(),
        "aws:ViaAWSService": Equals("false").or_missing(),
    }
    for name, role in found.items():
        own = tuple(stack.arn("sagemaker", f"endpoint/{each}") for each in listed.get(name, ()))
        rest = Like("*").but(*own) if own else Like("*")
        query = Query(CALLS, rest, sentence="calls an endpoint that is not listed for it")
        yield Question(identity=role, query=query)
        query = Query("*", but=(*CALLS, "sts:GetCallerIdentity"), sentence="does anything but call endpoints")
        yield Question(identity=role, query=query)
        taken = {"aws:ResourceTag/user": OtherThan(role.tags.get(OWNER, "")).or_missing()}
        yield Question(identity=role, query=Query(CALLS, context=taken, sentence="calls what another tenant made"))
        yield Question(identity=role, query=Query("*", context=outside, sentence="acts from outside the endpoints"))


CLAIM = Claim(
    id="invokers-call-what-is-listed",
    sentence="Who calls a tenant's endpoints from beside its people calls the listed ones, from inside, and no more.",
    kind=Kind.SAFETY,
    ask=ask,
    assumptions=("what the roles that take an invoker's role on may do beside is the account's own matter",),
    partner="each-tenant-trains-and-deploys",
)
