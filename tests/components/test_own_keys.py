"""A tenant's own key: its id rides on the roles and people of that tenant, as planned, and on nobody else (S3-A9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest

from components.data_key import DataKey, DataKeyArgs
from components.documents.federation import Federation
from components.documents.people_scope import Capability, Group, PeopleScope
from components.federated_person import FederatedPerson, FederatedPersonArgs
from components.person import Person, PersonArgs
from components.tenant_access import TenantAccess, TenantAccessArgs
from settings.stages import STAGES
from tests.components.building import NAMING, Parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.components.recording import Recording

ROLE, USER = "aws:iam/role:Role", "aws:iam/user:User"
KEY_ID = "id-of-tenant-alice-key"
PLANNED = {"security-group": "{{security-group/alice}}", "data-key": "{{key/tenant/alice}}"}
BOUND = {"security-group/alice": "aws:ec2/securityGroup:SecurityGroup|tenant-alice-group"}
BOUND |= {"key/tenant/alice": "aws:kms/key:Key|tenant-alice-key"}
CAPABILITIES = {Group(each): tuple(map(Capability, parts)) for each, parts in STAGES["dev"].capabilities.items()}
SAML = Federation(
    provider="arn:aws:iam::111122223333:saml-provider/corp", audience="https://signin.aws.amazon.com/saml"
)


def build() -> None:
    """Build alice's key, roles and people; what they wait for is the key, as policies and groups are not looked at."""
    parts = Parts()
    key = DataKey("tenant-alice", DataKeyArgs(scope=parts.scope, purpose="tenant", tenant="alice", protect=False))
    made: Any = key
    own = key.references["key/tenant/alice"]
    access = TenantAccess(
        "tenant-alice",
        TenantAccessArgs(scope=parts.scope, tenant="alice", vpc_id="vpc-1", policies=made, key=own),
    )
    tenants: dict[str, Any] = {"tenant": "alice", "key": own, "naming": NAMING, "policies": made}
    tenants |= {"security_group": access.references["security-group/alice"], "groups": (Group.ENGINEERS,)}
    Person("person-ann", PersonArgs(person="ann", made_groups=made, **tenants))
    people = PeopleScope(capabilities=CAPABILITIES, federated=True)
    signed_in: dict[str, Any] = {"federation": SAML, "people": people, "longest_session": 28800}
    FederatedPerson("person-fay", FederatedPersonArgs(person="fay", subject="fay@example.com", **signed_in, **tenants))
    FederatedPerson(
        "person-adam",
        FederatedPersonArgs(
            naming=NAMING, person="adam", subject="adam@x", groups=(Group.ADMINISTRATORS,), policies=made, **signed_in
        ),
    )


@pytest.mark.parametrize(
    ("holder", "kind", "name"),
    [
        ("closed-sagemaker:tenant:TenantAccess", ROLE, "tenant-alice-notebook-role"),
        ("closed-sagemaker:tenant:TenantAccess", ROLE, "tenant-alice-job-role"),
        ("closed-sagemaker:people:Person", USER, "person-ann-user"),
        ("closed-sagemaker:people:FederatedPerson", ROLE, "person-fay-role"),
    ],
)
def test_roles_and_people_of_a_tenant_carry_its_key_as_planned(
    run: Callable[..., Recording], holder: str, kind: str, name: str
) -> None:
    recording = run(build)
    assert recording.one(kind, name).inputs["tags"]["data-key"] == KEY_ID
    whole = recording.one(holder, "person-fay") if holder.endswith("FederatedPerson") else recording.one(holder)
    assert cast("dict[str, Any]", whole.inputs["plannedTags"])[f"{kind}|{name}|tags"] == PLANNED
    assert {each: whole.inputs["plannedReferences"][each] for each in BOUND} == BOUND


def test_who_runs_the_platform_carries_no_key(run: Callable[..., Recording]) -> None:
    recording = run(build)
    assert "data-key" not in recording.one(ROLE, "person-adam-role").inputs["tags"]
    assert "plannedTags" not in recording.one("closed-sagemaker:people:FederatedPerson", "person-adam").inputs
