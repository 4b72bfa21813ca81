"""Cases of the rule about the default roles of a domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.policy_pack.harness import UNKNOWN, Case, absent, component, fails, passes, taken, unknown

if TYPE_CHECKING:
    from preview.pack_messages import PackResource

ARN = "arn:aws:iam::111122223333:role/platform/ml-dev-default"
POLICY = "arn:aws:iam::111122223333:policy/ml-dev-tenant-work"
IN_SPACES = {"defaultSpaceSettings": {"executionRole": ARN}}


def role(**more: Any) -> PackResource:
    """The role that a domain falls back to."""
    return component("aws:iam/role:Role", "default", name="ml-dev-default", path="/platform/", arn=ARN, **more)


def domain(role_arn: Any = ARN, **more: Any) -> PackResource:
    """A domain with a default role."""
    return component("aws:sagemaker/domain:Domain", "domain", defaultUserSettings={"executionRole": role_arn}, **more)


def attached(*policies: Any) -> PackResource:
    """The list of all that is attached to the role."""
    kind = "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive"
    return component(kind, "attached", roleName="ml-dev-default", policyArns=list(policies))


def inline(name: Any = "ml-dev-default") -> PackResource:
    """An inline policy of the role."""
    return component("aws:iam/rolePolicy:RolePolicy", "inline", role=name, policy="{}")


SAYS = "defaultUserSettings.executionRole is the role default, which carries policies"
CASES: dict[str, list[Case]] = {
    "sagemaker-domain-default-role-is-powerless": [
        passes("a role without policies", role(), domain(**IN_SPACES)),
        passes("an empty list", role(), attached(), domain()),
        passes("by the role's output", role(), taken(domain(UNKNOWN), defaultUserSettings=role())),
        fails("a policy in the list", SAYS, role(), attached(POLICY), domain()),
        fails("a policy nobody knows yet", SAYS, role(), attached(UNKNOWN), domain()),
        fails("a policy beside the role", SAYS, role(), inline(), domain()),
        fails("a policy inside the role", SAYS, role(inlinePolicies=[{"name": "x", "policy": "{}"}]), domain()),
        fails("a policy listed on the role", SAYS, role(managedPolicyArns=[POLICY]), domain()),
        fails("a policy of nobody knows whom", SAYS, role(), inline(UNKNOWN), domain()),
        fails(
            "the role of spaces",
            "defaultSpaceSettings.executionRole is the role default",
            role(),
            inline(),
            domain(**IN_SPACES),
        ),
        fails("a role of elsewhere", "is no role of this stack", role(), domain(f"{ARN}-else")),
        absent("no role for spaces", None, role(), domain()),
        unknown("the role must be known", "executionRole is not known", role(), domain(UNKNOWN)),
    ],
}
