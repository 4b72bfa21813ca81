"""Where resources that stand for hosts name their subnets and their security groups.

Source: SageMaker API Reference, CreateNotebookInstance, CreateDomain and the data type VpcConfig; Amazon EC2 API
Reference, RunInstances and CreateVpcEndpoint; Route 53 API Reference, CreateResolverEndpoint.
"""

from __future__ import annotations

TUNING = "aws:sagemaker/hyperParameterTuningJob:HyperParameterTuningJob"
SCHEDULE_PLACE = "monitoringScheduleConfig.monitoringJobDefinition.networkConfig.vpcConfig"
PLACES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "aws:sagemaker/notebookInstance:NotebookInstance": (("subnetId",), ("securityGroups[]",)),
    "aws:sagemaker/domain:Domain": (("subnetIds[]",), ("defaultUserSettings.securityGroups[]",)),
    "aws:sagemaker/userProfile:UserProfile": ((), ("userSettings.securityGroups[]",)),
    "aws:sagemaker/model:Model": (("vpcConfig.subnets[]",), ("vpcConfig.securityGroupIds[]",)),
    "aws:sagemaker/trainingJob:TrainingJob": (("vpcConfig.subnets[]",), ("vpcConfig.securityGroupIds[]",)),
    TUNING: (
        ("trainingJobDefinition.vpcConfig.subnets[]", "trainingJobDefinitions[].vpcConfig.subnets[]"),
        ("trainingJobDefinition.vpcConfig.securityGroupIds[]", "trainingJobDefinitions[].vpcConfig.securityGroupIds[]"),
    ),
    "aws:sagemaker/dataQualityJobDefinition:DataQualityJobDefinition": (
        ("networkConfig.vpcConfig.subnets[]",),
        ("networkConfig.vpcConfig.securityGroupIds[]",),
    ),
    "aws:sagemaker/monitoringSchedule:MonitoringSchedule": (
        (f"{SCHEDULE_PLACE}.subnets[]",),
        (f"{SCHEDULE_PLACE}.securityGroupIds[]",),
    ),
}
"""Where each type that stands for hosts of SageMaker names its subnets and its groups."""

MACHINES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "aws:ec2/instance:Instance": (("subnetId",), ("vpcSecurityGroupIds[]",)),
    "aws:ec2/launchTemplate:LaunchTemplate": (
        ("networkInterfaces[].subnetId",),
        ("vpcSecurityGroupIds[]", "networkInterfaces[].securityGroups[]"),
    ),
    "aws:route53/resolverEndpoint:ResolverEndpoint": (("ipAddresses[].subnetId",), ("securityGroupIds[]",)),
    "aws:ec2/vpcEndpoint:VpcEndpoint": (("subnetIds[]",), ()),
    **dict.fromkeys(
        ("aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"),
        (("subnets[]", "subnetMappings[].subnetId"), ("securityGroups[]",)),
    ),
}
"""The same of machines and endpoints; vpc-endpoint-security-group-allows-only-https judges groups of VPC endpoints."""
