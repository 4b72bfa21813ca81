"""What breaks each safety claim: the guard that it rests on, taken away from the policies of the stack."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from resources import Resource, Stack

from tests.policy_pack.edited_policies import (
    ANYBODY_BECOMES,
    allowing,
    edited,
    people_may,
    unconditioned,
    without,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from environment import StackPolicies


def widened(stack: StackPolicies, *actions: str) -> StackPolicies:
    """Return the stack with actions allowed to every tenant on everything, by the boundary and by a grant."""
    for name in ("tenants-boundary", "tenants-data"):
        stack = edited(stack, name, allowing(*actions))
    return stack


def unguarded(stack: StackPolicies, *names: str) -> StackPolicies:
    """Return the stack in which policies deny nothing: each keeps its place and loses its statements."""
    for name in names:
        stack = edited(stack, name, lambda _: [{"Effect": "Allow", "Action": "sts:GetCallerIdentity", "Resource": "*"}])
    return stack


def trusting_everybody(stack: StackPolicies) -> StackPolicies:
    name = "tenant-bob-job-role.assumeRolePolicy"
    anybody = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}
    return edited(widened(stack, "sts:*"), name, lambda statements: [*statements, anybody])


ANYBODY_USES = {"Effect": "Allow", "Principal": "*", "Action": "kms:Decrypt", "Resource": "*"}


def joined(stack: Stack) -> Stack:
    """Return the resources with one more: alice's group admits everybody inside the network."""
    group = next(
        one for one in stack.of_type("aws:ec2/securityGroup:SecurityGroup") if one.name == "tenant-alice-group"
    )
    rule = Resource(
        urn=f"{group.urn}-open",
        type="aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        name="open",
        props={"cidrIpv4": "10.0.0.0/16", "ipProtocol": "-1"},
        property_dependencies={"securityGroupId": (group.urn,)},
    )
    return Stack([*stack.resources, rule])


def unconditional(statements: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the statements of a policy without their conditions."""
    return [{name: part for name, part in one.items() if name != "Condition"} for one in statements]


DENY_INVOKE = {"Effect": "Deny", "Action": "sagemaker:InvokeEndpoint", "Resource": "*"}
GUARDS = ("tenants-network", "tenants-surface", "tenants-tenancy", "tenants-egress", "tenants-perimeter")
BREAKS: dict[str, Callable[[StackPolicies], StackPolicies]] = {
    "no-tenant-touches-others-objects": lambda stack: edited(
        widened(stack, "s3:GetObject"), "results-policy", without("OwnPrefixOnly")
    ),
    "no-tenant-lists-others-objects": lambda stack: edited(
        widened(stack, "s3:ListBucket"), "results-policy", without("ListOwnPrefixOnly")
    ),
    "raw-data-is-read-only": lambda stack: edited(
        widened(stack, "s3:PutObject"), "raw-policy", without("RawDataIsReadOnly")
    ),
    "no-tenant-uses-foreign-keys": lambda stack: widened(unguarded(stack, "tenants-egress"), "kms:Decrypt"),
    "own-keys-serve-their-owner": lambda stack: widened(unguarded(stack, "tenants-egress"), "kms:Decrypt"),
    "nothing-leaves-the-account": lambda stack: widened(unguarded(stack, "tenants-egress"), "s3:PutObject"),
    "compute-stays-in-the-network": lambda stack: edited(stack, "tenants-network", without("NoVpc")),
    "no-direct-internet": lambda stack: edited(stack, "tenants-network", without("NotebookDirectInternet")),
    "isolation-stays-on": lambda stack: edited(stack, "tenants-network", without("NoIsolation")),
    "no-compute-out-of-sight": lambda stack: widened(
        unguarded(stack, "tenants-surface"), "sagemaker:CreateAutoMLJob", "sagemaker:CreateApp"
    ),
    "no-foreign-file-system": lambda stack: edited(stack, "tenants-surface", without("NoForeignFileSystem")),
    "no-tenant-touches-others-work": lambda stack: widened(unguarded(stack, *GUARDS), "sagemaker:DescribeModel"),
    "only-through-the-endpoints": lambda stack: unguarded(stack, "tenants-perimeter"),
    "no-url-of-anothers-notebook": lambda stack: widened(
        unguarded(stack, *GUARDS), "sagemaker:CreatePresignedNotebookInstanceUrl"
    ),
    "own-roles-to-sagemaker-only": lambda stack: widened(
        edited(stack, "tenants-egress", without("PassOnlyOwnRole")), "iam:PassRole"
    ),
    "owner-tag-is-frozen": lambda stack: edited(stack, "tenants-tenancy", without("UserTagIsFrozen")),
    "no-tenant-changes-policies": lambda stack: edited(
        widened(unguarded(stack, *GUARDS), "s3:PutBucketPolicy"), "results-policy", without("OnlyDeployerManages")
    ),
    "no-new-way-out": lambda stack: widened(unguarded(stack, "tenants-egress"), "ec2:CreateVpcEndpoint"),
    "no-tenant-becomes-somebody-else": trusting_everybody,
    "deployer-reads-no-data": lambda stack: edited(
        stack, "raw-policy", without("DeployerReadsNoObject", "OnlyViaS3Endpoint")
    ),
    "no-group-admits-another-tenant": lambda stack: replace(stack, stack=joined(stack.stack)),
    "people-need-a-second-factor": lambda stack: people_may(stack, "s3:ListAllMyBuckets"),
    "people-hold-no-git-credentials": lambda stack: people_may(stack, "iam:CreateServiceSpecificCredential"),
    "people-work-through-the-endpoints": lambda stack: people_may(stack, "sagemaker:ListModels"),
    "the-platform-reads-no-data": lambda stack: edited(
        people_may(stack, "kms:Decrypt"), "data-key", lambda statements: [*statements, ANYBODY_USES]
    ),
    "administrators-open-nothing": lambda stack: people_may(stack, "ec2:CreateInternetGateway"),
    "boundaries-stay": lambda stack: people_may(stack, "iam:DeleteUserPermissionsBoundary"),
    "emergencies-need-a-second-factor": lambda stack: edited(
        stack, "break-glass-role.assumeRolePolicy", lambda statements: [*statements, ANYBODY_BECOMES]
    ),
    "budgets-only-take-away": lambda stack: edited(stack, "budget-stop-role-policy", unconditioned),
    "authors-approve-nothing": lambda stack: people_may(stack, "sagemaker:UpdateModelPackage"),
    "deployments-have-named-people": lambda stack: edited(
        stack, "deployment-alice-role.assumeRolePolicy", lambda statements: [*statements, ANYBODY_BECOMES]
    ),
    "only-the-deployment-role-deploys": lambda stack: edited(
        stack, "tenants-stage", without("OnlyTheDeploymentRoleDeploys")
    ),
    "buckets-hold-by-themselves": lambda stack: edited(stack, "results-policy", without("OwnPrefixOnly")),
    "delegates-take-in-tenants-only": lambda stack: people_may(stack, "iam:CreateUser"),
    "emergencies-leave-a-trace": lambda stack: edited(stack, "break-glass-policy", without("RecordsStay")),
    "endpoints-carry-only-our-own": lambda stack: edited(
        stack, "endpoints-s3", lambda _: [{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}]
    ),
    "hosts-are-as-listed": lambda stack: edited(stack, "tenants-network", without("RemoteDebug")),
    "keys-hold-by-themselves": lambda stack: edited(stack, "data-key", unconditional),
    "no-tenant-deploys-anothers-model": lambda stack: edited(stack, "tenants-network", without("OnlyOwnModel")),
    "platform-roles-keep-to-their-task": lambda stack: edited(
        stack, "network-logs-role-policy", allowing("iam:DeleteRolePermissionsBoundary")
    ),
    "people-keep-to-their-own-sessions": lambda stack: people_may(stack, "ssm:ResumeSession"),
    "services-act-for-this-account": lambda stack: edited(stack, "logs-key", unconditional),
    "the-bastion-serves-from-inside": lambda stack: edited(stack, "bastion-role-grants", without("OnlyFromTheNetwork")),
    "invokers-call-what-is-listed": lambda stack: edited(
        stack, "invoker-shop-policy", lambda every: [{**one, "Resource": "*"} for one in every]
    ),
    "strangers-reach-nothing-unlisted": lambda stack: edited(
        stack, "shared-policy", lambda _: [{**ANYBODY_USES, "Action": "s3:GetObject"}]
    ),
}


# Claims that speak of stacks whose models need approval, or whose endpoints somebody calls from beside.
OF_PROD = ("deployments-have-named-people", "only-the-deployment-role-deploys", "invokers-call-what-is-listed")
