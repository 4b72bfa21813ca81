"""Programs that go wrong, or do one unusual thing: both engines show the packs the same until the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from preview.fixtures import parse
from preview_parity import pair
from preview_parity.pair import Case

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from preview_parity.engine_build import Engine

pytestmark = pytest.mark.engine

FIXTURES = parse({"reads": {"existing-id": {"size": "as it is"}}})
CONFIG = {"forbids": {"enforcementLevel": "mandatory"}, "disabled-later": "disabled"}
NO_DEFAULTS = "config:\n  pulumi:disable-default-providers: [aws]\n"
FORBIDDEN = "Thing('a', {'size': 'forbidden'})\n"
PART = """class Part(pulumi.ComponentResource):
    def __init__(self):
        super().__init__('a:b:Part', 'part', {})


"""

COMES_THROUGH = {
    "nothing at all": "",
    "a log line of each kind": "pulumi.log.warn('w')\npulumi.log.info('i')\npulumi.log.debug('d')\nThing('a')\n",
    "output on both streams": "import sys\nprint('out')\nprint('err', file=sys.stderr)\nThing('ü')\n",
    "an import": "Thing('a', {'size': 'as it is'}, pulumi.ResourceOptions(import_='existing-id'))\n",
    "an exit with code 0": "import sys\nThing('a')\nsys.exit(0)\n",
    "a component without outputs": PART + "Thing('a', {}, pulumi.ResourceOptions(parent=Part()))\n",
    "a component as a stack output": PART + "pulumi.export('part', Part())\n",
    "odd stack outputs": "a = Thing('a')\npulumi.export('none', None)\npulumi.export('list', [a, a.id])\n",
    "dependencies that are outputs": (
        "a = Thing('a')\nlater = pulumi.Output.all(a).apply(lambda all: all)\n"
        "Thing('b', {}, pulumi.ResourceOptions(deleted_with=a, depends_on=later))\n"
    ),
    "a mandatory violation": FORBIDDEN + "Thing('b')\n",
}
FAILS = {
    "an exception": FORBIDDEN + "raise ValueError('x')\n",
    "an exception in an apply": "Thing('a').urn.apply(lambda urn: 1 / 0)\n",
    "an exception behind an unknown": "pulumi.export('x', Thing('a').urn.apply(lambda urn: 1 / 0))\n",
    "a default provider that is switched off": "import pulumi_aws as aws\n\naws.s3.Bucket('b')\n",
    "a type without a package": "pulumi.CustomResource('notype', 'a', {})\n",
    "a value that is none": "Thing('a', {'size': object()})\n",
    "a transform that raises": (
        "def fail(args):\n    raise ValueError('t')\n\n\npulumi.runtime.register_resource_transform(fail)\nThing('a')\n"
    ),
    "a resource without a name": "Thing('')\n",
    # One after the other: side by side, the engine may stop before it has recorded the first.
    "two components of one name": PART + "Part().urn.apply(lambda urn: Part())\n",
}


@pytest.fixture
def case(small_program: Callable[[str], Path], echo_pack: Path) -> Callable[[str], Case]:
    def of(body: str) -> Case:
        project = small_program(body)
        (project / "Pulumi.dev.yaml").write_text(NO_DEFAULTS, encoding="utf-8")
        packages = ("aws", "sink")
        return Case(project=project, packs=[echo_pack], policy_config=CONFIG, fixtures=FIXTURES, packages=packages)

    return of


@pytest.mark.parametrize("name", COMES_THROUGH)
def test_programs_that_come_through_agree(name: str, real: Engine, case: Callable[[str], Case], tmp_path: Path) -> None:
    both = pair.first_preview(real, case(COMES_THROUGH[name]), tmp_path / "work")
    assert both.differences() == []
    assert both.run.error is None
    assert [line["call"] for line in both.real.echoes].count("stack") == len(both.real.seen()) / 2
    assert both.result.code == (1 if "violation" in name else 0)


@pytest.mark.parametrize("name", FAILS)
def test_programs_that_fail_agree_up_to_there_and_the_stack_is_not_judged(
    name: str, real: Engine, case: Callable[[str], Case], tmp_path: Path
) -> None:
    both = pair.first_preview(real, case(FAILS[name]), tmp_path / "work")
    assert both.differences() == []
    assert both.run.error is not None
    assert both.result.code == 1
    assert [line for line in both.real.echoes if line["call"] == "stack"] == []
