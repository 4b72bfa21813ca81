"""Ids of another network in the place of adopted ones: the pack knows what the stack file adopts (S2-A7)."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.verify

WIRING, SERVICES, STRANGER = "wiring/network.py", "components/endpoint_services.py", "0fedcba9876543210"
SUBNETS = "vpc_id=adopt.vpc,\n        subnet_ids=adopt.subnets,\n        route_table_ids=adopt.route_tables,\n"
GROUPS = "        security_group_ids=adopt.security_groups,\n    )\n    return"
LOGGED = '"training": (SAGEMAKER_API, LOGS),\n    "inference": (SAGEMAKER_API, SAGEMAKER_RUNTIME, LOGS),'
LINE = "        endpoints_security_group_id=endpoints.endpoints_security_group_id,\n    )\n    entry"
ENDPOINTS = "ids=adopt.endpoints,\n        sec"


def edit(old: str, new: str) -> tuple[str, str, str]:
    """Return the edit of what the adopted network is made of."""
    return (WIRING, SUBNETS + GROUPS, (SUBNETS + GROUPS).replace(old, new))


EDITS: dict[str, tuple[tuple[str, str, str], str]] = {
    "a notebook stands in a subnet of another network": (
        edit("adopt.subnets", f'dict.fromkeys(adopt.subnets, "subnet-{STRANGER}")'),
        "sagemaker-compute-uses-platform-subnets",
    ),
    "the guardrails admit a subnet of another network": (
        edit("adopt.subnets", f'{{**adopt.subnets, "apne1-az4": "subnet-{STRANGER}"}}'),
        "iam-document-names-only-known-networks",
    ),
    "the guardrails admit an endpoint of another network": (
        (WIRING, ENDPOINTS, ENDPOINTS.replace("adopt.endpoints", f'{{**adopt.endpoints, "sts": "vpce-{STRANGER}"}}')),
        "iam-document-names-only-known-networks",
    ),
    "the groups lie in another network": (edit("adopt.vpc", f'"vpc-{STRANGER}"'), "vpc-part-lies-in-own-network"),
    "nothing of the traffic is recorded": (
        (WIRING, "    _raise_logs(site, closed, keys[LOGS])\n", ""),
        "vpc-flow-logs-are-on",
    ),
    "an endpoint of a feature is missing": (
        (SERVICES, LOGGED, LOGGED.replace(", LOGS", ",").replace("RUNTIME,", "RUNTIME")),
        "vpc-endpoint-set-is-complete",
    ),
    "the private line reaches workloads": (
        (WIRING, LINE, LINE.replace("endpoints.endpoints_security_group_id", "closed.workload_security_group_id")),
        "tenant-security-group-admits-only-itself",
    ),
    "workloads reach another prefix list": (
        (WIRING, "s3_prefix_list_id=adopt.s3_prefix_list", f's3_prefix_list_id="pl-{STRANGER}"'),
        "vpc-security-group-prefix-list-is-listed",
    ),
    "new endpoints carry a strange group": (
        (WIRING, 'security_group_id=adopt.security_groups.get("endpoints")', f'security_group_id="sg-{STRANGER}"'),
        "vpc-endpoint-security-group-allows-only-https",
    ),
    "buckets answer through an endpoint of another network": (
        (WIRING, ENDPOINTS, ENDPOINTS.replace("adopt.endpoints", f'{{**adopt.endpoints, "s3": "vpce-{STRANGER}"}}')),
        "s3-bucket-policy-requires-endpoint",
    ),
}


@pytest.mark.parametrize(("change", "rule"), EDITS.values(), ids=EDITS)
def test_the_pack_refuses_ids_that_the_stack_file_does_not_adopt(
    change: tuple[str, str, str], rule: str, sabotage: Any
) -> None:
    verdict = sabotage(change, stack="adopted")
    assert rule in verdict.refusals()
    assert verdict.exit_code == 1


def test_the_pack_has_nothing_mandatory_to_say_of_a_bastion_on_an_adopted_network(sabotage: Any) -> None:
    features = "[notebooks, training, inference]"
    verdict = sabotage(("Pulumi.adopted.yaml", features, f"{features[:-1]}, bastion]"), stack="adopted")
    assert verdict.refusals() == set()
    assert verdict.exit_code == 0
