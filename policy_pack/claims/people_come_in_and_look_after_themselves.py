"""A person who is locked out asks for exceptions: everything that each may do for itself has to go through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import stack_config
from asking import (
    GROUP,
    OWNER,
    owner_of,
    shared_group_of,
    subnets_of,
    users_of,
    works_behind_endpoints,
)
from claim import Claim, Example, Kind
from examples import ANYWHERE, WITH_A_FACTOR, each, factor_hours, in_the_network, made_by, owned_by, sized, through

if TYPE_CHECKING:
    from collections.abc import Iterator

    from environment import StackPolicies
    from examples import Keys
    from identities import Identity


ENROLLING = ("EnableMFADevice", "GetUser", "ListMFADevices", "ResyncMFADevice", "ChangePassword")
OF_ITSELF = ("DeactivateMFADevice",)
OWN_KEYS = ("CreateAccessKey", "DeleteAccessKey", "ListAccessKeys", "UpdateAccessKey", "GetAccessKeyLastUsed")
WITHOUT_A_FACTOR = ("iam:ListVirtualMFADevices", "iam:GetAccountPasswordPolicy", "sts:GetSessionToken")
OF_NOTEBOOKS = ("Describe", "Start", "Stop", "Update", "Delete")
LOOKED_AT = ("SecurityGroups", "Subnets", "Vpcs", "NetworkInterfaces", "DhcpOptions")
REGISTRARS = ("-data-scientists", "-mlops")


def ask(stack: StackPolicies) -> Iterator[Example]:
    """Ask, of each user, for its sign-in and the bastion from anywhere, and of a tenant's for its notebook."""
    for identity in users_of(stack):
        if not identity.is_role:
            yield from _sign_in(stack, identity)
            if works_behind_endpoints(identity):
                yield from _bastion(stack, identity)
            if owner_of(identity) and stack_config.environment() == "dev" and stack_config.value("limits") is None:
                yield from _notebooks(stack, identity)
                yield from _packages(stack, identity)


def _sign_in(stack: StackPolicies, identity: Identity) -> Iterator[Example]:
    own, account = identity.principal.arn, f"arn:{stack.partition}:iam::{stack.account}"
    yield from each(identity, ANYWHERE, {own: tuple(f"iam:{one}" for one in ENROLLING), "*": WITHOUT_A_FACTOR})
    yield from each(identity, ANYWHERE, {f"{account}:mfa/x": ("iam:CreateVirtualMFADevice",)})
    signed_in = {**ANYWHERE, **WITH_A_FACTOR}
    late = {**signed_in, "aws:MultiFactorAuthAge": str(factor_hours() * 3600)}
    yield from each(identity, signed_in, {own: tuple(f"iam:{one}" for one in OF_ITSELF)})
    yield from each(identity, signed_in, {f"{account}:mfa/x": ("iam:DeleteVirtualMFADevice",)})
    yield from each(identity, late, {"*": ("iam:GetAccountSummary",)})
    inside = through(stack, "sts")
    if inside:
        # The endpoint carries it where a session of a bastion stands behind it.
        with_a_factor = ("sts:GetSessionToken",) if "bastion" in stack_config.features() else ()
        yield from each(identity, inside, {"*": with_a_factor})
        yield from each(identity, {**inside, **WITH_A_FACTOR}, {"*": ("sts:GetCallerIdentity",)})
    keys = str(stack_config.nested("sign-in", "access-keys")).lower() == "true"
    yield from each(identity, signed_in, {own: tuple(f"iam:{one}" for one in OWN_KEYS)} if keys else {})


def _bastion(stack: StackPolicies, identity: Identity) -> Iterator[Example]:
    """Yield a session by the listed document, an own account on the host, and the own sessions."""
    host = stack.ids.get("instance/bastion")
    if "bastion" not in stack_config.features() or not host:
        return
    signed_in = {**ANYWHERE, **WITH_A_FACTOR}
    instance = stack.arn("ec2", f"instance/{host}")
    checked = {**signed_in, "ssm:SessionDocumentAccessCheck": "true"}
    document = f"arn:{stack.partition}:ssm:{stack.region}::document/AWS-StartSSHSession"
    yield from each(identity, checked, {instance: ("ssm:StartSession",), document: ("ssm:StartSession",)})
    as_oneself = {**signed_in, "ec2:osuser": identity.tags.get(OWNER, "")}
    yield from each(identity, as_oneself, {instance: ("ec2-instance-connect:SendSSHPublicKey",)})
    own = {**signed_in, "aws:userid": "AIDA1", "ssm:resourceTag/aws:ssmmessages:session-id": "AIDA1"}
    session = stack.arn("ssm", "session/x")
    yield from each(identity, own, {session: ("ssm:ResumeSession", "ssm:TerminateSession")})


def _notebooks(stack: StackPolicies, identity: Identity) -> Iterator[Example]:
    way = through(stack, "sagemaker.api")
    if not way or "notebooks" not in stack_config.features():
        return
    notebook = stack.arn("sagemaker", "notebook-instance/x")
    made: Keys = {**way, **WITH_A_FACTOR, **made_by(identity), **in_the_network(stack, identity), **sized()}
    made |= {"sagemaker:DirectInternetAccess": "Disabled", "sagemaker:RootAccess": "Disabled"}
    made |= {"sagemaker:MinimumInstanceMetadataServiceVersion": "2"}
    own = {**way, **WITH_A_FACTOR, **owned_by(identity)}
    yield from each(identity, made, {notebook: ("sagemaker:CreateNotebookInstance",)})
    yield from each(identity, own, {notebook: tuple(f"sagemaker:{one}NotebookInstance" for one in OF_NOTEBOOKS)})
    yield from each(identity, {**way, **WITH_A_FACTOR}, {"*": ("sagemaker:ListNotebookInstances",)})
    yield from _in_the_network(stack, identity)
    opened = through(stack, "notebook")
    if opened:
        url = {notebook: ("sagemaker:CreatePresignedNotebookInstanceUrl",)}
        yield from each(identity, {**opened, **WITH_A_FACTOR, **owned_by(identity)}, url)


def _in_the_network(stack: StackPolicies, identity: Identity) -> Iterator[Example]:
    """Yield what SageMaker does with the person's rights for a notebook in the platform's network."""
    called: Keys = {**ANYWHERE, **WITH_A_FACTOR, "aws:ViaAWSService": "true"}
    parts = [f"subnet/{one}" for one in subnets_of(stack)]
    parts += [f"security-group/{one}" for one in (shared_group_of(stack), identity.tags.get(GROUP, ""))]
    for part in ("network-interface/eni-1", *parts):
        yield from each(identity, called, {stack.arn("ec2", part): ("ec2:CreateNetworkInterface",)})
    yield from each(identity, called, {"*": tuple(f"ec2:Describe{one}" for one in LOOKED_AT)})


def _packages(stack: StackPolicies, identity: Identity) -> Iterator[Example]:
    """Yield registering a model that waits for approval, by who has models to register."""
    way, owner = through(stack, "sagemaker.api"), identity.tags.get(OWNER, "")
    if not way or not any(group.endswith(REGISTRARS) for group in identity.groups):
        return
    group = stack.arn("sagemaker", f"model-package-group/{owner}--x")
    package = stack.arn("sagemaker", f"model-package/{owner}--x/1")
    signed_in = {**way, **WITH_A_FACTOR}
    made = {**signed_in, **made_by(identity)}
    yield from each(identity, made, {group: ("sagemaker:CreateModelPackageGroup",)})
    tagged = {**made, "sagemaker:TaggingAction": "CreateModelPackageGroup"}
    yield from each(identity, tagged, {group: ("sagemaker:AddTags",)})
    own = {**signed_in, **owned_by(identity)}
    for pending in (own, {**own, "sagemaker:ModelApprovalStatus": "PendingManualApproval"}):
        listed = {group: ("sagemaker:CreateModelPackage",), package: ("sagemaker:CreateModelPackage",)}
        yield from each(identity, pending, listed)
    yield from each(identity, signed_in, {package: ("sagemaker:CreateModelPackage",)})
    yield from each(identity, own, {group: ("sagemaker:DescribeModelPackageGroup",)})
    yield from each(identity, signed_in, {package: ("sagemaker:DescribeModelPackage",)})
    yield from each(identity, signed_in, {"*": ("sagemaker:ListModelPackageGroups",)})


CLAIM = Claim(
    id="people-come-in-and-look-after-themselves",
    sentence="Each person signs in, keeps its devices and keys, comes in by the bastion and works with its notebook.",
    kind=Kind.LIVENESS,
    ask=ask,
)
