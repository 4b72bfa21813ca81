"""Cases as JSON: one request, the policies that decide it, and the decision.

The format is described in the library's README.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from iamproof.environment import CaseError, Environment, Request, ResourceKind
from iamproof.parse import parse_policy
from iamproof.principal import Principal
from iamproof.reader import PolicyError, Problems, shown

if TYPE_CHECKING:
    from iamproof.evaluate import Decision
    from iamproof.model import Policy

CASE = ("account", "request", "policies")
REQUEST = ("principal", "principalTags", "action", "resource", "resourceAccount", "context")
POLICIES = ("identity", "boundary", "session", "resource", "resourceType", "endpoint", "scps", "rcps")
RESOURCE_TYPES: Mapping[str, ResourceKind] = {"bucket": "bucket", "key": "key", "role": "trust", "other": "other"}
ANONYMOUS = "anonymous"


def decision_to_dict(decision: Decision) -> dict[str, Any]:
    """Return the decision as JSON."""
    because = [{"policy": ref.policy, "sid": ref.sid, "statement": ref.position} for ref in decision.statements]
    return {"decision": decision.outcome.value, "because": because}


class CaseReader:
    """Reads cases; a policy that many cases share is parsed once. What is wrong goes to `problems`."""

    def __init__(self) -> None:
        """Start without problems and without known policies."""
        self.problems = Problems()
        self._known: dict[tuple[str, str], Policy | PolicyError] = {}

    def read(self, value: Any, path: str) -> tuple[Request, Environment] | None:  # noqa: ANN401  any JSON value
        """Return what a case asks and by which policies; None where it is faulty."""
        before = len(self.problems.found)
        case = self._object(value, path, CASE)
        request = self._request(case.get("request"), _under(path, "request"))
        environment = self._environment(case, path)
        return None if len(self.problems.found) > before or not request or not environment else (request, environment)

    def _object(self, value: Any, path: str, allowed: tuple[str, ...]) -> Mapping[str, Any]:  # noqa: ANN401  any JSON value
        if not isinstance(value, Mapping):
            self.problems.add(path, f"must be an object with {', '.join(allowed)}, given {shown(value)}")
            return {}
        for key in value:
            if key not in allowed:
                self.problems.add(_under(path, key), f"unknown: allowed are {', '.join(allowed)}")
        return value

    def _request(self, value: Any, path: str) -> Request | None:  # noqa: ANN401  any JSON value
        given = self._object(value, path, REQUEST)
        tags, context = given.get("principalTags", {}), given.get("context", {})
        faulty = not isinstance(value, Mapping)
        if not isinstance(tags, Mapping) or not all(isinstance(tag, str) for tag in tags.values()):
            self.problems.add(_under(path, "principalTags"), f"must be an object of strings, given {shown(tags)}")
            faulty = True
        if not isinstance(context, Mapping):
            self.problems.add(_under(path, "context"), f"must be an object, given {shown(context)}")
            faulty = True
        if faulty:
            return None
        try:
            principal = principal_of(given.get("principal"), tags)
            return Request(given.get("action", ""), given.get("resource", ""), principal, context)
        except CaseError as error:
            for problem in error.problems:
                self.problems.add(path, problem)
        except ValueError as error:
            self.problems.add(_under(path, "principal"), str(error))
        return None

    def _environment(self, case: Mapping[str, Any], path: str) -> Environment | None:
        inner = _under(path, "policies")
        given = self._object(case.get("policies", {}), inner, POLICIES)
        resource_type = given.get("resourceType", "other")
        if not isinstance(resource_type, str) or resource_type not in RESOURCE_TYPES:
            allowed = ", ".join(RESOURCE_TYPES)
            self.problems.add(f"{inner}.resourceType", f"must be one of {allowed}, given {shown(resource_type)}")
            return None
        request = case.get("request")
        owner = request.get("resourceAccount") if isinstance(request, Mapping) else None
        try:
            return Environment(
                identity=self._several(given, "identity", inner),
                boundary=self._one(given, "boundary", inner),
                session=self._several(given, "session", inner) or None,
                resource=self._one(given, "resource", inner),
                resource_kind=RESOURCE_TYPES[resource_type],
                endpoint=self._one(given, "endpoint", inner),
                service_controls=self._levels(given, "scps", inner),
                resource_controls=self._levels(given, "rcps", inner),
                resource_account=owner,
                account=case.get("account"),
            )
        except CaseError as error:
            for problem in error.problems:
                self.problems.add(path, problem)
            return None

    def _list(self, value: Any, path: str) -> list[Any]:  # noqa: ANN401  any JSON value
        if isinstance(value, list):
            return value
        self.problems.add(path, f"must be a list, given {shown(value)}")
        return []

    def _one(self, given: Mapping[str, Any], name: str, path: str) -> Policy | None:
        document = given.get(name)
        return None if document is None else self._policy(document, name, path)

    def _several(self, given: Mapping[str, Any], name: str, path: str) -> tuple[Policy, ...]:
        documents = self._list(given.get(name, []), f"{path}.{name}")
        found = [self._policy(document, f"{name}[{index}]", path) for index, document in enumerate(documents)]
        return tuple(policy for policy in found if policy)

    def _levels(self, given: Mapping[str, Any], name: str, path: str) -> tuple[tuple[Policy, ...], ...]:
        levels = self._list(given.get(name, []), f"{path}.{name}")
        listed = {f"{name}[{index}]": level for index, level in enumerate(levels)}
        return tuple(self._several(listed, level, path) for level in listed)

    def _policy(self, document: Any, name: str, path: str) -> Policy | None:  # noqa: ANN401  any JSON value
        known = (name, json.dumps(document))
        if known not in self._known:
            try:
                self._known[known] = parse_policy(known[1], name=name)
            except PolicyError as error:
                self._known[known] = error
        found = self._known[known]
        if not isinstance(found, PolicyError):
            return found
        for problem in found.problems:
            self.problems.add(f"{path}.{name}", problem)
        return None


def principal_of(value: Any, tags: Mapping[str, str]) -> Principal:  # noqa: ANN401  any JSON value
    """Return the principal that an ARN, a service's name or `anonymous` stands for; ValueError for anything else."""
    name = value if isinstance(value, str) else ""
    if name == ANONYMOUS:
        return Principal.anonymous()
    if name.endswith((".amazonaws.com", ".amazonaws.com.cn")):
        return Principal.service(name)
    if not name.startswith("arn:"):
        allowed = f"the ARN of a user, role or role session, a service such as sagemaker.amazonaws.com, or {ANONYMOUS}"
        raise ValueError(f"must be {allowed}, given {shown(value)}")
    return Principal.from_arn(name, tags)


def _under(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
