"""A password that was guessed or a key that was copied is worth nothing without the second factor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import users_of
from claim import Claim, Kind, Question, Remark

from iamproof import OtherThan, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


ENROLLING = (
    "iam:CreateVirtualMFADevice",
    "iam:EnableMFADevice",
    "iam:ResyncMFADevice",
    "iam:GetUser",
    "iam:ListMFADevices",
    "iam:ListVirtualMFADevices",
    "iam:ChangePassword",
    "iam:GetAccountPasswordPolicy",
    "sts:GetSessionToken",
)
"""What a new person does before there is a second factor, and what makes the session that has one."""

FEDERATED = Remark(text="Federated: the second factor is the identity provider's.")


def ask(stack: StackPolicies) -> Iterator[Question | Remark]:
    """Ask, of each person, for anything but enrolling in a session without a second factor."""
    without = {"aws:MultiFactorAuthPresent": OtherThan("true").or_missing()}
    for identity in users_of(stack):
        if identity.is_role:  # a federated session carries no such key
            yield FEDERATED
            continue
        query = Query("*", context=without, but=ENROLLING, sentence="acts without a second factor")
        yield Question(identity=identity, query=query)


CLAIM = Claim(
    id="people-need-a-second-factor",
    sentence="No person does anything without MFA but enrolling a device and setting the first password.",
    kind=Kind.SAFETY,
    ask=ask,
    assumptions=("where people federate, their provider asks for the second factor: IAM cannot see whether it did",),
    partner="people-enroll-themselves",
)
