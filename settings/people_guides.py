"""What the keys about people mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .guide import Guide
from .stages import GROUPS

if TYPE_CHECKING:
    from .problems import Place

_PERSON_PATTERN = "(?!.*--)[a-z][a-z0-9-]{1,18}[a-z0-9]"

PEOPLE = Guide(
    allowed="a mapping of people to their groups and tenant, in which every tenant has a person; or false",
    why="each becomes an IAM user or a federated role; false says that people come from elsewhere: it makes none",
    example={"ann": {"tenant": "alice", "groups": ["engineers"]}, "adam": {"groups": ["administrators"]}},
)
PERSON_NAME = Guide(
    allowed="3 to 20 lower-case letters, digits and single hyphens, a letter first, no hyphen last",
    why="the user is called <prefix>-<name>",
    example="ann",
    pattern=_PERSON_PATTERN,
)
PERSON = Guide(
    allowed="a mapping of groups and, for people of a tenant, tenant",
    why="groups say what the person may do, the tenant whose things they are",
    example={"tenant": "alice", "groups": ["engineers"]},
)
TENANT_OF = Guide(
    allowed="the name of a declared tenant",
    why="it becomes the person's tag `user`: what a person reaches is what carries the same tag",
    example="alice",
    pattern=_PERSON_PATTERN,
)
GROUPS_OF = Guide(
    allowed=f"a list of one or more of {', '.join(GROUPS)}, none twice",
    why="rights and the second factor come from groups: who is in none would have neither",
    example=["engineers"],
)
GROUP = Guide(
    allowed=", ".join(GROUPS),
    why="a group that the platform does not know gives no rights and asks for no second factor",
    example="engineers",
    choices=GROUPS,
)
SUBJECT = Guide(
    allowed="the subject that the provider's tokens name: 1 to 200 letters, digits and _ . @ : | / + = -",
    why="the person's role trusts this one subject; a star would trust everybody whom the provider knows",
    example="ann@example.com",
    pattern="[A-Za-z0-9_.@:|/+=-]{1,200}",
)
FEDERATION = Guide(
    allowed="a mapping of provider, audience and session-hours",
    why="people sign in at this provider, which asks for the second factor; without the key they are IAM users",
    example={
        "provider": "arn:aws:iam::111122223333:saml-provider/corp",
        "audience": "https://signin.aws.amazon.com/saml",
    },
)
PROVIDER = Guide(
    allowed="the ARN of a SAML or OpenID Connect provider of this account",
    why="people's roles trust it; whoever runs it says who people are",
    example="arn:aws:iam::111122223333:saml-provider/corp",
)
AUDIENCE = Guide(
    allowed="the audience of the provider's tokens, without * ? $ and white space",
    why="a token for another audience takes no role on; for SAML it is the sign-in address of the partition",
    example="https://signin.aws.amazon.com/saml",
    pattern="[A-Za-z0-9_.@:|/+=-]{1,255}",
)
SESSION_HOURS = Guide(
    allowed="a whole number of hours from 1 to 8",
    why="a session cannot be called back: after so long the person signs in at the provider again",
    example=8,
)
SIGN_IN = Guide(
    allowed="mfa-hours, access-keys, networks, inside-networks, until, password-policy and alarm-addresses",
    why="it says how people prove who they are, from where, and until when",
    example={"mfa-hours": 12, "access-keys": False},
)
MFA_HOURS = Guide(
    allowed="a whole number of hours from 1 to 36",
    why="an older second factor counts no more; sessions of GetSessionToken last 36 hours at most",
    example=12,
)
ACCESS_KEYS = Guide(
    allowed="true or false",
    why="with true people make and rotate own long-term keys, which work only for a session with the second factor",
    example=False,
)
NETWORKS = Guide(
    allowed="a list of public IPv4 networks in CIDR form, none twice",
    why="people's calls that use no endpoint of the platform come from these alone; without the key from anywhere",
    example=["192.0.2.0/24"],
)
INSIDE_NETWORKS = Guide(
    allowed="a list of IPv4 networks in CIDR form, none twice",
    why="people's calls through an endpoint come from hosts of these alone, the bastion's among them; without the key "
    "from any host that reaches the endpoint",
    example=["10.0.0.0/24"],
)
NETWORK = Guide(
    allowed="an IPv4 network in CIDR form, such as 192.0.2.0/24",
    why="policies compare it with aws:SourceIp or aws:VpcSourceIp",
    example="192.0.2.0/24",
    pattern="[0-9]{1,3}([.][0-9]{1,3}){3}/[0-9]{1,2}",
)
UNTIL = Guide(
    allowed="a moment in UTC, such as 2027-03-31T00:00:00Z",
    why="after it no person of a tenant gets in; IAM knows dates, no hours of the day",
    example="2027-03-31T00:00:00Z",
    pattern="20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z",
)
PASSWORD_POLICY = Guide(
    allowed="true or false",
    why="the rule for passwords belongs to the whole account, so one stack of the account makes it",
    example=True,
)
ADDRESSES = Guide(
    allowed="a list of mail addresses, none twice",
    why="they are told when somebody takes on the emergency role; AWS asks each to confirm",
    example=["security@example.com"],
)
ADDRESS = Guide(
    allowed="a mail address, such as security@example.com",
    why="the alarm is sent there",
    example="security@example.com",
    pattern="[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+[.][A-Za-z]{2,}",
)
LIMITS = Guide(
    allowed="a mapping of instance-types, max-runtime-hours and self-service-notebooks",
    why="they bound all work of the stack; without the key they are those of its stage",
    example={"instance-types": ["ml.t3.*", "ml.m5.*"], "max-runtime-hours": 24},
)
INSTANCE_TYPES = Guide(
    allowed="a list of SageMaker instance types, or families such as ml.m5.*, at least one, none twice",
    why="work on any other type is refused",
    example=["ml.t3.*", "ml.m5.*"],
)
TYPE_OR_FAMILY = Guide(
    allowed="an instance type or a family that SageMaker knows, such as ml.m5.xlarge or ml.m5.*",
    why="a type that SageMaker does not know would forbid what was meant to be allowed",
    example="ml.m5.*",
    pattern="ml[.][a-z0-9]+(-[a-z0-9]+)*[.]([*]|[a-z0-9]+)",
)
RUNTIME = Guide(
    allowed="a whole number of hours from 1 to 672",
    why="a job that may run longer, or does not say how long, is refused; 28 days is the longest that SageMaker runs",
    example=24,
)
SELF_SERVICE = Guide(
    allowed="true or false",
    why="with false people use and open notebooks, and the program alone makes and removes them",
    example=True,
)

GUIDES: dict[Place, Guide] = {
    ("people",): PEOPLE,
    ("people", "*"): PERSON,
    ("people", "*", "tenant"): TENANT_OF,
    ("people", "*", "subject"): SUBJECT,
    ("people", "*", "groups"): GROUPS_OF,
    ("people", "*", "groups", "*"): GROUP,
    ("federation",): FEDERATION,
    ("federation", "provider"): PROVIDER,
    ("federation", "audience"): AUDIENCE,
    ("federation", "session-hours"): SESSION_HOURS,
    ("sign-in",): SIGN_IN,
    ("sign-in", "mfa-hours"): MFA_HOURS,
    ("sign-in", "access-keys"): ACCESS_KEYS,
    ("sign-in", "networks"): NETWORKS,
    ("sign-in", "networks", "*"): NETWORK,
    ("sign-in", "inside-networks"): INSIDE_NETWORKS,
    ("sign-in", "inside-networks", "*"): NETWORK,
    ("sign-in", "until"): UNTIL,
    ("sign-in", "password-policy"): PASSWORD_POLICY,
    ("sign-in", "alarm-addresses"): ADDRESSES,
    ("sign-in", "alarm-addresses", "*"): ADDRESS,
    ("limits",): LIMITS,
    ("limits", "instance-types"): INSTANCE_TYPES,
    ("limits", "instance-types", "*"): TYPE_OR_FAMILY,
    ("limits", "max-runtime-hours"): RUNTIME,
    ("limits", "self-service-notebooks"): SELF_SERVICE,
}
"""The guide of every place about people."""
