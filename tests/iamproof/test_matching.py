"""Wildcards, held against Python's regular expressions."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iamproof.matching import Glob, matches_arn, matches_resource
from iamproof.truth import DOUBTFUL, NO, UNDOCUMENTED, YES, Truth

PATTERNS = st.text(alphabet="ab:/*?[.", max_size=12)
TEXTS = st.text(alphabet="ab:/[.\n", max_size=14)
ROLE = "arn:aws:iam::111122223333:role/tenants/alice/notebook"


def _expression(pattern: str, *, within_segments: bool) -> str:
    """The pattern as a regular expression; within segments only a `*` before `:` or the end crosses a colon."""
    pieces = []
    for index, character in enumerate(pattern):
        if character == "?":
            pieces.append("[^:]" if within_segments else ".")
        elif character == "*":
            rest = pattern[index + 1 :].lstrip("*")
            free = not within_segments or not rest or rest.startswith(":")
            pieces.append(".*" if free else "[^:]*")
        else:
            pieces.append(re.escape(character))
    return "".join(pieces)


@given(PATTERNS, TEXTS)
def test_a_glob_matches_what_the_regular_expression_matches(pattern: str, text: str) -> None:
    expected = re.fullmatch(_expression(pattern, within_segments=False), text, re.DOTALL) is not None
    assert Glob.of(pattern).matches(text) is expected


@given(PATTERNS, TEXTS)
def test_a_glob_kept_within_segments_matches_what_the_regular_expression_matches(pattern: str, text: str) -> None:
    expected = re.fullmatch(_expression(pattern, within_segments=True), text, re.DOTALL) is not None
    assert Glob.of(pattern).matches_within_segments(text) is expected


@given(st.data())
def test_a_pattern_made_from_a_text_matches_it(data: st.DataObject) -> None:
    text = data.draw(TEXTS)
    replaced = data.draw(st.lists(st.sampled_from("k?*"), min_size=len(text), max_size=len(text)))
    pattern = "".join(c if how == "k" else how for c, how in zip(text, replaced, strict=True))
    assert Glob.of(pattern).matches(text)


@given(PATTERNS)
def test_a_glob_split_into_components_keeps_every_token(pattern: str) -> None:
    parts = Glob.of(pattern).components
    assert len(parts) <= 6
    joined = ":".join("".join(t if isinstance(t, str) else t.value for t in part.tokens) for part in parts)
    assert re.sub(r"\*+", "*", joined) == re.sub(r"\*+", "*", pattern)


@pytest.mark.parametrize(
    ("pattern", "resource", "expected"),
    [
        ("*", "*", YES),
        ("*", "arn:aws:s3:::bucket", YES),
        ("arn:aws:s3:::bucket", "arn:aws:s3:::bucket", YES),
        ("arn:aws:s3:::bucket", "arn:aws:s3:::bucket/key", NO),
        ("arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket", NO),
        ("arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket/a/b", YES),
        ("arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket/a:b", YES),
        ("arn:aws:s3:::Bucket", "arn:aws:s3:::bucket", NO),
        ("arn:aws:s3:::b?cket", "arn:aws:s3:::bucket", YES),
        ("arn:aws:s3:::b?cket", "arn:aws:s3:::bcket", NO),
        ("arn:aws:sagemaker:*:111122223333:*", "arn:aws:sagemaker:eu-west-1:111122223333:model/m", YES),
        ("arn:aws:s3:*", "arn:aws:s3:::bucket", YES),
        ("arn:aws:logs:*:*:log-group:/a/*:log-stream:x", "arn:aws:logs:r:1:log-group:/a/b:log-stream:x", YES),
        ("arn:aws:s3:::bucket/*/end", "arn:aws:s3:::bucket/a:b/end", DOUBTFUL),
        ("arn:aws:s3:::bucket/?/end", "arn:aws:s3:::bucket/:/end", DOUBTFUL),
        ("arn:aws:s3:::a*b", "arn:aws:s3:::axb", YES),
        ("arn:aws:s3:::ab*ba", "arn:aws:s3:::aba", NO),
        ("arn:aws:s3:::ab*ba", "arn:aws:s3:::abba", YES),
    ],
)
def test_resource_entries_cover_resources(pattern: str, resource: str, expected: Truth) -> None:
    assert matches_resource(Glob.of(pattern), resource) == expected


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        (ROLE, ROLE, YES),
        ("arn:aws:iam::*:role/tenants/*", ROLE, YES),
        ("arn:*:iam::111122223333:role/*", ROLE, YES),
        ("arn:aws:iam::11112222333?:role/*", ROLE, YES),
        ("arn:aws:iam::*:role/*/alice", ROLE, NO),
        ("arn:*:role/tenants/alice/notebook", ROLE, UNDOCUMENTED),
        ("arn:aws:s3:*:*:bucket", "arn:aws:s3:::bucket", YES),
        ("arn:aws:*:111122223333:role/x:y", "arn:aws:iam::111122223333:role/x:y", NO),
        ("arn:aws:sns:*:*:topic:*", "arn:aws:sns:r:111122223333:topic:sub", YES),
        ("arn:aws:iam::*:role/*", "AIDAEXAMPLE", UNDOCUMENTED),
    ],
)
def test_arn_operators_compare_the_six_components_separately(pattern: str, text: str, expected: Truth) -> None:
    assert matches_arn(Glob.of(pattern), text) == expected
