"""Who may take on a federated person's role: the one subject that the own provider vouches for.

No trust here lets session tags in: a session that brings any is refused as a whole, so the owner is the role's own tag
and nobody's claim. That the provider asked for a second factor no condition can say; the provider is where it is asked.
"""

from __future__ import annotations

from dataclasses import dataclass

from components.documents.model import Effect, PolicyDocument, Statement, all_of, document, when

SAML, OPENID = ":saml-provider/", ":oidc-provider/"


@dataclass(frozen=True, kw_only=True)
class Federation:
    """The provider that signs people in instead of IAM: its ARN in this account, and the audience it speaks to."""

    provider: str
    audience: str

    def __post_init__(self) -> None:
        if SAML not in self.provider and OPENID not in self.provider:
            raise ValueError(
                f"provider: {self.provider} given, the ARN of a SAML or OpenID provider of this account is allowed; "
                "give for example arn:aws:iam::111122223333:saml-provider/corp"
            )

    @property
    def action(self) -> str:
        """Return the call that takes a role on by a token of this provider."""
        return f"sts:AssumeRoleWith{'SAML' if SAML in self.provider else 'WebIdentity'}"

    @property
    def claims(self) -> str:
        """Return what the condition keys of this provider's claims begin with."""
        return "saml" if SAML in self.provider else self.provider.partition(OPENID)[2]


def only_for(federation: Federation, sid: str, *subjects: str) -> PolicyDocument:
    """Return the trust that lets these subjects in, by this provider, for this audience (IAM User Guide, "IAM and AWS
    STS condition context keys": ``saml:aud``, ``saml:sub``, ``<provider>:aud``, ``<provider>:sub``).
    """
    claims = federation.claims
    return document(
        Statement(
            sid=sid,
            effect=Effect.ALLOW,
            principals={"Federated": (federation.provider,)},
            actions=(federation.action,),
            conditions=all_of(
                when("StringEquals", f"{claims}:aud", federation.audience),
                when("StringEquals", f"{claims}:sub", *subjects),
            ),
        )
    )


def person_trust(federation: Federation, subject: str) -> PolicyDocument:
    """Return the trust of one person's role."""
    return only_for(federation, "OnlyThisPerson", subject)
