"""The keys and the buckets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi

from components.bucket_upkeep import Upkeep
from components.data_bucket import DataBucket, DataBucketArgs
from components.data_key import DataKey, DataKeyArgs
from components.documents.partners import Partner, ServiceReader
from components.documents.scope import ACCESS_LOGS, AUDIT, DATA, LOGGED, LOGS, PARTNERS, STAGING, TENANT, VOLUMES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from components.base import BoundReference
    from components.documents.partners import Readers
    from settings.stores import BucketSettings
    from wiring.network import Network
    from wiring.site import Site


# Which key encrypts a bucket, where it is not the one of data.
KEY_OF = {STAGING: PARTNERS, AUDIT: LOGS}


@dataclass(frozen=True, kw_only=True)
class Data:
    """What the other parts use of the data; `keys` and `buckets` by purpose, `own_keys` by tenant or empty."""

    keys: Mapping[str, DataKey]
    buckets: Mapping[str, DataBucket]
    own_keys: Mapping[str, DataKey]

    @property
    def references(self) -> Mapping[str, BoundReference]:
        """Return what shared documents may name: the keys by purpose, no tenant's."""
        return {name: bound for key in self.keys.values() for name, bound in key.references.items()}

    def own_key(self, tenant: str | None) -> BoundReference | None:
        """Return what rides on a tenant's roles and people as the id of its own key; None where it has none."""
        key = self.own_keys.get(tenant or "")
        return key.references[f"key/{TENANT}/{tenant}"] if key else None

    def volumes_key(self, tenant: str) -> DataKey:
        """Return the key that encrypts the volumes of a tenant."""
        return self.own_keys.get(tenant) or self.keys[VOLUMES]


def raise_keys(site: Site) -> Mapping[str, DataKey]:
    """Make the keys by purpose; they need nothing of the network, and the network's records need one of them."""
    keys = {
        purpose: DataKey(purpose, _key_args(site, purpose), site.options) for purpose in (DATA, VOLUMES, LOGS, PARTNERS)
    }
    pulumi.export("keys", {purpose: key.key_arn for purpose, key in keys.items()})
    return keys


def raise_data(site: Site, network: Network, keys: Mapping[str, DataKey]) -> Data:
    """Make the buckets that answer through the S3 endpoint only."""
    bound = {**network.references, **{name: each for key in keys.values() for name, each in key.references.items()}}
    buckets = {purpose: _raise_bucket(site, purpose, bound, keys[KEY_OF.get(purpose, DATA)]) for purpose in LOGGED}
    buckets[ACCESS_LOGS] = _raise_bucket(site, ACCESS_LOGS, bound, logged=dict(buckets))
    pulumi.export("buckets", {purpose: bucket.bucket_name for purpose, bucket in buckets.items()})
    return Data(keys=keys, buckets=buckets, own_keys=_raise_own_keys(site))


def _raise_own_keys(site: Site) -> Mapping[str, DataKey]:
    """Make a key for each tenant, where the stack file wants that."""
    if not site.scope.own_keys:
        return {}
    return {
        tenant: DataKey(f"{TENANT}-{tenant}", _key_args(site, TENANT, tenant), site.options)
        for tenant in site.settings.tenants
    }


def _raise_bucket(
    site: Site,
    purpose: str,
    bound: Mapping[str, BoundReference],
    key: DataKey | None = None,
    logged: Mapping[str, DataBucket] | None = None,
) -> DataBucket:
    arguments = DataBucketArgs(
        scope=site.scope,
        purpose=purpose,
        key_arn=key.key_arn if key else None,
        references=bound,
        protect=site.protect,
        upkeep=_records_upkeep(site) if purpose == AUDIT else _upkeep(site.settings.data.buckets.of(purpose)),
        readers=_readers(site) if purpose == STAGING else (),
        logged=logged or {},
        named=site.named,
    )
    return DataBucket(purpose, arguments, site.options)


def _key_args(site: Site, purpose: str, tenant: str = "") -> DataKeyArgs:
    days = site.settings.data.keys
    return DataKeyArgs(
        scope=site.scope,
        purpose=purpose,
        protect=site.protect,
        readers=_readers(site) if purpose == PARTNERS else (),
        rotation_days=days.rotation_days,
        deletion_window_days=days.deletion_window_days,
        named=site.named,
        tenant=tenant,
    )


def _upkeep(chosen: BucketSettings) -> Upkeep:
    lock = getattr(chosen, "object_lock", None)
    return Upkeep(
        old_versions=chosen.old_versions_days,
        unfinished_uploads=chosen.unfinished_uploads_days,
        infrequent_access=chosen.infrequent_access_days,
        archive=chosen.archive_days,
        objects=getattr(chosen, "keep_days", None),
        lock_days=lock.days if lock else None,
        lock_mode=lock.mode if lock else "governance",
    )


def _readers(site: Site) -> Readers:
    partners = (
        Partner(
            name=name,
            role_arn=partner.role,
            prefix=partner.prefix,
            until=partner.until,
            endpoints=partner.endpoints,
            cidrs=partner.cidrs,
        )
        for name, partner in site.settings.partners.items()
    )
    services = (
        ServiceReader(name=name, service=each.service, source_arn=each.source_arn, prefix=each.prefix)
        for name, each in site.settings.service_readers.items()
    )
    return (*partners, *services)


def _records_upkeep(site: Site) -> Upkeep:
    """Return how long records are kept: nobody removes one before, and a lock outlives an edit of the policy."""
    audit = site.settings.audit
    return Upkeep(objects=audit.kept_days(site.settings.environment), archive=90, lock_days=audit.lock_days)
