"""Cases of the rule about references: each stands for the resource that it names."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.policy_pack.baselines import bucket_policy, endpoint, group, key, role, subnet
from tests.policy_pack.document_baselines import (
    S3_ENDPOINT,
    TO_S3,
    as_text,
    bucket_via_endpoint,
    bucket_with,
    document,
    objects_via_endpoint,
    outside,
    planned,
    tls_only,
    use_key,
)
from tests.policy_pack.harness import ABSENT, UNKNOWN, Case, absent, below, component, fails, passes, taken, unknown

if TYPE_CHECKING:
    from preview.pack_messages import PackResource

PLAN = document(tls_only(), objects_via_endpoint(), bucket_via_endpoint())
ROLE = "aws:iam/role:Role|alice-notebook-role|tags"
GROUP = "aws:ec2/securityGroup:SecurityGroup|alice-group"
TAGS = {"plannedTags": {ROLE: {"security-group": "{{security-group/alice}}"}}}
TO_GROUP = {"plannedReferences": {"security-group/alice": GROUP}}
TENANT = "closed-sagemaker:tenant:TenantAccess"


def rendered(name: str = "vpce-0a", plan: object = PLAN) -> str:
    """Return the plan as text, its endpoint having an id."""
    return json.dumps(plan).replace("{{endpoint/s3}}", name)


def tenant(tags: object, **inputs: object) -> tuple[PackResource, ...]:
    """Return a tenant's component and its role, which carries tags."""
    parent = component(TENANT, "tenant-alice", **{**TAGS, **TO_GROUP, **inputs})
    return parent, below(parent, role(tags=tags))


def in_stack(target: PackResource, said: object = UNKNOWN, **references: str) -> tuple[PackResource, ...]:
    """Return a planned bucket policy and the resource that its reference names."""
    to = references or TO_S3
    parent, child = planned(bucket_policy(policy=said), PLAN, plannedReferences=to)
    return target, parent, taken(child, policy=target)


def s3(**changes: object) -> PackResource:
    """Return the S3 endpoint as it stands in the stack."""
    return endpoint("endpoints-s3", **{"serviceName": "com.amazonaws.ap-northeast-1.s3", **changes})


def one_reference(name: str, target: PackResource) -> tuple[PackResource, ...]:
    """Return a component that explains one reference, below which nothing is planned, and its target."""
    to = {name: f"{target.type}|{target.name}"}
    return target, component(TENANT, "tenant-alice", plannedReferences=to)


KEY_OF_BOB = {
    "plannedTags": {ROLE: {"data-key": "{{key/tenant/bob}}"}},
    "plannedReferences": {"key/tenant/bob": "aws:kms/key:Key|own"},
}
KEPT_GROUP = {"user": "alice", "security-group": "sg-0a"}
FIRST_GROUP = {"user": "alice", "security-group": UNKNOWN}

LESS = document(tls_only())
SUBNET_A = {"plannedReferences": {"subnet/a": "aws:ec2/subnet:Subnet|subnet-a"}}
ON_A_SUBNET = tenant(
    {"user": "alice", "subnet-1": "subnet-1"}, plannedTags={ROLE: {"subnet-1": "{{subnet/a}}"}}, **SUBNET_A
)
BOTH = document(objects_via_endpoint(Condition=outside(endpoint_id="{{endpoint/s3}}-{{other/two}}")))
TWO_REFERENCES = planned(
    bucket_policy(policy=json.dumps(BOTH).replace("{{endpoint/s3}}-{{other/two}}", "vpce-0a-sg-1")),
    BOTH,
    plannedReferences={**TO_S3, "other/two": "aws:ec2/securityGroup:SecurityGroup|two"},
)


def without_references(said: object) -> tuple[PackResource, ...]:
    """Return a planned document that holds no reference, taken from somewhere."""
    parent, child = planned(bucket_policy(policy=said), document(tls_only()))
    return s3(), parent, taken(child, policy=s3())


CASES: dict[str, list[Case]] = {
    "iam-planned-reference-names-its-resource": [
        passes("its own id", *in_stack(s3(id="vpce-0a"), rendered())),
        passes("an endpoint of its service", *one_reference("endpoint/s3", s3())),
        passes("the interface beside it", *one_reference("endpoint/s3-interface", s3(vpcEndpointType="Interface"))),
        fails(
            "the gateway as the interface beside it",
            "whose vpcEndpointType says otherwise",
            *one_reference("endpoint/s3-interface", s3(vpcEndpointType="Gateway")),
        ),
        passes("a subnet of its zone", *one_reference("subnet/apne1-az1", subnet(availabilityZoneId="apne1-az1"))),
        passes(
            "a tenant's group", *one_reference("security-group/alice", group("alice-group", tags={"user": "alice"}))
        ),
        passes("a shared group", *one_reference("security-group/workload", group())),
        passes("a tenant's own key", *one_reference("key/tenant/alice", key("own", tags={"user": "alice"}))),
        passes("a shared key", *one_reference("key/data", key())),
        fails(
            "another tenant's own key",
            "tags.user says",
            *one_reference("key/tenant/alice", key("own", tags={"user": "bob"})),
        ),
        fails("a shared key as a tenant's", "tags.user says", *one_reference("key/tenant/alice", key())),
        fails(
            "a tenant's own key as a shared one",
            "tags.user says",
            *one_reference("key/data", key("own", tags={"user": "alice"})),
        ),
        fails(
            "a tag with the id of another tenant's key",
            "is not the key of the role's own tenant",
            key("own", id="mrk-0b", tags={"user": "bob"}),
            *tenant({"user": "alice", "data-key": "mrk-0b"}, **KEY_OF_BOB),
        ),
        fails(
            "a tag that nobody planned",
            "tags.data-key is not planned",
            group("alice-group", id="sg-0a", tags={"user": "alice"}),
            *tenant({**KEPT_GROUP, "data-key": "mrk-0b"}),
        ),
        passes("a name of another program", *one_reference("thing/other", group())),
        passes("a tag with its own id", group("alice-group", id="sg-0a", tags={"user": "alice"}), *tenant(KEPT_GROUP)),
        fails(
            "another's id",
            "{{endpoint/s3}} stands for the id of another resource",
            *in_stack(s3(id="vpce-0b"), rendered()),
        ),
        fails(
            "a resource that is not there",
            "which the stack does not hold",
            *in_stack(s3(), **{"endpoint/s3": S3_ENDPOINT + "x"}),
            on="raw",
            deferred=("policy",),
        ),
        fails("another type", "which is no aws:ec2/vpcEndpoint:VpcEndpoint", *one_reference("endpoint/s3", group())),
        fails("another service", "whose serviceName says otherwise", *one_reference("endpoint/logs", s3())),
        fails("another zone", "availabilityZoneId says", *one_reference("subnet/a", subnet(availabilityZoneId="b"))),
        fails(
            "another tenant's group",
            "tags.user says",
            *one_reference("security-group/alice", group("b", tags={"user": "bob"})),
        ),
        fails("a shared group as a tenant's", "tags.user says", *one_reference("security-group/alice", group())),
        fails(
            "a tenant's as a shared group",
            "tags.user says",
            *one_reference("security-group/workload", group("a", tags={"user": "alice"})),
        ),
        fails(
            "one name for two resources",
            "{{key/data}} stands for aws:kms/key:Key|a elsewhere",
            component("aws:kms/key:Key", "a"),
            component("aws:kms/key:Key", "b"),
            component("closed-sagemaker:data:DataBucket", "raw", plannedReferences={"key/data": "aws:kms/key:Key|a"}),
            component(
                "closed-sagemaker:data:DataBucket", "results", plannedReferences={"key/data": "aws:kms/key:Key|b"}
            ),
        ),
        fails(
            "two names for one resource",
            "stand for the same aws:kms/key:Key|a",
            component("aws:kms/key:Key", "a"),
            component(
                TENANT, "x", plannedReferences={"key/data": "aws:kms/key:Key|a", "key/logs": "aws:kms/key:Key|a"}
            ),
        ),
        fails(
            "a tag with another's id",
            "tags.security-group holds the id of another",
            group("alice-group", id="sg-0b", tags={"user": "alice"}),
            *tenant(KEPT_GROUP),
        ),
        fails(
            "another tenant's group on a role",
            "not the group of the role's own tenant",
            group("alice-group", id="sg-0a", tags={"user": "alice"}),
            *tenant({**KEPT_GROUP, "user": "bob"}),
        ),
        absent("no reference", None, bucket_with(use_key())),
        absent("no zone", "availabilityZoneId says", *one_reference("subnet/a", subnet())),
        unknown("in a first preview ids do not exist", None, *in_stack(s3(id=UNKNOWN)), deferred=("policy",)),
        unknown(
            "nor do tags",
            None,
            group("alice-group", tags={"user": "alice"}),
            *tenant(FIRST_GROUP),
            deferred=("tags.security-group",),
        ),
        unknown(
            "a zone that is chosen by AWS",
            None,
            *one_reference("subnet/a", subnet(availabilityZoneId=UNKNOWN)),
            deferred=("availabilityZoneId",),
        ),
        unknown("at the update it must be known", "is still not known", *in_stack(s3(id="vpce-0a")), update=True),
        passes("a document without references", *planned(bucket_with(tls_only()), document(tls_only()))),
        passes("what the program left out, as its output is AWS' own", *planned(bucket_policy(policy=UNKNOWN), PLAN)),
        passes("another tag than the group's", subnet("subnet-a", id="subnet-1", availabilityZoneId="a"), *ON_A_SUBNET),
        fails(
            "another document", "policy says something else than its plan", *in_stack(s3(id="vpce-0a"), as_text(LESS))
        ),
        fails(
            "another document without references",
            "policy says something else",
            *planned(bucket_with(bucket_via_endpoint()), document(tls_only())),
        ),
        absent("no service", "whose serviceName says otherwise", *one_reference("endpoint/s3", s3(serviceName=ABSENT))),
        unknown(
            "a tag whose group is not known",
            "tags.security-group is not known, and is still not known",
            group("alice-group", tags={"user": "alice"}),
            *tenant(KEPT_GROUP),
            update=True,
        ),
        unknown(
            "a document without references is waited for by another rule",
            None,
            *without_references(UNKNOWN),
        ),
        unknown(
            "one of two ids",
            "policy is not known, and is still not known",
            s3(id="vpce-0a"),
            group("two"),
            *TWO_REFERENCES,
            update=True,
        ),
    ],
}
