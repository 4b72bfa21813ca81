"""A model or job without a network of ours runs in one of the service, which has a way to the internet.

Source: SageMaker API Reference, VpcConfig of CreateModel, CreateTrainingJob, CreateHyperParameterTuningJob,
CreateDataQualityJobDefinition and CreateMonitoringSchedule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rule import Kind, Rule, Severity, Violation

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options


BLOCKS = {
    "aws:sagemaker/model:Model": ("vpcConfig",),
    "aws:sagemaker/trainingJob:TrainingJob": ("vpcConfig",),
    "aws:sagemaker/hyperParameterTuningJob:HyperParameterTuningJob": (
        "trainingJobDefinition.vpcConfig",
        "trainingJobDefinitions[].vpcConfig",
    ),
    "aws:sagemaker/dataQualityJobDefinition:DataQualityJobDefinition": ("networkConfig.vpcConfig",),
    "aws:sagemaker/monitoringSchedule:MonitoringSchedule": (
        "monitoringScheduleConfig.monitoringJobDefinition.networkConfig.vpcConfig",
    ),
}
"""Where each type says its network; the second place of a tuning job is for several algorithms."""


def validate(workload: Resource, _options: Options) -> Findings:
    """Yield a finding for each job definition without subnets or without groups; their ids may be outputs."""
    if workload.type.endswith(":MonitoringSchedule") and _names_a_definition(workload):
        return
    for block in BLOCKS[workload.type]:
        if not _used(workload, block):
            continue
        for part in ("subnets", "securityGroupIds"):
            found = workload.each(f"{block}.{part}")
            if not found or not all(reading.given for reading in found):
                yield Violation(f"{block}.{part} is absent or empty: AWS then runs it in a network of the service")


def _used(workload: Resource, block: str) -> bool:
    """Return whether a place is the one to judge: of a tuning job's two, the one that is given, else the first."""
    places = BLOCKS[workload.type]
    given = [place for place in places if any(found.given for found in workload.each(place.rpartition(".")[0]))]
    return block in (given if len(places) > 1 and given else places[:1])


def _names_a_definition(schedule: Resource) -> bool:
    """Return whether a schedule names a job definition, which is judged itself, instead of holding one."""
    config = "monitoringScheduleConfig"
    named = schedule.read(f"{config}.monitoringJobDefinitionName").given
    return named and not schedule.read(f"{config}.monitoringJobDefinition").given


RULE = Rule(
    id="sagemaker-model-lies-in-vpc",
    title="Models and jobs are attached to the VPC",
    kind=Kind.RESOURCE,
    types=(
        "aws:sagemaker/model:Model",
        "aws:sagemaker/trainingJob:TrainingJob",
        "aws:sagemaker/hyperParameterTuningJob:HyperParameterTuningJob",
        "aws:sagemaker/dataQualityJobDefinition:DataQualityJobDefinition",
        "aws:sagemaker/monitoringSchedule:MonitoringSchedule",
    ),
    paths=(
        "Model:vpcConfig.subnets",
        "Model:vpcConfig.securityGroupIds",
        "TrainingJob:vpcConfig.subnets",
        "TrainingJob:vpcConfig.securityGroupIds",
        "HyperParameterTuningJob:trainingJobDefinition.vpcConfig.subnets",
        "HyperParameterTuningJob:trainingJobDefinition.vpcConfig.securityGroupIds",
        "HyperParameterTuningJob:trainingJobDefinitions[].vpcConfig.subnets",
        "HyperParameterTuningJob:trainingJobDefinitions[].vpcConfig.securityGroupIds",
        "DataQualityJobDefinition:networkConfig.vpcConfig.subnets",
        "DataQualityJobDefinition:networkConfig.vpcConfig.securityGroupIds",
        "MonitoringSchedule:monitoringScheduleConfig.monitoringJobDefinition.networkConfig.vpcConfig.subnets",
        "MonitoringSchedule:monitoringScheduleConfig.monitoringJobDefinition.networkConfig.vpcConfig.securityGroupIds",
        "MonitoringSchedule:monitoringScheduleConfig.monitoringJobDefinitionName",
    ),
    severity=Severity.CRITICAL,
    remediation="Set vpcConfig with subnets and security groups of the platform, in every job definition.",
    url="https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateModel.html",
    frameworks=(
        "prowler sagemaker_models_vpc_settings_configured",
        "Config SAGEMAKER_MODEL_IN_VPC",
        "prowler sagemaker_training_jobs_vpc_settings_configured",
        "Stave TRAINING.VPC",
    ),
    aliases=(
        "sagemaker-training-lies-in-vpc",
        "sagemaker-monitoring-lies-in-vpc",
    ),
    seed=("S2",),
    mirrored_by=(
        "IAM deny",
        "SCP",
        "runtime audit",
    ),
    validate=validate,
)
