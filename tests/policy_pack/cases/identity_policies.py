"""Cases of the rules about what identity policies allow."""

from __future__ import annotations

from tests.policy_pack.baselines import policy, role
from tests.policy_pack.document_baselines import (
    ACCOUNT,
    OWN_ROLES,
    allow,
    as_text,
    deny,
    document,
    first_preview,
    identity,
)
from tests.policy_pack.harness import ABSENT, UNKNOWN, Case, absent, component, fails, passes, unknown

INLINE = "aws:iam/rolePolicy:RolePolicy"
UNREAD = policy("tenants-work", name="ml-dev-tenant-work", policy=UNKNOWN)
EVERYTHING = {"Action": "*", "Resource": "*"}
KEY = f"arn:aws:kms:ap-northeast-1:{ACCOUNT}:key/{{{{key/data}}}}"
TO_SAGEMAKER = {"StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}}


def passing(**changes: object) -> dict[str, object]:
    """An Allow of PassRole on the own roles to SageMaker, changed in one thing."""
    baseline = {"Action": "iam:PassRole", "Resource": OWN_ROLES, "Condition": TO_SAGEMAKER}
    return allow(**{"Sid": "PassOwnRole", **baseline, **changes})


def decrypting(**changes: object) -> dict[str, object]:
    """An Allow of decryption with the data key, changed in one thing."""
    return allow(**{"Sid": "UseKey", "Action": ["kms:Decrypt"], "Resource": [KEY], **changes})


def to_service(operator: str, *services: str) -> dict[str, object]:
    """The condition on the service that a role is passed to."""
    return {operator: {"iam:PassedToService": list(services)}}


BY_TAG = KEY.replace("{{key/data}}", "${aws:PrincipalTag/data-key}")
CASES: dict[str, list[Case]] = {
    "iam-allow-has-no-full-wildcard": [
        passes("the baseline", identity(allow())),
        passes("a Deny of everything", identity(deny(**EVERYTHING))),
        passes("everything on one bucket", identity(allow(Action="*"))),
        passes("one action on everything", identity(allow(Resource="*"))),
        passes("an exempt policy", identity(allow(**EVERYTHING)), options={"exemptPolicies": ["ml-dev-tenant-work"]}),
        fails("the stars", "statement ReadRaw allows every action", identity(allow(**EVERYTHING))),
        fails("the star of stars", "every action", identity(allow(Action=["*:*"], Resource=["*"]))),
        fails(
            "many services",
            "every action",
            identity(allow(Action=[f"{letter}*" for letter in "cdefgiklmost"], Resource="*")),
        ),
        fails("a complement", "every action", identity(allow(Action=ABSENT, NotAction="none:None", Resource="*"))),
        fails("a resource that is a star in disguise", "every", identity(allow(Action="*", Resource="arn:aws:*"))),
        fails("every resource of the account", "every", identity(allow(Action="*", Resource=["arn:*:*:*:*:*"]))),
        fails("a condition is no excuse", "every", identity(allow(**EVERYTHING, Condition=TO_SAGEMAKER))),
        fails("a single statement", "every", policy(policy=as_text(document(Statement=allow(**EVERYTHING))))),
        fails("as an object", "every", policy(policy=document(allow(**EVERYTHING)))),
        fails(
            "inline on a role",
            "inlinePolicies[0].policy: statement ReadRaw",
            role(inlinePolicies=[{"name": "all", "policy": as_text(document(allow(**EVERYTHING)))}]),
        ),
        fails("inline beside a role", "every", component(INLINE, "all", policy=as_text(document(allow(**EVERYTHING))))),
        absent("no action is a broken document", None, identity(allow(Action=ABSENT, Resource="*"))),
        unknown("the plan is judged", "every action", *first_preview(UNREAD, allow(**EVERYTHING))),
        unknown("without a plan another rule refuses it", None, UNREAD),
    ],
    "iam-allow-has-no-not-action": [
        passes("the baseline", identity(allow())),
        passes("a Deny by complement", identity(deny(Action=ABSENT, NotAction=["iam:PassRole"]))),
        fails("NotAction", "allows by NotAction", identity(allow(Action=ABSENT, NotAction=["iam:*"]))),
        fails("NotResource", "allows by NotResource", identity(allow(Resource=ABSENT, NotResource="arn:aws:s3:::x"))),
        fails("both", "NotAction and NotResource", identity(allow(NotAction="iam:*", NotResource="arn:aws:s3:::x"))),
        absent("no complement", None, identity(allow())),
        unknown("the plan is judged", "NotAction", *first_preview(UNREAD, allow(Action=ABSENT, NotAction="iam:*"))),
        unknown("without a plan another rule refuses it", None, UNREAD),
    ],
    "iam-pass-role-uses-tenant-path": [
        passes("the baseline", identity(passing())),
        passes("a Deny may say anything", identity(deny(Action="iam:PassRole", Condition=ABSENT))),
        passes("listed services", identity(passing(Condition=to_service("StringLike", "sagemaker.amazonaws.com")))),
        fails("any role", "on other roles than", identity(passing(Resource="*"))),
        fails("all tenants", "other roles", identity(passing(Resource=f"arn:aws:iam::{ACCOUNT}:role/tenants/*"))),
        fails("one more", "other roles", identity(passing(Resource=[OWN_ROLES, f"arn:aws:iam::{ACCOUNT}:role/ops"]))),
        fails("a prefix instead of a path", "other roles", identity(passing(Resource=OWN_ROLES.replace("/*", "-*")))),
        fails("another account", "other roles", identity(passing(Resource=OWN_ROLES.replace(ACCOUNT, "999999999999")))),
        fails("any account", "other roles", identity(passing(Resource=OWN_ROLES.replace(ACCOUNT, "*")))),
        fails("another partition", "other roles", identity(passing(Resource=OWN_ROLES.replace("aws:", "aws-cn:", 1)))),
        fails("a complement", "other roles", identity(passing(Resource=ABSENT, NotResource=OWN_ROLES))),
        fails("letter case", "other roles", identity(passing(Action="IAM:passrole", Resource="*"))),
        fails("a star inside", "other roles", identity(passing(Action="iam:Pass*", Resource="*"))),
        fails("a mark inside", "other roles", identity(passing(Action="i?m:PassRol?", Resource="*"))),
        fails("the whole service", "other roles", identity(passing(Action=["iam:*"], Resource="*"))),
        fails("not another action", "other", identity(passing(Action=ABSENT, NotAction="iam:Get*", Resource="*"))),
        fails(
            "another service",
            "to any service",
            identity(passing(Condition=to_service("StringEquals", "ec2.amazonaws.com"))),
        ),
        fails(
            "one service more",
            "to any service",
            identity(passing(Condition=to_service("StringEquals", "sagemaker.amazonaws.com", "glue.amazonaws.com"))),
        ),
        fails("a star", "to any service", identity(passing(Condition=to_service("StringLike", "*")))),
        fails(
            "or none at all",
            "to any service",
            identity(passing(Condition=to_service("StringEqualsIfExists", "sagemaker.amazonaws.com"))),
        ),
        fails(
            "all of none",
            "to any service",
            identity(passing(Condition=to_service("ForAllValues:StringEquals", "sagemaker.amazonaws.com"))),
        ),
        fails(
            "but one", "any service", identity(passing(Condition=to_service("StringNotEquals", "ec2.amazonaws.com")))
        ),
        absent("no condition", "PassedToService is not demanded", identity(passing(Condition=ABSENT))),
        absent("no PassRole", None, identity(allow())),
        unknown("the plan is judged", "other roles", *first_preview(UNREAD, passing(Resource="*"))),
        unknown("without a plan another rule refuses it", None, UNREAD),
    ],
    "kms-decrypt-names-keys": [
        passes("a planned key", *first_preview(UNREAD, decrypting())),
        passes("the own key, by the tag that plans hold", identity(decrypting(Resource=BY_TAG))),
        fails("a tag beside a star", "not name", identity(decrypting(Resource=BY_TAG.replace("arn:aws:", "arn:*:")))),
        fails("something behind the tag", "not name", identity(decrypting(Resource=BY_TAG + "*"))),
        passes("a key by its id", identity(decrypting(Resource=KEY.replace("{{key/data}}", "mrk-0a")))),
        passes("a Deny", identity(deny(Action="kms:*", Condition=ABSENT))),
        fails("any key", "keys that it does not name", identity(decrypting(Resource="*"))),
        fails("any key of the account", "not name", identity(decrypting(Resource=KEY.replace("{{key/data}}", "*")))),
        fails("any account", "not name", identity(decrypting(Resource=[KEY, KEY.replace(ACCOUNT, "*")]))),
        fails("an alias", "not name", identity(decrypting(Resource=KEY.replace("key/{{key/data}}", "alias/data")))),
        fails(
            "a key named by a tag",
            "not name",
            identity(decrypting(Resource=KEY.replace("{{key/data}}", "${aws:PrincipalTag/key}"))),
        ),
        fails("letter case", "not name", identity(decrypting(Action="KMS:decrypt", Resource="*"))),
        fails("a star inside", "not name", identity(decrypting(Action="kms:D*", Resource="*"))),
        fails("by encrypting anew", "not name", identity(decrypting(Action="kms:ReEncrypt*", Resource="*"))),
        fails("a complement", "not name", identity(decrypting(Resource=ABSENT, NotResource=KEY))),
        absent("no key action", None, identity(allow(Resource="*"))),
        unknown("the plan is judged", "not name", *first_preview(UNREAD, decrypting(Resource="*"))),
        unknown("without a plan another rule refuses it", None, UNREAD),
    ],
}
