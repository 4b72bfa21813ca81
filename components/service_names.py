"""Which names hosts inside may ask for: those of the services that have an endpoint, and those of the VPC itself.

A pure table. Most names follow from the name of the service; the others are listed. Sources: AWS General Reference,
"Service endpoints"; Amazon SageMaker AI Developer Guide, "Connect to a notebook instance through a VPC interface
endpoint", for names under sagemaker.aws. Tests hold the table against botocore's own endpoint data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SUFFIXES = {
    "aws-cn": "amazonaws.com.cn",
    "aws-iso": "c2s.ic.gov",
    "aws-iso-b": "sc2s.sgov.gov",
    "aws-iso-e": "cloud.adc-e.uk",
    "aws-iso-f": "csp.hci.ic.gov",
    "aws-eusc": "amazonaws.eu",
}

_S3 = tuple(f"{start}.{{region}}.{{suffix}}" for start in ("s3", "*.s3", "s3.dualstack", "*.s3.dualstack"))
NAMES: dict[str, tuple[str, ...]] = {
    "s3": _S3,
    "s3-interface": _S3,
    "sagemaker.api": ("api.sagemaker.{region}.{suffix}",),
    "sagemaker.runtime": ("runtime.sagemaker.{region}.{suffix}",),
    "sagemaker.metrics": ("metrics.sagemaker.{region}.{suffix}",),
    "sagemaker.featurestore-runtime": ("featurestore-runtime.sagemaker.{region}.{suffix}",),
    "notebook": ("*.notebook.{region}.sagemaker.aws",),
    "studio": ("*.studio.{region}.sagemaker.aws",),
    # The address of a tracking server, as its description tells it [LIVE].
    "experiments": ("*.{region}.experiments.sagemaker.aws",),
    "ecr.api": ("api.ecr.{region}.{suffix}",),
    "ecr.dkr": ("*.dkr.ecr.{region}.{suffix}",),
    "codeartifact.api": ("codeartifact.{region}.{suffix}",),
    "codeartifact.repositories": ("*.d.codeartifact.{region}.{suffix}",),
    "iam": ("iam.{suffix}", "iam.{region}.{suffix}"),
}
"""The names of services that are not called ``<key>.<region>.<suffix>``, by key."""


def allowed_names(
    services: Iterable[str], *, region: str, partition: str, inside: Iterable[str] = ()
) -> tuple[str, ...]:
    """Return the domain names that are answered, sorted, each once; ``*.`` stands for all names below.

    `services` are the keys of those with an endpoint, `inside` names that the stack file adds. The VPC's own are those
    that AWS gives to its hosts (Amazon VPC User Guide, "DNS attributes for your VPC").
    """
    keys = tuple(services)
    suffix = _SUFFIXES.get(partition, "amazonaws.com")
    own = "*.ec2.internal" if region == "us-east-1" else f"*.{region}.compute.internal"
    templates = (name for key in keys for name in NAMES.get(key, (f"{key}.{{region}}.{{suffix}}",)))
    # SDKs call S3 of us-east-1 by the name that it had before there were Regions.
    old = (
        ("s3.amazonaws.com", "*.s3.amazonaws.com") if region == "us-east-1" and {*keys} & {"s3", "s3-interface"} else ()
    )
    return tuple(sorted({own, *old, *inside, *(each.format(region=region, suffix=suffix) for each in templates)}))
