"""What the pages name is there: files, anchors, commands, rules, claims and figures."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from components.documents import operations
from components.endpoint_services import FEATURE_SERVICES
from iamproof import facts
from tests.batches import each_of
from tests.recorded import recorded

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).resolve().parents[2]
TRACKED = subprocess.run(
    ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
    cwd=ROOT,
    check=True,
    capture_output=True,
    text=True,
).stdout.splitlines()
PAGES = sorted(name for name in TRACKED if name.endswith(".md") and (ROOT / name).exists())
PLACES = {f"/{name}" for name in TRACKED} | {f"/{parent}/" for name in TRACKED for parent in Path(name).parents}
FENCE = re.compile(r"^```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\((?P<path>[^)#\s]*)(?:#(?P<anchor>[^)\s]+))?\)")


@cache
def words_of(page: str) -> str:
    """Return a page without what it fences."""
    return FENCE.sub("", (ROOT / page).read_text(encoding="utf-8"))


@cache
def anchors_of(page: str) -> frozenset[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    found: dict[str, int] = {}
    for heading in re.findall(r"^#{1,6} +(.*)$", words_of(page), re.MULTILINE):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").strip().lower()
        slug = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
        found[slug] = found.get(slug, 0) + 1
    return frozenset(f"{slug}-{more}" if more else slug for slug, times in found.items() for more in range(times))


def dangling(page: str) -> list[str]:
    """Return the links of a page that lead nowhere."""
    found = []
    for link in LINK.finditer(words_of(page)):
        if link["path"].startswith(("http:", "https:", "mailto:")):
            continue
        target = ((ROOT / page).parent / link["path"]).resolve() if link["path"] else ROOT / page
        name = target.relative_to(ROOT).as_posix() if target.is_relative_to(ROOT) else ""
        there = target.exists() and (not link["anchor"] or name not in PAGES or link["anchor"] in anchors_of(name))
        found += [] if there else [link[0][2:-1]]
    return found


def quoted(page: str, pattern: str) -> list[str]:
    """Return what a page sets in code that has a form."""
    return [text for text in re.findall(r"`([^`\n]+)`", words_of(page)) if re.fullmatch(pattern, text)]


@each_of("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    assert dangling(page) == []


@each_of("page", PAGES)
def test_every_file_and_folder_that_a_page_names_is_there(page: str) -> None:
    named = quoted(page, r"[\w.-]*[\w-](/[\w.-]+)*\.(py|md|yaml|json|svg|toml|txt)|[a-z_]+(/[a-z_]+)*/")
    local = [f"/{name}" if (ROOT / name).exists() else f"/{Path(page).parent / name}" for name in named]
    lost = [
        name
        for name, place in zip(named, local, strict=True)
        if place not in PLACES and not any(known.endswith(f"/{name}") for known in PLACES)
    ]
    assert lost == [name for name in lost if name in MADE]


MADE = ("preview.json",)
"""Files that a command of the reader writes."""


@each_of("page", PAGES)
def test_every_command_that_a_page_names_is_in_the_makefile(page: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    text = (ROOT / page).read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^\$ |`)make ([a-z-]+)", text, re.MULTILINE))
    assert named - targets == set()


@each_of("page", PAGES)
def test_every_rule_and_claim_that_a_page_calls_so_is_there(page: str) -> None:
    known = {
        path.stem.replace("_", "-")
        for room in ("rules", "claims")
        for path in (ROOT / "policy_pack" / room).glob("*.py")
    }
    called = re.findall(r"(?:[Rr]ules?|[Cc]laims?) (`[a-z0-9-]+`(?:,? (?:and )?`[a-z0-9-]+`)*)", words_of(page))
    ids = {name for several in called for name in re.findall("`([a-z0-9-]+)`", several)}
    assert ids - known - OF_OTHERS == set()


OF_OTHERS = {"access-keys-rotated"}
"""Rules of AWS Config."""


@each_of("page", [page for page in PAGES if not page.startswith("docs/adr/")])
def test_every_piece_of_a_stack_file_on_a_page_is_yaml(page: str) -> None:
    for fence in FENCE.finditer((ROOT / page).read_text(encoding="utf-8")):
        if fence["kind"] == "yaml":
            assert yaml.safe_load(fence["text"]), fence["text"]


def test_a_link_that_leads_nowhere_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    page = "[a](README.md) [b](none.md) [c](README.md#none) [d](#none) [e](docs/access.md#the-stages)"
    monkeypatch.setitem(globals(), "words_of", lambda name: page if name == "SECURITY.md" else original(name))
    assert dangling("SECURITY.md") == ["none.md", "README.md#none", "#none"]


original = words_of


def test_the_figures_of_the_readme_are_those_of_the_dev_stack() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    states = recorded("dev", "first").states.values()
    made = [state for state in states if state.goal.custom and not state.type.startswith("pulumi:")]
    parts = [state for state in states if not state.goal.custom and state.type != "pulumi:pulumi:Stack"]
    assert f"Would be built: {len(made)} resources, {len(parts)} components, 1 provider" in readme
    assert readme.count(f"{len(states)} resources  0 remarks") == 2
    claims = [path for path in (ROOT / "policy_pack" / "claims").glob("*.py") if path.stem != "__init__"]
    verdicts = re.findall(r"(\d+) possible, (\d+) proved", readme)
    assert {int(possible) + int(proved) for possible, proved in verdicts} == {len(claims)}


def test_figures_in_words_are_those_of_the_code() -> None:
    features = len(FEATURE_SERVICES)
    assert f"lists all {features}, with every call" in words_of("README.md")
    assert f"Endpoints by feature: {features} features" in words_of("CHANGELOG.md")
    total, open_ = len(operations.operations()), len(operations.open_changes())
    assert f"Of SageMaker's {total} operations {open_} change something and are open" in words_of("docs/guardrails.md")
    services = facts.services()
    actions = sum(len(facts.expand(f"{service}:*")) for service in services)
    assert f"{actions // 100 * 100:,} in {len(services)} services" in words_of("iamproof/README.md")
    entries = len(re.findall(r"^## ", words_of("docs/gallery.md"), re.MULTILINE))
    assert f"shows {entries} policies" in words_of("CHANGELOG.md")


def test_every_decision_is_on_the_list_of_decisions() -> None:
    records = {Path(page).name for page in PAGES if page.startswith("docs/adr/0")}
    assert {link["path"] for link in LINK.finditer(words_of("docs/adr/README.md"))} >= records
