"""Cases of the rule about services that act for somebody: with a bucket, a key, a topic or a role of this account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.policy_pack.document_baselines import (
    ACCOUNT,
    BUCKET,
    OBJECTS,
    STRANGER,
    as_text,
    bucket_with,
    document,
    key_with,
    statement,
)
from tests.policy_pack.harness import Case, component, fails, passes

if TYPE_CHECKING:
    from preview.pack_messages import PackResource

OWN = {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
GROUPS = f"arn:aws:logs:ap-northeast-1:{ACCOUNT}:log-group:*"
RULE = f"arn:aws:events:ap-northeast-1:{ACCOUNT}:rule/alarm"


def by(service: str, action: str, resource: str, condition: dict[str, Any]) -> dict[str, Any]:
    """A service may do something."""
    baseline = {"Sid": "Serve", "Effect": "Allow", "Principal": {"Service": service}, "Action": action}
    return statement({**baseline, "Resource": resource, "Condition": condition}, {})


def delivery(condition: dict[str, Any]) -> PackResource:
    """A bucket into which S3 delivers logs."""
    return bucket_with(by("logging.s3.amazonaws.com", "s3:PutObject", OBJECTS, condition))


def logs_key(condition: dict[str, Any]) -> PackResource:
    """A key that CloudWatch Logs uses."""
    return key_with(by("logs.ap-northeast-1.amazonaws.com", "kms:Decrypt", "*", condition))


def topic(condition: dict[str, Any]) -> PackResource:
    """A topic to which EventBridge tells something."""
    held = as_text(document(by("events.amazonaws.com", "sns:Publish", "*", condition)))
    return component("aws:sns/topicPolicy:TopicPolicy", "topic-policy", arn="arn", policy=held)


def context(operator: str, value: str, key: str = "kms:EncryptionContext:aws:logs:arn") -> dict[str, Any]:
    """A test of what a key is used for."""
    return {operator: {key: value}}


CASES: dict[str, list[Case]] = {
    "iam-role-trust-guards-service-caller": [
        passes("a bucket, for this account", delivery(OWN)),
        fails("a bucket, for anybody", "lets logging.s3.amazonaws.com act for any account", delivery({})),
        fails("a bucket's ARN says no account", "for any", delivery({"ArnLike": {"aws:SourceArn": BUCKET}})),
        passes("a key, by what it encrypts", logs_key(context("ArnLike", GROUPS))),
        passes("letter case", logs_key(context("ArnLike", GROUPS, "kms:encryptioncontext:aws:logs:arn"))),
        fails("a key, for anybody", "act for any account", logs_key({})),
        fails("a stranger's log groups", "for any", logs_key(context("ArnLike", GROUPS.replace(ACCOUNT, STRANGER)))),
        fails("anybody's log groups", "for any", logs_key(context("ArnLike", "arn:aws:logs:*:*:log-group:*"))),
        fails("if there is a context", "for any", logs_key(context("ArnLikeIfExists", GROUPS))),
        fails("a context means nothing to a bucket", "for any", delivery(context("ArnLike", GROUPS))),
        fails(
            "a service that works for an identity (S3)",
            "asks for kms:ViaService, which no call of a service itself carries",
            logs_key({**OWN, **context("StringEquals", "s3.ap-northeast-1.amazonaws.com", "kms:ViaService")}),
        ),
        passes("a topic, for one rule", topic({"ArnEquals": {"aws:SourceArn": RULE}})),
        fails("a topic, for anybody", "lets events.amazonaws.com act for any account", topic({})),
        passes("a service is denied", key_with({**by("x.amazonaws.com", "kms:Decrypt", "*", {}), "Effect": "Deny"})),
    ],
}
