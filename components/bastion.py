"""The way in for people who are not on the network: a host that Session Manager reaches and nobody else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi_aws as aws

from components import bastion_host
from components.base import BoundReference, PlatformComponent, platform_tags
from components.documents.bastion import BASTION

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pulumi

    from components.naming import Naming

HTTPS = 443

# The parameter in which AWS keeps the id of the newest image; EC2 reads it when the instance is launched.
IMAGE = "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-{architecture}"
ROOT_DEVICE = "/dev/xvda"  # of Amazon Linux 2023 [LIVE]

# Families of AWS' own processors carry a `g` behind the generation, such as t4g.
_ARM = re.compile(r"[a-z]+[0-9]+g[a-z]*\.|a1\.")


@dataclass(frozen=True, kw_only=True)
class BastionArgs:
    """Where the bastion stands, whom it serves and what it reaches.

    `tenants` get an account each; `endpoints_group_id` is carried by the VPC endpoints, `s3_prefix_list_id` names the
    addresses of S3; `ready` is what must exist before the host starts: its role's policies and the endpoints.
    """

    naming: Naming
    instance_type: str
    tenants: Sequence[str]
    vpc_id: pulumi.Input[str]
    subnet_id: pulumi.Input[str]
    endpoints_group_id: pulumi.Input[str]
    s3_prefix_list_id: pulumi.Input[str]
    profile_name: pulumi.Input[str]
    ready: Sequence[pulumi.Resource]

    def __post_init__(self) -> None:
        bastion_host.account_tags(self.tenants)
        if not self.ready:
            raise ValueError(
                "ready: nothing given, the role and the endpoints are allowed, a host that starts before them never "
                "registers with Session Manager; give both components"
            )


class Bastion(PlatformComponent):
    """A host without an open port, through which people forward HTTPS to the VPC endpoints.

    Creates: the `bastion` security group, its rules to the endpoints and to S3, the endpoints' rule that admits it,
    the launch template and the instance.
    Guarantee: no inbound rule, no key pair, no public address, the second metadata service alone with one hop, an
    encrypted root volume, an account without rights for each tenant; it reaches the endpoints and S3 on 443.
    It decides not who may open a session: that is said by the policies of people.
    """

    def __init__(self, name: str, args: BastionArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("closed-sagemaker:network:Bastion", name, {}, opts)
        self._stem = name
        self._args = args
        self._group = self._create_group()
        self._rules = (
            self._create_egress_to_endpoints(),
            self._create_egress_to_s3(),
            self._create_ingress_of_endpoints(),
        )
        self._template = self._create_template()
        self._instance = self._create_instance()
        self.publish(
            BoundReference.to("security-group/bastion", self._group), BoundReference.to(BASTION, self._instance)
        )

    @property
    def instance_id(self) -> pulumi.Output[str]:
        """Return the id of the instance, which sessions name as their target."""
        return self._instance.id

    @property
    def security_group_id(self) -> pulumi.Output[str]:
        """Return the id of the bastion's own group."""
        return self._group.id

    def _tags(self, logical_name: str) -> dict[str, str]:
        return platform_tags(self._args.naming.label(logical_name))

    def _create_group(self) -> aws.ec2.SecurityGroup:
        logical_name = f"{self._stem}-group"
        return aws.ec2.SecurityGroup(
            logical_name,
            vpc_id=self._args.vpc_id,
            description="Carried by the bastion: admits nobody, reaches the VPC endpoints and S3",
            tags=self._tags(logical_name),
            opts=self.child_options(),
        )

    def _create_egress_to_endpoints(self) -> aws.vpc.SecurityGroupEgressRule:
        logical_name = f"{self._stem}-to-endpoints"
        return aws.vpc.SecurityGroupEgressRule(
            logical_name,
            security_group_id=self._group.id,
            referenced_security_group_id=self._args.endpoints_group_id,
            ip_protocol="tcp",
            from_port=HTTPS,
            to_port=HTTPS,
            description="The bastion reaches Session Manager, and people reach AWS services through it",
            tags=self._tags(logical_name),
            opts=self.child_options(),
        )

    def _create_egress_to_s3(self) -> aws.vpc.SecurityGroupEgressRule:
        logical_name = f"{self._stem}-to-s3"
        return aws.vpc.SecurityGroupEgressRule(
            logical_name,
            security_group_id=self._group.id,
            prefix_list_id=self._args.s3_prefix_list_id,
            ip_protocol="tcp",
            from_port=HTTPS,
            to_port=HTTPS,
            description="People bring data to S3 through the bastion and the gateway endpoint",
            tags=self._tags(logical_name),
            opts=self.child_options(),
        )

    def _create_ingress_of_endpoints(self) -> aws.vpc.SecurityGroupIngressRule:
        logical_name = f"{self._stem}-at-endpoints"
        return aws.vpc.SecurityGroupIngressRule(
            logical_name,
            security_group_id=self._args.endpoints_group_id,
            referenced_security_group_id=self._group.id,
            ip_protocol="tcp",
            from_port=HTTPS,
            to_port=HTTPS,
            description="The bastion calls AWS services for itself and for people",
            tags=self._tags(logical_name),
            opts=self.child_options(),
        )

    def _create_template(self) -> aws.ec2.LaunchTemplate:
        logical_name = f"{self._stem}-template"
        architecture = "arm64" if _ARM.match(self._args.instance_type) else "x86_64"
        tags = self._tags(f"{self._stem}-instance")
        return aws.ec2.LaunchTemplate(
            logical_name,
            name=self._args.naming.label(logical_name),
            description="The bastion of the closed SageMaker platform",
            image_id=IMAGE.format(architecture=architecture),
            instance_type=self._args.instance_type,
            update_default_version=True,
            metadata_options=_metadata_options(),
            block_device_mappings=[_encrypted_root()],
            tag_specifications=[
                aws.ec2.LaunchTemplateTagSpecificationArgs(resource_type=kind, tags=tags)
                for kind in ("volume", "network-interface")
            ],
            user_data=bastion_host.user_data(),
            tags=self._tags(logical_name),
            opts=self.child_options(),
        )

    def _create_instance(self) -> aws.ec2.Instance:
        logical_name = f"{self._stem}-instance"
        return aws.ec2.Instance(
            logical_name,
            launch_template=aws.ec2.InstanceLaunchTemplateArgs(
                id=self._template.id, version=self._template.latest_version.apply(lambda version: str(int(version)))
            ),
            subnet_id=self._args.subnet_id,
            vpc_security_group_ids=[self._group.id],
            associate_public_ip_address=False,
            iam_instance_profile=self._args.profile_name,
            tags={**self._tags(logical_name), **bastion_host.account_tags(self._args.tenants)},
            opts=self.child_options(depends_on=[*self._args.ready, *self._rules]),
        )


def _metadata_options() -> aws.ec2.LaunchTemplateMetadataOptionsArgs:
    return aws.ec2.LaunchTemplateMetadataOptionsArgs(
        http_endpoint="enabled",
        http_tokens="required",
        http_put_response_hop_limit=1,
        # The names of the accounts reach the host as tags, so that a new tenant replaces nothing.
        instance_metadata_tags="enabled",
    )


def _encrypted_root() -> aws.ec2.LaunchTemplateBlockDeviceMappingArgs:
    """Return the root volume, under the account's key for volumes: it keeps nothing, and the data key is for data."""
    return aws.ec2.LaunchTemplateBlockDeviceMappingArgs(
        device_name=ROOT_DEVICE,
        ebs=aws.ec2.LaunchTemplateBlockDeviceMappingEbsArgs(
            encrypted="true", volume_type="gp3", volume_size=8, delete_on_termination="true"
        ),
    )
