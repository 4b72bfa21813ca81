"""The page and the diagram of the network are what the program says today."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from tools.network_diagram import diagram
from tools.network_page import IMAGE, PAGE, generated, table, with_parts
from tools.network_picture import WAYS_OUT, picture

if TYPE_CHECKING:
    from tools.network_picture import Picture


@pytest.fixture(scope="module")
def seen() -> Picture:
    return picture()


def test_the_page_is_fresh(seen: Picture) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert with_parts(page, generated(seen)) == page, "write: make diagram"


def test_the_diagram_is_fresh(seen: Picture) -> None:
    assert IMAGE.read_text(encoding="utf-8") == diagram(seen), "write: make diagram"


def test_every_generated_part_stands_on_the_page(seen: Picture) -> None:
    named = re.findall(r"<!-- generated: ([a-z-]+) -->", PAGE.read_text(encoding="utf-8"))
    assert sorted(named) == sorted(generated(seen))
    assert "![" in PAGE.read_text(encoding="utf-8")


def texts(seen: Picture) -> list[str]:
    root = ET.fromstring(diagram(seen))  # noqa: S314  drawn here, a moment ago
    return [each.text or "" for each in root.iter("{http://www.w3.org/2000/svg}text")]


def test_the_diagram_names_every_zone_service_tenant_and_bucket(seen: Picture) -> None:
    drawn = "\n".join(texts(seen))
    wanted = [*seen.zones, *seen.zones.values(), *(door.service for door in seen.doors if not door.gateway)]
    wanted += [*seen.buckets, *(f"notebook of {tenant}" for tenant in seen.notebooks), seen.cidr, "bastion t3.micro"]
    assert [each for each in wanted if each not in drawn] == []


def test_a_network_with_more_zones_and_tenants_and_without_a_bastion_is_drawn_too(seen: Picture) -> None:
    larger = dataclasses.replace(
        seen,
        bastion=None,
        zones={**seen.zones, "apne1-az2": "10.0.2.0/24"},
        notebooks={f"tenant-{number}": "apne1-az1" for number in range(9)},
        names=0,
    )
    drawn = texts(larger)
    assert "… and 5 more" in drawn
    assert "answers every name" in drawn
    assert not [each for each in drawn if "bastion" in each and "443" not in each]
    assert any(each.startswith("apne1-az2") for each in drawn)


def test_a_way_out_would_be_drawn(seen: Picture) -> None:
    assert seen.ways_out == ()
    opened = dataclasses.replace(seen, ways_out=("aws:ec2/natGateway:NatGateway",))
    assert "OPEN by aws:ec2/natGateway:NatGateway" in texts(opened)
    for token in ("aws:ec2/internetGateway:InternetGateway", "aws:ec2/eip:Eip", "aws:ec2/vpnGateway:VpnGateway"):
        assert WAYS_OUT.search(token), token
    assert not WAYS_OUT.search("aws:ec2/routeTable:RouteTable")


def test_every_colour_stands_in_its_rule(seen: Picture) -> None:
    drawn = diagram(seen)
    assert "var(" not in drawn, "renderers without CSS variables would draw everything black"
    light, dark = (drawn.count(colour) for colour in ("#1b1f24", "#e6edf3"))
    assert (light, dark) == (1, 1)
    assert drawn.index("prefers-color-scheme: dark") < drawn.index("#e6edf3")


def test_everything_drawn_lies_on_the_page(seen: Picture) -> None:
    root = ET.fromstring(diagram(seen))  # noqa: S314  drawn here, a moment ago
    _, _, width, height = map(int, root.attrib["viewBox"].split())
    for box in root.iter("{http://www.w3.org/2000/svg}rect"):
        right = int(box.get("x", "0")) + int(box.attrib["width"])
        bottom = int(box.get("y", "0")) + int(box.attrib["height"])
        assert right <= width, box.attrib
        assert bottom <= height, box.attrib


def test_light_and_dark_pages_have_colors_of_their_own(seen: Picture) -> None:
    text = diagram(seen)
    light, dark = text.split("prefers-color-scheme: dark", 1)
    for color in re.findall(r"--([a-z]+): #", light):
        assert f"--{color}: #" in dark, color


def test_what_stands_between_the_marks_is_replaced_and_nothing_else() -> None:
    page = "a\n<!-- generated: x -->\nold\n<!-- end -->\nb\n"
    assert with_parts(page, {"x": table(("k",), [("v",)])}) == (
        "a\n<!-- generated: x -->\n| k |\n| --- |\n| v |\n<!-- end -->\nb\n"
    )
    with pytest.raises(KeyError):
        with_parts(page, {})
