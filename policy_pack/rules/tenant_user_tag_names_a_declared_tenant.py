"""A misspelled owner is nobody: conditions never hold for the person who is meant, and may hold for one added later.

The tenants are those of the policy config, else of the stack file; they never grow by what is found in tags. The
platform owns only the listed kinds of shared resource.

Source: IAM User Guide, "Controlling access to AWS resources using tags".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import stack_config
from rule import Kind, Rule, Severity, Undecided, Violation, text, texts
from tags import OWNED_TYPES, own_tags

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


def validate(resource: Resource, options: Options) -> Findings:
    """Yield a finding unless the owner is a declared tenant, or the platform where it may be; absence passes here."""
    key = options["tagKey"]
    found = own_tags(resource).value(key)
    if found.unknown:
        yield Undecided(found)
        return
    if found.absent:
        return
    if found.value == options["platformOwner"]:
        if resource.type not in options.texts("platformTypes"):
            yield Violation(f"tags.{key} is {found.value}, which may not own a resource of the type {resource.type}")
        return
    declared = stack_config.tenants(options.texts("tenants"))
    if declared.problem:
        yield Violation(f"tags.{key} cannot be judged, as no tenant is declared: {declared.problem}")
    elif found.value not in declared:
        yield Violation(f"tags.{key} names no declared tenant; declared are {', '.join(declared.names) or 'none'}")


RULE = Rule(
    id="tenant-user-tag-names-a-declared-tenant",
    title="The tag user names a declared tenant",
    kind=Kind.RESOURCE,
    types=OWNED_TYPES,
    paths=("tags",),
    severity=Severity.CRITICAL,
    remediation="Use the name of a declared tenant, or declare the tenant.",
    url="https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AddTags.html",
    options={
        "tagKey": text("user"),
        "tenants": texts(),
        "platformOwner": text("platform"),
        "platformTypes": texts(
            "aws:sagemaker/domain:Domain",
            "aws:sagemaker/image:Image",
            "aws:sagemaker/appImageConfig:AppImageConfig",
            "aws:sagemaker/notebookInstanceLifecycleConfiguration:NotebookInstanceLifecycleConfiguration",
            "aws:sagemaker/studioLifecycleConfig:StudioLifecycleConfig",
            "aws:s3/bucket:Bucket",
            "aws:kms/key:Key",
            "aws:iam/role:Role",
            "aws:iam/user:User",
            "aws:iam/policy:Policy",
            "aws:iam/instanceProfile:InstanceProfile",
            "aws:iam/samlProvider:SamlProvider",
            "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
            "aws:iam/serviceLinkedRole:ServiceLinkedRole",
            "aws:ec2/vpc:Vpc",
            "aws:ec2/subnet:Subnet",
            "aws:ec2/routeTable:RouteTable",
            "aws:ec2/securityGroup:SecurityGroup",
            "aws:ec2/vpcEndpoint:VpcEndpoint",
            "aws:ec2/networkAcl:NetworkAcl",
            "aws:ec2/instance:Instance",
            "aws:ec2/launchTemplate:LaunchTemplate",
            "aws:ec2/flowLog:FlowLog",
            "aws:cloudwatch/logGroup:LogGroup",
            "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
            "aws:ec2/defaultRouteTable:DefaultRouteTable",
            "aws:ec2/managedPrefixList:ManagedPrefixList",
            "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
            "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
            "aws:ec2/defaultSubnet:DefaultSubnet",
            "aws:organizations/policy:Policy",
            "aws:s3/bucketObject:BucketObject",
            "aws:s3/bucketObjectv2:BucketObjectv2",
            "aws:s3/objectCopy:ObjectCopy",
            "aws:sns/topic:Topic",
            "aws:cloudwatch/eventRule:EventRule",
            "aws:sqs/queue:Queue",
            "aws:cloudwatch/logDestination:LogDestination",
            "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
            "aws:ebs/volume:Volume",
            "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
            "aws:ec2/keyPair:KeyPair",
            "aws:ec2/vpcDhcpOptions:VpcDhcpOptions",
            "aws:route53/resolverEndpoint:ResolverEndpoint",
            "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList",
            "aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup",
            "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation",
            "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig",
            "aws:route53/resolverRule:ResolverRule",
            "aws:ssm/document:Document",
            "aws:cloudtrail/trail:Trail",
            "aws:accessanalyzer/analyzer:Analyzer",
            "aws:budgets/budget:Budget",
            "aws:budgets/budgetAction:BudgetAction",
        ),
    },
    seed=("S4",),
    mirrored_by=(
        "IAM deny",
        "runtime audit",
    ),
    validate=validate,
)
