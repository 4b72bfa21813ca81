"""Statements that never match, names that do not exist, resources of the wrong form, sizes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iamproof import DocumentKind, PolicyError, PrincipalKind, lint, parse_policy

ACCOUNT = "arn:aws:sagemaker:ap-northeast-1:111122223333"


def found(*, version: str = "2012-10-17", kind: str = "other", **elements: Any) -> list[tuple[str, str]]:
    """Return id and path of each finding in a policy of one statement, an Allow on * where nothing else is said."""
    return [(each.id, each.path) for each in lint(document(version, **elements), kind)]


def document(version: str = "2012-10-17", **elements: Any) -> dict[str, Any]:
    statement = {"Effect": "Allow", **elements}
    if "NotAction" not in statement:
        statement.setdefault("Action", "s3:GetObject")
    if "NotResource" not in statement:
        statement.setdefault("Resource", "*")
    return {"Version": version, "Statement": [statement]}


def message(**elements: Any) -> str:
    (only,) = lint(document(**elements))
    return only.message


@pytest.mark.parametrize(
    "elements",
    [
        {"Action": "*"},
        {"Action": ["s3:GetObject", "s3:List*"], "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"]},
        {"Action": "s3:*", "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"]},
        {"Action": "sagemaker:*", "Resource": f"{ACCOUNT}:*"},
        {"Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/tenants/${aws:PrincipalTag/user}/*"},
        {"Effect": "Deny", "NotAction": ["s3:*", "sts:*"]},
        {"Effect": "Deny", "Action": "*", "NotResource": "arn:aws:s3:::b/*"},
        {"Action": "sagemaker:PutEndpointPolicy", "Resource": f"{ACCOUNT}:endpoint/*"},
        # What AWS owns has no account, or a name in its place.
        {"Action": "ssm:StartSession", "Resource": "arn:aws:ssm:ap-northeast-1::document/AWS-StartSSHSession"},
        {"Action": "iam:GetPolicy", "Resource": "arn:aws:iam::aws:policy/*"},
        {"Action": "logs:PutLogEvents", "Resource": "arn:aws:logs:*:*:log-group:/aws/sagemaker/*"},
    ],
)
def test_a_sound_statement_has_no_finding(elements: dict[str, Any]) -> None:
    assert found(**elements) == []


def test_an_action_that_does_not_exist_is_found_with_the_nearest() -> None:
    assert found(Action=["s3:GetObject", "s3:GetObjects"]) == [("no-such-action", "Statement[0].Action[1]")]
    assert "grants nothing: did you mean s3:GetObject or" in message(Action="s3:GetObjects")
    assert "denies nothing" in message(Action="s3:GetObjects", Effect="Deny")
    assert "spares nothing" in message(NotAction="s3:GetObjects", Effect="Deny")


def test_a_wildcard_that_matches_no_action_is_found() -> None:
    assert found(Action="sagemaker:Craete*") == [("no-such-action", "Statement[0].Action")]


def test_a_short_pattern_of_a_deny_may_cover_actions_that_are_to_come() -> None:
    assert found(Action=["sagemaker:Su*", "sagemaker:J*"], Effect="Deny") == []
    assert found(Action="sagemaker:J*") == [("no-such-action", "Statement[0].Action")]
    assert found(Action="sagemaker:Craete*", Effect="Deny") == [("no-such-action", "Statement[0].Action")]
    assert found(Action="sagemakr:J*", Effect="Deny") == [("no-such-service", "Statement[0].Action")]


def test_a_service_that_does_not_exist_is_found_with_the_nearest() -> None:
    assert found(Action="sagemakr:CreateModel") == [("no-such-service", "Statement[0].Action")]
    assert message(Action="sagemakr:CreateModel").endswith("did you mean sagemaker:CreateModel?")


def test_an_operation_whose_permission_has_another_name_is_found() -> None:
    assert found(Action="s3:ListObjectsV2") == [("operation-not-action", "Statement[0].Action")]
    assert found(Action="s3:DeleteObjects", Effect="Deny") == [("operation-not-action", "Statement[0].Action")]


def test_names_are_compared_without_case() -> None:
    assert found(Action="S3:getobject") == []


@pytest.mark.parametrize(
    "elements",
    [
        {"Action": "s3:GetObject", "Resource": "arn:aws:s3:::bucket"},
        {"Action": ["sagemaker:StartNotebookInstance"], "Resource": f"{ACCOUNT}:notebook-instance/a/*"},
        {"Action": "sagemaker:*", "Resource": "arn:aws:sagemaker:::notebook-instance/a/*"},
        {"Action": "*", "Resource": "arn:aws:sagemaker:::notebook-instance/a/*"},
        {"Effect": "Deny", "NotAction": "s3:*", "Resource": "arn:aws:sagemaker:::training-job/*"},
        # These take no resource at all.
        {"Action": ["sagemaker:ListTrainingJobs", "s3:ListAllMyBuckets"], "Resource": f"{ACCOUNT}:training-job/*"},
    ],
)
def test_a_statement_whose_resources_no_action_accepts_never_matches(elements: dict[str, Any]) -> None:
    assert found(**elements) == [("never-matches", "Statement[0]")]


def test_the_message_of_a_wrong_form_names_the_right_one() -> None:
    text = message(Action="s3:GetObject", Resource="arn:aws:s3:::bucket")
    assert "arn:${Partition}:s3:::${BucketName}/${ObjectName}" in text
    assert "write Resource *" in message(Action="sagemaker:ListTrainingJobs", Resource=f"{ACCOUNT}:training-job/*")


def test_not_action_and_not_resource_of_everything_never_match() -> None:
    assert found(NotAction="*") == [("never-matches", "Statement[0].NotAction")]
    assert found(NotAction=["s3:*", "*:*"]) == [("never-matches", "Statement[0].NotAction")]
    assert found(NotResource="*") == [("never-matches", "Statement[0].NotResource")]


def test_one_action_that_does_not_accept_the_statements_resources_is_found() -> None:
    elements: dict[str, Any] = {"Action": ["s3:GetObject", "s3:ListBucket"], "Resource": "arn:aws:s3:::bucket/*"}
    assert found(**elements) == [("resource-form", "Statement[0].Action[1]")]
    assert "'s3:ListBucket' denies nothing here" in message(**elements, Effect="Deny")


def test_one_resource_that_no_action_of_the_statement_accepts_is_found() -> None:
    resources = ["arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket", "arn:aws:sqs:ap-northeast-1:111122223333:queue"]
    wrong = [("resource-form", "Statement[0].Resource[1]"), ("resource-form", "Statement[0].Resource[2]")]
    assert found(Action="s3:GetObject", Resource=resources) == wrong


def test_of_every_action_a_resource_of_no_known_form_is_found() -> None:
    resources = [f"{ACCOUNT}:training-job/*", "arn:aws:sagemaker:::training-job/*", "arn:aws:*:::x"]
    assert found(Action="*", Resource=resources) == [("resource-form", "Statement[0].Resource[1]")]


def test_a_wildcard_of_which_one_action_is_left_is_found_in_an_allow() -> None:
    elements = {"Action": "s3:List*", "Resource": "arn:aws:s3:::bucket/*"}
    assert found(**elements) == [("pattern-reaches-one-action", "Statement[0].Action")]
    assert "only s3:ListMultipartUploadParts accepts" in message(**elements)
    assert found(**elements, Effect="Deny") == []


def test_variables_in_a_version_without_them_are_found() -> None:
    resource = "arn:aws:s3:::b/${aws:PrincipalTag/user}/*"
    assert found(version="2008-10-17", Resource=resource) == [("variables-need-version", "Statement[0]")]
    condition = {"StringEquals": {"aws:PrincipalTag/user": "${aws:userid}"}}
    assert found(version="2008-10-17", Condition=condition) == [("variables-need-version", "Statement[0]")]
    assert found(version="2008-10-17") == []
    assert found(Resource=resource) == []


def sized(length: int) -> dict[str, Any]:
    """Return a document of so many characters, with a blank in it that does not count."""
    whole = document(Resource="arn:aws:s3:::b/ *")
    missing = length - len(json.dumps(whole, separators=(",", ":")).replace(" ", ""))
    return document(Resource=f"arn:aws:s3:::b/ {'x' * missing}*")


@pytest.mark.parametrize(
    ("kind", "limit"),
    [("managed", 6144), ("role", 10240), ("user", 2048), ("group", 5120), ("boundary", 6144), ("trust", 2048)],
)
def test_a_document_may_be_as_long_as_its_kind_allows_and_no_longer(kind: str, limit: int) -> None:
    assert lint(sized(limit), kind) == ()
    (only,) = lint(sized(limit + 1), kind)
    assert (only.id, only.path) == ("too-long", "")
    assert f"{limit + 1:,} characters, {limit:,} are allowed" in only.message
    assert lint(json.dumps(sized(limit), indent=4), DocumentKind(kind)) == ()


def test_a_parsed_policy_is_measured_in_its_shortest_form() -> None:
    assert lint(parse_policy(sized(6144)), "managed") == ()
    assert [each.id for each in lint(parse_policy(sized(6200)), "managed")] == ["too-long"]


def test_a_document_of_no_known_place_may_be_of_any_length() -> None:
    assert lint(sized(50_000)) == ()


def test_a_kind_that_does_not_exist_and_a_document_that_is_no_policy_are_refused() -> None:
    with pytest.raises(ValueError, match="inline"):
        lint(document(), "inline")
    with pytest.raises(PolicyError, match="Statement"):
        lint("{}")


ENTRIES = st.sampled_from(
    ["*", "s3:*", "s3:List*", "s3:Nothing", "x:y", "sagemaker:CreateJob", "kms:Decrypt", "sts:AssumeRole", "iam:?*"]
)
RESOURCES = st.sampled_from(
    ["*", "arn:aws:s3:::b", "arn:*", "arn:aws:*:::x", "arn:aws:s3:::${x:y}/${aws:username, 'a'}", f"{ACCOUNT}:job/*"]
)
KEYS = st.sampled_from(["aws:SourceVpce", "aws:TagKeys", "s3:prefix", "x:y", "a.example.com:sub", "aws:ResourceTag/a"])
OPERATORS = st.sampled_from(
    ["StringEquals", "ForAllValues:StringNotLike", "ForAnyValue:StringLikeIfExists", "Null", "ArnLike", "Bool"]
)


STATEMENTS = st.builds(
    lambda effect, action, actions, resource, resources, conditions: {
        "Effect": effect,
        action: actions,
        resource: resources,
        "Condition": conditions,
    },
    st.sampled_from(["Allow", "Deny"]),
    st.sampled_from(["Action", "NotAction"]),
    st.lists(ENTRIES, min_size=1, max_size=3),
    st.sampled_from(["Resource", "NotResource"]),
    st.lists(RESOURCES, min_size=1, max_size=3),
    st.dictionaries(OPERATORS, st.dictionaries(KEYS, st.just("true"), min_size=1, max_size=2), max_size=3),
)


@settings(max_examples=150)
@given(STATEMENTS, st.sampled_from(DocumentKind), st.sampled_from([None, PrincipalKind.ROLE, PrincipalKind.USER]))
def test_any_policy_that_can_be_read_is_linted_with_places_and_reasons(
    statement: dict[str, Any], kind: DocumentKind, principal: PrincipalKind | None
) -> None:
    try:
        policy = parse_policy({"Version": "2012-10-17", "Statement": statement})
    except PolicyError:
        return
    for each in lint(policy, kind, principal=principal):
        assert each.path.startswith("Statement[0]")
        assert len(each.message) > 30
