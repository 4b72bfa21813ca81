"""No shared document changes with the number of tenants, whoever holds the keys (P6, S4-A14)."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from components.documents.buckets import results_policy
from components.documents.own_keys import tenant_key_policy
from components.documents.people_documents import people_documents
from settings import parse
from tests.components.documents.planned import documents_of
from tests.components.documents.world import SCOPE
from tests.components.recording import record
from wiring.people import people_scope
from wiring.site import open_site

if TYPE_CHECKING:
    from components.documents.scope import Scope
    from settings import Settings
    from wiring.site import Site

COUNTED = (1, 3, 100)
OWNER = "${aws:PrincipalTag/user}"
# Characters that AWS takes of one key policy (KMS Developer Guide, quotas).
KEY_POLICY = 32_768


def names(tenants: int) -> list[str]:
    return [f"tenant-{number:03}" for number in range(1, tenants + 1)]


def config(tenants: int, keys: str) -> dict[str, str]:
    """Return a stack of so many tenants, each with a person."""
    values: dict[str, Any] = {
        "account-id": "111122223333",
        "environment": "dev",
        "name-prefix": "ml-dev",
        "deployer": ["arn:aws:iam::111122223333:role/ci-deploy"],
        "network": {"cidr": "10.0.0.0/16", "zones": ["apne1-az1", "apne1-az4"]},
        "tenants": {name: {} for name in names(tenants)},
        "people": {f"{name}-one": {"tenant": name, "groups": ["engineers"]} for name in names(tenants)},
        "data": {"suffix": "7f3a", "keys": {"data": keys}},
    }
    whole = {f"closed-sagemaker:{key}": json.dumps(value) for key, value in values.items()}
    whole |= {f"closed-sagemaker:{key}": str(values[key]) for key in ("account-id", "environment", "name-prefix")}
    return {"aws:region": "ap-northeast-1", "pulumi:disable-default-providers": '["aws"]', **whole}


def opened(settings: Settings) -> Site:
    """Return what the program makes of its settings before any part."""
    found: list[Site] = []
    record(lambda: found.append(open_site(settings)))
    return found[0]


@pytest.fixture(scope="module", params=["shared", "per-tenant"])
def counted(request: pytest.FixtureRequest) -> dict[int, tuple[Scope, dict[str, str]]]:
    """What so many tenants make of the documents, by settings and wiring: the scope, and all but tenants' own keys."""
    found = {}
    for tenants in COUNTED:
        settings = parse(config(tenants, request.param), project="closed-sagemaker", stack="dev")
        site = opened(settings)
        people = people_scope(site, with_bastion=True)
        texts = {holder: each.to_json() for holder, each in documents_of(site.scope).items()}
        texts |= {f"group/{purpose}": each.to_json() for purpose, each in people_documents(site.scope, people).items()}
        found[tenants] = (site.scope, {holder: text for holder, text in texts.items() if "key/tenant" not in holder})
    return found


def test_one_tenant_or_a_hundred_share_the_same_documents(counted: dict[int, tuple[Scope, dict[str, str]]]) -> None:
    one, three, hundred = (documents for _, documents in counted.values())
    assert len(one) > 30
    assert {holder for holder in one if one[holder] != three[holder]} == set()
    assert {holder for holder in one if one[holder] != hundred[holder]} == set()
    assert set(one) == set(three) == set(hundred)
    assert [holder for holder, text in hundred.items() if "tenant-0" in text] == []


def test_a_tenants_own_key_has_a_policy_of_one_length(counted: dict[int, tuple[Scope, dict[str, str]]]) -> None:
    sizes = {
        len(tenant_key_policy(scope, name).to_json())
        for tenants, (scope, _) in counted.items()
        for name in names(tenants)
    }
    (size,) = sizes
    assert 0 < size < KEY_POLICY


def test_s4_a14_a_thousand_prefixes_are_pairwise_disjoint() -> None:
    """S4-A14: in sorted order whatever begins like another stands behind it; names that begin alike are among them."""
    tenants = {*(f"tenant-{number}" for number in range(1000)), "alice", "alice2", "al1", "alice-2"}
    (listed,) = (each for each in results_policy(SCOPE).statements if each.sid == "OwnPrefixOnly")
    (pattern,) = {each.partition("/")[2] for each in (*listed.resources, *listed.not_resources) if OWNER in each}
    prefixes = sorted(pattern.replace(OWNER, name).removesuffix("*") for name in tenants)
    assert pattern.endswith("/*")
    assert [pair for pair in pairwise(prefixes) if pair[1].startswith(pair[0])] == []
