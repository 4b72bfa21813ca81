"""Cases of the rules about where records go, what they tell, and under which key things are."""

from __future__ import annotations

import json
from typing import Any

from tests.policy_pack.audit_baselines import ACCOUNT, channel, selector, trail
from tests.policy_pack.baselines import bucket, bucket_policy, encryption, key
from tests.policy_pack.harness import ABSENT, UNKNOWN, Case, PackResource, absent, fails, passes, taken, unknown
from tests.policy_pack.machine_baselines import log_group

RECORDS, RAW, STAGING = (
    bucket(f"{purpose}-bucket", bucket=f"ml-dev-{purpose}-7f3a") for purpose in ("audit", "raw", "staging")
)
DATA, LOGS, PARTNERS = (key(f"{use}-key") for use in ("data", "logs", "partners"))
MANAGEMENT = {"field": "eventCategory", "equals": ["Management"]}
WRITES = {"field": "readOnly", "equals": ["false"]}


def selecting(*fields: dict[str, Any]) -> PackResource:
    """Return a trail that selects by fields, beside the objects of a bucket."""
    return trail(advancedEventSelectors=[{"fieldSelectors": list(fields)}, selector()])


def older(**changes: Any) -> PackResource:
    """Return a trail with a selector of the older kind."""
    return trail(advancedEventSelectors=ABSENT, eventSelectors=[{"readWriteType": "All", **changes}])


def under(of: PackResource, by: PackResource) -> PackResource:
    """Return the encryption of a bucket by a key."""
    rule = {"applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": UNKNOWN}}
    return taken(encryption(rules=[rule]), bucket=of, rules=by)


def delivering(*actions: str) -> PackResource:
    """Return the policy of a bucket to which S3 delivers logs."""
    grant = {
        "Effect": "Allow",
        "Principal": {"Service": "logging.s3.amazonaws.com"},
        "Action": list(actions),
        "Resource": "arn:aws:s3:::ml-dev-access-logs-7f3a/raw/*",
        "Condition": {"StringEquals": {"aws:SourceAccount": ACCOUNT}},
    }
    return bucket_policy(policy=json.dumps({"Version": "2012-10-17", "Statement": [grant]}))


CASES: dict[str, list[Case]] = {
    "s3-audit-bucket-is-locked": [
        passes("logs are delivered", delivering("s3:PutObject")),
        fails("logs are delivered and removed", "do more than deliver", delivering("s3:PutObject", "s3:DeleteObject")),
        fails("logs are read", "do more than deliver", delivering("s3:Get*")),
    ],
    "cloudtrail-trail-records-calls": [
        passes("all calls", selecting(MANAGEMENT)),
        passes("all calls, as it was once written", older()),
        fails("objects alone", "selects not all", trail()),
        fails("writes alone", "selects not all", selecting(MANAGEMENT, WRITES)),
        fails("objects, as it was once written", "leaves out", older(includeManagementEvents=False)),
        fails("writes, as it was once written", "leaves out", older(readWriteType="WriteOnly")),
        fails("all but one service", "leaves out", older(excludeManagementEventSources=["kms.amazonaws.com"])),
        absent("AWS records them without selectors", None, trail(advancedEventSelectors=ABSENT)),
        unknown("selectors must be known", "Selectors is not known", trail(advancedEventSelectors=UNKNOWN)),
    ],
    "cloudtrail-records-go-to-their-bucket": [
        passes("the trail's", RECORDS, taken(trail(), s3BucketName=RECORDS)),
        passes("those of Config", RECORDS, taken(channel(), s3BucketName=RECORDS)),
        passes("by name", RECORDS, trail(s3BucketName="ml-dev-audit-7f3a")),
        passes("one that keeps records for all", trail(s3BucketName="ours"), options={"recordBuckets": ["ours"]}),
        fails("a stranger's", "neither of this stack", RECORDS, trail(s3BucketName="theirs")),
        fails("a bucket of data", "not the bucket of records", RAW, taken(trail(), s3BucketName=RAW)),
        fails("Config's among data", "not the bucket of records", RAW, taken(channel(), s3BucketName=RAW)),
        absent("no trail", None, RECORDS),
        unknown("nobody can tell which", "s3BucketName is not known", RECORDS, trail()),
    ],
    "kms-key-fits-its-use": [
        passes("data", DATA, RAW, under(RAW, DATA)),
        passes("what partners read", DATA, PARTNERS, STAGING, under(STAGING, PARTNERS)),
        passes("records", LOGS, taken(trail(), kmsKeyId=LOGS), taken(log_group(), kmsKeyId=LOGS)),
        passes("a stack with other keys", key("other-key"), taken(trail(), kmsKeyId=key("other-key"))),
        fails("data under the key that partners use", "data-key is the", DATA, PARTNERS, RAW, under(RAW, PARTNERS)),
        fails("staged objects under that of data", "partners-key is", DATA, PARTNERS, STAGING, under(STAGING, DATA)),
        fails("a trail under that of data", "logs-key is the", DATA, LOGS, taken(trail(), kmsKeyId=DATA)),
        fails("Config under that of data", "logs-key is the", DATA, LOGS, taken(channel(), s3KmsKeyArn=DATA)),
        fails("a log group under that of data", "logs-key is", DATA, LOGS, taken(log_group(), kmsKeyId=DATA)),
        absent("no key, which other rules find", None, LOGS, trail(kmsKeyId=ABSENT)),
        unknown("a key that is nobody's, which another rule finds", None, LOGS, trail()),
    ],
}
