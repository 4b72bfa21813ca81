"""Cases of the rules about who carries which policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.policy_pack.baselines import role
from tests.policy_pack.harness import ABSENT, UNKNOWN, Case, absent, component, fails, passes, unknown

if TYPE_CHECKING:
    from preview.pack_messages import PackResource

FULL = "arn:aws:iam::aws:policy/AmazonSageMakerFullAccess"
ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"
WORK = "arn:aws:iam::111122223333:policy/ml-dev-tenant-work"
OF_USER = "aws:iam/userPolicy:UserPolicy"
EXCLUSIVE = "aws:iam/policyAttachment:PolicyAttachment"


def every_way(arn: object) -> list[PackResource]:
    """Return each kind of resource that attaches a policy, attaching this one."""

    def made(kind: str, **inputs: object) -> PackResource:
        return component(f"aws:iam/{kind[0].lower()}{kind[1:]}:{kind}", "attachment", **inputs)

    return [
        made("RolePolicyAttachment", role="ml-dev-alice-notebook", policyArn=arn),
        made("UserPolicyAttachment", user="alice", policyArn=arn),
        made("GroupPolicyAttachment", group="engineers", policyArn=arn),
        made("PolicyAttachment", name="all", roles=["ml-dev-alice-notebook"], policyArn=arn),
        made("RolePolicyAttachmentsExclusive", roleName="ml-dev-alice-notebook", policyArns=[WORK, arn]),
        made("UserPolicyAttachmentsExclusive", userName="alice", policyArns=[WORK, arn]),
        made("GroupPolicyAttachmentsExclusive", groupName="engineers", policyArns=[WORK, arn]),
        role(managedPolicyArns=[WORK, arn]),
    ]


def to_role(arn: object, role_name: object = "ml-dev-alice-notebook") -> PackResource:
    """Return an attachment to a role."""
    kind = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
    return component(kind, "attachment", role=role_name, policyArn=arn)


LISTED = {"allowedPrincipals": ["break-glass"]}

CASES: dict[str, list[Case]] = {
    "iam-attachment-avoids-sagemaker-full-access": [
        *(passes(f"the platform's policy by {one.type}", one) for one in every_way(WORK)),
        *(fails(f"by {one.type}", "attaches AmazonSageMakerFullAccess", one) for one in every_way(FULL)),
        fails("in China", "attaches Amazon", to_role(FULL.replace("aws:", "aws-cn:", 1))),
        fails("in GovCloud", "attaches Amazon", to_role(FULL.replace("aws:", "aws-us-gov:", 1))),
        fails("of an account", "attaches Amazon", to_role(FULL.replace("::aws:", "::111122223333:"))),
        fails("by its name alone", "attaches Amazon", to_role("AmazonSageMakerFullAccess")),
        fails("in other letters", "attaches Amazon", to_role(FULL.lower())),
        fails("below a path", "attaches Amazon", to_role(FULL.replace("policy/", "policy/service-role/"))),
        absent("nothing is attached", None, role(managedPolicyArns=ABSENT)),
        absent("an empty list", None, role(managedPolicyArns=[])),
        *(unknown(f"it must be known: {one.type}", "is not known", one) for one in every_way(UNKNOWN)),
        unknown("the whole list must be known", "managedPolicyArns is not known", role(managedPolicyArns=UNKNOWN)),
    ],
    "iam-attachment-avoids-administrator-access": [
        *(passes(f"the platform's policy by {one.type}", one) for one in every_way(WORK)),
        passes("to a listed principal", to_role(ADMINISTRATOR, "break-glass"), options=LISTED),
        *(fails(f"by {one.type}", "a policy of administrators", one) for one in every_way(ADMINISTRATOR)),
        fails("every power", "administrators", to_role("arn:aws:iam::aws:policy/PowerUserAccess")),
        fails("every identity", "administrators", to_role("arn:aws-us-gov:iam::aws:policy/IAMFullAccess")),
        fails("to another principal", "administrators", to_role(ADMINISTRATOR), options=LISTED),
        fails("to a principal that is not known", "administrators", to_role(ADMINISTRATOR, UNKNOWN), options=LISTED),
        fails(
            "to a listed principal among others",
            "administrators",
            component(EXCLUSIVE, "all", name="all", roles=["break-glass"], users=["eve"], policyArn=ADMINISTRATOR),
            options=LISTED,
        ),
        absent("nothing is attached", None, role(managedPolicyArns=ABSENT)),
        *(unknown(f"it must be known: {one.type}", "is not known", one) for one in every_way(UNKNOWN)),
    ],
    "iam-policy-attachment-is-not-exclusive": [
        passes("an attachment of its principal", to_role(WORK)),
        fails("the type", "detaches the policy", component(EXCLUSIVE, "all", name="all", policyArn=WORK)),
        absent("even to nobody", "detaches the policy", component(EXCLUSIVE, "all", name="all")),
        unknown("whatever it attaches", "detaches the policy", component(EXCLUSIVE, "all", policyArn=UNKNOWN)),
    ],
    "iam-policy-is-managed-not-inline": [
        passes("on a role, by default", role(inlinePolicies=[{"name": "a", "policy": "{}"}])),
        fails("on a group", "to a group", component("aws:iam/groupPolicy:GroupPolicy", "inline", policy="{}")),
        fails("on a user", "to a user", component(OF_USER, "inline", policy="{}")),
        fails(
            "on a role where nobody may",
            "inlinePolicies gives an inline policy to a role",
            role(inlinePolicies=[{"name": "a", "policy": "{}"}]),
            options={"allowInlineOn": []},
        ),
        absent("none", None, role(), options={"allowInlineOn": []}),
        absent(
            "an empty exclusive list",
            None,
            component("aws:iam/rolePoliciesExclusive:RolePoliciesExclusive", "none", roleName="a", policyNames=[]),
            options={"allowInlineOn": []},
        ),
        unknown("it is there", "to a user", component(OF_USER, "inline", policy=UNKNOWN)),
    ],
    "iam-user-has-no-attached-policy": [
        passes("of roles alone", component(EXCLUSIVE, "all", roles=["a"], policyArn=WORK)),
        passes(
            "an empty exclusive list",
            component("aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive", "none", policyArns=[]),
        ),
        fails("inline", "belongs to one user", component(OF_USER, "inline", user="alice", policy="{}")),
        fails("attached", "belongs to one user", every_way(WORK)[1]),
        fails("in an exclusive list", "policyArns gives a policy", every_way(WORK)[5]),
        fails(
            "inline, in an exclusive list",
            "policyNames gives a policy",
            component("aws:iam/userPoliciesExclusive:UserPoliciesExclusive", "one", userName="a", policyNames=["b"]),
        ),
        fails("among others", "users gives a policy", component(EXCLUSIVE, "all", users=["alice"], policyArn=WORK)),
        absent("no users", None, component(EXCLUSIVE, "all", policyArn=WORK)),
        unknown("users that are not known", "users gives a policy", component(EXCLUSIVE, "all", users=UNKNOWN)),
    ],
}
