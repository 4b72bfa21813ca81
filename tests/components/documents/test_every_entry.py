"""Every entry of every list and every operator of the tenants' documents is needed: an edit changes a row's verdict.

Some statements stand behind others, which refuse the same for another reason; their entries are judged with those
others lost. A sample runs all day, everything with `make verify`.
"""

from __future__ import annotations

import pytest

from tests.components.documents.judging import WORLD, caught, caught_without
from tests.components.documents.mutants import THOROUGH, Mutant, thorough_mutants

MUTANTS = thorough_mutants(WORLD)
SAMPLE = MUTANTS[::13]
REST = [each for number, each in enumerate(MUTANTS) if number % 13]

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
    # Another spelling of the key is refused in any call, and any change of another's thing, not its tags alone.
    "tenancy/UserTagIsFrozen": ("tenancy/NoLookalikeTagKey",),
    "tenancy/NoTaggingOfForeign": ("tenancy/OnlyOwnResources",),
}

# Edits that change nothing, with the reason.
EQUIVALENT = {
    "budget-rights StopTenantsPeople StringNotEqualsIfExists for StringNotEquals aws:ResourceTag/user": "a negated "
    "operator holds where the key is missing, with and without IfExists",
    "tenancy OnlyOwnResources without NotAction sagemaker:Search": "Search has no resource type, so the statement's "
    "Resource never meets one; the exception stands there should AWS judge a search on a resource [LIVE]",
}


UNNOTICED = "no row needs this: add the row, name what it stands behind, or say why it changes nothing"


def is_caught(mutant: Mutant) -> bool:
    return caught(mutant) or (mutant.place in BEHIND and caught_without(mutant, BEHIND[mutant.place]))


@pytest.mark.parametrize("mutant", [each for each in SAMPLE if str(each) not in EQUIVALENT], ids=str)
def test_a_broken_entry_is_noticed(mutant: Mutant) -> None:
    assert is_caught(mutant), UNNOTICED


@pytest.mark.verify
@pytest.mark.parametrize("mutant", [each for each in REST if str(each) not in EQUIVALENT], ids=str)
def test_every_broken_entry_is_noticed(mutant: Mutant) -> None:
    assert is_caught(mutant), UNNOTICED


@pytest.mark.parametrize("edit", EQUIVALENT)
def test_an_edit_that_changes_nothing_is_there_and_unnoticed(edit: str) -> None:
    (mutant,) = [each for each in MUTANTS if str(each) == edit]
    assert not is_caught(mutant), "a row needs it: take it off the list"


@pytest.mark.verify
@pytest.mark.parametrize("place", BEHIND)
def test_a_statement_stands_behind_others_only_where_it_does(place: str) -> None:
    assert not all(caught(each) for each in MUTANTS if each.place == place), "take it off the list"


def test_the_edits_are_many_and_of_every_kind() -> None:
    assert len(MUTANTS) > 450
    assert {each.holder for each in MUTANTS} == set(THOROUGH)
    kinds = ("guarded by", "IfExists for", "Bool for", "ForAllValues:", "without NotAction", "without NotResource")
    assert [kind for kind in kinds if not any(kind in each.edit for each in MUTANTS)] == []
