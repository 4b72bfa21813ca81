"""The real engine: found on PATH, or built once from its Go module into a cache folder.

The module's requirements and their checksums are pinned in ``engine_module/``.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

VERSION = "3.259.0"
MODULE = Path(__file__).with_name("engine_module")
SDK = "github.com/pulumi/pulumi/sdk/v3"
EXECUTOR = "pulumi-language-python-exec"
PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
VERSION_VARIABLE = f"{SDK}/go/common/version.Version"
GO_PLACES = ("/usr/local/go/bin/go", "/usr/lib/go/bin/go", "/opt/homebrew/bin/go")
REPORT_SECONDS = 10.0


class EngineUnavailable(Exception):  # noqa: N818  it is a state of the machine, told to the reader as a reason
    """There is no engine here and none can be built; the message says what to install."""


class EngineBuildError(Exception):
    """Go is here, and still the engine could not be built; the message holds what Go said."""


@dataclass(frozen=True)
class Engine:
    """The engine's `binary`, and the Python script that comes with it and runs programs."""

    binary: Path
    executor: Path

    def complete(self) -> bool:
        """Say whether both are there."""
        return self.binary.is_file() and self.executor.is_file()


def engine(say: Callable[[str], None] | None = None) -> Engine:
    """Return the engine; build it when it is not there yet.

    `say` gets lines of progress; standard error gets them when it is not given. Raise EngineUnavailable without
    `pulumi` and without `go`, EngineBuildError when Go fails.
    """
    found, executor = shutil.which("pulumi"), shutil.which(EXECUTOR)
    if found and executor:
        return Engine(Path(found), Path(executor))
    built = Engine(cache_folder() / "pulumi", cache_folder() / EXECUTOR)
    if built.complete():
        return built
    go = shutil.which("go") or next((place for place in GO_PLACES if Path(place).is_file()), None)
    if go is None:
        raise EngineUnavailable(
            "skipped: neither `pulumi` nor `go` is on PATH. Install the Pulumi CLI (https://www.pulumi.com/docs/install)"
            f" or Go 1.25 or later (https://go.dev/dl), from which the engine v{VERSION} is built once"
        )
    _build_alone(go, built, say or _to_standard_error)
    return built


def cache_folder() -> Path:
    """Return where the engine is kept between runs, outside any checkout."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    root = Path(base) if base and Path(base).is_absolute() else Path.home() / ".cache"
    return root / "closed-sagemaker" / f"engine-v{VERSION}"


def _build_alone(go: str, wanted: Engine, say: Callable[[str], None]) -> None:
    """Build while no other process does; whoever waited finds the engine there."""
    folder = wanted.binary.parent
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder / "lock", say):
        if wanted.complete():
            return
        with tempfile.TemporaryDirectory(dir=folder, prefix="build-") as made:
            for name in ("go.mod", "go.sum"):
                shutil.copy(MODULE / name, made)
            _build(go, Path(made), say)
            source = _go(go, Path(made), "list", "-m", "-f", "{{.Dir}}", SDK).strip()
            shutil.copy(Path(source) / "python" / "cmd" / EXECUTOR, made)
            for target in (wanted.executor, wanted.binary):
                (Path(made) / target.name).replace(target)


@contextlib.contextmanager
def _locked(path: Path, say: Callable[[str], None]) -> Iterator[None]:
    with path.open("w", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another process builds the Pulumi engine; waiting for it")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _build(go: str, folder: Path, say: Callable[[str], None]) -> None:
    say(f"building the Pulumi engine v{VERSION} from its Go module, once (about 7 minutes on two cores)")
    began = reported = time.monotonic()
    flags = ("-v", "-tags", "osusergo,grpcnotrace", "-ldflags", f"-s -w -X {VERSION_VARIABLE}=v{VERSION}")
    lines: list[str] = []
    with subprocess.Popen(  # noqa: S603  the command is Go and this file's own words
        [go, "build", *flags, "-o", "pulumi", PACKAGE],
        cwd=folder,
        env=_environment(),
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        for line in process.stderr or ():
            lines.append(line.rstrip("\n"))
            now = time.monotonic()
            if now - reported >= REPORT_SECONDS:
                reported = now
                say(f"  {len(lines)} steps, {now - began:.0f} s: {lines[-1]}")
    if process.returncode != 0:
        raise _failure("\n".join(lines[-15:]))
    say(f"the Pulumi engine is built in {time.monotonic() - began:.0f} s and kept in {cache_folder()}")


def _go(go: str, folder: Path, *arguments: str) -> str:
    said = subprocess.run(  # noqa: S603  the command is Go and this file's own words
        [go, *arguments], cwd=folder, env=_environment(), capture_output=True, text=True, check=False
    )
    if said.returncode != 0:
        raise _failure(said.stderr)
    return said.stdout


def _environment() -> dict[str, str]:
    return {**os.environ, "CGO_ENABLED": "0", "GOFLAGS": "-mod=mod", "GOWORK": "off"}


def _failure(said: str) -> EngineBuildError:
    return EngineBuildError(f"the Pulumi engine v{VERSION} could not be built; go said:\n{said}")


def _to_standard_error(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
