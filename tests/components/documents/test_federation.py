"""People who sign in at a provider: who takes their roles on, what they then do, and what they do not."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from components.documents.alarms import emergency_pattern
from components.documents.break_glass import break_glass_trust
from components.documents.federation import Federation, person_trust
from components.documents.people_documents import boundary_of, carries, people_documents
from components.documents.people_scope import Capability, Group, PeopleScope
from components.federated_person import FederatedPersonArgs
from iamproof import Environment, Principal, Request, evaluate, parse_policy
from settings.stages import STAGES
from tests.components.documents.calls import (
    create_endpoint,
    create_job,
    create_notebook,
    key_use,
    listing,
    of,
    pass_role,
    s3,
    sagemaker,
)
from tests.components.documents.people import held, iam
from tests.components.documents.planned import documents_of
from tests.components.documents.world import (
    ACCOUNT,
    GROUPS,
    IDS,
    NAMING,
    SCOPE,
    STRAY,
    Ask,
    Caller,
    Row,
    Via,
    World,
    allowed,
    refused,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

SAML = Federation(provider=f"arn:aws:iam::{ACCOUNT}:saml-provider/corp", audience="https://signin.aws.amazon.com/saml")
HOST = "token.example.com/main"
OPENID = Federation(provider=f"arn:aws:iam::{ACCOUNT}:oidc-provider/{HOST}", audience="platform")
FEDERATED = replace(SCOPE, federation=SAML)
ANN_ROLE = NAMING.iam_arn("role/people/ml-dev-ann")


def people_of(stage: str, *, bastion: bool = False) -> PeopleScope:
    """Return what a stage leaves to federated people."""
    table = STAGES[stage].capabilities
    groups = {Group(group): tuple(map(Capability, parts)) for group, parts in table.items()}
    return PeopleScope(capabilities=groups, federated=True, bastion=bastion)


def member(name: str, group: Group, tenant: str = "platform", stage: str = "dev") -> Caller:
    """Return a federated person, whose session carries no key of a second factor."""
    own = {"user": tenant, **({"security-group": GROUPS[tenant]} if tenant in GROUPS else {})}
    principal = Principal.role(NAMING.iam_arn(f"role/people/{NAMING.person_name(name)}"), own)
    return Caller(principal, held(group, people_of(stage)), f"people/{boundary_of(group)}")


ANN, BEN = member("ann", Group.ENGINEERS, "alice"), member("ben", Group.ENGINEERS, "bob")
MARC = member("marc", Group.MLOPS, "alice")
MARC_IN_PROD = member("marc", Group.MLOPS, "alice", "prod")
APRIL = member("april", Group.APPROVERS, "alice", "prod")
ADAM, AUDREY = member("adam", Group.ADMINISTRATORS), member("audrey", Group.AUDITORS)
DELIA = member("delia", Group.DELEGATED_ADMINISTRATORS)
BY_HAND = Caller(Principal.role(NAMING.iam_arn("role/people2/ml-dev-ann"), {"user": "alice"}))

NOTEBOOK = "notebook-instance/alice--lab"
PACKAGE = "model-package/alice--digits/1"
STATUS = "sagemaker:ModelApprovalStatus"
DECIDE = sagemaker("UpdateModelPackage", PACKAGE, {STATUS: "Approved"})
URL = sagemaker("CreatePresignedNotebookInstanceUrl", NOTEBOOK, of("alice"))
CREATE_ROLE = iam("CreateRole", "role/delegated/x", {"iam:PermissionsBoundary": NAMING.tenant_policy_arn("boundary")})

ROWS = (
    # S2-A8, S2-A10, S2-A12, S4-A1, S4-A7: the journey of a person who signs in at the provider.
    allowed("creates a compliant notebook", ANN, *create_notebook()),
    allowed("opens the own notebook", ANN, URL),
    allowed("trains with the own job role", ANN, *create_job()),
    allowed("makes an endpoint", MARC, *create_endpoint()),
    allowed("reads raw data", ANN, s3("GetObject", "raw", "x"), listing(None, purpose="raw"), key_use("Decrypt")),
    allowed("writes an own result", ANN, s3("PutObject", "results", "users/alice/x"), key_use("GenerateDataKey")),
    allowed("lists the own prefix", ANN, listing("users/alice/")),
    allowed("approves a package of the own tenant", APRIL, DECIDE),
    allowed("reads identities", AUDREY, iam("GetRole", "role/people/ml-dev-ann")),
    allowed("stops any tenant's job", ADAM, sagemaker("StopTrainingJob", "training-job/alice--x", of("alice"))),
    allowed("makes a role under boundary and path", DELIA, CREATE_ROLE),
    # Their refused neighbours.
    refused("opens the own notebook from outside", ANN, URL.but(via=Via.NO_ENDPOINT)),
    refused("opens another tenant's notebook", BEN, URL),
    refused("trains without a network", ANN, *create_job(**{"sagemaker:VpcSubnets": None})),
    refused("passes another tenant's role", ANN, pass_role("bob")),
    refused(
        "passes a person's role", ANN, iam("PassRole", ANN_ROLE, {"iam:PassedToService": "sagemaker.amazonaws.com"})
    ),
    refused("reads another tenant's results", BEN, s3("GetObject", "results", "users/alice/x")),
    refused("writes raw data", ANN, s3("PutObject", "raw", "x")),
    refused("a role by hand, with a path alike, reads raw data", BY_HAND, s3("GetObject", "raw", "x")),
    refused("an author approves", MARC, DECIDE),
    refused("makes an endpoint in prod", MARC_IN_PROD, *create_endpoint()),
    refused("an approver makes an endpoint", APRIL, *create_endpoint()),
    refused("makes a user", DELIA, iam("CreateUser", "user/ml-dev-x")),
    refused("makes a role without a boundary", DELIA, CREATE_ROLE.but(context={"iam:PermissionsBoundary": None})),
    refused("makes an access key", ANN, iam("CreateAccessKey", "user/ml-dev-ann")),
    refused("makes another's access key", ADAM, iam("CreateAccessKey", "user/ml-dev-ann")),
    refused(
        "takes on the emergency role by a chain",
        ADAM,
        Ask("sts:AssumeRole", SCOPE.break_glass_arn(), via=Via.NO_ENDPOINT),
    ),
    refused("takes on another role", ADAM, Ask("sts:AssumeRole", NAMING.iam_arn("role/by-hand"), via=Via.NO_ENDPOINT)),
    refused("takes on another person's role", ANN, Ask("sts:AssumeRole", NAMING.iam_arn("role/people/ml-dev-ben"))),
    refused("tags a session", ANN, Ask("sts:TagSession", ANN_ROLE)),
    refused("an administrator reads an object", ADAM, s3("GetObject", "results", "users/alice/x")),
    refused("an auditor reads an object", AUDREY, s3("GetObject", "raw", "x")),
    refused("changes the trust of the own role", ANN, iam("UpdateAssumeRolePolicy", ANN_ROLE)),
    refused("an administrator changes a person's trust", ADAM, iam("UpdateAssumeRolePolicy", ANN_ROLE)),
    refused("an administrator takes a person's boundary off", ADAM, iam("DeleteRolePermissionsBoundary", ANN_ROLE)),
    refused("an administrator changes the provider", ADAM, iam("UpdateSAMLProvider", "saml-provider/corp")),
    refused("a delegated administrator changes the provider", DELIA, iam("UpdateSAMLProvider", "saml-provider/corp")),
)


@cache
def world() -> World:
    """Return the documents of federated people: every part of the work that any stage gives out."""
    documents = documents_of(FEDERATED)
    return World({holder: json.loads(each.render(IDS)) for holder, each in documents.items()})


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_a_federated_person_does_the_work_and_nothing_else(row: Row) -> None:
    assert world().decide(row) == row.allowed


def taken_on(trust: dict[str, Any], federation: Federation, claims: dict[str, str], action: str | None = None) -> bool:
    """Say whether a trust lets a token with these claims take a role on."""
    request = Request(action or federation.action, ANN_ROLE, Principal.service("x"), claims)
    open_trust = {**trust, "Statement": [{**each, "Principal": "*"} for each in trust["Statement"]]}
    policy = parse_policy(open_trust, name="trust")
    environment = Environment(identity=(STRAY,), resource=policy, resource_kind="trust", resource_account=ACCOUNT)
    return evaluate(request, environment).allowed


@pytest.mark.parametrize("federation", [SAML, OPENID], ids=["SAML", "OpenID"])
def test_only_the_persons_own_token_for_this_audience_takes_the_role_on(federation: Federation) -> None:
    trust = person_trust(federation, "ann@example.com").to_dict()
    mine = {f"{federation.claims}:aud": federation.audience, f"{federation.claims}:sub": "ann@example.com"}
    assert taken_on(trust, federation, mine)
    assert trust["Statement"][0]["Principal"] == {"Federated": [federation.provider]}
    for key in mine:
        assert not taken_on(trust, federation, {**mine, key: "another"})
        assert not taken_on(trust, federation, {name: value for name, value in mine.items() if name != key})
    assert not taken_on(trust, federation, {**mine, f"{federation.claims}:sub": "ann@example.com.org"})
    assert not taken_on(trust, federation, mine, "sts:AssumeRole")


@pytest.mark.parametrize("federation", [SAML, OPENID], ids=["SAML", "OpenID"])
def test_a_session_that_brings_tags_is_refused(federation: Federation) -> None:
    trust = person_trust(federation, "ann@example.com").to_dict()
    mine = {f"{federation.claims}:aud": federation.audience, f"{federation.claims}:sub": "ann@example.com"}
    for tags in ({"aws:RequestTag/user": "alice"}, {"aws:RequestTag/user": "bob"}):
        assert not taken_on(trust, federation, {**mine, **tags}, "sts:TagSession")


def weakened(trust: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the trust with one test dropped, or compared more weakly."""
    (statement,) = trust["Statement"]
    tests = statement["Condition"]["StringEquals"]
    for key in tests:
        kept = {name: values for name, values in tests.items() if name != key}
        for condition in (
            {"StringEquals": kept},
            {"StringEquals": kept, "StringEqualsIfExists": {key: tests[key]}},
            {"StringEquals": kept, "StringLike": {key: ["*"]}},
            {"StringEquals": kept, "ForAllValues:StringEquals": {key: tests[key]}},
        ):
            yield {**trust, "Statement": [{**statement, "Condition": condition}]}


@pytest.mark.parametrize("federation", [SAML, OPENID], ids=["SAML", "OpenID"])
def test_each_test_of_the_trust_is_needed(federation: Federation) -> None:
    trust = person_trust(federation, "ann@example.com").to_dict()
    mine = {f"{federation.claims}:aud": federation.audience, f"{federation.claims}:sub": "ann@example.com"}
    tries = [{**mine, key: "another"} for key in mine] + [{key: mine[key]} for key in mine]
    for mutant in weakened(trust):
        assert any(taken_on(mutant, federation, each) for each in tries)


def test_the_emergency_role_asks_for_a_new_sign_in_of_an_administrator() -> None:
    trust = break_glass_trust(FEDERATED, ("adam@example.com", "ada@example.com")).to_dict()
    claims = {"saml:aud": SAML.audience, "saml:sub": "adam@example.com"}
    assert taken_on(trust, SAML, claims)
    assert taken_on(trust, SAML, {**claims, "saml:sub": "ada@example.com"})
    assert not taken_on(trust, SAML, {**claims, "saml:sub": "ann@example.com"})
    assert not taken_on(trust, SAML, claims, "sts:AssumeRole")
    assert "AssumeRoleWithSAML" in json.dumps(emergency_pattern(FEDERATED))


def test_the_documents_ask_for_nothing_that_a_federated_session_lacks() -> None:
    for stage in STAGES:
        for document in people_documents(FEDERATED, people_of(stage, bastion=True)).values():
            assert "MultiFactorAuth" not in document.to_json()
            assert "aws:username" not in document.to_json()


@pytest.mark.parametrize("stage", STAGES)
def test_all_groups_that_one_person_may_be_in_fit_on_a_role(stage: str) -> None:
    people = people_of(stage, bastion=True)
    authors = {Group.ENGINEERS, Group.DATA_SCIENTISTS, Group.MLOPS}
    operators = {Group.ADMINISTRATORS, Group.DELEGATED_ADMINISTRATORS}
    for together in (authors, operators):
        groups = [group for group in people.capabilities if group in together]
        assert len({purpose for group in groups for purpose in carries(group, people)}) <= 10


def test_a_provider_that_is_neither_saml_nor_openid_is_refused() -> None:
    with pytest.raises(ValueError, match="the ARN of a SAML or OpenID provider"):
        Federation(provider=f"arn:aws:iam::{ACCOUNT}:role/x", audience="x")


@pytest.mark.parametrize(
    ("changes", "says"),
    [({"subject": ""}, "anybody's"), ({"groups": ()}, "groups none"), ({"tenant": "alice"}, "give both")],
)
def test_a_person_whom_no_token_names_is_refused(changes: dict[str, Any], says: str) -> None:
    given: dict[str, Any] = {
        "naming": NAMING,
        "person": "adam",
        "federation": SAML,
        "subject": "adam@example.com",
        "groups": (Group.ADMINISTRATORS,),
        "people": people_of("dev"),
        "policies": None,
        "longest_session": 28800,
    }
    assert FederatedPersonArgs(**given).carried
    with pytest.raises(ValueError, match=says):
        FederatedPersonArgs(**{**given, **changes})
