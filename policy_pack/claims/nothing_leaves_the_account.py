"""A bucket, a key or a repository of another account is a door: what is written there has left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asking import tenants_of
from claim import Claim, Kind, Question

from iamproof import Like, OtherThan, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies


DOCUMENTS_OF_AWS = ("ssm:StartSession",)
"""Session documents belong to AWS, in no account; which one a person may use, the sessions' own grant says."""


WITHOUT_A_THING = ("s3:*", "sagemaker:*", "kms:*", "logs:*", "ecr:*")
"""Services of which calls that name no thing are bound to the account as well."""


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask, of each tenant's identity, for any request on a thing that another account owns."""
    foreign = {"aws:ResourceAccount": OtherThan(stack.account)}
    for _owner, identity in tenants_of(stack):
        query = Query("*", Like("arn:*"), foreign, but=DOCUMENTS_OF_AWS, sentence="reaches into another account")
        yield Question(identity=identity, query=query)
        query = Query(WITHOUT_A_THING, "*", foreign, sentence="asks another account")
        yield Question(identity=identity, query=query)


CLAIM = Claim(
    id="nothing-leaves-the-account",
    sentence="No tenant reads or writes anything in another account.",
    kind=Kind.SAFETY,
    ask=ask,
    assumptions=("packages of Amazon Linux are fetched without signature, so no identity's policy judges that",),
    partner="each-tenant-works-in-its-prefix",
)
