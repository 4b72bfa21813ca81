"""Cases of the rules about whom bucket policies turn away."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.policy_pack.baselines import bucket_policy
from tests.policy_pack.document_baselines import (
    ACCOUNT,
    BUCKET,
    DEPLOYER,
    JOB_ROLES,
    OBJECTS,
    ROOT,
    TO_S3,
    bucket_via_endpoint,
    bucket_with,
    first_preview,
    objects_via_endpoint,
    outside,
    tls_only,
)
from tests.policy_pack.harness import ABSENT, UNKNOWN, Case, absent, fails, passes, unknown

if TYPE_CHECKING:
    from preview.pack_messages import PackResource

UNREAD = bucket_policy(policy=UNKNOWN)


def without_tls(**changes: object) -> PackResource:
    """A bucket policy whose Deny without TLS is changed in one thing."""
    return bucket_with(tls_only(**changes))


def only_via(
    first: dict[str, object] | None = None, second: dict[str, object] | None = None
) -> tuple[PackResource, ...]:
    """A planned bucket policy that requires the endpoint, its statements changed in one thing."""
    statements = (objects_via_endpoint(**(first or {})), bucket_via_endpoint(**(second or {})))
    return first_preview(UNREAD, *statements, plannedReferences=TO_S3)


def under(**changes: object) -> dict[str, object]:
    """The condition of the endpoint's Deny with operators replaced; ABSENT leaves one out."""
    condition = {**outside(), **{name.replace("_", ":"): test for name, test in changes.items()}}
    return {"Condition": {name: test for name, test in condition.items() if test is not ABSENT}}


def sparing(*callers: str) -> dict[str, object]:
    """The condition of the endpoint's Deny that spares further callers."""
    return {"Condition": outside(*callers)}


KEY_OF_UPLOAD = "s3:x-amz-server-side-encryption-aws-kms-key-id"
OURS = f"arn:aws:kms:ap-northeast-1:{ACCOUNT}:key/data"
THEIRS = OURS.replace(ACCOUNT, "999988887777")


def key_other_than(*keys: str) -> dict[str, Any]:
    """The condition that an upload names another key."""
    return {"StringNotEquals": {KEY_OF_UPLOAD: list(keys)}}


def asking(pattern: str) -> dict[str, Any]:
    """The condition that an upload asks for an encryption."""
    return {"StringLike": {"s3:x-amz-server-side-encryption": [pattern]}}


OUR_KEY, OUR_PLANNED_KEY = key_other_than(OURS), key_other_than(OURS.replace("key/data", "key/{{key/data}}"))


def binding(**changes: Any) -> dict[str, Any]:
    """The Deny of uploads under foreign keys, changed in one thing."""
    whole = {"Principal": "*", "Action": ["s3:PutObject"], "Resource": [OBJECTS], "Sid": "Uploads", "Effect": "Deny"}
    return {**whole, "Condition": {**asking("?*"), **OUR_KEY}, **changes}


def uploads(**changes: Any) -> PackResource:
    """A bucket policy with that Deny."""
    return bucket_with(binding(**changes))


UPLOADS = "does not deny uploads that ask for another key than ours to ml-dev-raw-7f3a"
NO_DENY = json.dumps({"Version": "2012-10-17", "Statement": []})
PARTNER = "arn:aws:iam::444455556666:role/reader"
OTHER_ENDPOINT = {"endpoint/s3": "aws:ec2/securityGroup:SecurityGroup|endpoints-group"}
OPEN = "does not deny requests from outside the S3 endpoint"
HTTP = "does not deny every request without TLS on"
BREAK_GLASS, EMERGENCY = (f"arn:aws:iam::{ACCOUNT}:role/{name}" for name in ("break-glass", "ml-dev-break-glass"))


CASES: dict[str, list[Case]] = {
    "s3-bucket-policy-denies-plain-http": [
        passes("the baseline", without_tls()),
        passes("without IfExists", without_tls(Condition={"Bool": {"aws:SecureTransport": False}})),
        passes("every action", without_tls(Action="*", Principal={"AWS": "*"})),
        passes("every resource", without_tls(Resource="*")),
        passes("in two statements", bucket_with(tls_only(Resource=BUCKET), tls_only(Sid="Objects", Resource=OBJECTS))),
        passes("the named bucket", bucket_with(tls_only(), bucket="ml-dev-raw-7f3a")),
        fails("an Allow with TLS is no Deny", HTTP, without_tls(Effect="Allow")),
        fails("the bucket is left out", f"{HTTP} the bucket itself", without_tls(Resource=OBJECTS)),
        fails(
            "the objects are left out",
            f"{HTTP} the objects of the bucket ml-dev-raw-7f3a",
            without_tls(Resource=[BUCKET]),
        ),
        fails("some objects", f"{HTTP} the objects", without_tls(Resource=[BUCKET, f"{BUCKET}/users/*"])),
        fails("one level", f"{HTTP} the objects", without_tls(Resource=[BUCKET, f"{BUCKET}/?"])),
        fails(
            "another bucket", HTTP, bucket_with(tls_only(Resource=["arn:aws:s3:::b", "arn:aws:s3:::b/*"]), bucket="a")
        ),
        fails(
            "another partition",
            HTTP,
            without_tls(Resource=[BUCKET.replace("aws:", "aws-cn:"), OBJECTS.replace("aws:", "aws-cn:")]),
        ),
        fails("some actions", HTTP, without_tls(Action=["s3:Get*", "s3:Put*"])),
        fails("all but one action", HTTP, without_tls(Action=ABSENT, NotAction="s3:GetObject")),
        fails("some principals", HTTP, without_tls(Principal={"AWS": ROOT})),
        fails("all but some", HTTP, without_tls(Principal=ABSENT, NotPrincipal={"AWS": DEPLOYER})),
        fails("the other way round", HTTP, without_tls(Condition={"Bool": {"aws:SecureTransport": "true"}})),
        fails("of all values", HTTP, without_tls(Condition={"ForAnyValue:Bool": {"aws:SecureTransport": "false"}})),
        fails(
            "with an exception",
            HTTP,
            without_tls(Condition={"Bool": {"aws:SecureTransport": "false"}, "ArnNotLike": {"aws:PrincipalArn": "*"}}),
        ),
        absent("no statement", HTTP, bucket_with(objects_via_endpoint())),
        absent("no condition denies more than plain HTTP, and is not this Deny", HTTP, without_tls(Condition=ABSENT)),
        absent("no policy is another rule's", None, bucket_policy(policy=ABSENT)),
        unknown("the plan is judged", HTTP, *first_preview(UNREAD, objects_via_endpoint())),
        unknown("a good plan passes", None, *first_preview(UNREAD, tls_only())),
        unknown("without a plan another rule refuses it", None, UNREAD),
    ],
    "s3-bucket-policy-binds-uploads": [
        passes("what asks for an encryption asks for our key", uploads()),
        passes("whatever it asks for", uploads(Condition=OUR_KEY)),
        passes("also what asks for nothing", uploads(Condition={**OUR_KEY, **asking("*")})),
        passes("a bucket that services fill", bucket_policy("audit-policy", policy=NO_DENY)),
        passes("a listed one", bucket_with(tls_only()), options={"exemptPolicies": ["raw-policy"]}),
        fails("a key of another account", UPLOADS, uploads(Condition={**asking("?*"), **key_other_than(THEIRS)})),
        fails("ours and another's", UPLOADS, uploads(Condition={**asking("?*"), **key_other_than(OURS, THEIRS)})),
        fails("another algorithm alone", UPLOADS, uploads(Condition=asking("?*"))),
        fails("keys of S3 are let through", UPLOADS, uploads(Condition={**OUR_KEY, **asking("aws:kms")})),
        fails(
            "somebody is spared",
            UPLOADS,
            uploads(Condition={**asking("?*"), **OUR_KEY, "ArnNotEquals": {"aws:PrincipalArn": DEPLOYER}}),
        ),
        fails("some principals", UPLOADS, uploads(Principal={"AWS": ROOT})),
        fails("some objects", UPLOADS, uploads(Resource=[f"{BUCKET}/users/*"])),
        fails("another action", UPLOADS, uploads(Action=["s3:GetObject"])),
        fails("an Allow is no Deny", UPLOADS, uploads(Effect="Allow")),
        absent("no statement", UPLOADS, bucket_with(tls_only())),
        absent("no policy is another rule's", None, bucket_policy(policy=ABSENT)),
        unknown("the plan is judged", UPLOADS, *first_preview(UNREAD, tls_only())),
        unknown("a good plan passes", None, *first_preview(UNREAD, binding(Condition=OUR_PLANNED_KEY))),
    ],
    "s3-bucket-policy-requires-endpoint": [
        passes("planned", *only_via()),
        passes(
            "known",
            bucket_with(
                objects_via_endpoint(Condition=outside(endpoint_id="vpce-0a")),
                bucket_via_endpoint(Condition=outside(DEPLOYER, endpoint_id="vpce-0a")),
            ),
        ),
        passes("nobody is spared", *only_via(under(ArnNotLike=ABSENT))),
        passes("an exempt bucket", bucket_with(tls_only()), options={"exemptBuckets": ["ml-dev-raw-7f3a"]}),
        passes("a recorded role", *only_via(sparing(BREAK_GLASS)), options={"exemptPrincipals": [BREAK_GLASS]}),
        fails("the objects are open", f"{OPEN} on ml-dev-raw-7f3a: its objects", *only_via({"Effect": "Allow"})),
        fails(
            "the bucket is open", f"{OPEN} on ml-dev-raw-7f3a: the bucket itself", *only_via(None, {"Effect": "Allow"})
        ),
        fails("some objects", OPEN, *only_via({"Resource": [f"{BUCKET}/users/*"]})),
        fails("some actions", OPEN, *only_via({"Action": ["s3:PutObject"]})),
        fails("some principals", OPEN, *only_via({"Principal": {"AWS": ROOT}})),
        fails("only where the key is there", OPEN, *only_via(under(Null={"aws:SourceVpce": "false"}))),
        fails(
            "any endpoint",
            OPEN,
            *only_via(under(StringNotEqualsIfExists=ABSENT, StringNotLike={"aws:SourceVpce": "vpce-*"})),
        ),
        fails(
            "a set operator",
            OPEN,
            *only_via(
                under(StringNotEqualsIfExists=ABSENT, ForAnyValue_StringNotEquals={"aws:SourceVpce": "{{endpoint/s3}}"})
            ),
        ),
        fails("a literal endpoint in a plan", OPEN, *only_via({"Condition": outside(endpoint_id="vpce-0a")})),
        fails(
            "one endpoint more",
            OPEN,
            *only_via(under(StringNotEqualsIfExists={"aws:SourceVpce": ["{{endpoint/s3}}", "vpce-0a"]})),
        ),
        fails(
            "a reference to something else",
            OPEN,
            *first_preview(UNREAD, objects_via_endpoint(), bucket_via_endpoint(), plannedReferences=OTHER_ENDPOINT),
        ),
        fails(
            "a service that need not say so",
            OPEN,
            *only_via(under(BoolIfExists=ABSENT, Bool={"aws:ViaAWSService": "false"})),
        ),
        fails("services the other way round", OPEN, *only_via(under(BoolIfExists={"aws:ViaAWSService": "true"}))),
        fails("the deployer reads objects", f"{OPEN} on ml-dev-raw-7f3a: its objects", *only_via(sparing(DEPLOYER))),
        fails("notebook roles are spared", OPEN, *only_via(sparing(f"arn:aws:iam::{ACCOUNT}:role/tenants/*"))),
        fails("everybody is spared", OPEN, *only_via(sparing("*"))),
        fails("job roles of others", OPEN, *only_via(sparing(JOB_ROLES.replace(ACCOUNT, "*")))),
        fails("another role", f"{OPEN} on ml-dev-raw-7f3a: the bucket", *only_via(None, sparing(BREAK_GLASS))),
        passes("a partner of the stack file", *only_via(sparing(PARTNER), sparing(PARTNER))),
        fails("another role of its account", OPEN, *only_via(sparing(f"{PARTNER}-2"))),
        passes("the emergency role manages the bucket", *only_via(None, sparing(EMERGENCY))),
        fails("and reads objects", f"{OPEN} on ml-dev-raw-7f3a: its objects", *only_via(sparing(EMERGENCY))),
        fails("one of another stack", OPEN, *only_via(None, sparing(EMERGENCY.replace("ml-dev", "ml-prod")))),
        fails("another exception", OPEN, *only_via(under(StringNotEquals={"aws:PrincipalTag/user": "alice"}))),
        fails("an address", OPEN, *only_via(under(NotIpAddress={"aws:SourceIp": "0.0.0.0/0"}))),
        absent("no statement", OPEN, bucket_with(tls_only())),
        absent("no condition on the endpoint", OPEN, *only_via(under(StringNotEqualsIfExists=ABSENT))),
        absent("no policy is another rule's", None, bucket_policy(policy=ABSENT)),
        unknown("the plan is judged", OPEN, *first_preview(UNREAD, tls_only())),
        unknown("without a plan another rule refuses it", None, UNREAD),
    ],
}
