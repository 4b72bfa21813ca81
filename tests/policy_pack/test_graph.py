"""Who waits for whom: long chains, components and parents."""

from __future__ import annotations

from graph import Reach
from resources import Resource, Stack


def made(name: str, kind: str = "aws:s3/bucket:Bucket", parent: str | None = None, *waits_for: str) -> Resource:
    """Return a resource called by its URN."""
    return Resource(name, kind, name, {}, parent=parent, dependencies=waits_for)


def test_a_chain_of_five_thousand_is_followed_to_its_end() -> None:
    chain = [made("0"), *(made(str(link), "aws:s3/bucket:Bucket", None, str(link - 1)) for link in range(1, 5000))]
    reach = Reach(Stack(chain))
    assert reach.waits_for("4999", "0")
    assert not reach.waits_for("0", "4999")


def test_who_waits_for_a_component_waits_for_everything_in_it() -> None:
    stack = Stack(
        [
            made("outer", "project:a:Outer"),
            made("inner", "project:a:Inner", "outer"),
            made("deep", parent="inner"),
            made("waiting", "aws:s3/bucket:Bucket", None, "outer"),
        ]
    )
    assert Reach(stack).waits_for("waiting", "deep")


def test_a_child_waits_for_what_its_parent_waits_for_and_not_for_its_neighbours() -> None:
    stack = Stack(
        [
            made("first"),
            made("component", "project:a:Component", None, "first"),
            made("child", parent="component"),
            made("neighbour", parent="component"),
        ]
    )
    reach = Reach(stack)
    assert reach.waits_for("child", "first")
    assert not reach.waits_for("child", "neighbour")
    assert not reach.waits_for("child", "child")


def test_a_circle_ends() -> None:
    stack = Stack([made("a", "aws:s3/bucket:Bucket", None, "b"), made("b", "aws:s3/bucket:Bucket", None, "a")])
    assert Reach(stack).waits_for("a", "b")
