"""What the proofs are told of the stack: every policy that counts, and every one that cannot be read."""

from __future__ import annotations

import json
from typing import Any

import environment
import memory
import plans
import pulumi
import pytest
import stack_config

from tests.policy_pack import harness, whole_stack
from tests.policy_pack.document_baselines import allow, as_text, deny, document
from tests.policy_pack.harness import CONFIG, PROJECT, UNKNOWN, component, given
from tests.policy_pack.small_stacks import READ, WORK_ARN, names, only, read, resource, role, user, work

ALICE = "arn:aws:iam::111122223333:user/people/alice"


@pytest.fixture(autouse=True)
def _stack(stack_of_the_cases: None) -> None:
    """Give every test the stack config of the cases."""


ROLE_ATTACHMENTS = {
    "one by one": ("aws:iam/rolePolicyAttachment:RolePolicyAttachment", {"role": "ml-dev-alice-job"}),
    "for several": ("aws:iam/policyAttachment:PolicyAttachment", {"roles": ["ml-dev-alice-job"]}),
}


@pytest.mark.parametrize(("token", "to"), ROLE_ATTACHMENTS.values(), ids=ROLE_ATTACHMENTS)
def test_a_role_holds_what_is_attached_to_it(token: str, to: dict[str, Any]) -> None:
    found = only(read(work(), role(), resource(token, "attached", policyArn=WORK_ARN, **to)))
    assert names(found) == {"work"}
    assert found.problems == ()


def test_a_role_holds_what_is_attached_exclusively_listed_on_itself_and_written_inline() -> None:
    listed = resource(
        "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
        "listed",
        roleName="ml-dev-alice-job",
        policyArns=[WORK_ARN],
    )
    beside = resource("aws:iam/rolePolicy:RolePolicy", "beside", role="ml-dev-alice-job", policy=READ)
    own = role(
        managedPolicyArns=["arn:aws:iam::111122223333:policy/second"],
        inlinePolicies=[{"name": "inside", "policy": READ}],
    )
    second = given("aws:iam/policy:Policy", "second", {"name": "second", "path": "/", "policy": READ}, {})
    found = only(read(work(), second, own, listed, beside))
    assert names(found) == {"work", "beside", "second", "job.inlinePolicies[0].policy"}
    assert found.trust is not None


def test_a_user_holds_what_its_groups_hold_by_either_form_of_membership() -> None:
    group = resource("aws:iam/group:Group", "engineers", name="engineers")
    held = resource("aws:iam/groupPolicy:GroupPolicy", "of-engineers", group="engineers", policy=READ)
    listed = resource(
        "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive",
        "listed",
        groupName="engineers",
        policyArns=[WORK_ARN],
    )
    members = resource("aws:iam/groupMembership:GroupMembership", "members", group="engineers", users=["alice"])
    joined = resource("aws:iam/userGroupMembership:UserGroupMembership", "joined", user="alice", groups=["engineers"])
    for membership in (members, joined):
        found = only(read(work(), user(), group, held, listed, membership))
        assert names(found) == {"work", "of-engineers"}
        assert found.groups == {"engineers"}
        assert found.principal.arn == ALICE
    assert names(only(read(work(), user(), group, held, listed))) == set()


def test_a_boundary_is_read_as_a_ceiling_and_not_as_a_grant() -> None:
    found = only(read(work(), role(permissionsBoundary=WORK_ARN)))
    assert found.boundary is not None
    assert found.boundary.name == "work"
    assert found.policies == ()


UNREADABLE = {
    "a policy of AWS is attached": (
        "of AWS, which has no pinned copy",
        {"policyArn": "arn:aws:iam::aws:policy/AmazonSageMakerFullAccess"},
    ),
    "a policy of nobody knows whom is attached": (
        "that this stack does not make",
        {"policyArn": "arn:aws:iam::111122223333:policy/elsewhere"},
    ),
    "an ARN is not known yet": ("ARN is not known yet", {"policyArn": UNKNOWN}),
    "the holder is not known yet": ("somebody who is not known yet", {"policyArn": WORK_ARN, "role": UNKNOWN}),
}


@pytest.mark.parametrize(("says", "changes"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_a_problem_of_the_role(says: str, changes: dict[str, Any]) -> None:
    inputs = {"role": "ml-dev-alice-job", **changes}
    attached = resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "attached", **inputs)
    found = only(read(work(), role(), attached))
    assert any(says in problem for problem in found.problems), found.problems


def test_a_document_that_does_not_parse_is_a_problem_and_no_policy() -> None:
    strange = as_text(document(deny(Effect="Perhaps")))
    beside = resource("aws:iam/rolePolicy:RolePolicy", "beside", role="ml-dev-alice-job", policy=strange)
    found = only(read(role(), beside))
    assert names(found) == set()
    assert any("beside cannot be read" in problem for problem in found.problems)


def test_a_membership_that_is_not_known_is_a_problem_of_every_user() -> None:
    members = resource("aws:iam/groupMembership:GroupMembership", "members", group="engineers", users=[UNKNOWN])
    assert only(read(user(), members)).problems == ("members joins users and groups that are not known yet",)


def test_tags_that_are_not_known_are_a_problem_unless_they_are_planned() -> None:
    tagged = role(tags={"user": "alice", "security-group": UNKNOWN})
    assert only(read(tagged)).problems == ("the tag security-group of job is not known yet",)
    planner = component(
        "closed-sagemaker:tenant:TenantAccess",
        "tenant-alice",
        plannedReferences={"security-group/alice": "aws:ec2/securityGroup:SecurityGroup|group"},
        plannedTags={"aws:iam/role:Role|job|tags": {"security-group": "{{security-group/alice}}"}},
    )
    planned = only(read(planner, harness.below(planner, tagged)))
    assert planned.problems == ()
    assert planned.tags["security-group"] == "{{security-group/alice}}"


def test_a_reference_becomes_the_id_as_soon_as_it_is_known() -> None:
    plan = document(allow(Condition={"StringEquals": {"aws:SourceVpce": ["{{endpoint/s3}}"]}}))
    planner = component(
        "closed-sagemaker:tenant:TenantPolicies",
        "tenants",
        plannedDocuments={"aws:iam/policy:Policy|work|policy": plan},
        plannedReferences={"endpoint/s3": "aws:ec2/vpcEndpoint:VpcEndpoint|s3"},
    )
    holder = role(managedPolicyArns=[WORK_ARN])
    coming = harness.below(planner, work(policy=UNKNOWN))
    for known, called in ((UNKNOWN, "{{endpoint/s3}}"), ("vpce-1", "vpce-1")):
        endpoint = resource("aws:ec2/vpcEndpoint:VpcEndpoint", "s3", id=known, serviceName="com.amazonaws.r.s3")
        found = read(planner, coming, holder, endpoint)
        (policy,) = only(found).policies
        assert policy.statements[0].conditions[0].texts == (called,)
        assert [one.called for one in found.endpoints] == [called]


def test_a_bucket_has_the_policy_that_stands_beside_it() -> None:
    bucket = resource("aws:s3/bucket:Bucket", "raw", bucket="ml-dev-raw-7f3a")
    statement = {**allow(), "Principal": "*"}
    policy = resource("aws:s3/bucketPolicy:BucketPolicy", "raw-policy", bucket="ml-dev-raw-7f3a")
    held = harness.given(policy.type, policy.name, policy.properties, {"policy": as_text(document(statement))})
    (found,) = read(bucket, held).buckets
    assert found.called == "arn:aws:s3:::ml-dev-raw-7f3a"
    assert found.policy is not None
    (bare,) = read(bucket).buckets
    assert bare.policy is None
    assert bare.problems == ()
    (twice,) = read(harness.given(bucket.type, "raw", bucket.properties, {"policy": READ}), held).buckets
    assert twice.problems != ()


@pytest.mark.parametrize("mode", ["first", "deployed"])
def test_the_whole_program_can_be_read(mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    recording = whole_stack.recorded(mode=mode)
    monkeypatch.setattr(pulumi.runtime, "get_config", CONFIG.get)
    found = environment.read_stack(whole_stack.observed(recording))
    assert len(found.by_arn) == len(found.identities) >= 6
    assert [one.problems for one in found.identities if one.problems] == []
    guarded = (*found.buckets, *found.keys, *found.endpoints, *found.others)
    assert [one.name for one in guarded if one.policy is None or one.problems] == []
    roles = [one for one in found.identities if one.path == "/tenants/alice/"]
    assert all(one.boundary and one.trust and len(one.policies) > 4 and one.is_role for one in roles)
    text = json.dumps([policy.to_dict() for one in found.identities for policy in one.policies])
    assert ("{{" in text) == (mode == "first")


def test_what_was_read_before_belongs_to_another_run() -> None:
    read(component("closed-sagemaker:tenant:TenantAccess", "old", plannedReferences={"a": "b|c"}))
    read(role())
    assert plans.everywhere() == ()
    assert memory.registered(harness.urn_of(role())) is not None
    assert stack_config.project() == PROJECT


def test_of_two_resources_with_one_name_nobody_knows_which_is_in_force() -> None:
    again = given("aws:iam/policy:Policy", "again", {"name": "ml-dev-tenant-work", "path": "/", "policy": READ}, {})
    assert only(read(work(), again, role(managedPolicyArns=[WORK_ARN]))).problems == (
        f"two resources of the stack make the policy {WORK_ARN}",
    )
    second = given(role().type, "second", role().properties, {"name": "ML-DEV-alice-job"})
    found = read(role(), second).identities
    assert [one.problems for one in found] == [("two resources of the stack make this role or user",)] * 2
    buckets = [resource("aws:s3/bucket:Bucket", name, bucket="ml-dev-raw-7f3a") for name in ("raw", "more")]
    assert len(read(*buckets).problems) == len(buckets)
