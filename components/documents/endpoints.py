"""Policies of the endpoints: a ceiling on what may pass, whoever holds which rights elsewhere.

They stop data from leaving to another account's bucket with another account's keys: nothing passes but the own
account's principals on the own account's resources.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.documents.model import ANYTHING, EVERYBODY, Effect, PolicyDocument, Statement, document

if TYPE_CHECKING:
    from components.documents.scope import Scope

# What each endpoint's service does. The notebook endpoint carries the browser's way into Jupyter, which SageMaker
# judges as the presigning call on every request [LIVE].
SERVICE_ACTIONS = {
    "s3": ("s3:*",),
    "sagemaker.api": ("sagemaker:*",),
    "sagemaker.runtime": ("sagemaker:InvokeEndpoint*",),
    "notebook": ("sagemaker:CreatePresignedNotebookInstanceUrl",),
    "logs": ("logs:*",),
    # What the bastion's agent calls; people open sessions from outside the network.
    "ssm": ("ssm:UpdateInstanceInformation",),
    "ssmmessages": ("ssmmessages:*",),
    "ec2messages": ("ec2messages:*",),
    "sts": ("sts:GetCallerIdentity",),
}


def endpoint_policy(scope: Scope, service: str) -> PolicyDocument:
    """Return the policy of a service's endpoint; raises ValueError for a service that has none here."""
    if service not in SERVICE_ACTIONS:
        known = ", ".join(sorted(SERVICE_ACTIONS))
        raise ValueError(f"no endpoint policy for {service!r}; known are {known}: add its actions to SERVICE_ACTIONS")
    if service == "s3":
        return document(own_account(scope, service), amazon_linux_packages(scope))
    return document(own_account(scope, service))


def own_account(scope: Scope, service: str) -> Statement:
    """Let the own account's principals reach the own account's resources.

    `aws:ResourceAccount` is taken to be there for calls without a resource, such as GetCallerIdentity, too [LIVE].
    """
    account = (scope.naming.account_id,)
    return Statement(
        sid="OwnAccount",
        effect=Effect.ALLOW,
        principals=EVERYBODY,
        actions=SERVICE_ACTIONS[service],
        resources=ANYTHING,
        conditions={"StringEquals": {"aws:PrincipalAccount": account, "aws:ResourceAccount": account}},
    )


def amazon_linux_packages(scope: Scope) -> Statement:
    """Let anyone read AWS' bucket of Amazon Linux packages: `dnf` downloads unsigned, so there is no principal."""
    return Statement(
        sid="AmazonLinuxPackages",
        effect=Effect.ALLOW,
        principals=EVERYBODY,
        actions=("s3:GetObject",),
        resources=(scope.packages_arn(),),
    )
