"""A stack in which each tenant has a key of its own: the shared documents name it by a tag (S3-A9, P6)."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from components.documents.own_keys import tenant_key_policy
from iamproof import Principal, Reading
from tests.components.documents.calls import key_use, listing, s3
from tests.components.documents.people import ANN
from tests.components.documents.planned import documents_of
from tests.components.documents.world import (
    ALICE,
    ALICE_JOB,
    CURATOR,
    IDS,
    NAMING,
    SCOPE,
    Ask,
    Caller,
    Lock,
    Row,
    World,
    allowed,
    refused,
)

OWN_SCOPE = replace(SCOPE, own_keys=True)
KEYS = {"alice": IDS["key/tenant/alice"], "bob": "b0b00000-2222-3333-4444-555555555555"}
DOCUMENTS = documents_of(OWN_SCOPE)
FOR_AWS: dict[str, Any] = {"kms:GrantIsForAWSResource": True}
WORLD = World({holder: json.loads(document.render(IDS)) for holder, document in DOCUMENTS.items()})
GRANTS, BOUNDARY, RESOURCE = Lock.GRANTS, Lock.BOUNDARY, Lock.RESOURCE
ALGORITHM, KEY = "s3:x-amz-server-side-encryption", "s3:x-amz-server-side-encryption-aws-kms-key-id"


def with_key(caller: Caller, tenant: str | None) -> Caller:
    """Return a caller on which the id of a tenant's key rides, or none."""
    tags = {**caller.principal.tags, **({"data-key": KEYS[tenant]} if tenant else {})}
    made = Principal.role if ":role/" in caller.principal.arn else Principal.user
    return replace(caller, principal=made(caller.principal.arn, tags))


def of(tenant: str, action: str, service: str | None = "s3", **context: Any) -> Ask:
    """Return a use of a tenant's key."""
    return replace(key_use(action, service, **context), resource=arn(tenant))


def arn(tenant: str) -> str:
    return NAMING.arn("kms", f"key/{KEYS[tenant]}")


def upload(key: str | None) -> Ask:
    """Return an upload of a result that asks for a key, or says nothing."""
    return s3("PutObject", "results", "users/alice/x", {ALGORITHM: "aws:kms", KEY: key} if key else {})


NB, JOB, PERSON = (with_key(each, "alice") for each in (ALICE, ALICE_JOB, ANN))
WRONG, WITHOUT = with_key(ALICE, "bob"), with_key(ALICE, None)
CARL = with_key(CURATOR, "bob")
DATA = NAMING.arn("kms", f"key/{IDS['key/data']}")

ROWS = (
    *(
        allowed(f"S3-A9 {action} with the own key", who, of("alice", action))
        for who in (NB, JOB)
        for action in ("Decrypt", "GenerateDataKey", "DescribeKey")
    ),
    allowed("S3-A9 a person reads own results", PERSON, of("alice", "Decrypt")),
    *(
        allowed("S3-A9 a grant for the own volume", who, of("alice", "CreateGrant", "sagemaker", **FOR_AWS))
        for who in (NB, JOB)
    ),
    allowed("raw data is read with the shared key", NB, key_use("Decrypt")),
    *(allowed("S3-A9 a result under the own key", who, upload(arn("alice"))) for who in (NB, JOB)),
    *(
        refused(f"S3-A9 team B's key, {action}", who, of("bob", action), by=(GRANTS, BOUNDARY))
        for who in (NB, JOB)
        for action in ("Decrypt", "GenerateDataKey", "DescribeKey")
    ),
    refused("S3-A9 a person and team B's key", PERSON, of("bob", "Decrypt"), by=(GRANTS,)),
    *(
        refused(
            "S3-A9 a grant on team B's key",
            who,
            of("bob", "CreateGrant", "sagemaker", **FOR_AWS),
            by=(GRANTS, BOUNDARY),
        )
        for who in (NB, JOB)
    ),
    refused(
        "S3-A9 a role whose tag names another's key reaches neither that key",
        WRONG,
        of("alice", "Decrypt"),
        by=(GRANTS,),
    ),
    refused(
        "S3-A9 a role without the tag reaches no tenant's key", WITHOUT, of("alice", "Decrypt"), by=(GRANTS, BOUNDARY)
    ),
    refused(
        "S3-A9 volumes are no longer under the shared key",
        NB,
        key_use("CreateGrant", "sagemaker", key="volumes", **FOR_AWS),
        by=(GRANTS, BOUNDARY),
    ),
    refused("S3-A9 a result that asks for no key", NB, upload(None), by=(RESOURCE,)),
    refused("S3-A9 a result under the shared key", NB, upload(DATA), by=(RESOURCE,)),
    refused("S3-A9 a result under team B's key", JOB, upload(arn("bob")), by=(RESOURCE,)),
    refused("S3-A9 a result of a role without the tag", WITHOUT, upload(arn("alice")), by=(RESOURCE,)),
    allowed("a data administrator sees names of results", CARL, listing(None)),
    refused(
        "a data administrator reads no results",
        CARL,
        s3("GetObject", "results", "users/alice/x"),
        by=(GRANTS, BOUNDARY),
    ),
    allowed("a data administrator still curates", CARL, s3("GetObject", "raw", "x"), s3("DeleteObject", "raw", "x")),
)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_a_row_is_decided_as_written(row: Row) -> None:
    assert WORLD.decide(row) == row.allowed


@pytest.mark.parametrize(
    ("row", "lock"), [pytest.param(row, lock, id=f"{row}: {lock.name}") for row in ROWS for lock in row.by]
)
def test_each_lock_refuses_alone(row: Row, lock: Lock) -> None:
    for reading in Reading:
        assert not WORLD.decide(row, lock, reading), f"with everything else wide open, {lock.value} lets it through"


def test_no_shared_document_names_a_tenant_or_its_key() -> None:
    for holder, document in DOCUMENTS.items():
        if not holder.startswith(("key/tenant/", "trust/deployment")):
            assert "key/tenant/" not in document.to_json(), holder
            assert "alice" not in document.to_json(), holder


def test_policies_of_own_keys_differ_in_the_owner_alone() -> None:
    alice, bob = (tenant_key_policy(OWN_SCOPE, tenant).to_json() for tenant in ("alice", "bob"))
    assert alice != bob
    assert alice.replace('"alice"', '"bob"') == bob


def test_the_rest_of_the_documents_is_the_same_as_with_a_shared_key() -> None:
    shared = documents_of(SCOPE)
    changed = {holder for holder, document in DOCUMENTS.items() if document != shared[holder]}
    assert changed == {"results", "data", "boundary", "people/results", "people/boundary", "prod/boundary"}
