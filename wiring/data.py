"""The keys and the buckets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi

from components.data_bucket import DataBucket, DataBucketArgs
from components.data_key import DataKey, DataKeyArgs
from components.documents.scope import DATA, LOGS, RAW, RESULTS, VOLUMES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from components.base import BoundReference
    from wiring.network import Network
    from wiring.site import Site


@dataclass(frozen=True, kw_only=True)
class Data:
    """What the other parts use of the data; `keys` and `buckets` by purpose."""

    keys: Mapping[str, DataKey]
    buckets: Mapping[str, DataBucket]

    @property
    def references(self) -> Mapping[str, BoundReference]:
        """Return what documents may name: the keys."""
        return {name: bound for key in self.keys.values() for name, bound in key.references.items()}


def raise_keys(site: Site) -> Mapping[str, DataKey]:
    """Make the keys by purpose; they need nothing of the network, and the network's records need one of them."""
    keys = {
        purpose: DataKey(purpose, DataKeyArgs(scope=site.scope, purpose=purpose, protect=site.protect), site.options)
        for purpose in (DATA, VOLUMES, LOGS)
    }
    pulumi.export("keys", {purpose: key.key_arn for purpose, key in keys.items()})
    return keys


def raise_data(site: Site, network: Network, keys: Mapping[str, DataKey]) -> Data:
    """Make the buckets that answer through the S3 endpoint only."""
    key = keys[DATA]
    bound = {**network.references, **key.references}
    buckets = {
        purpose: DataBucket(
            purpose,
            DataBucketArgs(
                scope=site.scope, purpose=purpose, key_arn=key.key_arn, references=bound, protect=site.protect
            ),
            site.options,
        )
        for purpose in (RAW, RESULTS)
    }
    pulumi.export("buckets", {purpose: bucket.bucket_name for purpose, bucket in buckets.items()})
    return Data(keys=keys, buckets=buckets)
