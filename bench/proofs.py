"""Figures of the prover: claims about the program's own documents, for one stack and for many tenants.

Each tenant is asked by itself about what is anybody else's, so nothing rests on the tenants' being alike. Then one pair
of fresh names is asked, and the rest is shown to be the same documents.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, NamedTuple

from components.documents.buckets import raw_policy, results_policy
from components.documents.endpoints import endpoint_policy
from components.documents.keys import data_key_policy
from components.documents.scope import Scope
from components.documents.tenant_documents import (
    JOB_ROLE_CARRIES,
    NOTEBOOK_ROLE_CARRIES,
    boundary_document,
    tenant_documents,
)
from components.naming import Naming
from iamproof import (
    Account,
    Actor,
    Contains,
    Endpoint,
    Guarded,
    Like,
    Missing,
    OtherThan,
    Policy,
    Principal,
    Query,
    Values,
    fresh_ids,
    parse_policy,
    possible,
    prove,
    with_ids,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from components.documents.model import PolicyDocument
    from iamproof import Proof

ACCOUNT, REGION = "111122223333", "ap-northeast-1"
NAMING = Naming(partition="aws", region=REGION, account_id=ACCOUNT, prefix="ml-dev", suffix="7f3a")
ENDPOINTS = ("s3", "sagemaker.api", "sagemaker.runtime", "notebook", "logs", "sts")
SCOPE = Scope(
    naming=NAMING,
    zone_ids=("apne1-az1", "apne1-az4"),
    endpoints=ENDPOINTS,
    deployer=(f"arn:aws:iam::{ACCOUNT}:role/ci-deploy",),
    features=("inference", "notebooks", "training"),
)
BEGINNINGS = {"subnet/": "subnet-", "security-group/": "sg-", "endpoint/": "vpce-"}
CARRIES = {"s3": ("s3",), "sagemaker.api": ("sagemaker",), "sagemaker.runtime": ("sagemaker",), "logs": ("logs",)}
CARRIES |= {"notebook": ("sagemaker",), "sts": ("sts",)}
RESULTS, RAW = "arn:aws:s3:::ml-dev-results-7f3a", "arn:aws:s3:::ml-dev-raw-7f3a"
TENANTS = (10, 100, 1000)
RUNS = 3


class Documents(NamedTuple):
    """The program's documents, parsed, with an id for each reference."""

    shared: dict[str, Policy]
    boundary: Policy
    guarded: tuple[Guarded, ...]
    endpoints: tuple[Endpoint, ...]
    ids: dict[str, str]


def documents() -> Documents:
    """Read the documents of one stack."""
    shared = {purpose: _plain(document) for purpose, document in tenant_documents(SCOPE).items()}
    resources = {"results": _plain(results_policy(SCOPE)), "raw": _plain(raw_policy(SCOPE))}
    resources["key"] = _plain(data_key_policy(SCOPE))
    ends = {service: _plain(endpoint_policy(SCOPE, service)) for service in ENDPOINTS}
    boundary = _plain(boundary_document(SCOPE))
    needed = [f"{{{{endpoint/{service}}}}}" for service in ENDPOINTS] + ["{{key/data}}"]
    ids = fresh_ids([shared, resources, ends, boundary, needed], BEGINNINGS)

    def read(document: object, name: str) -> Policy:
        return parse_policy(with_ids(document, ids), name=name)

    key = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/{ids['key/data']}"
    return Documents(
        shared={purpose: read(document, purpose) for purpose, document in shared.items()},
        boundary=read(boundary, "boundary"),
        guarded=(
            Guarded(resources=(RESULTS, f"{RESULTS}/*"), policy=read(resources["results"], "results"), kind="bucket"),
            Guarded(resources=(RAW, f"{RAW}/*"), policy=read(resources["raw"], "raw"), kind="bucket"),
            Guarded(resources=(key,), policy=read(resources["key"], "key"), kind="key"),
        ),
        endpoints=tuple(
            Endpoint(id=ids[f"endpoint/{service}"], policy=read(document, service), services=CARRIES[service])
            for service, document in ends.items()
        ),
        ids=ids,
    )


def _plain(document: PolicyDocument) -> object:
    return document.to_dict()


def account(read: Documents, tenants: Sequence[str]) -> Account:
    """Return the account with two roles for each tenant."""
    actors = tuple(
        Actor(
            principal=Principal.role(
                f"arn:aws:iam::{ACCOUNT}:role/tenants/{tenant}/ml-dev-{tenant}-{kind}",
                {"user": tenant, "security-group": f"sg-{tenant}"},
            ),
            identity=tuple(read.shared[purpose] for purpose in carries),
            boundary=read.boundary,
        )
        for tenant in tenants
        for kind, carries in (("notebook", NOTEBOOK_ROLE_CARRIES), ("job", JOB_ROLE_CARRIES))
    )
    return Account(id=ACCOUNT, actors=actors, guarded=read.guarded, endpoints=read.endpoints)


def claims(read: Documents, tenant: str) -> Iterator[tuple[str, Query]]:
    """Yield claims about one tenant: what no role of it may do."""
    own: dict[str, Values | str] = {"user": tenant}
    subnets = tuple(id_ for name, id_ in read.ids.items() if name.startswith("subnet/"))
    ends = tuple(endpoint.id for endpoint in read.endpoints)
    theirs = Like(f"{RESULTS}/*").but(f"{RESULTS}/users/{tenant}/*")
    notebook = Like("*-notebook")
    create = ("sagemaker:CreateNotebookInstance", "sagemaker:CreateTrainingJob", "sagemaker:CreateModel")
    yield "another tenant's objects", Query("s3:*", theirs, tags=own)
    yield "raw data changed", Query(("s3:Put*", "s3:Delete*", "s3:Restore*"), f"{RAW}/*", tags=own)
    yield "a stranger's buckets", Query("s3:*", context={"aws:ResourceAccount": OtherThan(ACCOUNT)}, tags=own)
    yield "a foreign subnet", Query(create, context={"sagemaker:VpcSubnets": Contains(OtherThan(*subnets))}, tags=own)
    yield "no subnet", Query(create, context={"sagemaker:VpcSubnets": Missing}, tags=own)
    around: dict[str, Values | str] = {"aws:SourceVpce": OtherThan(*ends).or_missing(), "aws:ViaAWSService": "false"}
    yield "around the endpoints", Query(("s3:*", "sagemaker:*"), context=around, principals=notebook, tags=own)
    others = OtherThan(f"arn:aws:iam::{ACCOUNT}:role/tenants/{tenant}/*")
    yield "another's role passed", Query("iam:PassRole", others, tags=own)
    yield "policies changed", Query(("iam:*", "ec2:*Route*", "ec2:*Gateway*", "ec2:*VpcEndpoint*"), tags=own)
    yield "keys of others", Query("kms:Decrypt", OtherThan(read.guarded[2].resources[0]), tags=own)


def journey(tenant: str) -> Iterator[tuple[str, Query]]:
    """Yield what a tenant must be able to do."""
    own: dict[str, Values | str] = {"user": tenant}
    yield "reads raw data", Query("s3:GetObject", f"{RAW}/*", tags=own)
    yield "writes own results", Query("s3:PutObject", f"{RESULTS}/users/{tenant}/*", tags=own)
    yield "creates a notebook", Query("sagemaker:CreateNotebookInstance", tags=own)
    yield "trains", Query("sagemaker:CreateTrainingJob", tags=own)


def decide(read: Documents, tenants: Sequence[str]) -> list[tuple[str, Proof]]:
    """Decide every claim for every tenant."""
    found: list[tuple[str, Proof]] = []
    for tenant in tenants:
        where = account(read, (tenant,))
        found += [(name, prove(where, query)) for name, query in claims(read, tenant)]
        found += [(name, possible(where, query)) for name, query in journey(tenant)]
    return found


def main() -> int:
    """Print each claim about one tenant with its verdict and its time."""
    for name, proof in decide(documents(), ("alice",)):
        sys.stdout.write(f"{proof.verdict.value:15} {proof.milliseconds:8.1f} ms {proof.questions:6} {name}\n")
        if proof.request and not proof.proved:
            sys.stdout.write(f"    {proof.request}\n")
    started = time.perf_counter()
    decide(documents(), ("alice", "bob", "carol"))
    sys.stdout.write(f"{time.perf_counter() - started:.2f} s for three tenants, warm\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
