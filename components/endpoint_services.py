"""Which AWS services the declared features need inside the closed network: a pure table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, kw_only=True)
class EndpointService:
    """A service with a VPC endpoint.

    `key` names the endpoint in references (``endpoint/<key>``); `template` is the service name with ``{region}``;
    a gateway endpoint hangs on route tables, an interface endpoint stands in the subnets.
    """

    key: str
    template: str
    gateway: bool = False

    def service_name(self, region: str) -> str:
        """Return the name of the service in a Region."""
        return self.template.format(region=region)


S3 = EndpointService(key="s3", template="com.amazonaws.{region}.s3", gateway=True)
STS = EndpointService(key="sts", template="com.amazonaws.{region}.sts")
LOGS = EndpointService(key="logs", template="com.amazonaws.{region}.logs")
SAGEMAKER_API = EndpointService(key="sagemaker.api", template="com.amazonaws.{region}.sagemaker.api")
SAGEMAKER_RUNTIME = EndpointService(key="sagemaker.runtime", template="com.amazonaws.{region}.sagemaker.runtime")
# Jupyter lives under a name of its own, not under com.amazonaws.
NOTEBOOK = EndpointService(key="notebook", template="aws.sagemaker.{region}.notebook")

SSM = EndpointService(key="ssm", template="com.amazonaws.{region}.ssm")
SSM_MESSAGES = EndpointService(key="ssmmessages", template="com.amazonaws.{region}.ssmmessages")
# Only for SSM Agents older than 3.3.40.0, which a bastion of today has not.
EC2_MESSAGES = EndpointService(key="ec2messages", template="com.amazonaws.{region}.ec2messages")

# Needed whatever is declared: data and artifacts move through S3, every SDK session asks STS who it is.
ALWAYS = (S3, STS)
FEATURE_SERVICES: dict[str, tuple[EndpointService, ...]] = {
    "notebooks": (SAGEMAKER_API, NOTEBOOK),
    "training": (SAGEMAKER_API, LOGS),
    "inference": (SAGEMAKER_API, SAGEMAKER_RUNTIME, LOGS),
    "bastion": (SSM, SSM_MESSAGES),
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
