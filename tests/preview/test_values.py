"""Values go to the wire and back without loss, and are shown without secrets."""

from __future__ import annotations

from typing import Any

import pytest

from preview.shown import Secrets, shown
from preview.values import (
    ASSET,
    UNKNOWN,
    Asset,
    Output,
    Reference,
    Secret,
    flat,
    from_struct,
    has_unknown,
    plain,
    revealed,
    to_struct,
)


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        3.5,
        "text",
        [],
        [1.0, [None]],
        {},
        {"a": {"b": [False]}},
        UNKNOWN,
        Secret("hidden"),
        Secret(UNKNOWN),
        Asset(ASSET, {"text": "content"}),
        Reference("urn:pulumi:s::p::t::n", "id-1", "1.0.0"),
        Reference("urn:pulumi:s::p::t::n", UNKNOWN),
        Reference("urn:pulumi:s::p::t::n"),
        Output("x", known=True, secret=True, dependencies=("urn:pulumi:s::p::t::n",)),
        Output(None, known=False, secret=False, dependencies=()),
    ],
)
def test_every_value_comes_back_from_the_wire_as_it_was(value: Any) -> None:
    assert from_struct(to_struct({"key": value})) == {"key": value}


def test_internal_keys_are_left_out_only_at_the_top() -> None:
    sent = to_struct({"__internal": 1, "kept": {"__internal": 1}}, skip_internal=True)
    assert from_struct(sent) == {"kept": {"__internal": 1.0}}


def test_an_unknown_signature_is_refused_by_its_name() -> None:
    struct = to_struct({"key": {"4dabf18193072939515e22adb298388d": "made up"}})
    with pytest.raises(ValueError, match="made up"):
        from_struct(struct)


def test_output_values_are_downgraded_to_what_a_provider_gets() -> None:
    known = Output(["x"], known=True, secret=False, dependencies=("urn",))
    hidden = Output(None, known=False, secret=True, dependencies=())
    assert plain({"a": known, "b": [hidden]}) == {"a": ["x"], "b": [Secret(UNKNOWN)]}


def test_a_resource_is_passed_as_its_id_else_its_urn() -> None:
    assert flat([Reference("urn-1", "id-1"), Reference("urn-2"), Reference("urn-3", UNKNOWN)]) == [
        "id-1",
        "urn-2",
        UNKNOWN,
    ]


def test_an_unknown_is_found_however_deep_it_lies() -> None:
    assert has_unknown({"a": [Secret({"b": UNKNOWN})]})
    assert not has_unknown({"a": [Secret({"b": 1})]})
    assert revealed({"a": Secret([Secret(1)])}) == {"a": [1]}


def test_reports_show_no_secret_and_mark_what_is_unknown() -> None:
    value = {"s": Secret({"deep": "hidden"}), "u": [UNKNOWN], "n": 443.0, "f": 0.5, "r": Reference("urn-1", "id-1")}
    assert shown(value) == {"s": "[secret]", "u": [{"unknown": True}], "n": 443, "f": 0.5, "r": "id-1"}


def test_a_secret_is_taken_out_of_any_text() -> None:
    secrets = Secrets()
    secrets.collect({"a": [Secret({"b": "longer secret", "c": "secret"})]})
    assert secrets.hide("a longer secret and a secret") == "a [secret] and a [secret]"
