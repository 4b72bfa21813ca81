"""The account that a stack would make, as `python -m iamproof` reads it: the pack writes it while it previews.

The program may be another version of this repository; the pack is always this one, so that two versions are read alike.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
FAILED = 2
CHEAPEST = {"claims-hold": {"claims": ["owner-tag-is-frozen"]}}
"""The account is what is wanted here; `make preview` decides the claims, all of them."""


class NoAccountError(Exception):
    """The account could not be made; the text says why, and what to do."""


def account_of(stack: str, program: Path = ROOT) -> dict[str, Any]:
    """Return the account that a program makes of a stack; ids to come are references such as ``{{endpoint/s3}}``.

    Raises NoAccountError where program or stack file fail; violations do not matter here.
    """
    with tempfile.TemporaryDirectory() as scratch:
        place, config = Path(scratch, "account.json"), Path(scratch, "policies.json")
        config.write_text(json.dumps(CHEAPEST), encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "preview",
            "--program",
            str(program),
            "--policy-pack",
            str(ROOT / "policy_pack"),
        ]
        command += ["--stack", stack, "--mode", "first", "--policy-pack-config", str(config)]
        ended = subprocess.run(  # noqa: S603  the interpreter that runs this, and this file's own words
            command,
            cwd=ROOT,
            env=os.environ | {"ACCOUNT_REPORT": str(place)},
            capture_output=True,
            text=True,
            check=False,
        )
        written = place.with_suffix(".preview.json")
        if ended.returncode == FAILED or not written.is_file():
            said = ended.stderr.strip() or ended.stdout.strip()
            raise NoAccountError(f"the stack {stack} of {program} could not be previewed:\n{said}")
        account: dict[str, Any] = json.loads(written.read_text(encoding="utf-8"))
        return account


@contextmanager
def version(revision: str) -> Iterator[Path]:
    """Yield a folder with the repository as it was at a revision, gone afterwards.

    Raises NoAccountError where git does not know the revision.
    """
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "version")
        try:
            _git("worktree", "add", "--quiet", "--detach", str(folder), revision)
        except NoAccountError as error:
            raise NoAccountError(
                f"{revision} is no revision that can be read: write a branch, tag or commit\n{error}"
            ) from None
        try:
            (folder / ".venv").symlink_to(ROOT / ".venv")
            yield folder
        finally:
            _git("worktree", "remove", "--force", str(folder))


def _git(*arguments: str) -> None:
    git = shutil.which("git")
    if git is None:
        raise NoAccountError("git is not there: an earlier version can only be read with it")
    command = [git, "-C", str(ROOT), *arguments]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  this file's own words
    if ended.returncode:
        raise NoAccountError(f"git {' '.join(arguments)} failed: {ended.stderr.strip()}")
