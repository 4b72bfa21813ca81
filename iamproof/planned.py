"""Documents that name what does not exist yet: `{{name}}` stands for an id that AWS will mint.

Policies only compare ids, so a proof over distinct ids that nothing else mentions holds for the ids that come. An id
is made readable: `{{endpoint/s3}}` with the beginning ``vpce-`` becomes ``vpce-endpoint.s3``.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_REFERENCE = re.compile(r"\{\{(?P<name>[^{}]+)\}\}")
_UNFIT = re.compile(r"[^A-Za-z0-9.-]+")
ASSUMPTION = "ids that are not known yet differ from each other and from every text in the policies"


def references(documents: Iterable[Any]) -> tuple[str, ...]:
    """Return the names of the references in documents, sorted."""
    return tuple(sorted({found["name"] for document in documents for found in _REFERENCE.finditer(_text(document))}))


def fresh_ids(documents: Iterable[Any], beginnings: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return an id for each reference in the documents: no two alike, and none a part of any document.

    `beginnings` maps beginnings of names to those of ids, such as ``endpoint/`` to ``vpce-``; the longest counts.
    """
    documents = tuple(documents)
    names = references(documents)
    taken = "\n".join(_REFERENCE.sub("", _text(document)) for document in documents)
    ids: dict[str, str] = {}
    for name in names:
        fitting = sorted((known for known in beginnings or () if name.startswith(known)), key=len)
        start = (beginnings or {})[fitting[-1]] if fitting else ""
        ids[name] = next(new for new in _candidates(start + _UNFIT.sub(".", name)) if _is_fresh(new, taken, ids))
    return ids


def with_ids(document: Any, ids: Mapping[str, str]) -> Any:  # noqa: ANN401  any JSON value
    """Return a document with its references replaced; KeyError names a reference without an id."""
    if isinstance(document, str):
        return _REFERENCE.sub(lambda found: ids[found["name"]], document)
    if isinstance(document, list | tuple):
        return [with_ids(item, ids) for item in document]
    if isinstance(document, dict):
        return {with_ids(key, ids): with_ids(value, ids) for key, value in document.items()}
    return document


def named(text: str, ids: Mapping[str, str]) -> str:
    """Return a text with ids written as the references that they stand for: for showing a counterexample."""
    for name, id_ in sorted(ids.items(), key=lambda item: -len(item[1])):
        text = text.replace(id_, f"{{{{{name}}}}}")
    return text


def _candidates(text: str) -> Iterator[str]:
    yield text
    number = 2
    while True:
        yield f"{text}-{number}"
        number += 1


def _is_fresh(text: str, taken: str, ids: Mapping[str, str]) -> bool:
    return text not in taken and text not in ids.values()


def _text(document: Any) -> str:  # noqa: ANN401  any JSON value
    return document if isinstance(document, str) else json.dumps(document, ensure_ascii=False)
