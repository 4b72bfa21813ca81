"""Cases of the rule about what the bastion may do."""

from __future__ import annotations

import json
from typing import Any

from tests.policy_pack.harness import (
    ABSENT,
    UNKNOWN,
    Case,
    PackResource,
    absent,
    component,
    fails,
    passes,
    taken,
    unknown,
)
from tests.policy_pack.machine_baselines import bastion_role, instance, launch_template, profile

ROLE, PROFILE, BASTION = bastion_role(), profile(), instance()
PLACE = (ROLE, PROFILE, BASTION)
MORE = "lets the machine do more"
CORE = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
CHANNELS = [
    "ssm:UpdateInstanceInformation",
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
]


def text(**changes: Any) -> str:
    """A document with the rights that Session Manager needs."""
    statement = {"Sid": "Serve", "Effect": "Allow", "Action": CHANNELS, "Resource": "*", **changes}
    cleared = {key: value for key, value in statement.items() if value is not None}
    return json.dumps({"Version": "2012-10-17", "Statement": [cleared]})


def inline(**changes: Any) -> PackResource:
    """The bastion's inline policy."""
    return component("aws:iam/rolePolicy:RolePolicy", "serve", role="ml-dev-bastion", policy=text(**changes))


def attached(arn: Any) -> PackResource:
    """A policy attached to the bastion's role."""
    kind = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
    return component(kind, "attached", role="ml-dev-bastion", policyArn=arn)


CASES: dict[str, list[Case]] = {
    "ec2-bastion-role-only-serves-session-manager": [
        passes("one inline policy", *PLACE, inline()),
        passes("letter case does not matter", *PLACE, inline(Action="SSM:updateinstanceinformation")),
        passes("a denial", *PLACE, inline(Effect="Deny", Action="*")),
        passes("known by URN", ROLE, taken(profile(role=UNKNOWN), role=ROLE), BASTION, inline()),
        passes(
            "by its template",
            ROLE,
            PROFILE,
            launch_template(),
            instance(iamInstanceProfile=ABSENT, launchTemplate={"name": "ml-dev-bastion"}),
            inline(),
        ),
        passes(
            "what another role may do",
            *PLACE,
            bastion_role("other", name="other"),
            component("aws:iam/rolePolicy:RolePolicy", "other-policy", role="other", policy=text(Action="s3:*")),
        ),
        passes(
            "a listed policy", *PLACE, attached(CORE), options={"allowedPolicies": ["AmazonSSMManagedInstanceCore"]}
        ),
        passes(
            "more, where the options say",
            *PLACE,
            inline(Action="ec2messages:GetMessages"),
            options={"allowedActions": ["ec2messages:GetMessages"]},
        ),
        passes("an exempt machine", instance(iamInstanceProfile=ABSENT), options={"exemptInstances": ["bastion"]}),
        fails(
            "a parameter", f"policy, statement Serve, {MORE}", *PLACE, inline(Action=[*CHANNELS, "ssm:GetParameter"])
        ),
        fails("a group of actions", MORE, *PLACE, inline(Action="ssmmessages:*")),
        fails("everything but some", MORE, *PLACE, inline(Action=None, NotAction="iam:*")),
        fails("by the template's profile", MORE, ROLE, PROFILE, launch_template(), inline(Action="s3:*")),
        fails(
            "inside the role",
            MORE,
            PROFILE,
            BASTION,
            bastion_role(inlinePolicies=[{"name": "more", "policy": text(Action="s3:*")}]),
        ),
        fails("the managed policy", "policyArn attaches a policy", *PLACE, attached(CORE)),
        fails(
            "a managed policy in the role",
            "managedPolicyArns[0] attaches",
            PROFILE,
            BASTION,
            bastion_role(managedPolicyArns=[CORE]),
        ),
        fails(
            "a list of policies",
            "policyArns[0] attaches",
            *PLACE,
            component(
                "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
                "all",
                roleName="ml-dev-bastion",
                policyArns=[CORE],
            ),
        ),
        fails(
            "a foreign profile",
            "names an instance profile that is not of this stack",
            instance(iamInstanceProfile="other"),
        ),
        fails("a foreign role", "names a role that is not of this stack", BASTION, profile(role="other")),
        absent("nobody reaches it", "it has no instance profile", instance(iamInstanceProfile=ABSENT)),
        absent("a role without rights", None, *PLACE),
        absent("a template without a profile", None, launch_template(iamInstanceProfile=ABSENT)),
        passes(
            "whom it trusts is no right of its own",
            PROFILE,
            BASTION,
            bastion_role(assumeRolePolicy=text(Action="sts:AssumeRole")),
        ),
        unknown(
            "which profile it is cannot be said",
            "iamInstanceProfile is not known",
            instance(iamInstanceProfile=UNKNOWN),
        ),
        unknown("what is attached is not listed", "policyArn attaches", *PLACE, attached(UNKNOWN)),
    ],
}
