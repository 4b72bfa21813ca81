"""A shell that leaves no record hides what was done in it: who opens one is known, what was typed is not.

A document for sessions that send text must name a log or a bucket, encrypted, and a key for the session itself.
Forwarded ports and SSH cannot be recorded by the service; their documents open no shell by themselves.

Source: AWS Systems Manager User Guide, "Session document schema" and "Enabling and disabling session logging".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Kind, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reading import Wire
    from resources import Resource
    from rule import Findings, Options

RECORDS = {"cloudWatchLogGroupName": "cloudWatchEncryptionEnabled", "s3BucketName": "s3EncryptionEnabled"}
"""Where a session is recorded, and the switch that demands encryption there."""


def validate(document: Resource, _options: Options) -> Findings:
    """Yield a finding for a session document whose sessions are not recorded, or that nobody can read."""
    kind, content = document.read("documentType"), document.read("content").decoded()
    for unread in (kind, content):
        if unread.unknown:
            yield Undecided(unread)
    if kind.value != "Session" or content.unknown:
        return
    if not isinstance(content.value, dict) or "sessionType" not in content.value:
        yield Violation("content is no JSON of a session document")
    elif content.value["sessionType"] != "Port":
        yield from _recorded(content.value.get("inputs"))


def _recorded(inputs: Wire) -> Findings:
    said: Mapping[str, Wire] = inputs if isinstance(inputs, dict) else {}
    if not any(said.get(place) and said.get(switch) is True for place, switch in RECORDS.items()):
        yield Violation(f"content.inputs records its sessions nowhere encrypted ({', '.join(RECORDS)})")
    if not said.get("kmsKeyId"):
        yield Violation("content.inputs.kmsKeyId is absent: the session has no key of its own")


RULE = Rule(
    id="ssm-session-document-is-recorded",
    title="Sessions in a shell are recorded and encrypted",
    kind=Kind.RESOURCE,
    types=("aws:ssm/document:Document",),
    paths=("documentType", "content"),
    severity=Severity.MEDIUM,
    remediation="Name a log group or a bucket with encryption, and kmsKeyId, or open ports only.",
    url="https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-schema.html",
    mirrored_by=("IAM deny", "runtime audit"),
    deferred=("content",),
    validate=validate,
)
