"""Write a copy of the policy pack that stands alone, for teams that use only the pack: ``make pack``.

The copy holds iamproof, which the pack imports, its own requirements, and a PulumiPolicy.yaml that names a ``.venv`` in
its own folder. It knows nothing of this repository.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NEEDED = ("pulumi==", "pulumi-policy==")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "README.md")


class TargetNotEmptyError(Exception):
    """The target folder holds something, which a copy would mix with."""


def write(target: Path) -> None:
    """Write the pack into `target`, which must be absent or empty."""
    if target.exists() and any(target.iterdir()):
        raise TargetNotEmptyError(
            f"{target} is not empty: a copy over something else would mix with it; name another folder or remove it"
        )
    shutil.copytree(ROOT / "policy_pack", target, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
    shutil.copytree(ROOT / "iamproof", target / "iamproof", ignore=LEFT_OUT)
    shutil.copy(ROOT / "LICENSE", target / "LICENSE")
    pins = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    needed = [pin for pin in pins if pin.startswith(NEEDED)]
    (target / "requirements.txt").write_text("\n".join(needed) + "\n", encoding="utf-8")
    manifest = target / "PulumiPolicy.yaml"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace("virtualenv: ../.venv", "virtualenv: .venv"), encoding="utf-8")


def main() -> int:
    """Return 0 when the copy is written, 2 when it cannot be."""
    target = Path(sys.argv[1]) if len(sys.argv) == 2 else ROOT / "dist" / "policy_pack"
    try:
        write(target)
    except (TargetNotEmptyError, OSError) as reason:
        sys.stderr.write(f"{reason}\n")
        return 2
    sys.stdout.write(f"the pack stands alone in {target}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
