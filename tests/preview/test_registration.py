"""Resources are registered as the engine registers them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pulumi.runtime.proto import resource_pb2

from preview import in_process
from preview.errors import PreviewError
from preview.providers import DefaultProviders
from preview.registration import Registrations
from preview.state import StackContext, State
from preview.transforms import Transforms
from preview.values import UNKNOWN, Asset, Reference, Secret

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PREFIX = "urn:pulumi:dev::demo::"


def urns_of(values: tuple[str, ...]) -> list[str]:
    return [value.removeprefix(PREFIX) for value in values]


def test_urns_carry_the_types_of_parents(program: Callable[..., Path]) -> None:
    recorded = in_process.run(
        program("""
        outer = Component("outer", opts=ResourceOptions(providers=[provider]))
        inner = Component("inner", opts=ResourceOptions(parent=outer))
        Resource("leaf", opts=ResourceOptions(parent=inner))
        Resource("alone", opts=ResourceOptions(provider=provider))
        """)
    )
    assert sorted(urns_of(tuple(recorded.states))) == [
        "aws:ec2/vpc:Vpc::alone",
        "demo:part:Component$demo:part:Component$aws:ec2/vpc:Vpc::leaf",
        "demo:part:Component$demo:part:Component::inner",
        "demo:part:Component::outer",
        "pulumi:providers:aws::main",
        "pulumi:pulumi:Stack::demo-dev",
    ]


def test_children_inherit_provider_and_protection(program: Callable[..., Path]) -> None:
    recorded = in_process.run(
        program("""
        outer = Component("outer", opts=ResourceOptions(providers=[provider], protect=True))
        inner = Component("inner", opts=ResourceOptions(parent=outer))
        Resource("leaf", opts=ResourceOptions(parent=inner))
        Resource("free", opts=ResourceOptions(parent=inner, protect=False))
        """)
    )
    leaf, free = recorded.named("leaf").goal, recorded.named("free").goal
    assert leaf.provider.startswith(f"{PREFIX}pulumi:providers:aws::main::")
    assert (leaf.protect, free.protect, recorded.named("inner").goal.protect) == (True, False, True)


def test_a_default_provider_takes_the_configuration_of_its_package(program: Callable[..., Path]) -> None:
    recorded = in_process.run(program('Resource("a", opts=ResourceOptions(version="7.1.0"))\nResource("b")'))
    versioned, plain = recorded.named("default_7_1_0"), recorded.named("default")
    assert versioned.inputs == {"region": "ap-northeast-1", "version": "7.1.0"}
    assert plain.inputs == {"region": "ap-northeast-1"}
    assert recorded.named("a").goal.provider.startswith(versioned.urn)


def test_a_resource_that_misses_the_explicit_provider_is_refused(program: Callable[..., Path]) -> None:
    folder = program('Resource("a")', {"pulumi:disable-default-providers": ["aws"], "aws:region": "eu-west-1"})
    with pytest.raises(PreviewError) as raised:
        in_process.run(folder)
    assert raised.value.message == (
        f"Default provider for 'aws' disabled. '{PREFIX}aws:ec2/vpc:Vpc::a' must use an explicit provider."
    )


def test_dependencies_are_known_as_a_whole_and_by_property(program: Callable[..., Path]) -> None:
    recorded = in_process.run(
        program("""
        options = ResourceOptions(provider=provider)
        one = Resource("one", opts=options)
        two = Resource("two", opts=options)
        Resource("three", {"vpcId": one.id, "tree": {"deep": [one.arn]}, "text": "x"},
                 ResourceOptions(provider=provider, depends_on=[two]))
        """)
    )
    goal = recorded.named("three").goal
    assert urns_of(goal.dependencies) == ["aws:ec2/vpc:Vpc::one", "aws:ec2/vpc:Vpc::two"]
    found = {name: urns_of(listed) for name, listed in goal.property_dependencies.items() if listed}
    assert found == {"vpcId": ["aws:ec2/vpc:Vpc::one"], "tree": ["aws:ec2/vpc:Vpc::one"]}


def test_depending_on_a_component_means_its_children(program: Callable[..., Path]) -> None:
    recorded = in_process.run(
        program("""
        part = Component("part", opts=ResourceOptions(providers=[provider]))
        Resource("child", opts=ResourceOptions(parent=part))
        Resource("after", opts=ResourceOptions(provider=provider, depends_on=[part]))
        """)
    )
    assert urns_of(recorded.named("after").goal.dependencies) == ["demo:part:Component$aws:ec2/vpc:Vpc::child"]


def test_ids_are_unknown_first_and_stand_ins_when_deployed(program: Callable[..., Path]) -> None:
    folder = program("""
        vpc = Resource("vpc", opts=ResourceOptions(provider=provider))
        Resource("user", {"vpcId": vpc.id}, ResourceOptions(provider=provider))
        pulumi.export("id", vpc.id)
        """)
    first = in_process.run(folder, mode="first")
    assert first.named("user").inputs["vpcId"] == UNKNOWN
    assert first.outputs == {"id": UNKNOWN}
    deployed = in_process.run(folder, mode="deployed")
    assert deployed.outputs["id"].startswith("vpc-")
    assert deployed.named("user").inputs["vpcId"] == deployed.outputs["id"]
    assert in_process.run(folder, mode="deployed").outputs == deployed.outputs


def test_values_of_every_kind_arrive(program: Callable[..., Path]) -> None:
    recorded = in_process.run(
        program("""
        options = ResourceOptions(provider=provider)
        vpc = Resource("vpc", opts=options)
        part = Component("part")
        Resource("all", {
            "secret": pulumi.Output.secret({"deep": "hidden"}), "text": pulumi.StringAsset("content"),
            "files": pulumi.AssetArchive({"a": pulumi.StringAsset("b")}), "resource": vpc, "component": part,
            "none": None, "number": 4, "flag": False,
        }, options)
        """)
    )
    inputs = recorded.named("all").inputs
    assert inputs["secret"] == Secret({"deep": "hidden"})
    assert isinstance(inputs["text"], Asset)
    assert inputs["text"].fields["text"] == "content"
    assert inputs["files"].fields["assets"]["a"].fields["text"] == "b"
    assert inputs["resource"] == Reference(f"{PREFIX}aws:ec2/vpc:Vpc::vpc", UNKNOWN)
    assert inputs["component"] == Reference(f"{PREFIX}demo:part:Component::part")
    assert "none" not in inputs
    assert (inputs["number"], inputs["flag"]) == (4.0, False)


def test_options_reach_the_goal(program: Callable[..., Path]) -> None:
    recorded = in_process.run(
        program("""
        hook = pulumi.ResourceHook("told", lambda args: None)
        Resource("one", {"password": "p"}, ResourceOptions(
            provider=provider, ignore_changes=["tags"], delete_before_replace=True, retain_on_delete=True,
            additional_secret_outputs=["password"], aliases=[pulumi.Alias(name="old")], replace_on_changes=["x"],
            custom_timeouts=pulumi.CustomTimeouts(create="1h30m", delete="90s"),
            hooks=pulumi.ResourceHookBinding(before_create=[hook])))
        """)
    )
    state = recorded.named("one")
    goal = state.goal
    assert (goal.ignore_changes, goal.delete_before_replace, goal.retain_on_delete) == (("tags",), True, True)
    assert (goal.timeouts.create, goal.timeouts.update, goal.timeouts.delete) == (5400, 0, 90)
    assert goal.hooks == {"before_create": ("told",)}
    assert state.outputs["password"] == Secret("p")


def test_transforms_run_from_the_resource_up_to_the_stack(program: Callable[..., Path]) -> None:
    recorded = in_process.run(
        program("""
        def saying(word):
            def transform(args):
                return pulumi.ResourceTransformResult({**args.props, "heard": [*args.props.get("heard", []), word]},
                                                      args.opts)
            return transform

        pulumi.runtime.register_resource_transform(saying("stack"))
        part = Component("part", opts=ResourceOptions(providers=[provider], transforms=[saying("part")]))
        one = Resource("one", opts=ResourceOptions(parent=part))
        Resource("two", {}, ResourceOptions(parent=part, transforms=[saying("own")]))
        """)
    )
    two = recorded.named("two")
    assert recorded.named("one").inputs["heard"] == ["part", "stack"]
    assert two.inputs["heard"] == ["own", "part", "stack"]


def test_a_transform_sees_output_values_and_keeps_where_they_came_from(program: Callable[..., Path]) -> None:
    recorded = in_process.run(
        program("""
        options = ResourceOptions(provider=provider)
        one = Resource("one", opts=options)
        Resource("two", {"vpcId": one.id, "secret": pulumi.Output.secret("s")},
                 ResourceOptions(provider=provider, transforms=[lambda args: None]))
        """)
    )
    two = recorded.named("two")
    assert (two.inputs["vpcId"], two.inputs["secret"]) == (UNKNOWN, Secret("s"))
    assert urns_of(two.goal.property_dependencies["vpcId"]) == ["aws:ec2/vpc:Vpc::one"]
    assert urns_of(two.goal.dependencies) == ["aws:ec2/vpc:Vpc::one"]


def test_a_transform_that_raises_fails_the_program_with_its_words(program: Callable[..., Path]) -> None:
    source = """
    def refuse(args):
        raise ValueError("not like this")
    Resource("one", opts=ResourceOptions(provider=provider, transforms=[refuse]))
    """
    with pytest.raises(Exception, match="not like this"):
        in_process.run(program(source))


def test_component_outputs_are_those_it_registers(program: Callable[..., Path]) -> None:
    recorded = in_process.run(
        program("""
        Component("told", {"plan": {"a": 1}}, outputs={"seen": pulumi.Output.secret("x")})
        class Silent(pulumi.ComponentResource):
            pass
        Silent("demo:part:Silent", "silent", {"plan": 2})
        """)
    )
    assert recorded.named("told").inputs == {"plan": {"a": 1.0}}
    assert recorded.named("told").outputs == {"seen": Secret("x")}
    assert (recorded.named("silent").inputs, recorded.named("silent").outputs) == ({"plan": 2.0}, {})


def test_an_asynchronous_program_may_return_outputs(program: Callable[..., Path]) -> None:
    recorded = in_process.run(
        program("""
        import asyncio

        async def main():
            await asyncio.sleep(0)
            return {"late": "here"}

        pulumi.run(main)
        """)
    )
    assert recorded.outputs == {"late": "here"}
    assert recorded.named("demo-dev").outputs == {"late": "here"}, "stack policies see them on the stack's own resource"


def test_a_transform_of_the_stack_keeps_a_secret_where_it_lies(program: Callable[..., Path]) -> None:
    recorded = in_process.run(
        program("""
        def unchanged(args):
            return pulumi.ResourceTransformResult(dict(args.props), args.opts)

        pulumi.runtime.register_resource_transform(unchanged)
        Resource("one", {"deep": {"list": ["a", pulumi.Output.secret("s")]}}, ResourceOptions(provider=provider))
        """)
    )
    assert recorded.named("one").inputs["deep"] == {"list": ["a", Secret("s")]}


def test_a_provider_that_is_not_known_yet_fills_in_nothing(program: Callable[..., Path]) -> None:
    folder = program("""
        vpc = Resource("vpc", opts=ResourceOptions(provider=provider))
        late = pulumi.ProviderResource("aws", "late", {"region": vpc.arn})
        Resource("one", {"cidrBlock": "10.0.0.0/8"}, ResourceOptions(provider=late))
        """)
    first = in_process.run(folder).named("one")
    assert (first.inputs, first.outputs, first.id) == ({"cidrBlock": "10.0.0.0/8"}, {}, UNKNOWN)
    assert in_process.run(folder, mode="deployed").named("one").inputs["enableDnsSupport"] is True


def test_what_a_program_leaves_unsaid_comes_from_the_parent() -> None:
    """The Python SDK hands protection and providers down itself; other languages leave it to the engine."""
    context = StackContext(project="demo", stack="dev", organization="o", config={})
    defaults = DefaultProviders(context, lambda goal: State(urn="urn:default", goal=goal, inputs={}, id="1"))
    registrations = Registrations(Transforms(), defaults, {})
    urn = f"{PREFIX}aws:ec2/vpc:Vpc::parent"
    provider = f"{PREFIX}pulumi:providers:aws::main::id-1"
    request = resource_pb2.RegisterResourceRequest(
        type="aws:ec2/vpc:Vpc", name="parent", custom=True, provider=provider, protect=True, retainOnDelete=True
    )
    goal, handed = registrations.goal(request)
    registrations.remember(urn, goal, handed, request)
    child = resource_pb2.RegisterResourceRequest(type="aws:ec2/subnet:Subnet", name="c", custom=True, parent=urn)
    inherited, _ = registrations.goal(child)
    assert (inherited.protect, inherited.retain_on_delete, inherited.provider) == (True, True, provider)
    other = resource_pb2.RegisterResourceRequest(
        type="random:index/randomId:RandomId", name="o", custom=True, parent=urn, protect=False
    )
    own, _ = registrations.goal(other)
    assert (own.protect, own.provider) == (False, "urn:default::1")
