"""Credentials of a session cannot be called back one by one: what has leaked works until the session ends.

A tenant's role is used by services, which renew their session themselves, so its sessions are the shortest. A
federated person works a day with one.

Source: IAM User Guide, "Update the maximum session duration for a role"; API Reference, CreateRole,
MaxSessionDuration (default: 3600 seconds).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Kind, Rule, Severity, Undecided, Violation, integer, text
from tags import is_persons_role, is_tenants_role

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(role: Resource, options: Options) -> Findings:
    """Yield a finding for a role whose sessions may last longer than the option says."""
    found = role.read("maxSessionDuration")
    workload = is_tenants_role(role, str(options["tenantPath"])) and not is_persons_role(role)
    longest = options["maxTenantSeconds" if workload else "maxSeconds"]
    if found.unknown:
        yield Undecided(found)
    elif found.present and float(found.value) > longest:
        yield Violation(f"maxSessionDuration is longer than {longest} seconds")


RULE = Rule(
    id="iam-role-session-is-short",
    title="Role sessions are short, those of tenants' roles the shortest",
    kind=Kind.RESOURCE,
    types=("aws:iam/role:Role",),
    paths=("maxSessionDuration", "path", "tags"),
    severity=Severity.LOW,
    remediation="Lower maxSessionDuration.",
    url="https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html",
    options={
        "maxSeconds": integer(28800, minimum=3600),
        "maxTenantSeconds": integer(3600, minimum=3600),
        "tenantPath": text("/tenants/"),
    },
    validate=validate,
)
