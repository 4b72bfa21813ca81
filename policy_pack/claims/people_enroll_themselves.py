"""A person who cannot enrol a second factor can do nothing at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import users_of
from claim import Claim, Kind, Question, Remark

from iamproof import Missing, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


ELSEWHERE = Remark(text="Federated: devices and passwords are the identity provider's.")


def ask(stack: StackPolicies) -> Iterator[Question | Remark]:
    """Ask whether each person can enrol a device, get a session with it and set a password, without MFA so far."""
    before = {"aws:MultiFactorAuthPresent": Missing, "aws:SourceVpce": Missing}
    for identity in users_of(stack):
        if identity.is_role:  # federated people have no device here
            yield ELSEWHERE
            continue
        for action in ("iam:EnableMFADevice", "iam:ChangePassword"):
            query = Query(action, identity.principal.arn, before, sentence=f"{action} of its own")
            yield Question(identity=identity, query=query)
        query = Query("sts:GetSessionToken", context=before, sentence="gets a session with a second factor")
        yield Question(identity=identity, query=query)


CLAIM = Claim(
    id="people-enroll-themselves",
    sentence="Each person enrols a device, sets a password and gets a session with a second factor.",
    kind=Kind.LIVENESS,
    ask=ask,
)
