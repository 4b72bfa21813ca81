"""Checks of single values; each refuses with what is wrong and, where it can be told, the value to write instead."""

from __future__ import annotations

import re
from ipaddress import IPv4Network

from . import guides, instance_types, network_guides
from .problems import RefusedError, nearest

PRIVATE_NETWORKS = tuple(
    IPv4Network(each) for each in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")
)
"""Where a VPC may lie: RFC 1918 and the shared address space of RFC 6598."""

LARGEST_NETWORK, SMALLEST_NETWORK = 16, 28
"""Prefix lengths that AWS takes for a VPC and for a subnet (Amazon VPC User Guide, CIDR blocks)."""

USUAL_SUBNET_PREFIX = 24

MOST_ZONES = 8
"""More than any Region has; a power of two."""

WIDEST_S3_RANGE = 8


def account_id(value: object) -> object:
    """Refuse what is not twelve digits; digits that a YAML reader took for a number come back where none is lost."""
    if isinstance(value, str) and re.fullmatch(guides.ACCOUNT_ID.pattern or "", value):
        return value
    try:
        number = float(value) if isinstance(value, str | int | float) else 0.0
    except (ValueError, OverflowError):
        number = 0.0
    whole = number.is_integer() and 10**11 <= number < 10**12
    raise RefusedError(instead=f"{number:.0f}" if whole else None)


def network(value: object) -> IPv4Network:
    """Read a private IPv4 network of a size that AWS takes."""
    if not isinstance(value, str) or not re.fullmatch(network_guides.CIDR.pattern or "", value):
        raise RefusedError("this is no IPv4 network in CIDR form")
    try:
        found = IPv4Network(value, strict=False)
    except ValueError as error:
        raise RefusedError(f"this is no IPv4 network in CIDR form: {error}") from None
    if not any(found.subnet_of(each) for each in PRIVATE_NETWORKS):
        raise RefusedError("not all addresses of this network are private; the others are of hosts on the internet")
    length = min(max(found.prefixlen, LARGEST_NETWORK), SMALLEST_NETWORK)
    instead = str(IPv4Network((found.network_address, length), strict=False))
    if str(found) != value:
        raise RefusedError(f"bits behind the prefix are set, so this names a host of {found}", instead=instead)
    if found.prefixlen != length:
        size = "larger" if found.prefixlen < length else "smaller"
        raise RefusedError(f"this network is {size} than the /{length} that AWS takes", instead=instead)
    return found


def other_network(value: object) -> IPv4Network:
    """Read a private IPv4 network of any size, such as one at the other end of a private line."""
    found = _ipv4(value)
    if not any(found.subnet_of(each) for each in PRIVATE_NETWORKS):
        raise RefusedError("not all addresses of this network are private, so it is no network of your own")
    return found


def s3_range(value: object) -> IPv4Network:
    """Read a range of public IPv4 addresses that is not all of them."""
    found = _ipv4(value)
    if found.prefixlen < WIDEST_S3_RANGE:
        raise RefusedError(f"a range this wide is not S3's alone; AWS publishes none wider than /{WIDEST_S3_RANGE}")
    if any(found.overlaps(each) for each in PRIVATE_NETWORKS):
        raise RefusedError("this range holds private addresses, and S3 answers from public ones")
    return found


def _ipv4(value: object) -> IPv4Network:
    if not isinstance(value, str) or not re.fullmatch(network_guides.CIDR.pattern or "", value):
        raise RefusedError("this is no IPv4 network in CIDR form")
    try:
        found = IPv4Network(value, strict=False)
    except ValueError as error:
        raise RefusedError(f"this is no IPv4 network in CIDR form: {error}") from None
    if str(found) != value:
        raise RefusedError(f"bits behind the prefix are set, so this names a host of {found}", instead=str(found))
    return found


def whole_cents(value: float) -> float:
    """Refuse fractions of a cent, which would be rounded in silence."""
    if round(value, 2) != value:
        raise RefusedError("AWS Budgets counts in cents", instead=round(value, 2))
    return value


def retention_days(value: int, least: int = 1) -> int:
    """Refuse a number of days that CloudWatch Logs does not take, and offer the next one that it does."""
    if value not in network_guides.RETENTIONS or value < least:
        longer = [days for days in network_guides.RETENTIONS if days > value and days >= least]
        raise RefusedError(instead=longer[0] if longer else network_guides.RETENTIONS[-1])
    return value


def suffix(value: object) -> object:
    """Say what became of a suffix that a YAML reader took for a number."""
    if isinstance(value, int) and not isinstance(value, bool) and 10**3 <= value < 10**12:
        raise RefusedError("without quotes YAML readers take this for a number", instead=str(value))
    return value


def instance_type(value: object) -> object:
    """Say what an instance type of EC2 is called here."""
    if isinstance(value, str) and re.fullmatch(guides.INSTANCE_TYPE.pattern or "", f"ml.{value}"):
        raise RefusedError("SageMaker's instance types begin with `ml.`", instead=f"ml.{value}")
    if isinstance(value, str) and re.fullmatch(guides.INSTANCE_TYPE.pattern or "", value):
        _refuse_no_notebook(value)
    return value


def _refuse_no_notebook(name: str) -> None:
    known = instance_types.known("notebook")
    family = name.split(".")[1]
    if family in instance_types.WITHOUT_NOTEBOOK_PLATFORM:
        raise RefusedError("notebooks of Amazon Linux 2023 do not run on this family", instead="ml.t3.medium")
    if name not in known:
        raise RefusedError(
            "SageMaker knows no notebook instance of this type", instead=nearest(name, known) or "ml.t3.medium"
        )


def name_prefix(value: object) -> object:
    """Refuse a prefix that would break a name built of it, and offer the nearest one that would not."""
    if not isinstance(value, str) or re.fullmatch(guides.NAME_PREFIX.pattern or "", value):
        return value
    letters = re.sub("[^a-z0-9]+", "-", value[:1000].lower()).replace("sagemaker", "ml").lstrip("-0123456789")
    instead = letters[:20].strip("-")
    raise RefusedError(instead=instead if re.fullmatch(guides.NAME_PREFIX.pattern or "", instead) else None)


def planned_subnet_prefix(cidr: IPv4Network) -> int:
    """Return the prefix length of planned subnets: 24, or longer in a small network, which is cut in eight parts.

    It rests on the network alone, so that neither a zone nor a tenant that is added later moves a subnet: no Region
    has more zones than that. A network too small for eight parts is cut in as many as AWS takes.
    """
    return min(max(USUAL_SUBNET_PREFIX, cidr.prefixlen + MOST_ZONES.bit_length() - 1), SMALLEST_NETWORK)
