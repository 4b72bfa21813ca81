"""Every case of every rule, through the function and through the real pack server."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
import stack_config
from catalogue import BY_ID, RULES

from tests.batches import each_in, each_of
from tests.policy_pack import cases
from tests.policy_pack.harness import ROOT, Case, Sort, by_function, by_server, placed

if TYPE_CHECKING:
    from preview.analyzer import Analyzer

TABLES = {
    module.name: import_module(f"tests.policy_pack.cases.{module.name}").CASES
    for module in pkgutil.iter_modules(cases.__path__)
}
BY_TABLE = {name: [(rule, case) for rule, listed in table.items() for case in listed] for name, table in TABLES.items()}
LISTED = [row for rows in BY_TABLE.values() for row in rows]


def sentence(rule: str, case: Case) -> str:
    """Return what a case is called by."""
    return f"{rule}-{case.sort.value}-{case.sentence}"


def expected_on(case: Case) -> str:
    """Return the URN of the resource that the finding of a case belongs to."""
    resources = [placed(resource) for resource in case.resources]
    named = [resource for resource in resources if resource.name == case.on] if case.on else resources[-1:]
    return named[0].urn


def check(case: Case, said: list[tuple[str, str]]) -> None:
    """Compare what a rule said with what a case expects."""
    if case.says is None:
        assert said == []
        return
    assert any(case.says in message for _, message in said), said
    on = {urn or ROOT.urn for urn, message in said if case.says in message}
    assert (ROOT.urn if case.on == ROOT.name else expected_on(case)) in on


@pytest.mark.usefixtures("stack_of_the_cases")
@each_in("rule, case", BY_TABLE, says=sentence)
def test_the_function_decides_the_case(rule: str, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stack_config, "is_preview", lambda: not case.update)
    said, deferred = by_function(BY_ID[rule], case)
    check(case, said)
    assert [place for _, _, places in deferred for place in places] == list(case.deferred)


@each_in("rule, case", BY_TABLE, says=sentence)
def test_the_server_decides_the_case(rule: str, case: Case, previewing: Analyzer, updating: Analyzer) -> None:
    said, notes = by_server(updating if case.update else previewing, BY_ID[rule], case)
    check(case, said)
    wanted = [f"{rule} is decided at the update: {', '.join(case.deferred)} not known yet"] if case.deferred else []
    assert [note for _, note in notes] == wanted


@each_of("rule", [rule.id for rule in RULES if rule.id != "deferred"])
def test_a_rule_has_a_case_that_fails_passes_absent_and_unknown(rule: str) -> None:
    sorts = {case.sort for listed, case in LISTED if listed == rule}
    assert sorts == set(Sort)


def test_every_table_speaks_of_rules_that_exist() -> None:
    assert {rule for table in TABLES.values() for rule in table} <= set(BY_ID)
