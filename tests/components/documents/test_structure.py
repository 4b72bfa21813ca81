"""What holds of every document: size, names, scope, and that nothing in it is written for one tenant."""

from __future__ import annotations

import dataclasses
import inspect
import re

import pytest

from components.documents import limits
from components.documents import tenant_documents as assembly
from components.documents.boundary import boundary
from components.documents.model import Effect, Statement
from components.documents.people_scope import Capability
from components.documents.scope import Scope
from components.documents.tenancy import lookalikes
from components.naming import Naming
from tests.batches import each_of
from tests.components.documents.authorization import condition_keys, newer, privileges, resource_types
from tests.components.documents.planned import OPEN_ID, documents_of, every_document
from tests.components.documents.variants import plain
from tests.components.documents.world import SCOPE

PLANNED = every_document(SCOPE)
STATEMENTS = [(holder, statement) for holder, document in PLANNED.items() for statement in document.statements]


def place(holder: str, statement: Statement) -> str:
    """Return what a statement is called by."""
    return f"{holder} {statement.sid}"


GRANTS = (
    "work",
    "stage",
    *("budget-rights", "bastion", "flow-logs", "trail"),
    "data",
    "platform",
    *(f"people/{part}" for part in Capability if part not in {Capability.WORK, Capability.DATA}),
    "people/self",
)
ATTACHMENTS_A_ROLE = 10

# Sids that the tables of the systems prescribe for what these documents cover.
PRESCRIBED = {
    "network": "NoVpc NoSecurityGroup ForeignSubnet ForeignSecurityGroup SecurityGroupTagMissing NoIsolation "
    "NotebookDirectInternet NotebookRootAccess NotebookMetadataVersion NotebookRootUpdate NotebookMetadataUpdate "
    "NotebookLifecycleConfig StudioVpcOnly EndpointConfigServerless EndpointConfigServerlessConcurrency OnlyOwnModel "
    "RemoteDebug",
    "surface": "Uncontrolled UnknownTypes DomainAdministration NoForeignFileSystem NetworkInterfaceBackstop "
    "NetworkInterfaceOnlyForSageMaker",
    "tenancy": "PrincipalMustBeTagged CreateMustCarryOwnTag NoLookalikeTagKey OwnerKeyExact OnlyOwnResources "
    "OnlyOwnEndpointConfig InferenceComponentOnOwnEndpoint UserTagIsFrozen NoTaggingOfForeign "
    "NoTagEditorOrIdentityTagging SearchOwnOnly OwnModelName OnlyOwnPackages",
    "egress": "PassOnlyOwnRole PassOnlyToSageMaker OwnAccountOnly NoNewExits",
    "perimeter": "OnlyThroughOurEndpoints",
    "work": "CreateOwnJobs TagOwnThings UseOwnJobs PassOwnRole",
    "stage": "AllowedInstanceTypes MaxRuntime IdleStop",
    "people/notebooks": "ListNotebooks CreateTagged UseOwn NetworkInterfaceInPlatform ReadNetwork",
    "strict/notebooks": "OperateOwnNotebook",
    "people/author-bounds": "MfaOrEnrol MfaNotOlderThan OnlyThroughOurEndpoints AllowedInstanceTypes MaxRuntime",
    "people/platform-bounds": "MfaOrEnrol MfaNotOlderThan",
    "people/self": "EnrolOwnMfa ManageOwnKeys",
    "data": "ListOwnPrefix UseOwnPrefix ReadRaw",
    "platform": "NetworkInterfaceInPlatform ReadNetwork",
    "results": "TlsOnly OnlyViaS3Endpoint OwnPrefixOnly OwnPrefixNeedsTag ListOwnPrefixOnly OnlyDeployerManages "
    "OnlyListedPrincipals DeployerReadsNoObject",
    "raw": "TlsOnly OnlyViaS3Endpoint RawDataIsReadOnly OnlyListedPrincipals OnlyDeployerManages DeployerReadsNoObject",
    "shared": "TlsOnly OnlyViaS3Endpoint OnlyListedPrincipals OnlyDeployerManages DeployerReadsNoObject",
    "staging": "TlsOnly OnlyViaS3Endpoint OnlyListedPrincipals OnlyDeployerManages DeployerReadsNoObject",
    "access-logs": "TlsOnly OnlyViaS3Endpoint OnlyListedPrincipals OnlyDeployerManages DeployerReadsNoObject",
    "key/data": "AdministerKey UseKey",
    "key/volumes": "AdministerKey GrantForVolumes",
    "key/logs": "AdministerKey",
}

# Condition keys with several values, for which set operators are meant, and one of which AWS says both [LIVE].
SEVERAL_VALUES = {
    "sagemaker:VpcSubnets",
    "sagemaker:VpcSecurityGroupIds",
    "aws:TagKeys",
    "sagemaker:NotebookInstanceLifecycleConfigArns",
    "sagemaker:ModelArn",
    "sagemaker:InstanceTypes",
}


def roomy() -> Scope:
    """Return a scope with the longest names and the most zones that a Region has."""
    deployers = tuple(f"arn:aws-us-gov:iam::111122223333:role/{letter * 60}" for letter in "ab")
    zones = tuple(f"apne1-az{number}" for number in range(1, 7))
    naming = Naming(
        partition="aws-us-gov", region="ap-northeast-1", account_id="111122223333", prefix="p" * 32, suffix="s" * 12
    )
    return dataclasses.replace(SCOPE, naming=naming, zone_ids=zones, deployer=deployers)


@pytest.mark.parametrize("scope", [SCOPE, roomy()], ids=["the dev stack", "the longest names and six zones"])
def test_a_managed_policy_fits_into_its_quota(scope: Scope) -> None:
    sizes = {purpose: limits.size(document) for purpose, document in assembly.tenant_documents(scope).items()}
    sizes["boundary"] = limits.size(boundary(scope))
    assert {purpose: size for purpose, size in sizes.items() if size > limits.MANAGED_POLICY} == {}


@pytest.mark.parametrize("carries", [assembly.NOTEBOOK_ROLE_CARRIES, assembly.JOB_ROLE_CARRIES])
def test_a_role_carries_known_documents_within_its_quota(carries: tuple[str, ...]) -> None:
    assert len(carries) == len(set(carries)) <= ATTACHMENTS_A_ROLE
    assert set(carries) <= set(assembly.tenant_documents(SCOPE))


def test_a_job_role_carries_every_guardrail_and_no_perimeter() -> None:
    assert set(assembly.GUARDRAILS) < set(assembly.JOB_ROLE_CARRIES)
    assert "perimeter" not in assembly.JOB_ROLE_CARRIES
    assert set(assembly.GUARDRAILS) | {"perimeter"} < set(assembly.NOTEBOOK_ROLE_CARRIES)


def test_no_document_is_made_for_a_tenant() -> None:
    """P6: the documents are made without a tenant, and none holds the name of one but what is a tenant's own.

    A key of its own, the trust of its deployment role, which names people and asks for their tenant, and the list of
    endpoints that somebody calls.
    """
    assert list(inspect.signature(assembly.tenant_documents).parameters) == ["scope"]
    assert "tenants" not in {field.name for field in dataclasses.fields(Scope)}
    named = {holder for holder, document in PLANNED.items() if re.search("alice|bob|carol", document.to_json())}
    assert {plain(holder) for holder in named} == {"key/tenant/alice", "trust/deployment", "invoking"}


@each_of("holder", PRESCRIBED)
def test_a_document_holds_the_prescribed_statements(holder: str) -> None:
    assert set(PRESCRIBED[holder].split()) - {statement.sid for statement in PLANNED[holder].statements} == set()


def test_references_are_the_stacks_own() -> None:
    known = {f"subnet/{zone}" for zone in SCOPE.zone_ids} | {f"endpoint/{service}" for service in SCOPE.endpoints}
    known |= {"security-group/workload", "key/data", "key/volumes", "key/partners", "instance/bastion", "vpc"}
    assert {name for document in PLANNED.values() for name in document.references()} == known


@each_of("holder, statement", STATEMENTS, says=place)
def test_a_grant_names_resources_wherever_an_action_has_a_type(holder: str, statement: Statement) -> None:
    if holder in GRANTS and statement.effect is Effect.ALLOW and "*" in statement.resources:
        typed = [name for name in statement.actions if any(resource_types(each) for each in privileges(name))]
        assert typed == [], "name the own account's and Region's resources"
    assert not (holder in GRANTS and (statement.not_actions or statement.not_resources)), "a grant is an allow-list"


def test_s1_a13_no_grant_allows_every_action_of_a_service() -> None:
    """S1-A13, boundaries and endpoint policies being ceilings; the rules iam-allow-has-no-…-wildcard say it again."""
    granted = {
        (holder, statement.sid)
        for holder, statement in STATEMENTS
        if holder in GRANTS and statement.effect is Effect.ALLOW
        for action in statement.actions
        if action.rpartition(":")[2] == "*"
    }
    assert granted == set()


@each_of("holder, statement", STATEMENTS, says=place)
def test_every_action_is_one_of_aws(holder: str, statement: Statement) -> None:
    patterns = (*statement.actions, *statement.not_actions)
    unknown = [each for each in patterns if each != "*" and not privileges(each) and not newer(each)]
    assert unknown == [], f"{holder}: misspelt, or newer than the data: then add it to the platform's tables"


@each_of("holder, statement", STATEMENTS, says=place)
def test_every_condition_key_is_one_of_aws(holder: str, statement: Statement) -> None:
    # Claims of an OpenID provider are called after the provider itself.
    known = (*condition_keys(), f"{OPEN_ID.claims}:aud", f"{OPEN_ID.claims}:sub")
    keys = {key for tests in statement.conditions.values() for key in tests if not key.startswith("aws:")}
    unknown = [key for key in keys if not newer(key) and not any(key.lower().startswith(name) for name in known)]
    assert unknown == [], f"{holder}: misspelt, or newer than the data: then add it to the platform's tables"


@each_of("holder, statement", STATEMENTS, says=place)
def test_no_deny_is_switched_off_by_leaving_a_key_out(holder: str, statement: Statement) -> None:
    """P5: presence may be what is denied, but must never guard another comparison."""
    presence = [key for key, values in statement.conditions.get("Null", {}).items() if values == ("false",)]
    conditions = sum(len(tests) for tests in statement.conditions.values())
    assert statement.effect is Effect.ALLOW or not presence or conditions == 1, f"{holder}: a guard on {presence}"


@each_of("holder, statement", STATEMENTS, says=place)
def test_set_operators_compare_sets(holder: str, statement: Statement) -> None:
    sets = {key for name, tests in statement.conditions.items() if name.startswith("For") for key in tests}
    assert sets <= SEVERAL_VALUES, holder


def test_every_role_pattern_ends_its_tenant_with_a_slash() -> None:
    """Without it ``dev`` reaches ``dev-2``."""
    text = "".join(document.to_json() for document in PLANNED.values())
    assert re.findall(r"(?:tenants|users)/\$\{aws:PrincipalTag/user\}(?!/)", text) == []


@pytest.mark.parametrize("field", ["zone_ids", "endpoints", "deployer"])
def test_a_scope_without_a_part_is_refused(field: str) -> None:
    with pytest.raises(ValueError, match=f"{field} is empty"):
        dataclasses.replace(SCOPE, **{field: ()})  # type: ignore[arg-type]  # a field by its name


def test_every_other_spelling_of_the_owner_key_is_known() -> None:
    assert len(lookalikes("user")) == 15
    assert "user" not in lookalikes("user")
    assert {spelling.lower() for spelling in lookalikes("user")} == {"user"}


def test_another_account_and_region_leave_nothing_of_the_first() -> None:
    naming = Naming(partition="aws-cn", region="cn-north-1", account_id="999988887777", prefix="cn-dev", suffix="0000")
    there = dataclasses.replace(
        SCOPE,
        naming=naming,
        deployer=("arn:aws-cn:iam::999988887777:role/ci-deploy",),
        ingestion=(),
        auditors=("arn:aws-cn:iam::999988887777:role/security-audit",),
    )
    left = re.compile("arn:aws:|ap-northeast-1|111122223333|ml-dev|7f3a")
    assert [holder for holder, document in documents_of(there, ()).items() if left.search(document.to_json())] == []
