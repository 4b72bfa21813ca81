"""Make the real engine ready: ``python -m preview_parity`` prints its path, or why there is none.

Exit code 0: it is ready, or this machine cannot have one (the reason is printed); 2: the build failed.
"""

from __future__ import annotations

import sys

from preview_parity.engine_build import EngineBuildError, EngineUnavailable, engine


def main() -> int:
    """Find or build the engine and say where it is."""
    try:
        found = engine()
    except EngineUnavailable as reason:
        sys.stdout.write(f"the comparison with the real engine is {reason}\n")
        return 0
    except EngineBuildError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(f"the real engine: {found.binary}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
