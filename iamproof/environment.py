"""What is asked (`Request`) and what it is judged by (`Environment`)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from iamproof.arns import arn_account, arn_problem
from iamproof.model import Policy
from iamproof.variables import CONDITION_KEY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamproof.principal import Principal

ContextValue = str | bool | int | float | None | Sequence[str | bool | int | float]
ResourceKind = Literal["bucket", "key", "trust", "other"]
Level = tuple[Policy, ...]

RESOURCE_KINDS: tuple[ResourceKind, ...] = ("bucket", "key", "trust", "other")
_ACTION = re.compile(r"[A-Za-z0-9-]+:[A-Za-z0-9-]+")
_ACCOUNT = re.compile(r"\d{12}", re.ASCII)


class CaseError(ValueError):
    """A request or an environment that makes no sense; `problems` lists every fault."""

    def __init__(self, problems: Sequence[str]) -> None:
        """Make the message of all problems, one a line."""
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


def _text(value: str | bool | float) -> str:  # noqa: FBT001  a context value may be a boolean
    if isinstance(value, bool):
        return str(value).lower()
    return format(Decimal(repr(value)), "f") if isinstance(value, float) else str(value)


@dataclass(frozen=True)
class Request:
    """One request.

    `resource` is an ARN, or ``*`` for an action without resources. `context` maps condition keys (case does not
    count) to a value, or to a list for a multi-valued key; a missing key is missing, and so is an empty list.
    Keys that follow from the principal and the resource are filled in unless given; None takes one of them away.
    """

    action: str
    resource: str
    principal: Principal
    context: Mapping[str, ContextValue] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        problems = [*self._faults()]
        if problems:
            raise CaseError(problems)

    def _faults(self) -> Iterator[str]:
        if not isinstance(self.action, str) or not isinstance(self.resource, str):
            yield f"action and resource: must be text, given {self.action!r} and {self.resource!r}"
            return
        if not _ACTION.fullmatch(self.action):
            yield f"action: {self.action!r} is no single action: write service:Action, such as s3:GetObject"
        malformed = None if self.resource == "*" else arn_problem(self.resource, pattern=True)
        if malformed or (self.resource != "*" and self.resource.count(":") < 5):
            yield f"resource: {self.resource!r} {malformed or 'is no whole ARN'}, or write * for no resource"
        seen: dict[str, str] = {}
        for key, value in self.context.items():
            if not CONDITION_KEY.fullmatch(key):
                yield f"context: {key!r} is no condition key: write prefix:name, such as aws:SourceVpce"
            elif seen.setdefault(key.lower(), key) != key:
                yield f"context: {key!r} and {seen[key.lower()]!r} are the same key: write it once"
            values = value if isinstance(value, list | tuple) else [value]
            if not all(isinstance(item, str | bool | int | float) or item is value is None for item in values):
                yield f"context: {key!r} must be text, a number, a boolean or a list of them, given {value!r}"

    def values(self) -> dict[str, tuple[str, ...] | None]:
        """Return the given keys in small letters with their values as text; None for a key taken away."""
        out: dict[str, tuple[str, ...] | None] = {}
        for key, value in self.context.items():
            if value is None:
                out[key.lower()] = None
            elif isinstance(value, str | bool | int | float):
                out[key.lower()] = (_text(value),)
            else:
                out[key.lower()] = tuple(_text(item) for item in value)
        return out


@dataclass(frozen=True)
class Environment:
    """The policies that decide a request.

    `identity` are the policies of the principal, those of its groups included. `session` are the session policies:
    one, several, or None for no session policy. `resource` is the policy of the resource, and `resource_kind` says
    by which rules it counts: keys and role trust policies must allow, other policies may. `endpoint` is the policy of
    the VPC endpoint that this request passes, None where it passes none. `service_controls` and `resource_controls`
    are the organization's levels from the root down, each with its policies; AWS' own RCPFullAWSAccess, which is
    always attached, is understood.

    `account` is the account whose policies these are: by default the principal's, or the resource's where the
    principal has none. The policy of a resource in another account, where it is not given, is taken as allowing,
    since whoever owns that account can write it so. Under BRACKET, so are identity policies where none are given and
    the principal is neither in the resource's account nor in an `account` that was named. `resource_account` is
    the resource's, by default that of its ARN, else `account`.
    """

    identity: tuple[Policy, ...] = ()
    boundary: Policy | None = None
    session: Policy | tuple[Policy, ...] | None = None
    resource: Policy | None = None
    resource_kind: ResourceKind = "other"
    endpoint: Policy | None = None
    service_controls: tuple[Level, ...] = ()
    resource_controls: tuple[Level, ...] = ()
    resource_account: str | None = None
    account: str | None = None

    def __post_init__(self) -> None:
        problems = [*self._faults()]
        if problems:
            raise CaseError(problems)

    @property
    def sessions(self) -> tuple[Policy, ...] | None:
        """The session policies, or None for no session policy."""
        return (self.session,) if isinstance(self.session, Policy) else self.session

    def account_of(self, request: Request) -> str | None:
        """Return the account whose policies these are."""
        return self.account or request.principal.account or self.resource_account_of(request)

    def resource_account_of(self, request: Request) -> str | None:
        """Return the account that owns the resource, as far as it is known."""
        return self.resource_account or arn_account(request.resource)

    def _faults(self) -> Iterator[str]:
        if self.resource_kind not in RESOURCE_KINDS:
            yield f"resource_kind: must be one of {', '.join(RESOURCE_KINDS)}, given {self.resource_kind!r}"
        for name, account in (("resource_account", self.resource_account), ("account", self.account)):
            if account is not None and not (isinstance(account, str) and _ACCOUNT.fullmatch(account)):
                yield f"{name}: must be twelve digits, given {account!r}"
        for place, policies in self._for_principals():
            yield from _misplaced(place, policies, principal=False, resource=True)
        trust = self.resource_kind == "trust"
        yield from _misplaced("resource", _one(self.resource), principal=True, resource=not trust)
        yield from _misplaced("endpoint", _one(self.endpoint), principal=True, resource=True)
        for index, level in enumerate(self.resource_controls):
            yield from _misplaced(f"resource_controls[{index}]", level, principal=True, resource=True)

    def _for_principals(self) -> Iterator[tuple[str, Level]]:
        """The policies that stand with a principal, which they therefore do not name."""
        yield "identity", self.identity
        yield "boundary", _one(self.boundary)
        yield "session", self.sessions or ()
        for index, level in enumerate(self.service_controls):
            yield f"service_controls[{index}]", level


def _one(policy: Policy | None) -> Level:
    return () if policy is None else (policy,)


def _misplaced(place: str, policies: Level, *, principal: bool, resource: bool) -> Iterator[str]:
    """Say which statements cannot stand in a policy of this kind."""
    if not isinstance(policies, tuple) or not all(isinstance(policy, Policy) for policy in policies):
        yield f"{place}: must be made of policies that parse_policy returned, in a tuple where there may be several"
        return
    for policy in policies:
        if policy.forms <= {(principal, True), (principal, resource)}:
            continue
        for statement in policy.statements:
            where = f"{place}: {policy.name}.Statement[{statement.position}]"
            if principal and statement.principals is None:
                yield f"{where} has no Principal, which this kind of policy needs"
            if not principal and statement.principals is not None:
                yield f"{where} has a Principal, which this kind of policy cannot have"
            if resource and statement.resources is None:
                yield f"{where} has no Resource, which only a role's trust policy may leave out"
