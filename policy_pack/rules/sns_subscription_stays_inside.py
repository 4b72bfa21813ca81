"""A subscription carries what a topic tells out of the account: to an address that nobody here governs.

Source: Amazon SNS Developer Guide, "Security best practices"; AWS Security Hub, control SNS.1 beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts import inside
from rule import Kind, Rule, Severity, Undecided, Violation, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(subscription: Resource, options: Options) -> Findings:
    """Yield a finding for a way out that is not listed, and for a queue or function of another account."""
    protocol, endpoint = subscription.read("protocol"), subscription.read("endpoint")
    if protocol.unknown:
        yield Undecided(protocol)
    elif not protocol.present or str(protocol.value) not in options.texts("protocols"):
        yield Violation(f"protocol is not one of {', '.join(options.texts('protocols'))}")
    if endpoint.unknown:
        yield Undecided(endpoint)
    elif endpoint.absent:
        yield Violation("endpoint is absent, so nobody can tell who is told")
    elif endpoint.present and str(endpoint.value).startswith("arn:") and not inside().owns(str(endpoint.value)):
        yield Violation("endpoint is of another account")


RULE = Rule(
    id="sns-subscription-stays-inside",
    title="Notifications leave only by listed ways",
    kind=Kind.RESOURCE,
    types=("aws:sns/topicSubscription:TopicSubscription",),
    paths=("protocol", "endpoint"),
    deferred=("endpoint",),
    severity=Severity.MEDIUM,
    remediation="Use a listed protocol; queues and functions must be of this account.",
    url="https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html",
    frameworks=("prowler sns_subscription_not_using_http_endpoints",),
    options={"protocols": texts("email", "email-json", "sqs", "lambda")},
    mirrored_by=("SCP", "runtime audit"),
    validate=validate,
)
