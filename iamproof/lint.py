"""Reading a policy for what does not do what it seems to: dead statements, denies that cannot fire, wrong forms.

Sources: IAM User Guide, "IAM JSON policy elements reference" and "IAM and AWS STS quotas"; Service Authorization
Reference, as far as `iamproof.facts` holds it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from iamproof.lint_actions import action_findings, resource_findings
from iamproof.lint_conditions import condition_findings
from iamproof.lint_scope import CARRIERS, DocumentKind, Finding, Scope
from iamproof.model import Policy
from iamproof.parse import VERSIONS, parse_policy
from iamproof.principal import PrincipalKind
from iamproof.reader import load_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LIMITS: Mapping[DocumentKind, int] = {
    DocumentKind.MANAGED: 6144,
    DocumentKind.ROLE: 10240,
    DocumentKind.USER: 2048,
    DocumentKind.GROUP: 5120,
    DocumentKind.BOUNDARY: 6144,
    DocumentKind.SESSION: 2048,
    DocumentKind.TRUST: 2048,
    DocumentKind.SERVICE_CONTROL: 5120,
    DocumentKind.RESOURCE_CONTROL: 5120,
    DocumentKind.BUCKET: 20480,
    DocumentKind.KEY: 32768,
    DocumentKind.ENDPOINT: 20480,
}
"""Characters, white space not counted, that AWS takes without a raised quota.

For a role, user or group all inline policies together. Sources: IAM User Guide, "IAM and AWS STS quotas" (identity,
session and trust policies); AWS Organizations User Guide, "Quotas" (5,120); Amazon S3 User Guide, "Bucket policies"
(20 KB); AWS KMS Developer Guide, "Resource quotas" (32 KB); AWS PrivateLink guide, "Quotas" (20,480). Those of the
first source are certain; the others may have been raised since and are unverified.
"""


def lint(
    policy: Policy | Mapping[str, Any] | str,
    kind: DocumentKind | str = DocumentKind.OTHER,
    *,
    principal: PrincipalKind | None = None,
) -> tuple[Finding, ...]:
    """Return the findings in a policy, in the order of its statements; an empty tuple where there is none.

    `kind` says where the document is put, which decides how long it may be and whose requests it is asked about;
    `principal` narrows that, as for a managed policy that only roles carry. A document that is not parsed yet is read
    by `parse_policy`, which may raise PolicyError; of a parsed one the shortest way to write it is measured.
    """
    where = DocumentKind(kind)
    parsed = policy if isinstance(policy, Policy) else parse_policy(policy)
    carriers = CARRIERS.get(where, frozenset(PrincipalKind)) if principal is None else frozenset({principal})
    found = [*_size(_written(policy), where), *_old_version(parsed)]
    for statement in parsed.statements:
        scope = Scope(statement, carriers)
        found += [*action_findings(scope), *resource_findings(scope), *condition_findings(scope)]
    return tuple(found)


def _old_version(policy: Policy) -> Iterator[Finding]:
    """Yield a policy that writes variables in a version that has none."""
    if policy.version != VERSIONS[0]:
        return
    for statement in policy.statements:
        texts = [pattern.text for pattern in statement.resources or ()]
        texts += [text for condition in statement.conditions for text in condition.texts]
        written = next((text for text in texts if "${" in text), None)
        if written is not None:
            text = f"{written!r} is literal text in Version {policy.version}, which has no policy variables"
            rest = f'write "Version": "{VERSIONS[1]}"'
            yield Finding("variables-need-version", f"Statement[{statement.position}]", f"{text}: {rest}")


def _size(document: Any, kind: DocumentKind) -> Iterator[Finding]:  # noqa: ANN401  any JSON value
    text = json.dumps(document, separators=(",", ":"), ensure_ascii=False)
    length = len("".join(text.split()))
    limit = LIMITS.get(kind)
    if limit is not None and length > limit:
        rest = "split it, or join entries with wildcards"
        yield Finding("too-long", "", f"has {length:,} characters, {limit:,} are allowed for kind {kind.value}: {rest}")


def _written(policy: Policy | Mapping[str, Any] | str) -> Any:  # noqa: ANN401  any JSON value
    if isinstance(policy, str):
        return load_json(policy)
    return _shortest(policy.to_dict()) if isinstance(policy, Policy) else policy


def _shortest(value: Any) -> Any:  # noqa: ANN401  any JSON value
    """Write lists of one entry as that entry."""
    if isinstance(value, list):
        return _shortest(value[0]) if len(value) == 1 else [_shortest(item) for item in value]
    if isinstance(value, dict):
        return {key: _shortest(item) for key, item in value.items()}
    return value
