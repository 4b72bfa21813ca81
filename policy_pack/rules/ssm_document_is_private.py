"""A document that is shared is read by others, who learn from it what the platform runs and under which names.

Source: AWS Systems Manager API Reference, ModifyDocumentPermission (a document is private unless it is shared).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Kind, Rule, Severity, Undecided, Violation, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(document: Resource, options: Options) -> Findings:
    """Yield a finding unless the document is shared with nobody, or with listed accounts."""
    found = document.read("permissions")
    if found.unknown:
        yield Undecided(found)
    elif found.given:
        shared = str(found.value.get("accountIds") or found.value.get("account_ids"))
        strangers = {one.strip() for one in shared.split(",")} - set(options.texts("partnerAccounts"))
        if strangers:
            yield Violation("permissions shares the document with accounts that are not listed")


RULE = Rule(
    id="ssm-document-is-private",
    title="Documents of Systems Manager are shared with nobody",
    kind=Kind.RESOURCE,
    types=("aws:ssm/document:Document",),
    paths=("permissions",),
    severity=Severity.MEDIUM,
    remediation="Remove permissions, or list the account.",
    url="https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ModifyDocumentPermission.html",
    options={"partnerAccounts": texts()},
    mirrored_by=("SCP", "runtime audit"),
    validate=validate,
)
