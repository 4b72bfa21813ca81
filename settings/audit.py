"""Records and budgets: what is made, how long it is kept, who is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, Field, Strict

from . import audit_guides as guides
from . import values
from .arns import SNS_TOPIC, check_arn, check_deployer
from .findings import finding_at
from .network_model import Part, frozen
from .problems import NOTHING, REMOVE, Finding, RefusedError, line, nearest, shown
from .role_owners import MOST_TEXT, owner_of, too_long

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .arns import Home

PROD = "prod"
_ROOM = f"readers whose ARNs have at most {MOST_TEXT} characters together"
_TOO_MANY = (
    "the policy of the bucket of records names each of them, and S3 takes no longer policy; let readers share a role"
)
KEPT_IN_PROD, KEPT = 2557, 365


class Elsewhere(StrEnum):
    """A record that the organisation or another stack has already."""

    TRAIL = "trail"
    RECORDER = "recorder"
    ANALYZERS = "analyzers"
    WORK_LOGS = "work-logs"


class Recording(StrEnum):
    """How often Config records."""

    CONTINUOUS = "continuous"
    DAILY = "daily"


Amount = Annotated[
    float, Strict(), Field(ge=1, le=10_000_000, allow_inf_nan=False), AfterValidator(values.whole_cents), guides.AMOUNT
]
LogDays = Annotated[
    int, Strict(), AfterValidator(partial(values.retention_days, least=guides.SHORTEST_LOG)), guides.LOG_DAYS
]


class AuditSettings(Part):
    """The account's records; what is None follows from the environment."""

    elsewhere: Annotated[frozenset[Annotated[Elsewhere, guides.ELSEWHERE_ITEM]], guides.ELSEWHERE] = frozenset()
    readers: Annotated[tuple[Annotated[str, guides.READER], ...], guides.READERS] = ()
    keep_days: Annotated[int, Strict(), Field(ge=365, le=guides.LONGEST_KEPT), guides.KEEP_DAYS] | None = None
    lock_days: Annotated[int, Strict(), Field(ge=1, le=guides.LONGEST_KEPT), guides.LOCK_DAYS] | None = None
    trail_log_group: Annotated[bool, Strict(), guides.TRAIL_LOG_GROUP] = False
    log_days: LogDays = 365
    recording: Annotated[Recording, guides.RECORDING] | None = None
    unused_access: Annotated[bool, Strict(), guides.UNUSED_ACCESS] | None = None
    unused_days: Annotated[int, Strict(), Field(ge=1, le=365), guides.UNUSED_DAYS] = 90

    def kept_days(self, environment: str) -> int:
        """Return for how many days the files of records are kept."""
        return self.keep_days or (KEPT_IN_PROD if environment == PROD else KEPT)

    def records_each_change(self, environment: str) -> bool:
        """Return whether Config records each change, and not once a day."""
        usual = Recording.CONTINUOUS if environment == PROD else Recording.DAILY
        return (self.recording or usual) is Recording.CONTINUOUS

    def finds_unused_access(self, environment: str) -> bool:
        """Return whether unused access is looked for, which costs a fee for each role and user."""
        return environment == PROD if self.unused_access is None else self.unused_access


class BudgetSettings(Part):
    """What a tenant may cost in a month, in US dollars, who is told, and whether what is spent stops the tenant."""

    monthly: Amount | None = None
    tenants: Annotated[Mapping[str, Amount], AfterValidator(frozen), guides.OF_TENANTS] = Field(
        default_factory=lambda: frozen({})
    )
    tell: Annotated[tuple[Annotated[str, guides.ADDRESS], ...], Field(max_length=10), guides.TELL] = ()
    topics: Annotated[tuple[Annotated[str, guides.TOPIC], ...], Field(max_length=1), guides.TOPICS] = ()
    stop: Annotated[bool, Strict(), guides.STOP] = True

    def of(self, tenant: str) -> float | None:
        """Return what a tenant may cost in a month; None where nobody decided it."""
        return self.tenants.get(tenant, self.monthly)


def audit_findings(tree: Mapping[str, Any], home: Home, deployer: Sequence[Any]) -> Iterator[Finding]:
    """Find readers that may not read, what is listed twice, and a lock that outlives what it locks."""
    audit = tree.get("audit")
    if not isinstance(audit, dict):
        return
    readers = _items(audit, "readers")
    for position, arn in enumerate(readers):
        if not isinstance(arn, str):
            continue
        try:
            check_deployer(arn, home)
        except RefusedError as refusal:
            # What is offered instead of a deployer would be the deployer.
            yield replace(_refused(("audit", "readers", position), arn, tree, refusal), instead=None)
        else:
            why = owner_of(arn, tree)
            if arn in deployer:
                why = "the deployer manages the bucket of records, so it must not read or write what lies in it"
            if why:
                place, allowed = ("audit", "readers", position), guides.READER.allowed
                yield Finding(place=place, given=shown(arn), allowed=allowed, why=why)
    if length := too_long(readers):
        given = f"{len(readers)} readers of {length} characters"
        yield finding_at(("audit", "readers"), given, tree, why=_TOO_MANY, allowed=_ROOM)
    for key in ("readers", "elsewhere"):
        yield from _twice(("audit", key), _items(audit, key))
    yield from _lock_findings(audit, tree.get("environment"))
    yield from _idle_findings(audit, _items(audit, "elsewhere"))


def budget_findings(tree: Mapping[str, Any], home: Home, tenants: Sequence[str]) -> Iterator[Finding]:
    """Find budgets of nobody, budgets that tell nobody, and topics of others."""
    budgets = tree.get("budgets")
    if not isinstance(budgets, dict):
        return
    of_tenants = budgets.get("tenants")
    for name, amount in of_tenants.items() if isinstance(of_tenants, dict) else ():
        if name not in tenants:
            yield _of_nobody(str(name), amount, tenants)
    yield from _topics(_items(budgets, "topics"), tree, home)
    for key in ("tell", "topics"):
        yield from _twice(("budgets", key), _items(budgets, key))
    monthly = budgets.get("monthly")
    if budgets and monthly is None and of_tenants in (None, {}):
        why = "without an amount no tenant has a budget, so nothing is watched and nothing stops"
        yield finding_at(("budgets", "monthly"), NOTHING, tree, why=why)
    if (monthly is not None or of_tenants) and not (budgets.get("tell") or budgets.get("topics")):
        yield finding_at(("budgets", "tell"), "amounts, and nobody to tell", tree)


def _topics(arns: Sequence[Any], tree: Mapping[str, Any], home: Home) -> Iterator[Finding]:
    """Find topics of others, and those of the platform that carry its alarms alone."""
    for position, arn in enumerate(map(str, arns)):
        place = ("budgets", "topics", position)
        try:
            check_arn(arn, SNS_TOPIC, home)
        except RefusedError as refusal:
            yield _refused(place, arn, tree, refusal)
            continue
        if arn.endswith(("-emergency-alarm", "-records-alarm")):
            why = "the policy of this topic of the platform lets its alarm alone speak, so nobody would be told"
            yield finding_at(place, shown(arn), tree, why=why)


def _idle_findings(audit: Mapping[str, Any], elsewhere: Sequence[Any]) -> Iterator[Finding]:
    """Find what is said of a record that the stack does not make."""
    for key, record, idle in (
        ("recording", Elsewhere.RECORDER, None),
        ("trail-log-group", Elsewhere.TRAIL, False),
        ("unused-access", Elsewhere.ANALYZERS, False),
    ):
        if record in elsewhere and key in audit and audit[key] is not idle:
            yield Finding(
                place=("audit", key),
                given=f"{shown(audit[key])}, and {record} elsewhere",
                allowed=f"the key only where elsewhere does not name {record}",
                why="whoever makes that record decides this, so it would silently not hold",
                write=REMOVE,
            )


def _lock_findings(audit: Mapping[str, Any], environment: object) -> Iterator[Finding]:
    lock, keep = audit.get("lock-days"), audit.get("keep-days")
    if keep is None:
        keep = KEPT_IN_PROD if environment == PROD else KEPT
    if isinstance(lock, int) and isinstance(keep, int) and lock > keep >= KEPT:
        yield Finding(
            place=("audit", "lock-days"),
            given=f"{lock}, and records kept for {keep} days",
            allowed=f"at most {keep}",
            why="the lifecycle would try in vain to remove what is still locked",
            write=line("lock-days", keep),
        )


def _of_nobody(name: str, amount: object, tenants: Sequence[str]) -> Finding:
    near = nearest(name, tenants)
    return Finding(
        place=("budgets", "tenants", name),
        given=shown(name),
        allowed=f"names of tenants: {', '.join(tenants) or 'none is declared'}",
        why="no cost carries this owner, so nobody would ever be told" + (f"; did you mean {near}?" if near else ""),
        write=line(near, amount) if near else REMOVE,
    )


def _refused(place: tuple[str | int, ...], given: str, tree: Mapping[str, Any], refusal: RefusedError) -> Finding:
    return finding_at(place, shown(given), tree, why=refusal.why, allowed=refusal.allowed, instead=refusal.instead)


def _twice(place: tuple[str, str], items: Sequence[Any]) -> Iterator[Finding]:
    for position, each in enumerate(items):
        if isinstance(each, str) and each.lower() in [one.lower() for one in items[:position] if isinstance(one, str)]:
            why = "this entry is listed before, so one of the two was meant to be another"
            yield Finding(place=(*place, position), given=shown(each), allowed="each entry once", why=why)


def _items(of: Mapping[str, Any], key: str) -> list[Any]:
    found = of.get(key)
    return found if isinstance(found, list) else []
