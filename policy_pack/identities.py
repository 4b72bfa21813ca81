"""The users and roles of the stack with every policy that counts for them, as iamproof reads policies.

Policies reach a principal inline, by an attachment of whatever form, through a group, or as its boundary. What cannot
be read, or is attached by a name that nobody knows yet, becomes a problem of the principal: then nothing is proved
about it. AWS' own managed policies change without notice and have no pinned copy here, so they are such a problem too;
so are groups that the stack does not make, and lists that take away what something else gives.

Source: IAM User Guide, "Managed policies and inline policies", "Permissions boundaries for IAM entities".
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from attachments import PATHS, PRINCIPALS
from exclusive_lists import ROLE
from held_lists import GROUP, USER, called, conflicts
from origins import as_registered
from policies import Readable, known_text, read_policies, settled_tags

from iamproof import Environment, Principal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from policies import Ids
    from reading import Reading
    from resources import Resource, Stack

    from iamproof import Policy

MANAGED = "aws:iam/policy:Policy"
INLINE = {
    "aws:iam/rolePolicy:RolePolicy": ("role", ROLE),
    "aws:iam/userPolicy:UserPolicy": ("user", USER),
    "aws:iam/groupPolicy:GroupPolicy": ("group", GROUP),
}
MEMBERSHIPS = {
    "aws:iam/groupMembership:GroupMembership": ("group", "users[]"),
    "aws:iam/userGroupMembership:UserGroupMembership": ("groups[]", "user"),
}
HOLDER_OF_PATH = {"role": ROLE, "roles[]": ROLE, "roleName": ROLE, "name": ROLE, "user": USER, "users[]": USER}
HOLDER_OF_PATH |= {"userName": USER, "group": GROUP, "groups[]": GROUP, "groupName": GROUP}


@dataclass(frozen=True, kw_only=True)
class Identity:
    """A user or a role: who it is, and what it may do.

    `policies` are its own and its groups'; `trust` says who may become it (None for users). `problems` say what
    about it cannot be read: while there are any, no claim about it is decided.
    """

    urn: str
    principal: Principal
    policies: tuple[Policy, ...] = ()
    boundary: Policy | None = None
    trust: Policy | None = None
    groups: frozenset[str] = frozenset()
    problems: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name without path."""
        return self.principal.name

    @property
    def path(self) -> str:
        """The path, such as ``/tenants/alice/``."""
        resource = self.principal.arn.split(":", 5)[5]
        return resource[resource.index("/") : resource.rindex("/") + 1]

    @property
    def is_role(self) -> bool:
        """Whether it is a role."""
        return ":role/" in self.principal.arn

    @property
    def tags(self) -> Mapping[str, str]:
        """The principal tags."""
        return self.principal.tags

    def environment(self, **others: object) -> Environment:
        """Return the environment of its requests; `others` are the policies of resource and endpoint."""
        made = Environment(identity=self.policies, boundary=self.boundary)
        return replace(made, **others)  # type: ignore[arg-type]  # the fields of Environment, checked by itself


@dataclass
class _Holders:
    """What was found for users, roles and groups, by type and name; a problem of nobody known is everybody's.

    Names stand here in small letters, `made` gives those of the stack's groups as the stack writes them.
    """

    made: Mapping[str, str]
    policies: dict[tuple[str, str], list[Readable]] = field(default_factory=dict)
    groups: dict[str, set[str]] = field(default_factory=dict)
    problems: dict[str, list[str]] = field(default_factory=dict)

    def add(self, kind: str, name: str, found: Iterable[Readable]) -> None:
        self.policies.setdefault((kind, called(name)), []).extend(found)

    def of(self, kind: str, name: str | None) -> list[Readable]:
        return self.policies.get((kind, called(name or "")), [])

    def join(self, user: str, group: str) -> None:
        self.groups.setdefault(called(user), set()).add(self.made.get(called(group), group))

    def cannot_tell(self, kind: str, problem: str) -> None:
        kinds = (USER,) if kind == GROUP else (kind,)
        for one in kinds:
            self.problems.setdefault(one, []).append(problem)


def identities(stack: Stack, account: str, partition: str, ids: Ids) -> tuple[Identity, ...]:
    """Return the users and roles of the stack, in order of their URNs."""
    managed = _once(_managed(stack, account, partition, ids))
    groups = (known_text(group, "name") for group in stack.of_type(GROUP))
    holders = _Holders({called(name): name for name in groups if name})
    for kind, name, problem in conflicts(stack):
        if name is None:
            holders.cannot_tell(kind, problem)
        else:
            holders.add(kind, name, [Readable(problem=problem)])
    for resource in stack.resources:
        if resource.type in INLINE:
            _inline(resource, holders, ids)
        if resource.type in PATHS:
            _attached(resource, managed, holders)
        if resource.type in MEMBERSHIPS:
            _membership(resource, holders)
    arn = f"arn:{partition}:iam::{account}:"
    found = tuple(_identity(one, arn, managed, holders, ids) for one in stack.of_type(ROLE, USER))
    count = Counter((one.is_role, called(one.name)) for one in found)
    twice = "two resources of the stack make this role or user"
    return tuple(
        replace(one, problems=(*one.problems, twice)) if count[one.is_role, called(one.name)] > 1 else one
        for one in found
    )


def _once(found: Iterable[tuple[str, Readable]]) -> dict[str, Readable]:
    """Return policies by ARN; of two with one ARN nobody knows which is in force."""
    policies: dict[str, Readable] = {}
    for arn, policy in found:
        twice = Readable(problem=f"two resources of the stack make the policy {arn}")
        policies[arn] = policy if arn not in policies else twice
    return policies


def _managed(stack: Stack, account: str, partition: str, ids: Ids) -> Iterator[tuple[str, Readable]]:
    """Yield the managed policies of the stack by ARN."""
    for resource in stack.of_type(MANAGED):
        name, path = known_text(resource, "name"), known_text(resource, "path") or "/"
        given = resource.read("arn").value
        arn = given if isinstance(given, str) else f"arn:{partition}:iam::{account}:policy{path}{name}"
        if name or isinstance(given, str):
            yield from ((arn, found) for found in read_policies(resource, ids))


def _inline(resource: Resource, holders: _Holders, ids: Ids) -> None:
    path, kind = INLINE[resource.type]
    name = known_text(resource, path)
    if name is None:
        holders.cannot_tell(kind, f"{resource.name} belongs to somebody who is not known yet")
    else:
        holders.add(kind, name, read_policies(resource, ids))


def _attached(resource: Resource, managed: Mapping[str, Readable], holders: _Holders) -> None:
    listed = [found for found in as_registered(resource).each(PATHS[resource.type]) if not found.absent]
    if not listed:
        return
    for path in PRINCIPALS[resource.type]:
        for holder in as_registered(resource).each(path):
            kind = HOLDER_OF_PATH[path]
            if holder.present and isinstance(holder.value, str):
                holders.add(kind, holder.value, (_of_arn(one, managed) for one in listed))
            elif not holder.absent:
                holders.cannot_tell(kind, f"{resource.name} attaches policies to somebody who is not known yet")


def _of_arn(found: Reading, managed: Mapping[str, Readable]) -> Readable:
    if not found.present or not isinstance(found.value, str):
        return Readable(problem="a policy is attached whose ARN is not known yet")
    if found.value in managed:
        return managed[found.value]
    whose = "of AWS, which has no pinned copy" if ":iam::aws:" in found.value else "that this stack does not make"
    return Readable(problem=f"{found.value} is attached, a policy {whose}")


def _membership(resource: Resource, holders: _Holders) -> None:
    groups, users = MEMBERSHIPS[resource.type]
    given = as_registered(resource)
    for group in given.each(groups):
        for user in given.each(users):
            if isinstance(group.value, str) and isinstance(user.value, str):
                holders.join(user.value, group.value)
            else:
                holders.cannot_tell(USER, f"{resource.name} joins users and groups that are not known yet")


def _identity(resource: Resource, arn: str, managed: Mapping[str, Readable], holders: _Holders, ids: Ids) -> Identity:
    name, path = known_text(resource, "name"), known_text(resource, "path") or "/"
    kind = "role" if resource.type == ROLE else "user"
    groups = holders.groups.get(called(name or ""), set()) if resource.type == USER else set()
    found = list(holders.of(resource.type, name))
    found += [one for group in sorted(groups) for one in holders.of(GROUP, group)]
    trust, inline = Readable(), []
    for one in read_policies(resource, ids):
        if one.where == "assumeRolePolicy":
            trust = one
        else:
            inline.append(one)
    boundary = _boundary(resource, managed)
    tags, untold = settled_tags(resource, ids)
    elsewhere = sorted(groups - set(holders.made.values()))
    problems = [f"{name} is in the group {group}, which this stack does not make" for group in elsewhere]
    problems += [*untold, *holders.problems.get(resource.type, ())]
    problems += [one.problem for one in (*found, *inline, trust, boundary) if one.problem]
    if name is None:
        problems.append("its name is not known yet")
    made = Principal.role if resource.type == ROLE else Principal.user
    return Identity(
        urn=resource.urn,
        principal=made(f"{arn}{kind}{path}{name or 'not-known-yet'}", tags),
        policies=tuple({id(one.policy): one.policy for one in (*found, *inline) if one.policy}.values()),
        boundary=boundary.policy,
        trust=trust.policy,
        groups=frozenset(groups),
        problems=tuple(dict.fromkeys(problems)),
    )


def _boundary(resource: Resource, managed: Mapping[str, Readable]) -> Readable:
    found = as_registered(resource).read("permissionsBoundary")
    return Readable() if found.absent else _of_arn(found, managed)
