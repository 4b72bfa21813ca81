"""One compliant resource of each type; a case changes exactly one thing in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.policy_pack.harness import UNKNOWN, given

if TYPE_CHECKING:
    from preview.pack_messages import PackResource

TAGS = {"Name": "shared", "user": "platform"}
ALICE = {"Name": "alice--ml-dev-notebook", "user": "alice"}
CLOSED = {"subnets": [UNKNOWN, UNKNOWN], "securityGroupIds": [UNKNOWN]}


def notebook(logical: str = "alice-notebook", /, **changes: Any) -> PackResource:
    """Alice's notebook in the platform's network."""
    baseline = {
        "name": "alice--ml-dev-notebook",
        "instanceType": "ml.t3.medium",
        "roleArn": UNKNOWN,
        "subnetId": UNKNOWN,
        "securityGroups": [UNKNOWN, UNKNOWN],
        "directInternetAccess": "Disabled",
        "rootAccess": "Disabled",
        "instanceMetadataServiceConfiguration": {"minimumInstanceMetadataServiceVersion": "2"},
        "kmsKeyId": UNKNOWN,
        "platformIdentifier": "notebook-al2023-v1",
        "lifecycleConfigName": "ml-dev-notebook",
        "tags": ALICE,
    }
    return given("aws:sagemaker/notebookInstance:NotebookInstance", logical, baseline, changes)


def model(logical: str = "alice-model", /, **changes: Any) -> PackResource:
    """Alice's model in the platform's network."""
    baseline = {
        "name": "alice--model",
        "executionRoleArn": UNKNOWN,
        "vpcConfig": CLOSED,
        "enableNetworkIsolation": True,
        "tags": ALICE,
    }
    return given("aws:sagemaker/model:Model", logical, baseline, changes)


def training_job(logical: str = "alice-training", /, **changes: Any) -> PackResource:
    """Alice's training job in the platform's network."""
    baseline = {"trainingJobName": "alice--training", "vpcConfig": CLOSED, "tags": ALICE}
    return given("aws:sagemaker/trainingJob:TrainingJob", logical, baseline, changes)


def tuning_job(logical: str = "alice-tuning", /, **changes: Any) -> PackResource:
    """Alice's tuning job with two definitions in the platform's network."""
    definitions = [{"definitionName": "a", "vpcConfig": CLOSED}, {"definitionName": "b", "vpcConfig": CLOSED}]
    baseline = {"trainingJobDefinitions": definitions, "tags": ALICE}
    return given("aws:sagemaker/hyperParameterTuningJob:HyperParameterTuningJob", logical, baseline, changes)


def monitoring_schedule(logical: str = "alice-schedule", /, **changes: Any) -> PackResource:
    """Alice's monitoring schedule, its job in the platform's network."""
    job = {"networkConfig": {"vpcConfig": CLOSED}}
    baseline = {"monitoringScheduleConfig": {"monitoringJobDefinition": job}, "tags": ALICE}
    return given("aws:sagemaker/monitoringSchedule:MonitoringSchedule", logical, baseline, changes)


def domain(logical: str = "studio", /, **changes: Any) -> PackResource:
    """The Studio domain inside the network."""
    baseline = {
        "domainName": "ml-dev",
        "authMode": "IAM",
        "appNetworkAccessType": "VpcOnly",
        "defaultUserSettings": {"executionRole": UNKNOWN},
        "subnetIds": [UNKNOWN],
        "vpcId": UNKNOWN,
        "tags": TAGS,
    }
    return given("aws:sagemaker/domain:Domain", logical, baseline, changes)


def profile(logical: str = "alice-profile", /, **changes: Any) -> PackResource:
    """Alice's profile in the domain."""
    baseline = {
        "domainId": UNKNOWN,
        "userProfileName": logical,
        "userSettings": {"executionRole": UNKNOWN},
        "tags": {"user": "alice"},
    }
    return given("aws:sagemaker/userProfile:UserProfile", logical, baseline, changes)


def role(logical: str = "alice-notebook-role", /, **changes: Any) -> PackResource:
    """Alice's notebook role."""
    baseline = {
        "name": "ml-dev-alice-notebook",
        "path": "/tenants/alice/",
        "permissionsBoundary": "arn:aws:iam::111122223333:policy/ml-dev-tenant-boundary",
        "tags": {"user": "alice", "security-group": UNKNOWN},
    }
    return given("aws:iam/role:Role", logical, baseline, changes)


def policy(logical: str = "boundary", /, **changes: Any) -> PackResource:
    """The tenants' boundary."""
    baseline = {"name": "ml-dev-tenant-boundary", "path": "/", "policy": "{}", "tags": TAGS}
    return given("aws:iam/policy:Policy", logical, baseline, changes)


def lifecycle(logical: str = "lifecycle", /, **changes: Any) -> PackResource:
    """The platform's lifecycle configuration."""
    baseline = {"name": "ml-dev-notebook", "onStart": "IyEvYmluL2Jhc2g=", "tags": TAGS}
    kind = "aws:sagemaker/notebookInstanceLifecycleConfiguration:NotebookInstanceLifecycleConfiguration"
    return given(kind, logical, baseline, changes)


def vpc(logical: str = "network", /, **changes: Any) -> PackResource:
    """The network with DNS on."""
    baseline = {"cidrBlock": "10.0.0.0/16", "enableDnsSupport": True, "enableDnsHostnames": True, "tags": TAGS}
    return given("aws:ec2/vpc:Vpc", logical, baseline, changes)


def subnet(logical: str = "subnet", /, **changes: Any) -> PackResource:
    """A private subnet."""
    baseline = {
        "vpcId": UNKNOWN,
        "cidrBlock": "10.0.0.0/24",
        "mapPublicIpOnLaunch": False,
        "assignIpv6AddressOnCreation": False,
        "tags": TAGS,
    }
    return given("aws:ec2/subnet:Subnet", logical, baseline, changes)


def route_table(logical: str = "routes", /, **changes: Any) -> PackResource:
    """A route table without routes."""
    return given("aws:ec2/routeTable:RouteTable", logical, {"vpcId": UNKNOWN, "tags": TAGS}, changes)


def route(logical: str = "route", /, **changes: Any) -> PackResource:
    """A route to a range inside."""
    baseline = {"routeTableId": UNKNOWN, "destinationCidrBlock": "10.1.0.0/16"}
    return given("aws:ec2/route:Route", logical, baseline, changes)


def group(logical: str = "workload", /, **changes: Any) -> PackResource:
    """A security group without inline rules."""
    baseline = {"vpcId": UNKNOWN, "description": "workloads", "tags": TAGS}
    return given("aws:ec2/securityGroup:SecurityGroup", logical, baseline, changes)


def default_group(logical: str = "default-group", /, **changes: Any) -> PackResource:
    """The adopted default group without rules."""
    baseline = {"vpcId": UNKNOWN, "tags": TAGS}
    return given("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", logical, baseline, changes)


def ingress_rule(logical: str = "https", /, **changes: Any) -> PackResource:
    """A rule of its own that admits HTTPS from a group."""
    baseline = {
        "securityGroupId": UNKNOWN,
        "referencedSecurityGroupId": UNKNOWN,
        "ipProtocol": "tcp",
        "fromPort": 443,
        "toPort": 443,
        "tags": TAGS,
    }
    return given("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", logical, baseline, changes)


def old_rule(logical: str = "old-rule", /, **changes: Any) -> PackResource:
    """A rule of the older type that admits HTTPS from a group."""
    baseline = {
        "securityGroupId": UNKNOWN,
        "sourceSecurityGroupId": UNKNOWN,
        "type": "ingress",
        "protocol": "tcp",
        "fromPort": 443,
        "toPort": 443,
    }
    return given("aws:ec2/securityGroupRule:SecurityGroupRule", logical, baseline, changes)


def prefix_list(logical: str = "inside", /, **changes: Any) -> PackResource:
    """A prefix list of inside ranges."""
    baseline = {"name": "inside", "addressFamily": "IPv4", "maxEntries": 1, "entries": [{"cidr": "10.0.0.0/16"}]}
    return given("aws:ec2/managedPrefixList:ManagedPrefixList", logical, baseline, changes)


def endpoint(logical: str = "endpoint-sts", /, **changes: Any) -> PackResource:
    """An interface endpoint with a policy and its own group."""
    baseline = {
        "vpcId": UNKNOWN,
        "serviceName": "com.amazonaws.ap-northeast-1.sts",
        "vpcEndpointType": "Interface",
        "privateDnsEnabled": True,
        "policy": UNKNOWN,
        "securityGroupIds": [UNKNOWN],
        "subnetIds": [UNKNOWN, UNKNOWN],
        "tags": TAGS,
    }
    return given("aws:ec2/vpcEndpoint:VpcEndpoint", logical, baseline, changes)


def bucket(logical: str = "raw", /, **changes: Any) -> PackResource:
    """The raw bucket."""
    baseline = {"bucket": f"ml-dev-{logical}-7f3a", "forceDestroy": False, "tags": TAGS}
    return given("aws:s3/bucket:Bucket", logical, baseline, changes)


def access_block(logical: str = "raw-access-block", /, **changes: Any) -> PackResource:
    """All four flags."""
    flags = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
    baseline = {"bucket": UNKNOWN, **dict.fromkeys(flags, True)}
    return given("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", logical, baseline, changes)


def encryption(logical: str = "raw-encryption", /, **changes: Any) -> PackResource:
    """Encryption with a key of ours."""
    by_default = {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": UNKNOWN}
    baseline = {"bucket": UNKNOWN, "rules": [{"applyServerSideEncryptionByDefault": by_default}]}
    kind = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
    return given(kind, logical, baseline, changes)


def versioning(logical: str = "raw-versioning", /, **changes: Any) -> PackResource:
    """Versions are kept."""
    baseline = {"bucket": UNKNOWN, "versioningConfiguration": {"status": "Enabled"}}
    return given("aws:s3/bucketVersioning:BucketVersioning", logical, baseline, changes)


def ownership(logical: str = "raw-ownership", /, **changes: Any) -> PackResource:
    """The bucket's owner owns everything."""
    baseline = {"bucket": UNKNOWN, "rule": {"objectOwnership": "BucketOwnerEnforced"}}
    return given("aws:s3/bucketOwnershipControls:BucketOwnershipControls", logical, baseline, changes)


def bucket_policy(logical: str = "raw-policy", /, **changes: Any) -> PackResource:
    """A policy of the bucket."""
    baseline = {"bucket": UNKNOWN, "policy": UNKNOWN}
    return given("aws:s3/bucketPolicy:BucketPolicy", logical, baseline, changes)


def key(logical: str = "data-key", /, **changes: Any) -> PackResource:
    """A rotating key."""
    baseline = {"enableKeyRotation": True, "policy": "{}", "tags": TAGS}
    return given("aws:kms/key:Key", logical, baseline, changes)


def provider(logical: str = "aws", /, **changes: Any) -> PackResource:
    """The one explicit provider; structured settings are JSON text."""
    baseline = {
        "region": "ap-northeast-1",
        "allowedAccountIds": '["111122223333"]',
        "defaultTags": '{"tags": {"environment": "dev", "project": "closed-sagemaker"}}',
    }
    return given("pulumi:providers:aws", logical, baseline, changes)
