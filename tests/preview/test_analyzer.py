"""The real pack server is started, configured and asked as the engine does it."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from preview import analyzer as analyzer_module
from preview.analyzer import Analyzer
from preview.errors import Phase, PreviewError
from preview.pack_messages import PackOptions, PackProvider, PackResource
from preview.values import UNKNOWN, Secret

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ECHO = """
import json

def plain(value):
    if hasattr(value, "items"):
        return {key: plain(element) for key, element in value.items()}
    if isinstance(value, (list, tuple)) or hasattr(value, "__len__") and not isinstance(value, str):
        return [plain(element) for element in value]
    return value

def echo(args, report):
    options = args.opts
    report(json.dumps({
        "props": plain(args.props), "type": args.resource_type, "name": args.name, "config": args.get_config(),
        "options": [options.protect, list(options.ignore_changes), options.delete_before_replace,
                    list(options.additional_secret_outputs), list(options.aliases), options.parent,
                    options.custom_timeouts.create_seconds],
        "provider": [args.provider.name, plain(args.provider.props)] if args.provider else None,
    }, sort_keys=True))

def whole(args, report):
    for one in args.resources:
        parent = one.parent.name if one.parent else None
        by_property = {k: [d.name for d in v] for k, v in one.property_dependencies.items()}
        report(json.dumps([parent, [d.name for d in one.dependencies], by_property]), one.urn)
    report("about nobody", "urn:pulumi:x::y::z::missing")
    report("about all")

def secretive(args):
    return args.props if args.resource_type == "a:b:Fixed" else None

def unlucky(args):
    return {"x": args.provider.props["x"]}

POLICIES = [
    resource("echo", echo, severity=Severity.HIGH,
             config_schema=PolicyConfigSchema({"limit": {"type": "number", "default": 4}})),
    stack("whole", whole, EnforcementLevel.ADVISORY),
    ResourceValidationPolicy("fix", "fix described", remediate=secretive, enforcement_level=EnforcementLevel.REMEDIATE),
    ResourceValidationPolicy("unlucky", "unlucky described", remediate=unlucky,
                             enforcement_level=EnforcementLevel.REMEDIATE),
]
"""


@pytest.fixture(scope="module")
def echo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Analyzer]:
    folder = tmp_path_factory.mktemp("echo")
    (folder / "PulumiPolicy.yaml").write_text("runtime: python\nversion: 1.2.3\n", encoding="utf-8")
    helpers = (
        "from pulumi_policy import *\n"
        "def resource(n, v, level=EnforcementLevel.MANDATORY, **m):\n"
        "    return ResourceValidationPolicy(n, n + ' described', v, level, **m)\n"
        "def stack(n, v, level=EnforcementLevel.MANDATORY, **m):\n"
        "    return StackValidationPolicy(n, n + ' described', v, level, **m)\n"
    )
    (folder / "__main__.py").write_text(helpers + ECHO + "PolicyPack('echoes', POLICIES)\n", encoding="utf-8")
    with Analyzer(folder, project="demo", policy_config={"unlucky": "disabled"}) as pack:
        yield pack


def said(pack: Analyzer, resource: PackResource) -> dict[str, object]:
    import json

    found = pack.analyze(resource)
    message = next(one.message for one in found if one.policy == "echo")
    parsed: dict[str, object] = json.loads(message.split("\n", 1)[1])
    return parsed


def test_a_policy_sees_what_the_engine_sends(echo: Analyzer) -> None:
    resource = PackResource(
        type="a:b:C",
        name="one",
        properties={"n": 1, "flag": True, "tree": {"list": [None, "x"]}, "hidden": Secret("clear"), "__defaults": []},
        options=PackOptions(protect=True, ignore_changes=("tags",), delete_before_replace=False, create_seconds=90),
        provider=PackProvider(type="pulumi:providers:a", name="main", urn="urn", properties={"region": "r"}),
        parent="urn:pulumi:dev::demo::k:m:Parent::p",
    )
    heard = said(echo, resource)
    assert heard["props"] == {"n": 1.0, "flag": True, "tree": {"list": [None, "x"]}, "hidden": "clear"}
    assert heard["options"] == [True, ["tags"], False, [], [], resource.parent, 90.0]
    assert heard["provider"] == ["main", {"region": "r"}]


def test_a_finding_carries_pack_version_severity_and_the_urn_of_its_resource(echo: Analyzer) -> None:
    (found,) = echo.analyze(PackResource(type="a:b:C", name="one"))
    assert (found.pack, found.version, found.policy, found.level, found.severity) == (
        "echoes",
        "1.2.3",
        "echo",
        "mandatory",
        "high",
    )
    assert found.urn == "urn:pulumi:dev::demo::a:b:C::one"
    assert found.message.startswith("echo described\n{")


def test_a_policy_that_touches_an_unknown_cannot_run(echo: Analyzer) -> None:
    (found,) = echo.analyze(PackResource(type="a:b:C", name="one", properties={"id": UNKNOWN}))
    assert found.level == "advisory"
    assert found.severity == "high", "the engine falls back to the severity that the pack told"
    assert "can't run policy 'echo' from policy pack 'echoes@v0.0.1' during preview" in found.message


def test_stack_policies_see_parents_and_dependencies(echo: Analyzer) -> None:
    parent = PackResource(type="k:m:Parent", name="p")
    urn = "urn:pulumi:dev::demo::k:m:Parent::p"
    child = PackResource(
        type="a:b:C", name="c", parent=urn, dependencies=(urn,), property_dependencies={"x": (urn,), "y": ()}
    )
    messages = {found.urn: found.message for found in echo.analyze_stack([parent, child])}
    assert messages["urn:pulumi:dev::demo::k:m:Parent$a:b:C::c"] == 'whole described\n["p", ["p"], {"x": ["p"]}]'


def test_a_stack_finding_about_nobody_is_the_stacks_own(echo: Analyzer) -> None:
    found = echo.analyze_stack([PackResource(type="k:m:Parent", name="p")])
    root = "urn:pulumi:dev::demo::pulumi:pulumi:Stack::demo-dev"
    assert [one.urn for one in found if "about" in one.message] == [root, root]


def test_a_remediation_keeps_secrets_and_unknowns_and_returns_the_whole_map(echo: Analyzer) -> None:
    resource = PackResource(type="a:b:Fixed", name="f", properties={"hidden": Secret("clear"), "id": UNKNOWN})
    (remediation,) = echo.remediate(resource)
    assert remediation.policy == "fix"
    assert remediation.properties == {"hidden": Secret("clear"), "id": UNKNOWN}
    assert echo.remediate(PackResource(type="a:b:Other", name="f")) == []


def test_a_running_pack_is_configured_anew(echo: Analyzer) -> None:
    try:
        echo.configure({"echo": {"limit": 9}, "unlucky": "remediate"})
        assert said(echo, PackResource(type="a:b:C", name="one"))["config"] == {"limit": 9.0}
        provider = PackProvider(type="pulumi:providers:a", name="main", urn="urn", properties={"x": UNKNOWN})
        (remediation,) = echo.remediate(PackResource(type="a:b:C", name="one", provider=provider))
        assert "can't run remediation 'unlucky'" in remediation.diagnostic
        echo.configure({"all": "disabled"})
        assert echo.analyze(PackResource(type="a:b:C", name="one")) == []
    finally:
        echo.configure({"unlucky": "disabled"})
    assert said(echo, PackResource(type="a:b:C", name="one"))["config"] == {"limit": 4.0}


def test_a_configuration_against_the_schema_is_refused(echo: Analyzer) -> None:
    with pytest.raises(PreviewError, match="echo: limit"):
        echo.configure({"echo": {"limit": "much"}})


def test_a_pack_reads_stack_and_configuration_from_its_surroundings(started: Callable[..., Analyzer]) -> None:
    pack = started(
        """
        import os, pulumi
        POLICIES = [resource("where", lambda args, report: report(" ".join([
            pulumi.get_stack(), pulumi.get_project(), pulumi.get_organization(), str(pulumi.runtime.is_dry_run()),
            pulumi.Config("aws").require("region"), os.path.basename(os.getcwd())])))]
        """,
        stack="test",
        config={"aws:region": "eu-west-1"},
        dry_run=False,
    )
    (found,) = pack.analyze(PackResource(type="a:b:C", name="one"))
    assert found.message.endswith("test demo organization False eu-west-1 pack0")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("#bare\nprint('hello')\nimport time; time.sleep(60)", "printed 'hello' to standard output before its port"),
        ("#bare\nraise RuntimeError('no good')", r"(?s)ended before it was ready \(exit code 1\).*no good"),
        ("#bare\nimport sys; sys.exit(3)", "exit code 3"),
        ("POLICIES = []", "Missing policies argument"),
    ],
)
def test_a_pack_that_does_not_start_is_told_with_what_it_wrote(
    started: Callable[..., Analyzer], source: str, said: str
) -> None:
    with pytest.raises(PreviewError, match=said) as raised:
        started(source)
    assert raised.value.phase is Phase.PACK


def test_a_pack_that_gives_no_port_is_stopped(
    started: Callable[..., Analyzer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analyzer_module, "START_SECONDS", 0.5)
    began = time.monotonic()
    with pytest.raises(PreviewError, match="gave no port within"):
        started("#bare\nimport time; time.sleep(600)")
    assert time.monotonic() - began < 10


def test_a_policy_that_raises_is_named_with_its_resource(started: Callable[..., Analyzer]) -> None:
    pack = started("def bad(args, report):\n    raise ValueError('broken rule')\nPOLICIES = [resource('bad', bad)]")
    with pytest.raises(PreviewError, match=r"raised an exception while it judged urn:.*::one: broken rule"):
        pack.analyze(PackResource(type="a:b:C", name="one"))


def test_a_pack_that_dies_in_the_middle_is_told(started: Callable[..., Analyzer]) -> None:
    pack = started("import os\nPOLICIES = [resource('bad', lambda args, report: os._exit(7))]")
    with pytest.raises(PreviewError, match=r"died while it judged urn:.*::one \(exit code 7\)"):
        pack.analyze(PackResource(type="a:b:C", name="one"))


def test_a_policy_that_hangs_is_given_up(started: Callable[..., Analyzer], monkeypatch: pytest.MonkeyPatch) -> None:
    pack = started("import time\nPOLICIES = [resource('slow', lambda args, report: time.sleep(60))]")
    monkeypatch.setattr(analyzer_module, "CALL_SECONDS", 0.5)
    with pytest.raises(PreviewError, match="did not answer within"):
        pack.analyze(PackResource(type="a:b:C", name="one"))


def test_no_process_is_left_when_a_pack_is_closed(pack: Callable[..., Path]) -> None:
    folder = pack("POLICIES = [resource('fine', lambda args, report: None)]")
    with Analyzer(folder) as running:
        child = running._child
        assert child is not None
        number = child._process.pid
        os.kill(number, 0)
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)
