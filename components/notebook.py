"""A tenant's notebook instance."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi_aws as aws

from components.base import PlatformComponent, tenant_tags

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pulumi

    from components.naming import Naming

PLATFORM = "notebook-al2023-v1"


@dataclass(frozen=True, kw_only=True)
class NotebookArgs:
    """Whose notebook it is, how large, where it stands and as whom it works.

    `volume_size_gb` is 5 to 16384 GiB. `security_group_ids` are the shared workload group and the tenant's own.
    `ready` holds what must exist before the notebook starts: the role's attachments and the endpoints that the
    on-start script calls.
    """

    naming: Naming
    tenant: str
    instance_type: str
    volume_size_gb: int
    subnet_id: pulumi.Input[str]
    security_group_ids: Sequence[pulumi.Input[str]]
    role_arn: pulumi.Input[str]
    key_arn: pulumi.Input[str]
    lifecycle_configuration_name: pulumi.Input[str]
    ready: Sequence[pulumi.Resource]

    def __post_init__(self) -> None:
        problems = []
        if not re.fullmatch(r"ml\.[a-z0-9-]+\.[a-z0-9]+", self.instance_type):
            problems.append(
                f"instance_type: {self.instance_type!r} given, SageMaker types such as ml.t3.medium are allowed, other "
                "services' types do not exist here; write ml.t3.medium"
            )
        if not 5 <= self.volume_size_gb <= 16384:
            problems.append(
                f"volume_size_gb: {self.volume_size_gb} given, 5 to 16384 are allowed by SageMaker; write 5"
            )
        if len(self.security_group_ids) != 2:
            problems.append(
                f"security_group_ids: {len(self.security_group_ids)} given, two are allowed, the workload group "
                "reaches the endpoints and the own group the tenant's other hosts; give both"
            )
        if problems:
            raise ValueError("; ".join(problems))


class Notebook(PlatformComponent):
    """A notebook instance inside the closed network.

    Creates: the notebook instance.
    Guarantee: an interface in the platform's subnet under the platform's groups and no other way out, no root for its
    user, IMDSv2 only, a volume encrypted with the platform's key, the platform's on-start script, the owner's tag.
    It does not decide what its user may do: that is the role's business.
    """

    def __init__(self, name: str, args: NotebookArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("closed-sagemaker:workbench:Notebook", name, {}, opts)
        self._stem = name
        self._args = args
        self._notebook = self._create_notebook()
        self.publish()

    @property
    def notebook_name(self) -> pulumi.Output[str]:
        """Return the name of the notebook instance, such as ``alice--ml-dev-notebook``."""
        return self._notebook.name

    @property
    def notebook_arn(self) -> pulumi.Output[str]:
        """Return the ARN of the notebook instance."""
        return self._notebook.arn

    def _create_notebook(self) -> aws.sagemaker.NotebookInstance:
        notebook_name = self._args.naming.notebook_name(self._args.tenant)
        return aws.sagemaker.NotebookInstance(
            f"{self._stem}-instance",
            name=notebook_name,
            instance_type=self._args.instance_type,
            volume_size=self._args.volume_size_gb,
            # Named, because the service moves its default, and instances on Amazon Linux 2 no longer start.
            platform_identifier=PLATFORM,
            role_arn=self._args.role_arn,
            subnet_id=self._args.subnet_id,
            security_groups=list(self._args.security_group_ids),
            direct_internet_access="Disabled",
            root_access="Disabled",
            instance_metadata_service_configuration=aws.sagemaker.NotebookInstanceInstanceMetadataServiceConfigurationArgs(
                minimum_instance_metadata_service_version="2"
            ),
            kms_key_id=self._args.key_arn,
            lifecycle_config_name=self._args.lifecycle_configuration_name,
            tags=tenant_tags(self._args.tenant, notebook_name),
            opts=self.child_options(depends_on=self._args.ready),
        )
