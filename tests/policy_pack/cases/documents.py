"""Cases of the rules about documents as such: they can be read, and they are not too long."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.policy_pack.baselines import bucket_policy, policy, role
from tests.policy_pack.document_baselines import (
    allow,
    as_text,
    bucket_with,
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
SCP = "aws:organizations/policy:Policy"


def said(text: object) -> PackResource:
    """Return a managed policy that holds a text or an object."""
    return policy(policy=text)


def changed(**changes: object) -> PackResource:
    """Return a managed policy whose document is changed in one element."""
    return said(as_text(document(allow(), **changes)))


def long(size: int) -> dict[str, object]:
    """Return a statement whose document has about so many characters."""
    return allow(Resource=[f"arn:aws:s3:::{'b' * size}"])


def inline(*sizes: int) -> PackResource:
    """Return a role with inline policies."""
    listed = [{"name": str(at), "policy": as_text(document(long(size)))} for at, size in enumerate(sizes)]
    return role(inlinePolicies=listed)


def inline_on(kind: str, size: int) -> PackResource:
    """Return an inline policy beside its principal."""
    token = f"aws:iam/{kind[0].lower()}{kind[1:]}:{kind}"
    return component(token, "inline", policy=as_text(document(long(size))))


FILLER = 6144 - len(json.dumps(document(long(0)), separators=(",", ":")))
IMAGES = "aws:ecr/repositoryPolicy:RepositoryPolicy"
PULL = as_text(document(trust(Action="ecr:BatchGetImage")))
TWICE = '{"Version": "2012-10-17", "Version": "2012-10-17", "Statement": []}'
ANY_ROOT = {"AWS": "arn:aws:iam::*:root"}
SIX = [allow(Sid=f"S{at}", Effect="x") for at in range(6)]
SUBNET = "arn:aws:ec2:us-east-1:111122223333:subnet/{{subnet/a}}"
BLANK = " " * 20480
KEYS = [{"Sid": f"K{at}", "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "{{key/a}}"} for at in range(75)]

CASES: dict[str, list[Case]] = {
    "iam-policy-parses": [
        passes("an identity policy", identity(allow())),
        passes("as an object", said(document(allow()))),
        passes("a single statement", said(as_text(document(Statement=allow())))),
        passes("a trust policy", trusted(trust())),
        passes("a bucket policy", bucket_with(tls_only())),
        passes("a key policy", key_with(use_key())),
        passes("an endpoint policy", endpoint_with(through_endpoint())),
        passes(
            "an image repository's, without Resource",
            component(
                "aws:ecr/repositoryPolicy:RepositoryPolicy",
                "images",
                policy=as_text(document(trust(Action="ecr:BatchGetImage"))),
            ),
        ),
        fails("no JSON", "policy: is no JSON", said('{"Version": "2012-10-17", "Statement": [],}')),
        fails("empty", "Statement", said("{}")),
        fails("no statements", "Statement", changed(Statement=[])),
        fails("an unknown element", "unknown element", changed(Owner="alice")),
        fails("an unknown element of a statement", "did you mean Condition", identity(allow(Conditions={}))),
        fails("letter case of an element", "unknown element", identity(allow(effect="Allow"))),
        fails("an effect", "must be Allow or Deny", identity(allow(Effect="allow"))),
        fails("no effect", "must be Allow or Deny", identity(allow(Effect=ABSENT))),
        fails("no action", "neither Action nor NotAction", identity(allow(Action=ABSENT))),
        fails("both actions", "both Action and NotAction", identity(allow(NotAction="iam:*"))),
        fails("no resource", "neither Resource nor NotResource", identity(allow(Resource=ABSENT))),
        fails("an empty list", "is an empty list", identity(allow(Action=[]))),
        fails("an action without service", "is no action", identity(allow(Action="GetObject"))),
        fails("no ARN", "is no ARN", identity(allow(Resource="ml-dev-raw-7f3a/*"))),
        fails("an unknown operator", "Condition", identity(allow(Condition={"StringEqual": {"aws:SourceVpce": "a"}}))),
        fails("a Sid twice", "is already the Sid", identity(allow(), allow())),
        fails(
            "an element twice",
            "is written twice",
            said(TWICE),
        ),
        fails("the old language", "Version is not 2012-10-17", changed(Version="2008-10-17")),
        fails("a principal in an identity policy", "does not take", identity(allow(Principal="*"))),
        fails("a resource in a trust", "a trust policy does not take", trusted(trust(Resource="*"))),
        fails("no principal in a trust", "has no Principal", trusted(allow())),
        fails("no principal in a bucket policy", "has no Principal", bucket_with(allow())),
        fails("no principal in a key policy", "has no Principal", key_with(use_key(Principal=ABSENT))),
        fails("no resource in a bucket policy", "has no Resource", bucket_with(tls_only(Resource=ABSENT))),
        fails("no resource in an endpoint policy", "has no Resource", endpoint_with(through_endpoint(Resource=ABSENT))),
        fails(
            "a wildcard in a principal",
            "takes no wildcards",
            bucket_with(tls_only(Principal=ANY_ROOT)),
        ),
        fails(
            "more problems than one reads",
            "1 further problems",
            identity(*SIX),
        ),
        absent("no Version", "Version is not 2012-10-17", changed(Version=ABSENT)),
        absent("no document", None, bucket_policy(policy=ABSENT)),
        unknown("the plan is read", "must be Allow or Deny", *first_preview(UNREAD, allow(Effect="allow"))),
        unknown(
            "a plan with references",
            None,
            *first_preview(UNREAD, allow(Resource=SUBNET)),
        ),
        unknown("without a plan another rule refuses it", None, UNREAD),
    ],
    "iam-policy-fits-size-limit": [
        passes("the baseline", identity(allow())),
        passes("just at it", identity(long(FILLER))),
        passes("white space in an identity policy", said(as_text(document(allow())) + " " * 7000)),
        passes("another quota", bucket_with(tls_only(), long(7000))),
        passes("a listed quota", identity(long(7000)), options={"managedPolicyMax": 8000}),
        fails("just above", "6145 characters are more than the 6144 of a managed policy", identity(long(FILLER + 1))),
        fails("an object", "of a managed policy", said(document(long(7000)))),
        fails("a bucket policy", "20480 of a bucket policy", bucket_with(long(21000))),
        fails(
            "white space in a bucket policy",
            "of a bucket policy",
            bucket_policy(policy=as_text(document(tls_only())) + BLANK),
        ),
        fails("a key policy", "32768 of a key policy", key_with(long(33000))),
        fails("an endpoint policy", "20480 of an endpoint policy", endpoint_with(long(21000))),
        fails("a trust policy", "2048 of a trust policy", trusted(long(2000))),
        fails("inline policies together", "10240 of the inline policies of a role together", inline(6000, 5000)),
        fails(
            "inline, beside",
            "of a role together",
            inline_on("RolePolicy", 11000),
        ),
        fails(
            "inline, of a group",
            "of a group together",
            inline_on("GroupPolicy", 5100),
        ),
        fails(
            "inline, of a user",
            "of a user together",
            inline_on("UserPolicy", 2048),
        ),
        fails(
            "of the organization",
            "5120 of a policy of the organization",
            component(SCP, "a", content=as_text(document(long(5100)))),
        ),
        absent("no document", None, bucket_policy(policy=ABSENT)),
        unknown("the plan is measured", "of a managed policy", *first_preview(UNREAD, long(7000))),
        unknown("with references as long as ids", "of a managed policy", *first_preview(UNREAD, *KEYS)),
        unknown("without a plan another rule refuses it", None, UNREAD),
    ],
}
