"""Nothing in the stack's documents is dead, misspelt or of the wrong form, but for what is listed with its reason."""

from __future__ import annotations

import re
from typing import Any

import pytest

from iamproof import DocumentKind, PrincipalKind, lint
from tests.components.documents.variants import FEDERATED, STRICT, plain
from tests.components.documents.world import BUCKETS, World

DOCUMENTS = World.built().documents
KINDS = {
    "boundary": DocumentKind.BOUNDARY,
    **dict.fromkeys(BUCKETS, DocumentKind.BUCKET),
    "key": DocumentKind.KEY,
    "trust": DocumentKind.TRUST,
    "endpoint": DocumentKind.ENDPOINT,
    "topic": DocumentKind.OTHER,
}
"""By the holder's name or what stands before its slash; everything else is a managed policy that roles carry."""

EXCEPTIONS = {
    # The authorization data says one value, a configuration has several variants: both readings are denied [LIVE].
    ("network", "OnlyOwnModelInEveryVariant", "set-operator-on-single-valued-key"),
    # A list of uploads carries no prefix in the authorization data: it is refused to tenants altogether.
    ("results", "ListOwnPrefixOnly", "key-not-carried"),
}


def findings(holder: str, document: dict[str, Any]) -> set[tuple[str, str, str]]:
    """Return holder, Sid and id of each finding."""
    kind = KINDS.get(plain(holder).partition("/")[0], DocumentKind.MANAGED)
    carried = kind in {DocumentKind.MANAGED, DocumentKind.BOUNDARY}
    found = lint(document, kind, principal=principal_of(holder) if carried else None)
    return {(plain(holder), sid_at(document, each.path), each.id) for each in found}


def principal_of(holder: str) -> PrincipalKind:
    """Return what carries a managed policy: people are users, but for the emergency role."""
    person = plain(holder).startswith("people/") or holder.startswith(STRICT)
    person = person and holder != "people/break-glass" and not holder.startswith(FEDERATED)
    return PrincipalKind.USER if person else PrincipalKind.ROLE


def sid_at(document: dict[str, Any], path: str) -> str:
    position = re.match(r"Statement\[(\d+)\]", path)
    return str(document["Statement"][int(position[1])]["Sid"]) if position else ""


@pytest.mark.parametrize("holder", DOCUMENTS)
def test_a_document_has_no_finding_without_a_reason(holder: str) -> None:
    assert findings(holder, dict(DOCUMENTS[holder])) - EXCEPTIONS == set()


def test_every_exception_is_still_needed() -> None:
    found = {finding for holder, document in DOCUMENTS.items() for finding in findings(holder, dict(document))}
    assert found >= EXCEPTIONS


def test_a_misspelt_key_beside_an_exception_is_still_found() -> None:
    document = DOCUMENTS["network"]
    sid = "OnlyOwnModelInEveryVariant"
    broken = [
        {**each, "Condition": {"StringNotEquals": {"sagemaker:ModelArns": "x"}}} if each["Sid"] == sid else each
        for each in document["Statement"]
    ]
    assert ("network", sid, "no-such-key") in findings("network", {**document, "Statement": broken}) - EXCEPTIONS
