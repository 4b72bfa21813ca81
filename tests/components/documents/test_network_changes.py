"""Whatever changes a network is refused to tenants and to the administrators' everyday role, what AWS adds as well."""

from __future__ import annotations

from fnmatch import fnmatchcase

import pytest

from components.documents.egress import NEW_EXITS
from components.documents.people_denies import OPEN_NETWORK
from components.documents.people_sign_in import LOGS
from tests.components.documents.authorization import services

HARMLESS_VERBS = {
    "reads": ("Describe", "Get", "List", "Search"),
    "takes away": (
        *("Cancel", "Delete", "Deprovision", "Deregister", "Detach", "Disable", "Disassociate", "Reject", "Release"),
        *("Reset", "Revoke", "Terminate", "Unassign", "Withdraw"),
    ),
    "runs what is there": ("Monitor", "Reboot", "Report", "Start", "Stop", "Unmonitor", "SendDiagnostic", "SendSpot"),
    "keeps a copy": ("Lock", "Unlock"),
}
OF_A_ROLE_OF_A_TENANT = ("CreateNetworkInterface", "CreateNetworkInterfacePermission", "CreateTags")
OTHERS = {"ConfirmProductInstance": "asks whose product a machine is"}
GUARDS = (
    *(
        "DeleteFlowLogs",
        "DeleteNetworkAcl",
        "DeleteNetworkAclEntry",
        "DeleteVpcEndpoints",
        "DeleteVpcEncryptionControl",
    ),
    *("DeleteVpcBlockPublicAccessExclusion", "DisableImageBlockPublicAccess", "DisableSnapshotBlockPublicAccess"),
    *("DisableEbsEncryptionByDefault", "DisableAllowedImagesSettings"),
    *("StartVpcEndpointServicePrivateDnsVerification",),
)


def refused(action: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(f"ec2:{action}".lower(), pattern.lower()) for pattern in patterns)


def harmless(action: str) -> bool:
    verbs = tuple(verb for each in HARMLESS_VERBS.values() for verb in each)
    return (action.startswith(verbs) and action not in GUARDS) or action in OTHERS


OF_EC2 = sorted(services()["ec2"]["privileges"])


def test_every_action_of_ec2_that_is_published_is_refused_to_tenants_or_known_to_open_nothing() -> None:
    assert len(OF_EC2) > 700
    left = [one for one in OF_EC2 if not refused(one, NEW_EXITS) and not harmless(one)]
    assert left == list(OF_A_ROLE_OF_A_TENANT), "say which harmless verb it has, or refuse it"


def test_administrators_are_refused_the_same_and_interfaces_too() -> None:
    left = [one for one in OF_EC2 if not refused(one, OPEN_NETWORK) and not harmless(one)]
    assert left == ["CreateTags"]


@pytest.mark.parametrize("patterns", [NEW_EXITS, OPEN_NETWORK], ids=["tenants", "administrators"])
@pytest.mark.parametrize("action", ["CreateVastGateway", "CreateNatPool", "AttachTunnel", "EnableWayOut", *GUARDS])
def test_what_nobody_has_heard_of_is_refused_and_so_is_the_loss_of_a_guard(
    action: str, patterns: tuple[str, ...]
) -> None:
    assert refused(action, patterns)


@pytest.mark.parametrize("patterns", [NEW_EXITS, OPEN_NETWORK], ids=["tenants", "administrators"])
def test_looking_is_not_refused_and_nothing_is_listed_that_opens_nothing(patterns: tuple[str, ...]) -> None:
    reading = [one for one in OF_EC2 if one.startswith(HARMLESS_VERBS["reads"])]
    assert len(reading) > 200
    assert [one for one in reading if refused(one, patterns)] == []
    assert [one for one in ("StartInstances", "StopInstances", "RebootInstances") if refused(one, patterns)] == []


def test_of_logs_all_but_how_groups_are_kept_is_bound_to_the_endpoints() -> None:
    names = (f"logs:{one}" for one in services()["logs"]["privileges"])
    left = [name for name in names if not any(fnmatchcase(name, pattern) for pattern in LOGS)]
    assert left == ["logs:DescribeLogGroups"]
