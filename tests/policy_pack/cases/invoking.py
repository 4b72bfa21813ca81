"""Cases of the rules about the roles that call a tenant's endpoints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.policy_pack.baselines import role
from tests.policy_pack.cases.people_roles import target, watch
from tests.policy_pack.document_baselines import ACCOUNT, ROOT, first_preview, trust, trusted
from tests.policy_pack.harness import ABSENT, UNKNOWN, Case, absent, fails, passes, unknown

if TYPE_CHECKING:
    from preview.pack_messages import PackResource

SHOP = f"arn:aws:iam::{ACCOUNT}:role/apps/shop"
PATH, NAME = "/invokers/alice/", "ml-dev-invoker--shop"
BOUNDARY = f"arn:aws:iam::{ACCOUNT}:policy/{NAME}"
PLACE = "assumeRolePolicy"
TRUSTED = "iam-invoking-role-is-bound"


def by_roles(principal: Any = ROOT, **condition: Any) -> dict[str, Any]:
    """Return the trust of alice's invoker: the shop's role, by name."""
    asked = condition or {"ArnEquals": {"aws:PrincipalArn": SHOP}}
    kept = {operator: tests for operator, tests in asked.items() if tests}
    return trust(Sid="ListedRoles", Principal={"AWS": principal}, **({"Condition": kept} if kept else {}))


def calls(*statements: Any, **changes: Any) -> PackResource:
    """Alice's invoker for the shop."""
    given = {"path": PATH, "name": NAME, "permissionsBoundary": BOUNDARY, **changes}
    return trusted(*(statements or (by_roles(),)), **given)


CASES: dict[str, list[Case]] = {
    TRUSTED: [
        passes("a role by ARN", calls()),
        passes("two roles", calls(by_roles(ArnEquals={"aws:PrincipalArn": [SHOP, f"{SHOP}-2"]}))),
        passes("everybody is denied", calls(by_roles(), trust(Sid="No", Effect="Deny", Principal="*"))),
        passes("a role elsewhere is another rule's", calls(trust(), path="/tenants/alice/")),
        fails("a service", "lets others in than the own account", calls(by_roles(), trust(Sid="Two"))),
        fails("everybody", "lets others in than the own account", calls(trust(Principal="*"))),
        fails(
            "another account",
            "lets others in than the own account",
            calls(by_roles(principal="arn:aws:iam::999999999999:root")),
        ),
        fails("a role as principal, past its own grants", "than the own account", calls(by_roles(principal=SHOP))),
        fails("a pattern", "each role exactly", calls(by_roles(ArnLike={"aws:PrincipalArn": f"{SHOP}*"}))),
        fails("a star among the names", "each role exactly", calls(by_roles(ArnEquals={"aws:PrincipalArn": "*"}))),
        fails("whoever is not", "each role exactly", calls(by_roles(ArnNotEquals={"aws:PrincipalArn": SHOP}))),
        fails("if there is a name", "each role exactly", calls(by_roles(ArnEqualsIfExists={"aws:PrincipalArn": SHOP}))),
        fails(
            "a user",
            "which is no role",
            calls(by_roles(ArnEquals={"aws:PrincipalArn": SHOP.replace(":role/", ":user/")})),
        ),
        absent("no name", "each role exactly", calls(by_roles(ArnEquals=None))),
        unknown(
            "the plan is judged",
            "each role exactly",
            *first_preview(role(path=PATH, name=NAME, assumeRolePolicy=UNKNOWN), by_roles(ArnEquals=None), path=PLACE),
        ),
    ],
    "iam-tenant-role-has-boundary": [
        passes("a role that calls endpoints has its own", calls()),
        fails(
            "a role that calls endpoints under the boundary of workloads",
            "*-invoker--*",
            calls(permissionsBoundary=f"arn:aws:iam::{ACCOUNT}:policy/ml-dev-tenant-boundary"),
        ),
        absent("a role that calls endpoints without any", "takes effect", calls(permissionsBoundary=ABSENT)),
    ],
    "iam-tenant-role-path-is-own": [
        passes("the path of invokers", calls()),
        fails("bob's path of invokers", "not /invokers/alice/", calls(path="/invokers/bob/")),
        fails("the path of invokers without a tenant", "names no tenant", calls(tags={"user": "platform"})),
    ],
    "iam-sagemaker-role-trusts-sagemaker": [
        passes("a role that calls endpoints trusts roles", calls()),
        fails("a path that begins like that of invokers", "trusts others", calls(path="/invokers2/alice/")),
    ],
    "iam-emergency-role-raises-alarm": [
        passes("a role that calls endpoints raises none", calls()),
        fails(
            "a path that begins like that of invokers",
            "no rule of this stack",
            watch(),
            target(),
            calls(path="/invokers2/alice/"),
        ),
    ],
    "iam-role-trust-requires-mfa": [
        passes("roles carry no second factor", calls()),
        fails("elsewhere people could come", "MultiFactorAuthPresent", calls(path="/invokers2/alice/")),
    ],
}
