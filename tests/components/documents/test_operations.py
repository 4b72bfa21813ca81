"""The table knows every operation of SageMaker, says the truth about it, and gives it a control that works."""

from __future__ import annotations

import csv
import re

import botocore.session  # type: ignore[import-untyped]  # botocore ships no types
import pytest

from components.documents.operations import (
    READS,
    TABLE,
    Control,
    Operation,
    open_changes,
    operations,
    parse,
    under,
)
from components.documents.stage import SIZED_CHANGES, SIZED_CREATIONS, TIMED_CREATIONS
from tests.batches import each_of
from tests.components.documents.authorization import needed_types, resource_types, services, supplement

BY_NAME = {operation.name: operation for operation in operations()}
KNOWN = services()["sagemaker"]["privileges"]
HEAD = "operation,effect,resources,keys,control,why\n"
EFFECTS = {"reads", "calls", "hosts", "defines", "changes", "removes", "stops", "opens", "shares", "buys", "tags"}

# What each control compares; an operation that does not carry the key could not be bounded by it.
COMPARES = {
    Control.SUBNETS: "sagemaker:VpcSubnets",
    Control.GROUPS: "sagemaker:VpcSecurityGroupIds",
    Control.ISOLATED_TRAINING: "sagemaker:NetworkIsolation",
    Control.ISOLATED_PROCESSING: "sagemaker:NetworkIsolation",
    Control.ISOLATED_MODEL: "sagemaker:NetworkIsolation",
    Control.NO_DIRECT_INTERNET: "sagemaker:DirectInternetAccess",
    Control.NO_ROOT: "sagemaker:RootAccess",
    Control.NO_ROOT_LATER: "sagemaker:RootAccess",
    Control.METADATA_V2: "sagemaker:MinimumInstanceMetadataServiceVersion",
    Control.METADATA_V2_LATER: "sagemaker:MinimumInstanceMetadataServiceVersion",
    Control.PLATFORM_SCRIPT: "sagemaker:NotebookInstanceLifecycleConfigArns",
    Control.VPC_ONLY: "sagemaker:AppNetworkAccessType",
    Control.NO_SERVERLESS: "sagemaker:ServerlessMemorySize",
    Control.NO_REMOTE_DEBUG: "sagemaker:EnableRemoteDebug",
    Control.NO_FILE_SYSTEM: "sagemaker:FileSystemId",
    Control.OWNER_ON_CREATE: "aws:RequestTag/${TagKey}",
    Control.OWN_MODEL: "sagemaker:ModelArn",
    Control.OWN_SEARCH: "sagemaker:SearchVisibilityCondition/${FilterKey}",
}

# Who inherits the network of a model carries these keys only for configurations without one, which are refused.
INHERITS = {Control.SUBNETS, Control.GROUPS, Control.ISOLATED_MODEL}

# The tags of an existing thing are compared by `OnlyOwnResources` and its like: a resource type is enough.
OWNERSHIP = {
    Control.OWNER_ON_CREATE,
    Control.OWN_TAG,
    Control.OWN_PACKAGE_NAME,
    Control.FROZEN_OWNER,
}


def api_operations() -> set[str]:
    """Return every operation of the services that sign as sagemaker, and so are judged as its actions."""
    session = botocore.session.Session()
    models = [session.get_service_model(name) for name in session.get_available_services() if "sagemaker" in name]
    return {name for model in models if model.signing_name == "sagemaker" for name in model.operation_names}


def row(name: str) -> str:
    """Return the row by which an operation is refused until somebody reviews it."""
    return f"{name},changes,,,denied,nobody has reviewed it"


def truth(name: str) -> tuple[set[str], set[str], set[str]]:
    """Return resources, needed resources and keys of an operation by the authorization data and the supplement."""
    keys = {f"sagemaker:{key['key']}" for key in supplement() if name in key["operations"].split()}
    definition = KNOWN.get(name)
    if definition is None:
        return set(), set(), keys
    carried = {key for kind in definition["resource_types"].values() for key in kind["condition_keys"]}
    return set(resource_types(definition)), set(needed_types(definition)), keys | carried


@pytest.mark.parametrize("known", [set(KNOWN), api_operations()], ids=["authorization data", "API models"])
def test_every_operation_is_classified(known: set[str]) -> None:
    missing = sorted(known - set(BY_NAME))
    lines = "\n".join(map(row, missing))
    assert not missing, f"new: denied until reviewed; add to {TABLE.name}:\n{lines}"
    assert len(known) > 400


def test_no_row_is_about_nothing() -> None:
    assert sorted(set(BY_NAME) - set(KNOWN) - api_operations()) == []


@each_of("operation", [each for each in operations() if each.name in KNOWN], says=lambda each: each.name)
def test_a_row_says_what_the_authorization_data_says(operation: Operation) -> None:
    resources, needed, keys = truth(operation.name)
    if operation.resources == ("any",):
        assert len(resources) > 50
    else:
        assert (set(operation.resources), set(operation.needed)) == (resources, needed), operation.name
    assert operation.keys == keys, f"{operation.name}: keys that neither the data nor sagemaker_keys.csv knows, or more"


def test_what_only_the_api_knows_carries_no_key_that_nobody_documented() -> None:
    newer = [each for each in operations() if each.name not in KNOWN]
    assert [each.name for each in newer if each.keys - truth(each.name)[2]] == []
    assert [each.name for each in newer if not each.refused and not each.reads] == [], "no key, no control"


def test_the_supplement_is_needed_and_has_sources() -> None:
    known = set(services()["sagemaker"]["conditions"])
    for key in supplement():
        assert f"sagemaker:{key['key']}" not in known, f"{key['key']}: the data has caught up, take it off"
        assert key["source"], key["key"]
        assert re.fullmatch(r"20\d\d-\d\d-\d\d", key["date"]), key["key"]


@each_of("control", COMPARES)
def test_a_control_is_given_to_operations_that_carry_its_key(control: Control) -> None:
    given = [each for each in operations() if control in each.controls]
    assert given, f"{control}: no operation has it, so its statement bounds nothing"
    assert [each.name for each in given if COMPARES[control] not in each.keys] == []


@each_of("control", Control)
def test_no_control_is_idle(control: Control) -> None:
    assert any(control in each.controls for each in operations())


@each_of("name", [action.partition(":")[2] for action in open_changes()])
def test_an_open_operation_is_bounded_by_every_key_that_it_carries(name: str) -> None:
    """A row that forgets one of its controls would leave a creation without VPC, say."""
    operation = BY_NAME[name]
    judged = {key: {control for control, compared in COMPARES.items() if compared == key} for key in operation.keys}
    if Control.OWN_MODEL in operation.controls:
        judged = {key: controls for key, controls in judged.items() if not controls & INHERITS}
    if name in {"AddTags", "DeleteTags"}:
        judged.pop("aws:RequestTag/${TagKey}", None)
    if name == "CreateModelPackage":
        judged.pop("aws:RequestTag/${TagKey}")  # a package in a group takes no tags
    forgotten = {key for key, controls in judged.items() if controls and not controls & operation.controls}
    assert forgotten == set()
    assert operation.controls & (OWNERSHIP | {Control.OWN_SEARCH}), "nothing says whose it must be"


def test_names_that_are_taken_for_reads_are_reads() -> None:
    """Guardrails let every such name through: one that changes something would pass unseen."""
    for operation in operations():
        definition = KNOWN.get(operation.name)
        if operation.reads:
            assert operation.controls & {Control.READ, Control.OWN_SEARCH}, operation.name
            assert definition is None or definition["access_level"] in {"Read", "List"}, operation.name
        else:
            assert Control.READ not in operation.controls, operation.name
    assert [pattern.removesuffix("*").partition(":")[2] for pattern in READS] == [
        "Describe", "Get", "List", "Query", "Search",
    ]  # fmt: skip


def test_every_refusal_and_every_effect_is_said() -> None:
    assert [each.name for each in operations() if each.refused and not each.why] == []
    assert {each.effect for each in operations()} == EFFECTS


def test_the_table_is_sorted_and_plain() -> None:
    rows = list(csv.reader(TABLE.read_text(encoding="utf-8").splitlines()))
    names = [each[0] for each in rows[1:]]
    assert names == sorted(names)
    assert {len(each) for each in rows} == {6}


def test_a_table_with_mistakes_is_refused_with_every_one_of_them() -> None:
    text = f"{HEAD}CreateThing,hosts,,,subnet,\nStopThing,stops,,,,\nPutThing,changes,,,denied uncontrolled,x\n"
    doubled = "GetThing,reads,,,read,\nGetThing,reads,,,read,\n"
    with pytest.raises(ValueError, match="CreateThing: control 'subnet' given") as raised:
        parse(text + doubled)
    for name in ("StopThing: control ''", "PutThing: control 'denied uncontrolled'", "GetThing: given twice"):
        assert name in str(raised.value)


def test_a_new_operation_is_refused_by_one_row() -> None:
    (operation,) = parse(HEAD + row("ConjureThing"))
    assert operation.refused
    assert operation.action == "sagemaker:ConjureThing"


def test_guardrails_are_made_from_the_table() -> None:
    assert "sagemaker:CreateTrainingJob" in under(Control.SUBNETS)
    assert "sagemaker:CreateEndpoint" not in under(Control.SUBNETS)
    assert set(under(Control.DENIED, Control.UNCONTROLLED, Control.ADMINISTRATION)).isdisjoint(open_changes())


@pytest.mark.parametrize(
    ("limited", "key"),
    [
        ((*SIZED_CREATIONS, *SIZED_CHANGES), "sagemaker:InstanceTypes"),
        (TIMED_CREATIONS, "sagemaker:MaxRuntimeInSeconds"),
    ],
    ids=["instance types", "runtime"],
)
def test_the_limits_of_a_stage_speak_of_every_open_operation_that_carries_the_key(
    limited: tuple[str, ...], key: str
) -> None:
    assert {each.action for each in operations() if each.action in open_changes() and key in each.keys} == set(limited)


def test_the_documentation_counts_what_is_open() -> None:
    text = (TABLE.parents[2] / "docs" / "guardrails.md").read_text(encoding="utf-8")
    assert f"SageMaker's {len(operations())} operations {len(open_changes())} change something and are open" in text
