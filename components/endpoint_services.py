"""Which AWS services the declared features need inside the closed network: a pure table.

Sources of the names: AWS PrivateLink Guide, "AWS services that integrate with AWS PrivateLink"; Amazon SageMaker AI
Developer Guide, "Connect to SageMaker AI within your VPC" and "Create an interface VPC endpoint" (MLflow).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, kw_only=True)
class EndpointService:
    """A service with a VPC endpoint.

    `key` names the endpoint in references (``endpoint/<key>``); `template` is the service name with ``{region}``;
    a gateway endpoint hangs on route tables, an interface endpoint stands in the subnets. `home` is the Region of a
    service that has only one. `for_outside_clients` is an interface beside a gateway: its private names are answered
    to the inbound resolver endpoint alone, so clients inside the VPC keep to the gateway.
    """

    key: str
    template: str
    gateway: bool = False
    home: str | None = None
    for_outside_clients: bool = False

    def service_name(self, region: str) -> str:
        """Return the name of the service in a Region."""
        return self.template.format(region=region)

    def service_region(self, region: str) -> str | None:
        """Return the Region to name beside the service; None where it is the endpoint's own."""
        return self.home if self.home != region else None


def _service(key: str, template: str = "com.amazonaws.{region}.") -> EndpointService:
    return EndpointService(key=key, template=template + key)


# Parts of SageMaker that live under a name of their own, not under com.amazonaws.
_SAGEMAKER = "aws.sagemaker.{region}."

S3 = EndpointService(key="s3", template="com.amazonaws.{region}.s3", gateway=True)
S3_INTERFACE = EndpointService(key="s3-interface", template="com.amazonaws.{region}.s3", for_outside_clients=True)
STS = _service("sts")
LOGS = _service("logs")
SAGEMAKER_API = _service("sagemaker.api")
SAGEMAKER_RUNTIME = _service("sagemaker.runtime")
SAGEMAKER_METRICS = _service("sagemaker.metrics")
FEATURE_STORE = _service("sagemaker.featurestore-runtime")
NOTEBOOK = _service("notebook", _SAGEMAKER)
STUDIO = _service("studio", _SAGEMAKER)
EXPERIMENTS = _service("experiments", _SAGEMAKER)
SSM = _service("ssm")
SSM_MESSAGES = _service("ssmmessages")
# Only for SSM Agents older than 3.3.40.0, which a bastion of today has not.
EC2_MESSAGES = _service("ec2messages")
EC2 = _service("ec2")
CODECOMMIT = _service("codecommit")
GIT_CODECOMMIT = _service("git-codecommit")
ECR_API = _service("ecr.api")
ECR_DKR = _service("ecr.dkr")
ECS = _service("ecs")
ATHENA = _service("athena")
GLUE = _service("glue")
KMS = _service("kms")
SECRETS_MANAGER = _service("secretsmanager")
MONITORING = _service("monitoring")
FSX = _service("fsx")
EFS = _service("elasticfilesystem")
CODEARTIFACT_API = _service("codeartifact.api")
CODEARTIFACT_REPOSITORIES = _service("codeartifact.repositories")
# IAM is one for all Regions, and is reached across Regions.
IAM = EndpointService(key="iam", template="com.amazonaws.iam", home="us-east-1")

# Needed whatever is declared: data and artifacts move through S3, every SDK session asks STS who it is.
ALWAYS = (S3, STS)

FEATURE_SERVICES: dict[str, tuple[EndpointService, ...]] = {
    "notebooks": (SAGEMAKER_API, NOTEBOOK),
    "training": (SAGEMAKER_API, LOGS),
    "inference": (SAGEMAKER_API, SAGEMAKER_RUNTIME, LOGS),
    "bastion": (SSM, SSM_MESSAGES),
    "studio": (SAGEMAKER_API, STUDIO),
    # What CreateNotebookInstance asks of EC2 goes from SageMaker, through no endpoint of ours.
    "ec2-api": (EC2,),
    "git": (CODECOMMIT, GIT_CODECOMMIT),
    # SageMaker pulls images of jobs from its own side; these are for docker inside the network [LIVE].
    "containers": (ECR_API, ECR_DKR),
    "batch": (ECS, ECR_API, ECR_DKR, LOGS),
    "sql": (ATHENA, GLUE),
    # S3 and SageMaker use keys on their side; this is for clients that call KMS themselves.
    "kms-api": (KMS,),
    "secrets": (SECRETS_MANAGER,),
    "metrics": (SAGEMAKER_METRICS,),
    "monitoring": (MONITORING,),
    "mlflow": (EXPERIMENTS,),
    "feature-store": (FEATURE_STORE,),
    # Files themselves travel by NFS inside the VPC; these are for calls of the services' APIs.
    "ontap": (FSX, SECRETS_MANAGER),
    "efs": (EFS,),
    "packages": (CODEARTIFACT_API, CODEARTIFACT_REPOSITORIES),
    "iam-api": (IAM,),
    # Its artifacts lie in a bucket of AWS, which the policy of the S3 endpoint then names.
    "jumpstart": (),
}


def services_for(features: Iterable[str], *extra: EndpointService) -> tuple[EndpointService, ...]:
    """Return the services that the features need and `extra` ones, each once, sorted by key.

    Raises ValueError for a feature that the table does not know.
    """
    given = sorted(set(features))
    unknown = [feature for feature in given if feature not in FEATURE_SERVICES]
    if unknown:
        raise ValueError(
            f"features: {', '.join(unknown)} given, {', '.join(FEATURE_SERVICES)} are known; a feature needs its row "
            "in the table of services, so write a known one or add the row"
        )
    needed = {service.key: service for service in (*ALWAYS, *extra)}
    for feature in given:
        needed |= {service.key: service for service in FEATURE_SERVICES[feature]}
    return tuple(needed[key] for key in sorted(needed))


def endpoint_zones(
    services: Iterable[EndpointService],
    zones: tuple[str, ...],
    *,
    one: bool = False,
    offered: Mapping[str, tuple[str, ...]] | None = None,
) -> dict[str, tuple[str, ...]]:
    """Return the zones in which each interface endpoint stands, by key, in the order of `zones`.

    `offered` names the zones of a service that is not in every zone; `one` keeps the first zone of each.
    """
    named = offered or {}
    places = {
        service.key: tuple(zone for zone in zones if zone in named.get(service.key, zones))
        for service in services
        if not service.gateway
    }
    return {key: found[:1] if one else found for key, found in places.items()}
