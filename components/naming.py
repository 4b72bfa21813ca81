"""Physical names and ARNs, decided at plan time, so that every document is complete in a first preview.

No name is ever cut: `settings` keeps prefix, suffix and tenant short enough for the longest name built here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, kw_only=True)
class Naming:
    """Where the stack lives and what its parts are called.

    `bucket_names` holds the names of buckets, by purpose, that are not made of prefix and suffix.
    """

    partition: str
    region: str
    account_id: str
    prefix: str
    suffix: str
    bucket_names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    def arn(self, service: str, resource: str, *, region: bool = True, account: bool = True) -> str:
        """Return an ARN of this account and Region; services without either leave the segment empty."""
        where = f"{self.region if region else ''}:{self.account_id if account else ''}"
        return f"arn:{self.partition}:{service}:{where}:{resource}"

    def label(self, logical_name: str) -> str:
        """Return the ``Name`` tag of a resource that needs no name of its own, such as ``ml-dev-network-vpc``."""
        return f"{self.prefix}-{logical_name}"

    # Identities

    def iam_arn(self, resource: str) -> str:
        """Return an IAM ARN of this account, such as ``role/tenants/alice/…``."""
        return self.arn("iam", resource, region=False)

    def tenant_path(self, user: str) -> str:
        """Return the IAM path that holds the roles of one tenant."""
        return f"/tenants/{user}/"

    def tenant_role_name(self, user: str, kind: str) -> str:
        """Return the name of a tenant's role; `kind` is ``notebook`` or ``job``."""
        return f"{self.prefix}-{user}-{kind}"

    def tenant_role_arn(self, user: str, kind: str) -> str:
        """Return the ARN of a tenant's role."""
        return self.iam_arn(f"role{self.tenant_path(user)}{self.tenant_role_name(user, kind)}")

    def deployment_path(self, user: str) -> str:
        """Return the IAM path of a tenant's deployment role: roles that are passed, or read data, lie elsewhere."""
        return f"/deployment/{user}/"

    def deployment_role_name(self, user: str) -> str:
        """Return the name of the role that deploys a tenant's models."""
        return f"{self.prefix}-{user}-deployment"

    def deployment_role_arn(self, user: str) -> str:
        """Return the ARN of the role that deploys a tenant's models."""
        return self.iam_arn(f"role{self.deployment_path(user)}{self.deployment_role_name(user)}")

    def invoking_path(self, user: str) -> str:
        """Return the IAM path of the roles that call a tenant's endpoints: roles that are passed lie elsewhere."""
        return f"/invokers/{user}/"

    def invoking_role_name(self, invoker: str) -> str:
        """Return the name of an invoker's role and of its policy; no person's and no tenant's role has two hyphens."""
        return f"{self.prefix}-invoker--{invoker}"

    def invoking_role_arn(self, user: str, invoker: str) -> str:
        """Return the ARN of an invoker's role."""
        return self.iam_arn(f"role{self.invoking_path(user)}{self.invoking_role_name(invoker)}")

    def invoking_policy_arn(self, invoker: str) -> str:
        """Return the ARN of the policy of an invoker's role."""
        return self.iam_arn(f"policy/{self.invoking_role_name(invoker)}")

    def tenant_policy_name(self, purpose: str) -> str:
        """Return the name of a managed policy that all tenants share, such as ``ml-dev-tenant-boundary``."""
        return f"{self.prefix}-tenant-{purpose}"

    def tenant_policy_arn(self, purpose: str) -> str:
        """Return the ARN of a managed policy that all tenants share."""
        return self.iam_arn(f"policy/{self.tenant_policy_name(purpose)}")

    def platform_role_name(self, purpose: str) -> str:
        """Return the name of a role that a service takes on for the platform, such as ``ml-dev-flow-logs``."""
        return f"{self.prefix}-{purpose}"

    def platform_path(self) -> str:
        """Return the IAM path of the bastion's role: what tenants may pass lies elsewhere."""
        return "/platform/"

    def bastion_name(self) -> str:
        """Return the name of the bastion's role, its inline policy and its instance profile."""
        return self.platform_role_name("bastion")

    def bastion_boundary_name(self) -> str:
        """Return the name of the ceiling of the bastion's role."""
        return f"{self.bastion_name()}-boundary"

    def person_name(self, person: str) -> str:
        """Return the name of a person's user or role; the prefix keeps two stacks of one account apart."""
        return f"{self.prefix}-{person}"

    def people_path(self) -> str:
        """Return the IAM path of federated people's roles: what tenants may pass lies elsewhere."""
        return "/people/"

    def group_name(self, group: str) -> str:
        """Return the name of a group of people, such as ``ml-dev-engineers``."""
        return f"{self.prefix}-{group}"

    def people_policy_name(self, purpose: str) -> str:
        """Return the name of a managed policy that people share, such as ``ml-dev-people-boundary``."""
        return f"{self.prefix}-people-{purpose}"

    def people_policy_arn(self, purpose: str) -> str:
        """Return the ARN of a managed policy that people share."""
        return self.iam_arn(f"policy/{self.people_policy_name(purpose)}")

    def break_glass_name(self) -> str:
        """Return the name of the emergency role."""
        return f"{self.prefix}-break-glass"

    def emergency_alarm_name(self) -> str:
        """Return the name of the rule that sees the emergency role being taken on, and of the topic that tells."""
        return f"{self.prefix}-emergency-alarm"

    def records_alarm_name(self) -> str:
        """Return the name of the rule that sees records being touched, and of the topic that tells."""
        return f"{self.prefix}-records-alarm"

    # Budgets

    def budget_name(self, tenant: str) -> str:
        """Return the name of a tenant's budget."""
        return f"{self.prefix}-{tenant}"

    def budget_stop_name(self) -> str:
        """Return the name of the policy that a spent budget attaches."""
        return f"{self.prefix}-budget-stop"

    def budget_actions_name(self) -> str:
        """Return the name of the role by which AWS Budgets attaches it."""
        return self.platform_role_name("budget-actions")

    def budget_stop_arn(self) -> str:
        """Return the ARN of the policy that a spent budget attaches."""
        return self.iam_arn(f"policy/{self.budget_stop_name()}")

    # Logs

    def log_group_name(self, purpose: str) -> str:
        """Return the name of a log group of the platform, such as ``/ml-dev/flow-logs``."""
        return f"/{self.prefix}/{purpose}"

    def log_group_arn(self, purpose: str) -> str:
        """Return the ARN of a log group of the platform; ``*`` stands for all of them."""
        return self.arn("logs", f"log-group:{self.log_group_name(purpose)}")

    def trail_name(self) -> str:
        """Return the name of the trail, such as ``ml-dev-trail``."""
        return f"{self.prefix}-trail"

    # Data

    def bucket_name(self, purpose: str) -> str:
        """Return the name of a bucket; never holds the account id nor the word sagemaker."""
        return self.bucket_names.get(purpose) or f"{self.prefix}-{purpose}-{self.suffix}"

    def bucket_arn_of(self, name: str) -> str:
        """Return the ARN of a bucket by its name."""
        return self.arn("s3", name, region=False, account=False)

    def bucket_arn(self, purpose: str) -> str:
        """Return the ARN of a data bucket."""
        return self.bucket_arn_of(self.bucket_name(purpose))

    def key_alias(self, purpose: str) -> str:
        """Return the alias of a key, such as ``alias/ml-dev-data``."""
        return f"alias/{self.prefix}-{purpose}"

    # SageMaker

    def sagemaker_arn(self, resource: str) -> str:
        """Return a SageMaker ARN of this account and Region, such as ``model/…``."""
        return self.arn("sagemaker", resource)

    def notebook_name(self, user: str) -> str:
        """Return the name of a tenant's notebook; the tenant stands first so that its log stream is the tenant's."""
        return f"{user}--{self.prefix}-notebook"

    def lifecycle_configuration_name(self) -> str:
        """Return the name of the platform's notebook lifecycle configuration."""
        return f"{self.prefix}-notebook"

    def lifecycle_configuration_arn(self) -> str:
        """Return the ARN of the platform's notebook lifecycle configuration."""
        return self.sagemaker_arn(f"notebook-instance-lifecycle-config/{self.lifecycle_configuration_name()}")
