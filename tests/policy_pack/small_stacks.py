"""A few resources as the proofs are told of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import environment
import runner
from resources import Stack

from tests.policy_pack import harness
from tests.policy_pack.document_baselines import allow, as_text, document, trust
from tests.policy_pack.harness import given

if TYPE_CHECKING:
    from environment import StackPolicies
    from identities import Identity

    from preview.pack_messages import PackResource

READ = as_text(document(allow()))
WORK_ARN = "arn:aws:iam::111122223333:policy/ml-dev-tenant-work"


def read(*resources: PackResource) -> StackPolicies:
    """Return what the proofs are told of some resources."""
    placed = [harness.ROOT, *(harness.placed(one) for one in resources)]
    for one in placed:
        runner.observe(harness.resource_args(one, {}))
    return environment.read_stack(Stack.of_case(harness.stack_args(placed, {})))


def work(**changes: Any) -> PackResource:
    return given("aws:iam/policy:Policy", "work", {"name": "ml-dev-tenant-work", "path": "/", "policy": READ}, changes)


def role(**changes: Any) -> PackResource:
    baseline = {"name": "ml-dev-alice-job", "path": "/tenants/alice/", "assumeRolePolicy": as_text(document(trust()))}
    return given("aws:iam/role:Role", "job", {**baseline, "tags": {"user": "alice"}}, changes)


def user(**changes: Any) -> PackResource:
    return given(
        "aws:iam/user:User", "alice", {"name": "alice", "path": "/people/", "tags": {"user": "alice"}}, changes
    )


def resource(token: str, logical: str, /, **inputs: Any) -> PackResource:
    return given(token, logical, {}, inputs)


def only(found: StackPolicies) -> Identity:
    (one,) = found.identities
    return one


def names(identity: Identity) -> set[str]:
    return {policy.name for policy in identity.policies}
