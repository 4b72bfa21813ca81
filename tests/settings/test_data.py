"""Partners, buckets and keys in a stack file: what is accepted, and what is refused before anything is built."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from components.documents.buckets import staging_policy
from components.documents.partners import Partner
from components.documents.scope import Scope
from components.naming import Naming
from settings.partners import policy_size

StackOf = Any
READER_ROLE = "arn:aws:iam::444455556666:role/reader"
PARTNER = {"role": "arn:aws:iam::444455556666:role/reader", "prefix": "vision", "until": "2027-03-31"}
READER = {
    "service": "macie.amazonaws.com",
    "source-arn": "arn:aws:macie2:ap-northeast-1:111122223333:classification-job/x",
    "prefix": "scan",
}


def partner(**changes: Any) -> dict[str, Any]:
    whole = {**PARTNER, **changes}
    return {"partners": {"vision": {key: value for key, value in whole.items() if value is not None}}}


def data(**parts: Any) -> dict[str, Any]:
    return {"data": {"suffix": "7f3a", **parts}}


def test_partners_services_buckets_and_keys_are_read(stack_of: StackOf) -> None:
    changes = {
        **partner(networks=["vpce-0123456789abcdef0"]),
        "service-readers": {"scan": READER},
        **data(
            buckets={"raw": {"name": "our-raw", "object-lock": {"days": 30}}, "access-logs": {"keep-days": 30}},
            keys={"deletion-window-days": 7, "data": "per-tenant"},
            ingestion=["arn:aws:iam::111122223333:role/ingest"],
        ),
        "tenants": {"alice": {"data-administrator": True}},
    }
    settings = stack_of(changes).settings()
    assert settings.partners["vision"].endpoints == ("vpce-0123456789abcdef0",)
    assert settings.partners["vision"].cidrs == ()
    assert settings.service_readers["scan"].source_arn == READER["source-arn"]
    assert settings.data.buckets.names == {"raw": "our-raw"}
    assert settings.data.buckets.raw.object_lock.days == 30
    assert settings.data.keys.deletion_window_days == 7
    assert settings.data.keys.data == "per-tenant"
    assert settings.tenants["alice"].data_administrator


def test_an_expiry_in_the_past_is_no_concern_of_a_program_without_a_clock(stack_of: StackOf) -> None:
    assert stack_of(partner(until="2027-01-01")).settings().partners["vision"].until == "2027-01-01"


@pytest.mark.parametrize(
    ("changes", "key", "said"),
    [
        ({"until": None}, "until", "nothing"),
        ({"until": "2027-02-30"}, "until", "there is no such day"),
        ({"until": "2020-01-01"}, "until", "slip of the year"),
        ({"until": "next year"}, "until", "reads no clock"),
        ({"role": "arn:aws:iam::444455556666:root"}, "role", "a whole account"),
        ({"role": "444455556666"}, "role", "a whole account"),
        ({"role": "arn:aws:iam::111122223333:role/x"}, "role", "roles of this account are no partners"),
        ({"role": "arn:aws-cn:iam::444455556666:role/x"}, "role", "another partition"),
        ({"role": "arn:aws:iam::444455556666:role/*"}, "role", "would let in everybody"),
        ({"prefix": ""}, "prefix", "nothing above it"),
        ({"prefix": ".."}, "prefix", "nothing above it"),
        ({"prefix": "a/../b"}, "prefix", "nothing above it"),
        ({"prefix": "/a"}, "prefix", "nothing above it"),
        ({"prefix": "a/"}, "prefix", "nothing above it"),
        ({"prefix": "a*"}, "prefix", "nothing above it"),
        ({"prefix": "${aws:username}"}, "prefix", "nothing above it"),
        ({"prefix": "/"}, "prefix", "nothing above it"),
        ({"prefix": "."}, "prefix", "nothing above it"),
        ({"prefix": "users"}, "prefix", "no partner reads a tenant's results"),
        ({"prefix": "users/alice"}, "prefix", "no partner reads a tenant's results"),
        ({"prefix": "Users/bob/models"}, "prefix", "no partner reads a tenant's results"),
        ({"until": "2026-11-21"}, "until", "slip of the year"),
        ({"networks": []}, "networks", "names no network"),
        ({"networks": ["vpce-0123456789abcdef0", "198.51.100.0/24"]}, "networks[1]", "public addresses only"),
        ({"networks": ["vpce-0123456789abcdef0", "8.8.8.0/24"]}, "networks", "are mixed"),
        ({"networks": ["10.0.0.0/24"]}, "networks[0]", "public addresses only"),
        ({"networks": ["8.0.0.0/8"]}, "networks[0]", "wider than /16"),
        ({"networks": ["office"]}, "networks[0]", "neither the id"),
    ],
)
def test_a_partner_that_reaches_too_far_is_refused(
    stack_of: StackOf, changes: dict[str, Any], key: str, said: str
) -> None:
    place = f"partners › vision › {key}"
    problem = stack_of(partner(**changes)).only_problem(place)
    assert said in f"{problem.given} {problem.why}"
    assert stack_of(partner(**{**changes, **yaml.safe_load(problem.write)})).settings(), "the line can be written so"


@pytest.mark.parametrize("other", ["vision", "vision/deep", "vision/deep/er"])
def test_a_prefix_inside_another_partners_is_refused(stack_of: StackOf, other: str) -> None:
    partners = {"vision": PARTNER, "other": {**PARTNER, "prefix": other}}
    problem = stack_of({"partners": partners}).only_problem("partners › other › prefix")
    assert "would read what is the other's" in problem.why
    assert stack_of({"partners": {**partners, "other": {**PARTNER, "prefix": "vision2"}}}).settings()


def test_more_partners_than_a_bucket_policy_holds_are_refused(stack_of: StackOf) -> None:
    many = {f"partner-{number}": {**PARTNER, "prefix": f"p{number}"} for number in range(30)}
    problem = stack_of({"partners": many}).only_problem("partners")
    assert "30 partners and services" in problem.given
    assert len(stack_of({"partners": dict(list(many.items())[:12])}).settings().partners) == 12


def test_the_size_that_settings_expect_is_never_below_the_real_one() -> None:
    given = {"role": READER_ROLE, "prefix": "vision", "until": "2027-03-31", "networks": ["vpce-0123456789abcdef0"]}
    partners = tuple(
        Partner(
            name=f"partner-{number}",
            role_arn=READER_ROLE,
            prefix="vision",
            until="2027-03-31",
            endpoints=("vpce-0123456789abcdef0",),
        )
        for number in range(15)
    )
    scope = Scope(
        naming=Naming(partition="aws", region="ap-northeast-1", account_id="1" * 12, prefix="p" * 20, suffix="s" * 12),
        zone_ids=("a",),
        endpoints=("s3",),
        deployer=("arn:aws:iam::111122223333:role/ci-deploy",),
    )
    real = len(staging_policy(scope, partners).to_json())
    assert real <= policy_size([(partner.name, given) for partner in partners]) < real + 6_000


def test_a_service_for_another_accounts_source_is_refused(stack_of: StackOf) -> None:
    reader = {**READER, "source-arn": READER["source-arn"].replace("111122223333", "999999999999")}
    problem = stack_of({"service-readers": {"scan": reader}}).only_problem("service-readers › scan › source-arn")
    assert "a stranger's" in problem.why


@pytest.mark.parametrize(
    ("parts", "path", "said"),
    [
        ({"buckets": {"raw": {"name": "x" * 64}}}, "buckets › raw › name", "3 to 63"),
        ({"keys": {"data": "own"}}, "keys › data", "shared or per-tenant"),
        ({"buckets": {"raw": {"name": "our.raw"}}}, "buckets › raw › name", "no dots"),
        ({"buckets": {"raw": {"name": "raw-sagemaker"}}}, "buckets › raw › name", "no `sagemaker`"),
        ({"buckets": {"raw": {"name": "raw-111122223333"}}}, "buckets › raw › name", "account's id"),
        (
            {"buckets": {"raw": {"name": "ours"}, "shared": {"name": "ours"}}},
            "buckets › shared › name",
            "the raw bucket is called so",
        ),
        ({"buckets": {"raw": {"versioning": False}}}, "buckets › raw › versioning", "nobody reads this key"),
        ({"buckets": {"results": {"object-lock": {"days": 1}}}}, "buckets › results › object-lock", "nobody reads"),
        ({"buckets": {"raw": {"object-lock": {"days": 91}}}}, "buckets › raw › object-lock › days", "cannot remove"),
        (
            {"buckets": {"raw": {"infrequent-access-days": 60, "archive-days": 80}}},
            "buckets › raw › archive-days",
            "30 days in infrequent access",
        ),
        ({"buckets": {"scratch": {}}}, "buckets › scratch", "nobody reads this key"),
        ({"keys": {"deletion-window-days": 6}}, "keys › deletion-window-days", "brought back"),
        ({"keys": {"deletion-window-days": 31}}, "keys › deletion-window-days", "brought back"),
        ({"keys": {"rotation-days": 30}}, "keys › rotation-days", "takes no fewer"),
        ({"ingestion": ["arn:aws:iam::999999999999:role/x"]}, "ingestion[0]", "of another account"),
        ({"ingestion": ["arn:aws:iam::111122223333:role/tenants/alice/x"]}, "ingestion[0]", "aws:PrincipalArn"),
    ],
)
def test_buckets_and_keys_that_would_not_hold_are_refused(
    stack_of: StackOf, parts: dict[str, Any], path: str, said: str
) -> None:
    problem = stack_of(data(**parts)).only_problem(f"data › {path}")
    assert said in f"{problem.allowed} {problem.why}"


def test_a_suffix_that_tells_the_account_is_refused(stack_of: StackOf) -> None:
    problem = stack_of({"data": {"suffix": "111122223333"}}).only_problem("data › suffix")
    assert "tell to whoever sees it" in problem.why
