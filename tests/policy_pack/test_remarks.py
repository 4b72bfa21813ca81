"""What a claim does not speak of in a stack stands on its own line: silence is never taken for proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from catalogue_of_claims import BY_ID
from claim import Claim, Kind, Remark, Verdict
from environment import StackPolicies
from identities import Identity
from proving import Prover
from resources import Stack

from iamproof import Principal, parse_policy
from preview import report_claims

if TYPE_CHECKING:
    from collections.abc import Iterator

FACTOR = "Federated: the second factor is the identity provider's."
ACCOUNT = "arn:aws:iam::111122223333"


TRUST = parse_policy(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Federated": f"{ACCOUNT}:saml-provider/corp"},
                "Action": "sts:AssumeRoleWithSAML",
                "Condition": {"StringEquals": {"saml:sub": "adam@example.com"}},
            }
        ],
    },
    name="trust",
)


def stack_with(*principals: Principal) -> StackPolicies:
    """Return a stack of nothing but some identities, which may do nothing."""
    return StackPolicies(
        account="111122223333",
        region="ap-northeast-1",
        partition="aws",
        identities=tuple(
            Identity(urn=str(one.arn), principal=one, trust=TRUST if ":role/" in str(one.arn) else None)
            for one in principals
        ),
        stack=Stack([]),
        ids={},
        buckets=(),
        keys=(),
        endpoints=(),
    )


EMERGENCY = Principal.role(f"{ACCOUNT}:role/ml-fed-break-glass")
FEDERATED = stack_with(Principal.role(f"{ACCOUNT}:role/people/ml-fed-ann"), EMERGENCY)
OF_USERS = stack_with(Principal.user(f"{ACCOUNT}:user/ml-dev-ann"), EMERGENCY)


CLAIMS = {
    "people-need-a-second-factor": FACTOR,
    "emergencies-need-a-second-factor": FACTOR,
    "people-enroll-themselves": "Federated: devices and passwords are the identity provider's.",
}


@pytest.mark.parametrize(("claim", "remark"), CLAIMS.items())
def test_a_claim_about_mfa_says_that_it_does_not_speak_of_federated_people(claim: str, remark: str) -> None:
    result = Prover(FEDERATED).decide(BY_ID[claim])
    assert result.remarks == (remark,)
    (line,) = report_claims.lines({"first": [result.to_dict()]})
    assert line.plain.endswith(f"{BY_ID[claim].sentence} {remark}")


@pytest.mark.parametrize("claim", CLAIMS)
def test_where_people_are_users_nothing_is_left_out(claim: str) -> None:
    assert not [one for one in BY_ID[claim].ask(OF_USERS) if isinstance(one, Remark)]
    assert list(BY_ID[claim].ask(OF_USERS))


def test_a_remark_is_no_question_and_no_verdict() -> None:
    def ask(_stack: StackPolicies) -> Iterator[Remark]:
        yield Remark(text="Of nobody.")
        yield Remark(text="Of nobody.")

    claim = Claim(id="empty", sentence="Nothing happens.", kind=Kind.SAFETY, ask=ask, partner="x")
    result = Prover(OF_USERS).decide(claim)
    assert (result.verdict, result.asked, result.remarks) == (Verdict.PROVED, 0, ("Of nobody.",))
