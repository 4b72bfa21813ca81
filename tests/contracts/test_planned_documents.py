"""Promise P2: what a component planned is what its children get, each reference bound to one resource."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from components.documents.model import REFERENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.components.recording import Recording, Registered

POLICY_PROPERTIES = ("policy", "assumeRolePolicy")
ENDPOINTS = ("s3", "sagemaker.api", "sagemaker.runtime", "notebook", "logs", "sts", "ssm", "ssmmessages")


def planned(recording: Recording) -> Iterator[tuple[Registered, str, dict[str, Any], Registered]]:
    """Yield component, property, planned document and the child that holds it."""
    for component in recording.components():
        for place, document in component.inputs.get("plannedDocuments", {}).items():
            token, name, path = place.split("|")
            yield component, path, document, recording.one(token, name)


def filled_in(value: Any, component: Registered, recording: Recording) -> Any:
    """Replace every reference in a planned value by the id of the resource that the plan binds it to."""

    def bound(name: str) -> str:
        token, logical_name = component.inputs["plannedReferences"][name].split("|")
        return recording.one(token, logical_name).id

    return json.loads(REFERENCE.sub(lambda found: bound(found.group(1)), json.dumps(value)))


def test_every_policy_of_the_program_is_planned_by_the_component_that_holds_it(program: Recording) -> None:
    places = {(child.type, child.name, path): component.name for component, path, _, child in planned(program)}
    held = {
        (each.type, each.name, path): each.parent
        for each in program.custom()
        for path in POLICY_PROPERTIES
        if path in each.inputs
    }
    counted = "8 endpoints, 4 keys, 6 buckets, 10 tenant policies, 6 trusts, 2 of the flow log's role, 3 of the bastion"
    counted += ", 13 of people, 3 of the emergency role, 3 of budgets, 1 of the alarm on records"
    assert len(held) == 59, counted
    assert places == held


def test_every_rendered_document_is_the_planned_one_with_its_references_bound(program: Recording) -> None:
    for component, path, document, child in planned(program):
        assert json.loads(child.inputs[path]) == filled_in(document, component, program), child.name


def test_documents_are_planned_in_full_in_a_first_preview(previewed: Recording, program: Recording) -> None:
    def plans(recording: Recording) -> dict[str, Any]:
        return {each.name: each.inputs for each in recording.components() if "plannedDocuments" in each.inputs}

    assert plans(previewed) == plans(program)
    assert len(plans(program)) == 28


def test_planned_tags_are_the_tags_that_roles_and_people_get(program: Recording) -> None:
    seen = 0
    for component in program.components():
        for place, tags in component.inputs.get("plannedTags", {}).items():
            token, name, path = place.split("|")
            got = program.one(token, name).inputs[path]
            assert {key: got[key] for key in tags} == filled_in(tags, component, program), name
            seen += 1
    assert seen == 9, "two roles and a person for each of three tenants"


def test_each_reference_is_bound_to_one_resource_in_the_whole_stack(program: Recording) -> None:
    bindings: dict[str, set[str]] = {}
    for component in program.components():
        for name, place in component.inputs.get("plannedReferences", {}).items():
            bindings.setdefault(name, set()).add(place)
    assert all(len(places) == 1 for places in bindings.values()), bindings
    resources = {name: program.one(*places.pop().split("|")) for name, places in bindings.items()}
    assert set(resources) == {
        "instance/bastion",
        *(f"endpoint/{service}" for service in ENDPOINTS),
        *(f"subnet/{zone}" for zone in ("apne1-az1", "apne1-az4")),
        *(f"security-group/{owner}" for owner in ("workload", "alice", "bob", "carol")),
        *(f"key/{purpose}" for purpose in ("data", "volumes", "partners")),
        "vpc",
    }
    for name, resource in resources.items():
        kind, _, rest = name.partition("/")
        if kind == "endpoint":
            assert resource.inputs["serviceName"].endswith(f".{rest}"), name
        elif kind == "subnet":
            assert resource.inputs["availabilityZoneId"] == rest, name
        elif kind == "instance":
            assert resource.type == "aws:ec2/instance:Instance"
        elif kind == "vpc":
            assert resource.type == "aws:ec2/vpc:Vpc"
        elif kind == "key":
            assert resource.type == "aws:kms/key:Key"
        else:
            assert resource.inputs["tags"]["user"] == (rest if rest != "workload" else "platform"), name


def test_a_component_hands_over_no_reference_that_its_documents_do_not_hold(program: Recording) -> None:
    for component in program.components():
        inputs = component.inputs
        written = json.dumps([inputs.get("plannedDocuments"), inputs.get("plannedTags")])
        assert set(inputs.get("plannedReferences", {})) == set(REFERENCE.findall(written)), component.name
