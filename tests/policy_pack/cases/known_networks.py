"""Cases of the rule about ids of networks in planned documents."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.policy_pack.baselines import bucket_policy
from tests.policy_pack.document_baselines import TO_S3, document, objects_via_endpoint, planned, tls_only
from tests.policy_pack.harness import ABSENT, UNKNOWN, Case, absent, fails, passes, unknown

if TYPE_CHECKING:
    from preview.pack_messages import PackResource

REFERRING = document(tls_only(), objects_via_endpoint())
STRANGER = "vpce-0fedcba9876543210"
NAMES = f"policy names {STRANGER}, which is neither a part of this stack nor adopted"


def holding(plan: Any, said: Any = UNKNOWN) -> tuple[PackResource, ...]:
    """Return a component with a plan and the bucket policy that it is for."""
    return planned(bucket_policy(policy=said), plan, plannedReferences=TO_S3)


def naming(identity: str) -> Any:
    """Return the plan with an id in the place of the reference."""
    return json.loads(json.dumps(REFERRING).replace("{{endpoint/s3}}", identity))


CASES: dict[str, list[Case]] = {
    "iam-document-names-only-known-networks": [
        passes("a reference", *holding(REFERRING, json.dumps(naming("vpce-0a1b2c3d4e5f60718")))),
        passes("an id of the option", *holding(naming(STRANGER)), options={"knownIds": [STRANGER]}),
        passes("a document without plan", bucket_policy(policy=json.dumps(naming(STRANGER)))),
        fails("an id of another network", NAMES, *holding(naming(STRANGER), json.dumps(naming(STRANGER)))),
        fails("a group of another network", "names sg-12345678", *holding(naming("sg-12345678"))),
        fails("a subnet within an ARN", "subnet-12345678", *holding(naming("arn:aws:ec2:a:1:subnet/subnet-12345678"))),
        absent("no document", None, bucket_policy(policy=ABSENT)),
        unknown("a first preview reads the plan", NAMES, *holding(naming(STRANGER))),
    ],
}
