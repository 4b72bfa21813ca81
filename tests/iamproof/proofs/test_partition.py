"""Shapes accept what the matchers accept, and the classes are complete: brute force over small alphabets."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from iamproof import facts, partition
from iamproof.cuts import cuts
from iamproof.lint_arns import may_cover
from iamproof.matching import Glob, matches_arn
from iamproof.operators import COMPARISONS, Family, read_value, satisfies
from iamproof.partition import TooManyClassesError, classes
from iamproof.shapes import (
    ANY,
    ANY_TEXT,
    SIX_COMPONENTS,
    Chars,
    Shape,
    Step,
    arn_shape,
    folded_shape,
    format_shapes,
    literal,
    segment_shape,
    text_shape,
)
from iamproof.truth import YES
from iamproof.variables import parse_template

LETTERS = "ab:"
TEXTS = ["".join(letters) for length in range(5) for letters in product(LETTERS, repeat=length)]
GLOBS = st.text(alphabet="ab:*?", max_size=5).map(Glob.of)
ARNS = st.lists(st.sampled_from(["", "a", "*", "?", "a*", "b"]), min_size=4, max_size=8).map(":".join)


def as_regex(glob: Glob) -> re.Pattern[str]:
    parts = (
        re.escape(token) if isinstance(token, str) else {"*": ".*", "?": "."}[token.value] for token in glob.tokens
    )
    return re.compile("".join(parts), re.DOTALL)


def signatures(globs: list[Glob], texts: list[str]) -> set[tuple[bool, ...]]:
    return {tuple(bool(as_regex(glob).fullmatch(text)) for glob in globs) for text in texts}


@settings(max_examples=50, deadline=None)
@given(st.lists(GLOBS, min_size=1, max_size=4))
def test_no_combination_of_patterns_is_passed_over(globs: list[Glob]) -> None:
    found = [*classes(frozenset(map(text_shape, globs)))]
    assert signatures(globs, TEXTS) <= signatures(globs, found)
    assert len(found) == len(signatures(globs, found)), "one text of each class"


@settings(max_examples=50, deadline=None)
@given(st.lists(GLOBS, min_size=1, max_size=3), GLOBS)
def test_the_classes_of_texts_that_are_within_are_complete(globs: list[Glob], within: Glob) -> None:
    found = [*classes(frozenset(map(text_shape, globs)), ((text_shape(within),),))]
    assert all(as_regex(within).fullmatch(text) for text in found)
    inside = [text for text in TEXTS if as_regex(within).fullmatch(text)]
    assert signatures(globs, inside) <= signatures(globs, found)


def accepts(shape: Shape, text: str) -> bool:
    return bool(classes(frozenset(), ((shape,), (literal(text),))))


@settings(max_examples=40, deadline=None)
@given(GLOBS, st.sampled_from(TEXTS))
@example(Glob.of("a"), "a")
def test_shapes_accept_what_the_matchers_accept(glob: Glob, text: str) -> None:
    assert accepts(text_shape(glob), text) is glob.matches(text)
    assert accepts(segment_shape(glob), text) is (glob.matches(text) and glob.matches_within_segments(text))
    assert accepts(folded_shape(glob), text.upper()) is glob.matches(text)
    assert accepts(SIX_COMPONENTS, text) is (text.count(":") >= 5)


def test_the_components_of_an_arn_are_matched_by_themselves() -> None:
    shape = arn_shape(Glob.of("a:*:b:::c*"))
    assert shape is not None
    for text, accepted in (("a:x:b:::c", True), ("a:x:b:::c:d", True), ("a:x:y:b:::c", False)):
        assert accepts(shape, text) is accepted is (matches_arn(Glob.of("a:*:b:::c*"), text) == YES)
    assert accepts(SIX_COMPONENTS, ":::::")
    assert not accepts(SIX_COMPONENTS, "::::")


@settings(max_examples=40, deadline=None)
@given(ARNS, ARNS)
def test_the_shape_of_an_arn_accepts_what_the_arn_operator_accepts(pattern: str, text: str) -> None:
    shape = arn_shape(Glob.of(pattern))
    assert (shape is None) is (pattern.count(":") < 5)
    if shape is not None and text.count(":") >= 5:
        assert accepts(shape, text) is (matches_arn(Glob.of(pattern), text) == YES)


@pytest.mark.parametrize("service", ["s3", "sagemaker", "iam", "kms", "logs", "ec2", "ssm", "ecr"])
def test_every_form_of_an_arn_has_a_text_that_the_linter_knows(service: str) -> None:
    formats = {kind.arn for kind in facts.query.resource_types(service)}
    assert formats
    for arn in formats:
        for shape in format_shapes(arn):
            (text,) = classes(frozenset(), ((shape,),))
            template, _ = parse_template(text, variables=False, wildcards=True)
            assert may_cover(template, arn), text


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 6), max_size=4))
def test_numbers_are_cut_at_every_stated_one(stated: list[int]) -> None:
    orders = [COMPARISONS[f"Numeric{name}"] for name in ("Equals", "LessThan", "GreaterThanEquals")]
    values = [read_value(Family.NUMERIC, str(number)) for number in stated]

    def told(text: str) -> tuple[bool, ...]:
        number = read_value(Family.NUMERIC, text)
        return tuple(satisfies(order, number, value) for order in orders for value in values)

    halves = [f"{number / 2:g}" for number in range(-2, 16)]
    assert {told(text) for text in halves} <= {told(text) for text in cuts(Family.NUMERIC, values)}


NETWORKS = [
    "10.0.0.0/8",
    "10.0.0.0/30",
    "10.0.0.2/31",
    "10.0.0.0/31",
    "10.0.0.0/32",
    "10.0.0.3/32",
    "0.0.0.0/0",
    "::/0",
    "::1/128",
]
ADDRESSES = ["10.0.0.0", "10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "11.0.0.0", "255.255.255.255", "::1", "::2"]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(NETWORKS), max_size=5))
def test_addresses_are_cut_by_every_stated_range(stated: list[str]) -> None:
    values = [read_value(Family.ADDRESS, text) for text in stated]

    def told(text: str) -> tuple[bool, ...]:
        address = read_value(Family.ADDRESS, text)
        return tuple(satisfies(COMPARISONS["IpAddress"], address, value) for value in values)

    assert {told(text) for text in ADDRESSES} <= {told(text) for text in cuts(Family.ADDRESS, values)}


def test_dates_are_cut_before_on_and_after() -> None:
    noon = read_value(Family.DATE, "2026-04-01T12:00:00Z")
    assert cuts(Family.DATE, [noon]) == ("2026-04-01T11:59:59Z", "2026-04-01T12:00:00Z", "2026-04-01T12:00:01Z")


def test_too_many_classes_are_said_and_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partition, "MOST_STATES", 50)
    shapes = frozenset(text_shape(Glob.of(f"*{word}*")) for word in ("alpha", "beta", "gamma", "delta"))
    with pytest.raises(TooManyClassesError):
        classes(shapes, ((ANY_TEXT,), (ANY_TEXT,)))


def test_a_placeholder_for_an_account_or_a_service_stands_for_every_one() -> None:
    """Forms such as datasync's call the account `${AccountId}`: read as text, nothing would match them."""
    texts = {kind.arn.text for service in facts.services() for kind in facts.query.resource_types(service)}
    named = [text for text in texts if re.search(r"^arn:[^:]*:\$|^(?:[^:]*:){4}(?:\$(?!\{Account\})|\*)", text)]
    assert len(named) > 20
    for text in named:
        service, account = text.split(":")[2], text.split(":")[4]
        for shape in format_shapes(facts.ArnFormat(text)):
            (arn,) = classes(frozenset(), ((shape,),))
            assert "$" not in arn, text
            assert (arn.split(":")[2] == service) is not service.startswith("$")
            assert arn.split(":")[4] not in {account, ""}


def test_many_forms_that_end_alike_are_no_more_classes() -> None:
    """apigateway:GET accepts 29 forms of which many begin alike: their combinations say nothing."""
    action = facts.action("apigateway:GET")
    assert action is not None
    forms = tuple(shape for kind in action.resource_types for shape in format_shapes(kind.arn))
    assert len(forms) > 20
    found = classes(frozenset([text_shape(Glob.of("arn:aws:apigateway:*::/restapis/*/stages/*"))]), (forms,))
    assert len(found) == 2


@settings(max_examples=60, deadline=None)
@given(st.lists(GLOBS, min_size=1, max_size=3), st.lists(st.tuples(GLOBS, st.booleans()), min_size=2, max_size=4))
@example([Glob.of("*:*")], [(Glob.of("a*?"), True), (Glob.of("a?b:*"), False)])
@example([Glob.of("*b")], [(Glob.of("*a"), True), (Glob.of("?:b"), False)])
def test_the_classes_within_several_patterns_are_complete(globs: list[Glob], within: list[tuple[Glob, bool]]) -> None:
    """Of a group some wildcards cross a colon and some do not: what follows them differs."""

    def means(text: str) -> bool:
        return any(
            glob.matches(text) and (not segments or glob.matches_within_segments(text)) for glob, segments in within
        )

    shapes = tuple(segment_shape(glob) if segments else text_shape(glob) for glob, segments in within)
    found = [*classes(frozenset(map(text_shape, globs)), (shapes,))]
    assert all(means(text) for text in found)
    assert signatures(globs, [text for text in TEXTS if means(text)]) <= signatures(globs, found)
    assert len(found) == len(signatures(globs, found))


def test_what_ends_alike_but_for_other_characters_is_told_apart() -> None:
    colon, name, path = Chars(frozenset(":")), Chars(frozenset(":/"), others=True), Chars(frozenset(":"), others=True)
    begin = (Step(Chars(frozenset("a"))),)
    shapes = ((*begin, Step(name, many=True)), (*begin, Step(path, many=True)), (*begin, Step(colon), Step(path)))
    told = [Glob.of("a:?"), Glob.of("*/*")]
    found = classes(frozenset(map(text_shape, told)), (shapes,))
    assert signatures(told, list(found)) == {(False, False), (True, False), (False, True), (True, True)}
    for smaller, larger in ((name, path), (path, ANY), (colon, ANY), (Chars(frozenset("b")), name)):
        assert smaller <= larger
        assert not larger <= smaller
    assert not colon <= name


def test_a_text_is_as_readable_as_its_class_allows() -> None:
    shapes = frozenset(text_shape(Glob.of(pattern)) for pattern in ("x*", "*x", "?"))
    assert set(classes(shapes)) == {"", "a", "x", "ax", "xa", "xx"}
