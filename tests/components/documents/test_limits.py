"""A document that AWS would refuse for its length is refused when it is built, with the statements that fill it."""

from __future__ import annotations

import pytest

from components.documents import limits
from components.documents.model import ANYTHING, Effect, PolicyDocument, Statement, document


def statement(sid: str, *resources: str) -> Statement:
    return Statement(sid=sid, effect=Effect.DENY, actions=ANYTHING, resources=resources)


def of_size(size: int) -> PolicyDocument:
    """Return a document that takes so many characters once a subnet's id stands in it."""
    empty = len(document(statement("Big", "{{subnet/a}}", "")).render({"subnet/a": "x" * 24}))
    return document(statement("Big", "{{subnet/a}}", "y" * (size - empty)))


def test_a_document_may_fill_its_quota_to_the_last_character() -> None:
    full = {"network": of_size(limits.MANAGED_POLICY)}
    assert limits.fitting(full) == full


def test_one_character_more_is_refused_with_what_to_do() -> None:
    with pytest.raises(ValueError, match="policy network: 6145 characters given, 6144 are allowed by AWS") as refused:
        limits.fitting({"network": of_size(limits.MANAGED_POLICY + 1)})
    assert "split the document in two" in str(refused.value)


def test_the_statements_that_fill_a_document_are_named_largest_first() -> None:
    parts = [statement(sid, letter * count) for sid, letter, count in (("Small", "a", 9), ("Huge", "b", 6100))]
    with pytest.raises(ValueError, match=r"most of them in Huge \(\d{4}\), Small \(\d\d\);"):
        limits.fitting({"surface": document(*parts)})


def test_every_document_that_is_too_long_is_named() -> None:
    with pytest.raises(ValueError, match=r"policy a: .*; policy b: "):
        limits.fitting({"a": of_size(7000), "fits": of_size(900), "b": of_size(8000)})


def test_a_trust_has_a_quota_of_its_own() -> None:
    with pytest.raises(ValueError, match="trust of job: 2049 characters given, 2048 are allowed"):
        limits.fitting({"job": of_size(2049)}, limits.ROLE_TRUST, "trust of")


@pytest.mark.parametrize(("reference", "length"), [("key/data", 36), ("subnet/apne1-az1", 24)])
def test_an_id_that_aws_mints_counts_with_its_longest_form(reference: str, length: int) -> None:
    named, empty = document(statement("A", f"{{{{{reference}}}}}")), document(statement("A", ""))
    assert limits.size(named) - limits.size(empty) == length


def test_white_space_does_not_count() -> None:
    assert limits.size(document(statement("A", "a b"))) == limits.size(document(statement("A", "ab")))


def test_the_size_is_that_of_the_document_with_ids_in_place() -> None:
    named = document(statement("A", "{{subnet/a}}", "{{key/data}}"))
    ids = {"subnet/a": "subnet-0123456789abcdef0", "key/data": "11111111-2222-3333-4444-555555555555"}
    assert limits.size(named) == len(named.render(ids))
