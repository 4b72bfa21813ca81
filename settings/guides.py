"""What each key means: what is allowed, why, and a value to write.

The messages and the JSON schema of a stack file are both made of these, so that they cannot say different things.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import (
    audit_guides,
    endpoint_guides,
    invoker_guides,
    network_guides,
    partner_guides,
    people_guides,
    price_guides,
    store_guides,
)
from .features import BUILT, DEFAULT, INTERFACES
from .guide import Guide
from .regions import REGION_PATTERN

if TYPE_CHECKING:
    from .problems import Place

USER_PATTERN = "(?!.*--)[a-z][a-z0-9-]{1,18}[a-z0-9]"
_FEATURES = tuple(INTERFACES)
_ONLY_ENDPOINTS = ", ".join(each for each in INTERFACES if each not in BUILT)

REGION = Guide(
    allowed="the code of a Region, such as ap-northeast-1",
    why="every ARN that the platform plans holds the Region, and partition and zone ids follow from it",
    example="ap-northeast-1",
    pattern=REGION_PATTERN,
)
DEFAULT_PROVIDERS = Guide(
    allowed="a list that holds aws",
    why="without it, a resource that misses the one provider pinned to the account is made with whatever credentials "
    "are at hand; with it, Pulumi refuses such a resource",
    example=["aws"],
)
ACCOUNT_ID = Guide(
    allowed="twelve digits in quotes",
    why="the provider is pinned to this account, and every ARN that the platform plans holds it; without quotes YAML "
    "readers take digits for a number, which loses leading zeros or turns into powers of ten",
    example="111122223333",
    pattern="[0-9]{12}",
)
ENVIRONMENT = Guide(
    allowed="dev, test or prod",
    why="it is the value of the tag `environment`, and decides how careful defaults are",
    example="dev",
    choices=("dev", "test", "prod"),
)
NAME_PREFIX = Guide(
    allowed="1 to 20 lower-case letters, digits and single hyphens, a letter first, no hyphen last, no `sagemaker`",
    why="all physical names begin with it, so that no name needs cutting; AWS' managed policies match names that hold "
    "`sagemaker`; without the key it is ml-<stack>",
    example="ml-dev",
    pattern="(?!.*--)(?!.*sagemaker)[a-z]([a-z0-9-]{0,18}[a-z0-9])?",
)
DEPLOYER = Guide(
    allowed="a list of ARNs of IAM users or roles of this account, at least one",
    why="the platform's denies exempt who runs pulumi for management; nobody listed means that nobody could change or "
    "remove the platform any more",
    example=["arn:aws:iam::111122223333:role/ci-deploy"],
)
DEPLOYER_ARN = Guide(
    allowed="the ARN of an IAM user or role of this account, such as arn:aws:iam::111122223333:role/ci-deploy",
    why="policies compare it with aws:PrincipalArn, which names the user or the role, never a session",
    example="arn:aws:iam::111122223333:role/ci-deploy",
)
FEATURES = Guide(
    allowed=f"a list of {', '.join(_FEATURES)}, none twice",
    why=f"grants and endpoints follow from the declared features; without the key {', '.join(DEFAULT)} are on; of "
    f"{_ONLY_ENDPOINTS} the platform builds the VPC endpoints and their policies only",
    example=list(DEFAULT),
)
FEATURE = Guide(
    allowed=", ".join(_FEATURES),
    why="a feature that the platform does not know can switch on nothing",
    example="notebooks",
    choices=_FEATURES,
)
TENANTS = Guide(
    allowed="a mapping of each tenant to its settings, {} for the defaults, or a list of names",
    why="each tenant gets two roles, a security group and a notebook",
    example={"alice": {}, "bob": {}, "carol": {}},
)
TENANT_NAME = Guide(
    allowed="3 to 20 lower-case letters, digits and single hyphens, a letter first, no hyphen last",
    why="the name is the tag `user`, a path of roles and a prefix of objects; `--` ends it in names such as "
    "alice--ml-dev-notebook",
    example="alice",
    pattern=USER_PATTERN,
)
TENANT = Guide(
    allowed="a mapping of instance-type, volume-size-gb and data-administrator, {} for the defaults",
    why="these settings are the tenant's own",
    example={},
)
INSTANCE_TYPE = Guide(
    allowed="a SageMaker instance type, such as ml.t3.medium",
    why="the tenant's notebook runs on it; instance_types.json lists what SageMaker knows",
    example="ml.t3.medium",
    pattern="ml[.][a-z0-9]+(-[a-z0-9]+)*[.][a-z0-9]+",
)
VOLUME_SIZE = Guide(
    allowed="a whole number of gigabytes from 5 to 16384",
    why="SageMaker takes no other sizes for the volume of a notebook",
    example=5,
)
RETIRED = Guide(
    allowed="a list of the names of former tenants, none twice",
    why="a retired name must not come back: what it left behind would belong to a new person",
    example=[],
)
DATA = Guide(
    allowed="a mapping of suffix, and if wanted buckets, keys and ingestion",
    why="the buckets are named <prefix>-<purpose>-<suffix>",
    example={"suffix": "7f3a"},
)
SUFFIX = Guide(
    allowed="4 to 12 lower-case letters and digits, in quotes",
    why="names of buckets are shared by all AWS accounts, so a suffix of your own keeps yours free; without quotes "
    "YAML readers take some suffixes for numbers",
    example="7f3a",
    pattern="(?!.*sagemaker)(?!s3alias$)[a-z0-9]{4,12}",  # S3 keeps names that end in -s3alias to itself [LIVE]
)
ISOLATION = Guide(
    allowed="a mapping of training and processing, each true or false",
    why="an isolated container has no network and no credentials; without the key both are isolated",
    example={"training": True, "processing": True},
)
ISOLATED = Guide(
    allowed="true or false",
    why="with false its containers may have a network inside the VPC, and they hold the keys of the job role, which "
    "work from anywhere until the session ends; Spark on several nodes, Clarify and RL containers need it",
    example=True,
)
BASTION = Guide(
    allowed="a mapping of instance-type and legacy-agent",
    why="people who are not on the network come in through the bastion of the feature of that name; without the key "
    "it has the defaults",
    example={"instance-type": "t3.micro", "legacy-agent": False},
)
BASTION_INSTANCE_TYPE = Guide(
    allowed="an EC2 instance type, such as t3.micro",
    why="the bastion runs on it; it forwards and computes nothing",
    example="t3.micro",
    pattern="(?!ml[.])[a-z][a-z0-9]*(-[a-z0-9]+)*[.][a-z0-9-]+",
)
LEGACY_AGENT = Guide(
    allowed="true or false",
    why="an SSM Agent before 3.3.40.0 fetches its work through the endpoint ec2messages; the image of the bastion "
    "brings a newer one",
    example=False,
)
QUOTAS = Guide(
    allowed="a mapping of iam-roles, iam-users, groups-per-user, policies-per-group, security-groups and "
    "security-group-rules",
    why="limits of the account are checked before anything is built; without the key they are AWS' defaults",
    example={"iam-roles": 1000},
)
IAM_ROLES = Guide(
    allowed="a whole number above 0",
    why="it is the account's quota of IAM roles, 1000 unless AWS raised it",
    example=1000,
)
IAM_USERS = Guide(
    allowed="a whole number above 0",
    why="it is the account's quota of IAM users, 5000 unless AWS raised it",
    example=5000,
)
GROUPS_PER_USER = Guide(
    allowed="a whole number above 0",
    why="it is how many groups IAM lets a user be in, 10 unless AWS raised it",
    example=10,
)
POLICIES_PER_GROUP = Guide(
    allowed="a whole number above 0",
    why="it is how many managed policies IAM lets a group carry, 10 unless AWS raised it",
    example=10,
)
SECURITY_GROUPS = Guide(
    allowed="a whole number above 0",
    why="it is the account's quota of security groups in the Region, 2500 unless AWS raised it",
    example=2500,
)
SECURITY_GROUP_RULES = Guide(
    allowed="a whole number above 0",
    why="it is the account's quota of rules of one direction in a security group, 60 unless AWS raised it",
    example=60,
)

GUIDES: dict[Place, Guide] = {
    ("aws:region",): REGION,
    ("pulumi:disable-default-providers",): DEFAULT_PROVIDERS,
    ("account-id",): ACCOUNT_ID,
    ("environment",): ENVIRONMENT,
    ("name-prefix",): NAME_PREFIX,
    ("deployer",): DEPLOYER,
    ("deployer", "*"): DEPLOYER_ARN,
    **network_guides.GUIDES,
    ("features",): FEATURES,
    ("features", "*"): FEATURE,
    **endpoint_guides.GUIDES,
    ("tenants",): TENANTS,
    ("tenants", "*"): TENANT,
    ("tenants", "*", "instance-type"): INSTANCE_TYPE,
    ("tenants", "*", "volume-size-gb"): VOLUME_SIZE,
    **people_guides.GUIDES,
    ("retired",): RETIRED,
    ("retired", "*"): TENANT_NAME,
    ("data",): DATA,
    ("data", "suffix"): SUFFIX,
    ("isolation",): ISOLATION,
    ("isolation", "training"): ISOLATED,
    ("isolation", "processing"): ISOLATED,
    ("bastion",): BASTION,
    ("bastion", "instance-type"): BASTION_INSTANCE_TYPE,
    ("bastion", "legacy-agent"): LEGACY_AGENT,
    **audit_guides.GUIDES,
    **price_guides.GUIDES,
    **store_guides.GUIDES,
    **partner_guides.GUIDES,
    **invoker_guides.GUIDES,
    ("quotas",): QUOTAS,
    ("quotas", "iam-roles"): IAM_ROLES,
    ("quotas", "iam-users"): IAM_USERS,
    ("quotas", "groups-per-user"): GROUPS_PER_USER,
    ("quotas", "policies-per-group"): POLICIES_PER_GROUP,
    ("quotas", "security-groups"): SECURITY_GROUPS,
    ("quotas", "security-group-rules"): SECURITY_GROUP_RULES,
}
"""The guide of every place; `*` stands for any list position, tenant, zone or service."""


KEYS: dict[Place, Guide] = {
    **dict.fromkeys([("partners",), ("service-readers",)], partner_guides.NAME),
    ("invokers",): invoker_guides.NAME,
}
"""Mappings whose keys are names, and what these may be."""


def guide_of(place: Place) -> Guide | None:
    """Return the guide of a place; None for a key that nobody knows."""
    if place in GUIDES:
        return GUIDES[place]
    alike = (
        guide
        for known, guide in GUIDES.items()
        if len(known) == len(place) and all(one in ("*", part) for one, part in zip(known, place, strict=True))
    )
    return next(alike, None)
