"""Whether a rendered document says what was planned, and which ids its references stand for.

Documents are compared as IAM reads them: a single value is a list of one, order and repetition do not matter, actions,
operators and keys ignore letter case, statements are a multiset. A reference ``{{name}}`` stands for one id, the same
wherever it occurs, and two references never for the same one: what was proved took them for distinct.

Source: IAM User Guide, "Grammar of the IAM JSON policy language".
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from plans import REFERENCE
from reading import as_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reading import Wire

Place: TypeAlias = tuple[str, ...]
Canonical: TypeAlias = dict[Place, frozenset[str]]
"""One statement: where a value stands -> the values there."""
Domains: TypeAlias = dict[str, frozenset[str]]
"""Reference -> the ids that it may stand for."""

ID = r"[A-Za-z0-9][A-Za-z0-9._-]*"
"""What an id looks like; never a wildcard, a variable or a path."""

MOST_STEPS = 20_000
MOST_PAIRINGS = 50


@dataclass(frozen=True)
class Match:
    """A rendered document agrees with its plan; `domains` says which ids each reference may stand for."""

    domains: Domains


def compare(planned: Mapping[str, Wire], rendered: Mapping[str, Wire]) -> Match | None:
    """Return how a rendered document agrees with its plan, None where it does not."""
    if any(_scalar(planned.get(key)) != _scalar(rendered.get(key)) for key in ("Version", "Id")):
        return None
    if set(planned) - {"Statement"} != set(rendered) - {"Statement"}:
        return None
    wanted = [_canonical(one) for one in as_list(planned.get("Statement"))]
    found = [_canonical(one) for one in as_list(rendered.get("Statement"))]
    if len(wanted) != len(found):
        return None
    together: Domains | None = None
    for pairing, domains in _pairings(wanted, found):
        if _binds(pairing, domains):
            together = domains if together is None else {name: together[name] | domains[name] for name in domains}
    return None if together is None else Match(together)


def compare_text(planned: str, rendered: str) -> Match | None:
    """Return how one rendered text, such as a tag, agrees with its plan."""
    captured = _capture(planned, rendered)
    return None if captured is None else Match({name: frozenset((value,)) for name, value in captured.items()})


def substitute(document: Wire, ids: Mapping[str, str]) -> Wire:
    """Return a planned value with the references that have an id replaced by it."""
    if isinstance(document, str):
        return REFERENCE.sub(lambda found: ids.get(found.group(1), found.group(0)), document)
    if isinstance(document, dict):
        return {key: substitute(part, ids) for key, part in document.items()}
    if isinstance(document, list):
        return [substitute(part, ids) for part in document]
    return document


def _canonical(statement: Wire) -> Canonical:
    if not isinstance(statement, dict):
        return {("",): frozenset((_scalar(statement),))}
    out: Canonical = {}
    for element, value in statement.items():
        if element in ("Principal", "NotPrincipal"):
            for kind, names in ({"AWS": "*"} if value == "*" else dict(value or {})).items():
                out[element, kind] = frozenset(_principal(_scalar(name)) for name in as_list(names))
        elif element == "Condition" and isinstance(value, dict):
            for operator, tests in value.items():
                for key, values in tests.items() if isinstance(tests, dict) else ((str(tests), None),):
                    out[element, operator.lower(), key.lower()] = frozenset(map(_scalar, as_list(values)))
        elif element in ("Action", "NotAction"):
            out[(element,)] = frozenset(_scalar(one).lower() for one in as_list(value))
        else:
            out[(element,)] = frozenset(map(_scalar, as_list(value)))
    return out


def _scalar(value: Wire) -> str:
    """Return a value as text: JSON's booleans and whole numbers as IAM writes them."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True)


def _principal(name: str) -> str:
    """Return a principal as IAM keeps it: an account is its root."""
    found = re.fullmatch(r"arn:[a-z-]+:iam::(\d{12}):root", name, re.ASCII)
    return found.group(1) if found else name


def _pairings(
    wanted: list[Canonical], found: list[Canonical]
) -> Iterator[tuple[list[tuple[Canonical, Canonical]], Domains]]:
    """Yield ways to pair the statements, with what each reference may then stand for; a bounded number of them."""
    fits: list[dict[int, Domains]] = []
    for plan in wanted:
        options = ((at, _statement_domains(plan, one)) for at, one in enumerate(found))
        fits.append({at: domains for at, domains in options if domains is not None})
    order = sorted(range(len(wanted)), key=lambda index: len(fits[index]))
    budget = [MOST_PAIRINGS, MOST_STEPS]

    def place(depth: int, used: dict[int, int], domains: Domains) -> Iterator[tuple[dict[int, int], Domains]]:
        budget[1] -= 1
        if depth == len(order):
            budget[0] -= 1
            yield dict(used), domains
            return
        for at, more in fits[order[depth]].items():
            if at in used.values() or min(budget) <= 0:
                continue
            narrowed = _meet(domains, more)
            if narrowed is not None:
                yield from place(depth + 1, {**used, order[depth]: at}, narrowed)

    for used, domains in place(0, {}, {}):
        yield [(wanted[index], found[at]) for index, at in used.items()], domains


def _statement_domains(plan: Canonical, one: Canonical) -> Domains | None:
    """Return what references may stand for if these two statements are the same; None if they cannot be."""
    if set(plan) != set(one):
        return None
    domains: Domains | None = {}
    for place, values in plan.items():
        found = _place_domains(values, one[place])
        domains = None if found is None or domains is None else _meet(domains, found)
        if domains is None:
            return None
    return domains


def _place_domains(planned: frozenset[str], rendered: frozenset[str]) -> Domains | None:
    patterns = [text for text in planned if REFERENCE.search(text)]
    rest = rendered - planned
    if not planned - set(patterns) <= rendered or len(patterns) != len(rest):
        return None
    domains: Domains | None = {}
    for pattern in patterns:
        captured = [one for text in rest if (one := _capture(pattern, text)) is not None]
        if not captured or domains is None:
            return None
        domains = _meet(domains, {name: frozenset(one[name] for one in captured) for name in captured[0]})
    return domains


def _capture(pattern: str, text: str) -> dict[str, str] | None:
    """Return the ids that the references of a planned text stand for in a rendered one."""
    names = list(dict.fromkeys(REFERENCE.findall(pattern)))
    parts, at = [], 0
    seen: set[str] = set()
    for found in REFERENCE.finditer(pattern):
        group = f"g{names.index(found.group(1))}"
        parts += [re.escape(pattern[at : found.start()]), f"(?P={group})" if group in seen else f"(?P<{group}>{ID})"]
        seen.add(group)
        at = found.end()
    fits = re.fullmatch("".join([*parts, re.escape(pattern[at:])]), text)
    return {name: fits[f"g{index}"] for index, name in enumerate(names)} if fits else None


def _meet(left: Mapping[str, frozenset[str]], right: Mapping[str, frozenset[str]]) -> Domains | None:
    """Return both constraints together; None where a reference is left without an id."""
    out = {name: left.get(name, right.get(name, frozenset())) for name in {**left, **right}}
    out = {name: values & right[name] if name in right else values for name, values in out.items()}
    return out if all(out.values()) else None


def _binds(pairing: list[tuple[Canonical, Canonical]], domains: Domains) -> bool:
    """Return whether distinct ids for all references make each pair of statements the same."""
    names = sorted(domains, key=lambda name: (len(domains[name]), name))
    steps = [MOST_STEPS]

    def bind(depth: int, ids: dict[str, str]) -> bool:
        steps[0] -= 1
        if steps[0] < 0:
            return False
        if depth == len(names):
            return all(_same(plan, one, ids) for plan, one in pairing)
        return any(
            bind(depth + 1, {**ids, names[depth]: value})
            for value in sorted(domains[names[depth]])
            if value not in ids.values()
        )

    return bind(0, {})


def _same(plan: Canonical, one: Canonical, ids: Mapping[str, str]) -> bool:
    return {place: frozenset(substitute(text, ids) for text in values) for place, values in plan.items()} == one
