"""From config to settings: all problems at once, unknown keys, no traceback whatever is given."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pulumi
import pytest
from hypothesis import given, settings, strategies
from pydantic import ValidationError

from settings import Settings, SettingsError, load, parse

if TYPE_CHECKING:
    from collections.abc import Callable

StackOf = Any
WHY = "it is the value of the tag `environment`, and decides how careful defaults are; did you mean prod?"
MESSAGE = """Pulumi.dev.yaml has 2 problems; nothing was built.

  config › closed-sagemaker:environment
    given    prd
    allowed  dev, test or prod
    why      WHY
    write    closed-sagemaker:environment: prod

  config › closed-sagemaker:data
    given    nothing
    allowed  a mapping of suffix, and if wanted buckets, keys and ingestion
    why      the buckets are named <prefix>-<purpose>-<suffix>
    write    closed-sagemaker:data: {suffix: "7f3a"}"""
KEYS = ["aws:region", "pulumi:disable-default-providers"] + [
    f"closed-sagemaker:{key}"
    for key in ("account-id", "environment", "name-prefix", "deployer", "network", "features", "tenants", "retired")
]
KEYS += ["closed-sagemaker:data", "closed-sagemaker:quotas"]


def test_all_problems_are_reported_at_once(stack_of: StackOf) -> None:
    changes = {
        "account-id": "1",
        "acount-id": "111122223333",
        "environment": "staging",
        "deployer": ["arn:aws:iam::111122223333:root", "arn:aws-cn:iam::111122223333:role/x"],
        "network": {"cidr": "10.0.0.0/8", "zones": ["apne1-az1", "use1-az1"], "subnets": {"apne1-az1": "1.2.3.4/24"}},
        "features": ["notebook"],
        "tenants": {"alice": {"volume-size-gb": 1, "color": "red"}, "platform": {}, "eve": {}},
        "retired": ["eve"],
        "data": {"suffix": "7f3a", "sufix": "7f3a"},
        "quotas": {"iam-roles": 2},
    }
    assert sorted(stack_of(changes).problems()) == sorted(
        [
            "account-id",
            "acount-id",
            "environment",
            "deployer[0]",
            "deployer[1]",
            "network › cidr",
            "network › zones[1]",
            "network › subnets › apne1-az1",
            "features[0]",
            "tenants",
            "tenants › alice › volume-size-gb",
            "tenants › alice › color",
            "tenants › platform",
            "tenants › eve",
            "data › sufix",
        ]
    )


def test_the_message_gives_path_given_allowed_why_and_line_of_each(stack_of: StackOf) -> None:
    with pytest.raises(SettingsError) as refused:
        stack_of({"environment": "prd", "data": None}).settings("dev")
    assert str(refused.value).replace(WHY, "WHY") == MESSAGE


@pytest.mark.parametrize(
    ("changes", "path", "write"),
    [
        ({"acount-id": "1"}, "acount-id", 'closed-sagemaker:account-id: "1"'),
        ({"name_prefix": "ml-x"}, "name_prefix", "closed-sagemaker:name-prefix: ml-x"),
        ({"region": "eu-west-1"}, "region", "aws:region: eu-west-1"),
        ({"colour": "red"}, "colour", "(remove it)"),
        ({"aws:profile": "me"}, "aws:profile", "(remove it)"),
        ({"aws:regoin": "eu-west-1"}, "aws:regoin", "aws:region: eu-west-1"),
        ({"pulumi:autonaming": {"mode": "verbatim"}}, "pulumi:autonaming", "(remove it)"),
        ({"closed-sagemakr:tenants": ["eve"]}, "closed-sagemakr:tenants", "closed-sagemaker:tenants: "),
        ({"quotas": {"iam_roles": 1}}, "quotas › iam_roles", "iam-roles: 1"),
        ({"tenants": {"eve": {"color": 9}}}, "tenants › eve › color", "(remove it)"),
    ],
)
def test_an_unknown_key_is_answered_with_the_nearest_known_one(
    stack_of: StackOf, changes: dict[str, Any], path: str, write: str
) -> None:
    problem = stack_of(changes).only_problem(path)
    assert problem.write.startswith(write)
    assert "nobody reads this key" in problem.why
    if write != "(remove it)":
        assert f"did you mean {write.split(': ', maxsplit=1)[0]}?" in problem.why


def test_a_misspelt_key_is_answered_with_its_value_as_it_stands_in_the_file(stack_of: StackOf) -> None:
    problem = stack_of({"closed-sagemaker:quota": {"iam-roles": 7}}).only_problem("quota")
    assert problem.given == "closed-sagemaker:quota: {iam-roles: 7}"
    assert problem.write == "closed-sagemaker:quotas: {iam-roles: 7}"


def test_credentials_in_a_stack_file_are_not_repeated(stack_of: StackOf) -> None:
    problem = stack_of({"aws:secretKey": "hush-hush"}).only_problem("aws:secretKey")
    assert "hush" not in str(problem)
    assert "credentials come from the environment" in problem.why
    assert problem.write == "(remove it)"


def test_an_unknown_key_of_the_network_is_found(stack_of: StackOf) -> None:
    assert stack_of(subnet_prefx=25).only_problem("network › subnet-prefx").write == "subnet-prefix: 25"


def test_keys_belong_to_the_namespace_of_the_project(stack_of: StackOf) -> None:
    config = {key.replace("closed-sagemaker:", "other:"): value for key, value in stack_of().config().items()}
    assert parse(config, project="other", stack="dev").account_id == "111122223333"
    with pytest.raises(SettingsError) as refused:
        parse(config | {"other:environment": "prd"}, project="other", stack="dev")
    assert refused.value.problems[0].path == "config › other:environment"
    assert refused.value.problems[0].write == "other:environment: prod"


def test_a_secret_is_not_shown(stack_of: StackOf) -> None:
    config = stack_of({"data": {"suffix": "HUSH"}, "pasword": "HUSH"}).config()
    secret = ["closed-sagemaker:data", "closed-sagemaker:pasword"]
    with pytest.raises(SettingsError) as refused:
        parse(config, project="closed-sagemaker", stack="dev", secret=secret)
    assert [problem.given for problem in refused.value.problems] == ["[secret]", "[secret]"]
    assert "HUSH" not in str(refused.value)


@pytest.mark.parametrize(
    "change",
    [
        lambda found: setattr(found, "region", "us-east-1"),
        lambda found: setattr(found.network, "subnet_prefix", 20),
        lambda found: setattr(found.tenants["alice"], "volume_size_gb", 9),
        lambda found: found.tenants.__setitem__("eve", found.tenants["alice"]),
        lambda found: found.network.subnets.__setitem__("apne1-az1", found.network.cidr),
    ],
)
def test_settings_cannot_be_changed(stack_of: StackOf, change: Callable[[Settings], None]) -> None:
    found = stack_of().settings()
    with pytest.raises((ValidationError, TypeError, AttributeError)):
        change(found)


def test_load_reads_what_pulumi_hands_over(stack_of: StackOf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulumi, "get_project", lambda: "closed-sagemaker")
    monkeypatch.setattr(pulumi, "get_stack", lambda: "dev")
    monkeypatch.setenv("PULUMI_CONFIG", json.dumps(stack_of().config()))
    assert list(load().tenants) == ["alice", "bob", "carol"]
    monkeypatch.setenv("PULUMI_CONFIG_SECRET_KEYS", '["closed-sagemaker:environment"]')
    monkeypatch.setenv("PULUMI_CONFIG", json.dumps(stack_of({"environment": "HUSH"}).config()))
    with pytest.raises(SettingsError) as refused:
        load()
    assert "HUSH" not in str(refused.value)


@pytest.mark.parametrize("config", ["", "{", "[]", "7", "null", "{}"])
def test_load_refuses_a_config_that_is_none(monkeypatch: pytest.MonkeyPatch, config: str) -> None:
    monkeypatch.setenv("PULUMI_CONFIG", config)
    with pytest.raises(pulumi.RunError, match="nothing was built"):
        load()


SCALARS = (
    strategies.none()
    | strategies.booleans()
    | strategies.integers()
    | strategies.sampled_from([10**15, -(10**400), float("nan"), float("inf"), 1e300, 0.0])
    | strategies.floats()
    | strategies.text(max_size=30)
    | strategies.text(strategies.characters(categories=["Cs", "Cc", "Cf", "Lo", "Nd"]), max_size=8)
    | strategies.sampled_from(
        ["alice", "platform", "10.0.0.0/16", "0.0.0.0/0", "apne1-az1", "arn:aws:iam::1:role/x", "7f3a", "1e999999999"]
    )
)
NAMES = strategies.text(max_size=10) | strategies.sampled_from(
    ["cidr", "zones", "subnets", "subnet-prefix", "suffix", "iam-roles", "alice", "instance-type", "volume-size-gb"]
)
VALUES = strategies.recursive(
    SCALARS,
    lambda inner: strategies.lists(inner, max_size=4) | strategies.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


def _handed_over(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _settings_or_refusal(config: dict[str, Any], stack: str = "dev") -> None:
    message = ""
    try:
        parse(config, project="closed-sagemaker", stack=stack)
    except SettingsError as refused:
        message = str(refused)
    message.encode("utf-8")
    assert all(line.isprintable() for line in message.split("\n"))


@settings(max_examples=400, deadline=None)
@given(data=strategies.data())
def test_whatever_is_given_for_a_key_there_is_no_traceback(stack_of: StackOf, data: strategies.DataObject) -> None:
    config: dict[str, Any] = stack_of().config()
    for key in data.draw(strategies.lists(strategies.sampled_from(KEYS), min_size=1, max_size=3, unique=True)):
        config[key] = _handed_over(data.draw(VALUES))
    _settings_or_refusal(config)


@settings(max_examples=200, deadline=None)
@given(data=strategies.data())
def test_whatever_is_given_inside_a_key_there_is_no_traceback(stack_of: StackOf, data: strategies.DataObject) -> None:
    network = strategies.fixed_dictionaries(
        {"cidr": strategies.just("10.0.0.0/16") | SCALARS, "zones": strategies.lists(SCALARS, max_size=5) | VALUES},
        optional={
            "subnets": strategies.dictionaries(NAMES | strategies.just("apne1-az1"), VALUES, max_size=3) | VALUES,
            "subnet-prefix": strategies.integers(0, 40) | VALUES,
        },
    )
    changes = {
        "network": data.draw(network),
        "tenants": data.draw(
            strategies.lists(SCALARS, max_size=5) | strategies.dictionaries(NAMES, VALUES, max_size=4)
        ),
        "deployer": data.draw(strategies.lists(SCALARS, max_size=4)),
        "retired": data.draw(strategies.lists(SCALARS, max_size=4)),
    }
    config = stack_of().config() | {f"closed-sagemaker:{key}": _handed_over(each) for key, each in changes.items()}
    _settings_or_refusal(config)


@settings(max_examples=100, deadline=None)
@given(
    config=strategies.dictionaries(strategies.text(max_size=20) | strategies.sampled_from(KEYS), VALUES, max_size=6),
    stack=strategies.text(max_size=30),
)
def test_whatever_the_keys_and_the_stack_there_is_no_traceback(config: dict[str, Any], stack: str) -> None:
    _settings_or_refusal(config, stack)


@pytest.mark.parametrize("value", ["[" * 100_000, '{"a":' * 50_000, "1" * 5000, "NaN", "\ud800", "\x00", "[1e999]"])
@pytest.mark.parametrize("key", ["account-id", "network", "tenants", "data", "features", "quotas"])
def test_extreme_texts_give_no_traceback(stack_of: StackOf, key: str, value: str) -> None:
    _settings_or_refusal(stack_of({key: value}).config())


def test_a_number_too_long_to_be_written_gives_no_traceback(stack_of: StackOf) -> None:
    for key in KEYS:
        _settings_or_refusal({**stack_of().config(), key: 10**5000})
        _settings_or_refusal({**stack_of().config(), key: {"alice": [10**5000, {"cidr": 10**5000}]}})
