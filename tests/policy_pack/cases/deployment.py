"""Cases of the rules about the roles that deploy a tenant's models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.policy_pack.baselines import role
from tests.policy_pack.cases.people_roles import target, watch
from tests.policy_pack.document_baselines import ACCOUNT, ROOT, first_preview, trust, trusted
from tests.policy_pack.harness import ABSENT, UNKNOWN, Case, absent, fails, passes, unknown

if TYPE_CHECKING:
    from preview.pack_messages import PackResource

MARC = f"arn:aws:iam::{ACCOUNT}:user/ml-dev-marc"
FACTOR = {"Bool": {"aws:MultiFactorAuthPresent": "true"}, "NumericLessThanEquals": {"aws:MultiFactorAuthAge": "3600"}}
NAMED = {"ArnEquals": {"aws:PrincipalArn": MARC}}
OWN = {"aws:PrincipalTag/user": "alice", "sts:RoleSessionName": "${aws:username}"}
SAML = f"arn:aws:iam::{ACCOUNT}:saml-provider/corp"
SUBJECT = {"StringEquals": {"saml:aud": "https://signin.aws.amazon.com/saml", "saml:sub": "marc@example.com"}}
PATH = "/deployment/alice/"
BOUNDARY = f"arn:aws:iam::{ACCOUNT}:policy/ml-dev-tenant-deployment"
PLACE = "assumeRolePolicy"
TRUSTED = "iam-deployment-role-is-bound"


def by_users(principal: Any = ROOT, own: Any = ABSENT, **changes: Any) -> dict[str, Any]:
    """Return the trust of alice's deployment role: marc, with a recent factor, in sessions called after him."""
    conditions = {**FACTOR, **NAMED, "StringEquals": OWN if own is ABSENT else own, **changes}
    kept = {operator: tests for operator, tests in conditions.items() if tests}
    return trust(Sid="Deployers", Principal={"AWS": principal}, Condition=kept)


def by_provider(condition: Any = SUBJECT, principal: Any = None) -> dict[str, Any]:
    """Return the trust by which the provider's marc takes the role on."""
    return trust(Principal=principal or {"Federated": SAML}, Action="sts:AssumeRoleWithSAML", Condition=condition)


def deploys(*statements: Any, **changes: Any) -> PackResource:
    """Alice's deployment role."""
    return trusted(*(statements or (by_users(),)), **{"path": PATH, "permissionsBoundary": BOUNDARY, **changes})


CASES: dict[str, list[Case]] = {
    TRUSTED: [
        passes("a user by ARN", deploys()),
        passes("two users", deploys(by_users(ArnEquals={"aws:PrincipalArn": [MARC, f"{MARC}-2"]}))),
        passes("a subject of the provider", deploys(by_provider())),
        passes("everybody is denied", deploys(by_users(), trust(Sid="No", Effect="Deny", Principal="*"))),
        passes("a role elsewhere is another rule's", deploys(trust(), path="/tenants/alice/")),
        fails("a service", "lets others in than people", deploys(by_users(), trust(Sid="Two"))),
        fails("everybody", "lets others in than people", deploys(trust(Principal="*"))),
        fails(
            "a user of another account",
            "of the own account",
            deploys(by_users(principal="arn:aws:iam::999999999999:root")),
        ),
        fails("a user as principal, past its own grants", "of the own account", deploys(by_users(principal=MARC))),
        fails(
            "a pattern of users",
            "each person exactly",
            deploys(by_users(ArnEquals=None, ArnLike={"aws:PrincipalArn": f"{MARC}*"})),
        ),
        fails(
            "a star among the names",
            "each person exactly",
            deploys(by_users(ArnEquals={"aws:PrincipalArn": [MARC, "*"]})),
        ),
        fails(
            "whoever is not",
            "each person exactly",
            deploys(by_users(ArnEquals=None, ArnNotEquals={"aws:PrincipalArn": MARC})),
        ),
        fails(
            "if there is a name",
            "each person exactly",
            deploys(by_users(ArnEquals=None, ArnEqualsIfExists={"aws:PrincipalArn": MARC})),
        ),
        fails(
            "another tenant's people",
            "does not ask for the owner's tenant",
            deploys(by_users(own={**OWN, "aws:PrincipalTag/user": "bob"})),
        ),
        fails(
            "two subjects by a pattern", "each person exactly", deploys(by_provider({"StringLike": {"saml:sub": "m*"}}))
        ),
        fails(
            "a provider and the account",
            "lets others in than people",
            deploys(by_provider(principal={"Federated": SAML, "AWS": ROOT})),
        ),
        absent("no name", "each person exactly", deploys(by_users(ArnEquals=None))),
        absent(
            "no tenant",
            "does not ask for the owner's tenant",
            deploys(by_users(own={"sts:RoleSessionName": "${aws:username}"})),
        ),
        absent(
            "sessions of any name",
            "does not say who deployed",
            deploys(by_users(own={"aws:PrincipalTag/user": "alice"})),
        ),
        absent("no subject", "each person exactly", deploys(by_provider({"StringEquals": {"saml:aud": "x"}}))),
        unknown(
            "the plan is judged",
            "each person exactly",
            *first_preview(role(path=PATH, assumeRolePolicy=UNKNOWN), by_users(ArnEquals=None), path=PLACE),
        ),
    ],
    "iam-tenant-role-has-boundary": [
        passes("a role that deploys has its own", deploys()),
        fails(
            "a role that deploys under that of workloads",
            "*-tenant-deployment",
            deploys(permissionsBoundary=f"arn:aws:iam::{ACCOUNT}:policy/ml-dev-tenant-boundary"),
        ),
        fails("a workload under that of deployment", "*-tenant-boundary", role(permissionsBoundary=BOUNDARY)),
        absent("a role that deploys without any", "takes effect", deploys(permissionsBoundary=ABSENT)),
    ],
    "iam-tenant-role-path-is-own": [
        passes("the path of deployment", deploys()),
        fails("bob's path of deployment", "not /deployment/alice/", deploys(path="/deployment/bob/")),
        fails("the path of deployment without a tenant", "names no tenant", deploys(tags={"user": "platform"})),
    ],
    "iam-sagemaker-role-trusts-sagemaker": [
        passes("a role that deploys trusts people", deploys()),
        fails("a path that begins alike", "trusts others", deploys(path="/deployments/alice/")),
    ],
    "iam-emergency-role-raises-alarm": [
        passes("a role that deploys raises none", deploys()),
        fails(
            "a path that begins alike", "no rule of this stack", watch(), target(), deploys(path="/deployments/alice/")
        ),
    ],
}
