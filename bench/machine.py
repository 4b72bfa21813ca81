"""The machine that figures were measured on."""

from __future__ import annotations

import os
import platform
from pathlib import Path


def processor() -> str:
    """Return the processor's model name as the kernel reports it, else its architecture."""
    listing = Path("/proc/cpuinfo")
    if listing.exists():
        for line in listing.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def memory() -> str:
    """Return the memory of the machine in GiB."""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"{total / 2**30:.0f} GiB"


def describe() -> str:
    """Return one line: cores, processor, memory, system, Python."""
    system = f"{platform.system()} {platform.release()}"
    return f"{os.cpu_count()} cores, {processor()}, {memory()}, {system}, Python {platform.python_version()}"
