"""What a stack file says, as the real CLI hands it to a program and as the preview does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from preview import project_file, stack_file
from preview.errors import PreviewError
from preview_parity import pair
from preview_parity.pair import Case

if TYPE_CHECKING:
    from pathlib import Path

    from preview_parity.engine_build import Engine

pytestmark = pytest.mark.engine

PROJECT = """name: odd
runtime: python
config:
  plain: {default: 1}
  typed: {type: array, items: {type: string}, default: [a, b]}
  other:thing: {value: {a: 1}}
  overridden: {default: low}
  direct: text
  flagged: {type: boolean, default: true}
"""
VALUES = {
    "whole": "1",
    "overridden": "high",
    "whole float": "1.0",
    "float": "1.50",
    "small float": "0.1",
    "leading point": ".5",
    "exponent": "1e3",
    "large exponent": "1e21",
    "largest plain": "1e20",
    "small": "0.000001",
    "small exponent": "3.0e-5",
    "hexadecimal": "0x1F",
    "octal": "0o17",
    "old octal": "017",
    "binary": "0b11",
    "underscores": "1_000",
    "sign": "+3",
    "negative": "-5",
    "account": "111122223333",
    "beyond exact floats": "9007199254740993",
    "twenty digits": "12345678901234567890",
    "thirty digits": "100000000000000000000000000000",
    "too large": "1e400",
    "time of day": "12:30:45",
    "date": "2026-01-02",
    "moment": "2026-01-02T03:04:05Z",
    "no date": "2026-13-45",
    "zoned moment": "2026-01-02 03:04:05.5 +09:00",
    "yes": "yes",
    "on": "on",
    "y": "y",
    "true": "True",
    "quoted": '"on"',
    "tagged": "!!str 5",
    "empty text": '""',
    "nothing": "null",
    "lines": '"two\\nlines\\n"',
    "markup": '"<a&b>"',
    "list": '[1, 2.0, 2.5, true, null, "x", yes]',
    "list of floats": "[0.1, 1e-7, 1e30, 123456789.123456789, 9007199254740993, 0x1F]",
    "list of dates": "[2026-01-02, 2026-01-02T03:04:05.5+09:00]",
    "list of odd text": '["\\u2028", "<", "é", "😀"]',
    "object": "{b: 1, a: {z: [], y: {}}, 3: three, true: yes, 1.5: half}",
    "anchor": "&anchor {q: 1}",
    "alias": "*anchor",
}
REFUSED = {
    "an infinite number": "  odd:a: .inf\n",
    "not a number, inside": "  odd:a: {b: .nan}\n",
    "a key that stands twice": "  odd:a: 1\n  odd:a: 2\n",
    "a key that stands twice, inside": '  odd:a: {3: a, "3": b}\n',
    "a key with two colons": "  odd:a:b: 1\n",
}


def project(folder: Path, config: str) -> Path:
    folder.mkdir()
    (folder / "Pulumi.yaml").write_text(PROJECT, encoding="utf-8")
    (folder / "Pulumi.dev.yaml").write_text(f"config:\n{config}", encoding="utf-8")
    (folder / "__main__.py").write_text("", encoding="utf-8")
    return folder


def test_values_of_every_kind_reach_the_program_alike(real: Engine, tmp_path: Path) -> None:
    text = "".join(f"  odd:{name.replace(' ', '-')}: {value}\n" for name, value in VALUES.items())
    odd = project(tmp_path / "odd", text + "  unnamed: 1\n  aws:region: eu-west-1\n")
    handed = pair.workspace(real, Case(project=odd, packs=[]), tmp_path / "work").preview().config
    assert len(handed) == len(VALUES) + len(("plain", "typed", "thing", "direct", "flagged", "unnamed", "region"))
    config = stack_file.load(project_file.load_program(odd), "dev").config
    differing = {
        key: (handed.get(key), config.get(key)) for key in {*handed, *config} if handed.get(key) != config.get(key)
    }
    assert differing == {}, "first the CLI's, then the preview's"


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_cli_refuses_the_preview_refuses(name: str, real: Engine, tmp_path: Path) -> None:
    odd = project(tmp_path / "odd", REFUSED[name])
    with pytest.raises(RuntimeError, match="the engine made no stack"):
        pair.workspace(real, Case(project=odd, packs=[]), tmp_path / "work")
    with pytest.raises(PreviewError):
        stack_file.load(project_file.load_program(odd), "dev")
