"""Every entry of the gallery is what the prover says: the request, the correction, and what that still allows.

The page is the source: policies, queries and requests are read from it.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from iamproof.questions import answer
from tests.iamproof.systems.ids import FORMS, SYSTEMS

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "gallery.md").read_text(encoding="utf-8")
ACCOUNT = "111122223333"
ALICE = f"arn:aws:iam::{ACCOUNT}:role/tenants/alice/notebook"
ADMINISTRATOR = f"arn:aws:iam::{ACCOUNT}:role/administrator"
EVERYTHING = {"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
_BUCKETS = ("arn:aws:s3:::ml-training-data", "arn:aws:s3:::raw-7f3a")
GUARDED = {
    "Bucket policy": ("bucket", [*_BUCKETS, *(f"{bucket}/*" for bucket in _BUCKETS)]),
    "Key policy": ("key", [f"arn:aws:kms:ap-northeast-1:{ACCOUNT}:key/1234"]),
}
BLOCK = re.compile(r"^\*\*(?P<label>[A-Z][a-z ]+)\*\*[^\n]*\n\n```json\n(?P<json>.*?)\n```$", re.MULTILINE | re.DOTALL)


class Entry(NamedTuple):
    """One entry of the page: `kind` of the policy, and whether its claim is never or possible."""

    id: str
    title: str
    kind: str
    claim: str
    blocks: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.id} {self.title}"

    def asked(self, statements: Any, query: Any, claim: str) -> dict[str, Any]:
        """Return what `prove` says of the query, of an account with these statements."""
        queries = query if isinstance(query, list) else [query]
        account = self._account({"Version": "2012-10-17", "Statement": statements}, queries[0].get("tags", {}))
        found = answer("prove", {"account": account, "claims": [{"kind": claim, "queries": queries}]})
        assert found.problems == ()
        result: dict[str, Any] = found.result[0]
        return result

    def _account(self, policy: Any, tags: dict[str, str]) -> dict[str, Any]:
        alice = {"principal": ALICE, "principalTags": {"user": "alice", **tags}, "identity": [policy]}
        if self.kind == "Policy":
            return {"id": ACCOUNT, "actors": [alice]}
        type_, resources = GUARDED[self.kind]
        people = [{"principal": ADMINISTRATOR, "identity": [EVERYTHING]}, {**alice, "identity": [EVERYTHING]}]
        guarded = [{"resources": resources, "policy": policy, "resourceType": type_}]
        return {"id": ACCOUNT, "actors": people, "guarded": guarded, "anybody": [{"whose": "others"}]}


def read(section: str) -> Entry:
    """Read one section of the page."""
    id_, _, title = section.partition("\n")[0].partition(" · ")
    blocks = {found["label"]: json.loads(found["json"]) for found in BLOCK.finditer(section)}
    assert section.count("```json") == len(blocks) == 5, f"{id_}: a block without its label"
    kind, claim, *rest = blocks
    assert kind in {"Policy", *GUARDED}
    assert claim in {"Never", "Possible"}
    assert rest == ["Gets through", "Correction", "Still allowed"]
    return Entry(id_, title, kind, claim, blocks)


ENTRIES = [read(section) for section in PAGE.split("\n## ")[1:]]


@pytest.mark.parametrize("entry", ENTRIES, ids=str)
def test_the_policy_lets_through_exactly_the_request_that_is_shown(entry: Entry) -> None:
    result = entry.asked(entry.blocks[entry.kind], entry.blocks[entry.claim], entry.claim.lower())
    assert result["verdict"] == "counterexample"
    request = entry.blocks["Gets through"]
    if request is not None:
        request = {"principal": ALICE, **request}
        result["request"].pop("principalTags", None)
    assert result["request"] == request
    assert (request is None) is (entry.claim == "Possible")


@pytest.mark.parametrize("entry", ENTRIES, ids=str)
def test_the_correction_is_proved_and_allows_the_work(entry: Entry) -> None:
    corrected = entry.blocks["Correction"]
    assert entry.asked(corrected, entry.blocks[entry.claim], entry.claim.lower())["verdict"] == "proved"
    assert entry.asked(corrected, entry.blocks["Still allowed"], "possible")["verdict"] == "proved"


def test_the_gallery_has_every_form_that_fails_open_and_only_known_ids() -> None:
    shown = [entry.id for entry in ENTRIES]
    assert len(set(shown)) == len(shown)
    assert sorted(FORMS.keys() - set(shown)) == [], "forms without an entry"
    known = {id_ for ids in SYSTEMS.values() for listed in ids for id_ in listed} | FORMS.keys()
    assert set(shown) <= known


def test_the_page_on_proofs_lists_every_entry() -> None:
    proofs = (DOCS / "proofs.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| \[(\w+)\]\(gallery\.md#([^)]*)\) \| (.*) \|$", proofs, re.MULTILINE)
    assert listed == [(entry.id, anchor(f"{entry.id} · {entry.title}"), entry.title) for entry in ENTRIES]


def anchor(heading: str) -> str:
    """Return the anchor that a heading gets: small letters, no marks, spaces as hyphens."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
