"""A host in another subnet or under another group is in a network that nobody here has closed.

Every subnet and group that a host names is of this stack or adopted; where there is none, the rule of its type finds
that.

Source: SageMaker API Reference, CreateNotebookInstance, CreateDomain and the data type VpcConfig.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import stack_config
from hosts import PLACES
from origins import Origins
from rule import Kind, Rule, Severity, Undecided, Violation, texts
from security_groups import GROUP

if TYPE_CHECKING:
    from resources import Stack
    from rule import Findings, Options

SUBNET = "aws:ec2/subnet:Subnet"


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each subnet and group that is neither of this stack nor adopted."""
    finders = (Origins(stack, SUBNET), Origins(stack, GROUP))
    adopted = (
        stack_config.adopted("subnets", options.texts("adoptedSubnetIds")),
        stack_config.adopted("security-groups", options.texts("adoptedSecurityGroupIds")),
    )
    for kind, places in PLACES.items():
        for host in stack.of_type(kind):
            for origins, listed, paths in zip(finders, adopted, places, strict=True):
                for path in paths:
                    found = origins.of(host, path, listed)
                    for one in found.foreign:
                        yield Violation(f"{one.where} is neither of this stack nor adopted", host.urn)
                    for one in found.untold:
                        yield Undecided(one, host.urn)


RULE = Rule(
    id="sagemaker-compute-uses-platform-subnets",
    title="SageMaker compute uses only subnets and groups of the platform",
    kind=Kind.STACK,
    types=(*PLACES, SUBNET, GROUP),
    paths=tuple(f"{kind.rsplit(':', 1)[-1]}:{path}" for kind, both in PLACES.items() for one in both for path in one),
    severity=Severity.HIGH,
    remediation="Refer to the subnets and security groups that the platform creates, or list adopted ones.",
    url="https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_VpcConfig.html",
    frameworks=(
        "FSBP SageMaker.2",
        "CKV_AWS_306",
        "prowler sagemaker_notebook_instance_vpc_settings_configured",
        "Config SAGEMAKER_NOTEBOOK_INSTANCE_INSIDE_VPC",
        "cdk-nag AwsSolutions-SM1",
        "KICS 9c7028d9",
    ),
    options={"adoptedSubnetIds": texts(), "adoptedSecurityGroupIds": texts()},
    seed=("S2",),
    mirrored_by=("IAM deny", "runtime audit"),
    validate=validate,
)
