"""Documents as values: what they refuse, what they write, and what stands for an id."""

from __future__ import annotations

import json

import pytest

from components.documents.model import (
    ANYTHING,
    EVERYBODY,
    Effect,
    Statement,
    actions,
    all_of,
    document,
    reference,
    when,
)


def statement(sid: str = "AllowIt", /, **changes: object) -> Statement:
    given = {"effect": Effect.ALLOW, "actions": ("s3:GetObject",), "resources": ANYTHING, **changes}
    return Statement(sid=sid, **given)  # type: ignore[arg-type]  # tests give wrong values on purpose


def test_a_document_is_written_as_iam_reads_it() -> None:
    text = document(statement(conditions=when("StringEquals", "aws:PrincipalAccount", "1", "2"))).to_json()
    written = json.loads(text)["Statement"][0]
    assert written["Condition"] == {"StringEquals": {"aws:PrincipalAccount": ["1", "2"]}}
    assert json.loads(text)["Version"] == "2012-10-17"


def test_everybody_is_written_as_a_star_and_a_service_by_name() -> None:
    assert statement(principals=EVERYBODY).to_dict()["Principal"] == "*"
    named = statement(principals={"Service": ("sagemaker.amazonaws.com",)})
    assert named.to_dict()["Principal"] == {"Service": ["sagemaker.amazonaws.com"]}


def test_references_are_found_and_replaced_anywhere_in_a_string() -> None:
    doc = document(statement(resources=(f"arn:aws:ec2:::subnet/{reference('subnet/apne1-az1')}",)))
    assert doc.references() == ("subnet/apne1-az1",)
    assert '"arn:aws:ec2:::subnet/subnet-1"' in doc.render({"subnet/apne1-az1": "subnet-1"})
    with pytest.raises(KeyError):
        doc.render({})


@pytest.mark.parametrize("name", ["Endpoint/S3", "endpoint s3", "", "{x}"])
def test_a_reference_that_cannot_be_read_back_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="is no reference"):
        reference(name)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"not_actions": ("s3:Put*",)}, "either actions or not_actions"),
        ({"actions": ()}, "either actions or not_actions"),
        ({"not_resources": ("x",)}, "not both"),
    ],
)
def test_a_statement_that_says_two_things_is_refused(changes: dict[str, object], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        statement(**changes)


def test_a_sid_is_an_intent_in_camel_case() -> None:
    with pytest.raises(ValueError, match="CamelCase"):
        statement("allow_it")


def test_a_document_without_statements_or_with_a_repeated_sid_is_refused() -> None:
    with pytest.raises(ValueError, match="none given"):
        document()
    with pytest.raises(ValueError, match="repeated: AllowIt"):
        document(statement(), [statement()])


def test_a_condition_without_values_is_refused() -> None:
    with pytest.raises(ValueError, match="never holds"):
        when("StringEquals", "aws:SourceVpce")


def test_conditions_are_joined_and_never_overwritten() -> None:
    same_operator = all_of(when("Null", "a:b", "true"), when("Null", "c:d", "true"))
    assert same_operator == {"Null": {"a:b": ("true",), "c:d": ("true",)}}
    with pytest.raises(ValueError, match="given twice"):
        all_of(when("Null", "a:b", "true"), when("Null", "a:b", "false"))


def test_actions_are_written_with_their_service() -> None:
    assert actions("s3", "GetObject", "Put*") == ("s3:GetObject", "s3:Put*")
