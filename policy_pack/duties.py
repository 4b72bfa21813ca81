"""What those who run the platform do, by group: each action where it is done, as a liveness claim has to find allowed.

Stated a second time, from what docs/access.md promises to each group; never read from the policies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import stack_config
from examples import through

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies

Duties = dict[str, tuple[str, ...]]
"""Resource -> actions there."""

KINDS_OF_WORK = {
    "notebook-instance": ("NotebookInstance", "Describe Stop Delete"),
    "training-job": ("TrainingJob", "Describe Stop Delete"),
    "hyper-parameter-tuning-job": ("HyperParameterTuningJob", "Describe Stop Delete"),
    "processing-job": ("ProcessingJob", "Describe Stop Delete"),
    "transform-job": ("TransformJob", "Describe Stop"),
    "model": ("Model", "Describe Delete"),
    "model-package": ("ModelPackage", "Describe Delete"),
    "model-package-group": ("ModelPackageGroup", "Describe Delete"),
    "endpoint-config": ("EndpointConfig", "Describe Delete"),
    "endpoint": ("Endpoint", "Describe Delete"),
}
LISTS_OF_WORK = (
    "NotebookInstances TrainingJobs HyperParameterTuningJobs ProcessingJobs TransformJobs Models ModelPackageGroups"
    " EndpointConfigs Endpoints"
)
NETWORK = (
    "Vpcs Subnets RouteTables SecurityGroups SecurityGroupRules NetworkAcls NetworkInterfaces VpcEndpoints Instances"
    " InstanceStatus FlowLogs"
)
IDENTITIES = ("iam:ListUsers", "iam:ListGroups", "iam:ListRoles", "iam:ListPolicies")
KEYS_OF_PEOPLE = ("iam:ListAccessKeys", "iam:GetAccessKeyLastUsed", "iam:UpdateAccessKey", "iam:DeleteAccessKey")
RECORDS = {
    "cloudtrail": "LookupEvents DescribeTrails ListTrails",
    "access-analyzer": "ListAnalyzers",
    "config": "DescribeConfigRules DescribeConfigRuleEvaluationStatus DescribeComplianceByConfigRule"
    " GetComplianceSummaryByConfigRule GetDiscoveredResourceCounts ListDiscoveredResources GetResourceConfigHistory"
    " DescribeDeliveryChannels DescribeDeliveryChannelStatus DescribeConformancePacks DescribeConformancePackStatus",
    "logs": "DescribeLogGroups",
    "iam": "GetAccountAuthorizationDetails GetAccountPasswordPolicy GetAccountSummary GenerateCredentialReport"
    " GetCredentialReport GetServiceLastAccessedDetails ListUsers ListGroups ListRoles ListPolicies"
    " ListVirtualMFADevices ListSAMLProviders ListOpenIDConnectProviders",
}
RECORDS_BY_NAME = {
    ("cloudtrail", "trail/x"): "GetTrail GetTrailStatus GetEventSelectors GetInsightSelectors",
    ("access-analyzer", "analyzer/x"): "GetAnalyzer ListFindings",
    ("config", "config-rule/x"): "GetComplianceDetailsByConfigRule",
    ("config", "configuration-recorder/x"): "DescribeConfigurationRecorders",
    ("config", "conformance-pack/x"): "DescribeConformancePackCompliance GetConformancePackComplianceDetails",
}
GROUPS_OF_TENANTS = ("engineers", "data-scientists", "mlops")


def of_administrators(stack: StackPolicies) -> Iterator[Duties]:
    """Yield looking at the account and at work, cleaning up after tenants, and keeping an eye on people's keys."""
    listed = (*_of("ec2", NETWORK, "Describe"), *_of("sagemaker", LISTS_OF_WORK, "List"), *IDENTITIES)
    alone = ("iam:GetAccountSummary", "logs:DescribeLogGroups", "cloudwatch:GetMetricData", "cloudwatch:ListMetrics")
    yield {"*": (*listed, *alone, "cloudtrail:LookupEvents", "kms:ListAliases", "s3:ListAllMyBuckets")}
    for kind, (name, verbs) in KINDS_OF_WORK.items():
        yield {stack.arn("sagemaker", f"{kind}/x"): tuple(f"sagemaker:{verb}{name}" for verb in verbs.split())}
    yield {stack.arn("sagemaker", "model/x"): ("sagemaker:ListTags",)}
    if through(stack, "logs"):  # the one way to tenants' logs
        yield {stack.arn("logs", "log-group:/aws/sagemaker/TrainingJobs"): ("logs:DeleteLogGroup",)}
    person, group = (_iam(stack, f"{kind}/{stack_config.name_prefix()}-x") for kind in ("user", "group"))
    yield {person: KEYS_OF_PEOPLE, group: ("iam:RemoveUserFromGroup",), **_looked_at(stack)}


def of_auditors(stack: StackPolicies) -> Iterator[Duties]:
    """Yield reading who may do what and what the records of the account say."""
    yield {"*": tuple(action for service, names in RECORDS.items() for action in _of(service, names))}
    for (service, resource), names in RECORDS_BY_NAME.items():
        yield {stack.arn(service, resource): _of(service, names)}
    yield _looked_at(stack)


def of_delegates(stack: StackPolicies) -> Iterator[Duties]:
    """Yield filling the groups of tenants and looking at identities."""
    for group in GROUPS_OF_TENANTS:
        named = _iam(stack, f"group/{stack_config.name_prefix()}-{group}")
        yield {named: ("iam:AddUserToGroup", "iam:RemoveUserFromGroup")}
    yield {"*": IDENTITIES, **_looked_at(stack)}


def of_emergencies(stack: StackPolicies) -> Iterator[Duties]:
    """Yield the repairs that the emergency role is there for."""
    role, data = _iam(stack, "role/x"), stack.arn("kms", "key/x")
    changes = "AttachRolePolicy EnableMFADevice GetRole ListRolePolicies RemoveRoleFromInstanceProfile DetachRolePolicy"
    yield {role: _of("iam", f"{changes} SetDefaultPolicyVersion TagRole UpdateRole")}
    yield {data: _of("kms", "DescribeKey GetKeyPolicy PutKeyPolicy EnableKey CancelKeyDeletion")}
    yield {"*": ("kms:ListAliases", "s3:ListAllMyBuckets", "s3:GetLifecycleConfiguration", "sts:GetCallerIdentity")}
    for kind, (name, verbs) in KINDS_OF_WORK.items():
        yield {stack.arn("sagemaker", f"{kind}/x"): tuple(f"sagemaker:{verb}{name}" for verb in verbs.split())}
    yield {"*": _of("sagemaker", LISTS_OF_WORK, "List")}
    yield {"*": ("logs:DescribeLogGroups", "cloudwatch:PutMetricAlarm", "config:StartConfigurationRecorder")}
    yield {stack.arn("events", "rule/x"): ("events:EnableRule",)}
    yield {"*": _of("ssm", "DescribeInstanceInformation ListDocuments GetCommandInvocation CancelCommand")}
    yield {stack.arn("ec2", "instance/i-1"): _of("ssm", "StartSession SendCommand")}
    yield {stack.arn("ssm", "session/x"): _of("ssm", "ResumeSession TerminateSession")}


def _looked_at(stack: StackPolicies) -> Duties:
    return {
        _iam(stack, f"user/people/{stack_config.name_prefix()}-ann"): ("iam:GetUser", "iam:ListAttachedUserPolicies"),
        _iam(stack, "policy/x"): ("iam:GetPolicyVersion", "iam:ListPolicyVersions"),
    }


def _of(service: str, names: str, verb: str = "") -> tuple[str, ...]:
    return tuple(f"{service}:{verb}{name}" for name in names.split())


def _iam(stack: StackPolicies, resource: str) -> str:
    return f"arn:{stack.partition}:iam::{stack.account}:{resource}"
