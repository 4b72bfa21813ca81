"""A key of the platform: for data, for volumes, for records, for what partners read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi_aws as aws

from components.base import BoundReference, Plan, PlannedDocument, PlatformComponent, platform_tags, tenant_tags
from components.documents.keys import data_key_policy, logs_key_policy, partners_key_policy, volumes_key_policy
from components.documents.own_keys import tenant_key_policy
from components.documents.scope import DATA, LOGS, PARTNERS, TENANT, VOLUMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pulumi

    from components.documents.model import PolicyDocument
    from components.documents.partners import Readers
    from components.documents.scope import Scope

POLICIES = {DATA: data_key_policy, VOLUMES: volumes_key_policy, LOGS: logs_key_policy, PARTNERS: partners_key_policy}
ENCRYPTS = {
    DATA: "Objects of the closed SageMaker platform",
    VOLUMES: "Volumes and file systems of the closed SageMaker platform",
    LOGS: "Logs and trails of the closed SageMaker platform",
    PARTNERS: "Objects that the closed SageMaker platform stages for partners",
    TENANT: "Results and volumes of one tenant of the closed SageMaker platform",
}
# Days that AWS takes: between two rotations, and between a deletion and its effect (AWS KMS API Reference).
ROTATION, DELETION_WINDOW = range(90, 2561), range(7, 31)


@dataclass(frozen=True, kw_only=True)
class DataKeyArgs:
    """What a key is for, and who administers it (the deployer in `scope`).

    `purpose` chooses policy and alias; `rotation_days` lie between two rotations, `deletion_window_days` between a
    deletion and its effect; `protect` refuses deletion by a later run. `readers` decrypt with the key of staged
    objects; no other key has any. `tenant` owns the key whose purpose is ``tenant``. `named` are the resources that the
    policy names, so that they exist first: the emergency role.
    """

    scope: Scope
    purpose: str
    protect: bool
    readers: Readers = ()
    rotation_days: int = 365
    deletion_window_days: int = 30
    named: Sequence[pulumi.Resource] = ()
    tenant: str = ""

    @property
    def parts(self) -> tuple[str, ...]:
        """What tells the key from the others, in references and aliases."""
        return (self.purpose, self.tenant) if self.tenant else (self.purpose,)

    def __post_init__(self) -> None:
        sessions = [arn for arn in self.scope.deployer if ":sts:" in arn]
        if sessions:
            raise ValueError(
                f"deployer: {', '.join(sessions)} given, ARNs of IAM roles or users are allowed, a session ends and "
                f"leaves a key that nobody administers; write for example {self.scope.naming.iam_arn('role/ci-deploy')}"
            )
        if (self.purpose == TENANT) != bool(self.tenant):
            raise ValueError(
                f"tenant: {self.tenant!r} given for {self.purpose}, a tenant is allowed for the purpose {TENANT} "
                "alone, that key has an owner and no other; write both or neither"
            )
        if self.purpose not in ENCRYPTS:
            raise ValueError(
                f"purpose: {self.purpose!r} given, {', '.join(ENCRYPTS)} are allowed, a purpose decides which services "
                "use the key; write one of them or add a policy for the new purpose"
            )
        if self.readers and self.purpose != PARTNERS:
            raise ValueError(
                f"readers: {len(self.readers)} given for {self.purpose}, only the key for {PARTNERS} may have readers "
                "from outside; give them to that key"
            )
        for name, days in (("rotation_days", ROTATION), ("deletion_window_days", DELETION_WINDOW)):
            if (given := getattr(self, name)) not in days:
                raise ValueError(
                    f"{name}: {given} given, {days.start} to {days.stop - 1} are allowed, AWS KMS takes no others; "
                    f"write for example {days.stop - 1}"
                )


class DataKey(PlatformComponent):
    """A customer managed key with one purpose.

    Creates: the key with its policy inline, and the alias.
    Guarantee: it rotates, days lie between a deletion and its effect, its policy names no tenant's role and so is the
    same for any number of tenants, that of a tenant's own key names its owner; the deployer administers and cannot
    decrypt.
    It grants nothing by itself: tenants also need the grant of their own policies.
    """

    def __init__(self, name: str, args: DataKeyArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self._stem = name
        self._args = args
        self._plan = self._plan_documents()
        super().__init__("closed-sagemaker:data:DataKey", name, self._plan.inputs(), opts)
        self._key = self._create_key()
        self._alias = self._create_alias()
        self.publish(BoundReference.to("/".join(("key", *args.parts)), self._key))

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
                    document=self._document(),
                )
            ]
        )

    def _document(self) -> PolicyDocument:
        if self._args.purpose == TENANT:
            return tenant_key_policy(self._args.scope, self._args.tenant)
        if self._args.purpose == PARTNERS:
            return partners_key_policy(self._args.scope, self._args.readers)
        return POLICIES[self._args.purpose](self._args.scope)

    def _create_key(self) -> aws.kms.Key:
        logical_name = f"{self._stem}-key"
        return aws.kms.Key(
            logical_name,
            description=ENCRYPTS[self._args.purpose],
            policy=self._plan.rendered(aws.kms.Key, logical_name, "policy"),
            enable_key_rotation=True,
            rotation_period_in_days=self._args.rotation_days,
            deletion_window_in_days=self._args.deletion_window_days,
            tags=self._tags(self._args.scope.naming.label(logical_name)),
            opts=self.child_options(depends_on=self._args.named, protect=self._args.protect),
        )

    def _create_alias(self) -> aws.kms.Alias:
        return aws.kms.Alias(
            f"{self._stem}-alias",
            name=self._args.scope.naming.key_alias("-".join(self._args.parts)),
            target_key_id=self._key.key_id,
            opts=self.child_options(),
        )

    def _tags(self, name: str) -> dict[str, str]:
        return tenant_tags(self._args.tenant, name) if self._args.tenant else platform_tags(name)
