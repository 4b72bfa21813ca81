"""HTTPS credentials for Git carry no second factor and come from anywhere: the platform offers none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import users_of
from claim import Claim, Kind, Question

from iamproof import Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


CREDENTIALS = (
    "iam:CreateServiceSpecificCredential",
    "iam:ResetServiceSpecificCredential",
    "iam:UploadSSHPublicKey",
    "iam:UploadSigningCertificate",
)


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask, of each person, for credentials that no condition on MFA can reach."""
    for identity in users_of(stack):
        query = Query(CREDENTIALS, sentence="makes credentials that carry no second factor")
        yield Question(identity=identity, query=query)


CLAIM = Claim(
    id="people-hold-no-git-credentials",
    sentence="No person makes credentials that carry no second factor, such as those of HTTPS Git.",
    kind=Kind.SAFETY,
    ask=ask,
    partner="people-enroll-themselves",
)
