"""Cases of the rules about the language of statements, whatever holds them."""

from __future__ import annotations

from typing import Any

from tests.policy_pack.baselines import bucket_policy, policy
from tests.policy_pack.document_baselines import (
    allow,
    bucket_with,
    deny,
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
from tests.policy_pack.harness import ABSENT, UNKNOWN, Case, absent, fails, passes, unknown

UNREAD = policy("tenants-work", name="ml-dev-tenant-work", policy=UNKNOWN)
UNREAD_BUCKET = bucket_policy(policy=UNKNOWN)
VPCE = "aws:SourceVpce"
NOT_OURS = {"StringNotEquals": {VPCE: ["vpce-1"]}}
PRESENT = {"Null": {VPCE: ["false"]}}
KEYS = "aws:TagKeys"


def when(**tests: Any) -> dict[str, object]:
    """A Deny under conditions; an underscore stands for the colon of a prefix."""
    return deny(Condition={name.replace("_", ":"): test for name, test in tests.items()})


def allowed_when(**tests: Any) -> dict[str, object]:
    """An Allow under conditions; an underscore stands for the colon of a prefix."""
    return allow(Condition={name.replace("_", ":"): test for name, test in tests.items()})


FOREIGN_MODEL = {"ArnNotLike": {"sagemaker:ModelArn": ["arn:aws:sagemaker:*:*:model/x"]}}
IN_EVERY_VARIANT = {f"ForAnyValue_{name}": test for name, test in FOREIGN_MODEL.items()}

CASES: dict[str, list[Case]] = {
    "iam-policy-has-no-not-principal": [
        passes("the baseline", bucket_with(tls_only())),
        fails(
            "in a Deny",
            "uses NotPrincipal",
            bucket_with(tls_only(Principal=ABSENT, NotPrincipal={"AWS": "111122223333"})),
        ),
        fails("in a trust", "assumeRolePolicy: statement", trusted(trust(Principal=ABSENT, NotPrincipal={"AWS": "1"}))),
        fails("in a key policy", "uses NotPrincipal", key_with(use_key(Principal=ABSENT, NotPrincipal="*"))),
        fails(
            "in an endpoint policy", "NotPrincipal", endpoint_with(through_endpoint(Principal=ABSENT, NotPrincipal="*"))
        ),
        absent("it is not there", None, bucket_with(tls_only())),
        unknown("the plan is judged", "NotPrincipal", *first_preview(UNREAD_BUCKET, tls_only(NotPrincipal="*"))),
        unknown("without a plan another rule refuses it", None, UNREAD_BUCKET),
    ],
    "iam-deny-has-no-null-false-guard": [
        passes("absence is denied by itself", identity(deny())),
        passes("presence is denied", identity(when(Null={"sagemaker:FileSystemId": ["false"]}))),
        passes("a negated test alone", identity(when(**NOT_OURS))),
        passes("a guard of another key", identity(when(**NOT_OURS, Null={"aws:TagKeys": ["false"]}))),
        passes("an Allow may demand the key", identity(allowed_when(StringEquals={VPCE: ["vpce-1"]}, **PRESENT))),
        passes("a listed statement", identity({**when(**NOT_OURS, **PRESENT), "Sid": "NoForeignFileSystem"})),
        passes("a pattern", identity(when(**NOT_OURS, StringLike={VPCE: ["vpce-*"]}))),
        fails(
            "a guard",
            "statement NoVpc tests aws:SourceVpce only where it is present",
            identity(when(**NOT_OURS, **PRESENT)),
        ),
        fails("a boolean", "only where it is present", identity(when(**NOT_OURS, Null={VPCE: False}))),
        fails("a capital", "only where", identity(when(**NOT_OURS, Null={VPCE: "False"}))),
        fails("letter case of the key", "only where", identity(when(**NOT_OURS, Null={"AWS:sourcevpce": "false"}))),
        fails("letter case of the operator", "only where", identity(when(**NOT_OURS, null={VPCE: "false"}))),
        fails("a star asks the same", "only where", identity(when(**NOT_OURS, StringLike={VPCE: "*"}))),
        fails("a star in an ARN test", "only where", identity(when(**NOT_OURS, ArnLike={VPCE: ["**"]}))),
        fails("among sets", "only where", identity(when(ForAnyValue_StringNotEquals={VPCE: ["vpce-1"]}, **PRESENT))),
        fails("among others", "only where", identity(allow(), when(**NOT_OURS, **PRESENT))),
        fails(
            "a listed statement with a positive test",
            "only where",
            identity({**when(StringEquals={VPCE: "vpce-1"}, **PRESENT), "Sid": "NoForeignFileSystem"}),
        ),
        fails("in a bucket policy", "only where", bucket_with(tls_only(Condition={**NOT_OURS, **PRESENT}))),
        absent("no condition", None, identity(deny(Condition=ABSENT))),
        unknown("the plan is judged", "only where", *first_preview(UNREAD, when(**NOT_OURS, **PRESENT))),
        unknown("without a plan another rule refuses it", None, UNREAD),
    ],
    "iam-single-valued-key-has-no-set-operator": [
        passes("the baseline", identity(when(**NOT_OURS))),
        passes("a key with several values", identity(when(ForAnyValue_StringEquals={KEYS: ["User"]}))),
        passes("letter case", identity(when(ForAnyValue_StringEquals={"aws:tagkeys": ["User"]}))),
        passes(
            "a listed key", identity(when(ForAnyValue_Bool={"my:Key": "true"})), options={"multiValuedKeys": ["my:Key"]}
        ),
        passes("beside the plain form", identity(when(**FOREIGN_MODEL), when(**IN_EVERY_VARIANT))),
        fails(
            "ForAllValues",
            "statement NoVpc compares aws:SourceVpce by",
            identity(when(ForAllValues_StringNotEquals={VPCE: "x"})),
        ),
        fails("ForAnyValue", "compares aws:SourceVpce", identity(when(ForAnyValue_StringNotEquals={VPCE: "x"}))),
        fails("letter case", "compares aws:SourceVpce", identity(when(foranyvalue_StringNotEquals={VPCE: "x"}))),
        fails("in an Allow", "compares aws:SourceVpce", identity(allowed_when(ForAllValues_StringEquals={VPCE: "x"}))),
        fails("without the plain form", "compares sagemaker:ModelArn", identity(when(**IN_EVERY_VARIANT))),
        fails(
            "beside a plain form of less",
            "compares sagemaker:ModelArn",
            identity({**when(**FOREIGN_MODEL), "Action": "sagemaker:CreateModel"}, when(**IN_EVERY_VARIANT)),
        ),
        fails(
            "a tag",
            "compares aws:PrincipalTag/user",
            identity(when(ForAnyValue_StringEquals={"aws:PrincipalTag/user": "a"})),
        ),
        fails(
            "in a trust",
            "compares aws:SourceAccount",
            trusted(trust(Condition={"ForAllValues:StringEquals": {"aws:SourceAccount": "1"}})),
        ),
        absent("no condition", None, identity(deny(Condition=ABSENT))),
        unknown("the plan is judged", "compares", *first_preview(UNREAD, when(ForAllValues_StringEquals={VPCE: "x"}))),
        unknown("without a plan another rule refuses it", None, UNREAD),
    ],
    "iam-for-all-values-guards-absence": [
        passes(
            "the key is demanded",
            identity(allowed_when(ForAllValues_StringEquals={KEYS: "user"}, Null={KEYS: "false"})),
        ),
        passes("a Deny", identity(when(ForAllValues_StringNotEquals={KEYS: "user"}))),
        passes("ForAnyValue", identity(allowed_when(ForAnyValue_StringEquals={KEYS: "user"}))),
        fails(
            "it is not", "holds without aws:TagKeys", identity(allowed_when(ForAllValues_StringEquals={KEYS: "user"}))
        ),
        fails(
            "absence is demanded instead",
            "holds without aws:TagKeys",
            identity(allowed_when(ForAllValues_StringEquals={KEYS: "user"}, Null={KEYS: "true"})),
        ),
        fails(
            "either will do",
            "holds without aws:TagKeys",
            identity(allowed_when(ForAllValues_StringEquals={KEYS: "user"}, Null={KEYS: ["false", "true"]})),
        ),
        fails(
            "another key is demanded",
            "holds without aws:TagKeys",
            identity(allowed_when(ForAllValues_StringEquals={KEYS: "user"}, Null={VPCE: "false"})),
        ),
        fails(
            "if it exists", "holds without", identity(allowed_when(ForAllValues_StringEqualsIfExists={KEYS: "user"}))
        ),
        absent("no condition", None, identity(allow())),
        unknown(
            "the plan is judged",
            "holds without",
            *first_preview(UNREAD, allowed_when(ForAllValues_StringLike={KEYS: "u"})),
        ),
        unknown("without a plan another rule refuses it", None, UNREAD),
    ],
}
