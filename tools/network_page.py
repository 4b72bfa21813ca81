"""Write docs/network.svg and the generated parts of docs/network.md; ``make diagram`` calls it.

What is generated stands between ``<!-- generated: name -->`` and ``<!-- end -->``; the words around it are written by
hand. Both files are functions of the program's data, so a test that generates them again holds them fresh.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from components.endpoint_services import ALWAYS, FEATURE_SERVICES
from tools.network_diagram import diagram, door_row
from tools.network_picture import ROOT, picture

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tools.network_picture import Picture

PAGE, IMAGE = ROOT / "docs" / "network.md", ROOT / "docs" / "network.svg"
_PART = re.compile(r"(<!-- generated: (?P<name>[a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def generated(seen: Picture) -> dict[str, str]:
    """Return the generated parts of the page by name."""
    return {
        "endpoints": table(
            ("endpoint", "service", "kind", "where", "its policy allows"), (door_row(door) for door in seen.doors)
        ),
        "features": table(("feature", "endpoints that it needs"), _features()),
        "ways": table(("from", "to", "port"), ((f"`{way.source}`", f"`{way.target}`", way.port) for way in seen.ways)),
        "cost": "\n".join(_report(seen, name) for name in sorted(seen.tables)),
    }


def with_parts(page: str, parts: dict[str, str]) -> str:
    """Return a page with its generated parts renewed; raises KeyError for one that nothing generates."""
    return _PART.sub(lambda found: f"{found[1]}{parts[found['name']]}{found[3]}", page)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _features() -> Iterable[tuple[str, str]]:
    yield "always", ", ".join(service.key for service in ALWAYS)
    for feature, services in FEATURE_SERVICES.items():
        yield f"`{feature}`", ", ".join(service.key for service in services) or "none of its own"


def _report(seen: Picture, name: str) -> str:
    report = seen.tables[name]
    rows = [[str(cell) for cell in row] for row in report["rows"]]
    notes = "".join(f"- {note}\n" for note in report["notes"])
    return f"**{report['title']}**\n\n{table(report['columns'], rows)}\n{notes}"


def main() -> int:
    """Write both files and say which changed."""
    seen = picture()
    page = with_parts(PAGE.read_text(encoding="utf-8"), generated(seen))
    for path, text in ((IMAGE, diagram(seen)), (PAGE, page)):
        changed = not path.exists() or path.read_text(encoding="utf-8") != text
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path.relative_to(ROOT)}: {'written' if changed else 'fresh'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
