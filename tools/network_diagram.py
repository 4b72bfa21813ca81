"""The diagram of the network: an SVG drawn from the program's own data, for light and dark pages alike."""

from __future__ import annotations

from html import escape
from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tools.network_picture import Door, Picture

MARGIN, GAP, LINE = 20, 16, 18
OUTSIDE, ZONE, SERVICES = 215, 312, 350
MOST_TENANTS = 4
LAYERS = ("group workload admits nobody", "a tenant's own admits only itself")

LIGHT = {
    "page": "#ffffff",
    "ink": "#1b1f24",
    "soft": "#57606a",
    "box": "#f6f8fa",
    "line": "#8c959f",
    "shut": "#cf222e",
    "way": "#0550ae",
    "door": "#ddf4ff",
}
DARK = {
    "page": "#0d1117",
    "ink": "#e6edf3",
    "soft": "#9da7b1",
    "box": "#161b22",
    "line": "#6e7681",
    "shut": "#ff7b72",
    "way": "#79c0ff",
    "door": "#10263d",
}
# Colours stand in the rules themselves: renderers without CSS variables would draw everything black.
COLOURS = """
  text { fill: $ink } .soft { fill: $soft } .shut { fill: $shut } .label, .tip { fill: $way }
  .page { fill: $page } .box { fill: $box; stroke: $line } .zone { fill: $page; stroke: $line }
  .door { fill: $door; stroke: $way } .vpc { fill: none; stroke: $shut } .way { fill: none; stroke: $way }"""
SHAPES = """
  text { font: 13px system-ui, "Segoe UI", "DejaVu Sans", sans-serif } .head { font-weight: 600 }
  .soft, .label { font-size: 12px } .zone { stroke-dasharray: 5 4 } .vpc { stroke-width: 2.5 }
  .way { stroke-width: 1.6; marker-end: url(#tip) }"""
STYLE = (
    f"{SHAPES}{Template(COLOURS).substitute(LIGHT)}\n"
    f"  @media (prefers-color-scheme: dark) {{{Template(COLOURS).substitute(DARK)} }}\n"
)


class Canvas:
    """Collects shapes; coordinates are pixels from the upper left corner."""

    def __init__(self) -> None:
        self._shapes: list[str] = []

    def box(self, x: int, y: int, width: int, height: int, kind: str = "box") -> None:
        """Draw a rectangle."""
        self._shapes.append(f'<rect class="{kind}" x="{x}" y="{y}" width="{width}" height="{height}" rx="6"/>')

    def text(self, x: int, y: int, words: str, kind: str = "") -> None:
        """Write a line of text; `y` is its base line."""
        self._shapes.append(f'<text class="{kind}" x="{x}" y="{y}">{escape(words)}</text>')

    def lines(self, x: int, y: int, *words: str) -> None:
        """Write a heading and soft lines below it, inside a box at the same corner."""
        for number, line in enumerate(words):
            self.text(x + 10, y + 20 + number * LINE, line, "soft" if number else "head")

    def way(self, *points: tuple[int, int], label: str = "", at: tuple[int, int] | None = None) -> None:
        """Draw an arrow through points, in the direction in which the connection is opened."""
        path = " L".join(f"{x} {y}" for x, y in points)
        self._shapes.append(f'<path class="way" d="M{path}"/>')
        if label and at:
            self.text(*at, label, "label")

    def svg(self, width: int, height: int, title: str) -> str:
        """Return the picture."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
            f'height="{height}" role="img" aria-label="{escape(title)}">'
        )
        tip = '<path class="tip" d="M0 0 L8 4 L0 8 z"/>'
        marker = f'<marker id="tip" markerWidth="8" markerHeight="8" refX="7" refY="4" orient="auto">{tip}</marker>'
        page = f'<rect class="page" width="{width}" height="{height}"/>'
        body = "\n".join([f"<title>{escape(title)}</title>", f"<style>{STYLE}</style>", f"<defs>{marker}</defs>", page])
        return "\n".join([head, body, *self._shapes, "</svg>\n"])


def diagram(seen: Picture) -> str:
    """Return the SVG of a network."""
    return _Diagram(seen).drawn()


class _Diagram:
    """Three columns: who is outside, the VPC with its zones, and the services behind the endpoints."""

    def __init__(self, seen: Picture) -> None:
        self._seen = seen
        self._canvas = Canvas()
        self._left = MARGIN + OUTSIDE + 60
        self._right = self._left + len(seen.zones) * (ZONE + GAP) + GAP
        self._services = self._right + 70
        self._top = 60
        tenants = len(seen.notebooks) if len(seen.notebooks) <= MOST_TENANTS else MOST_TENANTS + 1
        self._tenants_height = 34 + (max(tenants, 1) + len(LAYERS) - 1) * LINE
        self._resolver_y = self._top + 44
        self._zone_y = self._resolver_y + 70
        self._bastion_y = self._zone_y + 40
        self._work_y = self._bastion_y + (84 if seen.bastion else 0)
        self._doors_y = self._work_y + self._tenants_height + 58
        self._zone_bottom = self._doors_y + 66
        self._gateway_y = self._zone_bottom + GAP
        self._vpc_bottom = self._gateway_y + 56 + GAP
        interfaces = sum(not door.gateway for door in seen.doors)
        self._services_bottom = self._top + 30 + LINE * interfaces
        self._storage = [*(f"bucket {bucket}" for bucket in seen.buckets), *self._foreign()]
        self._storage_y = max(self._services_bottom + GAP, self._doors_y - GAP)
        self._records_y = self._storage_y + 30 + LINE * len(self._storage) + GAP
        self._bottom = max(self._vpc_bottom, self._records_y + 30 + LINE * len(seen.log_groups)) + MARGIN

    def drawn(self) -> str:
        seen = self._seen
        title = f"The network of stack {seen.stack} in {seen.region}"
        self._canvas.text(MARGIN, 32, title, "head")
        self._canvas.text(MARGIN, 50, "arrows point the way in which connections are opened", "soft")
        self._vpc()
        for position, zone in enumerate(seen.zones):
            self._zone(self._left + GAP + position * (ZONE + GAP), zone)
        self._gateway()
        self._outside()
        self._behind()
        return self._canvas.svg(self._services + SERVICES + MARGIN, self._bottom, title)

    def _vpc(self) -> None:
        seen = self._seen
        width = self._right - self._left
        self._canvas.box(self._left, self._top, width, self._vpc_bottom - self._top, "vpc")
        self._canvas.text(self._left + GAP, self._top + 22, f"VPC {seen.cidr}", "head")
        closed = "no internet, NAT, VPN or peering gateway · no default route · no public address"
        closed = f"OPEN by {', '.join(seen.ways_out)}" if seen.ways_out else closed
        self._canvas.text(self._left + GAP, self._top + 38, closed, "soft shut")
        others = "refuses" if seen.names_blocked else "records"
        names = f"answers {seen.names} names of services that have an endpoint, {others} all others"
        self._canvas.box(self._left + GAP, self._resolver_y + 8, width - 2 * GAP, 48)
        words = names if seen.names else "answers every name"
        self._canvas.lines(
            self._left + GAP,
            self._resolver_y + 8,
            "Resolver of the VPC, with DNS Firewall" if seen.names else "Resolver of the VPC",
            words,
        )

    def _zone(self, x: int, zone: str) -> None:
        seen, width = self._seen, ZONE
        self._canvas.box(x, self._zone_y, width, self._zone_bottom - self._zone_y, "zone")
        self._canvas.text(x + 10, self._zone_y + 20, f"{zone} · {seen.zones[zone]}", "head")
        if seen.bastion and seen.bastion[1] == zone:
            self._canvas.box(x + 10, self._bastion_y, width - 90, 68)
            layers = ("no open port, key pair or shell", "an account for each tenant")
            self._canvas.lines(x + 10, self._bastion_y, f"bastion {seen.bastion[0]}", *layers)
            self._down(x + width - 50, self._bastion_y + 30, x + width - 80, "bastion")
        self._work(x, zone)
        self._doors(x, zone)

    def _work(self, x: int, zone: str) -> None:
        here = sorted(tenant for tenant, place in self._seen.notebooks.items() if place == zone)
        shown = [f"notebook of {tenant}" for tenant in here[:MOST_TENANTS]]
        shown += [f"… and {len(here) - MOST_TENANTS} more"] if len(here) > MOST_TENANTS else []
        y, width = self._work_y, ZONE
        self._canvas.box(x + 10, y, width - 90, self._tenants_height + 24)
        self._canvas.lines(x + 10, y, "jobs, models, endpoints", *shown, *LAYERS)
        self._down(x + width - 30, y + 30, x + width - 80, "workload")

    def _down(self, x: int, y: int, start: int, source: str) -> None:
        port = next((way.port for way in self._seen.ways if (way.source, way.target) == (source, "endpoints")), None)
        if port:
            self._canvas.way((start, y), (x, y), (x, self._doors_y), label=port, at=(start + 4, y - 6))

    def _doors(self, x: int, zone: str) -> None:
        keys = [door.key for door in self._seen.doors if zone in door.zones]
        self._canvas.box(x + 10, self._doors_y, ZONE - 20, 54, "door")
        self._canvas.lines(x + 10, self._doors_y, f"{len(keys)} interface endpoints, private DNS", "admit 443 only")

    def _gateway(self) -> None:
        gateways = [door for door in self._seen.doors if door.gateway]
        sources = sorted({way.source for way in self._seen.ways if way.target == "S3 prefix list"})
        width = self._right - self._left - 2 * GAP
        self._canvas.box(self._left + GAP, self._gateway_y, width, 48, "door")
        names = ", ".join(door.key for door in gateways)
        text = f"443 from {' and '.join(sources)}, on the one route table"
        self._canvas.lines(self._left + GAP, self._gateway_y, f"gateway endpoint {names}", text)

    def _outside(self) -> None:
        seen, x = self._seen, MARGIN
        if not seen.bastion:
            return
        people_y, manager_y = self._bastion_y - 70, self._bastion_y + 60
        self._canvas.box(x, people_y, OUTSIDE, 76)
        self._canvas.lines(x, people_y, "people", "browser, CLI and SDK", "session with MFA, own account")
        self._canvas.box(x, manager_y, OUTSIDE, 76)
        self._canvas.lines(x, manager_y, "Session Manager", "the SSH document alone", "joins both ends")
        self._canvas.way((x + 60, people_y + 76), (x + 60, manager_y), label="HTTPS", at=(x + 68, people_y + 106))
        self._canvas.text(x, manager_y + 96, "the bastion calls it through the", "soft")
        self._canvas.text(x, manager_y + 112, "endpoints ssm and ssmmessages", "soft")

    def _behind(self) -> None:
        x, y = self._services, self._top
        services = [door.service for door in self._seen.doors if not door.gateway]
        self._listed(x, y, "AWS services, by interface endpoint", services)
        self._elbow(self._doors_y + 27, (y + self._services_bottom) // 2, -14)
        self._listed(x, self._storage_y, "Amazon S3, by gateway endpoint", self._storage)
        self._elbow(self._gateway_y + 24, self._storage_y + 20, 14)
        if self._seen.log_groups:
            self._listed(x, self._records_y, "CloudWatch Logs: log groups", self._seen.log_groups)

    def _listed(self, x: int, y: int, head: str, lines: Sequence[str]) -> None:
        self._canvas.box(x, y, SERVICES, 30 + LINE * len(lines))
        self._canvas.lines(x, y, head, *lines)

    def _foreign(self) -> list[str]:
        gateways = (door for door in self._seen.doors if door.gateway)
        statements = (sid for door in gateways for sid in door.statements if not sid.startswith("Own"))
        return [f"read only, of AWS: {sid}" for sid in statements]

    def _elbow(self, start: int, end: int, aside: int) -> None:
        half = (self._right + self._services) // 2 + aside
        points = ((self._right - GAP, start), (half, start), (half, end), (self._services, end))
        self._canvas.way(*points)


def door_row(door: Door) -> tuple[str, str, str, str, str]:
    """Return an endpoint as a row of the page's table."""
    kind = "gateway" if door.gateway else "interface"
    return (door.key, door.service, kind, ", ".join(door.zones) or "route table", ", ".join(door.statements))
