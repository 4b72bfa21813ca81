"""Where policy documents stand: type tokens, wire paths, and what kind of document is held there."""

from __future__ import annotations

from enum import Enum


class Holder(Enum):
    """What a document belongs to; each kind has elements, limits and dangers of its own."""

    IDENTITY = "identity policy"
    TRUST = "trust policy"
    BUCKET = "bucket policy"
    KEY = "key policy"
    ENDPOINT = "endpoint policy"
    RESOURCE = "resource policy"
    ORGANIZATION = "organization policy"


PLACES: dict[str, dict[str, Holder]] = {
    "aws:iam/policy:Policy": {"policy": Holder.IDENTITY},
    "aws:iam/rolePolicy:RolePolicy": {"policy": Holder.IDENTITY},
    "aws:iam/groupPolicy:GroupPolicy": {"policy": Holder.IDENTITY},
    "aws:iam/userPolicy:UserPolicy": {"policy": Holder.IDENTITY},
    "aws:iam/role:Role": {"assumeRolePolicy": Holder.TRUST, "inlinePolicies[].policy": Holder.IDENTITY},
    "aws:s3/bucketPolicy:BucketPolicy": {"policy": Holder.BUCKET},
    "aws:s3/bucket:Bucket": {"policy": Holder.BUCKET},
    "aws:s3/bucketV2:BucketV2": {"policy": Holder.BUCKET},
    "aws:s3/accessPoint:AccessPoint": {"policy": Holder.BUCKET},
    "aws:kms/key:Key": {"policy": Holder.KEY},
    "aws:kms/keyPolicy:KeyPolicy": {"policy": Holder.KEY},
    "aws:kms/replicaKey:ReplicaKey": {"policy": Holder.KEY},
    "aws:ec2/vpcEndpoint:VpcEndpoint": {"policy": Holder.ENDPOINT},
    "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy": {"policy": Holder.ENDPOINT},
    "aws:ecr/repositoryPolicy:RepositoryPolicy": {"policy": Holder.RESOURCE},
    "aws:ecr/registryPolicy:RegistryPolicy": {"policy": Holder.RESOURCE},
    "aws:secretsmanager/secretPolicy:SecretPolicy": {"policy": Holder.RESOURCE},
    "aws:secretsmanager/secret:Secret": {"policy": Holder.RESOURCE},
    "aws:sns/topicPolicy:TopicPolicy": {"policy": Holder.RESOURCE},
    "aws:sns/topic:Topic": {"policy": Holder.RESOURCE},
    "aws:sqs/queuePolicy:QueuePolicy": {"policy": Holder.RESOURCE},
    "aws:sqs/queue:Queue": {"policy": Holder.RESOURCE},
    "aws:lambda/resourcePolicy:ResourcePolicy": {"policy": Holder.RESOURCE},
    "aws:efs/fileSystemPolicy:FileSystemPolicy": {"policy": Holder.RESOURCE},
    "aws:codeartifact/domainPermissions:DomainPermissions": {"policyDocument": Holder.RESOURCE},
    "aws:codeartifact/repositoryPermissionsPolicy:RepositoryPermissionsPolicy": {"policyDocument": Holder.RESOURCE},
    "aws:sagemaker/modelPackageGroupPolicy:ModelPackageGroupPolicy": {"resourcePolicy": Holder.RESOURCE},
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": {"policyDocument": Holder.RESOURCE},
    "aws:cloudwatch/eventBusPolicy:EventBusPolicy": {"policy": Holder.RESOURCE},
    "aws:backup/vaultPolicy:VaultPolicy": {"policy": Holder.RESOURCE},
    "aws:organizations/policy:Policy": {"content": Holder.ORGANIZATION},
}
"""Type tokens, and the wire paths at which they hold a policy document."""

ALL = tuple(Holder)

PERMISSIONS = tuple(holder for holder in Holder if holder is not Holder.ORGANIZATION)
"""Every kind that IAM reads when it decides about this account's requests."""

NAMES_PRINCIPALS = (Holder.TRUST, Holder.BUCKET, Holder.KEY, Holder.ENDPOINT, Holder.RESOURCE)
"""The kinds whose statements have a principal."""


def types_of(*holders: Holder) -> tuple[str, ...]:
    """Return the type tokens that hold documents of the given kinds."""
    return tuple(token for token, places in PLACES.items() if any(holder in holders for holder in places.values()))


def paths_of(*holders: Holder) -> tuple[str, ...]:
    """Return the wire paths of documents of the given kinds, as ``Class:path`` (``module/name:path`` where needed)."""
    return tuple(
        f"{_label(token)}:{path}"
        for token, places in PLACES.items()
        for path, holder in places.items()
        if holder in holders
    )


def _label(token: str) -> str:
    """Return the class of a type, or module and name where two types share the class."""
    name = token.rsplit(":", 1)[-1]
    shared = sum(other.endswith(f":{name}") for other in PLACES) > 1
    return token.split(":")[1] if shared else name
