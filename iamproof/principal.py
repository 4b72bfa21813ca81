"""Who makes a request."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from iamproof.arns import arn_account, arn_problem

if TYPE_CHECKING:
    from collections.abc import Mapping


class PrincipalKind(Enum):
    """Kinds of principals; the value is `aws:PrincipalType` where AWS documents one."""

    USER = "User"
    ROLE = "AssumedRole"
    ROOT = "Account"
    FEDERATED_USER = "FederatedUser"
    ANONYMOUS = "Anonymous"
    SERVICE = "service"
    IDENTITY_PROVIDER = "identity provider"


_IN_ACCOUNT = frozenset(
    {PrincipalKind.USER, PrincipalKind.ROLE, PrincipalKind.ROOT, PrincipalKind.FEDERATED_USER},
)
_FORMS: tuple[tuple[PrincipalKind, re.Pattern[str]], ...] = (
    (PrincipalKind.USER, re.compile(r"arn:[a-z-]+:iam::\d{12}:user/[^*?]+", re.ASCII)),
    (PrincipalKind.ROLE, re.compile(r"arn:[a-z-]+:iam::\d{12}:role/[^*?]+", re.ASCII)),
    (PrincipalKind.ROOT, re.compile(r"arn:[a-z-]+:iam::\d{12}:root", re.ASCII)),
    (PrincipalKind.FEDERATED_USER, re.compile(r"arn:[a-z-]+:sts::\d{12}:federated-user/[^*?/]+", re.ASCII)),
)
_SESSION = re.compile(
    r"arn:(?P<partition>[a-z-]+):sts::(?P<account>\d{12}):assumed-role/(?P<role>[^*?/]+)/(?P<session>[^*?/]+)",
    re.ASCII,
)


@dataclass(frozen=True)
class Principal:
    """A principal: make one with `role`, `user`, `from_arn`, `service`, `anonymous` or `identity_provider`.

    `arn` is the ARN of the role or user (never of a session), of a federated user, or of an account's root; for a
    service its name; for an identity provider its ARN or domain name; empty for an anonymous caller. A role acts
    through a session; `session` is its name where that is known. `path_known` is false for a role read from a
    session ARN, which leaves the role's path out.
    """

    kind: PrincipalKind
    arn: str
    tags: Mapping[str, str] = field(default_factory=dict, hash=False)
    session: str | None = None
    path_known: bool = True

    def __post_init__(self) -> None:
        expected = dict(_FORMS).get(self.kind)
        if expected and not expected.fullmatch(self.arn):
            malformed = arn_problem(self.arn, pattern=False)
            raise ValueError(f"{self.arn!r} {malformed or 'is no ARN of this kind of principal'} ({self.kind.name})")
        folded = {key.lower() for key in self.tags}
        if len(folded) != len(self.tags):
            raise ValueError(f"principal tags {sorted(self.tags)}: IAM tells keys apart without case; write each once")

    @classmethod
    def role(cls, arn: str, tags: Mapping[str, str] | None = None, *, session: str | None = None) -> Principal:
        """Return a session of the role; without a name no statement about one named session covers it for certain."""
        return cls(PrincipalKind.ROLE, arn, tags or {}, session)

    @classmethod
    def user(cls, arn: str, tags: Mapping[str, str] | None = None) -> Principal:
        """Return an IAM user."""
        return cls(PrincipalKind.USER, arn, tags or {})

    @classmethod
    def from_arn(cls, arn: str, tags: Mapping[str, str] | None = None) -> Principal:
        """Return the principal of an ARN: user, role, role session, federated user or root; ValueError otherwise."""
        found = _SESSION.fullmatch(arn)
        if found:
            role = f"arn:{found['partition']}:iam::{found['account']}:role/{found['role']}"
            return cls(PrincipalKind.ROLE, role, tags or {}, found["session"], path_known=False)
        for kind, form in _FORMS:
            if form.fullmatch(arn):
                return cls(kind, arn, tags or {})
        raise ValueError(f"{arn!r} is no ARN of a user, role, role session, federated user or root")

    @classmethod
    def service(cls, name: str) -> Principal:
        """Return an AWS service that calls for itself, such as ``sagemaker.amazonaws.com``."""
        return cls(PrincipalKind.SERVICE, name)

    @classmethod
    def identity_provider(cls, name: str) -> Principal:
        """Return somebody whom a SAML or OIDC provider vouches for, as in AssumeRoleWithWebIdentity."""
        return cls(PrincipalKind.IDENTITY_PROVIDER, name)

    @classmethod
    def anonymous(cls) -> Principal:
        """Return a caller without credentials."""
        return cls(PrincipalKind.ANONYMOUS, "")

    @property
    def account(self) -> str | None:
        """The account that the principal belongs to; None for services, providers and anonymous callers."""
        return arn_account(self.arn) if self.kind in _IN_ACCOUNT else None

    @property
    def name(self) -> str:
        """The name without path: of the user, role, federated user, service or provider."""
        return self.arn.rpartition("/")[2] if "/" in self.arn else self.arn

    @property
    def session_arn(self) -> str | None:
        """The ARN of the role session, where its name is known."""
        if self.kind is not PrincipalKind.ROLE or self.session is None:
            return None
        partition = self.arn.split(":")[1]
        return f"arn:{partition}:sts::{self.account}:assumed-role/{self.name}/{self.session}"

    @property
    def is_service_linked(self) -> bool:
        """Whether it is a role that AWS made for a service, which organization policies do not bind."""
        return self.kind is PrincipalKind.ROLE and ":role/aws-service-role/" in self.arn
