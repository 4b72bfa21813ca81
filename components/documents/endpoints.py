"""Policies of the endpoints: a ceiling on what may pass, whoever holds which rights elsewhere.

They stop data from leaving to another account's bucket with another account's keys: nothing passes but the own
account's principals on the own account's resources, and reads of what AWS owns and the declared features need, each
named. That every service of the table takes a policy is unverified [LIVE]; where one does not, AWS refuses to make
the endpoint, and nothing opens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.aws_owned import READS_IMAGES, buckets_for, image_accounts
from components.documents.model import ANYTHING, EVERYBODY, Effect, PolicyDocument, Statement, actions, document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from components.aws_owned import AwsBucket
    from components.documents.scope import Scope

# What each endpoint's service does. The notebook and Studio endpoints carry the browser's way in, which SageMaker
# judges as the presigning call on every request [LIVE]. CodeArtifact's token is a permission of STS as well.
SERVICE_ACTIONS = {
    "s3": ("s3:*",),
    "s3-interface": ("s3:*",),
    "sts": ("sts:GetCallerIdentity",),
    "logs": ("logs:*",),
    "sagemaker.api": ("sagemaker:*",),
    "sagemaker.runtime": ("sagemaker:InvokeEndpoint*",),
    "sagemaker.metrics": actions("sagemaker", "BatchGetMetrics", "BatchPutMetrics"),
    "sagemaker.featurestore-runtime": actions("sagemaker", "GetRecord", "BatchGetRecord", "PutRecord", "DeleteRecord"),
    "notebook": ("sagemaker:CreatePresignedNotebookInstanceUrl",),
    "studio": ("sagemaker:CreatePresignedDomainUrl",),
    "experiments": ("sagemaker-mlflow:*",),
    # What the bastion's agent calls; people open sessions from outside the network.
    "ssm": ("ssm:UpdateInstanceInformation",),
    "ssmmessages": ("ssmmessages:*",),
    "ec2messages": ("ec2messages:*",),
    "ec2": ("ec2:Describe*",),
    "codecommit": ("codecommit:*",),
    "git-codecommit": actions("codecommit", "GitPull", "GitPush"),
    "ecr.api": ("ecr:*",),
    "ecr.dkr": ("ecr:*",),
    "ecs": ("ecs:*",),
    "athena": ("athena:*",),
    "glue": ("glue:*",),
    "kms": ("kms:*",),
    "secretsmanager": ("secretsmanager:*",),
    "monitoring": ("cloudwatch:*",),
    "fsx": ("fsx:*",),
    "elasticfilesystem": ("elasticfilesystem:*",),
    "codeartifact.api": ("codeartifact:*", "sts:GetServiceBearerToken"),
    "codeartifact.repositories": ("codeartifact:*",),
    "iam": ("iam:*",),
}

# Clients behind the bastion ask STS for a session with MFA; everybody else needs no more than to know who it is.
SESSION_ACTIONS = ("sts:GetSessionToken",)

PULL_IMAGES = actions("ecr", "BatchCheckLayerAvailability", "BatchGetImage", "GetDownloadUrlForLayer")

# One bucket holds layers and packages for both S3 endpoints; one registry answers through both of ECR's.
_S3, _REGISTRY = ("s3", "s3-interface"), ("ecr.api", "ecr.dkr")


def endpoint_policy(scope: Scope, service: str) -> PolicyDocument:
    """Return the policy of a service's endpoint; raises ValueError for a service that has none here."""
    if service not in SERVICE_ACTIONS:
        known = ", ".join(sorted(SERVICE_ACTIONS))
        raise ValueError(f"no endpoint policy for {service!r}; known are {known}: add its actions to SERVICE_ACTIONS")
    return document(
        own_account(scope, service),
        by_role(scope, service),
        by_invokers(scope, service),
        list(aws_owned(scope, service)),
    )


def own_account(scope: Scope, service: str) -> Statement:
    """Let the own account's principals reach the own account's resources.

    `aws:ResourceAccount` is taken to be there for calls without a resource, such as GetCallerIdentity, too [LIVE].
    """
    account = (scope.naming.account_id,)
    sessions = SESSION_ACTIONS if service == "sts" and "bastion" in scope.features else ()
    return Statement(
        sid="OwnAccount",
        effect=Effect.ALLOW,
        principals=EVERYBODY,
        actions=(*SERVICE_ACTIONS[service], *sessions),
        resources=ANYTHING,
        conditions={"StringEquals": {"aws:PrincipalAccount": account, "aws:ResourceAccount": account}},
    )


def by_role(scope: Scope, service: str) -> tuple[Statement, ...]:
    """Let users take on deployment roles from inside, where models are deployed so, and no other role."""
    if service != "sts" or not scope.users_deploy_by_role:
        return ()
    return (take_on(scope, "TakeOnDeployment", scope.own_deployment_role_arn()),)


def by_invokers(scope: Scope, service: str) -> tuple[Statement, ...]:
    """Let roles of the account take on invokers' roles from inside, where there are any; each role's trust says who."""
    if service != "sts" or not scope.invokers:
        return ()
    return (take_on(scope, "TakeOnInvokers", scope.invoking_roles_arn()),)


def take_on(scope: Scope, sid: str, roles: str) -> Statement:
    """Allow principals of this account to take on these of its roles."""
    account = (scope.naming.account_id,)
    return Statement(
        sid=sid,
        effect=Effect.ALLOW,
        principals=EVERYBODY,
        actions=("sts:AssumeRole",),
        resources=(roles,),
        conditions={"StringEquals": {"aws:PrincipalAccount": account, "aws:ResourceAccount": account}},
    )


def aws_owned(scope: Scope, service: str) -> Iterator[Statement]:
    """Yield what the declared features read of AWS through an endpoint."""
    if service in _S3:
        yield from (read_aws_bucket(scope, bucket) for bucket in buckets_for(scope.features))
    if service in _REGISTRY and READS_IMAGES & set(scope.features):
        yield pull_aws_images(scope)


def read_aws_bucket(scope: Scope, bucket: AwsBucket) -> Statement:
    """Let anyone read a bucket of AWS: its readers are not signed, or AWS signed their links, so no principal counts.

    Objects are read and nothing is listed or written, so that nothing leaves but the name of what is asked for.
    """
    return Statement(
        sid=bucket.sid,
        effect=Effect.ALLOW,
        principals=EVERYBODY,
        actions=("s3:GetObject",),
        resources=(scope.aws_objects_arn(bucket.name(scope.naming.region)),),
    )


def pull_aws_images(scope: Scope) -> Statement:
    """Let the own account's principals pull SageMaker's images from the accounts in which AWS keeps them."""
    return Statement(
        sid="PullAwsImages",
        effect=Effect.ALLOW,
        principals=EVERYBODY,
        actions=PULL_IMAGES,
        resources=tuple(scope.image_repositories_arn(account) for account in image_accounts(scope.naming.region)),
        conditions={"StringEquals": {"aws:PrincipalAccount": (scope.naming.account_id,)}},
    )
