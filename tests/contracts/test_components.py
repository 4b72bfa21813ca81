"""What holds for every component there is."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import pulumi
import pytest

import components
from components.base import PlatformComponent, output_names

if TYPE_CHECKING:
    from tests.components.recording import Recording

# A changed token makes Pulumi replace everything inside; a new component adds a line, no line ever changes.
TOKENS = {
    "ClosedNetwork": "closed-sagemaker:network:ClosedNetwork",
    "ServiceEndpoints": "closed-sagemaker:network:ServiceEndpoints",
    "NetworkLogs": "closed-sagemaker:network:NetworkLogs",
    "BastionRole": "closed-sagemaker:network:BastionRole",
    "Bastion": "closed-sagemaker:network:Bastion",
    "NameFirewall": "closed-sagemaker:network:NameFirewall",
    "OnPremisesEntry": "closed-sagemaker:network:OnPremisesEntry",
    "AdoptedNetwork": "closed-sagemaker:network:AdoptedNetwork",
    "DataKey": "closed-sagemaker:data:DataKey",
    "DataBucket": "closed-sagemaker:data:DataBucket",
    "AuditTrail": "closed-sagemaker:audit:AuditTrail",
    "ChangeRecorder": "closed-sagemaker:audit:ChangeRecorder",
    "AccessAnalyzers": "closed-sagemaker:audit:AccessAnalyzers",
    "WorkLogs": "closed-sagemaker:audit:WorkLogs",
    "RecordsAlarm": "closed-sagemaker:audit:RecordsAlarm",
    "TenantBudgets": "closed-sagemaker:audit:TenantBudgets",
    "BudgetStop": "closed-sagemaker:audit:BudgetStop",
    "TenantPolicies": "closed-sagemaker:tenant:TenantPolicies",
    "TenantAccess": "closed-sagemaker:tenant:TenantAccess",
    "DeploymentRole": "closed-sagemaker:tenant:DeploymentRole",
    "InvokingRole": "closed-sagemaker:tenant:InvokingRole",
    "PeopleGroups": "closed-sagemaker:people:PeopleGroups",
    "PeoplePolicies": "closed-sagemaker:people:PeoplePolicies",
    "Person": "closed-sagemaker:people:Person",
    "PlatformMembers": "closed-sagemaker:people:PlatformMembers",
    "FederatedPerson": "closed-sagemaker:people:FederatedPerson",
    "BreakGlass": "closed-sagemaker:people:BreakGlass",
    "NotebookLifecycle": "closed-sagemaker:workbench:NotebookLifecycle",
    "Notebook": "closed-sagemaker:workbench:Notebook",
}


# Parts that the dev stack does not choose.
BY_CHOICE = ("AdoptedNetwork", "DeploymentRole", "FederatedPerson", "InvokingRole", "OnPremisesEntry")


def component_classes() -> dict[str, type[PlatformComponent]]:
    """Every component class of the package, by name."""
    modules = [importlib.import_module(each.name) for each in pkgutil.walk_packages(components.__path__, "components.")]
    members = [member for module in modules for member in vars(module).values() if isinstance(member, type)]
    return {
        each.__name__: each for each in members if issubclass(each, PlatformComponent) and each is not PlatformComponent
    }


def args_of(component: type[PlatformComponent]) -> Any:
    return vars(importlib.import_module(component.__module__))[f"{component.__name__}Args"]


CLASSES = component_classes()


def test_every_component_has_its_token_in_the_table() -> None:
    assert set(CLASSES) == set(TOKENS)


def test_the_program_registers_every_component_under_its_frozen_token(program: Recording) -> None:
    made = {token for name, token in TOKENS.items() if name not in BY_CHOICE}
    assert {each.type for each in program.components()} == made


@pytest.mark.parametrize("name", TOKENS)
def test_a_component_takes_name_args_and_options(name: str) -> None:
    signature = inspect.signature(CLASSES[name].__init__, eval_str=False)
    assert list(signature.parameters) == ["self", "name", "args", "opts"]
    assert signature.parameters["args"].annotation == f"{name}Args"
    assert signature.parameters["opts"].default is None


@pytest.mark.parametrize("name", TOKENS)
def test_args_are_frozen_and_given_by_keyword(name: str) -> None:
    parameters = vars(args_of(CLASSES[name]))["__dataclass_params__"]
    assert parameters.frozen is True
    assert all(field.kw_only for field in fields(args_of(CLASSES[name])))
    assert len(fields(args_of(CLASSES[name]))) > 0


@pytest.mark.parametrize("name", TOKENS)
def test_args_are_checked(name: str) -> None:
    assert "__post_init__" in vars(args_of(CLASSES[name]))


@pytest.mark.parametrize("name", TOKENS)
def test_a_component_says_what_it_creates_guarantees_and_leaves_out(name: str) -> None:
    text = inspect.getdoc(CLASSES[name]) or ""
    assert "Creates: " in text
    assert "Guarantee: " in text
    assert text.splitlines()[-1].startswith("It "), "what it deliberately does not do comes last"


def test_every_component_registers_exactly_its_properties_as_outputs(program: Recording) -> None:
    by_token = {token: CLASSES[name] for name, token in TOKENS.items()}
    for each in program.components():
        assert sorted(program.outputs[each.name]) == output_names(by_token[each.type]), each.name
        assert program.outputs[each.name], f"{each.name} gives nothing"
        assert None not in program.outputs[each.name].values(), each.name


def test_every_resource_belongs_to_a_component_that_created_it(program: Recording) -> None:
    parents = {each.name: each for each in program.components()}
    for each in program.custom():
        assert each.parent in parents, f"{each.type} {each.name} hangs off {each.parent}"
        assert each.name.startswith(f"{each.parent}-"), f"{each.name} is not named after {each.parent}"


def test_names_of_a_type_differ_by_meaning_and_never_by_number(program: Recording) -> None:
    for each in program.custom():
        assert not each.name.rsplit("-", 1)[-1].isdigit(), each.name


def test_components_are_pulumi_components() -> None:
    assert all(issubclass(each, pulumi.ComponentResource) for each in CLASSES.values())
