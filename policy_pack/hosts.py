"""Where resources that stand for hosts of SageMaker name their subnets and their security groups.

Source: SageMaker API Reference, CreateNotebookInstance, CreateDomain and the data type VpcConfig.
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
"""Where each type names its subnets and its groups."""
