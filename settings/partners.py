"""Who from outside reads what is staged, and whether each of them is narrow enough."""

from __future__ import annotations

import json
import re
from datetime import date
from ipaddress import IPv4Network
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BeforeValidator

from . import partner_guides as guides
from .findings import line_at
from .network_model import Part
from .problems import Finding, RefusedError, line, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .arns import Home

FIRST_YEAR, LAST_YEAR = 2027, 2040
_ENDPOINT = re.compile(r"vpce-[0-9a-f]{8,17}")
_WIDEST_RANGE = 16
TENANTS_PLACE = "users"
LARGEST_POLICY = 20_480
"""Characters of a bucket policy (Amazon S3 User Guide, bucket policies)."""
_WITHOUT_READERS, _OF_A_READER = 4_000, 800


def role(value: object) -> object:
    """Refuse an account, whose administrators would decide who reads."""
    if isinstance(value, str) and re.fullmatch(r"([0-9]{12}|arn:[^:]*:iam::[0-9]{12}:root)", value):
        raise RefusedError("this is a whole account: whoever its administrators name would read, today and later")
    return value


def until(value: object) -> str:
    """Read a date; the program knows no today, so it cannot say whether it has passed."""
    if not isinstance(value, str) or not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise RefusedError
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise RefusedError(f"there is no such day: {error}") from None
    if day.year > LAST_YEAR:
        raise RefusedError(f"the year {day.year} is so far away that the right would have no end")
    if day.year < FIRST_YEAR:
        raise RefusedError(f"the year {day.year} is before {FIRST_YEAR}, so this is a slip of the year")
    return value


def network(value: object) -> object:
    """Refuse what is neither a VPC endpoint's id nor a public range of a size that somebody may own."""
    if isinstance(value, str) and _ENDPOINT.fullmatch(value):
        return value
    try:
        found = IPv4Network(value) if isinstance(value, str) and "/" in value else None
    except ValueError as error:
        raise RefusedError(f"this is no IPv4 range: {error}") from None
    if found is None:
        raise RefusedError("this is neither the id of a VPC endpoint nor an IPv4 range")
    if str(found) != value:
        raise RefusedError("a range is written as address and prefix length", instead=str(found))
    if not found.is_global or found.is_multicast:
        raise RefusedError("S3 sees public addresses only; a private one means an endpoint, so name its id")
    if found.prefixlen < _WIDEST_RANGE:
        raise RefusedError(f"a range wider than /{_WIDEST_RANGE} is no partner's own")
    return value


def of_one_kind(value: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse endpoints and ranges together, and a list that names none."""
    if not value:
        raise RefusedError("an empty list names no network; leave the key out to admit the partner from anywhere")
    if len(set(value)) < len(value):
        raise RefusedError("a network is listed twice, so one of the two was meant to be another")
    if len({bool(_ENDPOINT.fullmatch(each)) for each in value}) > 1:
        raise RefusedError("endpoints and ranges are mixed: no request carries both, so nobody would be admitted")
    return value


Prefix = Annotated[str, guides.PREFIX]
Networks = Annotated[
    tuple[Annotated[str, BeforeValidator(network)], ...],
    AfterValidator(of_one_kind),
    guides.NETWORKS,
]


class PartnerSettings(Part):
    """A role of another account that reads below `prefix` until the day `until` begins, in UTC."""

    role: Annotated[str, BeforeValidator(role), guides.ROLE]
    prefix: Prefix
    until: Annotated[str, BeforeValidator(until), guides.UNTIL]
    networks: Networks = ()

    @property
    def endpoints(self) -> tuple[str, ...]:
        """The VPC endpoints that it must come through."""
        return tuple(each for each in self.networks if _ENDPOINT.fullmatch(each))

    @property
    def cidrs(self) -> tuple[str, ...]:
        """The public ranges that it must come from."""
        return tuple(each for each in self.networks if "/" in each)


class ServiceReaderSettings(Part):
    """An AWS service that reads below `prefix` for one resource of this account."""

    service: Annotated[str, guides.SERVICE]
    source_arn: Annotated[str, guides.SOURCE_ARN]
    prefix: Prefix


def partner_findings(tree: Mapping[str, Any], home: Home) -> Iterator[Finding]:
    """Find partners of the own account, sources of another one, and prefixes that reach into each other."""
    given: list[tuple[str, str, Mapping[str, Any]]] = [
        (key, name, each)
        for key in ("partners", "service-readers")
        for name, each in (tree.get(key) or {} if isinstance(tree.get(key), dict) else {}).items()
        if isinstance(each, dict)
    ]
    for key, name, each in given:
        yield from _account((key, name), each, home, tree)
        yield from _of_china(key, name, each, home)
    yield from _alike(given)
    needed = policy_size([(name, each) for _, name, each in given])
    if needed > LARGEST_POLICY:
        yield Finding(
            place=("partners",),
            given=f"{len(given)} partners and services",
            allowed=f"as many as fit into a bucket policy of {LARGEST_POLICY} characters",
            why=f"their statements would need about {needed}, and S3 takes no longer policy; let partners share a role "
            "and a prefix, or give some of them a stack of their own",
            write="partners: {}",
        )
    for key, name, each in given:
        yield from _of_tenants(key, name, each.get("prefix"))
    prefixes = [(key, name, each["prefix"]) for key, name, each in given if isinstance(each.get("prefix"), str)]
    for position, (key, name, prefix) in enumerate(prefixes):
        for _, other, taken in prefixes[:position]:
            if f"{prefix}/".startswith(f"{taken}/") or f"{taken}/".startswith(f"{prefix}/"):
                yield Finding(
                    place=(key, name, "prefix"),
                    given=shown(prefix),
                    allowed=f"a prefix that neither holds {shown(taken)} nor lies in it",
                    why=f"{other} reads everything below {taken}: one of the two would read what is the other's",
                    write=line("prefix", name),
                )


def _of_china(key: str, name: str, each: Mapping[str, Any], home: Home) -> Iterator[Finding]:
    """Find the name of a service as only the partition of China writes it, elsewhere."""
    service = each.get("service")
    if isinstance(service, str) and service.endswith(".cn") and home.partition not in (None, "aws-cn"):
        yield Finding(
            place=(key, name, "service"),
            given=shown(service),
            allowed=guides.SERVICE.allowed,
            why=f"services of the partition {home.partition} are not called so, so nobody would be let in",
            write=line("service", service.removesuffix(".cn")),
        )


def _alike(given: Sequence[tuple[str, str, Mapping[str, Any]]]) -> Iterator[Finding]:
    """Find names that differ in a hyphen alone: the ids of their statements would be the same."""
    seen: dict[tuple[str, str], str] = {}
    for key, name, _ in given:
        sid = "".join(part.capitalize() for part in str(name).split("-"))
        other = seen.setdefault((key, sid), name)
        if other != name:
            yield Finding(
                place=(key, name),
                given=shown(name),
                allowed=f"a name that differs from {shown(other)} in more than hyphens",
                why=f"both would be called {sid} in the bucket's policy, and ids of statements must differ",
                write=f"(call it otherwise, such as {name}-b)",
            )


def _of_tenants(key: str, name: str, prefix: object) -> Iterator[Finding]:
    """Find a prefix that is called like the place of tenants' own results."""
    if isinstance(prefix, str) and prefix.split("/")[0].lower() == TENANTS_PLACE:
        yield Finding(
            place=(key, name, "prefix"),
            given=shown(prefix),
            allowed=f"a prefix that does not begin with {TENANTS_PLACE}",
            why=f"{TENANTS_PLACE}/<tenant> is each tenant's own, and no partner reads a tenant's results: a data "
            "administrator copies what is released to the partner's prefix of the staging bucket",
            write=line("prefix", name),
        )


def policy_size(readers: Sequence[tuple[str, Mapping[str, Any]]]) -> int:
    """Return how many characters the staging bucket's policy needs at most: two statements a reader."""
    texts = (2 * (len(name) + sum(len(json.dumps(value)) for value in each.values())) for name, each in readers)
    return _WITHOUT_READERS + sum(_OF_A_READER + length for length in texts)


def _account(place: tuple[str, str], each: Mapping[str, Any], home: Home, tree: Mapping[str, Any]) -> Iterator[Finding]:
    """Find a partner at home, or a service's source elsewhere."""
    key, name = place
    field = "role" if key == "partners" else "source-arn"
    arn = each.get(field)
    found = re.match("arn:([^:]*):[^:]*:[^:]*:([0-9]{12}):", arn) if isinstance(arn, str) else None
    if not found or not home.account_id:
        return
    partition, account = found.groups()
    at_home = account == home.account_id
    if (key == "partners") == at_home or home.partition not in (None, partition):
        yield Finding(
            place=(key, name, field),
            given=shown(arn),
            allowed=f"an ARN of {'another' if key == 'partners' else 'this'} account in the partition {home.partition}",
            why="roles of this account are no partners: what they read is decided by their tenant"
            if at_home and key == "partners"
            else "a service that works for another account, or in another partition, is a stranger's",
            write=line_at((key, name, field), tree),
        )
