"""What partners get: another account's role, or an AWS service, reads exactly one prefix of what is staged, for a time.

A partner is a role, never an account: the statement speaks of its account, which leaves the rest to that account's
IAM, and narrows that by the role's ARN, so that the role need not exist first and no other of the account is meant.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from components.documents.model import ANYTHING, Effect, Statement, all_of, when
from components.documents.scope import STAGING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from components.documents.model import Conditions
    from components.documents.scope import Scope


@dataclass(frozen=True, kw_only=True)
class Partner:
    """A role of another account; it reads objects below `prefix` until the date `until` begins, in UTC.

    `endpoints` and `cidrs` are the networks that it must come from: ids of its VPC endpoints, or public ranges; at
    most one of both is given, as a request carries either, and none means anywhere.
    """

    name: str
    role_arn: str
    prefix: str
    until: str
    endpoints: tuple[str, ...] = ()
    cidrs: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.until:
            raise ValueError(
                f"partner {self.name}: no date given, one is needed, a right without an end is forgotten and stays; "
                "write for example 2027-03-31"
            )
        if self.role_arn.endswith(":root") or ":role/" not in self.role_arn:
            raise ValueError(
                f"partner {self.name}: {self.role_arn} given, the ARN of a role is allowed, an account or a user "
                "stands for people whom nobody here knows; write for example arn:aws:iam::444455556666:role/reader"
            )
        if not self.prefix.strip("/") or ".." in self.prefix or set("*?$") & set(self.prefix):
            raise ValueError(
                f"partner {self.name}: prefix {self.prefix!r} given, plain names with / between them are allowed, "
                "because the partner reads everything below; write for example vision/2027"
            )
        if self.endpoints and self.cidrs:
            raise ValueError(
                f"partner {self.name}: endpoints and cidrs given, one of both is allowed, a request that uses an "
                "endpoint carries no address; write one of them"
            )


@dataclass(frozen=True, kw_only=True)
class ServiceReader:
    """An AWS service that reads objects below `prefix` by itself, for the source `source_arn` of this account."""

    name: str
    service: str
    source_arn: str
    prefix: str


Readers = tuple["Partner | ServiceReader", ...]


def sid_of(reader: Partner | ServiceReader, does: str) -> str:
    """Return a Sid such as ``PartnerVisionLabReads``."""
    kind = "Partner" if isinstance(reader, Partner) else "Service"
    return kind + "".join(part.capitalize() for part in reader.name.split("-")) + does


def partner_arns(readers: Sequence[Partner | ServiceReader]) -> tuple[str, ...]:
    """Return the ARNs of the partners' roles."""
    return tuple(reader.role_arn for reader in readers if isinstance(reader, Partner))


def read_staged(scope: Scope, readers: Sequence[Partner | ServiceReader]) -> Iterator[Statement]:
    """Yield what lets each reader get and list its own prefix."""
    for reader in readers:
        below = f"{reader.prefix.strip('/')}/*"
        yield Statement(
            sid=sid_of(reader, "Reads"),
            effect=Effect.ALLOW,
            principals=_principals(scope, reader),
            actions=("s3:GetObject",),
            resources=(f"{scope.naming.bucket_arn(STAGING)}/{below}",),
            conditions=_bound(scope, reader),
        )
        yield Statement(
            sid=sid_of(reader, "Lists"),
            effect=Effect.ALLOW,
            principals=_principals(scope, reader),
            actions=("s3:ListBucket",),
            resources=(scope.naming.bucket_arn(STAGING),),
            conditions=all_of(_bound(scope, reader), when("StringLike", "s3:prefix", below)),
        )


def decrypt_staged(scope: Scope, readers: Sequence[Partner | ServiceReader]) -> Iterator[Statement]:
    """Yield what lets each partner decrypt what S3 gives it, and nothing else; a service's right is S3's question.

    A service that reads encrypted objects by itself needs the key as well: its source binds it, as in the bucket.
    """
    for reader in readers:
        via = when("StringEquals", "kms:ViaService", f"s3.{scope.naming.region}.amazonaws.com")
        bound = _of_partner(reader) if isinstance(reader, Partner) else _of_service(scope, reader)
        yield Statement(
            sid=sid_of(reader, "Decrypts"),
            effect=Effect.ALLOW,
            principals=_principals(scope, reader),
            actions=("kms:Decrypt",),
            resources=ANYTHING,
            # kms:ViaService beside a service as principal never matches: it is set for identities only.
            conditions=all_of(bound, via) if isinstance(reader, Partner) else bound,
        )


def _principals(scope: Scope, reader: Partner | ServiceReader) -> Mapping[str, tuple[str, ...]]:
    if isinstance(reader, ServiceReader):
        return {"Service": (reader.service,)}
    account = reader.role_arn.split(":")[4]
    return {"AWS": (f"arn:{scope.naming.partition}:iam::{account}:root",)}


def _bound(scope: Scope, reader: Partner | ServiceReader) -> Conditions:
    if isinstance(reader, ServiceReader):
        return _of_service(scope, reader)
    return all_of(
        _of_partner(reader),
        when("StringEquals", "aws:SourceVpce", *reader.endpoints) if reader.endpoints else {},
        when("IpAddress", "aws:SourceIp", *reader.cidrs) if reader.cidrs else {},
    )


def _of_partner(partner: Partner) -> Conditions:
    return all_of(
        when("ArnEquals", "aws:PrincipalArn", partner.role_arn),
        when("DateLessThan", "aws:CurrentTime", f"{partner.until}T00:00:00Z"),
    )


def _of_service(scope: Scope, reader: ServiceReader) -> Conditions:
    return all_of(
        when("StringEquals", "aws:SourceAccount", scope.naming.account_id),
        when("ArnEquals", "aws:SourceArn", reader.source_arn),
    )
