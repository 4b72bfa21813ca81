"""Accounts and queries as JSON; the format is described in the library's README.

What has a wrong form goes to `problems`. A policy document that cannot be read makes the account's claims undecided.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from iamproof.cases import RESOURCE_TYPES, principal_of
from iamproof.environment import CaseError
from iamproof.meaningless import faults
from iamproof.parse import parse_policy
from iamproof.planned import fresh_ids, references, with_ids
from iamproof.principal import PrincipalKind
from iamproof.query import AnyString, Anything, Contains, Equals, Like, Missing, OtherThan, Query, Values
from iamproof.reader import PolicyError, Problems, shown
from iamproof.situations import Account, Actor, Endpoint, Guarded
from iamproof.strangers import Anybody, Whose

if TYPE_CHECKING:
    from collections.abc import Callable

    from iamproof.model import Policy

ACCOUNT = (
    *("id", "actors", "guarded", "anybody", "endpoints", "scps", "rcps"),
    *("documents", "references", "unreadable"),
)
ACTOR = ("principal", "principalTags", "identity", "boundary", "session")
GUARDED = ("resources", "policy", "resourceType")
ENDPOINT = ("id", "policy", "services")
ANYBODY = ("whose", "kinds", "principals")
QUERY = ("sentence", "actions", "but", "resources", "context", "principals", "kinds", "tags", "blankLists")
KINDS = {
    "user": PrincipalKind.USER,
    "role": PrincipalKind.ROLE,
    "service": PrincipalKind.SERVICE,
    "anonymous": PrincipalKind.ANONYMOUS,
    "federated user": PrincipalKind.FEDERATED_USER,
    "root": PrincipalKind.ROOT,
}
WHOSE = {"others": Whose.OTHERS, "own": Whose.OWN, "all": Whose.ALL}
_VALUES: Mapping[str, Callable[..., Values]] = {"equals": Equals, "like": Like, "otherThan": OtherThan}
_SAID = (*_VALUES, "contains", "but", "orMissing")


class Reader:
    """Reads parts of a question; what is wrong is collected with its path."""

    def __init__(self) -> None:
        """Start without problems."""
        self.problems = Problems()
        self.ids: dict[str, str] = {}
        self._policies: dict[tuple[str, str], Policy] = {}

    def policy(self, document: Any, name: str) -> Policy:  # noqa: ANN401  any JSON value
        """Return a policy, the same one for a document that was read before; PolicyError where it cannot be read."""
        asked = (name, json.dumps(document, sort_keys=True))
        if asked not in self._policies:
            self._policies[asked] = parse_policy(document, name=name)
        return self._policies[asked]

    def account(self, value: Any, path: str) -> Account | None:  # noqa: ANN401  any JSON value
        """Return an account; None where it is faulty."""
        before = len(self.problems.found)
        given = self.members(value, path, ACCOUNT)
        said = self.members(given.get("references", {}), f"{path}.references", None)
        # References are put in before anything is read, since names and documents share them.
        beginnings = {str(name): str(start) for name, start in said.items()}
        self.ids |= fresh_ids([{**given, "references": {}}], beginnings)
        reading = _AccountReader(self, with_ids({**given, "references": {}}, self.ids), path)
        found = reading.account()
        return found if len(self.problems.found) == before else None

    def query(self, value: Any, path: str) -> Query | None:  # noqa: ANN401  any JSON value
        """Return a query; None where it is faulty."""
        before = len(self.problems.found)
        unknown = [name for name in references([value]) if name not in self.ids]
        for name in unknown:
            self.problems.add(path, f"{{{{{name}}}}} is no reference of the account: no document there names it")
        given = self.members(value if unknown else with_ids(value, self.ids), path, QUERY)
        context = self.members(given.get("context", {}), f"{path}.context", None)
        tags = self.members(given.get("tags", {}), f"{path}.tags", None)
        kinds = self.texts(given.get("kinds", []), f"{path}.kinds")
        made: dict[str, Any] = {
            "resources": self.values(given.get("resources", {"orMissing": True}), f"{path}.resources"),
            "context": {key: self.values(said, f"{path}.context.{key}") for key, said in context.items()},
            "tags": {key: self.values(said, f"{path}.tags.{key}") for key, said in tags.items()},
            "principals": self.values(given.get("principals", {"orMissing": True}), f"{path}.principals", like=True),
            "kinds": frozenset(self.chosen(kind, KINDS, f"{path}.kinds") for kind in kinds) - {None},
            "sentence": str(given.get("sentence", "")),
            "blank_lists": self.flag(given, "blankLists", path),
            "but": self.texts(given.get("but", []), f"{path}.but"),
        }
        actions = self.texts(given.get("actions", []), f"{path}.actions")
        try:
            found = Query(actions, **made)
        except CaseError as error:
            for problem in error.problems:
                self.problems.add(path, problem)
            return None
        for fault in faults(found):
            self.problems.add(path, fault)
        return found if len(self.problems.found) == before else None

    def values(self, said: Any, path: str, *, like: bool = False) -> Values:  # noqa: ANN401  any JSON value
        """Return what is said of a key or of resources; for the latter and with `like` a text is a pattern."""
        if said is None:
            return Missing
        if said is True:
            return AnyString
        plain = Like if like or path.endswith(".resources") else Equals
        if not isinstance(said, Mapping):
            return plain(*self.listed(said, path))
        given = self.members(said, path, _SAID)
        kinds = [name for name in (*_VALUES, "contains") if name in given]
        if len(kinds) > 1:
            self.problems.add(path, f"says {' and '.join(kinds)}: write one of them")
        found = AnyString
        for name, make in _VALUES.items():
            if name in given:
                found = make(*self.listed(given[name], f"{path}.{name}"))
        if "contains" in given:
            found = Contains(self.values(given["contains"], f"{path}.contains"))
        if "but" in given:
            found = found.but(*self.texts(given["but"], f"{path}.but"))
        return found.or_missing() if self.flag(given, "orMissing", path) else found

    def members(self, value: Any, path: str, allowed: tuple[str, ...] | None) -> Mapping[str, Any]:  # noqa: ANN401  any JSON value
        """Return an object; what it holds besides the allowed names is a problem."""
        if not isinstance(value, Mapping):
            what = "an object" if allowed is None else f"an object with {', '.join(allowed)}"
            self.problems.add(path, f"must be {what}, given {shown(value)}")
            return {}
        for key in value if allowed is not None else ():
            if allowed is not None and key not in allowed:
                self.problems.add(f"{path}.{key}" if path else key, f"unknown: allowed are {', '.join(allowed)}")
        return value

    def items(self, value: Any, path: str) -> list[tuple[str, Any]]:  # noqa: ANN401  any JSON value
        """Return the items of a list with their paths."""
        if isinstance(value, list):
            return [(f"{path}[{index}]", item) for index, item in enumerate(value)]
        self.problems.add(path, f"must be a list, given {shown(value)}")
        return []

    def texts(self, value: Any, path: str) -> tuple[str, ...]:  # noqa: ANN401  any JSON value
        """Return a text or a list of texts."""
        if value == []:
            return ()
        return tuple(text for _, text in self.problems.strings(value, path, "a string"))

    def listed(self, value: Any, path: str) -> tuple[str, ...]:  # noqa: ANN401  any JSON value
        """Return a text or a list of at least one: of none nothing could be wrong."""
        if value == []:
            self.problems.add(path, "lists nothing: write at least one text, or leave it out")
        return self.texts(value, path)

    def flag(self, given: Mapping[str, Any], name: str, path: str) -> bool:
        """Return whether a member is true; what is neither true nor false is a problem."""
        value = given.get(name, False)
        if not isinstance(value, bool):
            self.problems.add(f"{path}.{name}", f"must be true or false, given {shown(value)}")
        return value is True

    def chosen(self, value: Any, among: Mapping[str, Any], path: str) -> Any:  # noqa: ANN401  any JSON value; what a name stands for
        """Return what a name stands for, None where it is not known."""
        if isinstance(value, str) and value in among:
            return among[value]
        self.problems.add(path, f"must be one of {', '.join(among)}, given {shown(value)}")
        return None


class _AccountReader:
    """Reads one account."""

    def __init__(self, reader: Reader, given: Mapping[str, Any], path: str) -> None:
        self._reader = reader
        self._given = given
        self._path = path
        self._documents = reader.members(given.get("documents", {}), f"{path}.documents", None)
        self._unreadable = list(reader.texts(given.get("unreadable", []), f"{path}.unreadable"))

    def account(self) -> Account | None:
        made = {
            "actors": self._several("actors", ACTOR, self._actor),
            "guarded": self._several("guarded", GUARDED, self._guarded),
            "endpoints": self._several("endpoints", ENDPOINT, self._endpoint),
            "anybody": self._several("anybody", ANYBODY, self._anybody),
            "service_controls": self._levels("scps"),
            "resource_controls": self._levels("rcps"),
        }
        id_ = self._given.get("id")
        if not isinstance(id_, str) or not (len(id_) == 12 and id_.isdecimal()):
            self._reader.problems.add(f"{self._path}.id", f"must be twelve digits, given {shown(id_)}")
            return None
        return Account(id=id_, unreadable=tuple(self._unreadable), **made)

    def _several(self, name: str, allowed: tuple[str, ...], make: Callable[[Mapping[str, Any], str], Any]) -> Any:  # noqa: ANN401  of one kind each
        items = self._reader.items(self._given.get(name, []), f"{self._path}.{name}")
        found = [make(self._reader.members(item, path, allowed), path) for path, item in items]
        return tuple(item for item in found if item is not None)

    def _levels(self, name: str) -> tuple[tuple[Policy, ...], ...]:
        levels = self._reader.items(self._given.get(name, []), f"{self._path}.{name}")
        return tuple(self._policies(level, path) for path, level in levels)

    def _policies(self, value: Any, path: str) -> tuple[Policy, ...]:  # noqa: ANN401  any JSON value
        found = [self._policy(item, place) for place, item in self._reader.items(value, path)]
        return tuple(policy for policy in found if policy)

    def _policy(self, document: Any, path: str) -> Policy | None:  # noqa: ANN401  any JSON value
        if document is None:
            return None
        name = path
        if isinstance(document, str) and not document.lstrip().startswith("{"):
            if document not in self._documents:
                self._reader.problems.add(path, f"{shown(document)} is no document of this account's documents")
                return None
            name, document = document, self._documents[document]
        try:
            return self._reader.policy(document, name)
        except PolicyError as error:
            self._unreadable.append(f"{name} ({error.problems[0]})")
            return None

    def _actor(self, given: Mapping[str, Any], path: str) -> Actor | None:
        tags = self._reader.members(given.get("principalTags", {}), f"{path}.principalTags", None)
        try:
            principal = principal_of(given.get("principal"), {str(tag): str(value) for tag, value in tags.items()})
        except ValueError as error:
            self._reader.problems.add(f"{path}.principal", str(error))
            return None
        return Actor(
            principal=principal,
            identity=self._policies(given.get("identity", []), f"{path}.identity"),
            boundary=self._policy(given.get("boundary"), f"{path}.boundary"),
            session=self._policies(given["session"], f"{path}.session") if "session" in given else None,
        )

    def _guarded(self, given: Mapping[str, Any], path: str) -> Guarded | None:
        kind = self._reader.chosen(given.get("resourceType", "other"), RESOURCE_TYPES, f"{path}.resourceType")
        policy = self._policy(given.get("policy", {}), f"{path}.policy")
        resources = self._reader.listed(given.get("resources", []), f"{path}.resources")
        return Guarded(resources=resources, policy=policy, kind=kind) if policy and kind else None

    def _endpoint(self, given: Mapping[str, Any], path: str) -> Endpoint | None:
        texts = self._reader.listed(given.get("id", []), f"{path}.id")
        policy = self._policy(given.get("policy"), f"{path}.policy")
        services = self._reader.texts(given.get("services", []), f"{path}.services")
        return Endpoint(id=texts[0], policy=policy, services=services) if texts else None

    def _anybody(self, given: Mapping[str, Any], path: str) -> Anybody | None:
        whose = self._reader.chosen(given.get("whose", "others"), WHOSE, f"{path}.whose")
        names = self._reader.texts(given.get("kinds", []), f"{path}.kinds")
        chosen = frozenset(self._reader.chosen(name, KINDS, f"{path}.kinds") for name in names)
        kinds = chosen if "kinds" in given else Anybody().kinds
        arns = (
            self._reader.values(given["principals"], f"{path}.principals", like=True) if "principals" in given else None
        )
        return Anybody(whose=whose, kinds=kinds, arns=arns or Anything) if whose else None
