"""Whether a statement applies to a request, and how strongly a resource policy's statement speaks to a principal.

Sources: IAM User Guide, "Resource", "NotResource", "Principal", "NotPrincipal" and "Policy variables with no value".
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from iamproof.arns import arn_account
from iamproof.conditions import condition_holds
from iamproof.matching import Glob, matches_resource
from iamproof.model import Effect, EntryKind
from iamproof.principal import PrincipalKind
from iamproof.truth import NO, UNDOCUMENTED, YES, Truth, all_of, any_of

if TYPE_CHECKING:
    from iamproof.environment import Request
    from iamproof.model import Pattern, PrincipalEntry, Statement
    from iamproof.principal import Principal
    from iamproof.variables import Context


class Reach(Enum):
    """How a resource policy's statement reaches a principal.

    DIRECT names a user, a session, a service, or everyone: boundaries and session policies do not limit an Allow in
    the same account. ROLE names the role: they do. ACCOUNT names the account, which hands the decision to IAM.
    """

    DIRECT = "direct"
    ROLE = "role"
    ACCOUNT = "account"


class Case(NamedTuple):
    """A request with what is needed to match statements against it."""

    request: Request
    context: Context
    has_boundary: bool


def applies(statement: Statement, case: Case) -> Truth:
    """Return whether action, resource and conditions cover the request; principals are left to `reaches`."""
    truth = covers(statement, case)
    for condition in statement.conditions:
        if truth == NO:
            return NO
        truth = truth.and_(condition_holds(condition, case.context))
    return truth


def covers(statement: Statement, case: Case) -> Truth:
    """Return whether action and resource cover the request, as far as the statement's variables have values."""
    return covers_resource(statement, case) if covers_action(statement, case.request.action) else NO


def covers_action(statement: Statement, action: str) -> bool:
    """Whether the statement's Action or NotAction covers the action."""
    return _matches(statement.actions, action) is not statement.not_actions


@lru_cache(maxsize=1 << 16)
def _matches(patterns: tuple[str, ...], action: str) -> bool:
    return any(Glob.of(pattern.lower()).matches(action.lower()) for pattern in patterns)


def covers_resource(statement: Statement, case: Case) -> Truth:
    """Return whether the statement covers the request's resource, as `covers` does for an action that it covers."""
    truth = _resource_covered(statement, case)
    if any(len(case.context.get(key, ())) != 1 for key in statement.required_variables):
        # "Matches nothing" and "the statement is invalid" are both in the documentation.
        return truth.doubtful()
    return truth


def _resource_covered(statement: Statement, case: Case) -> Truth:
    if statement.resources is None:
        return YES
    covered = any_of(_pattern_covers(pattern, case) for pattern in statement.resources)
    return covered.negated() if statement.not_resources else covered


def _pattern_covers(pattern: Pattern, case: Case) -> Truth:
    exact, wide = pattern.template.resolve(case.context)
    if wide is None:
        return NO
    broad = matches_resource(wide, case.request.resource)
    if exact is wide:
        return broad
    narrow = NO if exact is None else matches_resource(exact, case.request.resource)
    return Truth(narrow.low, narrow.exact, narrow.high or broad.high)


def reaches(statement: Statement, case: Case) -> dict[Reach, Truth]:
    """Return how the statement's Principal or NotPrincipal reaches the request's principal."""
    if statement.principals is None:
        return {Reach.DIRECT: YES}
    if statement.not_principals:
        return {Reach.DIRECT: _not_listed(statement, statement.principals, case)}
    found: dict[Reach, Truth] = {}
    for entry in statement.principals:
        reach, truth = _entry_reaches(entry, case)
        found[reach] = found.get(reach, NO).or_(truth)
    return found


def _entry_reaches(entry: PrincipalEntry, case: Case) -> tuple[Reach, Truth]:
    principal = case.request.principal
    match entry.kind:
        case EntryKind.ACCOUNT:
            named = arn_account(entry.value) or entry.value
            return Reach.ACCOUNT, YES if named == principal.account else NO
        case EntryKind.ROLE:
            return Reach.ROLE, YES if _is_role(principal, entry.value) else NO
        case EntryKind.SESSION:
            return Reach.DIRECT, _is_session(principal, entry.value)
        case EntryKind.UNIQUE_ID:
            return Reach.DIRECT, _has_unique_id(case, entry.value)
        case _:
            return Reach.DIRECT, _is_named(principal, entry)


_KINDS = {
    EntryKind.USER: PrincipalKind.USER,
    EntryKind.SERVICE: PrincipalKind.SERVICE,
    EntryKind.FEDERATED: PrincipalKind.IDENTITY_PROVIDER,
}


def _is_named(principal: Principal, entry: PrincipalEntry) -> Truth:
    if entry.kind is EntryKind.EVERYONE:
        return YES
    if entry.kind is EntryKind.CANONICAL_USER:
        return UNDOCUMENTED if principal.account else NO
    return YES if principal.kind is _KINDS[entry.kind] and principal.arn == entry.value else NO


def _is_role(principal: Principal, arn: str) -> bool:
    if principal.kind is not PrincipalKind.ROLE:
        return False
    if principal.path_known:
        return principal.arn == arn
    # A role's name is unique in its account, whatever its path.
    return arn_account(arn) == principal.account and arn.rpartition("/")[2] == principal.name


def _is_session(principal: Principal, arn: str) -> Truth:
    if principal.kind is PrincipalKind.FEDERATED_USER:
        return YES if principal.arn == arn else NO
    if principal.kind is not PrincipalKind.ROLE:
        return NO
    if principal.session_arn is not None:
        return YES if principal.session_arn == arn else NO
    same_role = arn_account(arn) == principal.account and f":assumed-role/{principal.name}/" in arn
    return UNDOCUMENTED if same_role else NO


def _has_unique_id(case: Case, unique_id: str) -> Truth:
    if case.request.principal.kind not in {PrincipalKind.USER, PrincipalKind.ROLE}:
        return NO
    known = case.context.get("aws:userid", ())
    if not known:
        return UNDOCUMENTED
    return YES if known[0].partition(":")[0] == unique_id else NO


def _not_listed(statement: Statement, entries: tuple[PrincipalEntry, ...], case: Case) -> Truth:
    """Return whether a NotPrincipal element covers the principal.

    For a session AWS may compare account, role and session. The exact reading spares who is listed by its own ARN;
    the low one whoever is listed in any way; the high one who is listed in all of them. A Deny with NotPrincipal
    always hits principals that have a permissions boundary.
    """
    found = [_entry_reaches(entry, case) for entry in entries]
    account = any_of(truth for reach, truth in found if reach is Reach.ACCOUNT)
    own = any_of(truth for reach, truth in found if reach is not Reach.ACCOUNT)
    principal = case.request.principal
    listed_wholly = own.low and (account.low or principal.account is None)
    if principal.kind is PrincipalKind.ROLE:
        kinds = {(entry.kind, truth.low) for entry, (_, truth) in zip(entries, found, strict=True)}
        listed_wholly = account.low and (EntryKind.ROLE, True) in kinds and (EntryKind.SESSION, True) in kinds
    if any(entry.kind is EntryKind.EVERYONE for entry in entries):
        return NO
    spared = own.or_(account) if principal.kind is PrincipalKind.ROOT else own
    always = case.has_boundary and statement.effect is Effect.DENY
    return Truth(
        low=not (own.high or account.high),
        exact=always or not spared.exact,
        high=always or not listed_wholly,
    )


def statement_covers(statement: Statement, case: Case) -> Truth:
    """Return whether the statement applies to the request and to its principal, in whatever way."""
    truth = applies(statement, case)
    if truth == NO or statement.principals is None:
        return truth
    return all_of((truth, any_of(reaches(statement, case).values())))
