"""What endpoints let through, opened piece by piece."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from components.endpoint_services import FEATURE_SERVICES

if TYPE_CHECKING:
    from tests.sabotage.program import Edit

pytestmark = pytest.mark.verify

SERVICES, OWNED, DOCUMENT = (
    "components/endpoint_services.py",
    "components/aws_owned.py",
    "components/documents/endpoints.py",
)
WIRING = "wiring/network.py"
IMPORT: Edit = (WIRING, "import pulumi\n", "import pulumi\nfrom ipaddress import IPv4Network\n")
STACK, DATA = "Pulumi.dev.yaml", "components/aws_owned.json"
PINS = "vpc-endpoint-policy-pins-accounts"
BOTH = (
    "        resources=ANYTHING,\n"
    '        conditions={"StringEquals": {"aws:PrincipalAccount": account, "aws:ResourceAccount": account}}'
)
BUCKET = 'actions=("s3:GetObject",),'
IMAGES = "scope.image_repositories_arn(account) for account"
OWN_PULLS = '        conditions={"StringEquals": {"aws:PrincipalAccount": (scope.naming.account_id,)}},\n'
ASSETS = '"ap-northeast-1": "assets-660291247815-ap-northeast-1"'


def with_feature(name: str) -> Edit:
    """Return the edit of the stack file that declares one feature more."""
    return (STACK, "closed-sagemaker:features: [", f"closed-sagemaker:features: [{name}, ")


EDITS: dict[str, tuple[tuple[Edit, ...], str]] = {
    "a feature lacks one of its endpoints": (
        (with_feature("git"), (SERVICES, "(CODECOMMIT, GIT_CODECOMMIT)", "(CODECOMMIT,)")),
        "vpc-endpoint-set-is-complete",
    ),
    "IAM is reached in a Region of somebody's choice": (
        (with_feature("iam-api"), (SERVICES, 'home="us-east-1"', 'home="eu-west-1"')),
        "vpc-endpoint-service-is-listed",
    ),
    "every account's principals pass": (
        ((DOCUMENT, BOTH, BOTH.replace('"aws:PrincipalAccount": account, ', "")),),
        PINS,
    ),
    "resources of every account are reached": (
        ((DOCUMENT, BOTH, BOTH.replace(', "aws:ResourceAccount": account', "")),),
        PINS,
    ),
    "every bucket is read": (((OWNED, "al2023-repos-{region}-de612dc2", "*"),), "vpc-endpoint-policy-is-scoped"),
    "a bucket called alike is read": (((OWNED, "al2023-repos-{region}-de612dc2", "al2023-repos-{region}"),), PINS),
    "buckets of AWS are written": (((DOCUMENT, BUCKET, BUCKET.replace("GetObject", "PutObject")),), PINS),
    "packages come from somebody's bucket": (
        (with_feature("packages"), (DATA, ASSETS, ASSETS.replace("660291247815", "999988887777"))),
        PINS,
    ),
    "images come from somebody's account": (
        (with_feature("containers"), (DOCUMENT, IMAGES, IMAGES.replace("(account)", '("999988887777")'))),
        PINS,
    ),
    "a network nobody declared reaches the endpoints": (
        (
            (WIRING, "if site.settings.network.on_premises:", "if site.settings.network.zones:"),
            (WIRING, "ranges=site.settings.network.on_premises,", 'ranges=(IPv4Network("10.66.0.0/16"),),'),
            IMPORT,
        ),
        "vpc-endpoint-security-group-allows-only-https",
    ),
    "anybody pulls images": ((with_feature("containers"), (DOCUMENT, OWN_PULLS, "")), PINS),
    "images are put to AWS' accounts": (
        (with_feature("containers"), (DOCUMENT, '"GetDownloadUrlForLayer")', '"GetDownloadUrlForLayer", "PutImage")')),
        PINS,
    ),
}


@pytest.mark.parametrize(("edits", "rule"), EDITS.values(), ids=EDITS)
def test_the_pack_refuses_an_opening_of_an_endpoint(edits: tuple[Edit, ...], rule: str, sabotage: Any) -> None:
    verdict = sabotage(*edits)
    assert rule in verdict.refusals()
    assert verdict.exit_code == 1


@pytest.mark.parametrize("mode", ["first", "deployed"])
def test_every_feature_together_passes_the_pack(mode: str, sabotage: Any) -> None:
    """Also with clients outside the network, and with endpoints in one zone."""
    features = ", ".join(FEATURE_SERVICES)
    outside = "    on-premises: [10.20.0.0/16]\n  closed-sagemaker:endpoints: {s3-interface: true, zones: one}\n"
    verdict = sabotage(
        (STACK, "[notebooks, training, inference, bastion]", f"[{features}]"),
        (STACK, "    zones: [apne1-az1, apne1-az4]\n", f"    zones: [apne1-az1, apne1-az4]\n{outside}"),
        mode=mode,
    )
    assert verdict.refusals() == set()
    assert verdict.exit_code == 0
