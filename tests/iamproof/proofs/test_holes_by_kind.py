"""Every hole of the systems, by its id, is found without being told the request; what is tight is proved."""

from __future__ import annotations

import re

import pytest

from iamproof import (
    Account,
    Actor,
    Anybody,
    Guarded,
    PrincipalKind,
    Query,
    Reading,
    Request,
    Verdict,
    Whose,
    evaluate,
    lint,
    possible,
    prove,
)
from tests.iamproof.proofs.kinds import NEVER_WORKS, OPEN, SHUT, Kind
from tests.iamproof.systems import test_s3_governance as s3
from tests.iamproof.systems.ids import NOT_DECIDED_BY_POLICIES, SYSTEMS
from tests.iamproof.systems.reference import ACCOUNT, documents, load

EVERYBODY = frozenset({PrincipalKind.ROLE, PrincipalKind.USER})
MANAGE = ("kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:EnableKey", "kms:Create*", "kms:Tag*")


def meant(query: Query, request: Request) -> bool:
    """Whether a query means a request, without the prover's own answer to it."""
    patterns = (re.escape(pattern).replace(r"\*", ".*") for pattern in query.patterns)
    if not any(re.fullmatch(pattern, request.action, re.IGNORECASE) for pattern in patterns):
        return False
    carried = {key.lower(): values or () for key, values in request.values().items()}
    return request.resource in query.asked and all(
        values.admits(carried.get(key, ())) for key, values in query.keys.items()
    )


@pytest.mark.parametrize("hole", OPEN, ids=str)
def test_a_hole_is_found_without_being_told_the_request(hole: Kind) -> None:
    proof = prove(hole.where, hole.query)
    assert proof.verdict is Verdict.COUNTEREXAMPLE
    assert proof.request is not None
    assert meant(hole.query, proof.request), proof.request
    assert evaluate(proof.request, hole.where.environment, reading=Reading.BRACKET).allowed


@pytest.mark.parametrize("tight", SHUT, ids=str)
def test_what_is_tight_is_proved_for_every_request(tight: Kind) -> None:
    assert prove(tight.where, tight.query).proved


@pytest.mark.parametrize("wanted", NEVER_WORKS, ids=str)
def test_what_is_wanted_and_never_works_is_reported(wanted: Kind) -> None:
    assert possible(wanted.where, wanted.query).verdict is Verdict.COUNTEREXAMPLE
    assert prove(wanted.where, wanted.query).proved


def test_every_id_has_a_fixture_of_its_kind() -> None:
    """A hole is found, a tight one proved, a break reported; nothing is shown under an id that no list has."""
    for kinds, verdict in ((OPEN, "open"), (SHUT, "tight"), (NEVER_WORKS, "broken")):
        listed = {id_ for ids in SYSTEMS.values() for id_ in getattr(ids, verdict)}
        shown = {kind.id for kind in kinds}
        assert sorted(listed - shown) == [], f"{verdict} without a fixture"
        assert sorted(shown - listed) == [], f"shown as {verdict}, which no list says"
    decided = {id_ for ids in SYSTEMS.values() for listed in ids for id_ in listed}
    assert decided.isdisjoint(NOT_DECIDED_BY_POLICIES)


def test_a_key_that_nobody_can_manage_is_a_lock_out() -> None:
    """G3: not the administrator, and not one principal of the account, whatever policies it has."""
    policy = load(s3.KEY_POLICY)
    locked = Account(
        id=ACCOUNT,
        actors=(Actor(principal=s3.ADMIN.principal, identity=(load("open/everything"),)),),
        guarded=(Guarded(resources=(s3.KEY,), policy=policy, kind="key"),),
        anybody=(Anybody(whose=Whose.ALL, kinds=EVERYBODY),),
    )
    assert possible(locked, Query(MANAGE, s3.KEY)).verdict is Verdict.COUNTEREXAMPLE


DEAD = [
    ("E3", "s1/for_notebook-for-engineer", "pattern-reaches-one-action", "Statement[0].Action[1]"),
    ("M2", "s1/for_SageMakerAdministrator_Group", "never-matches", "Statement[1]"),
    ("M2", "s1/for_SageMakerEngineer_Group", "never-matches", "Statement[1]"),
    ("G5", "s3/data-scientist", "resource-form", "Statement[1].Action[2]"),
]


@pytest.mark.parametrize(("hole", "name", "said", "place"), DEAD, ids=[f"{row[0]} {row[1]}" for row in DEAD])
def test_a_dead_grant_is_reported(hole: str, name: str, said: str, place: str) -> None:
    system, _, policy = name.partition("/")
    found = [(finding.id, finding.path) for finding in lint(documents(system)[policy])]
    assert found == [(said, place)], hole
