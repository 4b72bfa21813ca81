"""The key and the buckets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi

from components.data_bucket import DataBucket, DataBucketArgs
from components.data_key import DataKey, DataKeyArgs
from components.documents.scope import RAW, RESULTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from components.base import BoundReference
    from wiring.network import Network
    from wiring.site import Site


@dataclass(frozen=True, kw_only=True)
class Data:
    """What the other parts use of the data; `buckets` by purpose."""

    key: DataKey
    buckets: Mapping[str, DataBucket]

    @property
    def references(self) -> Mapping[str, BoundReference]:
        """Return what documents may name: the key."""
        return self.key.references


def raise_data(site: Site, network: Network) -> Data:
    """Make the key that encrypts, and the buckets that answer through the S3 endpoint only."""
    key = DataKey("data", DataKeyArgs(scope=site.scope, protect=site.protect), site.options)
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
    pulumi.export("key-arn", key.key_arn)
    return Data(key=key, buckets=buckets)
