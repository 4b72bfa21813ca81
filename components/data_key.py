"""The key that encrypts the platform's data and volumes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi_aws as aws

from components.base import BoundReference, Plan, PlannedDocument, PlatformComponent, platform_tags
from components.documents.keys import data_key_policy

if TYPE_CHECKING:
    import pulumi

    from components.documents.scope import Scope


@dataclass(frozen=True, kw_only=True)
class DataKeyArgs:
    """Who administers the key (the deployer in `scope`); `protect` refuses deletion by a later run."""

    scope: Scope
    protect: bool

    def __post_init__(self) -> None:
        sessions = [arn for arn in self.scope.deployer if ":sts:" in arn]
        if sessions:
            raise ValueError(
                f"deployer: {', '.join(sessions)} given, ARNs of IAM roles or users are allowed, a session ends and "
                f"leaves a key that nobody administers; write for example {self.scope.naming.iam_arn('role/ci-deploy')}"
            )


class DataKey(PlatformComponent):
    """The customer managed key for buckets and volumes.

    Creates: the key with its policy inline, and the alias.
    Guarantee: yearly rotation, thirty days between a deletion and its effect, a policy that names no tenant's role
    and so is the same for any number of tenants; the deployer administers and cannot decrypt.
    It grants nothing by itself: tenants also need the grant of their own policies.
    """

    def __init__(self, name: str, args: DataKeyArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self._stem = name
        self._args = args
        self._plan = self._plan_documents()
        super().__init__("closed-sagemaker:data:DataKey", name, self._plan.inputs(), opts)
        self._key = self._create_key()
        self._alias = self._create_alias()
        self.publish(BoundReference.to("key/data", self._key))

    @property
    def key_arn(self) -> pulumi.Output[str]:
        """Return the ARN of the key."""
        return self._key.arn

    @property
    def alias_name(self) -> pulumi.Output[str]:
        """Return the alias of the key, such as ``alias/ml-dev-data``."""
        return self._alias.name

    def _plan_documents(self) -> Plan:
        return Plan(
            [
                PlannedDocument(
                    kind=aws.kms.Key,
                    logical_name=f"{self._stem}-key",
                    property_path="policy",
                    document=data_key_policy(self._args.scope),
                )
            ]
        )

    def _create_key(self) -> aws.kms.Key:
        logical_name = f"{self._stem}-key"
        return aws.kms.Key(
            logical_name,
            description="Data and volumes of the closed SageMaker platform",
            policy=self._plan.rendered(aws.kms.Key, logical_name, "policy"),
            enable_key_rotation=True,
            deletion_window_in_days=30,
            tags=platform_tags(self._args.scope.naming.label(logical_name)),
            opts=self.child_options(protect=self._args.protect),
        )

    def _create_alias(self) -> aws.kms.Alias:
        return aws.kms.Alias(
            f"{self._stem}-alias",
            name=self._args.scope.naming.key_alias("data"),
            target_key_id=self._key.key_id,
            opts=self.child_options(),
        )
