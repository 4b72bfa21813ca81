"""When tenants may be exchanged: one answer then serves all of them, and nobody who differs is passed over."""

from __future__ import annotations

import cutting
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from iamproof.matching import Glob

names = st.from_regex(r"[a-c][a-c-]{1,3}[a-c]", fullmatch=True)
pieces = st.lists(
    st.sampled_from(["a", "b", "ab", "-", "users/", "/", "x:", "*", "?", "??", "???", "-job"]), min_size=1, max_size=5
)
surroundings = st.sampled_from(["{}", "users/{}/", "{}--model", "x:{}", "role/{}/ml-{}-job"])


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("arn:aws:s3:::results/users/alice/*", "alice"),
        ("users/al*", "alice"),
        ("*ce/data", "alice"),
        ("*lic*", "alice"),
        ("role/tenants/?????/*", "alice"),
        ("role/tenants/??*??/*", "alice"),
        ("role/tenants/al?/*", "alice"),
        ("role/tenants/???", "bob"),
        ("*-job", "my-job"),
    ],
)
def test_a_pattern_that_can_end_within_a_name_tells_it_apart(pattern: str, name: str) -> None:
    assert any(cutting.cuts(literal, name) for literal in cutting.literals(pattern))


@pytest.mark.parametrize(
    "pattern",
    [
        "arn:aws:s3:::ml-dev-results-7f3a/users/${aws:PrincipalTag/user}/*",
        "arn:aws:iam::111122223333:role/tenants/*/ml-dev-*-job",
        "arn:aws:sagemaker:ap-northeast-1:111122223333:model/${aws:PrincipalTag/user}--*",
        "sagemaker.amazonaws.com",
        "arn:aws:s3:::ml-dev-audit-7f3?",
        "arn:aws:iam::111122223333:role/tenants/*??/ml-dev-?*-job",
    ],
)
def test_the_platforms_patterns_tell_no_plain_name_apart(pattern: str) -> None:
    assert not any(cutting.cuts(literal, "alice") for literal in cutting.literals(pattern))


@given(pieces, names, names, surroundings)
@example(["*", "a", "*"], "aa", "bb", "{}")
@example(["users/", "a", "*"], "aba", "bcb", "users/{}/")
@example(["users/", "??", "/"], "aba", "abca", "users/{}/")
@example(["users/", "*", "???", "?", "/"], "aba", "abca", "users/{}/")
def test_names_that_no_pattern_cuts_are_matched_alike(parts: list[str], one: str, other: str, around: str) -> None:
    pattern = "".join(parts)
    told = any(cutting.cuts(literal, name) for literal in cutting.literals(pattern) for name in (one, other))
    if not told:
        glob = Glob.of(pattern)
        assert glob.matches(around.replace("{}", one)) == glob.matches(around.replace("{}", other))


@given(st.lists(pieces.map("".join), max_size=4), names)
@example(["users/al*"], "alice")
def test_looking_through_all_pieces_at_once_finds_what_each_of_them_cuts(patterns: list[str], name: str) -> None:
    found = {literal for pattern in patterns for literal in cutting.literals(pattern)}
    assert (name in cutting.Cuts(found)) is any(cutting.cuts(literal, name) for literal in found)
