"""Whose principals and resources a statement admits: the own account's, a listed partner's, or a stranger's.

A statement is limited to an account only by a condition that a request without the key fails: no ``IfExists``, no
``ForAllValues``, no wildcard in the account.

Source: IAM User Guide, "AWS JSON policy elements: Principal", "AWS global condition context keys", and "Condition
operators".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import stack_config

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from documents import Condition, Statement

PRINCIPAL_ACCOUNT = ("aws:PrincipalAccount", "kms:CallerAccount")
PRINCIPAL_ARN = ("aws:PrincipalArn",)
RESOURCE_ACCOUNT = ("aws:ResourceAccount",)
SOURCE_ACCOUNT = ("aws:SourceAccount",)
SOURCE_ARN = ("aws:SourceArn",)

ACCOUNT_ID = re.compile(r"\d{12}", re.ASCII)
SAME_TEXT = frozenset(("stringequals", "stringequalsignorecase", "stringlike"))
SAME_ARN = frozenset(("stringequals", "stringlike", "arnequals", "arnlike"))
PARTITIONS = (
    ("cn-", "aws-cn"),
    ("us-gov-", "aws-us-gov"),
    ("eusc-", "aws-eusc"),
    ("us-isob-", "aws-iso-b"),
    ("us-isof-", "aws-iso-f"),
    ("us-iso-", "aws-iso"),
    ("eu-isoe-", "aws-iso-e"),
)


@dataclass(frozen=True)
class Arn:
    """The six components of an ARN or of an ARN pattern."""

    partition: str
    service: str
    region: str
    account: str
    resource: str


def arn(text: str) -> Arn | None:
    """Return the components of an ARN; None for anything else."""
    parts = text.split(":", 5)
    return Arn(*parts[1:]) if len(parts) == 6 and parts[0] == "arn" else None


def partition() -> str:
    """Return the partition of the stack's Region; `aws` where the Region is not known."""
    region = stack_config.region() or ""
    return next((name for prefix, name in PARTITIONS if region.startswith(prefix)), "aws")


@dataclass(frozen=True)
class Inside:
    """The accounts that may appear in a document: the own ones and the listed partners."""

    own: frozenset[str]
    partners: frozenset[str]
    partition: str

    @property
    def accounts(self) -> frozenset[str]:
        """Own accounts and partners."""
        return self.own | self.partners

    def owns(self, text: str, *, service: str | None = None) -> bool:
        """Return whether an ARN names one of the own accounts, partition and account spelled out."""
        found = arn(text)
        return (
            found is not None
            and found.partition == self.partition
            and found.account in self.own
            and service in (None, found.service)
        )

    def account_of(self, principal: str) -> str | None:
        """Return the account of an AWS principal; None where it names none, or lies in another partition."""
        if ACCOUNT_ID.fullmatch(principal):
            return principal
        found = arn(principal)
        if found is None or found.partition != self.partition or not ACCOUNT_ID.fullmatch(found.account):
            return None
        return found.account


def inside(partners: Iterable[str] = ()) -> Inside:
    """Return the accounts of this stack and the listed partners."""
    return Inside(frozenset(stack_config.account_ids()), frozenset(partners), partition())


def strangers(statement: Statement, accounts: Inside) -> list[str]:
    """Return the principals of a statement that belong to no admitted account; services and wildcards are none."""
    found: list[str] = []
    for kind, names in statement.principals.items():
        if kind in ("Service", "*"):
            continue
        found += [name for name in names if name != "*" and accounts.account_of(name) not in accounts.accounts]
    return found


def pinned(
    statement: Statement, accounts: frozenset[str], *, ids: Iterable[str] = (), arns: Iterable[str] = ()
) -> bool:
    """Return whether a condition limits a statement to the given accounts.

    `ids` are the keys that hold account ids, `arns` those that hold ARNs; one of them is enough.
    """
    return any(
        _pins(condition, SAME_TEXT, lambda value: value in accounts)
        for key in ids
        for condition in statement.tests(key)
    ) or any(
        _pins(condition, SAME_ARN, lambda value: _account_of_pattern(value) in accounts)
        for key in arns
        for condition in statement.tests(key)
    )


def _pins(condition: Condition, operators: frozenset[str], admits: Callable[[str], bool]) -> bool:
    return (
        condition.plain
        and condition.base in operators
        and bool(condition.values)
        and all(admits(value) for value in condition.values)
    )


def _account_of_pattern(value: str) -> str:
    """Return the account of an ARN pattern whose partition, service and account are spelled out."""
    found = arn(value)
    if found is None or found.partition != partition() or set(found.service + found.region) & set("*?"):
        return ""
    return found.account
