"""Every entry of every list and every operator of every document is needed: an edit changes a row's verdict.

Some statements stand behind others, which refuse the same for another reason; their entries are judged with those
others lost. What no row notices is put to `iamproof.compare`: it must let nothing past its lock, everything else being
wide open, and refuse nothing that a caller of the stack may do. A sample runs all day, everything with `make verify`.
"""

from __future__ import annotations

import pytest

from tests.components.documents.equivalence import lets_through_by_proof, means_the_same, refuses_by_proof
from tests.components.documents.judging import WORLD, caught, caught_without
from tests.components.documents.mutants import Mutant, Way, thorough_mutants

MUTANTS = thorough_mutants(WORLD)
HOLDERS = tuple(dict.fromkeys(mutant.holder for mutant in MUTANTS))
SAMPLE = [
    mutant
    for mutant in MUTANTS
    if mutant.edit.startswith("without Action") and mutant.holder not in {"network", "surface", "egress"}
][5::20]
# Documents all of whose statements stand in another of their kind, or hold no entry that could be dropped.
REPEATED = {"inside/platform-bounds", "strict/self", "prod/boundary", "trust/bastion"} | {
    f"federated/{holder}"
    for holder in (
        *(f"people/{purpose}" for purpose in ("author-bounds", "boundary", "bounds", "delegation")),
        *("people/platform-boundary", "people/platform-bounds", "strict/author-bounds"),
        *("inside/author-bounds", "inside/platform-bounds"),
        *("prod/author-bounds", "prod/boundary", "prod/egress", "prod/endpoint/sts"),
    )
}
# Edits that the proof cannot decide, with the reason.
UNDECIDED: dict[str, str] = {}

# What refuses every operation that is not open, by its name and by the kind of its resource.
UNKNOWN = ("surface/UnknownOperations", "surface/UnknownTypes")
REFUSED = (*UNKNOWN, "surface/Uncontrolled", "surface/DomainAdministration")

# Statements some of whose entries others shadow, with those others.
BEHIND = {
    # Autopilot and Studio are refused altogether; their network would be held, too.
    "network/NoVpc": (*REFUSED, "network/StudioVpcOnly"),
    "network/NoSecurityGroup": REFUSED,
    "network/StudioVpcOnly": REFUSED,
    # Inference components and pipelines are refused altogether; their owner would be held, too.
    "network/OnlyOwnModel": UNKNOWN,
    "network/OnlyOwnModelInEveryVariant": UNKNOWN,
    "tenancy/CreateMustCarryOwnTag": UNKNOWN,
    "tenancy/OwnerKeyExact": UNKNOWN,
    "tenancy/OnlyOwnResources": UNKNOWN,
    "tenancy/InferenceComponentOnOwnEndpoint": UNKNOWN,
    # What is refused by name outlives a careless entry in the table of operations.
    "surface/Uncontrolled": UNKNOWN,
    "surface/DomainAdministration": (*UNKNOWN, "network/StudioVpcOnly"),
    # Services that no grant reaches are refused by their name, too.
    "egress/OwnAccountOnly": UNKNOWN,
    "egress/NoNewExits": UNKNOWN,
    "tenancy/NoTagEditorOrIdentityTagging": UNKNOWN,
    # Without an owner the own path is empty: whether AWS then refuses every role is told two ways.
    "tenancy/PrincipalMustBeTagged": ("egress/PassOnlyOwnRole",),
    # Any change of another's thing is refused, not of its tags alone.
    "tenancy/NoTaggingOfForeign": ("tenancy/OnlyOwnResources",),
}


def unnoticed(mutant: Mutant) -> str:
    """Return what an edit changes that no row notices, or nothing: then it is caught, or proved to change nothing."""
    if caught(mutant) or (mutant.place in BEHIND and caught_without(mutant, BEHIND[mutant.place])):
        return ""
    if means_the_same(mutant):
        return ""
    let_through = lets_through_by_proof(mutant) if mutant.way is not Way.TIGHTER else ""
    refused = refuses_by_proof(mutant) if mutant.way is not Way.LOOSER else ""
    return "; ".join(filter(None, (let_through, refused)))


@pytest.mark.parametrize("mutant", SAMPLE, ids=str)
def test_a_broken_entry_is_noticed(mutant: Mutant) -> None:
    assert caught(mutant), "no row needs this: add the row"


@pytest.mark.verify
@pytest.mark.parametrize("holder", HOLDERS)
def test_every_broken_entry_is_noticed_or_changes_nothing(holder: str) -> None:
    left = {str(mutant): said for mutant in MUTANTS if mutant.holder == holder and (said := unnoticed(mutant))}
    assert {each: said for each, said in left.items() if each not in UNDECIDED} == {}, "add the rows"
    assert [each for each in left if each in UNDECIDED and "undecided" not in left[each]] == []


@pytest.mark.verify
def test_an_edit_that_matters_is_not_taken_for_one_that_does_not() -> None:
    """The proof's own test: edits of one document that rows notice are found by proof as well."""
    noticed = [
        each for each in MUTANTS if each.holder == "people/self" and each.edit.startswith("without") and caught(each)
    ]
    assert noticed
    assert [
        str(each)
        for each in noticed
        if means_the_same(each) or not (lets_through_by_proof(each) or refuses_by_proof(each))
    ] == []


@pytest.mark.verify
@pytest.mark.parametrize("place", BEHIND)
def test_a_statement_stands_behind_others_only_where_it_does(place: str) -> None:
    assert not all(caught(each) for each in MUTANTS if each.place == place), "take it off the list"


def test_the_edits_are_many_and_of_every_kind() -> None:
    assert len(MUTANTS) > 1800
    assert {each.holder for each in MUTANTS} == set(WORLD.documents) - REPEATED
    kinds = ("guarded by", "IfExists for", "Bool for", "ForAllValues:", "without NotAction", "without NotResource")
    more = ("Null turned round", "StringEquals for", "NumericLessThan for", "StringNotEquals for", "on every action")
    assert [kind for kind in (*kinds, *more) if not any(kind in each.edit for each in MUTANTS)] == []
