"""Cases of the rules about plans: a document can be read before it is made, and is what was planned."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.policy_pack.baselines import bucket_policy, policy, role
from tests.policy_pack.document_baselines import (
    TO_S3,
    allow,
    as_text,
    bucket_via_endpoint,
    bucket_with,
    document,
    first_preview,
    objects_via_endpoint,
    planned,
    tls_only,
    trust,
)
from tests.policy_pack.harness import ABSENT, UNKNOWN, Case, absent, below, component, fails, passes, unknown

if TYPE_CHECKING:
    from preview.pack_messages import PackResource

OPTIONAL = {"plannedDocuments": "optional"}
UNREAD = bucket_policy(policy=UNKNOWN)
PLAN = document(tls_only(), objects_via_endpoint(), bucket_via_endpoint())
ROLE = "aws:iam/role:Role|alice-notebook-role|tags"
GROUP = "aws:ec2/securityGroup:SecurityGroup|alice-group"
TAGS = {"plannedTags": {ROLE: {"security-group": "{{security-group/alice}}"}}}
TO_GROUP = {"plannedReferences": {"security-group/alice": GROUP}}
TENANT = "closed-sagemaker:tenant:TenantAccess"
ZONES = {"subnet/a": "aws:ec2/subnet:Subnet|subnet-a", "subnet/b": "aws:ec2/subnet:Subnet|subnet-b"}


def rendered(name: str = "vpce-0a", plan: object = PLAN) -> str:
    """Return the plan as text, its endpoint having an id."""
    return json.dumps(plan).replace("{{endpoint/s3}}", name)


def holding(said: object, plan: object = PLAN, **more: object) -> tuple[PackResource, ...]:
    """Return the component that planned and the bucket policy that says."""
    return planned(bucket_policy(policy=said), plan, plannedReferences=TO_S3, **more)  # type: ignore[arg-type]  # any JSON


def two(first: str, second: str) -> tuple[PackResource, ...]:
    """Return two components with the same plan whose documents were rendered with these ids."""
    return (*holding(rendered(first)), *_other(rendered(second)))


def _other(said: str) -> tuple[PackResource, ...]:
    child = bucket_policy("results-policy", policy=said)
    place = {"aws:s3/bucketPolicy:BucketPolicy|results-policy|policy": PLAN}
    parent = component("closed-sagemaker:data:DataBucket", "results", plannedDocuments=place, plannedReferences=TO_S3)
    return parent, below(parent, child)


def further_out() -> tuple[PackResource, ...]:
    """Return a bucket policy in a component within the component that planned it."""
    outer, child = holding(rendered())
    inner = below(outer, component(TENANT, "inner"))
    return outer, inner, below(inner, child)


def tenant(tags: object, **inputs: object) -> tuple[PackResource, ...]:
    """Return a tenant's component and its role, which carries tags."""
    parent = component(TENANT, "tenant-alice", **{**TAGS, **TO_GROUP, **inputs})
    return parent, below(parent, role(tags=tags))


def subnets(*names: str) -> dict[str, object]:
    """Return a document that lists subnets."""
    return document(allow(Condition={"ForAnyValue:StringEquals": {"sagemaker:VpcSubnets": list(names)}}))


def listing(said: object, plan: object) -> tuple[PackResource, ...]:
    """Return a policy that lists two subnets, and who planned it."""
    child = policy("network", policy=as_text(said) if isinstance(said, dict) else said)
    return planned(child, plan, plannedReferences=ZONES)  # type: ignore[arg-type]  # any JSON


TWO = subnets("{{subnet/a}}", "{{subnet/b}}")
ONE = subnets("{{subnet/a}}", "subnet-9")
REVERSED = {"Version": "2012-10-17", "Statement": list(reversed(PLAN["Statement"]))}
SHORTER = {"Version": "2012-10-17", "Statement": PLAN["Statement"][:2]}
OTHERWISE = "policy says something else than its plan"
KEPT_GROUP = {"user": "alice", "security-group": "sg-0a"}
FIRST_GROUP = {"user": "alice", "security-group": UNKNOWN}


CASES: dict[str, list[Case]] = {
    "iam-policy-is-known-or-planned": [
        passes("known and planned", *holding(rendered())),
        passes("not known, but planned", *first_preview(UNREAD, tls_only())),
        passes("known, where plans are optional", bucket_with(tls_only()), options=OPTIONAL),
        passes("planned by a component further out", *further_out()),
        passes("a planned tag", *tenant(FIRST_GROUP)),
        passes("a tag that is no id", role(tags={"user": "alice", "team": "sg-team"})),
        fails("known, but not planned", "policy is not among the planned documents", bucket_with(tls_only())),
        fails(
            "known, planned for another resource",
            "not among the planned",
            holding(rendered())[0],
            bucket_with(tls_only()),
        ),
        fails("planned for another property", "not among", *planned(bucket_with(tls_only()), PLAN, "policyDocument")),
        fails(
            "planned beside",
            "not among",
            holding(rendered())[0],
            below(component(TENANT, "x"), bucket_with(tls_only())),
        ),
        fails("a plan that is not known", "neither known nor planned", *planned(UNREAD, UNKNOWN)),  # type: ignore[arg-type]  # any JSON
        fails(
            "a document that is partly known",
            "neither known nor planned",
            bucket_policy(policy={"Version": "2012-10-17", "Statement": [tls_only(Resource=UNKNOWN)]}),
        ),
        fails("a tag without a plan", "tags.security-group holds an id of AWS", role(tags=FIRST_GROUP)),
        fails(
            "an id without a plan",
            "tags.security-group holds an id",
            role(tags={"security-group": "sg-0123456789abcdef0"}),
        ),
        fails("another tag", "tags.subnet-1 holds an id", *tenant({**FIRST_GROUP, "subnet-1": UNKNOWN})),
        absent("no document", None, bucket_policy(policy=ABSENT)),
        absent("no tags", None, role(tags=ABSENT)),
        unknown("nobody has judged it", "policy is neither known nor planned", UNREAD),
        unknown("not even where plans are optional", "neither known nor planned", UNREAD, options=OPTIONAL),
        unknown(
            "an inline one", "inlinePolicies[0].policy is neither", role(tags={}, inlinePolicies=[{"policy": UNKNOWN}])
        ),
        unknown("a trust", "assumeRolePolicy is neither known", role(tags={}, assumeRolePolicy=UNKNOWN)),
        unknown("all tags", "tags are not known", role(tags=UNKNOWN)),
    ],
    "iam-policy-matches-its-plan": [
        passes("as planned", *holding(rendered())),
        passes("as an object", *holding(json.loads(rendered()))),
        passes("in another order", *holding(rendered(plan=REVERSED))),
        passes("a single value", *holding(rendered().replace('["s3:*"]', '"s3:*"'))),
        passes("everybody as AWS", *holding(rendered().replace('"Principal": "*"', '"Principal": {"AWS": ["*"]}'))),
        passes("letter case of an action", *holding(rendered().replace("s3:*", "S3:*"))),
        passes("letter case of a key", *holding(rendered().replace("aws:SourceVpce", "AWS:sourcevpce"))),
        passes("booleans", *holding(rendered().replace('["false"]', "false"))),
        passes("a value twice", *holding(rendered().replace('["vpce-0a"]', '["vpce-0a", "vpce-0a"]'))),
        passes("two subnets in any order", *listing(subnets("subnet-2", "subnet-1"), TWO)),
        passes("the same id everywhere", *two("vpce-0a", "vpce-0a")),
        passes("no plan", bucket_with(tls_only())),
        passes("a tag as planned", *tenant(KEPT_GROUP)),
        fails("a statement less", OTHERWISE, *holding(rendered(plan=SHORTER))),
        fails(
            "a statement more", OTHERWISE, *holding(rendered(plan={**PLAN, "Statement": [*PLAN["Statement"], allow()]}))
        ),
        fails(
            "a statement twice",
            OTHERWISE,
            *holding(rendered(plan={**PLAN, "Statement": [*PLAN["Statement"][:2], PLAN["Statement"][0]]})),
        ),
        fails("Allow for Deny", OTHERWISE, *holding(rendered().replace("Deny", "Allow", 1))),
        fails("an operator", OTHERWISE, *holding(rendered().replace("StringNotEqualsIfExists", "StringEquals"))),
        fails("an action", OTHERWISE, *holding(rendered().replace("s3:*", "s3:Get*", 1))),
        fails("letter case of a resource", OTHERWISE, *holding(rendered().replace("ml-dev-raw", "ml-dev-RAW"))),
        fails(
            "a resource more",
            OTHERWISE,
            *holding(rendered().replace('"Resource": ["', '"Resource": ["arn:aws:s3:::x", "', 1)),
        ),
        fails(
            "a condition less",
            OTHERWISE,
            *holding(rendered().replace('"aws:PrincipalIsAWSService": ["false"]', '"a:b": "c"')),
        ),
        fails("the old language", OTHERWISE, *holding(rendered().replace("2012-10-17", "2008-10-17"))),
        fails("no JSON", OTHERWISE, *holding("not a policy")),
        fails("a wildcard for an id", OTHERWISE, *holding(rendered("*"))),
        fails("a pattern for an id", OTHERWISE, *holding(rendered("vpce-*"))),
        fails("a variable for an id", OTHERWISE, *holding(rendered("${aws:SourceVpce}"))),
        fails("nothing for an id", OTHERWISE, *holding(rendered(""))),
        fails("the reference itself", OTHERWISE, *holding(as_text(PLAN))),
        fails("two ids for one reference", OTHERWISE, *holding(rendered().replace("vpce-0a", "vpce-0b", 1))),
        fails("an id more", OTHERWISE, *holding(rendered().replace('["vpce-0a"]', '["vpce-0a", "vpce-0b"]'))),
        fails("one id for two references", OTHERWISE, *listing(subnets("subnet-1", "subnet-1"), TWO)),
        fails("a literal rendered otherwise", OTHERWISE, *listing(subnets("subnet-1", "subnet-8"), ONE)),
        fails(
            "another id elsewhere", "{{endpoint/s3}} stands for another id than elsewhere", *two("vpce-0a", "vpce-0b")
        ),
        fails(
            "no reference explained",
            "which no planned reference explains",
            *planned(bucket_policy(policy=rendered()), PLAN),
        ),
        fails(
            "another statement for a planned role",
            "assumeRolePolicy says",
            *planned(
                role(assumeRolePolicy=as_text(document(trust(Principal="*"))), tags={}),
                document(trust()),
                "assumeRolePolicy",
            ),
        ),
        fails(
            "a tag with a wildcard",
            "tags.security-group says something else",
            *tenant({**KEPT_GROUP, "security-group": "*"}),
        ),
        fails("a tag left out", "tags.security-group is planned and left out", *tenant({"user": "alice"})),
        absent("no document and no plan", None, bucket_policy(policy=ABSENT)),
        absent("a plan for nothing", "policy is planned and left out", *holding(ABSENT)),
        unknown("decided at the update", None, *first_preview(UNREAD, tls_only()), deferred=("policy",)),
        unknown("a tag, too", None, *tenant(FIRST_GROUP), deferred=("tags.security-group",)),
        unknown("at the update it must be known", "still not known at the update", *holding(UNKNOWN), update=True),
        unknown(
            "what no reference explains is wrong already",
            "no planned reference explains",
            *planned(UNREAD, PLAN),
            deferred=("policy",),
        ),
    ],
}
