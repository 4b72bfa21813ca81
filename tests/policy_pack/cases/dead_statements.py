"""Cases of the rule about statements that can never apply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.policy_pack.baselines import policy
from tests.policy_pack.document_baselines import (
    BUCKET,
    OBJECTS,
    allow,
    as_text,
    bucket_with,
    deny,
    document,
    endpoint_with,
    first_preview,
    identity,
    key_with,
    through_endpoint,
    tls_only,
    trust,
    trusted,
    use_key,
)
from tests.policy_pack.harness import ABSENT, UNKNOWN, Case, absent, component, fails, passes, unknown

if TYPE_CHECKING:
    from preview.pack_messages import PackResource

UNREAD = policy("tenants-work", name="ml-dev-tenant-work", policy=UNKNOWN)
BY_NAME = allow(Resource=f"{BUCKET}/users/${{aws:username}}/*")
INSTANCE = "arn:aws:ec2:ap-northeast-1:111122223333:instance/{{instance/bastion}}"


def inline(kind: str, **changes: Any) -> PackResource:
    """An inline policy of a role, user or group."""
    name = kind[0].lower() + kind[1:]
    return component(f"aws:iam/{name}:{kind}", "inline", policy=as_text(document(allow(**changes))))


CASES: dict[str, list[Case]] = {
    "iam-statement-can-match": [
        passes("an Allow", identity(allow())),
        passes("a Deny", identity(deny())),
        passes("a trust", trusted(trust())),
        passes("a bucket policy", bucket_with(tls_only())),
        passes("a key policy", key_with(use_key())),
        passes("an endpoint policy", endpoint_with(through_endpoint())),
        passes("a listed statement", identity(allow(Action="s3:GetObjekt")), options={"exemptSids": ["ReadRaw"]}),
        fails("no such action", "no action of this name is known", identity(allow(Action="s3:GetObjekt"))),
        fails("no such action in a Deny", "it denies nothing", identity(deny(Action="sagemaker:CreateTrainigJob"))),
        fails("no such service", "is no service prefix", identity(allow(Action="sage:CreateModel"))),
        fails(
            "an operation that is no action",
            "is an operation of the API and no action",
            identity(allow(Action="s3:ListObjectsV2", Resource=BUCKET)),
        ),
        fails(
            "a list of objects (S1, G5)",
            "no action of this statement accepts its resources",
            identity(allow(Action="s3:ListBucket")),
        ),
        fails(
            "a notebook without Region and account (S1)",
            "Statement[0]",
            identity(
                allow(Action="sagemaker:StopNotebookInstance", Resource="arn:aws:sagemaker:::notebook-instance/a/*")
            ),
        ),
        fails(
            "one of two resources",
            "grants nothing",
            identity(allow(Resource=[OBJECTS, "arn:aws:sagemaker:ap-northeast-1:111122223333:model/x"])),
        ),
        fails(
            "a key that no such request carries",
            "never fires",
            identity(deny(Action="s3:GetObject", Condition={"Bool": {"sagemaker:NetworkIsolation": "false"}})),
        ),
        fails(
            "no such key", "Statement[0].Condition", identity(deny(Condition={"Null": {"sagemaker:Subnets": "true"}}))
        ),
        fails(
            "an operator of another type",
            "is of type",
            identity(allow(Condition={"NumericLessThan": {"aws:SecureTransport": "1"}})),
        ),
        fails("the second statement", "Statement[1]", identity(allow(), allow(Sid="B", Action="s3:GetObjekt"))),
        fails("the name of a user, in a role (S4)", "${aws:username} has no value", inline("RolePolicy", **BY_NAME)),
        passes("the name of a user, in a group", inline("GroupPolicy", **BY_NAME)),
        passes("the name of a user, in a user's policy", inline("UserPolicy", **BY_NAME)),
        fails("in a bucket policy", "no action", bucket_with(tls_only(Action="s3:GetObjekt"))),
        fails("in a key policy", "no action", key_with(use_key(Action="kms:Decript"))),
        fails("in a trust", "no action", trusted(trust(Action="sts:AssumeRoll"))),
        absent("no document", None, policy(policy=ABSENT)),
        passes("a document that does not parse is another rule's", identity(allow(Effect="Maybe"))),
        unknown(
            "a reference stands for an id",
            None,
            *first_preview(UNREAD, allow(Action="ec2:StartInstances", Resource=INSTANCE)),
        ),
        unknown("the plan is judged", "no action", *first_preview(UNREAD, allow(Action="s3:GetObjekt"))),
        unknown("without a plan another rule refuses it", None, UNREAD),
    ],
}
