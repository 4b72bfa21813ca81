"""The documents that all people share, and which group carries which.

No document names a person or a tenant (promise P6): adding somebody changes none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.documents import deployment as by_role
from components.documents import people_denies as denies
from components.documents import people_platform as platform
from components.documents import people_sign_in as sign_in
from components.documents import people_work as work
from components.documents.bastion_sessions import bastion_session_guardrails, bastion_sessions
from components.documents.model import PolicyDocument, document
from components.documents.people_boundaries import people_boundary, platform_boundary
from components.documents.people_delegation import delegation
from components.documents.people_scope import PLATFORM_GROUPS, Capability, Group
from components.documents.stage import stage_limits
from components.documents.tenant_documents import GUARDRAILS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from components.documents.model import Statement
    from components.documents.people_scope import PeopleScope
    from components.documents.scope import Scope

# Purposes of the boundaries, as `Naming.people_policy_name` takes them.
BOUNDARY, PLATFORM_BOUNDARY = "boundary", "platform-boundary"
BREAK_GLASS = "break-glass"

# Documents that the tenants' roles carry as well: people carry the very same managed policies.
OF_TENANTS = (*GUARDRAILS, "work", "data")

_BY_CAPABILITY: Mapping[Capability, Callable[[Scope, PeopleScope], PolicyDocument]] = {
    Capability.NOTEBOOKS: work.people_notebooks,
    Capability.TRAINING: lambda scope, _: work.training(scope),
    Capability.SERVING: lambda scope, _: work.serving(scope),
    Capability.REGISTRY: lambda scope, _: work.registry(scope),
    Capability.RESULTS: lambda scope, _: work.results(scope),
    Capability.METRICS: lambda scope, _: work.metrics(scope),
    Capability.APPROVAL: lambda scope, _: work.approval(scope),
    Capability.DEPLOYMENT: lambda scope, _: by_role.take_on_deployment(scope),
    Capability.ADMINISTRATION: lambda scope, people: document(
        *platform.administration(scope).statements, *_own_sessions(scope, people)
    ),
    Capability.DELEGATION: lambda scope, _: delegation(scope),
    Capability.AUDIT: lambda scope, _: platform.audit(scope),
}


def people_documents(scope: Scope, people: PeopleScope) -> dict[str, PolicyDocument]:
    """Return the managed policies that this stack's people share, by purpose, the boundaries first.

    Only what some group of the stage carries is made.
    """
    used = {purpose for group in people.capabilities for purpose in carries(group, people)} - set(OF_TENANTS)
    made = {purpose: _make(purpose, scope, people) for purpose in sorted(used)}
    return {BOUNDARY: people_boundary(scope), PLATFORM_BOUNDARY: platform_boundary(scope), **made}


def carries(group: Group, people: PeopleScope) -> tuple[str, ...]:
    """Return the purposes of the documents that a group carries: what bounds it, its own credentials, its work."""
    if group in PLATFORM_GROUPS:
        bounds: tuple[str, ...] = ("platform-bounds", "denies")
        bounds += ("delegation-denies",) if group is Group.DELEGATED_ADMINISTRATORS else ("administration-denies",)
    else:
        bounds = ("bounds" if group is Group.APPROVERS else "author-bounds", *GUARDRAILS)
    # A federated person has no credentials of its own.
    own = () if people.federated else ("self",)
    # A federated person takes the deployment role on at the provider, by no grant of its own.
    elsewhere = {Capability.DEPLOYMENT} if people.federated else set()
    return (*bounds, *own, *(part.value for part in people.capabilities[group] if part not in elsewhere))


def is_of_tenants(purpose: str) -> bool:
    """Say whether a purpose is one of the tenants' own managed policies."""
    return purpose in OF_TENANTS


def boundary_of(group: Group) -> str:
    """Return the purpose of the boundary that people of a group have."""
    return PLATFORM_BOUNDARY if group in PLATFORM_GROUPS else BOUNDARY


def _make(purpose: str, scope: Scope, people: PeopleScope) -> PolicyDocument:
    if purpose in _BOUNDS:
        return _BOUNDS[purpose](scope, people)
    return _BY_CAPABILITY[Capability(purpose)](scope, people)


def second_factor(people: PeopleScope) -> tuple[Statement, ...]:
    """Return the denies without a second factor; a federated session carries no such key, its provider asks for it."""
    return () if people.federated else (sign_in.mfa_or_enrol(), sign_in.mfa_not_older_than(people))


def _bounds(scope: Scope, people: PeopleScope) -> PolicyDocument:
    return document(
        second_factor(people),
        sign_in.only_through_our_endpoints(scope),
        sign_in.only_from_listed_networks(people),
        sign_in.only_from_listed_hosts(people),
        sign_in.only_until(people),
        denies.keys_are_not_offered(people),
        _no_other_sessions(scope, people),
        # Beside the bounds, as all of these call through the endpoints alone: a document of its own would take the
        # attachment that is left for the stop of a budget that is spent.
        _own_sessions(scope, people),
    )


def _no_other_sessions(scope: Scope, people: PeopleScope) -> tuple[Statement, ...]:
    return bastion_session_guardrails(scope).statements if people.bastion else ()


def _own_sessions(scope: Scope, people: PeopleScope) -> tuple[Statement, ...]:
    """Return the grants of the way in; those have it whose work lies behind the endpoints, and nobody else."""
    if not people.bastion:
        return ()
    return bastion_sessions(scope, second_factor=not people.federated).statements


def _approver_bounds(scope: Scope, people: PeopleScope) -> PolicyDocument:
    return document(*_bounds(scope, people).statements, by_role.approvers_do_not_deploy())


def _author_bounds(scope: Scope, people: PeopleScope) -> PolicyDocument:
    return document(*_bounds(scope, people).statements, *stage_limits(scope), by_role.people_do_not_deploy(scope))


def _platform_bounds(scope: Scope, people: PeopleScope) -> PolicyDocument:
    return document(
        second_factor(people),
        sign_in.workloads_only_through_our_endpoints(scope),
        sign_in.only_from_listed_networks(people),
        sign_in.only_from_listed_hosts(people),
        denies.keys_are_not_offered(people),
        _no_other_sessions(scope, people),
    )


def _self(scope: Scope, people: PeopleScope) -> PolicyDocument:
    keys = (sign_in.manage_own_keys(scope),) if people.access_keys else ()
    return document(
        sign_in.enrol_own_mfa(scope),
        sign_in.make_mfa_device(scope),
        sign_in.enrol_lists(),
        sign_in.view_account_info(),
        sign_in.remove_own_devices(scope),
        sign_in.remove_unused_devices(scope),
        *keys,
    )


def _denies(scope: Scope, _people: PeopleScope) -> PolicyDocument:
    return document(
        denies.open_no_network(),
        denies.reach_no_tenant_data(scope),
        denies.change_no_bucket(),
        denies.use_no_key(),
        denies.open_no_work(),
        denies.gain_no_rights(),
        denies.become_nobody_else(scope),
        denies.assume_only_break_glass(scope),
    )


def _delegation_denies(scope: Scope, _people: PeopleScope) -> PolicyDocument:
    return document(
        denies.new_people_are_bounded(scope),
        denies.new_roles_are_bounded(scope),
        denies.nobody_becomes_the_platform(),
        denies.nobody_is_tagged_again(),
    )


def _administration_denies(_scope: Scope, _people: PeopleScope) -> PolicyDocument:
    return document(denies.make_nobody())


_BOUNDS: Mapping[str, Callable[[Scope, PeopleScope], PolicyDocument]] = {
    "bounds": _approver_bounds,
    "author-bounds": _author_bounds,
    "platform-bounds": _platform_bounds,
    "self": _self,
    "denies": _denies,
    "delegation-denies": _delegation_denies,
    "administration-denies": _administration_denies,
}
