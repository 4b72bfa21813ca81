"""Cases of the rules about roles that are reached from elsewhere: by a provider's token, or from another role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.policy_pack.baselines import role
from tests.policy_pack.document_baselines import (
    ACCOUNT,
    DEPLOYER,
    PARTNER,
    ROOT,
    first_preview,
    trust,
    trusted,
)
from tests.policy_pack.harness import ABSENT, UNKNOWN, Case, absent, fails, passes, unknown

if TYPE_CHECKING:
    from preview.pack_messages import PackResource

UNREAD = role(assumeRolePolicy=UNKNOWN)
PATH = "assumeRolePolicy"
SAML = f"arn:aws:iam::{ACCOUNT}:saml-provider/corporate"
HOST = "token.example.com/main"
OPENID = f"arn:aws:iam::{ACCOUNT}:oidc-provider/{HOST}"
SIGN_IN = "https://signin.aws.amazon.com/saml"
TOKEN = {f"{HOST}:aud": "sts.amazonaws.com", f"{HOST}:sub": "repo:team/platform:ref:refs/heads/main"}
OTHER_ROLE = f"arn:aws:iam::{ACCOUNT}:role/other"


def by_saml(**condition: Any) -> PackResource:
    """A role for people whom the company's provider signs in."""
    return trusted(trust(Principal={"Federated": SAML}, Action="sts:AssumeRoleWithSAML", Condition=condition))


def by_token(**condition: Any) -> PackResource:
    """A role for whoever has a token of a provider."""
    return trusted(trust(Principal={"Federated": OPENID}, Action="sts:AssumeRoleWithWebIdentity", Condition=condition))


def by_role(*names: str, **changes: Any) -> PackResource:
    """A role that others take on."""
    return trusted(trust(**{"Principal": {"AWS": list(names)}, "Condition": ABSENT, **changes}))


CASES: dict[str, list[Case]] = {
    "iam-role-trust-guards-federation": [
        passes("a service", trusted(trust())),
        passes("SAML's audience", by_saml(StringEquals={"SAML:aud": SIGN_IN})),
        passes("audience and subject of a token", by_token(StringEquals=TOKEN)),
        passes(
            "a subject by pattern",
            by_token(StringEquals={f"{HOST}:aud": "a"}, StringLike={f"{HOST}:sub": "repo:team/*"}),
        ),
        passes("a provider is denied", trusted(trust(Effect="Deny", Principal={"Federated": SAML}))),
        fails("no audience", "does not demand SAML:aud", by_saml(StringEquals={"SAML:iss": "x"})),
        fails("an audience if there is one", "SAML:aud", by_saml(StringEqualsIfExists={"SAML:aud": SIGN_IN})),
        fails("any audience", "SAML:aud", by_saml(StringLike={"SAML:aud": "*"})),
        fails("one of two is any", "SAML:aud", by_saml(StringLike={"SAML:aud": [SIGN_IN, "*"]})),
        passes("two audiences", by_saml(StringEquals={"SAML:aud": [SIGN_IN, f"{SIGN_IN}/acs"]})),
        fails("any but one", "SAML:aud", by_saml(StringNotEquals={"SAML:aud": "x"})),
        fails("anybody's token", f"does not demand {HOST}:sub", by_token(StringEquals={f"{HOST}:aud": "a"})),
        fails(
            "any subject", f"{HOST}:sub", by_token(StringEquals={f"{HOST}:aud": "a"}, StringLike={f"{HOST}:sub": "*"})
        ),
        fails("any audience's token", f"{HOST}:aud", by_token(StringEquals={f"{HOST}:sub": "repo:a"})),
        fails(
            "a set of none",
            f"{HOST}:sub",
            by_token(**{"StringEquals": {f"{HOST}:aud": "a"}, "ForAllValues:StringLike": {f"{HOST}:sub": "repo:a"}}),
        ),
        fails(
            "another provider's claims",
            f"{HOST}:aud",
            by_token(StringEquals={"token.example.org:aud": "a", "token.example.org:sub": "b"}),
        ),
        absent("no condition", "SAML:aud", by_saml()),
        unknown(
            "the plan is judged", "SAML:aud", *first_preview(UNREAD, trust(Principal={"Federated": SAML}), path=PATH)
        ),
        unknown("without a plan another rule refuses it", None, UNREAD),
    ],
    "iam-role-trust-names-no-role": [
        passes("a service", trusted(trust())),
        passes("the account", by_role(ROOT)),
        passes("a user", by_role(f"arn:aws:iam::{ACCOUNT}:user/ann")),
        passes("the deployer", by_role(DEPLOYER)),
        passes("a listed role", by_role(OTHER_ROLE), options={"allowedRoles": [OTHER_ROLE]}),
        passes("a partner's role is another rule's", by_role(f"arn:aws:iam::{PARTNER}:role/reader")),
        passes("a role is denied", by_role(OTHER_ROLE, Effect="Deny")),
        fails("another role", "lets a role of this account take on the role", by_role(OTHER_ROLE)),
        fails(
            "itself",
            "a role of this account",
            by_role(f"arn:aws:iam::{ACCOUNT}:role/tenants/alice/ml-dev-alice-notebook"),
        ),
        fails("a session of a role", "a role of this account", by_role(f"arn:aws:sts::{ACCOUNT}:assumed-role/other/x")),
        fails("one of two", "a role of this account", by_role(ROOT, OTHER_ROLE)),
        absent("no trust policy", None, role(assumeRolePolicy=ABSENT)),
        unknown(
            "the plan is judged",
            "a role of this account",
            *first_preview(UNREAD, trust(Principal={"AWS": OTHER_ROLE}), path=PATH),
        ),
        unknown("without a plan another rule refuses it", None, UNREAD),
    ],
}
