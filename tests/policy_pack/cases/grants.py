"""Cases of the rules about what a role carries, by whatever attachment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.policy_pack.baselines import bucket, model, notebook, policy, role
from tests.policy_pack.document_baselines import ACCOUNT, BUCKET, OBJECTS, allow, as_text, deny, document
from tests.policy_pack.harness import ABSENT, UNKNOWN, Case, absent, component, fails, passes, taken, unknown

if TYPE_CHECKING:
    from preview.pack_messages import PackResource

NAME = "ml-dev-alice-notebook"
ARN = f"arn:aws:iam::{ACCOUNT}:policy/ml-dev-tenant-work"
RAW = bucket()
PLATFORM = {"user": "platform"}
BY_NAME = allow(Resource=f"{BUCKET}/users/${{aws:username}}/*")


def work(*statements: dict[str, Any], **changes: Any) -> PackResource:
    """The managed policy of tenants."""
    return policy("work", name="ml-dev-tenant-work", policy=as_text(document(*statements)), **changes)


def attached(arn: Any = ARN, **changes: Any) -> PackResource:
    """The list of what the role carries."""
    kind = "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive"
    return component(kind, "attachments", **{"roleName": NAME, "policyArns": [arn], **changes})


def single(arn: Any = ARN) -> PackResource:
    """One attachment."""
    return component("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "single", role=NAME, policyArn=arn)


def inline(*statements: dict[str, Any]) -> PackResource:
    """A policy beside the role."""
    held = as_text(document(*statements))
    return component("aws:iam/rolePolicy:RolePolicy", "inline", role=NAME, policy=held)


def carries(*statements: dict[str, Any], **changes: Any) -> tuple[PackResource, ...]:
    """The stack with a bucket, in which the tenant's role carries the statements."""
    return RAW, work(*statements), attached(), role(**changes)


def others_role(*statements: dict[str, Any]) -> tuple[PackResource, ...]:
    """The same for a role of the platform."""
    return carries(*statements, path="/", tags=PLATFORM)


READS = allow(Action=["s3:Get*", "sagemaker:Describe*", "s3:PutObject"])

CASES: dict[str, list[Case]] = {
    "iam-role-policy-avoids-username-variable": [
        passes("the tag", *carries(allow(Resource=f"{BUCKET}/users/${{aws:PrincipalTag/user}}/*"))),
        passes("a policy that no role carries", work(BY_NAME), role()),
        passes("a policy of others", attached(ARN.replace(ACCOUNT, "aws")), role()),
        fails("in a list", "statement ReadRaw speaks of aws:username", *carries(BY_NAME)),
        fails("in an attachment", "speaks of aws:username", work(BY_NAME), single(), role()),
        fails("attached inside the role", "speaks of aws:username", work(BY_NAME), role(managedPolicyArns=[ARN])),
        fails("beside the role", "inline: statement ReadRaw", inline(BY_NAME), role()),
        fails(
            "inside the role",
            "statement ReadRaw speaks",
            role(inlinePolicies=[{"name": "own", "policy": as_text(document(BY_NAME))}]),
        ),
        fails(
            "as a condition key", "speaks of", *carries(deny(Condition={"StringNotEquals": {"AWS:UserName": ["ann"]}}))
        ),
        fails(
            "as a value",
            "speaks of",
            *carries(deny(Condition={"StringNotLike": {"s3:prefix": ["${AWS:username}/*"]}})),
        ),
        fails(
            "what is spared",
            "speaks of",
            *carries(deny(Resource=ABSENT, NotResource=f"{BUCKET}/${{aws:username}}/*", Condition=ABSENT)),
        ),
        fails(
            "attached by its output", "speaks of", work(BY_NAME), taken(attached(UNKNOWN), policyArns=work()), role()
        ),
        absent("nothing is attached", None, work(BY_NAME), role()),
        unknown("what is attached must be known", "policyArns[0] is not known", attached(UNKNOWN), role()),
    ],
    "iam-sagemaker-role-has-no-wildcard-action": [
        passes("reads by star, writes by name", *carries(READS)),
        passes("a role of the platform that nobody hands over", *others_role(allow(Action="s3:*", Resource="*"))),
        passes("a Deny of everything", *carries(allow(), deny(Action="*", Resource="*"))),
        passes(
            "a listed bucket", *carries(allow(Resource="arn:aws:s3:::other/*")), options={"allowedBuckets": ["other"]}
        ),
        passes("no S3 at all", *carries(allow(Action="sagemaker:ListModels", Resource="*"))),
        fails("a whole service", "allows s3:*, a star after something else", *carries(allow(Action="s3:*"))),
        fails("everything", "allows *, a star", *carries(allow(Action="*"))),
        fails(
            "a verb that writes", "allows sagemaker:Create*", *carries(allow(Action="sagemaker:Create*", Resource="*"))
        ),
        fails("a star before a verb", "a star", *carries(allow(Action="s3:*Object"))),
        fails("a star as service", "a star", *carries(allow(Action="*:GetObject"))),
        fails("any bucket", "S3 on other buckets than those of the stack", *carries(allow(Resource="*"))),
        fails(
            "S3 among others",
            "S3 on other",
            *carries(allow(Action=["sagemaker:ListModels", "s3:GetObject"], Resource="*")),
        ),
        fails("a leading star", "S3 on other buckets", *carries(allow(Resource="arn:aws:s3:::*sagemaker*"))),
        fails("another bucket", "S3 on other buckets", *carries(allow(Resource="arn:aws:s3:::other/*"))),
        fails("a name that begins alike", "S3 on other buckets", *carries(allow(Resource=f"{BUCKET}*"))),
        fails("one of two", "S3 on other buckets", *carries(allow(Resource=[OBJECTS, "arn:aws:s3:::other/*"]))),
        fails("another role", "sts:AssumeRole on roles that are not listed", *carries(allow(Action="sts:AssumeRole"))),
        passes(
            "a listed role",
            *carries(allow(Action="sts:AssumeRole", Resource=f"arn:aws:iam::{ACCOUNT}:role/reader")),
            options={"allowedRoleArns": [f"arn:aws:iam::{ACCOUNT}:role/reader"]},
        ),
        fails(
            "a role of the platform that a model is given",
            "a star",
            *others_role(allow(Action="s3:*"))[:-1],
            taken(model(), executionRoleArn=role(path="/", tags=PLATFORM)),
            role(path="/", tags=PLATFORM),
        ),
        fails(
            "a role that a notebook is given by ARN",
            "a star",
            *others_role(allow(Action="s3:*"))[:-1],
            notebook(roleArn=f"arn:aws:iam::{ACCOUNT}:role/{NAME}"),
            role(path="/", tags=PLATFORM),
        ),
        fails("beside the role", "inline: statement", RAW, inline(allow(Action="s3:*")), role()),
        absent("a role without policies", None, role()),
        absent("no resource", "S3 on other buckets", *carries(allow(Resource=ABSENT))),
        unknown("what is attached must be known", "policyArns[0] is not known", attached(UNKNOWN), role()),
    ],
}
