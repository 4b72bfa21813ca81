"""Where a resource lives: partition, Region and account, as the provider and the configuration say."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from preview.values import revealed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from preview.state import StackContext, State

PARTITIONS = (
    ("cn-", "aws-cn", "amazonaws.com.cn"),
    ("us-gov-", "aws-us-gov", "amazonaws.com"),
    ("us-isob-", "aws-iso-b", "sc2s.sgov.gov"),
    ("us-iso-", "aws-iso", "c2s.ic.gov"),
)
UNKNOWN_ACCOUNT = "123456789012"
UNKNOWN_REGION = "us-east-1"


@dataclass(frozen=True, kw_only=True)
class Place:
    """The place of a provider; `dns_suffix` ends the names of its endpoints."""

    partition: str
    region: str
    account: str
    dns_suffix: str

    @classmethod
    def of(cls, context: StackContext, provider: State | None) -> Place:
        """Return the place of a provider: its own Region and allowed account, else the configuration's."""
        inputs = revealed(provider.inputs) if provider else {}
        region = inputs.get("region")
        if not isinstance(region, str):
            region = context.config.get("aws:region", UNKNOWN_REGION)
        partition, suffix = "aws", "amazonaws.com"
        for prefix, name, ending in PARTITIONS:
            if region.startswith(prefix):
                partition, suffix = name, ending
                break
        account = _allowed(inputs.get("allowedAccountIds")) or configured_account(context.config) or UNKNOWN_ACCOUNT
        return cls(partition=partition, region=region, account=account, dns_suffix=suffix)

    def values(self) -> dict[str, str]:
        """Return the place for templates."""
        return {"partition": self.partition, "region": self.region, "account": self.account}

    def arn_start(self, type_token: str) -> str:
        """Return how an ARN of a type begins."""
        service = type_token.split(":")[1].split("/", 1)[0]
        return f"arn:{self.partition}:{service}:{self.region}:{self.account}"

    def in_document(self, text: str) -> str:
        """Fill the place into a policy document, whose own braces stay."""
        for name, value in self.values().items():
            text = text.replace(f"{{{name}}}", value)
        return text


def _allowed(given: object) -> str:
    if not isinstance(given, str):
        return ""
    try:
        accounts = json.loads(given)
    except json.JSONDecodeError:
        return ""
    return str(accounts[0]) if isinstance(accounts, list) and len(accounts) == 1 else ""


def configured_account(config: Mapping[str, str]) -> str:
    """Return the account that the stack's configuration names, "" when it names none."""
    for key in sorted(config):
        if key.rpartition(":")[2] in ("account-id", "accountId"):
            return config[key]
    return ""
