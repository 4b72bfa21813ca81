"""The stand-in refuses what mocks let pass; otherwise the tests beside it prove nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws
import pytest

from components.base import PlatformComponent
from tests.components.recording import NotAllowedError, Recording

if TYPE_CHECKING:
    from collections.abc import Callable


class Part(PlatformComponent):
    """A component for these tests."""

    def __init__(self, name: str) -> None:
        super().__init__("closed-sagemaker:test:Part", name, {}, None)

    def vpc(self, name: str) -> aws.ec2.Vpc:
        return aws.ec2.Vpc(name, cidr_block="10.0.0.0/16", opts=self.child_options())


def test_a_resource_registered_twice_is_refused(run: Callable[..., Recording]) -> None:
    def program() -> None:
        Part("a").vpc("vpc")
        Part("b").vpc("vpc")

    with pytest.raises(NotAllowedError, match="registered twice"):
        run(program)


def test_a_resource_that_belongs_to_no_component_is_refused(run: Callable[..., Recording]) -> None:
    with pytest.raises(NotAllowedError, match="hangs off the stack"):
        run(lambda: aws.ec2.Vpc("vpc", cidr_block="10.0.0.0/16"))


def test_a_look_up_is_refused(run: Callable[..., Recording]) -> None:
    with pytest.raises(NotAllowedError, match="looks up aws:index/getRegion"):
        run(lambda: aws.get_region_output().region)


def test_a_resource_that_is_read_is_refused(run: Callable[..., Recording]) -> None:
    def program() -> None:
        aws.ec2.Vpc.get("vpc", "vpc-1", opts=pulumi.ResourceOptions(parent=Part("a")))

    with pytest.raises(NotAllowedError, match="reads aws:ec2/vpc:Vpc"):
        run(program)


def test_registrations_are_drained_before_anything_is_asserted(run: Callable[..., Recording]) -> None:
    recording = run(lambda: Part("a").vpc("vpc"))
    assert {each.name for each in recording.resources} == {"a", "vpc"}


def test_a_program_that_raises_is_not_swallowed(run: Callable[..., Recording]) -> None:
    def program() -> None:
        raise LookupError("from the program")

    with pytest.raises(LookupError, match="from the program"):
        run(program)
