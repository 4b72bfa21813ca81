"""A call to a service without an endpoint hangs in the closed network until it times out.

Required are the services of the option and those of each feature that the stack file declares; an adopted network
brings the endpoints that the stack file names.

Source: Amazon SageMaker AI Developer Guide, "Connect to SageMaker AI within your VPC".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import stack_config
from rule import Kind, Rule, Severity, Undecided, Violation, texts

if TYPE_CHECKING:
    from resources import Resource, Stack
    from rule import Findings, Options

ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
VPC = "aws:ec2/vpc:Vpc"
API, LOGS = "com.amazonaws.{region}.sagemaker.api", "com.amazonaws.{region}.logs"
ECR = ("com.amazonaws.{region}.ecr.api", "com.amazonaws.{region}.ecr.dkr")
SECRETS = "com.amazonaws.{region}.secretsmanager"
FEATURES = {
    "notebooks": (API, "aws.sagemaker.{region}.notebook"),
    "training": (API, LOGS),
    "inference": (API, LOGS, "com.amazonaws.{region}.sagemaker.runtime"),
    "bastion": ("com.amazonaws.{region}.ssm", "com.amazonaws.{region}.ssmmessages"),
    "studio": (API, "aws.sagemaker.{region}.studio"),
    "ec2-api": ("com.amazonaws.{region}.ec2",),
    "git": ("com.amazonaws.{region}.codecommit", "com.amazonaws.{region}.git-codecommit"),
    "containers": ECR,
    "batch": ("com.amazonaws.{region}.ecs", *ECR, LOGS),
    "sql": ("com.amazonaws.{region}.athena", "com.amazonaws.{region}.glue"),
    "kms-api": ("com.amazonaws.{region}.kms",),
    "secrets": (SECRETS,),
    "metrics": ("com.amazonaws.{region}.sagemaker.metrics",),
    "monitoring": ("com.amazonaws.{region}.monitoring",),
    "mlflow": ("aws.sagemaker.{region}.experiments",),
    "feature-store": ("com.amazonaws.{region}.sagemaker.featurestore-runtime",),
    "ontap": ("com.amazonaws.{region}.fsx", SECRETS),
    "efs": ("com.amazonaws.{region}.elasticfilesystem",),
    "packages": ("com.amazonaws.{region}.codeartifact.api", "com.amazonaws.{region}.codeartifact.repositories"),
    "iam-api": ("com.amazonaws.iam",),
}
"""Feature -> the services that it needs."""


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each required service without an endpoint, on the network that lacks it."""
    names = [(one, one.read("serviceName")) for one in stack.of_type(ENDPOINT)]
    for endpoint, name in names:
        if name.unknown:
            yield Undecided(name, endpoint.urn)
    served = {str(name.value) for _, name in names if name.present}
    needed = [pattern for feature in stack_config.features().names for pattern in FEATURES.get(feature, ())]
    patterns = dict.fromkeys((*options.texts("requiredServices"), *needed))
    wanted = [pattern.replace("{region}", region) for pattern in patterns for region in stack_config.regions()]
    there = stack_config.adopted_services()
    missing = [one for one in wanted if one not in served and not any(one.endswith(f".{key}") for key in there)]
    for subject in _subjects(stack):
        for service in missing:
            yield Violation(f"no endpoint of this stack leads to {service}", subject.urn)


def _subjects(stack: Stack) -> list[Resource]:
    """Return the networks of the stack, or where it adopts one, the endpoint that stands for all."""
    networks = list(stack.of_type(VPC))
    return networks or (list(stack.of_type(ENDPOINT))[:1] if stack_config.adopted("vpc") else [])


RULE = Rule(
    id="vpc-endpoint-set-is-complete",
    title="The endpoints that the features need are there",
    kind=Kind.STACK,
    types=(ENDPOINT, VPC),
    paths=("VpcEndpoint:serviceName",),
    severity=Severity.MEDIUM,
    remediation="Add the endpoint, or switch the feature off.",
    url="https://docs.aws.amazon.com/sagemaker/latest/dg/interface-vpc-endpoint.html",
    frameworks=(
        "FSBP EC2.10",
        "FSBP EC2.55",
        "FSBP EC2.56",
        "FSBP EC2.57",
        "prowler vpc_endpoint_for_ec2_enabled",
        "Config SERVICE_VPC_ENDPOINT_ENABLED",
    ),
    options={
        "requiredServices": texts("com.amazonaws.{region}.s3", "com.amazonaws.{region}.sts"),
    },
    seed=("S2",),
    validate=validate,
)
