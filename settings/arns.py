"""ARNs that a stack file gives: they must be of this account, this partition and this Region."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .problems import RefusedError

_SEGMENTS = re.compile(r"arn:([^:]*):([^:]*):([^:]*):([^:]*):(.+)", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Home:
    """Where the stack lives; None is what could not be read and is reported elsewhere."""

    partition: str | None
    account_id: str | None
    region: str | None


@dataclass(frozen=True, kw_only=True)
class ArnKind:
    """A kind of ARN: `resource` is a pattern of its last segment, `noun` says what it is of in a sentence."""

    noun: str
    service: str
    resource: str
    example: str
    regional: bool = True


_NAME = r"[A-Za-z0-9_+=,.@-]{1,64}"

USER_OR_ROLE = ArnKind(
    noun="an IAM user or role",
    service="iam",
    resource=rf"(user|role)/({_NAME}/)*{_NAME}",
    example="role/ci-deploy",
    regional=False,
)
SNS_TOPIC = ArnKind(noun="an SNS topic", service="sns", resource="[A-Za-z0-9_-]{1,256}", example="cost")
VPC = ArnKind(noun="a VPC", service="ec2", resource="vpc/vpc-[0-9a-f]{8,17}", example="vpc/vpc-0123456789abcdef0")


def check_arn(arn: str, kind: ArnKind, home: Home) -> None:
    """Refuse an ARN that is not of this kind, account, partition and Region, with all reasons at once.

    The form is that of the *Service Authorization Reference*: arn:partition:service:region:account:resource.
    """
    allowed = f"the ARN of {kind.noun} of this account, such as {_written(kind, home, kind.example)}"
    found = _SEGMENTS.fullmatch(arn)
    if not found:
        raise RefusedError(
            "this is no ARN: it has not the form arn:partition:service:region:account:resource", allowed=allowed
        )
    partition, service, region, account, resource = found.groups()
    reasons = []
    if home.partition and partition != home.partition:
        reasons.append(f"the partition is `{partition}`, and that of the stack's Region is `{home.partition}`")
    if service != kind.service:
        reasons.append(f"the service is `{service}`, not `{kind.service}`")
    if not kind.regional and region:
        reasons.append(f"it names the Region `{region}`, but {kind.noun} belongs to no Region: leave it empty")
    if kind.regional and home.region and region != home.region:
        reasons.append(f"the Region is `{region}`, and the stack's is `{home.region}`")
    if home.account_id and account != home.account_id:
        reasons.append(f"the account is `{account}`, and the stack's is `{home.account_id}`")
    fits = re.fullmatch(kind.resource, resource)
    if not fits:
        reasons.append(f"`{resource}` does not name {kind.noun}")
    if reasons:
        instead = _written(kind, home, resource if fits else kind.example)
        raise RefusedError("; ".join(reasons), allowed=allowed, instead=instead)


def check_deployer(arn: str, home: Home) -> None:
    """Refuse a deployer that is not an IAM user or role of this account, or that a tenant could become."""
    session = re.fullmatch(rf"arn:([^:]*):sts:[^:]*:([^:]*):assumed-role/({_NAME})/.+", arn, re.DOTALL)
    if session:
        check_arn(f"arn:{session[1]}:iam::{session[2]}:role/{session[3]}", USER_OR_ROLE, home)
        raise RefusedError(
            "this is a session: its name changes, and aws:PrincipalArn names the role that was assumed; a role with a "
            "path needs the path as well, which `aws iam get-role` prints",
            instead=_written(USER_OR_ROLE, home, f"role/{session[3]}"),
        )
    if re.fullmatch("arn:[^:]*:iam:[^:]*:[^:]*:root", arn):
        raise RefusedError(
            "this is the account itself: to exempt root would leave the platform to the one identity that no "
            "policy of the account limits; run pulumi as a role",
            instead=_written(USER_OR_ROLE, home, USER_OR_ROLE.example),
        )
    check_arn(arn, USER_OR_ROLE, home)
    if re.match("(user|role)/tenants/", arn.split(":", 5)[5]):
        raise RefusedError(
            "everything under the path /tenants/ belongs to tenants: the perimeter would exempt one of them",
            instead=_written(USER_OR_ROLE, home, USER_OR_ROLE.example),
        )


def _written(kind: ArnKind, home: Home, resource: str) -> str:
    region = (home.region or "ap-northeast-1") if kind.regional else ""
    return f"arn:{home.partition or 'aws'}:{kind.service}:{region}:{home.account_id or '111122223333'}:{resource}"
