"""Which instance types SageMaker knows, by kind of work: a list made of its API model, as settings read no AWS library.

`tools/instance_types.py` renews the list.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

LIST = Path(__file__).with_name("instance_types.json")

# Families that notebooks of Amazon Linux 2023 no longer run on (SageMaker Developer Guide, notebook instances).
WITHOUT_NOTEBOOK_PLATFORM = frozenset({"p2", "p3", "p3dn", "g3", "inf1"})


@cache
def known(kind: str) -> tuple[str, ...]:
    """Return the types of a kind: ``notebook``, ``training``, ``processing``, ``transform`` or ``hosting``.

    Raises KeyError for another kind.
    """
    return tuple(json.loads(LIST.read_text(encoding="utf-8"))["types"][kind])
