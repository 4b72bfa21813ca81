"""Owners: everything that can carry a tag carries its own `user`."""

from __future__ import annotations

import inspect
import json
from typing import TYPE_CHECKING, Any

import pulumi_aws as aws

if TYPE_CHECKING:
    from tests.components.recording import Recording, Registered

TENANTS = {"alice", "bob", "carol"}
PEOPLE = {"ann": "alice", "ben": "bob", "cleo": "carol"}


def resource_class(token: str) -> Any:
    """Return the class of a token such as ``aws:ec2/vpc:Vpc``."""
    module, name = token.removeprefix("aws:").split("/")[0], token.rsplit(":", maxsplit=1)[-1]
    found = getattr(getattr(aws, module), name)
    assert found.pulumi_type == token
    return found


def is_taggable(token: str) -> bool:
    return "tags" in inspect.signature(resource_class(token)._internal_init).parameters


def owner_by_name(resource: Registered) -> str:
    """Return the tenant in whose component a resource lies, else platform."""
    kind, _, tenant = resource.parent.partition("-")
    if kind == "person":
        return PEOPLE.get(tenant, "platform")
    return tenant if kind in ("tenant", "notebook") and tenant in TENANTS else "platform"


def test_what_can_carry_tags_is_read_from_the_provider() -> None:
    assert is_taggable("aws:ec2/vpc:Vpc")
    assert is_taggable("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
    assert not is_taggable("aws:s3/bucketPolicy:BucketPolicy")


def test_everything_taggable_carries_its_owner_itself(program: Recording) -> None:
    taggable = [each for each in program.custom() if is_taggable(each.type)]
    assert len(taggable) > 30
    for each in taggable:
        assert each.inputs["tags"]["user"] == owner_by_name(each), each.name
        assert each.inputs["tags"]["Name"], each.name


def test_owners_are_known_in_a_first_preview(previewed: Recording) -> None:
    for each in previewed.custom():
        if is_taggable(each.type):
            assert each.inputs["tags"]["user"] == owner_by_name(each), each.name


def test_every_tenant_owns_two_roles_a_group_a_notebook_and_its_person(program: Recording) -> None:
    for tenant in TENANTS:
        owned = [each for each in program.custom() if each.inputs.get("tags", {}).get("user") == tenant]
        types = sorted(each.type.split(":")[-1] for each in owned)
        assert types == [
            "NotebookInstance",
            "Role",
            "Role",
            "SecurityGroup",
            "SecurityGroupEgressRule",
            "SecurityGroupIngressRule",
            "User",
        ]


def test_no_tag_but_the_providers_own_three_comes_from_the_provider(program: Recording) -> None:
    provider = program.one("pulumi:providers:aws", "aws")
    assert json.loads(provider.inputs["defaultTags"]) == {
        "tags": {"environment": "dev", "project": "closed-sagemaker", "managed-by": "pulumi"}
    }
