"""A stack in which each tenant has a key of its own: its documents, and the rows that they decide (S3-A9, P6)."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from components.documents.federation import Federation
from components.documents.people_scope import Capability, Group, PeopleScope
from iamproof import Principal
from settings.stages import STAGES
from tests.components.documents.calls import key_use, listing, s3
from tests.components.documents.people import ANN, BEN, DIANA_IN_TEST, held
from tests.components.documents.planned import documents_of
from tests.components.documents.world import (
    ALICE,
    ALICE_JOB,
    CURATOR,
    GROUPS,
    IDS,
    NAMING,
    SCOPE,
    Ask,
    Caller,
    Lock,
    World,
    allowed,
    refused,
    tenant_role,
)

OWN_SCOPE = replace(SCOPE, own_keys=True)
KEYS = {"alice": IDS["key/tenant/alice"], "bob": "b0b00000-2222-3333-4444-555555555555"}
FEDERATED_SCOPE = replace(
    OWN_SCOPE,
    federation=Federation(
        provider="arn:aws:iam::111122223333:saml-provider/corp", audience="https://signin.aws.amazon.com/saml"
    ),
)
DOCUMENTS = documents_of(OWN_SCOPE)
FOR_AWS: dict[str, Any] = {"kms:GrantIsForAWSResource": True}
WORLD, FEDERATED_WORLD = (
    World({holder: json.loads(document.render(IDS)) for holder, document in documents.items()})
    for documents in (DOCUMENTS, documents_of(FEDERATED_SCOPE))
)
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


def federated(name: str, tenant: str) -> Caller:
    """Return an engineer of a tenant who signs in at a provider, with the tenant's key."""
    capabilities = {Group(group): tuple(map(Capability, parts)) for group, parts in STAGES["dev"].capabilities.items()}
    carries = held(Group.ENGINEERS, PeopleScope(capabilities=capabilities, federated=True))
    tags = {"user": tenant, "security-group": GROUPS[tenant], "data-key": KEYS[tenant]}
    return Caller(Principal.role(NAMING.iam_arn(f"role/people/ml-dev-{name}"), tags), carries, "people/boundary")


NB, JOB, PERSON = (with_key(each, "alice") for each in (ALICE, ALICE_JOB, ANN))
BOB, BOB_JOB = (with_key(tenant_role("bob", kind), "bob") for kind in ("notebook", "job"))
DORA = with_key(DIANA_IN_TEST, "alice")
BEN_WITH_KEY, BOTH = with_key(BEN, "bob"), (GRANTS, RESOURCE)
FAY, BERT = federated("fay", "alice"), federated("bert", "bob")
WRONG, WITHOUT = with_key(ALICE, "bob"), with_key(ALICE, None)
CARL = with_key(CURATOR, "bob")
DATA = NAMING.arn("kms", f"key/{IDS['key/data']}")

LOOKS = (key_use("DescribeKey", "sagemaker"), of("alice", "Decrypt", "sagemaker"))
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
    allowed("SageMaker looks at the shared key and reads with the own one", JOB, *LOOKS),
    allowed("a data administrator stages for partners", CARL, key_use("GenerateDataKey", key="partners")),
    allowed("the own key is looked at before a grant is asked for", JOB, of("alice", "DescribeKey", None)),
    refused("S3-A9 the own key, used directly", NB, of("alice", "Decrypt", None), by=BOTH),
    *(
        allowed("S3-A9 who in the stage test only reads results uses the own key", DORA, of("alice", action, service))
        for action, service in (("Decrypt", "s3"), ("Decrypt", "sagemaker"), ("GenerateDataKey", "s3"))
    ),
    allowed("S3-A9 who only reads results looks at the own key", DORA, of("alice", "DescribeKey")),
    allowed("who only reads results reads with the shared key what all read", DORA, key_use("Decrypt")),
    refused("S3-A9 who only reads results uses the own key directly", DORA, of("alice", "Decrypt", None), by=BOTH),
    refused("S3-A9 who only reads results and team B's key", DORA, of("bob", "Decrypt"), by=(GRANTS, BOUNDARY)),
    *(
        refused(
            f"S3-A9 a grant on the own key for anybody, said {value}",
            NB,
            of("alice", "CreateGrant", "sagemaker", **{"kms:GrantIsForAWSResource": value}),
            by=BOTH,
        )
        for value in (False, None)
    ),
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
    *(
        refused(f"S3-A9 team B, {action} with team A's key", who, of("alice", action), by=(*BOTH, BOUNDARY))
        for who in (BOB, BOB_JOB)
        for action in ("Decrypt", "GenerateDataKey", "DescribeKey")
    ),
    refused("S3-A9 a person of team B with team A's key", BEN_WITH_KEY, of("alice", "Decrypt"), by=BOTH),
    *(
        refused(
            "S3-A9 a principal of team B whose tag names team A's key",
            with_key(who, "alice"),
            of("alice", "Decrypt"),
            by=(RESOURCE,),
        )
        for who in (BOB, BOB_JOB, BEN_WITH_KEY)
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


FEDERATED_ROWS = (
    allowed("S3-A9 a federated person reads own results", FAY, of("alice", "Decrypt")),
    allowed("S3-A9 a federated person keeps a result under the own key", FAY, upload(arn("alice"))),
    *(
        refused(f"S3-A9 a federated person of team B, {action} with team A's key", BERT, of("alice", action), by=BOTH)
        for action in ("Decrypt", "GenerateDataKey", "DescribeKey")
    ),
    refused(
        "S3-A9 a federated person of team B whose tag names team A's key",
        with_key(BERT, "alice"),
        of("alice", "Decrypt"),
        by=(RESOURCE,),
    ),
    refused("S3-A9 a federated person's result under team B's key", FAY, upload(arn("bob")), by=(RESOURCE,)),
    refused("S3-A9 a federated person's result under the shared key", FAY, upload(DATA), by=(RESOURCE,)),
)
DECIDED = {"roles and users": (WORLD, ROWS), "federated": (FEDERATED_WORLD, FEDERATED_ROWS)}
