"""Every statement, condition and resource list is needed: an edit of the documents changes the verdict of a row.

A loosening edit must let a refused row through under the lock that it is part of; a tightening one must refuse an
allowed row. A second lock, which another statement shadows, is named with the other, and both together are needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.batches import each_in, grouped
from tests.components.documents.judging import WORLD, lets_through, lock_of, loosens, refuses
from tests.components.documents.mutants import Mutant, mutants
from tests.components.documents.rows import ALL_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable

MUTANTS = mutants(WORLD)

# What refuses every operation that is not open, by its name and by the kind of its resource.
UNKNOWN = ("surface/UnknownOperations", "surface/UnknownTypes")

# Statements that others shadow, with those others: each is kept for the case in which the other is lost or misread.
SECOND_LOCKS = {
    # Studio has no reviewed type, so nothing of it passes anyway; these name the reason and outlive a review.
    "network/StudioVpcOnly": (*UNKNOWN, "surface/DomainAdministration"),
    "surface/DomainAdministration": (*UNKNOWN, "network/StudioVpcOnly"),
    # What the table refuses by name outlives a careless entry there.
    "surface/Uncontrolled": UNKNOWN,
    # Nothing lies on an endpoint but inference components, which the table refuses.
    "tenancy/InferenceComponentOnOwnEndpoint": UNKNOWN,
    # An unresolved variable in NotResource matches nothing; if AWS reads it otherwise, the missing tag still refuses.
    "results/OwnPrefixNeedsTag": ("results/OwnPrefixOnly",),
    # Nobody is listed for access logs but who manages; should somebody be, these bind it.
    **{
        f"access-logs/{sid}": ("access-logs/OnlyListedPrincipals",)
        for sid in ("OnlyViaS3Endpoint", "BucketOnlyViaS3EndpointOrDeployer", "OnlyDeployerManages")
    },
}

# Denies, or single conditions of them, on what nobody can reach yet: no allowed row shows that they leave room.
WITHOUT_A_JOURNEY = {
    "network/StudioVpcOnly",
    "tenancy/InferenceComponentOnOwnEndpoint",
    "access-logs OnlyViaS3Endpoint without StringNotEqualsIfExists aws:SourceVpce",
    "access-logs OnlyViaS3Endpoint without BoolIfExists aws:ViaAWSService",
    "access-logs OnlyViaS3Endpoint without ArnNotLike aws:PrincipalArn",
    "access-logs BucketOnlyViaS3EndpointOrDeployer without StringNotEqualsIfExists aws:SourceVpce",
    "access-logs BucketOnlyViaS3EndpointOrDeployer without BoolIfExists aws:ViaAWSService",
    "audit OnlyViaS3Endpoint without ArnNotLike aws:PrincipalArn",
}


def by_holder(listed: Iterable[Mutant]) -> dict[str, list[Mutant]]:
    return grouped(listed, lambda mutant: mutant.holder)


def without_a_journey(mutant: Mutant) -> bool:
    return bool({mutant.place, str(mutant)} & WITHOUT_A_JOURNEY)


def second(mutant: Mutant) -> bool:
    return mutant.edit == "dropped" and mutant.place in SECOND_LOCKS


@each_in("mutant", by_holder(each for each in MUTANTS if loosens(each) and not second(each)))
def test_a_loosened_document_lets_a_refused_row_through(mutant: Mutant) -> None:
    assert lets_through(mutant), "no row needs this: add the row, or name the other lock"


@each_in("mutant", by_holder(each for each in MUTANTS if not loosens(each) and not without_a_journey(each)))
def test_a_tightened_document_refuses_an_allowed_row(mutant: Mutant) -> None:
    assert refuses(mutant), "no journey needs this: add the row, or leave the statement out"


@pytest.mark.parametrize("place", SECOND_LOCKS)
def test_a_second_lock_holds_where_the_first_is_lost(place: str) -> None:
    dropped = {each.place: each for each in MUTANTS if each.edit == "dropped"}
    lost = WORLD
    for other in SECOND_LOCKS[place]:
        lost = dropped[other].of(lost)
    both = dropped[place].of(lost)
    lock = lock_of(dropped[place])
    flipped = [row for row in ALL_ROWS if lock in row.by and both.decide(row, lock) and not lost.decide(row, lock)]
    assert flipped, f"{place} refuses nothing, even without {' and '.join(SECOND_LOCKS[place])}"
    assert not lets_through(dropped[place]), f"{place} is a first lock: take it off the list"


@pytest.mark.parametrize("place", sorted(WITHOUT_A_JOURNEY))
def test_what_has_no_journey_is_taken_off_the_list_when_it_gets_one(place: str) -> None:
    listed = [each for each in MUTANTS if place in {each.place, str(each)} and not loosens(each)]
    assert listed, f"{place} is no edit"
    assert not any(refuses(each) for each in listed)
