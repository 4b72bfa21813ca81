"""Buckets and keys: what they are called, how long they keep what, and who brings raw data in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, Strict

from . import store_guides as guides
from .network_model import Part
from .problems import Finding, line, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .arns import Home

Days = Annotated[int, Strict()]
_GAP = 30  # days that S3 keeps objects in one cheaper storage before the next


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


def store_findings(data: object, home: Home) -> Iterator[Finding]:
    """Find names that two buckets share or that tell the account, tiers out of order, locks that outlive versions."""
    data = data if isinstance(data, dict) else {}
    buckets = data.get("buckets")
    buckets = buckets if isinstance(buckets, dict) else {}
    named: dict[str, str] = {}
    for purpose, given in buckets.items():
        if isinstance(given, dict):
            yield from _name(purpose, given.get("name"), named, home)
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
    for position, arn in enumerate(ingestion if isinstance(ingestion, list) else []):
        if isinstance(arn, str) and home.account_id and f"::{home.account_id}:" not in arn and arn.startswith("arn:"):
            yield Finding(
                place=("data", "ingestion", position),
                given=shown(arn),
                allowed=guides.INGESTION_ARN.allowed,
                why="the role is of another account; what another account sends is no raw data of this platform",
            )


def _name(purpose: str, name: object, named: dict[str, str], home: Home) -> Iterator[Finding]:
    if not isinstance(name, str):
        return
    why = f"the {named[name]} bucket is called so" if name in named else None
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
    if isinstance(sooner, int) and isinstance(later, int) and later < sooner + _GAP:
        yield Finding(
            place=("data", "buckets", purpose, "archive-days"),
            given=shown(later),
            allowed=guides.ARCHIVE.allowed,
            why=f"objects lie {_GAP} days in infrequent access before they may move on",
            write=line("archive-days", sooner + _GAP),
        )
    lock = given.get("object-lock")
    days, kept = (lock.get("days") if isinstance(lock, dict) else None), given.get("old-versions-days", 90)
    if isinstance(days, int) and isinstance(kept, int) and days > kept:
        yield Finding(
            place=("data", "buckets", purpose, "object-lock", "days"),
            given=shown(days),
            allowed=f"at most old-versions-days, which is {kept}",
            why=guides.LOCK_DAYS.why,
            write=line("days", kept),
        )
