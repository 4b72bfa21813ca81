"""The form of ARNs: `arn:partition:service:region:account:resource`.

Source: IAM User Guide, "Identify AWS resources with Amazon Resource Names (ARNs)".
"""

from __future__ import annotations

import re

FORM = "arn:partition:service:region:account:resource"
COMPONENTS = 6

_PARTS = (
    ("partition", re.compile(r"aws[a-z-]*|[a-z*?-]*[*?][a-z*?-]*"), "aws, aws-cn or another partition"),
    ("service", re.compile(r"[a-z0-9*?-]+"), "a service such as s3"),
    ("region", re.compile(r"[a-z0-9*?-]*"), "a Region such as ap-northeast-1, or nothing"),
    ("account", re.compile(r"|\d{12}|[a-z][a-z-]*|[\d*?]*[*?][\d*?]*", re.ASCII), "twelve digits, or nothing"),
)
_ACCOUNT = re.compile(r"\d{12}", re.ASCII)


def arn_problem(text: str, *, pattern: bool) -> str | None:
    """Say what is wrong with an ARN, or with an ARN pattern that may hold `*` and `?`; None if nothing is.

    In a pattern a last component that is `*` stands for all that follow, as in ``arn:aws:s3:*``.
    """
    components = text.split(":", COMPONENTS - 1)
    if components[0] != "arn":
        return f"is no ARN: write {FORM}"
    whole = len(components) == COMPONENTS
    if not whole and not (pattern and len(components) > 2 and components[-1] == "*"):
        return f"is a malformed ARN: it has {len(components)} of {COMPONENTS} components; write {FORM}"
    for (name, form, allowed), component in zip(_PARTS, components[1:], strict=False):
        if "${" in component:
            return f"has a variable in its {name}: variables may stand only after the fifth colon"
        if not form.fullmatch(component) or (not pattern and set(component) & {"*", "?"}):
            return f"is a malformed ARN: its {name} is {component!r}; write {allowed}"
    if whole and not components[-1]:
        return f"is a malformed ARN: nothing after the fifth colon; write {FORM}"
    return None


def arn_service(pattern: str) -> str | None:
    """Return the service in a pattern of ARNs; None where it may be any."""
    partition, _, rest = pattern.removeprefix("arn:").partition(":")
    service, colon, _ = rest.partition(":")
    known = pattern.startswith("arn:") and bool(colon) and not any(letter in partition + service for letter in "*?$")
    return service if known else None


def arn_account(text: str) -> str | None:
    """Return the twelve-digit account of an ARN, if it has one."""
    components = text.split(":", COMPONENTS - 1)
    account = components[4] if len(components) == COMPONENTS else ""
    return account if _ACCOUNT.fullmatch(account) else None
