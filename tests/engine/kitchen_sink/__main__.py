"""Every feature of a Pulumi program that the preview and the real engine must agree on, once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pulumi
import pulumi_aws as aws

OPTIONS = pulumi.ResourceOptions
ELSEWHERE: list[Any] = []  # what a transform adds as a dependency


class Thing(pulumi.CustomResource):
    """A resource of a provider that nobody knows; `source` is an output that only the provider could tell."""

    if TYPE_CHECKING:  # the SDK would look the names up in a module that has ended
        source: pulumi.Output[Any]
        size: pulumi.Output[Any]

    def __init__(self, name: str, props: dict[str, Any], opts: OPTIONS | None = None, kind: str = "Thing") -> None:
        super().__init__(f"sink:index:{kind}", name, props, opts)


class Shelf(pulumi.ComponentResource):
    """A component with plain and unknown inputs, a child and outputs."""

    def __init__(self, name: str, props: dict[str, Any], opts: OPTIONS | None = None) -> None:
        super().__init__("kitchen:index:Shelf", name, props, opts)
        self.thing = Thing(f"{name}-thing", {"size": "small", "shelf": name}, OPTIONS(parent=self))
        secret = pulumi.Output.secret({"inside": self.thing.id})
        self.register_outputs(
            {"thingId": self.thing.id, "plain": {"a": [1, True, None]}, "secret": secret, "me": self.thing}
        )


class Cupboard(pulumi.ComponentResource):
    """A component in which another one lies, and which registers no outputs."""

    def __init__(self, name: str, opts: OPTIONS | None = None) -> None:
        super().__init__("kitchen:index:Cupboard", name, {"plannedDocuments": {"a|b|c": {"Version": "1"}}}, opts)
        self.inner = Shelf(f"{name}-inner", {"depth": 2}, OPTIONS(parent=self))


def add_tag(args: pulumi.ResourceTransformArgs) -> pulumi.ResourceTransformResult | None:
    """Mark each thing, and protect one by its name."""
    if args.type_ != "sink:index:Thing":
        return None
    options = args.opts
    if args.name == "protected-by-transform":
        options = OPTIONS.merge(options, OPTIONS(protect=True, ignore_changes=["size"]))
    return pulumi.ResourceTransformResult(
        props={**args.props, "byStack": f"after {args.props.get('transformed', 'none')}"}, opts=options
    )


def change_size(args: pulumi.ResourceTransformArgs) -> pulumi.ResourceTransformResult | None:
    """Change one property and add a dependency, for the resource and what is below it."""
    props = {name: value for name, value in args.props.items() if name != "dropped"}
    return pulumi.ResourceTransformResult(props={**props, "transformed": args.name}, opts=args.opts)


def depend_more(args: pulumi.ResourceTransformArgs) -> pulumi.ResourceTransformResult | None:
    """Add a property that comes from elsewhere, and a dependency."""
    return pulumi.ResourceTransformResult(
        props={**args.props, "elsewhere": ELSEWHERE[0].id},
        opts=OPTIONS.merge(args.opts, OPTIONS(depends_on=[ELSEWHERE[1]], additional_secret_outputs=["size"])),
    )


def change_lookup(args: pulumi.InvokeTransformArgs) -> pulumi.InvokeTransformResult | None:
    """Add an argument to each lookup."""
    return pulumi.InvokeTransformResult(args={**args.args, "byTransform": True}, opts=args.opts)


def hook(_args: pulumi.ResourceHookArgs) -> None:
    """Do nothing, before and after."""


def providers() -> tuple[aws.Provider, pulumi.ProviderResource]:
    """Two explicit providers: one with default tags, one of the unknown package."""
    explicit = aws.Provider(
        "explicit",
        region="eu-west-1",
        allowed_account_ids=["111122223333"],
        default_tags=aws.ProviderDefaultTagsArgs(tags={"project": "sink", "owner": "provider"}),
    )
    return explicit, pulumi.ProviderResource(
        "sink", "other", {"flavour": pulumi.Output.secret("sweet"), "list": [1, 2]}
    )


def plain_things() -> Thing:
    """Things with every kind of value."""
    first = Thing(
        "first", {"size": "small", "source": None, "numbers": [1, 2.5, -3], "nested": {"a": {"b": [{"c": True}]}}}
    )
    Thing("second", {"size": first.size, "source": first.source, "partly": {"known": "a", "unknown": first.id}})
    Thing(
        "text",
        {"joined": pulumi.Output.concat("id is ", first.id), "list": [first.id, "plain"], "empty": {}, "none": None},
    )
    Thing(
        "secrets",
        {"password": pulumi.Output.secret("hunter2"), "deep": {"list": ["a", pulumi.Output.secret({"b": 1})]}},
    )
    Thing("secret-unknown", {"both": pulumi.Output.secret(first.id), "__internal": "x", "source": first.id})
    Thing(
        "files",
        {
            "asset": pulumi.StringAsset("hello"),
            "file": pulumi.FileAsset("__main__.py"),
            "archive": pulumi.AssetArchive({"a.txt": pulumi.StringAsset("a"), "sub": pulumi.AssetArchive({})}),
        },
    )
    Thing("references", {"resource": first, "list": [first]})
    return first


def options(first: Thing, other: pulumi.ProviderResource) -> None:
    """One thing for each resource option."""
    shelf = Shelf("shelf", {"size": "small", "id": first.id, "mixed": ["a", first.id]})
    Thing("after-component", {"size": 1}, OPTIONS(depends_on=[shelf]))
    Thing(
        "aliased",
        {},
        OPTIONS(aliases=[pulumi.Alias(name="old"), "urn:pulumi:dev::kitchen-sink::sink:index:Thing::older"]),
    )
    Thing("ignoring", {"size": "b"}, OPTIONS(ignore_changes=["size", "nested.a"], replace_on_changes=["size"]))
    Thing("secret-outputs", {"token": "t"}, OPTIONS(additional_secret_outputs=["token", "missing"]))
    replaced = Thing("replaced", {}, OPTIONS(delete_before_replace=True, retain_on_delete=True, deleted_with=first))
    Thing("below-replaced", {}, OPTIONS(parent=replaced))
    Thing("slow", {}, OPTIONS(custom_timeouts=pulumi.CustomTimeouts(create="1h30m", update="90s", delete="500ms")))
    protected = Thing("protected-by-transform", {"size": "c"})
    Thing("below-protected", {}, OPTIONS(parent=protected))
    Thing("own-transform", {"size": "d"}, OPTIONS(transforms=[change_size]))
    ELSEWHERE.extend([first, shelf])
    Thing("transformed-more", {"size": first.source, "dropped": 1}, OPTIONS(transforms=[change_size, depend_more]))
    Thing("kept", {}, OPTIONS(delete_before_replace=False, replace_with=[first], protect=False))
    Thing("with spaces::and colons/ä", {"größe": "ü", "key with spaces": {"": 0}})
    unsure = pulumi.ProviderResource("sink", "unsure", {"flavour": first.id, "plain": "p"})
    Thing("unsure-provider", {"size": "h", "id": first.id}, OPTIONS(provider=unsure))
    Thing("other-provider", {"size": "e"}, OPTIONS(provider=other))
    Thing("versioned", {"size": "f"}, OPTIONS(version="1.2.3-alpha.1"))
    watch = pulumi.ResourceHook("watch", hook)
    Thing("hooked", {}, OPTIONS(hooks=pulumi.ResourceHookBinding(before_create=[watch], after_create=[watch])))
    Thing("remedied", {"size": pulumi.Output.secret("s"), "list": [1]}, kind="RemediedByEcho")
    Thing("remedied-unknown", {"size": first.id}, kind="RemediedBySecond")
    Thing("forbidden", {"size": "forbidden"})


def components(explicit: aws.Provider, other: pulumi.ProviderResource) -> None:
    """Components nested, handing down providers, protection and transforms."""
    cupboard = Cupboard("cupboard", OPTIONS(providers=[other, explicit], protect=True, transforms=[change_size]))
    Shelf("unprotected", {}, OPTIONS(parent=cupboard, protect=False))
    aws.s3.Bucket(
        "in-cupboard", bucket="in-cupboard", tags={"user": "platform", "owner": "me"}, opts=OPTIONS(parent=cupboard)
    )
    Thing("below-a-resource", {"size": "g"}, OPTIONS(parent=cupboard.inner.thing))


def elsewhere(args: pulumi.ResourceTransformArgs) -> pulumi.ResourceTransformResult | None:
    """Give a resource another provider."""
    options = OPTIONS.merge(args.opts, OPTIONS(provider=ELSEWHERE[2]))
    return pulumi.ResourceTransformResult(props=args.props, opts=options)


def moved(first: Thing, other: pulumi.ProviderResource) -> None:
    """What lies below a resource whose provider a transform chose, and below one that is not configured yet."""
    ELSEWHERE.append(other)
    parent = Thing("moved", {}, OPTIONS(transforms=[elsewhere]))
    Thing("below-moved", {}, OPTIONS(parent=parent))
    unsure = aws.Provider("unsure", region=first.id)
    aws.s3.Bucket("unsure-bucket", tags={"user": "a"}, opts=OPTIONS(provider=unsure))


def cloud(explicit: aws.Provider) -> None:
    """Resources that the model of AWS knows, with the explicit and the default provider."""
    role = aws.iam.Role("role", name="role", assume_role_policy='{"Version": "2012-10-17", "Statement": []}')
    aws.iam.RolePolicy("inline", role=role.name, policy=role.arn.apply(lambda arn: f'{{"Resource": "{arn}"}}'))
    bucket = aws.s3.Bucket("bucket", bucket="bucket-of-sink", tags={"user": "a"}, opts=OPTIONS(provider=explicit))
    aws.s3.BucketVersioning(
        "versioning", bucket=bucket.id, versioning_configuration={"status": "Enabled"}, opts=OPTIONS(provider=explicit)
    )
    vpc = aws.ec2.Vpc("vpc", cidr_block="10.0.0.0/16", tags={"Name": "sink"})
    aws.ec2.Subnet("subnet", vpc_id=vpc.id, cidr_block="10.0.0.0/24", tags={"vpc": vpc.id})


def lookups(first: Thing) -> dict[str, pulumi.Output[Any]]:
    """What lies outside: lookups, also behind something that does not exist yet, a read and another stack."""
    read = Thing("read", {"size": None, "source": None}, OPTIONS(id="existing-id"))
    Thing("after-read", {"size": read.size, "id": read.id})
    Thing("read-later", {"source": None}, OPTIONS(id=first.id))
    Thing("after-read-later", {"urn": read.urn})
    other = pulumi.StackReference("organization/other/dev")
    Thing(
        "after-stack",
        {"answer": other.get_output("answer"), "secret": other.get_output("secret"), "no": other.get_output("no")},
    )
    known = pulumi.runtime.invoke("sink:index:lookup", {"key": "a"}).value
    waiting = pulumi.runtime.invoke_output("sink:index:lookup", {"key": first.id})
    gated = pulumi.runtime.invoke_output(
        "sink:index:lookup", {"key": "b"}, pulumi.InvokeOutputOptions(depends_on=[first])
    )
    Thing("after-lookups", {"known": known, "waiting": waiting, "gated": gated})
    itself = pulumi.runtime.invoke_output("pulumi:pulumi:getResource", {"urn": first.urn})
    with_provider = pulumi.runtime.invoke_output(
        "sink:index:lookup", {"key": "c"}, pulumi.InvokeOutputOptions(parent=read)
    )
    Thing("after-more-lookups", {"itself": itself, "other": with_provider})
    return {"known": pulumi.Output.from_input(known), "waiting": waiting, "gated": gated}


def config() -> dict[str, Any]:
    """All configuration, as the program reads it."""
    given = pulumi.Config()
    return {
        "text": given.require("text"),
        "number": given.require_int("number"),
        "fraction": given.require_float("fraction"),
        "flag": given.require_bool("flag"),
        "when": given.require("when"),
        "shared": given.require("shared"),
        "structured": given.require("structured"),
        "object": given.require_object("structured"),
        "absent": given.get("absent"),
        "stack": [pulumi.get_organization(), pulumi.get_project(), pulumi.get_stack()],
        "region": pulumi.Config("aws").require("region"),
    }


async def later(first: Thing) -> dict[str, Any]:
    """Register after the program has slept, and export more."""
    await asyncio.sleep(0.05)
    late = Thing("late", {"size": first.size})
    return {"late": late.id, "settings": config(), "hidden": pulumi.Output.secret("x")}


def program() -> None:
    """Register everything."""
    pulumi.runtime.register_resource_transform(add_tag)
    pulumi.runtime.register_invoke_transform(change_lookup)
    explicit, other = providers()
    first = plain_things()
    Thing("settings", config())
    options(first, other)
    components(explicit, other)
    moved(first, other)
    cloud(explicit)
    for name, value in lookups(first).items():
        pulumi.export(name, value)
    pulumi.export("first", first)
    pulumi.export("later", pulumi.Output.from_input(later(first)))


program()
