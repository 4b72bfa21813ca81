"""Where the documents apply: names, network, endpoints, and who runs the deployment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from components.documents.model import reference, when

if TYPE_CHECKING:
    from components.documents.federation import Federation
    from components.documents.model import Conditions
    from components.naming import Naming

# The tenant that the caller belongs to. Only the platform sets this tag; without it the variable matches nothing.
OWN_USER = "${aws:PrincipalTag/user}"

# The id of the caller's own security group: a deploy-time id, so it rides on the principal and keeps documents shared.
OWN_SECURITY_GROUP = "${aws:PrincipalTag/security-group}"

# The id of the caller's own key, where each tenant has one: a deploy-time id that rides on the principal likewise.
OWN_KEY = "${aws:PrincipalTag/data-key}"

# What SageMaker is called where a policy names a service.
SAGEMAKER = "sagemaker.amazonaws.com"

# Work that a stack may let have a network; the containers then hold the keys of their role.
ISOLATION_OPTIONAL = ("training", "processing")

# The tag of a tenant's notebook role that curates raw, shared and staging data. Only the platform sets it.
DATA_ADMINISTRATOR = "aws:PrincipalTag/data-administrator"

# What buckets are for: data, the account's records, and the requests to all of these.
RAW = "raw"
RESULTS = "results"
SHARED = "shared"
STAGING = "staging"
AUDIT = "audit"
ACCESS_LOGS = "access-logs"
OF_DATA = (RAW, RESULTS, SHARED, STAGING)
LOGGED = (*OF_DATA, AUDIT)

# The record of calls, where it also goes into a log group.
TRAIL = "trail"

# What keys are for: objects, volumes and file systems, records, and objects that partners read.
DATA = "data"
VOLUMES = "volumes"
LOGS = "logs"
PARTNERS = "partners"

# What the key of one tenant is for, where each has one: its results, and the volumes of its notebook and jobs.
TENANT = "tenant"


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What the stage allows work to take: `instance_types` (patterns with ``*``), `longest_run` in seconds.

    The defaults are all that SageMaker has and the longest run of a training job that it takes by default.
    """

    instance_types: tuple[str, ...] = ("ml.*",)
    longest_run: int = 432_000

    def __post_init__(self) -> None:
        if not self.instance_types:
            raise ValueError("instance_types is empty: nothing could run; give one, such as ml.m5.*")
        if self.longest_run < 1:
            raise ValueError(f"longest_run: {self.longest_run} given, at least 1 second is allowed; give 86400")


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What the documents of one stack need to know; all of it is known at plan time, ids stand as references.

    `zone_ids` are the zones that hold a subnet, `endpoints` the services that have an endpoint, both as references
    write them (``apne1-az1``, ``sagemaker.api``). `deployer` holds the role or user ARNs that run Pulumi,
    `ingestion` the role ARNs that bring raw data in, `auditors` those that read the account's records. `isolation_off`
    names the work whose containers may have a network: ``training``, ``processing``, or both; `limits` is what the
    stage allows work to take. `features` are the declared ones: endpoint policies let through what they read of AWS'
    own. `federation` is the provider that signs people in; without it they are IAM users. `own_keys` says that each
    tenant has a key of its own for results and volumes, `approval` that models are deployed by the tenant's deployment
    role alone, from approved packages, `invokers` that roles of the account call listed endpoints by roles of tenants.
    """

    naming: Naming
    zone_ids: tuple[str, ...]
    endpoints: tuple[str, ...]
    deployer: tuple[str, ...]
    ingestion: tuple[str, ...] = ()
    auditors: tuple[str, ...] = ()
    isolation_off: tuple[str, ...] = ()
    limits: Limits = Limits()
    features: tuple[str, ...] = ()
    federation: Federation | None = None
    own_keys: bool = False
    approval: bool = False
    invokers: bool = False

    def __post_init__(self) -> None:
        for name in ("zone_ids", "endpoints", "deployer"):
            if not getattr(self, name):
                raise ValueError(f"{name} is empty: the documents would admit nobody or lock the platform; give one")
        if unknown := sorted(set(self.isolation_off) - set(ISOLATION_OPTIONAL)):
            raise ValueError(
                f"isolation_off: {', '.join(unknown)} given, {' and '.join(ISOLATION_OPTIONAL)} are allowed, "
                "models are always isolated; leave the rest out"
            )

    # Network

    def subnet_ids(self) -> tuple[str, ...]:
        """Return the references of the platform's subnets."""
        return tuple(reference(f"subnet/{zone}") for zone in self.zone_ids)

    def security_group_ids(self) -> tuple[str, ...]:
        """Return the two groups that a tenant's workload carries: the shared one and the own one."""
        return (reference("security-group/workload"), OWN_SECURITY_GROUP)

    def subnet_arns(self) -> tuple[str, ...]:
        """Return the ARNs of the platform's subnets."""
        return tuple(self.naming.arn("ec2", f"subnet/{subnet}") for subnet in self.subnet_ids())

    def network_interface_arns(self) -> tuple[str, ...]:
        """Return everything that a network interface of a tenant's workload may be made of."""
        groups = (self.naming.arn("ec2", f"security-group/{group}") for group in self.security_group_ids())
        return (self.naming.arn("ec2", "network-interface/*"), *self.subnet_arns(), *groups)

    def endpoint_ids(self) -> tuple[str, ...]:
        """Return the references of every endpoint of the platform."""
        return tuple(reference(f"endpoint/{service}") for service in self.endpoints)

    def s3_endpoint_ids(self) -> tuple[str, ...]:
        """Return the references of the gateway to S3 and, where there is one, of the interface beside it."""
        beside = ("s3-interface",) if "s3-interface" in self.endpoints else ()
        return tuple(reference(f"endpoint/{service}") for service in ("s3", *beside))

    # Identities

    def own_roles_arn(self) -> str:
        """Return the ARN pattern of the caller's roles; the slash keeps ``dev`` from reaching ``dev-2``."""
        return self.naming.iam_arn(f"role/tenants/{OWN_USER}/*")

    def own_job_role_arn(self) -> str:
        """Return the ARN of the caller's job role."""
        return self.naming.tenant_role_arn(OWN_USER, "job")

    def own_deployment_role_arn(self) -> str:
        """Return the ARN of the deployment role of the caller's tenant, which lies apart from what a tenant passes."""
        return self.naming.deployment_role_arn(OWN_USER)

    def invoking_roles_arn(self) -> str:
        """Return the ARN pattern of the roles that call tenants' endpoints."""
        return self.naming.iam_arn("role/invokers/*")

    def delegated_roles_arn(self) -> str:
        """Return the ARN pattern of roles that delegated administrators make; buckets and keys do not know the path."""
        return self.naming.iam_arn("role/delegated/*")

    @property
    def users_deploy_by_role(self) -> bool:
        """Whether users take on a role to deploy; federated people reach it by a sign-in of its own."""
        return self.approval and self.federation is None

    def tenant_roles_arn(self) -> str:
        """Return the ARN pattern of every tenant's roles."""
        return self.naming.iam_arn("role/tenants/*")

    def job_roles_arn(self) -> str:
        """Return the ARN pattern of every tenant's job role."""
        return self.naming.iam_arn(f"role/tenants/*/{self.naming.prefix}-*-job")

    def people_arn(self) -> str:
        """Return the ARN pattern of the people of this stack: users below the root path, or roles below their own."""
        kind = f"role{self.naming.people_path()}" if self.federation else "user/"
        return self.naming.iam_arn(f"{kind}{self.naming.prefix}-*")

    def tenant_principals_arns(self) -> tuple[str, ...]:
        """Return the ARN patterns of everybody who works for a tenant: roles and people."""
        return (self.tenant_roles_arn(), self.people_arn())

    def break_glass_arn(self) -> str:
        """Return the ARN of the emergency role."""
        return self.naming.iam_arn(f"role/{self.naming.break_glass_name()}")

    def managers(self) -> tuple[str, ...]:
        """Return who manages buckets and keys, and reaches nothing that they hold: the deployer and break-glass."""
        return (*self.deployer, self.break_glass_arn())

    def unless_deployer(self) -> Conditions:
        """Return the condition that the caller manages nothing here; it holds for callers without an ARN."""
        return when("ArnNotEquals", "aws:PrincipalArn", *self.managers())

    # Data

    def bucket_arns(self, *purposes: str) -> tuple[str, ...]:
        """Return the ARNs of buckets."""
        return tuple(self.naming.bucket_arn(purpose) for purpose in purposes)

    def objects_arn(self, purpose: str) -> str:
        """Return the ARN pattern of every object of a data bucket."""
        return f"{self.naming.bucket_arn(purpose)}/*"

    def own_objects_arn(self) -> str:
        """Return the ARN pattern of the caller's results; the slash keeps ``alice`` from reaching ``alice2``."""
        return f"{self.naming.bucket_arn(RESULTS)}/users/{OWN_USER}/*"

    def aws_objects_arn(self, bucket: str) -> str:
        """Return the ARN pattern of the objects in a bucket of AWS."""
        return self.naming.arn("s3", f"{bucket}/*", region=False, account=False)

    def image_repositories_arn(self, account: str) -> str:
        """Return the ARN pattern of the image repositories in another account of this Region."""
        return f"arn:{self.naming.partition}:ecr:{self.naming.region}:{account}:repository/*"

    def key_arn(self, purpose: str) -> str:
        """Return the ARN of the key for `purpose`."""
        return self.naming.arn("kms", f"key/{reference(f'key/{purpose}')}")

    def own_key_arn(self) -> str:
        """Return the ARN of the caller's own key; without the tag the variable matches nothing."""
        return self.naming.arn("kms", f"key/{OWN_KEY}")

    def results_key_arn(self) -> str:
        """Return the ARN of the key that encrypts the caller's results."""
        return self.own_key_arn() if self.own_keys else self.key_arn(DATA)

    def volumes_key_arn(self) -> str:
        """Return the ARN of the key that encrypts the volumes of the caller's notebook and jobs."""
        return self.own_key_arn() if self.own_keys else self.key_arn(VOLUMES)

    def trails_arn(self) -> str:
        """Return the ARN pattern of the platform's own trails."""
        return self.naming.arn("cloudtrail", f"trail/{self.naming.prefix}-*")

    def log_groups_arn(self) -> str:
        """Return the ARN pattern of SageMaker's log groups and, as ``*`` crosses colons, of their streams."""
        return self.naming.arn("logs", "log-group:/aws/sagemaker/*")

    def own_streams_arns(self) -> tuple[str, ...]:
        """Return the ARN patterns of the caller's log streams; ``--`` keeps ``alice`` from reaching ``alice-2``.

        Jobs and notebooks share a group and carry their name in the stream; an endpoint carries it in its own group.
        """
        return (
            f"{self.log_groups_arn()}:log-stream:{OWN_USER}--*",
            self.naming.arn("logs", f"log-group:/aws/sagemaker/Endpoints/{OWN_USER}--*"),
        )

    # SageMaker

    def sagemaker_arns(self, *types: str) -> tuple[str, ...]:
        """Return the ARN patterns of all resources of the given types in this account and Region."""
        return tuple(self.naming.sagemaker_arn(f"{kind}/*") for kind in types)

    def own_packages_arns(self) -> tuple[str, ...]:
        """Return the ARN patterns of the caller's model groups and of the packages in them, both under its name.

        A package outside a group has no slash after its name and matches neither.
        """
        return (
            self.naming.sagemaker_arn(f"model-package-group/{OWN_USER}--*"),
            self.naming.sagemaker_arn(f"model-package/{OWN_USER}--*/*"),
        )

    def own_models_arn(self) -> str:
        """Return the ARN pattern of the caller's models, which carry the owner in their name."""
        return self.naming.sagemaker_arn(f"model/{OWN_USER}--*")
