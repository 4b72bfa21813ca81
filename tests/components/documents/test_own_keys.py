"""A stack in which each tenant has a key of its own: the shared documents name it by a tag (S3-A9, P6)."""

from __future__ import annotations

import pytest

from components.documents.own_keys import tenant_key_policy
from iamproof import Environment, Reading, Situation, compare, parse_policy
from tests.batches import each_in
from tests.components.documents.judging import lock_of
from tests.components.documents.mutants import Mutant, Way, mutants, thorough_mutants
from tests.components.documents.own_key_rows import DECIDED, DOCUMENTS, KEY, NB, OWN_SCOPE, ROWS, WITHOUT, WORLD
from tests.components.documents.planned import documents_of
from tests.components.documents.world import SCOPE, Lock, Row, World

SHARED = documents_of(SCOPE)
# The statements that own keys bring or change; all others have their mutants with the shared key.
CHANGED = {
    f"{holder}/{statement.sid}"
    for holder, document in DOCUMENTS.items()
    for statement in document.statements
    if statement not in SHARED[holder].statements
}
# Should AWS read the unresolved variable of UploadsUseOwnKey otherwise, the missing tag still refuses.
SECOND_LOCK, FIRST_LOCK = "results UploadsNeedOwnKey dropped", "results UploadsUseOwnKey dropped"
EDITS = {str(each): each for each in (*mutants(WORLD), *thorough_mutants(WORLD)) if each.place in CHANGED}


def said(_world: World, row: Row, lock: Lock | None = None) -> str:
    """Return what a row of the table says, and which lock is asked about."""
    return f"{row}: {lock.name}" if lock else str(row)


@each_in("world, row", {name: [(world, row) for row in rows] for name, (world, rows) in DECIDED.items()}, says=said)
def test_a_row_is_decided_as_written(world: World, row: Row) -> None:
    assert world.decide(row) == row.allowed


@each_in(
    "world, row, lock",
    {name: [(world, row, by) for row in rows for by in row.by] for name, (world, rows) in DECIDED.items()},
    says=said,
)
def test_each_lock_refuses_alone(world: World, row: Row, lock: Lock) -> None:
    for reading in Reading:
        assert not world.decide(row, lock, reading), f"with everything else wide open, {lock.value} lets it through"


def test_no_shared_document_names_a_tenant_or_its_key() -> None:
    for holder, document in DOCUMENTS.items():
        if not holder.startswith(("key/tenant/", "trust/deployment", "invoking")):
            assert "key/tenant/" not in document.to_json(), holder
            assert "alice" not in document.to_json(), holder


def test_policies_of_own_keys_differ_in_the_owner_alone() -> None:
    alice, bob = (tenant_key_policy(OWN_SCOPE, tenant).to_json() for tenant in ("alice", "bob"))
    assert alice != bob
    assert alice.replace('"alice"', '"bob"') == bob


def test_the_rest_of_the_documents_is_the_same_as_with_a_shared_key() -> None:
    shared = documents_of(SCOPE)
    changed = {holder for holder, document in DOCUMENTS.items() if document != shared[holder]}
    assert changed == {"results", "data", "boundary", "people/results", "people/boundary", "prod/boundary"}


def flips(mutant: Mutant) -> bool:
    """Say whether a row changes its verdict by an edit of a changed statement."""
    lock, world = lock_of(mutant), mutant.of(WORLD)
    looser = any(world.decide(row, lock) for row in ROWS if lock in row.by)
    tighter = any(not world.decide(row) for row in ROWS if row.allowed)
    return (mutant.way is not Way.TIGHTER and looser) or (mutant.way is not Way.LOOSER and tighter)


def test_the_changed_statements_are_those_that_name_keys() -> None:
    assert {
        *(f"data/{sid}" for sid in ("UseKey", "DescribeVolumeKey", "GrantForVolumes")),
        *(f"{kind}boundary/CeilingOfKey" for kind in ("", "people/", "prod/")),
        "people/results/UseKey",
        *("results/UploadsUseOwnKey", "results/UploadsNeedOwnKey"),
    } == CHANGED
    # Another stage's documents are this one's again and have no edits of their own.
    assert {each.place for each in EDITS.values()} == {place for place in CHANGED if not place.startswith("prod/")}


def means_the_same(mutant: Mutant) -> bool:
    """Say whether an edited statement holds for the very requests as before, with a key of one's own and without."""
    before = next(each for each in WORLD.documents[mutant.holder]["Statement"] if each["Sid"] == mutant.sid)
    sides = [
        parse_policy({"Version": "2012-10-17", "Statement": [{**each, "Effect": "Allow"}]}, name="statement")
        for each in (
            {key: part for key, part in side.items() if key != "Principal"} for side in (before, mutant.statement)
        )
    ]
    worlds = [[Situation(who.principal, Environment(identity=(side,))) for side in sides] for who in (NB, WITHOUT)]
    return all(compare(before_, after).same for before_, after in worlds)


def test_an_edit_that_changes_something_does_not_mean_the_same() -> None:
    assert not means_the_same(EDITS[FIRST_LOCK.replace("dropped", "without StringNotEquals " + KEY)])


@pytest.mark.verify
@pytest.mark.parametrize(
    "mutant",
    [each for name, each in EDITS.items() if name != SECOND_LOCK],
    ids=[name for name in EDITS if name != SECOND_LOCK],
)
def test_a_broken_statement_about_own_keys_is_noticed(mutant: Mutant) -> None:
    assert flips(mutant) or means_the_same(mutant), "no row needs this: add the row, or leave the statement out"


def test_who_carries_no_key_uploads_nothing_though_the_first_lock_is_lost() -> None:
    lost = EDITS[FIRST_LOCK].of(WORLD)
    (row,) = (row for row in ROWS if row.id == "S3-A9 a result of a role without the tag")
    assert not lost.decide(row, Lock.RESOURCE)
    assert EDITS[SECOND_LOCK].of(lost).decide(row, Lock.RESOURCE)
