"""The everyday role of an administrator is a target: it must not be able to open the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import owner_of, users_of
from claim import Claim, Kind, Question

from claims.no_new_way_out import ELSEWHERE, HARMLESS
from iamproof import Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


OF_THE_BASTION = ("ec2:StartInstances", "ec2:StopInstances", "ec2:RebootInstances")
"""A host that is stopped or started stands where it stood."""


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask, of each person of the platform, for a change of the network and for the services beside it."""
    beside = tuple(action for action in ELSEWHERE if not action.startswith(("sns", "events")))
    for identity in users_of(stack):
        if owner_of(identity) is None:
            query = Query("ec2:*", but=(*HARMLESS, *OF_THE_BASTION), sentence="changes the network")
            yield Question(identity=identity, query=query)
            yield Question(identity=identity, query=Query(beside, sentence="runs something outside it"))


CLAIM = Claim(
    id="administrators-open-nothing",
    sentence="No administrator's everyday identity opens a way out of the network.",
    kind=Kind.SAFETY,
    ask=ask,
    partner="people-enroll-themselves",
)
