"""A principal that decrypts with every key decrypts what other tenants and other platforms encrypted.

Source: AWS Security Hub, controls KMS.1 and KMS.2; AWS KMS Developer Guide, "Best practices for IAM policies".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
import places
from accounts import arn
from places import Holder
from rule import Kind, Rule, Severity, Violation

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

OWN = "key/${aws:PrincipalTag/data-key}"
"""The one key whose id the platform wrote into the caller's tag; the rules of plans hold it to the caller's tenant."""

ACTIONS = ("kms:Decrypt", "kms:ReEncryptFrom")


def validate(resource: Resource, _options: Options) -> Findings:
    """Yield a finding for each Allow of decryption with a key that is not named."""
    for held, statement in documents.statements(resource, Holder.IDENTITY):
        if not statement.allows or not any(statement.covers(action) for action in ACTIONS):
            continue
        if not statement.resources or not all(map(_is_key, statement.resources)):
            yield Violation(f"{held.where}: {statement.label} decrypts with keys that it does not name")


def _is_key(text: str) -> bool:
    """Return whether an ARN names one key, an id of AWS being a reference in a plan."""
    found = arn(text)
    if found is None or found.service != "kms":
        return False
    named = text.removesuffix(OWN) if found.resource == OWN else text
    return found.resource.startswith("key/") and found.resource != "key/" and not set(named) & set("*?$")


RULE = Rule(
    id="kms-decrypt-names-keys",
    title="Identity policies decrypt only with named keys",
    kind=Kind.RESOURCE,
    types=places.types_of(Holder.IDENTITY),
    paths=places.paths_of(Holder.IDENTITY),
    severity=Severity.MEDIUM,
    remediation="Name the keys of the tenant as resource.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-1",
    frameworks=(
        "FSBP KMS.1",
        "FSBP KMS.2",
        "prowler iam_policy_no_full_access_to_kms",
        "prowler iam_inline_policy_no_full_access_to_kms",
        "Config IAM_CUSTOMER_POLICY_BLOCKED_KMS_ACTIONS",
        "Config IAM_INLINE_POLICY_BLOCKED_KMS_ACTIONS",
    ),
    mirrored_by=(
        "IAM deny",
        "runtime audit",
    ),
    validate=validate,
)
