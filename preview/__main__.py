"""``python -m preview``."""

from __future__ import annotations

from preview import interruption

if __name__ == "__main__":
    interruption.install()
    from preview.cli import main

    main()
