"""Type tokens and wire paths of the rules are those of the SDK: a mis-cased one would never fire and never complain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, get_args, get_origin

import pulumi
import pulumi_aws
from catalogue import BY_ID, RULES
from pulumi import _types
from tags import OWNED_TYPES

from tests.batches import each_of
from tests.policy_pack.test_rules import LISTED

PROVIDER = "pulumi:providers:aws"
TOKENS = sorted({token for rule in RULES for token in rule.types if not token.endswith("*")})
IN_SOURCES = re.compile(r'"(aws:[a-z0-9]+/[A-Za-z0-9]+:[A-Za-z0-9]+)"')
PACK = Path(__file__).resolve().parents[2] / "policy_pack"
RESERVED = {"lambda": "lambda_"}
BALANCERS = BY_ID["vpc-endpoint-service-is-not-published"].types[-2:]
REFUSED = {
    token
    for rule in (
        "vpc-has-no-internet-gateway",
        "vpc-virtual-gateway-is-listed",
        "vpc-default-vpc-is-not-adopted",
        "ec2-has-no-elastic-ip",
        "vpc-endpoint-service-is-not-published",
        "vpc-block-public-access-is-bidirectional",
    )
    for token in BY_ID[rule].types
    if token not in BALANCERS
}
"""Types whose existence is a violation."""


def class_of(token: str) -> type:
    """Return the SDK's class with a type token."""
    if token == PROVIDER:
        return pulumi_aws.Provider
    _, place, name = token.split(":")
    module = place.split("/", maxsplit=1)[0]
    found: type = getattr(import_module(f"pulumi_aws.{RESERVED.get(module, module)}"), name)
    assert issubclass(found, pulumi.CustomResource)
    return found


def inputs_of(token: str) -> dict[str, Any]:
    """Return the wire names and types of a resource's properties."""
    if token == PROVIDER:
        return _types.input_type_types(pulumi_aws.ProviderArgs)
    return _types.resource_types(class_of(token))


def leads_somewhere(properties: dict[str, Any], path: str) -> bool:
    """Return whether a wire path exists, lists marked where and only where there are lists."""
    step, _, rest = path.partition(".")
    kind = properties.get(step.removesuffix("[]"))
    if kind is None:
        return False
    is_list = get_origin(kind) is not None and issubclass(get_origin(kind), Sequence)
    if step.endswith("[]") and not is_list:
        return False
    if not rest:
        return True
    if is_list != step.endswith("[]"):
        return False
    inner = get_args(kind)[0] if is_list else kind
    return isinstance(inner, type) and leads_somewhere(_types.output_type_types(inner), rest)


def meant_by(path: str, types: tuple[str, ...]) -> tuple[list[str], str]:
    """Return the types that a path of a rule is about, and the path alone."""
    owner, _, rest = path.rpartition(":")
    if not owner:
        return [token for token in types if not token.endswith("*")], rest
    name = owner.rpartition("/")[2].lower() if "/" in owner else owner
    chosen = [
        token
        for token in types
        if token.rpartition(":")[2] == name or ("/" in owner and f":{owner.lower()}:" in token.lower())
    ]
    return chosen, rest


@each_of("token", TOKENS)
def test_a_type_token_is_that_of_a_class(token: str) -> None:
    assert getattr(class_of(token), "pulumi_type", None) == token


@each_of(
    "rule, path", [(rule, path) for rule in RULES for path in rule.paths], says=lambda rule, path: f"{rule.id} {path}"
)
def test_a_wire_path_exists_on_the_types_that_it_is_about(rule: Any, path: str) -> None:
    types, place = meant_by(path, rule.types)
    assert types, f"{path} is about none of {rule.types}"
    missing = [token for token in types if not leads_somewhere(inputs_of(token), place)]
    assert missing == []


def test_every_token_in_the_sources_is_that_of_a_class() -> None:
    written = {
        token for path in sorted(PACK.rglob("*.py")) for token in IN_SOURCES.findall(path.read_text(encoding="utf-8"))
    }
    assert written >= set(TOKENS) - {PROVIDER}
    assert [token for token in sorted(written) if getattr(class_of(token), "pulumi_type", None) != token] == []


def test_the_resources_of_the_cases_use_names_of_the_wire() -> None:
    strange = {
        (resource.type, name)
        for _, case in LISTED
        for resource in case.resources
        if resource.type.startswith("aws:") and resource.type in TOKENS
        for name in resource.properties
        if name not in {*inputs_of(resource.type), "id", "tagsAll"}
    }
    assert strange == set()


def test_a_wrong_path_is_seen() -> None:
    group = inputs_of("aws:ec2/securityGroup:SecurityGroup")
    assert leads_somewhere(group, "ingress[].cidrBlocks[]")
    assert not leads_somewhere(group, "ingress.cidrBlocks[]")
    assert not leads_somewhere(group, "ingress[].cidr_blocks[]")
    assert not leads_somewhere(group, "vpcId[]")
    assert not leads_somewhere(group, "vpcid")


def test_every_taggable_type_that_the_pack_admits_names_its_owner() -> None:
    taggable = {token for token in TOKENS if token != PROVIDER and "tags" in inputs_of(token)}
    assert taggable - set(OWNED_TYPES) - REFUSED == set()
    assert set(OWNED_TYPES) <= taggable
