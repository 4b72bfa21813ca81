"""Any bytes as a case or a policy: a decision of a whole case or a located fault; no traceback, nothing in between."""

from __future__ import annotations

import contextlib
import io
import json
import re
import sys
from typing import Any, cast
from unittest import mock

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from iamproof import Policy, PolicyError, parse_policy
from iamproof.__main__ import main

DOCUMENT: dict[str, Any] = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Sid": "One",
            "Effect": "Deny",
            "NotAction": ["s3:Get*"],
            "Resource": "arn:aws:s3:::b/${aws:PrincipalTag/user, 'x'}/*",
            "Condition": {"ForAnyValue:StringLike": {"aws:TagKeys": ["a*"]}, "NumericLessThan": {"s3:max-keys": 5}},
        },
        {"Effect": "Allow", "Action": "*", "Resource": "*"},
    ],
}
CASE = {
    "account": "111122223333",
    "request": {
        "principal": "arn:aws:iam::111122223333:role/app",
        "principalTags": {"user": "alice"},
        "action": "s3:GetObject",
        "resource": "arn:aws:s3:::b/alice/k",
        "context": {"aws:TagKeys": ["a", "b"], "aws:MultiFactorAuthAge": 12.5},
    },
    "policies": {"identity": [DOCUMENT], "scps": [[DOCUMENT]], "resourceType": "bucket"},
}
TEXT = json.dumps(CASE).encode()
TOKENS = [
    b"null",
    b"true",
    b"-1",
    b"1e999",
    b'""',
    b'"*"',
    b"[]",
    b"{}",
    b'"\\ud800"',
    b'"\\u0000"',
    b"9" * 5000,
    b"\xff",
    b",",
]


def decisions(command: str, data: bytes) -> tuple[int, str, str]:
    """Run the command line on standard input; return its exit code, output and faults."""
    out, err = io.StringIO(), io.StringIO()
    stream = io.TextIOWrapper(io.BytesIO(data))
    with mock.patch.object(sys, "stdin", stream), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([command, "-"])
    return code, out.getvalue(), err.getvalue()


def assert_decided_or_refused(data: bytes) -> None:
    code, out, err = decisions("evaluate", data)
    if code == 0:
        assert err == ""
        found = json.loads(out)
        for decision in found if isinstance(found, list) else [found]:
            assert set(decision) == {"decision", "because"}
            assert decision["decision"] in {"allowed", "explicit-deny", "implicit-deny"}
        return
    assert code == 2
    assert out == "", "a refused input decides nothing"
    assert is_located(err), err


def is_located(faults: str) -> bool:
    """Whether the faults say where they are: after the file or a path; a fault of the whole case has no path."""
    first = faults.partition("\n")[0]
    return bool(re.match(r"\S.*?: \S", first)) or first.startswith("must be an object")


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A valid case with some of its bytes replaced, which mostly keeps its form."""
    data = TEXT
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(start + 12, len(data))))
        data = data[:start] + draw(st.sampled_from(TOKENS) | st.binary(max_size=4)) + data[end:]
    return data


@st.composite
def replaced(draw: st.DrawFn) -> bytes:
    """A valid case with some of its values replaced: always JSON."""
    value = json.loads(TEXT)
    holders = [value]
    for holder in holders:
        inner = holder.values() if isinstance(holder, dict) else holder
        holders += [item for item in inner if isinstance(item, dict | list)]
    others: st.SearchStrategy[Any] = (
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just([]) | st.just({})
    )
    for _ in range(draw(st.integers(1, 2))):
        holder = draw(st.sampled_from(holders))
        if holder:
            keys = list(holder) if isinstance(holder, dict) else range(len(holder))
            holder[draw(st.sampled_from(keys))] = draw(others | st.just("${"))
    return json.dumps(value).encode()


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=40) | damaged() | replaced())
@example(TEXT)
@example(b"[" + TEXT + b"," + TEXT + b"]")
@example(b"\xef\xbb\xbf" + TEXT)
@example(b'{"request": ' * 5000)
@example(b'"' + b"\\ud800" * 3 + b'"')
def test_any_bytes_as_a_case_give_a_decision_or_located_faults(data: bytes) -> None:
    assert_decided_or_refused(data)


@pytest.mark.verify
@settings(max_examples=3000, deadline=None)
@given(st.binary(max_size=200) | damaged() | replaced())
def test_any_bytes_as_a_case_give_a_decision_or_located_faults_at_length(data: bytes) -> None:
    assert_decided_or_refused(data)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["explain", "lint"]), st.binary(max_size=40) | damaged() | replaced())
def test_any_bytes_are_explained_and_read_for_faults_or_refused(command: str, data: bytes) -> None:
    code, out, err = decisions(command, data)
    if code == 2:
        assert out == ""
        assert is_located(err), err
    else:
        assert code in {0, 1}
        assert err == ""
        json.loads(out)


def test_the_undamaged_case_is_decided() -> None:
    code, out, err = decisions("evaluate", TEXT)
    assert (code, err) == (0, "")
    assert json.loads(out)["decision"] == "allowed"


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60) | damaged())
def test_any_bytes_as_a_policy_give_a_policy_or_faults(data: bytes) -> None:
    document = json.dumps(DOCUMENT).encode()
    inside = document[:30] + data[:20] + document[30:]
    for text in (data.decode("utf-8", "surrogateescape"), inside.decode("latin-1")):
        read = policy_or_faults(text)
        assert isinstance(read, Policy) or (read and all(fault.strip() for fault in read))


def policy_or_faults(text: str) -> Policy | tuple[str, ...]:
    try:
        return parse_policy(text)
    except PolicyError as error:
        return error.problems


def test_bytes_instead_of_text_are_refused() -> None:
    with pytest.raises(PolicyError, match="must be an object"):
        parse_policy(cast("str", json.dumps(DOCUMENT).encode()))
