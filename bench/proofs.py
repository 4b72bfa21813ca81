"""Figures of the prover: claims about the program's own documents, for one stack and for many tenants.

One fresh tenant stands for all as far as they carry the same documents (ADR 0003). Each tenant asked by itself about
what is anybody else's rests on nothing of the kind, and grows with their number.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from bench import solver
from bench.iam_evaluation import Measured, table
from bench.measure import CommandFailedError
from bench.tenants import growth
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
    Reading,
    Values,
    Verdict,
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
    yield "policies changed", Query(("iam:Put*", "iam:Attach*", "ec2:Create*Route*", "ec2:*Gateway*"), tags=own)
    yield "keys of others", Query("kms:Decrypt", OtherThan(read.guarded[2].resources[0]), tags=own)


def journey(tenant: str) -> Iterator[tuple[str, Query]]:
    """Yield what a tenant must be able to do."""
    own: dict[str, Values | str] = {"user": tenant}
    yield "reads raw data", Query("s3:GetObject", f"{RAW}/*", tags=own)
    yield "writes own results", Query("s3:PutObject", f"{RESULTS}/users/{tenant}/*", tags=own)
    yield "creates a model", Query("sagemaker:CreateModel", tags=own)
    yield "trains", Query("sagemaker:CreateTrainingJob", tags=own)


def decide(read: Documents, tenants: Sequence[str]) -> list[tuple[str, Proof]]:
    """Decide every claim for every tenant."""
    found: list[tuple[str, Proof]] = []
    for tenant in tenants:
        where = account(read, (tenant,))
        found += [(name, prove(where, query)) for name, query in claims(read, tenant)]
        found += [(name, possible(where, query)) for name, query in journey(tenant)]
    return found


def own_by_own(read: Documents, tenants: int) -> float:
    """Return the seconds in which each of so many tenants is asked by itself about what is anybody else's."""
    names = [f"tenant-{number:04}" for number in range(tenants)]
    started = time.process_time()
    for name in names:
        (_, query), *_ = claims(read, name)
        if not prove(account(read, (name,)), query).proved:
            raise CommandFailedError(f"{name} reaches what is another's")
    return time.process_time() - started


def symmetric(read: Documents) -> float:
    """Return the seconds in which all claims are decided for one fresh name, which stands for every tenant."""
    started = time.process_time()
    wrong = [name for name, proof in decide(read, ("fresh",)) if not proof.proved]
    if wrong:
        raise CommandFailedError(f"not proved: {', '.join(wrong)}")
    return time.process_time() - started


def single(read: Documents) -> Iterator[tuple[Query, bool]]:
    """Yield questions about one action of one tenant, each with whether it is proved that nothing is allowed."""
    own: dict[str, Values | str] = {"user": "fresh"}
    theirs = Like(f"{RESULTS}/*").but(f"{RESULTS}/users/fresh/*")
    yield from ((Query(f"s3:{verb}Object", theirs, tags=own), True) for verb in ("Get", "Put", "Delete"))
    yield Query("s3:PutObject", f"{RAW}/*", tags=own), True
    yield Query("iam:PassRole", OtherThan(f"arn:aws:iam::{ACCOUNT}:role/tenants/fresh/*"), tags=own), True
    yield Query("kms:Decrypt", OtherThan(read.guarded[2].resources[0]), tags=own), True
    yield Query("s3:GetObject", f"{RESULTS}/users/fresh/*", tags=own), False
    yield Query("s3:GetObject", f"{RAW}/*", tags=own), False
    yield Query("sagemaker:DeleteModel", tags=own), False


def against_z3(read: Documents) -> list[Measured]:
    """Return the median seconds of a question, by the prover and by z3, who must agree where z3 answers."""
    where = replace(account(read, ("fresh",)), endpoints=())
    ours, theirs, unanswered = [], [], 0
    for query, expected in single(read):
        started = time.process_time()
        found = prove(where, query, reading=Reading.EXACT).proved
        ours.append((time.process_time() - started) * 1000)
        started = time.process_time()
        answer = solver.proved(where, query)
        theirs.append((time.process_time() - started) * 1000)
        unanswered += answer is None
        if found is not expected or answer not in {None, expected}:
            raise CommandFailedError(f"{query.actions}: {expected} is expected, given {found}, by z3 {answer}")
    count = f"{len(ours)} questions about one action, exact reading"
    gave_up = f", of which it gave up {unanswered}" if unanswered else ""
    return [
        Measured(name="a question, median", of=count, values=tuple(ours), unit="ms of processor", bound=100),
        Measured(name="the longest", of="the same", values=(max(ours),), unit="ms of processor", bound=1000),
        Measured(name="z3, median", of=f"the same{gave_up}", values=tuple(theirs), unit="ms of processor", bound=100),
        Measured(name="z3, the longest", of="the same", values=(max(theirs),), unit="ms of processor", bound=1000),
    ]


def measure(tenants: Sequence[int] = TENANTS) -> list[Measured]:
    """Return the figures; CommandFailedError where a claim fails, whose time would say nothing."""
    read = documents()
    symmetric(read)
    warm = tuple(symmetric(read) for _ in range(RUNS))
    of = "12 claims about one fresh tenant, which stand for all, warm"
    found = [Measured(name="all claims", of=of, values=warm, unit="s of processor", bound=2)]
    found += against_z3(read)
    taken: list[tuple[int, float]] = []
    for count in tenants:
        seconds = own_by_own(read, count)
        taken.append((count, seconds))
        sys.stderr.write(f"proofs, {count} tenants: {seconds:.1f} s\n")
        of = f"{count:,} tenants, each asked by itself"
        if len(taken) > 1:
            of += f"; grows with their number to the power {growth(*taken[-2:]):.2f}"
        found.append(
            Measured(name="another tenant's objects", of=of, values=(seconds,), unit="s of processor", bound=count / 10)
        )
    return found


def main() -> int:
    """Print each claim about one tenant with its verdict and its time."""
    for name, proof in decide(documents(), ("alice",)):
        sys.stdout.write(f"{proof.verdict.value:15} {proof.milliseconds:8.1f} ms {proof.questions:6} {name}\n")
        if proof.request and proof.verdict is Verdict.COUNTEREXAMPLE:
            sys.stdout.write(f"    {proof.request}\n")
    sys.stdout.write("\n".join(table(measure((10,)))) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
