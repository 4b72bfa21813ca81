"""What a secret looks like in a script; a value that is read from a variable or a command is none.

Source: IAM User Guide, "IAM identifiers", unique identifiers.
"""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

PATTERNS = (
    r"\b(AKIA|ASIA)[A-Z2-7]{16}\b",
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
    r"(?i)aws_(secret_access_key|session_token)\W+[A-Za-z0-9/+]{16,}",
    r"(?i)\b(password|passwd|secret|api_?key|token)\s*[=:]\s*['\"]?[^\s'\"$<{][^\s'\"]{5,}",
    r"[a-z]+://[^/\s:@]+:[^/\s:@$]+@",
)


def holds_secret(script: str, extra: Iterable[str] = ()) -> bool:
    """Return whether a script holds what looks like a secret, or what one of the extra patterns finds."""
    return any(re.search(pattern, script) for pattern in (*PATTERNS, *extra))


def decoded(text: str) -> str | None:
    """Return a text that arrives as base64; None where it is no base64 of a text."""
    try:
        return base64.b64decode(text, validate=True).decode()
    except ValueError:
        return None
