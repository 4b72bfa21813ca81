"""The requests that one call of SageMaker, S3 or EC2 makes, compliant unless told otherwise.

Sources: facts of the service authorization reference: a creation is judged on every resource that it needs, on
iam:PassRole for the role, on sagemaker:AddTags where it carries tags, and on the calls that SageMaker forwards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.components.documents.world import GROUPS, IDS, NAMING, STRANGERS_ACCOUNT, Ask, Via

if TYPE_CHECKING:
    from collections.abc import Mapping

SUBNETS = [IDS["subnet/apne1-az1"], IDS["subnet/apne1-az4"]]
WORKLOAD = IDS["security-group/workload"]
FOREIGN_SUBNET, FOREIGN_GROUP = "subnet-0f0000000000000ff", "sg-0f000000000000fff"
KEY_ARN = NAMING.arn("kms", f"key/{IDS['key/data']}")
VOLUME_KEY_ARN = NAMING.arn("kms", f"key/{IDS['key/volumes']}")
SIZE = {"sagemaker:InstanceTypes": ["ml.m5.xlarge"]}
OWNER = {"alice": {"aws:ResourceTag/user": "alice"}, "bob": {"aws:ResourceTag/user": "bob"}, None: {}}


def sagemaker(action: str, resource: str = "*", context: Mapping[str, Any] | None = None, **more: Any) -> Ask:
    """Return a SageMaker request on a resource of this account, or on none."""
    arn = resource if resource == "*" or resource.startswith("arn:") else NAMING.sagemaker_arn(resource)
    return Ask(f"sagemaker:{action}", arn, context or {}, **more)


def of(owner: str | None, /, **more: Any) -> dict[str, Any]:
    """Return the context of a request on what belongs to `owner`; None is a thing without the tag."""
    return {**OWNER[owner], **more}


def tagged(user: str = "alice") -> dict[str, Any]:
    """Return the context of a creation that carries the owner's tag."""
    return {"aws:RequestTag/user": user, "aws:TagKeys": ["user"]}


def placed(user: str = "alice") -> dict[str, Any]:
    """Return the context of a creation in the platform's network."""
    return {"sagemaker:VpcSubnets": SUBNETS, "sagemaker:VpcSecurityGroupIds": [WORKLOAD, GROUPS[user]]}


def pass_role(user: str = "alice", kind: str = "job", service: str | None = "sagemaker.amazonaws.com") -> Ask:
    """Return the permission to pass a tenant's role; it is judged with whatever way the creation took."""
    context = {"iam:PassedToService": service} if service else {}
    return Ask("iam:PassRole", NAMING.tenant_role_arn(user, kind), context, via=Via.NO_ENDPOINT)


def tag_on_create(action: str, resource: str, user: str = "alice") -> Ask:
    """Return the tagging part of a creation."""
    return sagemaker("AddTags", resource, {**tagged(user), "sagemaker:TaggingAction": action})


def network_interface(subnet: str = SUBNETS[0], group: str = WORKLOAD, via: Via = Via.FORWARDED) -> tuple[Ask, ...]:
    """Return the creation of a network interface, which is judged on interface, subnet and group."""
    parts = ("network-interface/*", f"subnet/{subnet}", f"security-group/{group}")
    return tuple(Ask("ec2:CreateNetworkInterface", NAMING.arn("ec2", part), via=via) for part in parts)


def volume_grant() -> Ask:
    """Return the grant by which a volume is encrypted."""
    through = {"kms:GrantIsForAWSResource": True, "kms:ViaService": "sagemaker.ap-northeast-1.amazonaws.com"}
    return Ask("kms:CreateGrant", VOLUME_KEY_ARN, through, via=Via.FORWARDED)


def create_notebook(name: str = "alice--lab", /, **changes: Any) -> tuple[Ask, ...]:
    """Return the creation of a notebook; `changes` are context keys, written with `_` for the colon's service."""
    context = {
        **placed(),
        **tagged(),
        "sagemaker:DirectInternetAccess": "Disabled",
        "sagemaker:RootAccess": "Disabled",
        "sagemaker:MinimumInstanceMetadataServiceVersion": "2",
        "sagemaker:InstanceTypes": ["ml.t3.medium"],
    }
    resource = f"notebook-instance/{name}"
    creation = sagemaker("CreateNotebookInstance", resource, context).but(context=changes)
    rest = (tag_on_create("CreateNotebookInstance", resource), pass_role(kind="notebook"), volume_grant())
    return (creation, *rest, *network_interface(), *network_interface(group=GROUPS["alice"]))


def create_job(action: str = "CreateTrainingJob", kind: str = "training-job", /, **changes: Any) -> tuple[Ask, ...]:
    """Return the creation of a job that is placed, isolated and tagged, with the own job role."""
    context = {
        **placed(),
        **tagged(),
        "sagemaker:NetworkIsolation": True,
        "sagemaker:InterContainerTrafficEncryption": True,
        "sagemaker:InstanceTypes": ["ml.m5.xlarge"],
        "sagemaker:MaxRuntimeInSeconds": 3600,
    }
    resource = f"{kind}/alice--digits"
    return (
        sagemaker(action, resource, context).but(context=changes),
        tag_on_create(action, resource),
        pass_role(),
    )


def create_model(name: str = "alice--digits", /, **changes: Any) -> tuple[Ask, ...]:
    """Return the creation of a model that is placed, isolated and tagged."""
    context = {**placed(), **tagged(), "sagemaker:NetworkIsolation": True}
    resource = f"model/{name}"
    creation = sagemaker("CreateModel", resource, context).but(context=changes)
    return (creation, tag_on_create("CreateModel", resource), pass_role())


def create_endpoint_config(model: str | None = "alice--digits", /, **changes: Any) -> tuple[Ask, ...]:
    """Return the creation of an endpoint configuration with one variant."""
    models = {"sagemaker:ModelArn": NAMING.sagemaker_arn(f"model/{model}")} if model else {}
    resource = "endpoint-config/alice--digits"
    creation = sagemaker("CreateEndpointConfig", resource, {**tagged(), **models, **SIZE}).but(context=changes)
    return (creation, tag_on_create("CreateEndpointConfig", resource))


def create_endpoint(config_owner: str | None = "alice") -> tuple[Ask, ...]:
    """Return the creation of an endpoint, which is judged on the endpoint and on its configuration."""
    resource = "endpoint/alice--digits"
    return (
        sagemaker("CreateEndpoint", resource, tagged()),
        sagemaker("CreateEndpoint", "endpoint-config/some", {**tagged(), **of(config_owner)}),
        tag_on_create("CreateEndpoint", resource),
    )


def s3(action: str, purpose: str, key: str | None = None, context: dict[str, Any] | None = None, **more: Any) -> Ask:
    """Return a request on one of the platform's buckets, or on an object of it."""
    bucket = NAMING.bucket_arn(purpose)
    return Ask(f"s3:{action}", bucket if key is None else f"{bucket}/{key}", context or {}, **more)


def listing(prefix: str | None, action: str = "ListBucket", purpose: str = "results", **more: Any) -> Ask:
    """Return a listing below a prefix, or of everything."""
    return s3(action, purpose, None, {} if prefix is None else {"s3:prefix": prefix}, **more)


def foreign_s3(action: str, key: str = "x", **more: Any) -> Ask:
    """Return a request on a stranger's bucket."""
    return Ask(f"s3:{action}", f"arn:aws:s3:::strangers-sagemaker/{key}", owner=STRANGERS_ACCOUNT, **more)


def key_use(action: str, service: str | None = "s3", /, *, key: str = "data", **context: Any) -> Ask:
    """Return a use of a key through a service of this Region, or directly."""
    through = {"kms:ViaService": f"{service}.ap-northeast-1.amazonaws.com"} if service else {}
    arn = NAMING.arn("kms", f"key/{IDS[f'key/{key}']}")
    return Ask(f"kms:{action}", arn, {**through, **context}, via=Via.FORWARDED if service else Via.NO_ENDPOINT)
