"""Every bad input about buckets, keys and partners in one stack file: all is said at once, each with a way out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.settings.conftest import Stack

ROOT = Path(__file__).resolve().parents[2]
READER = "arn:aws:iam::444455556666:role/reader"
ROLE = "arn:aws:iam::111122223333:role/"
BAD: dict[str, object] = {
    "partners": {
        "endless": {"role": READER, "prefix": "endless"},
        "anybody": {"role": "arn:aws:iam::444455556666:root", "prefix": "anybody", "until": "2027-03-31"},
        "late": {"role": READER, "prefix": "late", "until": "2020-01-01"},
        "above": {"role": READER, "prefix": "..", "until": "2027-03-31"},
        "nothing": {"role": READER, "prefix": "", "until": "2027-03-31"},
        "whole": {"role": READER, "prefix": "/", "until": "2027-03-31"},
        "theirs": {"role": READER, "prefix": "users/alice", "until": "2027-03-31"},
    },
    "data": {
        "suffix": "7f3a",
        "buckets": {"raw": {"name": "x" * 64}, "shared": {"name": "our.shared.data"}},
        "keys": {"deletion-window-days": 3},
    },
}
PLACES = (
    "partners › endless › until",
    "partners › anybody › role",
    "partners › late › until",
    "partners › above › prefix",
    "partners › nothing › prefix",
    "partners › whole › prefix",
    "partners › theirs › prefix",
    "data › buckets › raw › name",
    "data › buckets › shared › name",
    "data › keys › deletion-window-days",
)


def test_all_of_it_is_said_at_once_with_what_is_allowed_why_and_what_to_write(stack_of: Callable[..., Stack]) -> None:
    problems = stack_of(BAD).problems()
    assert set(problems) == set(PLACES)
    for place, problem in problems.items():
        assert problem.given, place
        assert problem.allowed, place
        assert problem.why, place
        assert problem.write, place


@pytest.mark.verify
def test_the_command_says_it_all_without_a_traceback(tmp_path: Path) -> None:
    for name in ("__main__.py", "Pulumi.yaml", "wiring", "settings", "components"):
        (tmp_path / name).symlink_to(ROOT / name)
    stack = yaml.safe_load((ROOT / "Pulumi.dev.yaml").read_text(encoding="utf-8"))
    stack["config"] |= {f"closed-sagemaker:{key}": value for key, value in BAD.items()}
    (tmp_path / "Pulumi.dev.yaml").write_text(yaml.safe_dump(stack), encoding="utf-8")
    command = [sys.executable, "-m", "preview", "--program", str(tmp_path), "--policy-pack", str(ROOT / "policy_pack")]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    said = ended.stdout + ended.stderr
    assert ended.returncode == 2
    assert "Traceback" not in said
    joined = " ".join(said.split())
    assert [place for place in PLACES if place not in joined] == []


def partner(**changes: Any) -> dict[str, Any]:
    """Return a partner that is fine but for what is changed."""
    return {"partners": {"vision": {"role": READER, "prefix": "vision", "until": "2027-03-31", **changes}}}


def reader(**changes: Any) -> dict[str, Any]:
    """Return a service that reads, fine but for what is changed."""
    source = "arn:aws:macie2:ap-northeast-1:111122223333:classification-job/x"
    fine = {"service": "macie.amazonaws.com", "source-arn": source, "prefix": "scan"}
    return {"service-readers": {"scan": {**fine, **changes}}}


def data(**parts: Any) -> dict[str, Any]:
    """Return the part of data with more beside its suffix."""
    return {"data": {"suffix": "7f3a", **parts}}


def bucket(purpose: str = "raw", **changes: Any) -> dict[str, Any]:
    """Return the settings of one bucket."""
    return data(buckets={purpose: {key.replace("_", "-"): value for key, value in changes.items()}})


def ingestion(*arns: str) -> dict[str, Any]:
    """Return who brings raw data in: roles of this account by what follows ``role/``, or whole ARNs."""
    return data(ingestion=[arn if arn.startswith("arn:") else f"{ROLE}{arn}" for arn in arns])


NAME, SAME = "data › buckets › raw › name", "is called so"
INGESTION = "data › ingestion"
TWO_ALIKE = {
    name: {"role": READER, "prefix": prefix, "until": "2027-03-31"}
    for name, prefix in (("vision1", "a"), ("vision-1", "b"))
}
ODD: dict[str, tuple[dict[str, Any], str, str]] = {
    "a bucket with another's usual name": (bucket(name="ml-dev-shared-7f3a"), NAME, f"the shared bucket {SAME}"),
    "a bucket with the usual name of records": (bucket(name="ml-dev-audit-7f3a"), NAME, f"the audit bucket {SAME}"),
    "the same, the prefix left out": (
        {**bucket(name="ml-dev-staging-7f3a"), "name-prefix": None},
        NAME,
        f"the staging bucket {SAME}",
    ),
    "a name with capitals": (bucket(name="Ml-Raw"), NAME, "lower-case"),
    "a name with an underscore": (bucket(name="raw_data"), NAME, "lower-case"),
    "a name that S3 keeps for itself": (bucket(name="sthree-raw"), NAME, "what S3 keeps"),
    "a name of AWS' examples": (bucket(name="amzn-s3-demo-raw"), NAME, "what S3 keeps"),
    "a name that is a number": (bucket(name=12345), NAME, "lower-case"),
    "a storage class": (bucket(storage_class="GLACIER"), "data › buckets › raw › storage-class", "nobody reads"),
    "transitions": (bucket(transitions=[]), "data › buckets › raw › transitions", "nobody reads"),
    "tiers in the wrong order": (
        bucket(infrequent_access_days=90, archive_days=60),
        "data › buckets › raw › archive-days",
        "30 days in infrequent access",
    ),
    "a tier after the end": (
        bucket("access-logs", archive_days=400),
        "data › buckets › access-logs › archive-days",
        "gone already",
    ),
    "a tier on the last day": (
        bucket("access-logs", infrequent_access_days=60, keep_days=60),
        "data › buckets › access-logs › infrequent-access-days",
        "gone already",
    ),
    "days that are true": (
        bucket(infrequent_access_days=30, archive_days=True),
        "data › buckets › raw › archive-days",
        "cheapest storage",
    ),
    "days without an end": (
        bucket(old_versions_days=float("inf")),
        "data › buckets › raw › old-versions-days",
        "brought back",
    ),
    "a lock without versions": (bucket(versioning=False, object_lock={"days": 9}), f"{NAME[:-4]}versioning", "nobody"),
    "a lock of no days": (bucket(object_lock={"days": 0}), "data › buckets › raw › object-lock › days", "locked"),
    "a lock that is true": (bucket(object_lock=True), "data › buckets › raw › object-lock", "neither deleted nor"),
    "administrators of keys": (data(keys={"administrators": ["*"]}), "data › keys › administrators", "nobody reads"),
    "a tenant with a key whose name is retired": (
        {**data(keys={"data": "per-tenant"}), "retired": ["alice"]},
        "tenants › alice",
        "the name is retired",
    ),
    "the deployer brings data in": (ingestion("ci-deploy"), f"{INGESTION}[0]", "must not write what lies in it"),
    "the emergency role brings data in": (ingestion("ml-dev-break-glass"), f"{INGESTION}[0]", "the emergency role"),
    "a role of the platform brings data in": (ingestion("platform/ml-dev-trail"), f"{INGESTION}[0]", "a service works"),
    "a deployment role brings data in": (ingestion("deployment/alice/x"), f"{INGESTION}[0]", "deploy models as this"),
    "a person brings data in": (ingestion("people/ml-dev-ann"), f"{INGESTION}[0]", "a person signs in"),
    "a linked role brings data in": (ingestion("aws-service-role/x/y"), f"{INGESTION}[0]", "linked to a service"),
    "a role that brings data in, twice": (ingestion("x", "x"), f"{INGESTION}[1]", "listed before"),
    "a role of another partition": (
        ingestion("arn:aws-cn:iam::111122223333:role/x"),
        f"{INGESTION}[0]",
        "the partition is `aws-cn`",
    ),
    "more roles than a policy names": (
        ingestion(*(f"{at}{'x' * 50}" for at in range(60))),
        INGESTION,
        "no longer policy",
    ),
    "a partner's name with a capital": (
        {"partners": {"Vision": partner()["partners"]["vision"]}},
        "partners › Vision",
        "lower-case",
    ),
    "partners whose statements would be called alike": (
        {"partners": TWO_ALIKE},
        "partners › vision-1",
        "ids of statements must differ",
    ),
    "a partner of this account": (partner(role=f"{ROLE}x"), "partners › vision › role", "no partners"),
    "a partner for ever": (partner(until="9999-12-31"), "partners › vision › until", "would have no end"),
    "a partner from groups of receivers": (
        partner(networks=["224.0.0.0/16"]),
        "partners › vision › networks[0]",
        "public addresses only",
    ),
    "a partner from a mask": (
        partner(networks=["8.8.8.0/255.255.255.0"]),
        "partners › vision › networks[0]",
        "prefix length",
    ),
    "a partner from everywhere": (
        partner(networks=["0.0.0.0/0"]),
        "partners › vision › networks[0]",
        "no partner's own",
    ),
    "a partner from one network, twice": (
        partner(networks=["8.8.8.0/24"] * 2),
        "partners › vision › networks",
        "listed twice",
    ),
    "a service of China": (reader(service="macie.amazonaws.com.cn"), "service-readers › scan › service", "not called"),
    "a service for any resource": (
        reader(**{"source-arn": "arn:aws:macie2:ap-northeast-1:111122223333:job/*"}),
        "service-readers › scan › source-arn",
        "without wildcards",
    ),
}


@pytest.mark.parametrize(("changes", "place", "said"), ODD.values(), ids=ODD)
def test_an_odd_value_is_refused_where_it_stands_with_a_way_out(
    changes: dict[str, Any], place: str, said: str, stack_of: Callable[..., Stack]
) -> None:
    stack_of(changes).refuses_with_a_way_out(place, said)


@pytest.mark.parametrize(
    "changes",
    [
        bucket(name="ml-dev-raw-7f3a"),
        data(buckets={"raw": {"name": "our-raw"}, "shared": {"name": "ml-dev-raw-7f3a"}}),
        bucket("access-logs", archive_days=60, keep_days=61),
        ingestion("ingest", "ingest-2"),
        partner(until="2040-12-31", networks=["8.8.8.0/24", "8.8.4.0/24"]),
    ],
)
def test_what_looks_odd_and_holds_is_taken(changes: dict[str, Any], stack_of: Callable[..., Stack]) -> None:
    assert stack_of(changes).settings()


def test_all_that_is_odd_in_one_stack_file_is_said_at_once(stack_of: Callable[..., Stack]) -> None:
    given = {
        **data(buckets={"raw": {"name": "RAW.data", "archive-days": 10}}, keys={"data": "each"}, ingestion=["x"]),
        **partner(role="*", until="x", networks=["0.0.0.0/0"]),
        **reader(service="*"),
        "audit": {"log-days": 1, "keep-days": 1, "readers": ["*"], "elsewhere": ["x"]},
        "budgets": {"monthly": -1, "tell": ["x"], "topics": ["y"]},
    }
    assert len(stack_of(given).problems()) == 15
