"""Reading a policy document strictly.

Source: IAM User Guide, "Grammar of the IAM JSON policy language" and "IAM JSON policy element reference".
"""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Any

from iamproof.arns import arn_problem
from iamproof.model import Effect, Pattern, Policy, Statement
from iamproof.parse_condition import parse_conditions
from iamproof.parse_principal import parse_principals
from iamproof.reader import PolicyError, Problems, load_json, shown
from iamproof.variables import Template, parse_template

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSIONS = ("2008-10-17", "2012-10-17")
TOP_LEVEL = ("Version", "Id", "Statement")
ELEMENTS = (
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
)

ACTION = re.compile(r"\*|\*:\*|[A-Za-z0-9-]+:[A-Za-z0-9*?-]+")
_IDENTITY_SID = re.compile(r"[A-Za-z0-9]*")
_NOWHERE = Template((), wildcards=True)


def parse_policy(document: Mapping[str, Any] | str, *, name: str = "policy") -> Policy:
    """Read a policy from JSON text or from an object; decisions call it `name`.

    Where Version is missing it is 2008-10-17, as AWS has it: policy variables are then literal text.
    PolicyError lists every fault: elements, operators and principals that do not exist, malformed ARNs, both or
    neither of Action and NotAction, values of a wrong type, keys and Sids written twice.
    """
    problems = Problems()
    try:
        policy = _policy(document, name, problems)
    except RecursionError:
        raise PolicyError(name, ("is nested too deeply to be a policy",)) from None
    if problems.found or policy is None:
        raise PolicyError(name, tuple(problems.found))
    return policy


def _policy(document: Mapping[str, Any] | str, name: str, problems: Problems) -> Policy | None:
    value: Any = document
    if isinstance(document, str):
        try:
            value = load_json(document)
        except ValueError as error:
            problems.add("", str(error))
            return None
    elements = problems.mapping(value, "", 'an object such as {"Version": "2012-10-17", "Statement": […]}')
    if elements is None:
        return None
    _known(elements, TOP_LEVEL, "", problems)
    version = elements.get("Version", VERSIONS[0])
    if version not in VERSIONS:
        problems.add("Version", f"must be one of {', '.join(VERSIONS)}, given {shown(version)}")
    policy_id = elements.get("Id")
    if "Id" in elements and not isinstance(policy_id, str):
        problems.add("Id", f"must be a string, given {shown(policy_id)}")
    statements = _statements(elements, problems, variables=version != VERSIONS[0])
    return Policy(name=name, version=version, policy_id=policy_id, statements=statements)


def _known(elements: Mapping[str, Any], allowed: tuple[str, ...], path: str, problems: Problems) -> None:
    folded = {element.lower(): element for element in allowed}
    for element in elements:
        if element in allowed:
            continue
        close = difflib.get_close_matches(element.lower(), folded, n=1)
        hint = f"did you mean {folded[close[0]]}?" if close else f"allowed are {', '.join(allowed)}"
        problems.add(f"{path}.{element}" if path else element, f"unknown element: {hint}")


def _statements(elements: Mapping[str, Any], problems: Problems, *, variables: bool) -> tuple[Statement, ...]:
    if "Statement" not in elements:
        problems.add("Statement", "is missing: write at least one statement")
        return ()
    given = elements["Statement"]
    listed = isinstance(given, list | tuple)
    if listed and not given:
        problems.add("Statement", "is an empty list: write at least one statement")
    statements = []
    for position, value in enumerate(given if listed else [given]):
        path = f"Statement[{position}]" if listed else "Statement"
        members = problems.mapping(value, path, "an object")
        if members is not None:
            statements.append(_Reader(members, path, problems, variables=variables).statement(position))
    sids: dict[str, int] = {}
    for statement in statements:
        if statement.sid and sids.setdefault(statement.sid, statement.position) != statement.position:
            first = f"Statement[{sids[statement.sid]}]"
            problems.add(f"Statement[{statement.position}].Sid", f"{statement.sid!r} is already the Sid of {first}")
    return tuple(statements)


class _Reader:
    """Reads one statement."""

    def __init__(self, members: Mapping[str, Any], path: str, problems: Problems, *, variables: bool) -> None:
        self._members = members
        self._path = path
        self._problems = problems
        self._variables = variables

    def statement(self, position: int) -> Statement:
        _known(self._members, ELEMENTS, self._path, self._problems)
        action = self._chosen("Action", required="write one of them")
        principal = self._chosen("Principal", required=None)
        needs_resource = None if principal else "write one of them; only a policy with a Principal may have neither"
        resource = self._chosen("Resource", required=needs_resource)
        conditions = self._members.get("Condition", {})
        return Statement(
            position=position,
            sid=self._sid(identity=principal is None),
            effect=self._effect(),
            actions=self._actions(action),
            not_actions=action == "NotAction",
            resources=self._resources(resource),
            not_resources=resource == "NotResource",
            principals=self._principals(principal),
            not_principals=principal == "NotPrincipal",
            conditions=parse_conditions(
                conditions, f"{self._path}.Condition", self._problems, variables=self._variables
            ),
        )

    def _add(self, element: str, text: str) -> None:
        self._problems.add(f"{self._path}.{element}", text)

    def _chosen(self, element: str, *, required: str | None) -> str | None:
        """Return which of Element and NotElement is there."""
        there = [name for name in (element, f"Not{element}") if name in self._members]
        if len(there) == 2:
            self._add(element, f"both {element} and Not{element} are given: write one of them")
        if not there and required:
            self._add(element, f"neither {element} nor Not{element} is given: {required}")
        return there[0] if there else None

    def _sid(self, *, identity: bool) -> str | None:
        if "Sid" not in self._members:
            return None
        sid = self._members["Sid"]
        if not isinstance(sid, str):
            self._add("Sid", f"must be a string, given {shown(sid)}")
            return None
        if identity and not _IDENTITY_SID.fullmatch(sid):
            self._add("Sid", f"{shown(sid)} holds more than letters and digits, which IAM refuses in this policy")
        return sid

    def _effect(self) -> Effect:
        given = self._members.get("Effect")
        for effect in Effect:
            if given == effect.value:
                return effect
        what = f"given {shown(given)}" if "Effect" in self._members else "it is missing"
        self._add("Effect", f"must be Allow or Deny (with that case), {what}")
        return Effect.DENY

    def _strings(self, element: str, what: str) -> tuple[tuple[str, str], ...]:
        return self._problems.strings(self._members[element], f"{self._path}.{element}", what)

    def _actions(self, element: str | None) -> tuple[str, ...]:
        patterns = []
        for path, text in self._strings(element, "an action such as s3:GetObject") if element else ():
            if not ACTION.fullmatch(text):
                self._problems.add(path, f"{shown(text)} is no action: write service:Action, such as s3:Get*, or *")
            patterns.append(text)
        return tuple(patterns)

    def _resources(self, element: str | None) -> tuple[Pattern, ...] | None:
        if element is None:
            return None
        return tuple(self._resource(path, text) for path, text in self._strings(element, "an ARN or *"))

    def _resource(self, path: str, text: str) -> Pattern:
        malformed = None if text == "*" else arn_problem(text, pattern=True)
        if malformed:
            self._problems.add(path, f"{shown(text)} {malformed}")
            return Pattern(text, _NOWHERE)
        template, wrong = parse_template(text, variables=self._variables, wildcards=True)
        for problem in wrong:
            self._problems.add(path, problem)
        return Pattern(text, template)

    def _principals(self, element: str | None) -> Any:  # noqa: ANN401  see Statement.principals
        if element is None:
            return None
        return parse_principals(self._members[element], f"{self._path}.{element}", self._problems)
