"""The pack judges another program: no stack config, no plans, only the standalone profile."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from preview.analyzer import Analyzer
from tests.policy_pack.baselines import bucket, model, notebook, provider, subnet, vpc
from tests.policy_pack.harness import ABSENT, PackOptions, PackResource, component

if TYPE_CHECKING:
    from collections.abc import Iterator

PACK = Path(__file__).resolve().parents[2] / "policy_pack"
PROFILE = PACK / "profiles" / "standalone.json"


@pytest.fixture(scope="module")
def standalone() -> Iterator[Analyzer]:
    """Serve the pack for a project that it has never heard of."""
    given = json.loads(PROFILE.read_text(encoding="utf-8"))
    with Analyzer(PACK, project="my-project", config={}, policy_config=given) as server:
        yield server


@pytest.mark.parametrize(
    "resource",
    [
        notebook(),
        model(),
        subnet(tags=ABSENT),
        vpc(tags=ABSENT),
        replace(bucket(tags=ABSENT), options=PackOptions(protect=True)),
        provider(),
        component("my-project:network:Network", "network"),
    ],
    ids=lambda resource: resource.type,
)
def test_a_sound_resource_passes(resource: PackResource, standalone: Analyzer) -> None:
    assert [found.message for found in standalone.analyze(resource)] == []


@pytest.mark.parametrize(
    ("resource", "rule"),
    [
        (notebook(directInternetAccess=ABSENT), "sagemaker-notebook-denies-direct-internet"),
        (notebook(tags={}), "tenant-resource-has-user-tag"),
        (notebook(tags={"user": "carol"}), "tenant-user-tag-names-a-declared-tenant"),
        (provider(allowedAccountIds='["444455556666"]'), "pulumi-provider-account-is-pinned"),
        (provider(region="us-east-1"), "pulumi-region-is-listed"),
        (component("closed-sagemaker:network:ClosedNetwork", "network"), "pulumi-type-is-reviewed"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_wrong_is_told(resource: PackResource, rule: str, standalone: Analyzer) -> None:
    found = [one for one in standalone.analyze(resource) if one.policy == rule]
    assert [one.level for one in found] == ["mandatory"]
