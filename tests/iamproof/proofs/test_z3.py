"""z3 decides the same questions, from formulas written here without the prover's classes or search.

z3-solver is a development requirement (requirements-dev.txt).
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iamproof import Environment, Equals, OtherThan, Principal, Query, Reading, Situation, Values, parse_policy, prove

ACCOUNT = "111122223333"
ROLE = Principal.role(f"arn:aws:iam::{ACCOUNT}:role/r")
PREFIX = f"arn:aws:example:r:{ACCOUNT}:"
RESOURCES = ["a", "a/*", "*/b", "a/?/b", "*", "ab*", "b"]
VALUES = ["a", "ab", "a*", "*b", "?"]
TESTS = ["StringEquals", "StringNotEquals", "StringLike", "StringNotLike"]
SUFFIXES = ["", "IfExists"]

# One statement: whether it allows, a pattern of resources, and a test of aws:SourceVpce, or none.
STATEMENTS = st.tuples(
    st.booleans(),
    st.sampled_from(RESOURCES),
    st.none() | st.tuples(st.sampled_from(TESTS), st.sampled_from(SUFFIXES), st.sampled_from(VALUES)),
)
POLICIES = st.lists(STATEMENTS, min_size=1, max_size=5)
ASKED = st.tuples(st.sampled_from(RESOURCES), st.sampled_from(["any", "equals", "other"]), st.sampled_from(["a", "ab"]))
Written = list[tuple[bool, str, tuple[str, str, str] | None]]
Asked = tuple[str, str, str]


def document(written: Written) -> dict[str, object]:
    statements = []
    for allows, resource, test in written:
        statement = {"Effect": "Allow" if allows else "Deny", "Action": "example:Do", "Resource": PREFIX + resource}
        condition = {test[0] + test[1]: {"aws:SourceVpce": test[2]}} if test else {}
        statements.append({**statement, **({"Condition": condition} if condition else {})})
    return {"Version": "2012-10-17", "Statement": statements}


def by_prover(written: Written, asked: Asked) -> bool:
    resource, how, value = asked
    said: dict[str, Values] = {"equals": Equals(value), "other": OtherThan(value)}
    context: dict[str, Values | str] = {"aws:SourceVpce": said[how]} if how in said else {}
    situation = Situation(ROLE, Environment(identity=(parse_policy(document(written)),), account=ACCOUNT))
    return prove(situation, Query("example:Do", PREFIX + resource, context), reading=Reading.EXACT).proved


def by_z3(written: Written, asked: Asked) -> bool:
    z3: Any = import_module("z3")
    character = z3.AllChar(z3.ReSort(z3.StringSort()))

    def matches(text: Any, pattern: str) -> Any:
        wild = {"*": z3.Full(z3.ReSort(z3.StringSort())), "?": character}
        parts = [wild.get(letter, z3.Re(letter)) for letter in pattern]
        return z3.InRe(text, parts[0] if len(parts) == 1 else z3.Concat(*parts))

    resource, key, there = z3.String("resource"), z3.String("key"), z3.Bool("there")

    def holds(test: tuple[str, str, str]) -> Any:
        name, suffix, value = test
        met = matches(key, value) if "Like" in name else key == z3.StringVal(value)
        negated = "Not" in name
        return z3.If(there, z3.Not(met) if negated else met, z3.BoolVal(negated or suffix == "IfExists"))

    def applies(pattern: str, test: tuple[str, str, str] | None) -> Any:
        return z3.And(matches(resource, pattern), holds(test) if test else z3.BoolVal(True))  # noqa: FBT003  z3's own

    solver = z3.Solver()
    plain = z3.Plus(z3.Union(*(z3.Re(letter) for letter in "abx/")))
    solver.add(z3.InRe(resource, plain), z3.InRe(key, z3.Star(z3.Union(*(z3.Re(letter) for letter in "abx*?")))))
    solver.add(matches(resource, asked[0]))
    solver.add(z3.Or(*(applies(pattern, test) for allows, pattern, test in written if allows)))
    solver.add(*(z3.Not(applies(pattern, test)) for allows, pattern, test in written if not allows))
    if asked[1] == "equals":
        solver.add(there, key == z3.StringVal(asked[2]))
    elif asked[1] == "other":
        solver.add(there, key != z3.StringVal(asked[2]))
    answer = solver.check()
    assert answer != z3.unknown
    return bool(answer == z3.unsat)


@pytest.mark.verify
@settings(max_examples=300, deadline=None)
@given(POLICIES, ASKED)
def test_z3_and_the_prover_agree(written: Written, asked: Asked) -> None:
    assert by_prover(written, asked) is by_z3(written, asked)
