"""Properties are read as present, absent or unknown, and nothing raises."""

from __future__ import annotations

import pytest
from pulumi_policy.proxy import UNKNOWN_STRING_VALUE, unknown_checking_proxy
from reading import MalformedError, read, read_each

PROPS = unknown_checking_proxy(
    {
        "given": "text",
        "empty": [],
        "null": None,
        "unknown": UNKNOWN_STRING_VALUE,
        "block": {"inner": 443.0, "half": {"known": 1.0, "unknown": UNKNOWN_STRING_VALUE}},
        "one": [{"inner": "only"}],
        "many": [{"inner": "a"}, {"inner": UNKNOWN_STRING_VALUE}, {}],
        "single": {"inner": "alone"},
        "json": '{"tags": {"user": "alice"}}',
        "flag": "TRUE",
    }
)


def wheres(path: str) -> list[tuple[str, str]]:
    """Return place and state of everything at a path."""
    return [(found.where, found.state.value) for found in read_each(PROPS, path)]


def test_a_property_is_present_absent_or_unknown() -> None:
    states = {name: read(PROPS, name).state.value for name in ("given", "null", "missing", "unknown", "block.inner")}
    assert states == {
        "given": "present",
        "null": "absent",
        "missing": "absent",
        "unknown": "unknown",
        "block.inner": "present",
    }


def test_what_lies_below_an_unknown_is_unknown_and_below_an_absent_absent() -> None:
    assert read(PROPS, "unknown.inner.more").state.value == "unknown"
    assert read(PROPS, "missing.inner.more").state.value == "absent"


def test_an_unknown_inside_makes_the_whole_unknown_and_the_rest_stays_readable() -> None:
    assert read(PROPS, "block.half").unknown
    assert read(PROPS, "block.half.known").value == 1
    assert not read(PROPS, "block.inner").unknown


def test_empty_says_nothing_and_unknown_says_something() -> None:
    assert [read(PROPS, name).given for name in ("empty", "null", "missing", "unknown", "given")] == [
        False,
        False,
        False,
        True,
        True,
    ]


def test_a_list_yields_each_element_with_its_place() -> None:
    assert wheres("many[].inner") == [
        ("many[0].inner", "present"),
        ("many[1].inner", "unknown"),
        ("many[2].inner", "absent"),
    ]
    assert wheres("missing[].inner") == []
    assert wheres("unknown[].inner") == [("unknown", "unknown")]
    assert wheres("single[].inner") == [("single[0].inner", "present")]


def test_a_block_that_arrives_as_a_list_of_one_is_read_and_of_several_refused() -> None:
    assert read(PROPS, "one.inner").value == "only"
    with pytest.raises(MalformedError, match="3 times"):
        read(PROPS, "many.inner")
    with pytest.raises(MalformedError, match="given is no object"):
        read(PROPS, "given.inner")


def test_text_that_means_a_boolean_or_an_object_is_decoded() -> None:
    assert read(PROPS, "flag").flag() is True
    assert read(PROPS, "json").decoded().value == {"tags": {"user": "alice"}}
    assert read(PROPS, "given").decoded().value == "text"
