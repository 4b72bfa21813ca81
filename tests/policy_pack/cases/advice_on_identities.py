"""Cases of the rules that advise about identities and refuse nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.policy_pack.baselines import policy, role, training_job
from tests.policy_pack.document_baselines import ACCOUNT, BUCKET, OBJECTS, allow, as_text, deny, document, first_preview
from tests.policy_pack.harness import ABSENT, UNKNOWN, Case, absent, component, fails, given, passes, taken, unknown

if TYPE_CHECKING:
    from preview.pack_messages import PackResource

MAKE = "iam:CreateAccessKey"
OWN_KEYS = allow(Action="iam:CreateAccessKey", Resource=f"arn:aws:iam::{ACCOUNT}:user/${{aws:username}}")
PASSWORDS = component("aws:iam/accountPasswordPolicy:AccountPasswordPolicy", "passwords", minimumPasswordLength=14)
ANN = component("aws:iam/user:User", "ann", name="ann", tags={"user": "alice"})
FACTOR = deny(Sid="Factor", Action="*", Condition={"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}})
LOGS = allow(Action=["logs:CreateLogStream", "logs:PutLogEvents"], Resource="*")
ROLE = role("job-role", name="ml-dev-alice-job")


def named(name: str, *statements: dict[str, Any]) -> PackResource:
    """A managed policy of a name."""
    return policy("work", name=name, policy=as_text(document(*statements)))


def work(*statements: dict[str, Any]) -> PackResource:
    """The managed policy of tenants."""
    return named("ml-dev-tenant-work", *statements)


def aged(operator: str = "NumericGreaterThanIfExists", value: str = "43200", **changes: Any) -> dict[str, Any]:
    """A Deny by the age of the factor."""
    return deny(**{"Sid": "Age", "Action": "*", "Condition": {operator: {"aws:MultiFactorAuthAge": value}}, **changes})


def check(identifier: Any = "ACCESS_KEYS_ROTATED", **changes: Any) -> PackResource:
    """A check of AWS Config."""
    baseline = {"name": "keys", "source": {"owner": "AWS", "sourceIdentifier": identifier}}
    return given("aws:cfg/rule:Rule", "keys", baseline, changes)


def pack(body: Any) -> PackResource:
    """A conformance pack."""
    return component("aws:cfg/conformancePack:ConformancePack", "checks", name="checks", templateBody=body)


def days(number: Any) -> str:
    """The parameter of the check."""
    return json.dumps({"maxAccessKeyAge": number})


def trains_as(*statements: dict[str, Any]) -> tuple[PackResource, ...]:
    """A training job whose role carries the statements."""
    kind = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
    arn = f"arn:aws:iam::{ACCOUNT}:policy/ml-dev-tenant-work"
    attached = component(kind, "attached", role="ml-dev-alice-job", policyArn=arn)
    return work(*statements), attached, taken(training_job(roleArn=UNKNOWN), roleArn=ROLE), ROLE


WILD = "arn:aws:sagemaker:ap-northeast-1:111122223333:model/*"

CASES: dict[str, list[Case]] = {
    "iam-mfa-session-age-is-bounded": [
        passes("twelve hours", work(FACTOR, aged())),
        passes("another policy", work(allow())),
        passes("less", work(FACTOR, aged(value="900"))),
        passes("a grant that wants a factor", work({**FACTOR, "Effect": "Allow"})),
        fails(
            "one of two ages is a day",
            "no Deny bounds",
            work(FACTOR, aged(Condition={"NumericGreaterThan": {"aws:MultiFactorAuthAge": ["60", "86400"]}})),
        ),
        fails("a day", "no Deny bounds aws:MultiFactorAuthAge to 43200", work(FACTOR, aged(value="86400"))),
        fails("of some actions' resources", "no Deny bounds", work(FACTOR, aged(Resource=[OBJECTS]))),
        fails("the wrong way", "no Deny bounds", work(FACTOR, aged("NumericLessThan"))),
        fails("an Allow", "no Deny bounds", work(FACTOR, aged(Effect="Allow"))),
        fails(
            "under another condition",
            "no Deny bounds",
            work(
                FACTOR,
                aged(
                    Condition={
                        "NumericGreaterThan": {"aws:MultiFactorAuthAge": "60"},
                        "Bool": {"aws:SecureTransport": "true"},
                    }
                ),
            ),
        ),
        absent("any age", "no Deny bounds", work(FACTOR)),
        unknown("the plan is judged", "no Deny bounds", *first_preview(work(), FACTOR)),
    ],
    "iam-password-policy-exists": [
        passes("a rule for passwords", PASSWORDS, ANN),
        passes("nobody signs in", ROLE),
        passes("another stack owns it", ANN, options={"ownedElsewhere": True}),
        fails("people without", "makes no rule for the account's passwords", ANN),
        fails(
            "a first password without",
            "makes no rule",
            component("aws:iam/userLoginProfile:UserLoginProfile", "p", user="a"),
        ),
        absent("no rule", "makes no rule", ANN),
        unknown(
            "what it says is another rule's question",
            None,
            ANN,
            component(PASSWORDS.type, "p", minimumPasswordLength=UNKNOWN),
        ),
    ],
    "iam-allow-has-no-service-wildcard": [
        passes("named actions", work(allow())),
        passes("a star after a verb", work(allow(Action="s3:Get*"))),
        passes("a Deny", work(deny(Action="s3:*"))),
        passes("a listed service", work(allow(Action="S3:*")), options={"allowedServices": ["s3"]}),
        passes("a ceiling", named("ml-dev-tenant-boundary", allow(Action="s3:*"))),
        fails("a whole service", "statement ReadRaw allows s3:*", work(allow(Action=["s3:GetObject", "s3:*"]))),
        fails("in other letters", "allows", work(allow(Action="S3:*"))),
        fails("by more stars", "allows", work(allow(Action="s3:**"))),
        fails("everything", "allows *", work(allow(Action="*"))),
        absent("no action", None, work(allow(Action=ABSENT))),
        unknown("the plan is judged", "allows s3:*", *first_preview(work(), allow(Action="s3:*"))),
    ],
    "iam-allow-names-resources": [
        passes("a named resource", work(allow())),
        passes("an action that takes none", work(allow(Action="sagemaker:ListModels", Resource="*"))),
        passes(
            "by the resource's tag",
            work(allow(Resource="*", Condition={"StringEquals": {"aws:ResourceTag/user": "a"}})),
        ),
        passes("a listed action", work(allow(Resource="*")), options={"starOnlyActions": ["s3:getobject"]}),
        passes("a Deny", work(deny(Action="s3:GetObject", Condition=ABSENT))),
        passes("a ceiling", named("ml-dev-tenant-boundary", allow(Resource="*"))),
        passes("a pattern of names", work(allow(Action="sagemaker:DescribeModel", Resource=WILD))),
        fails("everything", "statement ReadRaw allows s3:GetObject on every resource", work(allow(Resource="*"))),
        fails("beside a name", "on every resource", work(allow(Resource=[BUCKET, "*"]))),
        fails(
            "one action of two",
            "allows s3:GetObject",
            work(allow(Action=["s3:ListAllMyBuckets", "s3:GetObject"], Resource="*")),
        ),
        fails(
            "a star of actions", "allows sagemaker:Describe*", work(allow(Action="sagemaker:Describe*", Resource="*"))
        ),
        fails("all actions", "allows *", work(allow(Action="*", Resource="*"))),
        fails(
            "another condition",
            "on every",
            work(allow(Resource="*", Condition={"Bool": {"aws:SecureTransport": "true"}})),
        ),
        absent("no resource is another rule's question", None, work(allow(Resource=ABSENT))),
        unknown("the plan is judged", "on every resource", *first_preview(work(), allow(Resource="*"))),
    ],
    "iam-access-key-rotation-is-watched": [
        passes("a check", work(OWN_KEYS), check()),
        passes("a check of 30 days", work(OWN_KEYS), check(inputParameters=days("30"))),
        passes("a check in a conformance pack", work(OWN_KEYS), pack("SourceIdentifier: ACCESS_KEYS_ROTATED")),
        passes("nobody may make keys", work(allow())),
        passes("a ceiling", named("ml-dev-people-boundary", OWN_KEYS)),
        passes("a Deny beside a wide grant", work(allow(Action="iam:C*"), deny(Action=MAKE, Condition=ABSENT))),
        fails("a Deny that may not hold", "no check", work(allow(Action="iam:C*"), deny(Action=MAKE))),
        fails("people may make keys", "no check of this stack", work(OWN_KEYS)),
        fails("a key", "no check of this stack", component("aws:iam/accessKey:AccessKey", "key", user="ann")),
        fails("another check", "no check", check("IAM_PASSWORD_POLICY"), work(OWN_KEYS), on="work"),
        fails("a conformance pack of other checks", "no check", pack("SourceIdentifier: X"), work(OWN_KEYS), on="work"),
        fails("a year", "no check", check(inputParameters=days("365")), work(OWN_KEYS), on="work"),
        fails("a number that is none", "no check", check(inputParameters=days("x")), work(OWN_KEYS), on="work"),
        absent("no check", "no check of this stack finds", work(OWN_KEYS)),
        absent("AWS' default is 90 days", None, work(OWN_KEYS), check(inputParameters=ABSENT)),
        unknown("which check must be known", "source.sourceIdentifier is not known", work(OWN_KEYS), check(UNKNOWN)),
    ],
    "iam-sagemaker-role-writes-logs": [
        passes("both rights", *trains_as(LOGS)),
        passes("a role that does not train", work(allow()), role()),
        fails("neither", "nothing allows logs:CreateLogStream, logs:PutLogEvents", *trains_as(allow())),
        fails("one of two", "nothing allows logs:PutLogEvents", *trains_as({**LOGS, "Action": "logs:CreateLogStream"})),
        fails("a Deny", "nothing allows", *trains_as({**LOGS, "Effect": "Deny"})),
        absent("no policy", "nothing allows", taken(training_job(roleArn=UNKNOWN), roleArn=ROLE), ROLE),
        unknown(
            "what is attached must be known",
            "policyArn is not known",
            component(
                "aws:iam/rolePolicyAttachment:RolePolicyAttachment", "a", role="ml-dev-alice-job", policyArn=UNKNOWN
            ),
            taken(training_job(roleArn=UNKNOWN), roleArn=ROLE),
            ROLE,
        ),
    ],
}
