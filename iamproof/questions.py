"""The commands prove, compare and who-can: what they read, and what they print. The README describes the formats."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from iamproof.account_input import Reader
from iamproof.cases import ANONYMOUS, decision_to_dict
from iamproof.compare import compare
from iamproof.environment import CaseError
from iamproof.meaningless import unknown_actions, unmet_forms
from iamproof.planned import ASSUMPTION, named
from iamproof.principal import PrincipalKind
from iamproof.prove import Verdict, possible, prove, prove_every
from iamproof.query import Query
from iamproof.report import printable
from iamproof.who_can import who_can

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from iamproof.compare import Change
    from iamproof.environment import Request
    from iamproof.prove import Proof
    from iamproof.situations import Account

CLAIM = ("sentence", "kind", "queries", "query")
KINDS: Mapping[str, Callable[..., Proof]] = {"never": prove, "possible": possible, "always": prove_every}
HOLDS, FAILS, REFUSED, UNDECIDED = 0, 1, 2, 3


@dataclass(frozen=True)
class Answer:
    """What a command prints, as JSON and as text, and its exit code; `problems` where the input was refused."""

    code: int
    result: Any = None
    text: str = ""
    problems: tuple[str, ...] = ()


def answer(command: str, value: Any) -> Answer:  # noqa: ANN401  any JSON value
    """Answer a question; what is wrong with it is in the answer's problems."""
    reader = Reader()
    try:
        found = _COMMANDS[command](reader, value)
    except CaseError as error:
        return Answer(REFUSED, problems=error.problems)
    return Answer(REFUSED, problems=tuple(reader.problems.found)) if found is None else found


def _prove(reader: Reader, value: Any) -> Answer | None:  # noqa: ANN401  any JSON value
    given = reader.members(value, "", ("account", "claims"))
    account = reader.account(given.get("account"), "account")
    claims = [_claim(reader, item, path) for path, item in reader.items(given.get("claims", []), "claims")]
    if account is None or reader.problems.found:
        return None
    results, lines, codes = [], [], [HOLDS]
    for sentence, decide, queries in (claim for claim in claims if claim):
        proof = decide(account, queries)
        result: dict[str, Any] = {"sentence": sentence, **_proof(proof, reader.ids)}
        result["assumptions"] += [unknown for query in queries for unknown in unknown_actions(query)]
        results.append(result)
        lines.append(_proof_lines(result))
        codes.append({Verdict.PROVED: HOLDS, Verdict.COUNTEREXAMPLE: FAILS}.get(proof.verdict, UNDECIDED))
    # A claim that fails is worse than one that is open.
    return Answer(FAILS if FAILS in codes else max(codes), results, "".join(lines))


def _claim(reader: Reader, value: Any, path: str) -> tuple[str, Callable[..., Proof], list[Query]] | None:  # noqa: ANN401  any JSON value
    given = reader.members(value, path, CLAIM)
    kind = reader.chosen(given.get("kind", "never"), KINDS, f"{path}.kind")
    several = given.get("queries", [given["query"]] if "query" in given else [])
    queries = [reader.query(item, place) for place, item in reader.items(several, f"{path}.queries")]
    if "query" in given and "queries" in given:
        reader.problems.add(path, "says query and queries: write one of them")
    if not queries:
        reader.problems.add(path, "asks nothing: write query, or queries with at least one")
    known = [query for query in queries if query]
    return (str(given.get("sentence", "")), kind, known) if kind and len(known) == len(queries) else None


def _compare(reader: Reader, value: Any) -> Answer | None:  # noqa: ANN401  any JSON value
    given = reader.members(value, "", ("before", "after", "query"))
    before, after = (reader.account(given.get(side), side) for side in ("before", "after"))
    query = reader.query(given["query"], "query") if "query" in given else Query("*")
    if before is None or after is None or query is None:
        return None
    found = compare(before, after, query)
    result: dict[str, Any] = {
        "newlyAllowed": _change(found.allowed, reader.ids),
        "newlyRefused": _change(found.refused, reader.ids),
        "reasons": [named(reason, reader.ids) for reason in found.reasons],
    }
    lines = [
        f"{what}: {_request_text(result[name]['request']) if result[name] else 'nothing'}\n"
        for name, what in (("newlyAllowed", "newly allowed"), ("newlyRefused", "newly refused"))
    ]
    lines += [f"undecided: {reason}\n" for reason in result["reasons"]]
    code = FAILS if found.allowed or found.refused else UNDECIDED if found.reasons else HOLDS
    return Answer(code, result, "".join(map(printable_lines, lines)))


def _who_can(reader: Reader, value: Any) -> Answer | None:  # noqa: ANN401  any JSON value
    given = reader.members(value, "", ("account", "query"))
    account: Account | None = reader.account(given.get("account"), "account")
    query = reader.query(given.get("query"), "query")
    if account is None or query is None:
        return None
    found = who_can(account, query)
    rows: list[dict[str, Any]] = [
        {
            "principal": _who(able.principal.kind, able.principal.arn),
            "ways": [
                {
                    "conditions": [named(text, reader.ids) for text in way.conditions],
                    "example": request_to_dict(way.request, reader.ids),
                }
                for way in able.ways
            ],
            "more": able.more,
        }
        for able in found.able
    ]
    result: dict[str, Any] = {
        "able": rows,
        "reasons": [named(reason, reader.ids) for reason in found.reasons],
        "notes": [named(note, reader.ids) for note in _notes(account, query)],
    }
    lines = [*map(_able_lines, rows)] or ["nobody\n"]
    lines += [f"undecided: {reason}\n" for reason in result["reasons"]]
    lines += [f"note: {note}\n" for note in result["notes"]]
    text = "".join(map(printable_lines, lines))
    return Answer(UNDECIDED if found.reasons else HOLDS, result, text)


def _notes(account: Account, query: Query) -> Iterator[str]:
    """Yield what a reader should know of the question: slips of the pen, and resources without a policy."""
    yield from unknown_actions(query)
    unmet = [*unmet_forms(query)]
    yield from unmet
    if not unmet and query.asked.like is not None and not account.guards(query):
        yield "no resource that was read and is asked about has a policy of its own: identities and endpoints decide"


_COMMANDS: Mapping[str, Callable[[Reader, Any], Answer | None]] = {
    "prove": _prove,
    "compare": _compare,
    "who-can": _who_can,
}


def _proof(proof: Proof, ids: Mapping[str, str]) -> dict[str, Any]:
    because = decision_to_dict(proof.decision)["because"] if proof.decision else []
    return {
        "verdict": proof.verdict.value,
        "request": request_to_dict(proof.request, ids) if proof.request else None,
        "because": because,
        "reasons": [named(reason, ids) for reason in proof.reasons],
        "assumptions": [*proof.assumptions, *((ASSUMPTION,) if ids else ())],
        "milliseconds": round(proof.milliseconds, 1),
    }


def request_to_dict(request: Request, ids: Mapping[str, str]) -> dict[str, Any]:
    """Return a request as a case's `request`; known ids are written as the references that they stand for."""
    context = {
        key: [named(text, ids) for text in values] if len(values) > 1 else named(values[0], ids)
        for key, values in ((key, request.values()[key.lower()] or ()) for key in request.context)
        if values
    }
    out: dict[str, Any] = {"principal": _who(request.principal.kind, request.principal.arn)}
    if request.principal.tags:
        out["principalTags"] = {tag: named(value, ids) for tag, value in request.principal.tags.items()}
    return {**out, "action": request.action, "resource": named(request.resource, ids), "context": context}


def _change(change: Change | None, ids: Mapping[str, str]) -> dict[str, Any] | None:
    if change is None:
        return None
    return {
        "request": request_to_dict(change.request, ids),
        "before": decision_to_dict(change.before),
        "after": decision_to_dict(change.after),
    }


def _who(kind: PrincipalKind, arn: str) -> str:
    return ANONYMOUS if kind is PrincipalKind.ANONYMOUS else arn


def _proof_lines(result: Mapping[str, Any]) -> str:
    lines = [f"{result['verdict']}: {result['sentence'] or 'claim'}\n"]
    if result["request"]:
        lines.append(f"  {_request_text(result['request'])}\n")
    lines += [f"  by {row['policy']}, statement {row['sid'] or row['statement']}\n" for row in result["because"]]
    lines += [f"  {reason}\n" for reason in result["reasons"]]
    return "".join(map(printable_lines, lines))


def _request_text(request: Mapping[str, Any]) -> str:
    keys = ", ".join(f"{key} = {value}" for key, value in request["context"].items())
    return f"{request['principal']} {request['action']} on {request['resource']}" + (f" with {keys}" if keys else "")


def _able_lines(row: Mapping[str, Any]) -> str:
    more = "  - and in more ways, which are not listed\n" if row["more"] else ""
    return f"{row['principal']}\n" + "".join(_way_lines(way) for way in row["ways"]) + more


def _way_lines(way: Mapping[str, Any]) -> str:
    marks = ("- ", *("  " for _ in way["conditions"][1:]))
    lines = zip(marks, way["conditions"] or ("always",), strict=True)
    return "".join(
        textwrap.fill(
            condition,
            110,
            initial_indent=f"  {mark}",
            subsequent_indent=" " * 6,
            break_on_hyphens=False,
            break_long_words=False,
        )
        + "\n"
        for mark, condition in lines
    )


def printable_lines(text: str) -> str:
    """Write what would steer the terminal as escapes, line by line."""
    return "".join(f"{printable(line)}\n" for line in text.splitlines())
