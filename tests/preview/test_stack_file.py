"""Stack files are read as the CLI reads them, and refused with their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from preview import project_file, stack_file
from preview.errors import PreviewError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def project(tmp_path: Path) -> project_file.ProgramProject:
    (tmp_path / "Pulumi.yaml").write_text(
        "name: demo\nruntime: {name: python, options: {virtualenv: .venv}}\n"
        "config:\n  shared: {value: [1]}\n  size: {type: integer, default: 3}\n  needed: {type: string}\n",
        encoding="utf-8",
    )
    return project_file.load_program(tmp_path)


def config(project: project_file.ProgramProject, text: str) -> dict[str, str]:
    (project.directory / "Pulumi.dev.yaml").write_text(text, encoding="utf-8")
    return dict(stack_file.load(project, "dev").config)


def test_keys_without_a_namespace_belong_to_the_project(project: project_file.ProgramProject) -> None:
    assert config(project, "config: {plain: a, aws:region: b, demo:own: c}")["demo:plain"] == "a"


def test_structured_values_become_the_json_that_the_cli_writes(project: project_file.ProgramProject) -> None:
    read = config(project, 'config:\n  tree: {b: [1, 2.0, "x<y&z", é], a: {c: null}}\n  flag: true\n  whole: 7\n')
    assert read["demo:tree"] == '{"a":{"c":null},"b":[1,2,"x\\u003cy\\u0026z","é"]}'
    assert (read["demo:flag"], read["demo:whole"]) == ("true", "7")


def test_words_stay_text_and_dates_are_written_as_the_cli_writes_them(project: project_file.ProgramProject) -> None:
    read = config(project, 'config: {a: yes, b: off, c: 2024-01-02, d: "012345678901", e: 2024-01-02T03:04:05.5Z}')
    assert read["demo:a"] == "yes"
    assert read["demo:b"] == "off"
    assert read["demo:c"] == "2024-01-02 00:00:00 +0000 UTC"
    assert read["demo:d"] == "012345678901"
    assert read["demo:e"] == "2024-01-02 03:04:05.5 +0000 UTC"


def test_the_project_file_gives_values_that_a_stack_may_override(project: project_file.ProgramProject) -> None:
    read = config(project, "config: {size: 4}")
    assert read == {"demo:shared": "[1]", "demo:size": "4"}


def test_an_unknown_stack_is_refused_with_the_stacks_that_exist(project: project_file.ProgramProject) -> None:
    config(project, "config: {}")
    (project.directory / "Pulumi.prod.yaml").write_text("", encoding="utf-8")
    with pytest.raises(PreviewError, match=r"no stack 'prd'.*dev, prod.*Did you mean 'prod'"):
        stack_file.load(project, "prd")


def test_a_file_that_does_not_parse_is_refused_with_line_and_column(project: project_file.ProgramProject) -> None:
    with pytest.raises(PreviewError, match=r"Pulumi\.dev\.yaml.*line 2, column 7"):
        config(project, "config:\n  a: b: c\n")
    with pytest.raises(PreviewError, match="line 3, column 3: the key 'a' stands twice, first at line 2"):
        config(project, "config:\n  a: 1\n  a: 2\n")


def test_encrypted_values_are_refused_by_name(project: project_file.ProgramProject) -> None:
    with pytest.raises(PreviewError, match="password, tree are encrypted"):
        config(project, "config:\n  password: {secure: AAAA}\n  tree: {a: [{secure: BBBB}]}\n  open: 1\n")


ALIASES = "a: &a [x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 20)}]\n" for before, name in ("ab", "bc", "cd", "de", "ef")
)
UNREADABLE: dict[str, tuple[bytes, str]] = {
    "deep nesting": (b"config: {a: " + b"[" * 5000 + b"]" * 5000 + b"}", "nested too deeply to be read"),
    "a value that holds itself": (b"config: {a: &a [*a]}", "more than 1,000,000 values once its aliases"),
    "aliases that grow": (ALIASES.encode(), "more than 1,000,000 values once its aliases"),
    "a key that is a list": (b"config: {[a]: b}", "line 1, column 10: a list or a mapping is no key"),
    "another encoding": ("config:\n  a: é".encode("latin-1"), "the byte 0xe9 at line 2 is no UTF-8; save the file"),
    "a character that YAML lacks": (b"config:\n  a: b\x00", r"line 2: the character U\+0000 has no place in YAML"),
    "a tab": (b"config:\n\ta: b", "line 2, column 1: .*; indent with spaces"),
    "a crooked line": (b"config:\n    a: b\n   c: d", "line 3, column 4: .*indented otherwise than those beside it"),
    "a key without its colon": (b"config:\n  a\n  b: c", "line 3, column 4: .*; write ': ' behind the key above"),
    "far too many bytes": (b"#" * 4_000_001, "has 4,000,001 bytes, and at most 4,000,000 are read"),
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(project: project_file.ProgramProject, what: str) -> None:
    held, said = UNREADABLE[what]
    (project.directory / "Pulumi.dev.yaml").write_bytes(held)
    with pytest.raises(PreviewError, match=said):
        stack_file.load(project, "dev")


def test_a_file_that_may_not_be_read_says_so_without_numbers_of_errors(
    project: project_file.ProgramProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(_path: Path, **_encoding: str) -> str:
        raise PermissionError(13, "Permission denied", "Pulumi.dev.yaml")

    (project.directory / "Pulumi.dev.yaml").write_text("config: {}", encoding="utf-8")
    monkeypatch.setattr("pathlib.Path.read_text", forbidden)
    with pytest.raises(PreviewError, match=r"Pulumi\.dev\.yaml cannot be read: Permission denied$"):
        stack_file.load(project, "dev")


def test_a_number_that_no_float_holds_stays_text(project: project_file.ProgramProject) -> None:
    assert config(project, f"config: {{a: 1{'0' * 400}}}")["demo:a"] == "1" + "0" * 400
    assert config(project, f"config: {{a: 1{'0' * 5000}}}")["demo:a"] == "1" + "0" * 5000


@pytest.mark.parametrize("name", ["", "../dev", "a b", "ü", "a" * 300])
def test_a_name_that_no_stack_can_have_is_refused(project: project_file.ProgramProject, name: str) -> None:
    config(project, "config: {}")
    with pytest.raises(PreviewError, match=r"is none: write 1 to 100 letters, digits, hyphens.*such as dev") as refused:
        stack_file.load(project, name)
    assert len(refused.value.message) < 300


def test_a_folder_called_like_a_stack_file_is_no_stack(project: project_file.ProgramProject) -> None:
    config(project, "config: {}")
    (project.directory / "Pulumi.other.yaml").mkdir()
    with pytest.raises(PreviewError, match=r"no stack 'other': .* holds dev\.$"):
        stack_file.load(project, "other")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- a", "must hold a mapping of keys, such as config:, not a list"),
        ("a", "must hold a mapping of keys, such as config:, not a single value"),
        ("config: [a]", "'config' must be a mapping"),
        ("environment: [e]", "Pulumi Cloud"),
    ],
)
def test_a_file_of_another_shape_is_refused(project: project_file.ProgramProject, text: str, said: str) -> None:
    with pytest.raises(PreviewError, match=said):
        config(project, text)


def test_without_its_virtual_environment_a_program_runs_with_this_interpreter(
    project: project_file.ProgramProject,
) -> None:
    import sys

    assert project.interpreter == sys.executable


def test_a_folder_without_a_program_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PreviewError, match="does not exist"):
        project_file.load_program(tmp_path / "missing")
    (tmp_path / "empty").mkdir()
    with pytest.raises(PreviewError, match=r"Pulumi\.yaml is missing"):
        project_file.load_program(tmp_path / "empty")
    with pytest.raises(PreviewError, match=r"PulumiPolicy\.yaml is missing"):
        project_file.load_pack(tmp_path / "empty")


def test_a_program_of_another_language_is_refused(tmp_path: Path) -> None:
    (tmp_path / "Pulumi.yaml").write_text("name: demo\nruntime: nodejs\n", encoding="utf-8")
    with pytest.raises(PreviewError, match="nodejs"):
        project_file.load_program(tmp_path)


@pytest.mark.parametrize("key", ["stackConfigDir", "config"])
def test_stack_files_may_lie_in_a_folder_of_their_own(tmp_path: Path, key: str) -> None:
    (tmp_path / "stacks").mkdir()
    (tmp_path / "stacks" / "Pulumi.dev.yaml").write_text("config: {a: b}", encoding="utf-8")
    (tmp_path / "Pulumi.yaml").write_text(f"name: demo\nruntime: python\n{key}: stacks\n", encoding="utf-8")
    assert stack_file.load(project_file.load_program(tmp_path), "dev").config == {"demo:a": "b"}
