"""From what pydantic refuses to what a reader of the stack file can put right."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from .guides import ACCOUNT_ID, GUIDES, KEYS, TENANT_NAME, guide_of
from .problems import NAMESPACE, NOTHING, REMOVE, Finding, RefusedError, line, nearest, shown, text
from .regions import partition_of, zone_prefix

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic import ValidationError

    from .guide import Guide
    from .problems import Place

_LONGEST = 400


def leaf_findings(error: ValidationError, tree: Mapping[str, Any]) -> list[Finding]:
    """Return a finding for each refused value."""
    found = []
    errors = error.errors(include_url=False)
    inside = {each["loc"][:-1] for each in errors}
    for each in errors:
        if each["type"] == "default_factory_not_called":  # what it would be made of is refused already
            continue
        if each["type"] == "too_short" and each["loc"] in inside:  # short only of its refused items
            continue
        place = _place(each["loc"], tree)
        if each["type"] == "extra_forbidden":
            found.append(unknown_key(place, each["input"], _names_beside(place)))
            continue
        if each["loc"][-1] == "[key]" and (name := KEYS.get(place[:-1])):
            found.append(_key_finding(place, name, _value_at(place, tree)))
            continue
        refusal = each.get("ctx", {}).get("error")
        given = NOTHING if each["type"] == "missing" else shown(each["input"])
        instead = refusal.instead if isinstance(refusal, RefusedError) else None
        why = refusal.why if isinstance(refusal, RefusedError) else None
        allowed = refusal.allowed if isinstance(refusal, RefusedError) else None
        found.append(finding_at(place, given, tree, why=why, allowed=allowed, instead=instead, value=each["input"]))
    return found


def _key_finding(place: Place, guide: Guide, value: object) -> Finding:
    """Return the finding of a name that stands as a key, with the nearest name that fits."""
    slug = re.sub("[^a-z0-9]+", "-", str(place[-1])[:100].lower()).strip("-")
    name = slug if re.fullmatch(guide.pattern or "", slug) else guide.example
    written = line(name, value)
    return Finding(
        place=place,
        given=shown(place[-1]),
        allowed=guide.allowed,
        why=guide.why,
        write=written if len(written) < _LONGEST else f"{name}: …",
    )


def _place(location: Place, tree: Mapping[str, Any]) -> Place:
    """Return where pydantic's location stands in the stack file; tenants may be listed there."""
    place = tuple(part for part in location if part != "[key]")
    listed = tree.get("tenants")
    if place[0] == "tenants" and len(place) > 1 and isinstance(listed, list) and place[1] in listed:
        return ("tenants", listed.index(place[1]))
    return place


def finding_at(
    place: Place,
    given: str,
    tree: Mapping[str, Any],
    *,
    why: str | None = None,
    allowed: str | None = None,
    instead: object = None,
    value: object = None,
) -> Finding:
    """Return a finding whose words come from the guide of the place, where none are given."""
    guide = guide_of(place) or TENANT_NAME
    if instead is None and guide.choices and isinstance(value, str):
        instead = nearest(value, guide.choices)
    meant = f"; did you mean {instead}?" if guide.choices and instead else ""
    return Finding(
        place=place,
        given=given,
        allowed=allowed or guide.allowed,
        why=(why or guide.why) + meant,
        write="" if isinstance(place[-1], int) else line_at(place, tree, instead=instead),
        instead=instead,
    )


def line_at(place: Place, tree: Mapping[str, Any], *, instead: object = None) -> str:
    """Return the line to write at a place: with `instead`, else with the guide's example."""
    name, guide = str(place[-1]), guide_of(place)
    if instead is None and guide is not None:
        instead = _example(guide, tree)
    return line(name if len(place) > 1 or ":" in name else f"{NAMESPACE}{name}", instead)


def with_lists(findings: Sequence[Finding], tree: Mapping[str, Any]) -> list[Finding]:
    """Return the findings, those of list items with the line of the whole list, in which every item is put right."""
    lists: dict[Place, dict[int, Any]] = {}
    for each in findings:
        if isinstance(each.place[-1], int) and not each.write:
            lists.setdefault(each.place[:-1], {})[each.place[-1]] = each.instead
    lines = {}
    for place, changes in lists.items():
        items = _value_at(place, tree)
        new = [changes.get(at, each) for at, each in enumerate(items)] if isinstance(items, list) else []
        kept = [each for at, each in enumerate(new) if isinstance(each, str) and each not in new[:at]]
        lines[place] = line_at(place, tree, instead=kept if kept and len(shown(kept)) < _LONGEST else None)
    return [each if each.write else replace(each, write=lines[each.place[:-1]]) for each in findings]


def _example(guide: Guide, tree: Mapping[str, Any]) -> Any:  # noqa: ANN401  any value of a stack file
    """Return the guide's example, moved to the stack's own account and Region where these can be read."""
    written = json.dumps(guide.example)
    region, account = tree.get("aws:region"), tree.get("account-id")
    if isinstance(region, str) and partition_of(region):
        written = written.replace("arn:aws:", f"arn:{partition_of(region)}:")
        written = written.replace("apne1-", f"{zone_prefix(region) or 'apne1'}-")
    if isinstance(account, str) and re.fullmatch(ACCOUNT_ID.pattern or "", account):
        written = written.replace("111122223333", account)
    return json.loads(written)


def unknown_key(place: Place, value: object, names: Sequence[str]) -> Finding:
    """Return the finding of a key that nobody reads, with the nearest one that somebody does."""
    key = str(place[-1])
    of_others = key.startswith(("aws:", "pulumi:"))
    bare = {name.split(":")[-1]: name for name in names if not (of_others and name.startswith(NAMESPACE))}
    near = nearest(key.rsplit(":", maxsplit=1)[-1], bare)
    meant = bare[near] if near else None
    if meant in (None, key):
        meant = None
    foreign = len(place) == 1 and not key.startswith(NAMESPACE)
    why = "nobody reads this key, so what it says would silently not hold"
    if foreign:
        why = "nobody reads this key: one provider is made of these settings, and credentials come from the environment"
    given = f"{text(key)}: {'[not shown]' if of_others else shown(value)}"
    return Finding(
        place=place,
        given=given,
        allowed=", ".join(names),
        why=f"{why}; did you mean {meant}?" if meant else why,
        write=line(meant, value) if meant and len(shown(value)) < _LONGEST else REMOVE,
    )


def _names_beside(place: Place) -> list[str]:
    """Return the names of the keys that may stand where this one does."""
    return [
        str(known[-1])
        for known in GUIDES
        if len(known) == len(place) and all(one in ("*", other) for one, other in zip(known[:-1], place, strict=False))
    ]


def _value_at(place: Place, tree: Mapping[str, Any]) -> object:
    value: Any = tree
    for part in place:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return None
    return value
