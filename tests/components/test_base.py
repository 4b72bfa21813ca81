"""Plans, references and what every component shares (promise P2)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws
import pytest

from components.base import BoundReference, Plan, PlannedDocument, PlatformComponent, output_names, token_of
from components.documents.model import Effect, Statement, document

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.components.recording import Recording

PLACE = "aws:iam/policy:Policy|p|policy"


def planned(*resources: str) -> PlannedDocument:
    statement = Statement(sid="A", effect=Effect.DENY, actions=("s3:*",), resources=resources)
    return PlannedDocument(kind=aws.iam.Policy, logical_name="p", property_path="policy", document=document(statement))


class Holder(PlatformComponent):
    """A VPC and a policy that names it."""

    def __init__(self, name: str, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("closed-sagemaker:test:Holder", name, {}, opts)
        self._vpc = aws.ec2.Vpc("v", cidr_block="10.0.0.0/16", opts=self.child_options(protect=True))
        bound = BoundReference.to("vpc", self._vpc)
        plan = Plan([planned("{{vpc}}", "x-{{vpc}}-y")], {"vpc": bound})
        self.rendered = plan.rendered(aws.iam.Policy, "p", "policy")
        aws.iam.Policy("p", name="p", policy=self.rendered, opts=self.child_options())
        self.publish(bound)

    @property
    def vpc_id(self) -> pulumi.Output[str]:
        """Return the id."""
        return self._vpc.id


def test_a_document_is_rendered_with_the_id_of_the_resource_that_its_reference_names(
    run: Callable[..., Recording],
) -> None:
    policy = run(lambda: Holder("h")).one("aws:iam/policy:Policy")
    assert json.loads(policy.inputs["policy"])["Statement"][0]["Resource"] == ["id-of-v", "x-id-of-v-y"]
    assert policy.through["policy"] == {"v"}


def test_a_document_without_references_is_plain_text_at_preview() -> None:
    rendered = Plan([planned("a")]).rendered(aws.iam.Policy, "p", "policy")
    assert isinstance(rendered, str)
    assert json.loads(rendered)["Statement"][0]["Resource"] == ["a"]


def test_a_plan_tells_documents_and_only_the_references_that_they_hold() -> None:
    vpc = BoundReference.coming("vpc", aws.ec2.Vpc, "v")
    other = BoundReference.coming("key/data", aws.kms.Key, "k")
    inputs = Plan([planned("{{vpc}}")], {"vpc": vpc, "key/data": other}).inputs()
    assert set(inputs) == {"plannedDocuments", "plannedReferences"}
    assert inputs["plannedDocuments"][PLACE]["Statement"][0]["Resource"] == ["{{vpc}}"]
    assert inputs["plannedReferences"] == {"vpc": "aws:ec2/vpc:Vpc|v"}


def test_a_plan_tells_references_that_only_tags_hold() -> None:
    group = BoundReference.coming("security-group/alice", aws.ec2.SecurityGroup, "g")
    tags = {"aws:iam/role:Role|r|tags": {"security-group": "{{security-group/alice}}"}}
    inputs = Plan([], {group.name: group}, tags).inputs()
    assert inputs["plannedTags"] == tags
    assert inputs["plannedReferences"] == {"security-group/alice": "aws:ec2/securityGroup:SecurityGroup|g"}


def test_documents_and_tags_with_a_reference_that_nothing_is_bound_to_are_refused() -> None:
    with pytest.raises(ValueError, match="name endpoint/s3, which no resource is bound to"):
        Plan([planned("{{endpoint/s3}}")])
    with pytest.raises(ValueError, match="name security-group/bob, which no resource is bound to"):
        Plan([], {}, {"aws:iam/role:Role|r|tags": {"security-group": "{{security-group/bob}}"}})


def test_a_document_is_not_rendered_before_its_resource_exists() -> None:
    plan = Plan([planned("{{vpc}}")], {"vpc": BoundReference.coming("vpc", aws.ec2.Vpc, "v")})
    with pytest.raises(ValueError, match="p: vpc does not exist yet"):
        plan.rendered(aws.iam.Policy, "p", "policy")


def test_two_documents_for_one_place_are_refused() -> None:
    with pytest.raises(ValueError, match="planned twice"):
        Plan([planned("a"), planned("b")])


def test_caller_options_stay_with_the_component(run: Callable[..., Recording]) -> None:
    outer = run(lambda: Holder("inner", pulumi.ResourceOptions(parent=Holder2("outer"))))
    assert outer.one("closed-sagemaker:test:Holder").parent == "outer"
    assert {each.parent for each in outer.custom()} == {"inner"}
    assert [each.name for each in outer.custom() if each.protect] == ["v"]


class Holder2(PlatformComponent):
    """A component without children."""

    def __init__(self, name: str) -> None:
        super().__init__("closed-sagemaker:test:Holder2", name, {}, None)
        self.publish()


def test_outputs_are_read_only_and_registered_under_their_own_names(run: Callable[..., Recording]) -> None:
    holders: list[Holder] = []
    recording = run(lambda: holders.append(Holder("h")))
    assert recording.outputs["h"] == {"vpc_id": "id-of-v"}
    assert output_names(Holder) == ["vpc_id"]
    with pytest.raises(AttributeError):
        holders[0].vpc_id = "other"  # type: ignore[misc,assignment]  # the point of the test
    with pytest.raises(TypeError):
        holders[0].references["vpc"] = "other"  # type: ignore[index]  # the point of the test


def test_a_token_is_the_one_that_the_class_registers_with() -> None:
    assert token_of(aws.ec2.VpcEndpoint) == "aws:ec2/vpcEndpoint:VpcEndpoint"
