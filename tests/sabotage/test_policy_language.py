"""What a careless hand adds to the program's identities: documents that say too much, and ways to attach them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.sabotage.program import OPTIONS, SHARED, added

pytestmark = pytest.mark.verify

Edit = tuple[str, str, str]
TRUST = "components/documents/trust.py"
STRANGER = "arn:aws:iam::999988887777:root"
ANYTHING = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::ml-dev-raw-7f3a/x"}
TOPIC = "arn:aws:sns:ap-northeast-1:111122223333:x"
TO_TOPIC = {"Sid": "Open", "Effect": "Allow", "Action": "sns:Publish", "Resource": TOPIC}


def text(*statements: dict[str, Any]) -> str:
    """Return a document as the code that gives it."""
    return repr(json.dumps({"Version": "2012-10-17", "Statement": list(statements)}))


def policy(code: str) -> Edit:
    """Return the edit that adds a managed policy."""
    return added(f'aws.iam.Policy("open", policy={code}, {SHARED})')


def saying(**said: Any) -> Edit:
    """Return the edit that adds a managed policy with one statement."""
    return policy(text({"Sid": "Open", **ANYTHING, **said}))


def role(**principal: Any) -> Edit:
    """Return the edit that adds a role with its trust."""
    trust = text({"Sid": "Open", "Effect": "Allow", "Action": "sts:AssumeRole", **principal})
    return added(f'aws.iam.Role("open", assume_role_policy={trust}, {SHARED})')


def topic(principal: Any) -> Edit:
    """Return the edit that adds a topic's policy."""
    return added(
        f'aws.sns.TopicPolicy("open", arn="{TOPIC}", policy={text({**TO_TOPIC, "Principal": principal})}, {OPTIONS})'
    )


def attached(kind: str, holder: str) -> Edit:
    """Return the edit that attaches a policy by one kind of attachment."""
    return added(f'aws.iam.{kind}("attached", {holder}, {OPTIONS})')


ADMINISTRATOR = '"arn:aws:iam::aws:policy/AdministratorAccess"'
OWN = '"arn:aws:iam::111122223333:policy/tenants/ml-dev-tenant-work"'
EDITS: dict[str, tuple[Edit, str]] = {
    "a document is no JSON": (policy("'{\"Statement\": '"), "iam-policy-parses"),
    "a document is too long": (
        policy(text({"Sid": "Long", **ANYTHING, "Resource": "arn:aws:s3:::x"}).replace("s3:::x", "s3:::" + "x" * 7000)),
        "iam-policy-fits-size-limit",
    ),
    "everything is allowed": (saying(Action="*", Resource="*"), "iam-allow-has-no-full-wildcard"),
    "everything but one action is allowed": (
        policy(text({"Sid": "Open", "Effect": "Allow", "NotAction": "iam:PassRole", "Resource": "*"})),
        "iam-allow-has-no-not-action",
    ),
    "a trust leaves one principal out": (
        role(Effect="Deny", NotPrincipal={"AWS": "arn:aws:iam::111122223333:root"}),
        "iam-policy-has-no-not-principal",
    ),
    "a single value is compared as a set": (
        saying(Effect="Deny", Condition={"ForAnyValue:StringNotEquals": {"aws:SourceVpce": "vpce-0a1"}}),
        "iam-single-valued-key-has-no-set-operator",
    ),
    "all of no values are listed ones": (
        saying(Condition={"ForAllValues:StringEquals": {"aws:TagKeys": ["user"]}}),
        "iam-for-all-values-guards-absence",
    ),
    "a role trusts a stranger's account": (
        role(Principal={"AWS": STRANGER}),
        "iam-role-trust-foreign-account-is-listed",
    ),
    "a notebook's role trusts machines": (
        (TRUST, 'principals={"Service": (SAGEMAKER,)}', 'principals={"Service": ("ec2.amazonaws.com",)}'),
        "iam-sagemaker-role-trusts-sagemaker",
    ),
    "an administrator's policy is attached to a role": (
        attached("RolePolicyAttachment", f'role="ml-dev-alice-job", policy_arn={ADMINISTRATOR}'),
        "iam-attachment-avoids-administrator-access",
    ),
    "a user gets a policy without a group": (
        attached("UserPolicyAttachment", f'user="ml-dev-ann", policy_arn={OWN}'),
        "iam-user-has-no-attached-policy",
    ),
    "an attachment takes the policy from all others": (
        attached("PolicyAttachment", f'roles=["ml-dev-alice-job"], policy_arn={OWN}'),
        "iam-policy-attachment-is-not-exclusive",
    ),
    "a topic is everybody's": (topic("*"), "iam-resource-policy-has-no-public-principal"),
    "a topic is a stranger's": (topic({"AWS": STRANGER}), "iam-resource-policy-stays-inside"),
}


@pytest.mark.parametrize(("edit", "rule"), EDITS.values(), ids=EDITS)
def test_the_pack_refuses_what_a_document_should_not_say(edit: Edit, rule: str, sabotage: Any) -> None:
    verdict = sabotage(edit)
    assert rule in verdict.refusals()
    assert verdict.exit_code == 1
