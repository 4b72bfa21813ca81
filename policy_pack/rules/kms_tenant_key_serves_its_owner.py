"""A tenant's own key that another tenant may use keeps nothing apart.

The owner is the key's own tag; each Allow of use or of grants names it by the tag of the caller. Spared is the
deployer, who asks for grants while it makes the tenant's notebook and can use no key.

Source: AWS KMS Developer Guide, "ABAC for AWS KMS"; IAM User Guide, aws:PrincipalTag.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import documents
import places
import stack_config
from places import Holder
from rule import Kind, Rule, Severity, Undecided, Violation, text, texts
from tags import PLATFORM, own_tags

if TYPE_CHECKING:
    from documents import Statement
    from resources import Resource
    from rule import Findings, Options

USES = tuple(
    f"kms:{name}"
    for name in ("Decrypt", "Encrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext", "ReEncryptFrom")
)
GRANT = "kms:CreateGrant"


def validate(key: Resource, options: Options) -> Findings:
    """Yield a finding for each Allow by which another than the owner uses a tenant's key."""
    owner = own_tags(key).value(str(options["tagKey"]))
    if owner.unknown:
        yield Undecided(owner)
        return
    if owner.absent or owner.value == PLATFORM:
        return
    deployers = stack_config.deployer(options.texts("deployers")).names
    for held, statement in documents.statements(key, Holder.KEY):
        if not statement.allows or not any(map(statement.covers, (*USES, GRANT))):
            continue
        grants_only = not any(map(statement.covers, USES))
        if not _of(statement, str(options["tagKey"]), str(owner.value)) and not (
            grants_only and _deployers_only(statement, deployers)
        ):
            yield Violation(
                f"{held.where}: {statement.label} lets others than the tenant {owner.value} use the tenant's own key"
            )


def _of(statement: Statement, tag: str, owner: str) -> bool:
    """Return whether a test admits the owner's tag and no other; an absent tag fails it."""
    return any(
        test.plain and test.base == "stringequals" and test.values == (owner,)
        for test in statement.tests(f"aws:PrincipalTag/{tag}")
    )


def _deployers_only(statement: Statement, deployers: tuple[str, ...]) -> bool:
    return any(
        test.plain
        and test.base in ("arnequals", "stringequals")
        and bool(test.values)
        and set(test.values) <= {*deployers}
        for test in statement.tests("aws:PrincipalArn")
    )


RULE = Rule(
    id="kms-tenant-key-serves-its-owner",
    title="A tenant's own key is used by that tenant alone",
    kind=Kind.RESOURCE,
    types=places.types_of(Holder.KEY),
    paths=(*places.paths_of(Holder.KEY), "Key:tags", "ReplicaKey:tags"),
    severity=Severity.CRITICAL,
    remediation="Demand StringEquals aws:PrincipalTag/user with the owner of the key in every Allow of its use.",
    url="https://docs.aws.amazon.com/kms/latest/developerguide/abac.html",
    options={"tagKey": text("user"), "deployers": texts()},
    seed=("S3",),
    mirrored_by=("runtime audit",),
    validate=validate,
)
