"""Write docs/endpoints.md from the program's own tables.

    python -m tools.endpoint_tables            writes docs/endpoints.md
    python -m tools.endpoint_tables --check    says whether it is stale; exit code 1 if it is

Each table is a function, so that other pages can hold it too.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from components.aws_owned import AWS_BUCKETS, READS_IMAGES, image_accounts
from components.documents.endpoints import SERVICE_ACTIONS
from components.endpoint_services import ALWAYS, EC2_MESSAGES, FEATURE_SERVICES, S3_INTERFACE, services_for
from settings.features import BUILT, regions_of
from tools.endpoint_calls import CALLS, decide

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from components.endpoint_services import EndpointService

PAGE = Path(__file__).resolve().parents[1] / "docs" / "endpoints.md"
REGION = "<region>"

INTRODUCTION = """\
# VPC endpoints

Written by `python -m tools.endpoint_tables` from the tables that the program itself uses; a test says when it is stale.

A stack file declares `features`; the program raises the endpoints of exactly these, each once. Interface endpoints
have private DNS and the group *endpoints*; they stand in all zones, or with `endpoints: {zones: one}` in the first one,
which costs less and serves the other zones until it fails. A service that is not in every zone is named under
`endpoints: {service-zones: {notebook: [apne1-az1]}}`. `endpoints: {s3-interface: true}` adds an interface to S3 beside
the gateway, for clients that come over Direct Connect, VPN or peering: its names are answered to the inbound resolver
endpoint alone. Inside the VPC the gateway stays in use.
"""

POLICIES = """\
Every endpoint has a policy: principals of the own account may reach resources of the own account, by these actions. It
grants nothing; it is a ceiling over what callers hold. That AWS takes a policy on each of these services is unverified
[LIVE]; where it does not, it refuses to make the endpoint. With the feature `bastion` the endpoint of `sts` also lets
`sts:GetSessionToken` through.
"""

OWNED = """\
Nothing else of another account is reached. Buckets are read (`s3:GetObject`) by anyone who comes through the S3
endpoint, because these downloads are unsigned or signed by AWS: no principal of ours stands in them.
"""

CALLS_TEXT = """\
Each row is decided by `iamproof` over the planned documents with the features bastion, inference, notebooks and
training; the last column names the statements that allow it, and no statement denies it. The same call by another
account's principal, or on another account's resource, does not pass the endpoint even where every other policy allows
it; packages alone may be read by anyone. Where no endpoint is named, SageMaker acts from its own network [LIVE].
"""


def page() -> str:
    """Return the whole page."""
    parts = [
        INTRODUCTION,
        "## Features and their endpoints\n\n" + feature_table(),
        "## What passes\n\n" + POLICIES + "\n" + policy_table(),
        "## What belongs to AWS\n\n" + OWNED + "\n" + owned_table(),
        "## Calls\n\n" + CALLS_TEXT + "\n" + call_table(),
    ]
    return "\n".join(parts)


def feature_table() -> str:
    """Return the endpoints of each feature."""
    rows = [("always", _names(ALWAYS), "everywhere", "yes")]
    for feature, services in FEATURE_SERVICES.items():
        built = "yes" if feature in BUILT else "endpoints only"
        rows.append((f"`{feature}`", _names(services) or "none of its own", _where(feature), built))
    rows.append(("setting `bastion: {legacy-agent: true}`", _names([EC2_MESSAGES]), "everywhere", "yes"))
    rows.append(("setting `endpoints: {s3-interface: true}`", _names([S3_INTERFACE]), "everywhere", "yes"))
    return _table(("feature", "endpoints", "Regions, as far as a source says", "built"), rows)


def policy_table() -> str:
    """Return what each endpoint lets through for the own account."""
    services = services_for(FEATURE_SERVICES, S3_INTERFACE, EC2_MESSAGES)
    rows = [
        (
            f"`{service.key}`",
            f"`{service.service_name(REGION)}`" + (f", in {service.home}" if service.home else ""),
            "gateway" if service.gateway else "interface",
            ", ".join(f"`{action}`" for action in SERVICE_ACTIONS[service.key]),
        )
        for service in services
    ]
    return _table(("endpoint", "service", "kind", "actions"), rows)


def owned_table() -> str:
    """Return what AWS owns and the features read."""
    rows = [
        (
            f"`{bucket.sid}`",
            f"`{bucket.template.format(region=REGION)}`"
            if bucket.template
            else f"by Region, `{bucket.listed}` in the data",
            _listed(bucket.features),
            bucket.reason,
        )
        for bucket in AWS_BUCKETS
    ]
    count = len(image_accounts("ap-northeast-1"))
    images = f"repositories of AWS' image accounts by Region, {count} in ap-northeast-1"
    reason = "SageMaker's images, pulled by the own account's principals through `ecr.api` and `ecr.dkr`"
    rows.append(("`PullAwsImages`", images, _listed(READS_IMAGES), reason))
    data = "The data and its sources: `components/aws_owned.json`, written by `python -m tools.aws_owned`."
    return _table(("statement", "what", "features", "why"), rows) + f"\n{data}\n"


def call_table() -> str:
    """Return the calls, the endpoint that carries each, and the statements that let it through."""
    rows = [
        (
            call.who,
            call.what,
            f"`{call.action}`",
            f"`{call.through}`" if call.through else "none",
            ", ".join(f"`{one.policy}` {one.sid}" for one in decide(call).statements if one.sid),
        )
        for call in CALLS
    ]
    return _table(("who", "what it does", "call", "endpoint", "let through by"), rows)


def _names(services: Iterable[EndpointService]) -> str:
    return ", ".join(f"`{service.service_name(REGION)}`" for service in services)


def _where(feature: str) -> str:
    known = regions_of(feature)
    return f"{len(known[0])} ({known[1]})" if known else "no source"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def main(arguments: Sequence[str]) -> int:
    """Return 0 when the page is written, or fresh; 1 when it is stale."""
    if list(arguments) != ["--check"]:
        PAGE.write_text(page(), encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == page():
        return 0
    sys.stderr.write("docs/endpoints.md is stale: run `python -m tools.endpoint_tables`\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
