"""How long a document may be, checked when it is built: IAM refuses a longer one halfway through a deployment."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from components.documents.model import REFERENCE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from components.documents.model import PolicyDocument, Statement

# Characters without white space (IAM User Guide, IAM and STS quotas; Amazon S3 User Guide, bucket policies; AWS KMS
# Developer Guide, resource quotas). The trust of a role may be raised to 4096 by a request to AWS.
MANAGED_POLICY = 6144
ROLE_TRUST = 2048

# Characters of ids that AWS mints: keys are UUIDs, everything else is of EC2, where subnets have the longest.
KEY_ID, EC2_ID = 36, 24


def size(part: PolicyDocument | Statement) -> int:
    """Return how many characters of its quota a document or statement takes once ids stand for its references."""
    text = json.dumps(part.to_dict(), separators=(",", ":"))
    return len(re.sub(r"\s", "", REFERENCE.sub(lambda found: "x" * _length(found[1]), text)))


def fitting(
    documents: Mapping[str, PolicyDocument], limit: int = MANAGED_POLICY, kind: str = "policy"
) -> dict[str, PolicyDocument]:
    """Return the documents; raise ValueError for those that AWS would refuse, naming their largest statements."""
    problems = [
        f"{kind} {purpose}: {given} characters given, {limit} are allowed by AWS; most of them in {_largest(document)}"
        "; zones, endpoints and long names make it grow: take fewer, or split the document in two"
        for purpose, document in documents.items()
        if (given := size(document)) > limit
    ]
    if problems:
        raise ValueError("; ".join(problems))
    return dict(documents)


def _largest(document: PolicyDocument) -> str:
    sizes = {statement.sid: size(statement) for statement in document.statements}
    first = sorted(sizes, key=lambda sid: (-sizes[sid], sid))[:3]
    return ", ".join(f"{sid} ({sizes[sid]})" for sid in first)


def _length(reference: str) -> int:
    return KEY_ID if reference.startswith("key/") else EC2_ID
