"""An unpinned provider changes whatever account the credentials of the moment belong to.

A pin is worth what the answer to the question of the account is worth: a provider that does not ask, asks a host of its
own choice, or takes an answer without checking TLS, is not pinned.

Source: Pulumi AWS provider, `allowedAccountIds`; the value arrives as JSON text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import stack_config
from checks import must_be_off
from reading import as_list
from rule import Kind, Rule, Severity, Undecided, Violation, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


PATH = "allowedAccountIds"
ANSWERS = "endpoints"
UNASKED = ("skipRequestingAccountId", "insecure")


def validate(provider: Resource, options: Options) -> Findings:
    """Yield a finding unless the provider allows accounts, and only those of the stack or of the options."""
    if provider.read(ANSWERS).decoded().given:
        yield Violation(f"{ANSWERS} is given: requests, the question of the account too, go to hosts of its choice")
    for path in UNASKED:
        yield from must_be_off(provider, path, why="the account is then not verified")
    found = provider.read(PATH).decoded()
    if found.unknown:
        yield Undecided(found)
        return
    if not found.given:
        yield Violation(f"{PATH} is absent or empty: whatever account the credentials belong to is changed")
        return
    intended = stack_config.account_ids(options.texts("accountIds"))
    if not intended:
        yield Violation(f"{PATH} cannot be judged: neither the stack config nor the policy config says which account")
    elif not {str(account) for account in as_list(found.value)} <= set(intended):
        yield Violation(f"{PATH} names another account than {', '.join(intended)}")


RULE = Rule(
    id="pulumi-provider-account-is-pinned",
    title="The provider works only in the intended account",
    kind=Kind.RESOURCE,
    types=("pulumi:providers:aws",),
    paths=("allowedAccountIds", ANSWERS, *UNASKED),
    severity=Severity.HIGH,
    remediation="Set allowedAccountIds on the provider to the account of the stack.",
    url="https://www.pulumi.com/registry/packages/aws/api-docs/provider/",
    options={
        "accountIds": texts(),
    },
    validate=validate,
)
