"""Buckets and keys: what they are called, how long they keep what, and who brings raw data in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, Strict

from . import store_guides as guides
from .network_model import Part
from .problems import REMOVE, Finding, line, shown
from .role_owners import MOST_TEXT, owner_of, too_long

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import TypeGuard

    from .arns import Home

Days = Annotated[int, Strict()]
_GAP = 30  # days that S3 keeps objects in one cheaper storage before the next
USUAL = (*guides.PURPOSES, "audit")
"""Purposes of the buckets that the stack makes; that of records has no name of its own."""


class BucketSettings(Part):
    """What a bucket is called and keeps; None is the default name, or never."""

    name: Annotated[str, guides.BUCKET_NAME] | None = None
    old_versions_days: Annotated[Days, Field(ge=1, le=3650), guides.OLD_VERSIONS] = 90
    unfinished_uploads_days: Annotated[Days, Field(ge=1, le=365), guides.UNFINISHED_UPLOADS] = 7
    infrequent_access_days: Annotated[Days, Field(ge=30, le=3650), guides.INFREQUENT_ACCESS] | None = None
    archive_days: Annotated[Days, Field(ge=60, le=3650), guides.ARCHIVE] | None = None


class LockSettings(Part):
    """How long each new version of raw data is kept from deletion."""

    days: Annotated[Days, Field(ge=1, le=36500), guides.LOCK_DAYS]
    mode: Annotated[str, Field(pattern="^(governance|compliance)$"), guides.LOCK_MODE] = "governance"


class RawBucketSettings(BucketSettings):
    """The raw bucket, which may be locked."""

    object_lock: Annotated[LockSettings | None, guides.OBJECT_LOCK] = None


class AccessLogBucketSettings(BucketSettings):
    """The bucket of access logs, whose objects end."""

    keep_days: Annotated[Days, Field(ge=1, le=3650), guides.KEEP] = 365


class BucketsSettings(Part):
    """The buckets by purpose."""

    raw: Annotated[RawBucketSettings, guides.BUCKET] = RawBucketSettings()
    results: Annotated[BucketSettings, guides.BUCKET] = BucketSettings()
    shared: Annotated[BucketSettings, guides.BUCKET] = BucketSettings()
    staging: Annotated[BucketSettings, guides.BUCKET] = BucketSettings()
    access_logs: Annotated[AccessLogBucketSettings, guides.BUCKET] = AccessLogBucketSettings()

    def of(self, purpose: str) -> BucketSettings:
        """Return the settings of a bucket by its purpose, such as ``access-logs``."""
        found: BucketSettings = getattr(self, purpose.replace("-", "_"))
        return found

    @property
    def names(self) -> dict[str, str]:
        """The names that the stack file gives, by purpose."""
        given = {purpose: self.of(purpose).name for purpose in guides.PURPOSES}
        return {purpose: name for purpose, name in given.items() if name}


class KeysSettings(Part):
    """Whether tenants share the key of results and volumes, and what holds for every key, in days."""

    data: Annotated[str, Field(pattern="^(shared|per-tenant)$"), guides.DATA_KEY] = "shared"
    rotation_days: Annotated[Days, Field(ge=90, le=365), guides.ROTATION] = 365
    deletion_window_days: Annotated[Days, Field(ge=7, le=30), guides.DELETION_WINDOW] = 30


def store_findings(tree: Mapping[str, Any], home: Home, deployer: Sequence[Any]) -> Iterator[Finding]:
    """Find names that two buckets share or that tell the account, tiers out of order, locks that outlive versions."""
    data = tree.get("data")
    data = data if isinstance(data, dict) else {}
    buckets = data.get("buckets")
    buckets = {str(each): given for each, given in buckets.items()} if isinstance(buckets, dict) else {}
    named: dict[str, str] = {}
    for purpose, given in buckets.items():
        if isinstance(given, dict):
            others = _usual_names(tree, [each for each in USUAL if each not in (purpose, *_named(buckets))])
            yield from _name(purpose, given.get("name"), named, home, others)
            yield from _order(purpose, given)
    suffix = data.get("suffix")
    if home.account_id and suffix == home.account_id:
        yield Finding(
            place=("data", "suffix"),
            given=shown(suffix),
            allowed="a suffix of your own",
            why="it is the account's id, which the name of a bucket would tell to whoever sees it",
            write=line("suffix", "7f3a"),
        )
    ingestion = data.get("ingestion")
    yield from _ingestion(ingestion if isinstance(ingestion, list) else [], tree, home, deployer)


def _ingestion(arns: Sequence[Any], tree: Mapping[str, Any], home: Home, deployer: Sequence[Any]) -> Iterator[Finding]:
    """Find roles that are not of this account, that are somebody's already, or that are listed twice."""
    for position, arn in enumerate(arns):
        if not isinstance(arn, str) or not re.fullmatch(guides.INGESTION_ARN.pattern or "", arn):
            continue
        partition, account = arn.split(":")[1], arn.split(":")[4]
        why = owner_of(arn, tree)
        if ":role/people/" in arn:
            why = "a person signs in as this role, and what brings raw data in is no person"
        if home.account_id and account != home.account_id:
            why = "the role is of another account; what another account sends is no raw data of this platform"
        elif home.partition and partition != home.partition:
            why = f"the partition is `{partition}`, and that of the stack's Region is `{home.partition}`"
        elif arn in deployer:
            why = "the deployer manages the bucket, so it must not write what lies in it"
        elif arn in arns[:position]:
            why = "this entry is listed before, so one of the two was meant to be another"
        if why:
            place = ("data", "ingestion", position)
            yield Finding(place=place, given=shown(arn), allowed=guides.INGESTION_ARN.allowed, why=why)
    if length := too_long(arns):
        yield Finding(
            place=("data", "ingestion"),
            given=f"{len(arns)} roles of {length} characters",
            allowed=f"roles whose ARNs have at most {MOST_TEXT} characters together",
            why="the policy of the raw bucket names each of them thrice, and S3 takes no longer policy; let what "
            "brings data in share a role",
            write=REMOVE,
        )


def _named(buckets: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the purposes whose buckets have names of their own."""
    return tuple(each for each, given in buckets.items() if isinstance(given, dict) and given.get("name"))


def _usual_names(tree: Mapping[str, Any], purposes: Sequence[str]) -> dict[str, str]:
    """Return patterns of what buckets are called without names of their own; the prefix may follow from the stack."""
    data, prefix = tree.get("data"), tree.get("name-prefix")
    suffix = data.get("suffix") if isinstance(data, dict) else None
    if not isinstance(suffix, str):
        return {}
    before = re.escape(prefix) if isinstance(prefix, str) else "ml-[a-z0-9-]+"
    return {purpose: f"{before}-{purpose}-{re.escape(suffix)}" for purpose in purposes}


def _name(
    purpose: str, name: object, named: dict[str, str], home: Home, others: Mapping[str, str]
) -> Iterator[Finding]:
    if not isinstance(name, str):
        return
    taken = next((other for other, pattern in others.items() if re.fullmatch(pattern, name)), None)
    taken = named.get(name, taken)
    why = f"the {taken} bucket is called so" if taken else None
    if home.account_id and home.account_id in name:
        why = "it holds the account's id, which the name of a bucket would tell to whoever sees it"
    named.setdefault(name, purpose)
    if why:
        yield Finding(
            place=("data", "buckets", purpose, "name"),
            given=shown(name),
            allowed=guides.BUCKET_NAME.allowed,
            why=why,
            write=line("name", f"{purpose}-of-your-own"),
        )


def _order(purpose: str, given: Mapping[str, Any]) -> Iterator[Finding]:
    sooner, later = given.get("infrequent-access-days"), given.get("archive-days")
    if _days(sooner) and _days(later) and later < sooner + _GAP:
        yield Finding(
            place=("data", "buckets", purpose, "archive-days"),
            given=shown(later),
            allowed=guides.ARCHIVE.allowed,
            why=f"objects lie {_GAP} days in infrequent access before they may move on",
            write=line("archive-days", sooner + _GAP),
        )
    yield from _ended(purpose, given)
    lock = given.get("object-lock")
    days, kept = (lock.get("days") if isinstance(lock, dict) else None), given.get("old-versions-days", 90)
    if _days(days) and _days(kept) and days > kept:
        yield Finding(
            place=("data", "buckets", purpose, "object-lock", "days"),
            given=shown(days),
            allowed=f"at most old-versions-days, which is {kept}",
            why=guides.LOCK_DAYS.why,
            write=line("days", kept),
        )


def _ended(purpose: str, given: Mapping[str, Any]) -> Iterator[Finding]:
    """Find objects that would move to cheaper storage on the day when they go, or later."""
    kept = given.get("keep-days", AccessLogBucketSettings().keep_days) if purpose == "access-logs" else None
    for key in ("infrequent-access-days", "archive-days"):
        moved = given.get(key)
        if _days(kept) and _days(moved) and moved >= kept:
            yield Finding(
                place=("data", "buckets", purpose, key),
                given=f"{moved}, and objects kept for {kept} days",
                allowed=f"fewer days than keep-days, which is {kept}",
                why="S3 takes no lifecycle in which objects move when they are gone already",
                write=REMOVE,
            )


def _days(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)
