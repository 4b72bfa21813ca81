"""Write what AWS owns and tenants read through our endpoints, and in which Regions a feature is offered.

    python -m tools.aws_owned FOLDER    FOLDER: the unpacked wheel of the SageMaker Python SDK, version 2

writes components/aws_owned.json, settings/offered.json and policy_pack/aws_owned.json. Sources: the SDK's image data
and JumpStart Regions, the Regions of services in the installed botocore, and the table of buckets in the AWS
CodeArtifact User Guide, "Create the Amazon S3 gateway endpoint" (read on 2026-11-22 as far as it could be had: ten of
the thirteen Regions).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
OWNED, OFFERED = ROOT / "components" / "aws_owned.json", ROOT / "settings" / "offered.json"
PACK = ROOT / "policy_pack" / "aws_owned.json"

# Images of services that are closed to new customers, and a file that is no list of images.
LEFT_OUT = {"clarify", "debugger", "detailed-profiler", "instance_gpu_info", "model-monitor"}

CODEARTIFACT_ASSETS = {
    "ap-northeast-1": "assets-660291247815-ap-northeast-1",
    "eu-central-1": "assets-769407342218-eu-central-1",
    "eu-north-1": "assets-611884512288-eu-north-1",
    "eu-south-1": "assets-484130244270-eu-south-1",
    "eu-west-1": "assets-438097961670-eu-west-1",
    "eu-west-2": "assets-247805302724-eu-west-2",
    "eu-west-3": "assets-762466490029-eu-west-3",
    "us-east-1": "assets-193858265520-us-east-1",
    "us-east-2": "assets-250872398865-us-east-2",
    "us-west-2": "assets-787052242323-us-west-2",
}


def main(arguments: list[str]) -> None:
    """Write the three files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args(arguments).folder
    owned, sdk = aws_owned(folder), _sdk_version(folder)
    _write(OWNED, owned)
    _write(OFFERED, offered(owned, sdk))
    _write(PACK, known_to_the_pack(owned))


def aws_owned(folder: Path) -> dict[str, Any]:
    """Return AWS' image accounts with their images, the accounts of each Region, and buckets by Region."""
    images, regions = defaultdict(set), defaultdict(set)
    for path in sorted((folder / "sagemaker" / "image_uri_config").glob("*.json")):
        if path.stem in LEFT_OUT:
            continue
        for region, account in registries(json.loads(path.read_text(encoding="utf-8"))):
            images[account].add(path.stem)
            regions[region].add(account)
    jumpstart = json.loads((folder / "sagemaker" / "jumpstart" / "region_config.json").read_text(encoding="utf-8"))
    return {
        "source": f"sagemaker {_sdk_version(folder)} (PyPI): image_uri_config, jumpstart/region_config.json; "
        "AWS CodeArtifact User Guide, Create the Amazon S3 gateway endpoint",
        "images": {account: sorted(names) for account, names in sorted(images.items())},
        "image-accounts": {region: sorted(accounts) for region, accounts in sorted(regions.items())},
        "jumpstart": {region: found["content_bucket"] for region, found in sorted(jumpstart.items())},
        "codeartifact": CODEARTIFACT_ASSETS,
    }


def registries(config: object) -> Iterator[tuple[str, str]]:
    """Yield Region and account of every registry of an image's data."""
    inside = config.values() if isinstance(config, dict) else config if isinstance(config, list) else ()
    if isinstance(config, dict) and isinstance(config.get("registries"), dict):
        yield from config["registries"].items()
    for part in inside:
        yield from registries(part)


def offered(owned: dict[str, Any], sdk: str) -> dict[str, Any]:
    """Return the Regions of each feature that is not offered, or whose data is not known, everywhere."""
    images, ours = sorted(owned["image-accounts"]), set(owned["codeartifact"])
    botocore = f"botocore {version('botocore')}, endpoints.json"
    iam = {"source": "AWS PrivateLink Guide", "regions": _regions("sts", "aws")}
    return {
        "batch": {"source": f"image data of sagemaker {sdk}", "regions": images},
        "containers": {"source": f"image data of sagemaker {sdk}", "regions": images},
        "git": {"source": botocore, "regions": _regions("codecommit")},
        "iam-api": iam,
        "jumpstart": {"source": f"JumpStart data of sagemaker {sdk}", "regions": sorted(owned["jumpstart"])},
        "packages": {
            "source": f"{botocore}; buckets in the AWS CodeArtifact User Guide",
            "regions": [region for region in _regions("codeartifact") if region in ours],
        },
    }


def known_to_the_pack(owned: dict[str, Any]) -> dict[str, Any]:
    """Return what the pack, which knows no program, must know of AWS' accounts and buckets."""
    return {key: owned[key] for key in ("source", "image-accounts", "codeartifact")}


def _regions(service: str, *partitions: str) -> list[str]:
    """Return the Regions in which botocore knows an endpoint of a service."""
    spec = find_spec("botocore")
    if spec is None or spec.origin is None:
        raise SystemExit("botocore is not installed: run `make setup`")
    data = json.loads((Path(spec.origin).parent / "data" / "endpoints.json").read_text(encoding="utf-8"))
    kept = [each for each in data["partitions"] if each["partition"] in partitions or not partitions]
    return sorted(
        region
        for each in kept
        for region in each["services"].get(service, {}).get("endpoints", {})
        if region in each["regions"]
    )


def _sdk_version(folder: Path) -> str:
    found = [path.name.removesuffix(".dist-info").partition("-")[2] for path in folder.glob("sagemaker-*.dist-info")]
    if len(found) != 1:
        raise SystemExit(f"{folder} is no unpacked wheel of the SageMaker Python SDK: pip download 'sagemaker<3'")
    return found[0]


def _write(path: Path, data: dict[str, Any]) -> None:
    lines = [f"{json.dumps(key)}: {_entries(value)}" for key, value in data.items()]
    path.write_text("{\n  " + ",\n  ".join(lines) + "\n}\n", encoding="utf-8")


def _entries(value: object) -> str:
    if not isinstance(value, dict):
        return json.dumps(value)
    return "{\n    " + ",\n    ".join(f"{json.dumps(key)}: {json.dumps(each)}" for key, each in value.items()) + "\n  }"


if __name__ == "__main__":
    main(sys.argv[1:])
