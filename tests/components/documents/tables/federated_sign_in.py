"""Who takes on the roles of people, of the emergency and of deployment by a provider's token: the named ones alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.components.documents.federated_people import AT_ANOTHER, AT_OPENID, AT_SAML, token
from tests.components.documents.planned import OPEN_ID, SAML
from tests.components.documents.world import NAMING, Lock, allowed, refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from components.documents.federation import Federation
    from tests.components.documents.world import Caller, Row

TRUST = (Lock.RESOURCE,)
EMERGENCY = f"role/{NAMING.break_glass_name()}"
ROLES = {
    "a person's role": ("role/people/ml-dev-ann", "ann@example.com"),
    "the emergency role": (EMERGENCY, "adam@example.com"),
    "the deployment role": (NAMING.deployment_role_arn("alice").split(":", 5)[5], "marc@example.com"),
}
PROVIDERS = (("SAML", AT_SAML, SAML), ("OpenID", AT_OPENID, OPEN_ID))


def tokens(kind: str, who: Caller, federation: Federation) -> Iterator[Row]:
    """Yield, for each role, the own token and its neighbours that differ in one claim."""
    audience, subject = f"{federation.claims}:aud", f"{federation.claims}:sub"
    for what, (role, named) in ROLES.items():
        own = token(federation, role, named)
        yield allowed(f"{kind}: the own token takes on {what}", who, own)
        for whose, changes in {
            "another's token": {subject: "eve@example.com"},
            "a token of a name alike": {subject: f"{named}.org"},
            "a token without a subject": {subject: None},
            "a token for another audience": {audience: "another"},
            "a token for no audience": {audience: None},
        }.items():
            yield refused(f"{kind}: {whose} takes on {what}", who, own.but(context=changes), by=TRUST)
        by_chain = replace(own, action="sts:AssumeRole")
        yield refused(f"{kind}: without a token takes on {what}", who, by_chain, by=TRUST)
        tagging = replace(own, action="sts:TagSession").but(context={"aws:RequestTag/user": "bob"})
        yield refused(f"{kind}: a token that brings tags takes on {what}", who, tagging, by=TRUST)


ROWS = (
    *(row for each in PROVIDERS for row in tokens(*each)),
    *(
        allowed(
            f"{kind}: another administrator's token takes on the emergency role",
            who,
            token(federation, EMERGENCY, "ada@example.com"),
        )
        for kind, who, federation in PROVIDERS
    ),
    *(
        refused(f"a token of another provider takes on {what}", AT_ANOTHER, token(SAML, role, named), by=TRUST)
        for what, (role, named) in ROLES.items()
    ),
)
