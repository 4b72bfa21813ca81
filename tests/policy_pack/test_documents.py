"""Policy documents are read from every form in which IAM accepts them."""

from __future__ import annotations

import documents
import pytest


def test_a_document_is_read_from_text_and_object_alike() -> None:
    as_object = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Deny",
            "Principal": {"AWS": "*"},
            "Action": "S3:Get*",
            "Resource": ["a", "b"],
            "Condition": {
                "ForAnyValue:StringNotLikeIfExists": {"aws:TagKeys": "user"},
                "Bool": {"aws:ViaAWSService": False},
            },
        },
    }
    statement = documents.parse(as_object).statements[0]
    assert statement.everybody
    assert statement.covers("s3:getobject")
    assert not statement.covers("s3:PutObject")
    assert statement.resources == ("a", "b")
    first, second = statement.conditions
    assert (first.base, first.quantifier, first.if_exists, first.negated) == (
        "stringnotlike",
        "foranyvalue",
        True,
        True,
    )
    assert second.values == ("false",)
    assert statement.tests("AWS:tagkeys") == (first,)


def test_not_action_speaks_of_what_remains() -> None:
    text = '{"Statement": [{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}]}'
    statement = documents.parse(text).statements[0]
    assert statement.covers("s3:GetObject")
    assert not statement.covers("iam:PassRole")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "the text is no JSON"),
        ("[]", "the document is no object"),
        ("{}", "Statement is missing or empty"),
        ('{"Statement": ["x"]}', "Statement[0] is no object"),
        ('{"Statement": [{"Effect": "allow"}]}', "Statement[0].Effect is neither Allow nor Deny"),
        ('{"Statement": [{"Effect": "Deny", "Actions": "x"}]}', "Statement[0] has unknown elements: Actions"),
        ('{"Statement": [{"Effect": "Deny", "Action": [1]}]}', "Statement[0].Action holds something else than text"),
        ('{"Statement": [{"Effect": "Deny", "Condition": []}]}', "Statement[0].Condition is no map"),
    ],
)
def test_what_cannot_be_read_in_a_document_is_told(text: str, problem: str) -> None:
    assert any(problem in told for told in documents.parse(text).problems)


def test_a_pattern_has_two_wild_characters_only() -> None:
    assert documents.matches("a*c?", "abbbcd")
    assert not documents.matches("[ab]", "a")
    assert documents.matches("[ab]", "[ab]")
