"""Cases of the rules about people, their groups and the alarm."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.policy_pack.harness import (
    ABSENT,
    UNKNOWN,
    Case,
    absent,
    component,
    fails,
    given,
    passes,
    taken,
    unknown,
)

if TYPE_CHECKING:
    from preview.pack_messages import PackResource

BOUNDARY = "arn:aws:iam::111122223333:policy/ml-dev-people-boundary"
ENROLMENT = ["iam:EnableMFADevice", "iam:ChangePassword", "sts:GetSessionToken"]
MFA_ARN = "arn:aws:iam::111122223333:policy/ml-dev-people-bounds"


def user(**changes: Any) -> PackResource:
    """A person of alice."""
    baseline = {"name": "ml-dev-ann", "path": "/", "permissionsBoundary": BOUNDARY, "tags": {"user": "alice"}}
    return given("aws:iam/user:User", "ann", baseline, changes)


def membership(**changes: Any) -> PackResource:
    """The person in a group."""
    baseline = {"user": "ml-dev-ann", "groups": ["ml-dev-engineers"]}
    return given("aws:iam/userGroupMembership:UserGroupMembership", "ann-membership", baseline, changes)


def members(**changes: Any) -> PackResource:
    """The group's own list of members."""
    baseline = {"name": "members", "group": "ml-dev-engineers", "users": ["ml-dev-ann"]}
    return given("aws:iam/groupMembership:GroupMembership", "members", baseline, changes)


def group(**changes: Any) -> PackResource:
    """The engineers."""
    return given("aws:iam/group:Group", "engineers", {"name": "ml-dev-engineers"}, changes)


def attached(**changes: Any) -> PackResource:
    """What the engineers carry."""
    kind = "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive"
    return given(kind, "engineers-attachments", {"groupName": "ml-dev-engineers", "policyArns": [MFA_ARN]}, changes)


def factor(**changes: Any) -> PackResource:
    """The policy that asks for a second factor, with changes to its statement."""
    statement = {
        "Sid": "MfaOrEnrol",
        "Effect": "Deny",
        "NotAction": ENROLMENT,
        "Resource": "*",
        "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}},
    }
    made = {key: value for key, value in {**statement, **changes}.items() if value is not None}
    document = json.dumps({"Version": "2012-10-17", "Statement": [made]})
    return component("aws:iam/policy:Policy", "bounds", name="ml-dev-people-bounds", policy=document)


def inline(*names: str) -> PackResource:
    """The exclusive list of the group's inline policies."""
    kind = "aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive"
    return component(kind, "engineers-inline", groupName="ml-dev-engineers", policyNames=list(names))


def passwords(**changes: Any) -> PackResource:
    """The account's rule for passwords."""
    flags = ("requireLowercaseCharacters", "requireUppercaseCharacters", "requireNumbers", "requireSymbols")
    baseline = {
        **dict.fromkeys((*flags, "allowUsersToChangePassword"), True),
        "minimumPasswordLength": 14,
        "passwordReusePrevention": 24,
        "maxPasswordAge": 90,
    }
    return given("aws:iam/accountPasswordPolicy:AccountPasswordPolicy", "passwords", baseline, changes)


def target(**changes: Any) -> PackResource:
    """Where the alarm goes."""
    baseline = {"rule": "ml-dev-break-glass", "arn": "arn:aws:sns:ap-northeast-1:111122223333:ml-dev-break-glass"}
    return given("aws:cloudwatch/eventTarget:EventTarget", "target", baseline, changes)


def watch(**changes: Any) -> PackResource:
    """What sees the emergency."""
    baseline = {"name": "ml-dev-break-glass", "eventPattern": "{}", "state": "ENABLED"}
    return given("aws:cloudwatch/eventRule:EventRule", "rule", baseline, changes)


def subscription(**changes: Any) -> PackResource:
    """Who is told."""
    baseline = {"protocol": "email", "endpoint": "security@example.com", "topic": UNKNOWN}
    return given("aws:sns/topicSubscription:TopicSubscription", "mail", baseline, changes)


STRANGERS = "arn:aws:sns:ap-northeast-1:999999999999:x"

CASES: dict[str, list[Case]] = {
    "iam-human-user-has-boundary": [
        passes("the people's boundary", user()),
        passes("the platform's", user(permissionsBoundary=BOUNDARY.replace("people-b", "people-platform-b"))),
        passes("an exempt user", user(permissionsBoundary=ABSENT), options={"exemptUsers": ["ml-dev-ann"]}),
        fails("another policy", "called *-people-boundary", user(permissionsBoundary=MFA_ARN)),
        fails(
            "of another account",
            "no policy of this account",
            user(permissionsBoundary=BOUNDARY.replace("111122223333", "999999999999")),
        ),
        absent("no boundary", "permissionsBoundary is absent", user(permissionsBoundary=ABSENT)),
        unknown("it must be known", "is not known", user(permissionsBoundary=UNKNOWN)),
    ],
    "iam-user-belongs-to-a-group": [
        passes("a membership", user(), membership()),
        passes("the group's own list", members(), user()),
        passes("an exempt user", user(), options={"exemptUsers": ["ml-dev-ann"]}),
        passes("by the user's output", user(), taken(membership(user=UNKNOWN), user=user())),
        fails("of another", "puts the user into a group", membership(user="ml-dev-ben"), user()),
        fails("in no group", "puts the user into a group", membership(groups=[]), user()),
        absent("no membership", "puts the user into a group", user()),
        unknown("a group must be known", "is not known", membership(groups=[UNKNOWN]), user()),
    ],
    "iam-group-denies-without-mfa": [
        passes("a policy that asks", factor(), attached(), group()),
        passes("an exempt group", group(), options={"exemptGroups": ["ml-dev-engineers"]}),
        fails(
            "a plain test, which long-term keys miss",
            "denies everything",
            factor(Condition={"Bool": {"aws:MultiFactorAuthPresent": "false"}}),
            attached(),
            group(),
        ),
        fails(
            "a second test beside it",
            "denies everything",
            factor(
                Condition={
                    "BoolIfExists": {"aws:MultiFactorAuthPresent": "false"},
                    "StringEquals": {"aws:username": "x"},
                }
            ),
            attached(),
            group(),
        ),
        fails("on some resources", "denies everything", factor(Resource="arn:aws:s3:::x/*"), attached(), group()),
        fails("of some actions", "denies everything", factor(NotAction=None, Action="iam:*"), attached(), group()),
        fails(
            "an exemption too many", "denies everything", factor(NotAction=[*ENROLMENT, "s3:*"]), attached(), group()
        ),
        fails("an Allow", "denies everything", factor(Effect="Allow"), attached(), group()),
        fails("attached to another group", "denies everything", factor(), attached(groupName="x"), group()),
        fails("another policy attached", "denies everything", factor(), attached(policyArns=[BOUNDARY]), group()),
        passes("no inline policy", factor(), attached(), group(), inline()),
        fails("an inline policy", "policyNames leaves policies", factor(), attached(), group(), inline("x")),
        absent("nothing attached", "denies everything", factor(), group()),
        unknown("what is attached must be known", "is not known", factor(), attached(policyArns=[UNKNOWN]), group()),
    ],
    "iam-password-policy-is-strong": [
        passes("the platform's", passwords()),
        fails("too short", "minimumPasswordLength is absent or below 14", passwords(minimumPasswordLength=13)),
        fails("comes back soon", "passwordReusePrevention is absent or below 24", passwords(passwordReusePrevention=5)),
        fails("no symbols", "requireSymbols", passwords(requireSymbols=False)),
        fails("nobody may change it", "allowUsersToChangePassword", passwords(allowUsersToChangePassword=False)),
        fails("old", "maxPasswordAge is absent or above 90", passwords(maxPasswordAge=91)),
        fails("no age by its number", "maxPasswordAge is absent or above", passwords(maxPasswordAge=0)),
        absent("passwords stay for ever", "maxPasswordAge is absent", passwords(maxPasswordAge=ABSENT)),
        unknown("the age must be known", "is not known", passwords(maxPasswordAge=UNKNOWN)),
        absent("AWS' default length", "minimumPasswordLength is absent", passwords(minimumPasswordLength=ABSENT)),
        absent("digits are not required", "requireNumbers is absent", passwords(requireNumbers=ABSENT)),
        unknown("the length must be known", "is not known", passwords(minimumPasswordLength=UNKNOWN)),
    ],
    "events-target-stays-inside": [
        passes("the own topic", target()),
        fails("of another account", "arn is of another account", target(arn=STRANGERS)),
        fails(
            "on the internet",
            "an address on the internet",
            component("aws:cloudwatch/eventApiDestination:EventApiDestination", "out", invocationEndpoint="https://x"),
        ),
        absent("nowhere", "arn is absent", target(arn=ABSENT)),
        unknown("judged at the update", None, target(arn=UNKNOWN), deferred=("arn",)),
    ],
    "events-rule-is-enabled": [
        passes("on", watch()),
        passes("on, in the older way", watch(state=ABSENT, isEnabled=True)),
        fails("off", "state is not one of", watch(state="DISABLED")),
        fails("off, in the older way", "isEnabled switches", watch(state=ABSENT, isEnabled=False)),
        absent("AWS' default is on", None, watch(state=ABSENT)),
        unknown("the state must be known", "is not known", watch(state=UNKNOWN)),
    ],
    "sns-subscription-stays-inside": [
        passes("mail", subscription()),
        passes("an own queue", subscription(protocol="sqs", endpoint="arn:aws:sqs:ap-northeast-1:111122223333:x")),
        unknown("who is told is judged at the update", None, subscription(endpoint=UNKNOWN), deferred=("endpoint",)),
        fails("plain HTTP", "protocol is not one of", subscription(protocol="http", endpoint="http://x")),
        fails("a stranger's queue", "endpoint is of another account", subscription(protocol="sqs", endpoint=STRANGERS)),
        fails("mail, where it is not listed", "protocol is not one of", subscription(), options={"protocols": ["sqs"]}),
        absent("nobody", "endpoint is absent", subscription(endpoint=ABSENT)),
        unknown("the protocol must be known", "is not known", subscription(protocol=UNKNOWN)),
    ],
}
