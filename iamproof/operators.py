"""Condition operators: their names, what their values look like, and how one value is compared with another.

Source: IAM User Guide, "IAM JSON policy elements: Condition operators".
"""

from __future__ import annotations

import base64
import binascii
import difflib
import operator as compare
import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Network = IPv4Network | IPv6Network


class Family(Enum):
    """What an operator compares; the value is what its policy values must look like."""

    STRING = "text"
    NUMERIC = "a number such as 10 or 2.5"
    DATE = "a date such as 2026-04-01, 2026-04-01T12:00:00Z or seconds since 1970"
    BOOL = "true or false"
    BINARY = "base64 text"
    ADDRESS = "an IP address or range such as 203.0.113.0/24 or 2001:db8::/32"
    ARN = "an ARN, with or without * and ?, such as arn:aws:s3:::bucket"
    NULL = "true (the key is missing) or false (it is present)"


class Quantifier(Enum):
    """How an operator treats the values of a key; SINGLE is an operator without a prefix."""

    SINGLE = ""
    ALL = "ForAllValues"
    ANY = "ForAnyValue"


@dataclass(frozen=True)
class Comparison:
    """One base operator: a comparison, negated or not."""

    family: Family
    negated: bool = False
    ignores_case: bool = False
    wildcards: bool = False
    order: Callable[[Any, Any], bool] = compare.eq


@dataclass(frozen=True)
class Operator:
    """An operator as a policy writes it, such as ``ForAnyValue:StringNotEqualsIfExists``."""

    text: str
    comparison: Comparison
    quantifier: Quantifier
    if_exists: bool


def _ordered(prefix: str, family: Family) -> Mapping[str, Comparison]:
    return {
        f"{prefix}Equals": Comparison(family),
        f"{prefix}NotEquals": Comparison(family, negated=True),
        f"{prefix}LessThan": Comparison(family, order=compare.lt),
        f"{prefix}LessThanEquals": Comparison(family, order=compare.le),
        f"{prefix}GreaterThan": Comparison(family, order=compare.gt),
        f"{prefix}GreaterThanEquals": Comparison(family, order=compare.ge),
    }


COMPARISONS: Mapping[str, Comparison] = {
    "StringEquals": Comparison(Family.STRING),
    "StringNotEquals": Comparison(Family.STRING, negated=True),
    "StringEqualsIgnoreCase": Comparison(Family.STRING, ignores_case=True),
    "StringNotEqualsIgnoreCase": Comparison(Family.STRING, negated=True, ignores_case=True),
    "StringLike": Comparison(Family.STRING, wildcards=True),
    "StringNotLike": Comparison(Family.STRING, negated=True, wildcards=True),
    **_ordered("Numeric", Family.NUMERIC),
    **_ordered("Date", Family.DATE),
    "Bool": Comparison(Family.BOOL),
    "BinaryEquals": Comparison(Family.BINARY),
    "IpAddress": Comparison(Family.ADDRESS),
    "NotIpAddress": Comparison(Family.ADDRESS, negated=True),
    "ArnEquals": Comparison(Family.ARN, wildcards=True),
    "ArnLike": Comparison(Family.ARN, wildcards=True),
    "ArnNotEquals": Comparison(Family.ARN, negated=True, wildcards=True),
    "ArnNotLike": Comparison(Family.ARN, negated=True, wildcards=True),
    "Null": Comparison(Family.NULL),
}
"""Every base operator by name. ArnEquals and ArnLike are the same, as AWS documents."""


def parse_operator(text: str) -> Operator:
    """Read an operator's name; ValueError says what is wrong with it."""
    prefix, colon, rest = text.rpartition(":")
    quantifiers = {quantifier.value: quantifier for quantifier in Quantifier}
    base = rest.removesuffix("IfExists")
    if prefix not in quantifiers or (colon and not prefix) or base not in COMPARISONS:
        raise ValueError(f"unknown condition operator{_nearest(text)}")
    found = Operator(text, COMPARISONS[base], quantifiers[prefix], base != rest)
    if base == "Null" and text != "Null":
        raise ValueError("Null takes neither IfExists nor a ForAllValues: or ForAnyValue: prefix: write Null")
    return found


def _nearest(text: str) -> str:
    names = [
        f"{prefix}{name}{suffix}"
        for prefix in ("", "ForAllValues:", "ForAnyValue:")
        for name in COMPARISONS
        for suffix in ("", "IfExists")
        if name != "Null" or not prefix + suffix
    ]
    folded = {name.lower(): name for name in names}
    close = difflib.get_close_matches(text.lower(), folded, n=1)
    return f": did you mean {folded[close[0]]}?" if close else ": the operators are " + ", ".join(COMPARISONS)


_NUMBER = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?", re.ASCII)
_DATE = re.compile(
    r"(?P<day>\d{4}-\d\d(-\d\d)?)"
    r"(T(?P<time>\d\d:\d\d(:\d\d)?)(?P<fraction>\.\d{1,9})?(?P<zone>Z|[+-]\d\d:\d\d))?",
    re.ASCII,
)
_ADDRESS = re.compile(r"[0-9a-fA-F:.]+(/\d{1,3})?", re.ASCII)
_FAMILIES_OF_TEXT = frozenset({Family.STRING, Family.ARN})


def _number(text: str) -> Decimal | None:
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def _date(text: str) -> Decimal | None:
    """Return seconds since 1970; a date without a time is its midnight in UTC."""
    if re.fullmatch(r"-?\d{1,18}", text, re.ASCII):
        return Decimal(text)
    found = _DATE.fullmatch(text)
    if not found:
        return None
    day = found["day"] if found[2] else found["day"] + "-01"
    zone = "+00:00" if found["zone"] in {None, "Z"} else found["zone"]
    try:
        whole = datetime.fromisoformat(f"{day}T{found['time'] or '00:00'}{zone}")
        return Decimal(int(whole.timestamp())) + Decimal(f"0{found['fraction'] or ''}")
    except (ValueError, OverflowError):
        return None


def _bool(text: str) -> bool | None:
    return {"true": True, "false": False}.get(text.lower())


def _binary(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


def _network(text: str) -> Network | None:
    try:
        return ip_network(text, strict=False) if _ADDRESS.fullmatch(text) else None
    except ValueError:
        return None


_READERS: Mapping[Family, Callable[[str], Any]] = {
    Family.NUMERIC: _number,
    Family.DATE: _date,
    Family.BOOL: _bool,
    Family.BINARY: _binary,
    Family.ADDRESS: _network,
    Family.NULL: _bool,
}


def holds_text(family: Family) -> bool:
    """Whether the family's values are text that may hold policy variables."""
    return family in _FAMILIES_OF_TEXT


def read_value(family: Family, text: str) -> Any:  # noqa: ANN401  the type depends on the family
    """Return the value that `text` writes in a family that is not text, or None where it writes none."""
    return _READERS[family](text)


def satisfies(comparison: Comparison, requested: Any, stated: Any) -> bool:  # noqa: ANN401  as above
    """Compare a request's value with a policy's, both read; the negation is left to the caller."""
    if comparison.family is Family.ADDRESS:
        return bool(requested.version == stated.version and requested.subnet_of(stated))
    return comparison.order(requested, stated)
