"""A pack below the preview's host says what it says below the SDK's own, only sooner."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from preview import analyzer as analyzer_module
from preview.analyzer import Analyzer
from preview.pack_messages import Diagnostic, PackOptions, PackProvider, PackResource
from preview.values import UNKNOWN, Asset, Secret

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

PLAIN_HOST = """
import os, runpy, sys
sys.path.insert(0, os.getcwd())
runpy.run_module("pulumi.policy", run_name="__main__", alter_sys=True)
"""
SOURCE = """
import json
from pulumi_policy.proxy import _DictProxy

def tell(value):
    if isinstance(value, _DictProxy) or hasattr(value, "items"):
        return {key: tell(value[key]) for key in value}
    if hasattr(value, "__len__") and not isinstance(value, str):
        return [tell(value[index]) for index in range(len(value))]
    return value if isinstance(value, (str, int, float, bool, type(None))) else type(value).__name__

def change(args, report):
    report(type(args.props).__name__)
    args.props["added"] = "by another policy"
    report(json.dumps([sorted(args.props), len(args.props), "added" in args.props, args.props == dict(args.props)]))

def see(args, report):
    report(json.dumps([tell(args.props), tell(args.provider.props) if args.provider else None, args.get_config()]))

def touch(args, report):
    report(str(args.props["unknown"]))

def whole(args, report):
    report(json.dumps([[one.name, sorted(one.props), "added" in one.props] for one in args.resources]))

def change_all(args, report):
    for one in args.resources:
        one.props["added"] = True

def surroundings(args, report):
    opts = args.opts
    told = [opts.protect, list(opts.ignore_changes), opts.parent, opts.custom_timeouts.create_seconds]
    opts.protect = "changed"
    name = args.provider.name if args.provider else None
    report(json.dumps([*told, name, dict(args.stack_tags), args.urn, hasattr(args, "absent")]))

def around(args, report):
    for one in args.resources:
        beside = [[each.name for each in one.dependencies], {k: [e.name for e in v] for k, v in
                  one.property_dependencies.items()}]
        same = all(each is args.resources[0] for each in one.dependencies)
        parent = one.parent.name if one.parent else None
        report(json.dumps([one.opts.protect, parent, beside, same, one.provider is None], sort_keys=True), one.urn)
        one.dependencies.append(one)
        one.opts.protect = "changed"

KEPT = []

def keep(args, report):
    KEPT.extend(args.resources[1:])

def look_later(args, report):
    report(json.dumps([[one.name, one.parent.name, [each.name for each in one.dependencies]] for one in KEPT]))

async def later(args, report):
    report(str(args.props["text"]) if "text" in args.props else "none")

def passes_on(args, report):
    args.not_applicable("not this one")

def fix(args):
    return {**{k: args.props[k] for k in args.props if k != "unknown"}, "fixed": args.provider.props["region"]}

POLICIES = [
    resource("change", change), resource("see", see, config_schema=PolicyConfigSchema({"n": {"type": "number",
             "default": 4}})), resource("touch", touch), stack("change-all", change_all), stack("whole", whole),
    resource("opts", surroundings), resource("opts-again", surroundings), resource("later", later),
    resource("passes-on", passes_on), resource("off", see, EnforcementLevel.DISABLED),
    stack("around", around), stack("around-again", around), stack("passes-on-all", passes_on),
    stack("keep", keep), stack("look-later", look_later),
    stack("off-too", whole, EnforcementLevel.DISABLED), stack("touch-all", lambda args, report: touch(args.resources[0],
    report)),
    ResourceValidationPolicy("fix", "fix described", remediate=fix, enforcement_level=EnforcementLevel.REMEDIATE),
]
"""
URN = "urn:pulumi:dev::demo::a:b:C::one"
ELSEWHERE = "urn:pulumi:dev::demo::a:b:C::elsewhere"
RESOURCE = PackResource(
    type="a:b:C",
    name="one",
    urn=URN,
    properties={
        "text": "t",
        "empty": {},
        "tree": {"list": [1, {"deep": True}], "none": None},
        "secret": Secret("clear"),
        "asset": Asset("c44067f5952c0a294b673a41bacd8c17", {"text": "x"}),
        "unknown": UNKNOWN,
    },
    provider=PackProvider(type="pulumi:providers:a", name="main", urn="urn", properties={"region": "r"}),
)
KNOWN = PackResource(
    type="a:b:C",
    name="two",
    properties={"unknown": "known by now", "list": [[], [1]]},
    options=PackOptions(protect=True, ignore_changes=("list",), create_seconds=60),
    parent=URN,
    dependencies=(URN, ELSEWHERE),
    property_dependencies={"list": (URN,), "unknown": (ELSEWHERE,)},
)


def said(pack: Analyzer) -> tuple[list[Diagnostic], list[Diagnostic], list[Diagnostic], str]:
    return (
        pack.analyze(RESOURCE),
        pack.analyze(KNOWN),
        pack.analyze_stack([RESOURCE, KNOWN]),
        str(pack.remediate(RESOURCE)),
    )


def test_both_hosts_hear_the_same_from_a_pack_that_uses_everything(
    started: Callable[..., Analyzer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = said(started(SOURCE))
    (tmp_path / "plain_host.py").write_text(PLAIN_HOST, encoding="utf-8")
    monkeypatch.setattr(analyzer_module, "HOST", tmp_path / "plain_host.py")
    assert late == said(started(SOURCE))
    texts = {found.policy: found.message for found in late[0]}
    assert "by another policy" not in texts["see"], "each policy has its own copy"
    assert "can't be known during preview" in texts["touch"]
    assert "'fixed': 'r'" in late[3]
    heard = {found.policy for found in (*late[1], *late[2])}
    assert {"opts", "opts-again", "later", "around", "around-again", "touch-all", "look-later"} <= heard
    (around,) = (found.message for found in late[2] if found.policy == "around" and found.urn.endswith("two"))
    assert '[true, "one", [["one"], {"list": ["one"], "unknown": []}], true, true]' in around
    assert not {"off", "off-too", "passes-on", "passes-on-all"} & heard
    assert not any('"changed"' in found.message for found in (*late[1], *late[2])), "each has its own options too"


COUNTING = """
import pulumi_policy.policy as sdk

UNPACKED = []
unpack = sdk.deserialize_properties

def counted(*given):
    UNPACKED.append(given)
    return unpack(*given)

sdk.deserialize_properties = counted
POLICIES = [resource(f"away-{n}", lambda args, report: None) for n in range(100)]
POLICIES.append(resource("looks", lambda args, report: report(f"{args.props['text']} {len(UNPACKED)}")))
"""


def test_a_hundred_policies_that_turn_away_do_not_unpack(started: Callable[..., Analyzer]) -> None:
    (found,) = started(COUNTING).analyze(replace(RESOURCE, properties={"text": "t"}, provider=None))
    assert found.message.endswith("\nt 1"), "the one that looked"


def test_an_sdk_that_is_built_otherwise_runs_as_it_is(
    pack: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    patch = "import pulumi_policy.proxy as proxy\nproxy.unknown_checking_proxy = lambda props: dict(props)\n"
    (site / "sitecustomize.py").write_text(patch, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(site))
    telling = "POLICIES = [resource('kind', lambda args, report: report(type(args.props).__module__))]"
    with Analyzer(pack(telling)) as running:
        (found,) = running.analyze(KNOWN)
    assert found.message.endswith("\npulumi_policy.proxy"), "the class of the SDK, not the one that waits"
