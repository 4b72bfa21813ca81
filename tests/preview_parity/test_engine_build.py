"""Where the engine comes from: PATH, the cache, one build at a time, or a reason. Go itself is played by a script."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from preview_parity import engine_build
from preview_parity.engine_build import EngineBuildError, EngineUnavailable, engine

ROOT = Path(__file__).parents[2]
GO = """#!/bin/sh
case "$1" in
build) echo built >> "{log}"; test -f go.sum || exit 3; sleep 0.3; echo "compiling" >&2; {then}; echo engine > pulumi ;;
list) echo "{sdk}" ;;
esac
"""


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without engine and Go: an empty PATH but for the shell, and an empty cache."""
    (tmp_path / "bin").mkdir()
    for name in ("sh", "sleep", "test"):
        found = next(Path(folder, name) for folder in ("/bin", "/usr/bin") if Path(folder, name).exists())
        (tmp_path / "bin" / name).symlink_to(found)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(engine_build, "GO_PLACES", ())
    return tmp_path


def install(folder: Path, name: str, text: str) -> None:
    path = folder / "bin" / name
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def install_go(machine: Path, then: str = ":") -> None:
    executor = machine / "sdk" / "python" / "cmd" / engine_build.EXECUTOR
    executor.parent.mkdir(parents=True)
    executor.write_text("executor", encoding="utf-8")
    install(machine, "go", GO.format(log=machine / "builds", sdk=machine / "sdk", then=then))


@pytest.mark.usefixtures("machine")
def test_without_pulumi_and_go_the_reason_says_what_to_install() -> None:
    with pytest.raises(
        EngineUnavailable, match=r"neither `pulumi` nor `go` is on PATH\. Install the Pulumi CLI .* or Go"
    ):
        engine()


def test_an_installed_engine_is_used_with_what_came_with_it(machine: Path) -> None:
    install(machine, "pulumi", "")
    install(machine, engine_build.EXECUTOR, "")
    found = engine()
    assert (found.binary, found.executor) == (machine / "bin" / "pulumi", machine / "bin" / engine_build.EXECUTOR)


def test_the_engine_is_built_once_and_kept_outside_the_checkout(machine: Path) -> None:
    install_go(machine)
    said: list[str] = []
    built = engine(said.append)
    assert built.complete()
    assert built.binary == machine / "cache" / "closed-sagemaker" / f"engine-v{engine_build.VERSION}" / "pulumi"
    assert engine(said.append) == built
    assert (machine / "builds").read_text(encoding="utf-8") == "built\n"
    assert said[0].startswith(f"building the Pulumi engine v{engine_build.VERSION}")
    assert "is built in" in said[-1]


def test_two_that_need_the_engine_at_once_build_it_once(machine: Path) -> None:
    install_go(machine)
    code = "from preview_parity.engine_build import engine; print(engine().binary.read_text())"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    both = [
        subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    said = [process.communicate(timeout=60) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert [out.split() for out, _ in said] == [[b"engine"], [b"engine"]]
    assert (machine / "builds").read_text(encoding="utf-8") == "built\n"
    assert any(b"another process builds" in error for _, error in said)


def test_a_failed_build_says_what_go_said_and_leaves_nothing_behind(machine: Path) -> None:
    install_go(machine, then="echo 'no space left' >&2; exit 1")
    with pytest.raises(EngineBuildError, match="no space left"):
        engine(lambda _line: None)
    folder = machine / "cache" / "closed-sagemaker" / f"engine-v{engine_build.VERSION}"
    assert [path.name for path in folder.iterdir()] == ["lock"]
