"""Cases of buckets and endpoints that differ from a good or a bad policy in one detail."""

from __future__ import annotations

from tests.policy_pack.cases.bucket_policies import HTTP, OPEN, only_via, sparing, under, without_tls
from tests.policy_pack.cases.statement_language import (
    VPCE,
)
from tests.policy_pack.document_baselines import (
    ACCOUNT,
    JOB_ROLES,
    OBJECTS,
    bucket_via_endpoint,
    bucket_with,
    endpoint_with,
    objects_via_endpoint,
    outside,
    packages,
    through_endpoint,
    tls_only,
)
from tests.policy_pack.harness import ABSENT, Case, absent, fails, passes

PRINCIPAL = {"StringEquals": {"aws:PrincipalAccount": ACCOUNT}}
RESOURCE = {"StringEquals": {"aws:ResourceAccount": ACCOUNT}}
LITERAL = "vpce-*"

PATTERN = "arn:aws:s3:::ml-dev-*"
ALIKE = "arn:aws:sagemaker:ap-northeast-1:11112222333?:model/a"

CASES: dict[str, list[Case]] = {
    "s3-bucket-policy-denies-plain-http": [
        passes("a pattern that the bucket fits", bucket_with(tls_only(Resource=PATTERN), bucket="ml-dev-raw-7f3a")),
        fails("a pattern that it may not fit", HTTP, bucket_with(tls_only(Resource=PATTERN))),
        passes("a capital", without_tls(Condition={"Bool": {"aws:SecureTransport": "False"}})),
        fails("another key", HTTP, without_tls(Condition={"Bool": {"aws:ViaAWSService": "false"}})),
        fails("as text", HTTP, without_tls(Condition={"StringNotEquals": {"aws:SecureTransport": "false"}})),
    ],
    "s3-bucket-policy-requires-endpoint": [
        fails(
            "from the endpoint",
            OPEN,
            *only_via(under(StringNotEqualsIfExists=ABSENT, StringEquals={VPCE: "{{endpoint/s3}}"})),
        ),
        fails("from none", OPEN, *only_via(under(StringNotEqualsIfExists={VPCE: []}))),
        fails(
            "services as text",
            OPEN,
            *only_via(under(BoolIfExists=ABSENT, StringEqualsIfExists={"aws:ViaAWSService": "false"})),
        ),
        fails(
            "services as a set",
            OPEN,
            *only_via(under(BoolIfExists=ABSENT, ForAnyValue_BoolIfExists={"aws:ViaAWSService": "false"})),
        ),
        fails("job roles alone", OPEN, *only_via(under(ArnNotLike=ABSENT, ArnLike={"aws:PrincipalArn": JOB_ROLES}))),
        fails(
            "callers as a set",
            OPEN,
            *only_via(under(ArnNotLike=ABSENT, ForAnyValue_ArnNotLike={"aws:PrincipalArn": JOB_ROLES})),
        ),
        fails("another key of callers", OPEN, *only_via(under(ArnNotLike={"aws:SourceArn": JOB_ROLES}))),
        fails("a role that is called like a job's", OPEN, *only_via(sparing(f"arn:aws:iam::{ACCOUNT}:role/any-job"))),
        fails(
            "a pattern of endpoints",
            OPEN,
            bucket_with(
                objects_via_endpoint(Condition=outside(endpoint_id=LITERAL)),
                bucket_via_endpoint(Condition=outside(endpoint_id=LITERAL)),
            ),
        ),
    ],
    "vpc-endpoint-policy-is-scoped": [
        fails("accounts that look so", "allows everybody", endpoint_with(packages(Resource=ALIKE))),
        fails("a bucket of any partition", "allows everybody", endpoint_with(packages(Resource="arn:*:s3:::bucket/*"))),
        fails("no ARN", "allows everybody", endpoint_with(packages(Resource="bucket/*"))),
        passes("principals alone", endpoint_with(through_endpoint(Condition=PRINCIPAL))),
        passes("resources alone", endpoint_with(through_endpoint(Condition=RESOURCE))),
        absent("no principal", "allows everybody", endpoint_with(through_endpoint(Principal=ABSENT, Condition=ABSENT))),
        absent("no resource", "allows everybody", endpoint_with(through_endpoint(Resource=ABSENT, Condition=ABSENT))),
    ],
    "vpc-endpoint-policy-pins-accounts": [
        passes(
            "the bucket itself",
            endpoint_with(
                packages(Action="s3:ListBucket", Resource="arn:aws:s3:::al2023-repos-ap-northeast-1-de612dc2")
            ),
        ),
        fails(
            "all but one action",
            "pin aws:PrincipalAccount",
            endpoint_with(packages(Action=ABSENT, NotAction="s3:PutObject")),
        ),
        fails(
            "all but one bucket",
            "pin aws:PrincipalAccount",
            endpoint_with(packages(Resource=ABSENT, NotResource=OBJECTS)),
        ),
        fails(
            "one bucket more",
            "pin aws:PrincipalAccount",
            endpoint_with(packages(Resource=[packages()["Resource"][0], OBJECTS])),
        ),
        fails(
            "in a second statement",
            "statement Two",
            endpoint_with(through_endpoint(), through_endpoint(Sid="Two", Condition=ABSENT)),
        ),
    ],
}
