"""One tenant's key given to another, by its policy or by a tag: claims alone refuse it and say the request (S3-A9)."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.verify

DEV, FEDERATED = "Pulumi.dev.yaml", "Pulumi.federated.yaml"
POLICY, ROLES, PEOPLE = "components/documents/own_keys.py", "wiring/tenants.py", "wiring/people.py"
OWN, TWICE, FOREIGN = "key=data.own_key(", "own-keys-serve-their-owner", "no-tenant-uses-foreign-keys"
FIRST = "next(iter(site.settings.tenants))"
Edit = tuple[str, str, str]


def with_own_keys(stack: str, suffix: str) -> Edit:
    """Return the edit by which each tenant of a stack has a key of its own."""
    return (stack, f'    suffix: "{suffix}"\n', f'    suffix: "{suffix}"\n    keys: {{data: per-tenant}}\n')


def of_the_first(kind: str) -> Edit:
    """Return the edit by which people carry the first tenant's key, whoever their tenant is."""
    end = f')\n    return {kind}(f"person-{{name}}", args, site.options)\n'
    return (
        PEOPLE,
        f"        {OWN}settings.tenant),\n    {end}",
        f"        {OWN}settings.tenant and {FIRST}),\n    {end}",
    )


IN_DEV, IN_FEDERATED = with_own_keys(DEV, "7f3a"), with_own_keys(FEDERATED, "7f3b")
FOR_ALL: Edit = (POLICY, '        when("StringEquals", "aws:PrincipalTag/user", tenant),\n', "")
ON_ROLES: Edit = (ROLES, f"{OWN}tenant)", f"{OWN}{FIRST})")

EDITS: dict[str, tuple[str, tuple[Edit, ...], str]] = {
    "a key's policy admits every tenant": ("dev", (IN_DEV, FOR_ALL), TWICE),
    "a key's policy admits the platform too": (
        "dev",
        (IN_DEV, (POLICY, '"aws:PrincipalTag/user", tenant)', '"aws:PrincipalTag/user", tenant, "platform")')),
        TWICE,
    ),
    "roles carry the first tenant's key": ("dev", (IN_DEV, ON_ROLES), TWICE),
    "people carry the first tenant's key": ("dev", (IN_DEV, of_the_first("Person")), TWICE),
    "federated people carry the first tenant's key": (
        "federated",
        (IN_FEDERATED, of_the_first("FederatedPerson")),
        TWICE,
    ),
    "both locks of users' keys are gone": ("dev", (IN_DEV, FOR_ALL, ON_ROLES), FOREIGN),
    "both locks of federated people's keys are gone": (
        "federated",
        (IN_FEDERATED, FOR_ALL, of_the_first("FederatedPerson")),
        FOREIGN,
    ),
}


@pytest.mark.parametrize("mode", ["first", "deployed"])
@pytest.mark.parametrize(("stack", "edits", "claim"), EDITS.values(), ids=EDITS)
def test_a_key_given_to_another_tenant_is_refused_with_the_request(
    stack: str, edits: tuple[Edit, ...], claim: str, mode: str, sabotage: Any
) -> None:
    verdict = sabotage(*edits, stack=stack, mode=mode, only=(TWICE, FOREIGN))
    assert verdict.refusals() == {"claims-hold"}
    (found,) = (row for row in verdict.run["claims"] if row["id"] == claim)
    assert found["verdict"] == "counterexample", found["text"]
    assert found["counterexample"]["action"].startswith("kms:")
    assert ":key/" in found["counterexample"]["resource"]
    assert verdict.exit_code == 1


@pytest.mark.parametrize(("stack", "edit"), [("dev", IN_DEV), ("federated", IN_FEDERATED)])
def test_the_claims_let_pass_what_these_rows_start_from(stack: str, edit: Edit, sabotage: Any) -> None:
    verdict = sabotage(edit, stack=stack, only=(TWICE, FOREIGN))
    assert verdict.refusals() == set()
    assert {row["id"]: row["verdict"] for row in verdict.run["claims"]} == {TWICE: "proved", FOREIGN: "proved"}
