"""The owner's tag: which types carry it, and reading it from a resource's own tags.

Default tags do not count. They arrive in ``tagsAll``; ownership must be said on the resource itself, so that a
forgotten tag never passes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reading import Reading, State

if TYPE_CHECKING:
    from resources import Resource

KEY = "user"
PLATFORM = "platform"

# Federated people's roles, which `iam-federated-person-is-bound` judges instead of the rules for tenants' workloads.
PEOPLE_PATH = "/people/"

# Roles that deploy a tenant's models: people take them on, and `iam-deployment-role-is-bound` judges whom they trust.
DEPLOYMENT_PATH = "/deployment/"

# Roles that call a tenant's endpoints: roles of the account take them on, and `iam-invoking-role-is-bound` says which.
INVOKERS_PATH = "/invokers/"

OWNED_TYPES: tuple[str, ...] = (
    "aws:sagemaker/algorithm:Algorithm",
    "aws:sagemaker/app:App",
    "aws:sagemaker/appImageConfig:AppImageConfig",
    "aws:sagemaker/codeRepository:CodeRepository",
    "aws:sagemaker/dataQualityJobDefinition:DataQualityJobDefinition",
    "aws:sagemaker/deviceFleet:DeviceFleet",
    "aws:sagemaker/domain:Domain",
    "aws:sagemaker/endpoint:Endpoint",
    "aws:sagemaker/endpointConfiguration:EndpointConfiguration",
    "aws:sagemaker/featureGroup:FeatureGroup",
    "aws:sagemaker/flowDefinition:FlowDefinition",
    "aws:sagemaker/hub:Hub",
    "aws:sagemaker/hubContentReference:HubContentReference",
    "aws:sagemaker/humanTaskUI:HumanTaskUI",
    "aws:sagemaker/hyperParameterTuningJob:HyperParameterTuningJob",
    "aws:sagemaker/image:Image",
    "aws:sagemaker/labelingJob:LabelingJob",
    "aws:sagemaker/mlflowApp:MlflowApp",
    "aws:sagemaker/mlflowTrackingServer:MlflowTrackingServer",
    "aws:sagemaker/model:Model",
    "aws:sagemaker/modelCard:ModelCard",
    "aws:sagemaker/modelPackageGroup:ModelPackageGroup",
    "aws:sagemaker/monitoringSchedule:MonitoringSchedule",
    "aws:sagemaker/notebookInstance:NotebookInstance",
    "aws:sagemaker/notebookInstanceLifecycleConfiguration:NotebookInstanceLifecycleConfiguration",
    "aws:sagemaker/pipeline:Pipeline",
    "aws:sagemaker/project:Project",
    "aws:sagemaker/space:Space",
    "aws:sagemaker/studioLifecycleConfig:StudioLifecycleConfig",
    "aws:sagemaker/trainingJob:TrainingJob",
    "aws:sagemaker/userProfile:UserProfile",
    "aws:sagemaker/workteam:Workteam",
    "aws:iam/role:Role",
    "aws:iam/user:User",
    "aws:iam/policy:Policy",
    "aws:iam/instanceProfile:InstanceProfile",
    "aws:iam/samlProvider:SamlProvider",
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
    "aws:iam/serverCertificate:ServerCertificate",
    "aws:iam/serviceLinkedRole:ServiceLinkedRole",
    "aws:iam/virtualMfaDevice:VirtualMfaDevice",
    "aws:s3/bucket:Bucket",
    "aws:s3/bucketV2:BucketV2",
    "aws:s3/accessPoint:AccessPoint",
    "aws:fsx/ontapStorageVirtualMachine:OntapStorageVirtualMachine",
    "aws:fsx/ontapVolume:OntapVolume",
    "aws:efs/accessPoint:AccessPoint",
    "aws:athena/workgroup:Workgroup",
    "aws:ecr/repository:Repository",
    "aws:codecommit/repository:Repository",
    "aws:secretsmanager/secret:Secret",
    "aws:kms/key:Key",
    "aws:budgets/budget:Budget",
    "aws:budgets/budgetAction:BudgetAction",
    "aws:cloudtrail/trail:Trail",
    "aws:accessanalyzer/analyzer:Analyzer",
    "aws:cfg/rule:Rule",
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
    "aws:kms/replicaKey:ReplicaKey",
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
    "aws:lb/loadBalancer:LoadBalancer",
    "aws:alb/loadBalancer:LoadBalancer",
)
"""Taggable types; each of their resources names its owner."""


@dataclass(frozen=True)
class OwnTags:
    """A resource's own tags: their keys, None where even those are not known."""

    reading: Reading
    keys: tuple[str, ...] | None

    def value(self, key: str) -> Reading:
        """Return the reading of one tag; the others may be unknown."""
        where = f"tags.{key}"
        if self.keys is None:
            return Reading("tags", "tags", State.UNKNOWN)
        found = self.reading.value.get(key) if key in self.keys else None
        if found is None or isinstance(found, str):
            return Reading("tags", where, State.ABSENT if not (found or "").strip() else State.PRESENT, found)
        return Reading("tags", where, State.UNKNOWN)


def own_tags(resource: Resource) -> OwnTags:
    """Return the tags that a resource itself carries."""
    found = resource.read("tags")
    if isinstance(found.value, dict):
        return OwnTags(found, tuple(found.value))
    if found.absent:
        return OwnTags(Reading("tags", "tags", State.ABSENT, {}), ())
    return OwnTags(found, None)


def tenant_of(resource: Resource, key: str = KEY) -> str | None:
    """Return the tenant that owns a resource by its own tag; None for shared ones and where that is not known."""
    found = own_tags(resource).value(key)
    return str(found.value) if found.present and found.value != PLATFORM else None


def is_tenants_role(role: Resource, prefix: str) -> bool:
    """Return whether a role is a tenant's: its path begins with the tenants' prefix, or its tag names a tenant."""
    path = role.read("path").value
    return tenant_of(role) is not None or (isinstance(path, str) and path.lower().startswith(prefix.lower()))


def is_persons_role(role: Resource) -> bool:
    """Return whether a role lies where federated people's roles do; an unknown path does not."""
    path = role.read("path").value
    return isinstance(path, str) and path.startswith(PEOPLE_PATH)


def is_invoking_role(role: Resource) -> bool:
    """Return whether a role lies where those that call a tenant's endpoints do; an unknown path does not."""
    path = role.read("path").value
    return isinstance(path, str) and path.startswith(INVOKERS_PATH)


def is_deployment_role(role: Resource) -> bool:
    """Return whether a role lies where those that deploy a tenant's models do; an unknown path does not."""
    path = role.read("path").value
    return isinstance(path, str) and path.startswith(DEPLOYMENT_PATH)
