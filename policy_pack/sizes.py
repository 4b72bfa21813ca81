"""How long a policy document is, as AWS counts it: without white space in identity policies, as written in others.

A plan is measured with references as long as the ids that they stand for.

Source: IAM User Guide, "IAM and AWS STS quotas".
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from places import Holder
from plans import REFERENCE

if TYPE_CHECKING:
    from documents import Held

MINTED = "x" * 24
KEY_ID = "x" * 36


def size(held: Held) -> int:
    """Return the number of characters that count."""
    if held.rendered is not None and isinstance(held.reading.value, str) and held.holder is not Holder.IDENTITY:
        return len(held.reading.value)
    document = held.document
    written = dict(document.raw) if document is not None and document.raw else held.reading.value
    text = written if isinstance(written, str) else json.dumps(written, separators=(",", ":"), ensure_ascii=False)
    return len(REFERENCE.sub(lambda found: KEY_ID if found.group(1).startswith("key/") else MINTED, text))
