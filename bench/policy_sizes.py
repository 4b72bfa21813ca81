"""The longest policy document of each kind at many tenants, against AWS' limits: it must not grow.

``python -m bench.policy_sizes`` measures and renews this part of docs/benchmarks.md alone; ``python -m bench`` writes
it with the rest.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from preview import in_process

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"
HEADING = "## Sizes of policies"
COUNTED = (1, 100, 1000)
FEATURES = ["notebooks", "training", "inference"]

# What a document is, where it stands, and how many characters AWS takes (IAM User Guide, quotas; S3, KMS, VPC guides).
LIMITS = {
    "managed policy": ("aws:iam/policy:Policy", "policy", 6_144),
    "trust of a role": ("aws:iam/role:Role", "assumeRolePolicy", 2_048),
    "bucket policy": ("aws:s3/bucketPolicy:BucketPolicy", "policy", 20_480),
    "key policy": ("aws:kms/key:Key", "policy", 32_768),
    "endpoint policy": ("aws:ec2/vpcEndpoint:VpcEndpoint", "policy", 20_480),
}
EXPLAINED = (
    "Characters of the longest document of each kind, as deployed, white space of managed policies and trusts left out"
    " as IAM does, and how many documents there are. With `data.keys.data: per-tenant` each tenant has a key, and so a"
    " key policy, of its own."
)


@dataclass(frozen=True, kw_only=True)
class Measured:
    """The longest document of a kind, in characters, and how many there are, by the number of tenants."""

    kind: str
    keys: str
    longest: tuple[int, ...]
    documents: tuple[int, ...]

    @property
    def limit(self) -> int:
        """Return how many characters AWS takes."""
        return LIMITS[self.kind][2]

    @property
    def grows(self) -> bool:
        """Return whether more tenants than names of one length make the longest document longer."""
        return len(set(self.longest)) > 1


def sizes(tenants: int, keys: str) -> dict[str, tuple[int, int]]:
    """Return the longest document and the number of documents of each kind, for so many tenants."""
    names = [f"tenant-{number:04}" for number in range(1, tenants + 1)]
    config: dict[str, Any] = {
        "tenants": {name: {} for name in names},
        "people": {f"{name}-one": {"tenant": name, "groups": ["engineers"]} for name in names},
        "quotas": {"iam-roles": 5000},
        "features": FEATURES,
        "network": {"cidr": "10.0.0.0/16", "zones": ["apne1-az1", "apne1-az4"], "subnet-prefix": 18},
        "data": {"suffix": "7f3a", "keys": {"data": keys}},
    }
    whole = {f"closed-sagemaker:{key}": json.dumps(value) for key, value in config.items()}
    recording = in_process.run(ROOT, stack="dev", mode="deployed", config=whole)
    found = {}
    for kind, (token, path, _) in LIMITS.items():
        texts = [state.inputs[path] for state in recording.of_type(token)]
        plain = [json.dumps(json.loads(text), separators=(",", ":")) if "iam/" in token else text for text in texts]
        found[kind] = (max(map(len, plain)), len(plain))
    return found


def measure(counted: Sequence[int] = COUNTED) -> list[Measured]:
    """Measure every kind with shared and with own keys."""
    return list(_measured(counted))


def _measured(counted: Sequence[int]) -> Iterator[Measured]:
    for keys in ("shared", "per-tenant"):
        runs = []
        for tenants in counted:
            sys.stderr.write(f"policies of {tenants} tenants, keys {keys}\n")
            runs.append(sizes(tenants, keys))
        for kind in LIMITS:
            yield Measured(
                kind=kind,
                keys=keys,
                longest=tuple(run[kind][0] for run in runs),
                documents=tuple(run[kind][1] for run in runs),
            )


def table(measured: Sequence[Measured], counted: Sequence[int] = COUNTED) -> list[str]:
    """Return the lines of the part."""
    at = " | ".join(f"{tenants:,}" for tenants in counted)
    lines = [EXPLAINED, "", f"| document | keys | {at} | limit | grows | documents |"]
    lines.append("|---|---|" + "---|" * (len(counted) + 3))
    for each in measured:
        longest = " | ".join(f"{size:,}" for size in each.longest)
        documents = ", ".join(f"{number:,}" for number in each.documents)
        grows = "YES" if each.grows else "no"
        lines.append(f"| {each.kind} | {each.keys} | {longest} | {each.limit:,} | {grows} | {documents} |")
    return lines


def renewed(page: str, part: Sequence[str]) -> str:
    """Return the page with this part in place of its last form, or at the end."""
    before, _, rest = page.partition(HEADING)
    _, further, after = rest.partition("\n## ")
    text = before.rstrip("\n") + "\n\n" + "\n".join([HEADING, "", *part]) + "\n"
    return text + (f"\n## {after}" if further else "")


def main() -> int:
    """Measure and renew the part; return 1 where a document grows or is too long."""
    measured = measure()
    lines = table(measured)
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8"), lines), encoding="utf-8")
    sys.stdout.write("\n".join(lines) + "\n")
    return int(any(each.grows or max(each.longest) > each.limit for each in measured))


if __name__ == "__main__":
    sys.exit(main())
