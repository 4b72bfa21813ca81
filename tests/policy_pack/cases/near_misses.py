"""Cases that differ from a good or a bad document in one detail: where a rule's line runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.policy_pack.baselines import bucket, policy, role
from tests.policy_pack.cases.attachments import ADMINISTRATOR, EXCLUSIVE, LISTED
from tests.policy_pack.cases.identity_policies import decrypting, passing, to_service
from tests.policy_pack.cases.plans import tenant
from tests.policy_pack.cases.statement_language import (
    FOREIGN_MODEL,
    IN_EVERY_VARIANT,
    KEYS,
    NOT_OURS,
    PRESENT,
    VPCE,
    allowed_when,
    when,
)
from tests.policy_pack.cases.trusts import (
    BOUNDARY,
    PARTNER_ROLE,
    PARTNERS,
    PINNED,
    SHARED,
    external_id,
    tagging,
    trusts,
    trusts_partner,
)
from tests.policy_pack.document_baselines import (
    ACCOUNT,
    OBJECTS,
    ROOT,
    STRANGER,
    allow,
    as_text,
    bucket_with,
    document,
    identity,
    tls_only,
    trust,
    trusted,
)
from tests.policy_pack.harness import ABSENT, UNKNOWN, Case, component, fails, passes, unknown

if TYPE_CHECKING:
    from preview.pack_messages import PackResource

GUARD = "only where it is present"
OWNER = {"aws:RequestTag/user": ["alice"]}
ALONE = {"aws:TagKeys": ["user"]}
KNOWN = {"aws:PrincipalAccount": STRANGER}
MODEL = "compares sagemaker:ModelArn"
TOPIC = "aws:sns/topicPolicy:TopicPolicy"


NOBODY: dict[str, list[str]] = {"aws:PrincipalAccount": []}


def anybody(operator: str, arn: str) -> PackResource:
    """Return a bucket policy that allows everybody whose ARN looks so."""
    return bucket_with(tls_only(Effect="Allow", Condition={operator: {"aws:PrincipalArn": arn}}))


CASES: dict[str, list[Case]] = {
    "iam-allow-has-no-full-wildcard": [
        passes("one service", identity(allow(Action="iam:*", Resource="*"))),
        passes("everything on the things of one service", identity(allow(Action="*", Resource="arn:aws:s3:::*"))),
        fails("on a bucket and everything", "every action", identity(allow(Action="*", Resource=[OBJECTS, "*"]))),
        fails(
            "on everything of the account and every bucket",
            "every action",
            identity(allow(Action="*", Resource=[f"arn:aws:*:*:{ACCOUNT}:*", "arn:aws:s3:::*"])),
        ),
        fails("on all but one", "every action", identity(allow(Action="*", Resource=ABSENT, NotResource=OBJECTS))),
    ],
    "iam-attachment-avoids-administrator-access": [
        fails("to nobody yet", "administrators", component(EXCLUSIVE, "all", policyArn=ADMINISTRATOR), options=LISTED),
    ],
    "iam-policy-matches-its-plan": [
        unknown("all tags", None, *tenant(UNKNOWN), deferred=("tags.security-group",)),
    ],
    "iam-deny-has-no-null-false-guard": [
        passes("a star if there is a value", identity(when(**NOT_OURS, StringLikeIfExists={VPCE: "*"}))),
        passes("one character", identity(when(**NOT_OURS, StringLike={VPCE: "?"}))),
        passes("never like a star", identity(when(**NOT_OURS, StringNotLike={VPCE: "*"}))),
        fails("a star among others", GUARD, identity(when(**NOT_OURS, StringLike={VPCE: ["vpce-1", "*"]}))),
        fails(
            "a listed statement with a positive test, too",
            GUARD,
            identity({**when(**NOT_OURS, StringLike={VPCE: "vpce-*"}, **PRESENT), "Sid": "NoForeignFileSystem"}),
        ),
    ],
    "iam-for-all-values-guards-absence": [
        passes("a capital", identity(allowed_when(ForAllValues_StringEquals={KEYS: "user"}, Null={KEYS: "False"}))),
        fails("a key called false", "holds without", identity(allowed_when(ForAllValues_StringEquals={KEYS: "false"}))),
    ],
    "iam-single-valued-key-has-no-set-operator": [
        passes("a plain Allow", identity(allowed_when(StringEquals={VPCE: "x"}))),
        fails(
            "beside an Allow",
            MODEL,
            identity(allow(**{**when(**FOREIGN_MODEL), "Effect": "Allow"}), when(**IN_EVERY_VARIANT)),
        ),
        fails(
            "an Allow beside a Deny",
            MODEL,
            identity(when(**FOREIGN_MODEL), {**when(**IN_EVERY_VARIANT), "Effect": "Allow"}),
        ),
        fails("beside more conditions", MODEL, identity(when(**FOREIGN_MODEL, **NOT_OURS), when(**IN_EVERY_VARIANT))),
        fails(
            "beside another key",
            MODEL,
            identity(
                when(ArnNotLike={"sagemaker:ImageArn": FOREIGN_MODEL["ArnNotLike"]["sagemaker:ModelArn"]}),
                when(**IN_EVERY_VARIANT),
            ),
        ),
        fails(
            "beside other values",
            MODEL,
            identity(when(ArnNotLike={"sagemaker:ModelArn": "x"}), when(**IN_EVERY_VARIANT)),
        ),
        fails(
            "a positive test beside its plain form",
            "compares aws:SourceVpce",
            identity(when(StringEquals={VPCE: "x"}), when(ForAnyValue_StringEquals={VPCE: "x"})),
        ),
    ],
    "iam-pass-role-uses-tenant-path": [
        fails("to no service", "to any service", identity(passing(Condition=to_service("StringEquals")))),
        fails(
            "to any but SageMaker",
            "any",
            identity(passing(Condition=to_service("StringNotEquals", "sagemaker.amazonaws.com"))),
        ),
    ],
    "kms-decrypt-names-keys": [
        fails("of another service", "not name", identity(decrypting(Resource=f"arn:aws:s3:us-east-1:{ACCOUNT}:key/a"))),
        fails("no id", "not name", identity(decrypting(Resource=f"arn:aws:kms:ap-northeast-1:{ACCOUNT}:key/"))),
    ],
    "iam-policy-fits-size-limit": [
        passes(
            "a policy without a listed quota",
            component(TOPIC, "topic", policy=as_text(document(allow(Sid="a" * 40000)))),
        ),
        fails("a text that is no JSON", "of a managed policy", policy(policy="x" * 7000)),
    ],
    "iam-policy-is-known-or-planned": [
        passes("tags, where plans are optional", role(tags=UNKNOWN), options={"plannedDocuments": "optional"}),
        passes("tags of what is no principal", bucket(tags=UNKNOWN)),
    ],
    "iam-resource-policy-has-no-public-principal": [
        fails("any service of the account", "everybody", anybody("StringLike", f"arn:aws:*:*:{ACCOUNT}:*")),
        fails("the number in another partition", "everybody", anybody("ArnLike", f"arn:aws-cn:iam::{ACCOUNT}:*")),
        fails("no account", "everybody", bucket_with(tls_only(Effect="Allow", Condition={"StringEquals": NOBODY}))),
    ],
    "iam-resource-policy-stays-inside": [
        passes(
            "a named principal under a condition",
            bucket_with(tls_only(Effect="Allow", Principal={"AWS": ROOT}, Condition={"StringEquals": KNOWN})),
        ),
        passes("everybody is another rule's", bucket_with(tls_only(Effect="Allow", Condition=ABSENT))),
    ],
    "iam-role-trust-forbids-session-tags": [
        fails(
            "all but the owner",
            "session tags",
            tagging(Condition={**PINNED, "StringEquals": {}, "StringNotEquals": OWNER}),
        ),
        fails(
            "one of the keys",
            "session tags",
            tagging(Condition={"StringEquals": OWNER, "ForAnyValue:StringEquals": ALONE}),
        ),
        fails(
            "other keys",
            "session tags",
            tagging(Condition={"StringEquals": OWNER, "ForAllValues:StringNotEquals": ALONE}),
        ),
        fails("keys as one", "session tags", tagging(Condition={"StringEquals": {**OWNER, **ALONE}})),
        fails(
            "a key more",
            "session tags",
            tagging(
                Condition={
                    "StringEquals": OWNER,
                    "ForAllValues:StringEquals": {"aws:TagKeys": ["user", "security-group"]},
                }
            ),
        ),
    ],
    "iam-role-trust-foreign-account-is-listed": [
        passes("everybody is another rule's", trusts(AWS="*")),
        fails(
            "an empty id",
            "without sts:ExternalId",
            trusts_partner(PARTNER_ROLE, Condition=external_id("StringEquals", "")),
            options=PARTNERS,
        ),
        fails(
            "no id",
            "without sts:ExternalId",
            trusts_partner(PARTNER_ROLE, Condition=external_id("StringEquals")),
            options=PARTNERS,
        ),
        fails(
            "an id or any",
            "without sts:ExternalId",
            trusts_partner(PARTNER_ROLE, Condition=external_id("StringLike", "name", "*")),
            options=PARTNERS,
        ),
    ],
    "iam-role-trust-guards-service-caller": [
        passes("a Deny", trusted(trust(Effect="Deny", Condition=ABSENT))),
        fails(
            "in other letters",
            "any account",
            trusted(trust(Principal={"Service": "SageMaker.amazonaws.com"}, Condition=ABSENT)),
        ),
        fails(
            "listed as in China",
            "any account",
            trusted(trust(Condition=ABSENT)),
            options={"services": ["sagemaker.amazonaws.com.cn"]},
        ),
    ],
    "iam-sagemaker-role-trusts-sagemaker": [
        passes("a role of the platform at the root", trusted(trust(Principal={"AWS": ROOT}), path=ABSENT, tags=SHARED)),
        passes("a role that nobody owns", trusted(trust(Principal={"AWS": ROOT}), path="/", tags=ABSENT)),
        fails("SageMaker as an account", "trusts others", trusts(AWS="sagemaker.amazonaws.com")),
        fails("a tenant's by its path", "trusts others", trusted(trust(Principal={"AWS": ROOT}), tags=SHARED)),
        fails("in capitals", "trusts others", trusted(trust(Principal={"AWS": ROOT}), path="/Tenants/a/", tags=SHARED)),
        fails(
            "a listed path in capitals",
            "trusts others",
            trusted(trust(Principal={"AWS": ROOT}), path="/teams/a/", tags=SHARED),
            options={"tenantPath": "/Teams/"},
        ),
        unknown(
            "a path that is not known",
            "trusts others",
            trusted(trust(Principal={"AWS": ROOT}), path=UNKNOWN, tags=SHARED),
        ),
        unknown(
            "an owner that is not known",
            "trusts others",
            trusted(trust(Principal={"AWS": ROOT}), path="/", tags={"user": UNKNOWN}),
        ),
    ],
    "iam-tenant-role-has-boundary": [
        fails("of another service", "no policy", role(permissionsBoundary=BOUNDARY.replace(":iam:", ":sts:"))),
        passes("a role that nobody owns", role(path="/", tags=ABSENT, permissionsBoundary=ABSENT)),
        fails(
            "a listed path in capitals",
            "is absent",
            role(tags=SHARED, permissionsBoundary=ABSENT),
            options={"tenantPath": "/Tenants/"},
        ),
    ],
    "iam-tenant-role-path-is-own": [
        fails("the platform's, in capitals", "names no tenant", role(path="/TENANTS/alice/", tags=SHARED)),
        fails("a listed path in capitals", "names no tenant", role(tags=SHARED), options={"tenantPath": "/Tenants/"}),
    ],
}
