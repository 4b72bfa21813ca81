"""The original policies of the five systems as claims: every hole gives a request of that kind, the rest is proved.

A row is asked as it stands, every key it does not carry missing; and a hole is asked again with everything free that
the row's sentence leaves free.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from iamproof import (
    AnyString,
    Contains,
    Environment,
    Equals,
    Like,
    Missing,
    OtherThan,
    Query,
    Reading,
    Situation,
    Values,
    Verdict,
    evaluate,
    possible,
    prove,
)
from tests.iamproof.systems import test_s0_personal as s0
from tests.iamproof.systems import test_s1_split_buckets as s1
from tests.iamproof.systems import test_s2_closed_network as s2
from tests.iamproof.systems import test_s3_governance as s3
from tests.iamproof.systems import test_s4_many_users as s4
from tests.iamproof.systems.reference import ACCOUNT, OWN_VPCE, STRANGER, SUBNETS, Actor, Row, load, user_arn

if TYPE_CHECKING:
    from collections.abc import Iterator

SYSTEMS = (s0, s1, s2, s3, s4)
OPEN = [row for system in SYSTEMS for row in (*system.HOLES, *getattr(system, "WANTED", ()))]
SHUT = [row for system in SYSTEMS for row in (*system.TIGHT, *getattr(system, "BROKEN", ()))]
FIXED = ("aws:principal", "aws:username", "aws:resourceaccount")
FROM_OUTSIDE = OtherThan(OWN_VPCE).or_missing()


def situation(who: Actor, policy: str | None = None, kind: Any = "other", owner: str | None = ACCOUNT) -> Situation:
    resource = load(policy) if policy else None
    environment = Environment(
        identity=tuple(load(name) for name in who.carries),
        resource=resource,
        resource_kind=kind if resource else "other",
        account=ACCOUNT,
        resource_account=owner,
    )
    return Situation(who.principal, environment)


def of_row(row: Row) -> Situation:
    return situation(row.who, row.policy, row.kind, row.owner)


def said(value: Any) -> Values:
    texts = [str(item).lower() if isinstance(item, bool) else str(item) for item in _list(value)]
    each = tuple(Contains(text).some[0] for text in texts)
    return replace(Equals(*texts), some=each)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def keys_of(row: Row) -> Iterator[str]:
    for name in (*row.who.carries, *((row.policy,) if row.policy else ())):
        for statement in load(name).statements:
            yield from (condition.key for condition in statement.conditions)


def exactly(row: Row) -> Query:
    """The row's request and no other."""
    known = {key.lower() for key in row.context}
    others = {key.lower(): key for key in keys_of(row) if key.lower() not in known}
    free = [
        key
        for name, key in others.items()
        if not name.startswith(("aws:principal", "aws:username", "aws:resourceaccount"))
    ]
    context = {key: said(value) for key, value in row.context.items()}
    return Query(row.action, row.resource, {**context, **dict.fromkeys(free, Missing)})


@pytest.mark.parametrize("row", OPEN, ids=str)
def test_a_row_that_is_open_gives_its_own_request(row: Row) -> None:
    proof = prove(of_row(row), exactly(row))
    assert proof.verdict is Verdict.COUNTEREXAMPLE
    assert proof.request is not None
    assert proof.request.action.lower() == row.action.lower()
    assert possible(of_row(row), exactly(row)).proved


@pytest.mark.parametrize("row", SHUT, ids=str)
def test_a_row_that_is_shut_is_proved(row: Row) -> None:
    assert prove(of_row(row), exactly(row)).proved
    assert prove(of_row(row), exactly(row), reading=Reading.EXACT).proved


DEV, ROLE = situation(s2.DEV), situation(s2.ROLE)
ALICE = situation(s4.ALICE)
TRAIN, NOTEBOOK = "sagemaker:CreateTrainingJob", "sagemaker:CreateNotebookInstance"
FOREIGN = Contains(OtherThan(*SUBNETS))
ISOLATED, INTERNET, PASSED = "sagemaker:NetworkIsolation", "sagemaker:DirectInternetAccess", "iam:PassedToService"
NOT_SAGEMAKER = OtherThan("sagemaker.amazonaws.com").or_missing()
PARTNER = situation(s3.PARTNER, s3.BUCKET_POLICY, "bucket")
KINDS: list[tuple[str, Situation, Query]] = [
    ("D5 anything of SageMaker from outside", DEV, Query("sagemaker:*", context={"aws:SourceVpce": FROM_OUTSIDE})),
    ("R1 training without a VPC", ROLE, Query(TRAIN, context={"sagemaker:VpcSubnets": Missing})),
    (
        "R2 training without isolation",
        ROLE,
        Query(TRAIN, context={ISOLATED: Equals("false").or_missing()}),
    ),
    (
        "D2 a notebook with internet",
        DEV,
        Query(NOTEBOOK, context={INTERNET: OtherThan("Disabled").or_missing()}),
    ),
    ("D4 a notebook without a subnet", DEV, Query(NOTEBOOK, context={"sagemaker:VpcSubnets": Missing})),
    (
        "D7 a role passed to anything else",
        DEV,
        Query("iam:PassRole", context={PASSED: NOT_SAGEMAKER}),
    ),
    ("R8 a role passed to Glue", ROLE, Query("iam:PassRole", context={"iam:PassedToService": "glue.amazonaws.com"})),
    ("D9 another's notebook opened", DEV, Query("sagemaker:CreatePresigned*", OtherThan("*:notebook-instance/mine"))),
    ("R5 compute whose network IAM cannot see", ROLE, Query(("sagemaker:CreateTransformJob", "sagemaker:CreateApp"))),
    ("R6 a stranger's bucket written", situation(s2.ROLE, owner=STRANGER), Query("s3:PutObject")),
    (
        "R7 objects from outside",
        ROLE,
        Query("s3:*Object", context={"aws:SourceVpce": FROM_OUTSIDE}),
    ),
    ("R11 a way out of the network", ROLE, Query("ec2:CreateVpcEndpoint")),
    ("R12 a policy opened", ROLE, Query(("ecr:SetRepositoryPolicy", "logs:PutResourcePolicy", "s3:PutObjectAcl"))),
    ("R15 owner tags changed", ROLE, Query("sagemaker:AddTags", context={"sagemaker:TaggingAction": Missing})),
    ("R17 another bucket's objects", ROLE, Query("s3:GetObject", "arn:aws:s3:::tenant-b-private/*")),
    ("R13 raw data deleted", situation(s1.STRAY), Query("s3:DeleteObject", "arn:aws:s3:::sagemaker-rawdata/*")),
    ("E2 results made public", situation(s1.ENGINEER_NB), Query("s3:Put*Acl")),
    ("F2 the whole bucket listed", ALICE, Query("s3:ListBucket", context={"s3:prefix": Missing})),
    ("F4 any role passed", ALICE, Query("iam:PassRole", OtherThan(user_arn("alice")))),
    ("G1 shared data from anywhere", PARTNER, Query("s3:GetObject")),
    (
        "G4 a notebook with internet",
        situation(s3.SCIENTIST),
        Query(NOTEBOOK, context={INTERNET: "Enabled"}),
    ),
]
PROVED: list[tuple[str, Situation, Query]] = [
    ("D1", DEV, Query(NOTEBOOK, context={INTERNET: "Enabled", "aws:SourceVpce": AnyString})),
    ("D3", DEV, Query(NOTEBOOK, context={"sagemaker:VpcSubnets": FOREIGN})),
    ("D5b", DEV, Query("sagemaker:*", context={"aws:SourceVpce": OtherThan("vpce-0a*")})),
    ("D6", DEV, Query("iam:PassRole", OtherThan(s2.OWN_ROLE), {"iam:PassedToService": "sagemaker.amazonaws.com"})),
    ("R2b", ROLE, Query(TRAIN, context={"sagemaker:NetworkIsolation": "false"})),
    ("R3", ROLE, Query("sagemaker:CreateDomain")),
    ("R9", ROLE, Query("iam:PassRole", OtherThan(s2.OWN_ROLE), {"iam:PassedToService": "sagemaker.amazonaws.com"})),
    ("E1", situation(s1.ENGINEER_NB), Query(("s3:Put*", "s3:Delete*"), "arn:aws:s3:::sagemaker-rawdata/*")),
    ("G1b", PARTNER, Query("s3:*", OtherThan("*/shared-datasets/*"))),
    ("G3", situation(s3.ADMIN, s3.KEY_POLICY, "key"), Query("kms:*", s3.KEY)),
    ("F1b", situation(s4.NOTEBOOK_ROLE), Query("s3:*Object", Like(f"{s4.BUCKET}/*"))),
]


@pytest.mark.parametrize(("name", "where", "query"), KINDS, ids=[name for name, *_ in KINDS])
def test_a_hole_is_found_without_being_told_the_request(name: str, where: Situation, query: Query) -> None:
    proof = prove(where, query)
    assert proof.verdict is Verdict.COUNTEREXAMPLE, name
    assert proof.request is not None
    assert evaluate(proof.request, where.environment, reading=Reading.BRACKET).allowed


@pytest.mark.parametrize(("name", "where", "query"), PROVED, ids=[name for name, *_ in PROVED])
def test_what_is_tight_is_proved_for_every_request(name: str, where: Situation, query: Query) -> None:
    assert prove(where, query).proved, name
