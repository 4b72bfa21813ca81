"""Cases of the rules about the roles of federated people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.policy_pack.baselines import role
from tests.policy_pack.document_baselines import ACCOUNT, ROOT, first_preview, trust, trusted
from tests.policy_pack.harness import ABSENT, UNKNOWN, Case, absent, fails, passes, unknown

if TYPE_CHECKING:
    from preview.pack_messages import PackResource

SAML = f"arn:aws:iam::{ACCOUNT}:saml-provider/corp"
HOST = "token.example.com/main"
OPENID = f"arn:aws:iam::{ACCOUNT}:oidc-provider/{HOST}"
BOUNDARY = f"arn:aws:iam::{ACCOUNT}:policy/ml-dev-people-boundary"
AUDIENCE = {"saml:aud": "https://signin.aws.amazon.com/saml"}
ANN = {"StringEquals": {**AUDIENCE, "saml:sub": "ann@example.com"}}
PERSON = {"path": "/people/", "permissionsBoundary": BOUNDARY}
PATH = "assumeRolePolicy"


def by(condition: Any = ANN, principal: Any = None, action: Any = "sts:AssumeRoleWithSAML") -> dict[str, Any]:
    """Return the trust of ann's role."""
    return trust(Principal=principal or {"Federated": SAML}, Action=action, Condition=condition)


def person(*statements: Any, **changes: Any) -> PackResource:
    """Ann's role, below the people's path and with the people's boundary."""
    return trusted(*(statements or (by(),)), **{**PERSON, **changes})


CASES: dict[str, list[Case]] = {
    "iam-federated-person-is-bound": [
        passes("one subject of SAML", person()),
        passes(
            "the platform's boundary", person(permissionsBoundary=BOUNDARY.replace("people-b", "people-platform-b"))
        ),
        passes(
            "one subject of OpenID",
            person(
                by(
                    {"StringEquals": {f"{HOST}:aud": "a", f"{HOST}:sub": "ann"}},
                    {"Federated": OPENID},
                    "sts:AssumeRoleWithWebIdentity",
                )
            ),
        ),
        passes("a role elsewhere is another rule's", person(by({}), path="/platform/", permissionsBoundary=ABSENT)),
        passes("everybody is denied", person(by(), trust(Sid="No", Effect="Deny", Principal="*"))),
        fails("another boundary", "called *-people-boundary", person(permissionsBoundary=f"{BOUNDARY}-2")),
        fails(
            "a stranger's", "no policy of this", person(permissionsBoundary=BOUNDARY.replace(ACCOUNT, "999999999999"))
        ),
        fails("SageMaker", "lets others in", person(by(), trust(Sid="Two"))),
        fails("the account beside", "lets others in", person(by(principal={"Federated": SAML, "AWS": ROOT}))),
        fails("two subjects", "one subject", person(by({"StringEquals": {**AUDIENCE, "saml:sub": ["a", "b"]}}))),
        fails("a pattern", "one subject", person(by({"StringLike": {**AUDIENCE, "saml:sub": "ann*"}}))),
        fails("if there is one", "one subject", person(by({"StringEqualsIfExists": {"saml:sub": "ann"}}))),
        fails("whoever is not", "one subject", person(by({"StringNotEquals": {"saml:sub": "ben"}}))),
        fails("a variable", "one subject", person(by({"StringEquals": {"saml:sub": "${saml:cn}"}}))),
        fails(
            "another provider's subject",
            "one subject",
            person(by({"StringEquals": {"token.example.org:sub": "ann"}}, {"Federated": OPENID})),
        ),
        fails("tags of the session", "outrank", person(by(action=["sts:AssumeRoleWithSAML", "sts:TagSession"]))),
        absent("no boundary", "no policy of this account", person(permissionsBoundary=ABSENT)),
        absent("no subject", "one subject", person(by({"StringEquals": AUDIENCE}))),
        unknown("the boundary must be known", "permissionsBoundary is not known", person(permissionsBoundary=UNKNOWN)),
        unknown(
            "the plan is judged",
            "one subject",
            *first_preview(role(**PERSON, assumeRolePolicy=UNKNOWN), by({"StringEquals": AUDIENCE}), path=PATH),
        ),
    ],
    "iam-role-session-is-short": [
        passes("a working day of a person", person(maxSessionDuration=28800)),
        fails("more than that", "longer than 28800", person(maxSessionDuration=28801)),
        fails("a path that begins alike", "longer than 3600", person(path="/people2/", maxSessionDuration=28800)),
    ],
    "iam-tenant-role-has-boundary": [
        passes("a person has another", person()),
        fails("a path that begins alike", "*-tenant-boundary", person(path="/People/")),
    ],
    "iam-tenant-role-path-is-own": [
        passes("a person's path", person()),
        fails("a path that begins alike", "not /tenants/alice/", person(path="/people2/")),
    ],
    "iam-sagemaker-role-trusts-sagemaker": [
        passes("a person's role, by its tag a tenant's", person()),
        fails("a path that begins alike", "trusts others", person(path="/people2/")),
    ],
    "iam-role-trust-forbids-session-tags": [
        passes("a person's role takes none", person()),
        fails(
            "a person's role that takes any",
            "bring its own session tags",
            person(by(action=["sts:AssumeRoleWithSAML", "sts:TagSession"])),
        ),
    ],
}
