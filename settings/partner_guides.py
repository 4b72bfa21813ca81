"""What each key about partners means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .guide import Guide

if TYPE_CHECKING:
    from .problems import Place

PARTNERS = Guide(
    allowed="a mapping of each partner's name to role, prefix and until, and if wanted networks",
    why="each reads exactly one prefix of the staging bucket, until a date",
    example={},
)
PARTNER = Guide(
    allowed="a mapping of role, prefix and until, and if wanted networks",
    why="a right for another account says whose it is, to what, and when it ends",
    example={"role": "arn:aws:iam::444455556666:role/reader", "prefix": "vision", "until": "2027-03-31"},
)
NAME = Guide(
    allowed="1 to 20 lower-case letters, digits and single hyphens, a letter first, no hyphen last",
    why="the name stands in the ids of the statements that admit the partner",
    example="vision-lab",
    pattern="(?!.*--)[a-z]([a-z0-9-]{0,18}[a-z0-9])?",
)
ROLE = Guide(
    allowed="the ARN of a role of another account, such as arn:aws:iam::444455556666:role/reader",
    why="a whole account (root) would let in everybody whom its administrators name, today and later",
    example="arn:aws:iam::444455556666:role/reader",
    pattern=r"arn:aws[a-z-]*:iam::[0-9]{12}:role/([A-Za-z0-9_+=,.@-]{1,64}/)*[A-Za-z0-9_+=,.@-]{1,64}",
)
PREFIX = Guide(
    allowed="names of letters, digits, `.`, `_` and `-` with / between them, no name of dots alone, none at the ends",
    why="who reads a prefix reads everything below it, so it must name one place and nothing above it",
    example="vision",
    pattern=r"(?!(.*/)?\.+(/|$))[A-Za-z0-9._-]{1,60}(/(?!\.+(/|$))[A-Za-z0-9._-]{1,60}){0,7}",
)
UNTIL = Guide(
    allowed="a date in quotes, such as 2027-03-31, after 2026 and before 2041",
    why="the right ends when this day begins, UTC. The program reads no clock: a date that has passed admits nobody, "
    "and the same stack file stays valid; only a year before 2027 is taken for a slip",
    example="2027-03-31",
)
NETWORKS = Guide(
    allowed="a list of VPC endpoint ids or a list of public IPv4 ranges of at least /16, at least one",
    why="the partner is then heard only from there; a request carries either an endpoint or an address, so both kinds "
    "together would admit nobody",
    example=["vpce-0123456789abcdef0"],
)
READERS = Guide(
    allowed="a mapping of each reader's name to service, source-arn and prefix",
    why="an AWS service that reads by itself is let in for one resource of this account only",
    example={},
)
READER = Guide(
    allowed="a mapping of service, source-arn and prefix",
    why="without the source any customer of the service could make it read",
    example={
        "service": "macie.amazonaws.com",
        "source-arn": "arn:aws:macie2:ap-northeast-1:111122223333:classification-job/x",
        "prefix": "vision",
    },
)
SERVICE = Guide(
    allowed="the principal of an AWS service, such as macie.amazonaws.com",
    why="the bucket's policy names it",
    example="macie.amazonaws.com",
    pattern=r"[a-z0-9-]+(\.[a-z0-9-]+)?\.amazonaws\.com(\.cn)?",
)
SOURCE_ARN = Guide(
    allowed="the ARN of a resource of this account, without wildcards",
    why="the service is let in only when it works for this resource",
    example="arn:aws:macie2:ap-northeast-1:111122223333:classification-job/x",
    pattern=r"arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:[0-9]{12}:[A-Za-z0-9_+=,.@:/-]+",
)

GUIDES: dict[Place, Guide] = {
    ("partners",): PARTNERS,
    ("partners", "*"): PARTNER,
    ("partners", "*", "role"): ROLE,
    ("partners", "*", "prefix"): PREFIX,
    ("partners", "*", "until"): UNTIL,
    ("partners", "*", "networks"): NETWORKS,
    ("partners", "*", "networks", "*"): NETWORKS,
    ("service-readers",): READERS,
    ("service-readers", "*"): READER,
    ("service-readers", "*", "service"): SERVICE,
    ("service-readers", "*", "source-arn"): SOURCE_ARN,
    ("service-readers", "*", "prefix"): PREFIX,
}
