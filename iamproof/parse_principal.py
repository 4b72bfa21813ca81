"""Reading the Principal and NotPrincipal elements.

Source: IAM User Guide, "AWS JSON policy elements: Principal".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from iamproof.model import EntryKind, PrincipalEntry

if TYPE_CHECKING:
    from iamproof.reader import Problems

GROUPS = ("AWS", "Service", "Federated", "CanonicalUser")

_AWS = (
    (EntryKind.EVERYONE, re.compile(r"\*")),
    (EntryKind.ACCOUNT, re.compile(r"\d{12}|arn:[a-z-]+:iam::\d{12}:root", re.ASCII)),
    (EntryKind.ROLE, re.compile(r"arn:[a-z-]+:iam::\d{12}:role/[^*?]+", re.ASCII)),
    (EntryKind.USER, re.compile(r"arn:[a-z-]+:iam::(\d{12}|cloudfront):user/[^*?]+", re.ASCII)),
    (
        EntryKind.SESSION,
        re.compile(r"arn:[a-z-]+:sts::\d{12}:(assumed-role/[^*?/]+|federated-user)/[^*?/]+", re.ASCII),
    ),
    (EntryKind.UNIQUE_ID, re.compile(r"A(?:IDA|ROA)[A-Z0-9]{12,28}")),
)
_OTHERS = {
    "Service": (
        EntryKind.SERVICE,
        re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*\.(amazonaws\.com(\.cn)?|amazon\.com|aws\.com|aws\.internal)"),
        "write its full name, such as sagemaker.amazonaws.com",
    ),
    "Federated": (
        EntryKind.FEDERATED,
        re.compile(r"arn:[a-z-]+:iam::\d{12}:(saml-provider|oidc-provider)/[^*?]+|[a-z0-9-]+(\.[a-z0-9-]+)+", re.ASCII),
        "write the ARN of a SAML or OIDC provider, or its domain name",
    ),
    "CanonicalUser": (
        EntryKind.CANONICAL_USER,
        re.compile(r"[0-9a-f]{64}"),
        "write its 64 hexadecimal digits",
    ),
}
_AWS_FORMS = "*, a twelve-digit account, or the ARN of an account's root, role, user, role session or federated user"


def parse_principals(value: Any, path: str, problems: Problems) -> tuple[PrincipalEntry, ...]:  # noqa: ANN401  any JSON value
    """Return the entries; what is wrong goes to `problems`."""
    if value == "*":
        return (PrincipalEntry(EntryKind.EVERYONE, "*", "*"),)
    groups = problems.mapping(value, path, '"*" or an object such as {"AWS": "111122223333"}')
    if groups is None:
        return ()
    if not groups:
        problems.add(path, "names nobody: write at least one principal")
    entries: list[PrincipalEntry] = []
    for group, names in groups.items():
        inner = f"{path}.{group}"
        if group not in GROUPS:
            problems.add(inner, f"unknown kind of principal: allowed are {', '.join(GROUPS)}")
            continue
        for place, name in problems.strings(names, inner, "a string"):
            entry = _entry(group, name)
            if isinstance(entry, str):
                problems.add(place, entry)
            else:
                entries.append(entry)
    return tuple(entries)


def _entry(group: str, name: str) -> PrincipalEntry | str:
    """Return the entry, or what is wrong with it."""
    if group == "AWS":
        return _aws_entry(name)
    kind, form, allowed = _OTHERS[group]
    return PrincipalEntry(kind, group, name) if form.fullmatch(name) else f"{name!r} is no {kind.value}: {allowed}"


def _aws_entry(name: str) -> PrincipalEntry | str:
    for kind, form in _AWS:
        if form.fullmatch(name):
            return PrincipalEntry(kind, "AWS", name)
    if "*" in name or "?" in name:
        return f"{name!r}: a principal takes no wildcards but *; write the account and a condition on aws:PrincipalArn"
    return f"{name!r} is no AWS principal: write {_AWS_FORMS}"
