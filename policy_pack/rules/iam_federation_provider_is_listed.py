"""Whoever runs an identity provider that the account trusts says who its people are.

Source: IAM User Guide, "Identity providers and federation into AWS".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Kind, Rule, Severity, Undecided, Violation, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

OUTBOUND = "aws:iam/outboundWebIdentityFederation:OutboundWebIdentityFederation"
NAMES = {
    "aws:iam/samlProvider:SamlProvider": "name",
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": "url",
}


def validate(provider: Resource, options: Options) -> Findings:
    """Yield a finding for a provider that is not listed by its name or host."""
    if provider.type == OUTBOUND:
        if OUTBOUND.rsplit(":", 1)[-1] not in options.texts("allowedProviders"):
            yield Violation("the account's identities may sign in elsewhere")
        return
    path = NAMES[provider.type]
    named = provider.read(path)
    if named.unknown:
        yield Undecided(named)
    elif str(named.value or "").removeprefix("https://") not in options.texts("allowedProviders"):
        yield Violation(f"{path} is no listed provider")


RULE = Rule(
    id="iam-federation-provider-is-listed",
    title="Outside identity providers are listed",
    kind=Kind.RESOURCE,
    types=(*NAMES, OUTBOUND),
    paths=("SamlProvider:name", "OpenIdConnectProvider:url"),
    severity=Severity.HIGH,
    remediation="Remove the provider, or list a SAML provider by its name and an OpenID provider by its host and path.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers.html",
    options={"allowedProviders": texts()},
    mirrored_by=("SCP", "runtime audit"),
    validate=validate,
)
