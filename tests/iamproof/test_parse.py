"""The parser refuses what is no AWS policy, names every fault with its path, and keeps what it reads."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iamproof import Effect, Policy, PolicyError, parse_policy

STATEMENT: dict[str, Any] = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}


def problems_of(document: Any) -> tuple[str, ...]:
    with pytest.raises(PolicyError) as caught:
        parse_policy(document)
    return caught.value.problems


def with_statement(**changes: Any) -> dict[str, Any]:
    """A policy of one statement with elements replaced; None takes an element away."""
    statement = {**STATEMENT, **changes}
    statement = {key: value for key, value in statement.items() if value is not None}
    return {"Version": "2012-10-17", "Statement": [statement]}


@pytest.mark.parametrize(
    ("document", "path", "fault"),
    [
        ({"Statement": [STATEMENT], "Version": "2012-10-18"}, "Version", "must be one of 2008-10-17, 2012-10-17"),
        ({"Statement": [STATEMENT], "Version": ["2012-10-17"]}, "Version", "must be one of"),
        ({"Statement": [STATEMENT], "Id": 5}, "Id", "must be a string"),
        ({"Statement": [STATEMENT], "Statements": []}, "Statements", "did you mean Statement?"),
        ({"Version": "2012-10-17"}, "Statement", "is missing"),
        ({"Statement": []}, "Statement", "is an empty list"),
        ({"Statement": ["x"]}, "Statement[0]", "must be an object"),
        ({"Statement": None}, "Statement", "must be an object"),
        (with_statement(Effect="allow"), "Statement[0].Effect", "must be Allow or Deny"),
        (with_statement(Effect=None), "Statement[0].Effect", "it is missing"),
        (with_statement(Conditions={}), "Statement[0].Conditions", "did you mean Condition?"),
        (with_statement(Sid=7), "Statement[0].Sid", "must be a string"),
        (with_statement(Sid="with space"), "Statement[0].Sid", "more than letters and digits"),
        (with_statement(NotAction="s3:*"), "Statement[0].Action", "both Action and NotAction"),
        (with_statement(Action=None), "Statement[0].Action", "neither Action nor NotAction"),
        (with_statement(NotResource="*"), "Statement[0].Resource", "both Resource and NotResource"),
        (with_statement(Resource=None), "Statement[0].Resource", "neither Resource nor NotResource"),
        (with_statement(Principal="*", NotPrincipal="*"), "Statement[0].Principal", "both Principal and NotPrincipal"),
        (with_statement(Action=[]), "Statement[0].Action", "is an empty list"),
        (with_statement(Action=5), "Statement[0].Action", "or a list of them, given 5"),
        (with_statement(Action=["s3:Get*", 5]), "Statement[0].Action[1]", "given 5"),
        (with_statement(Action="GetObject"), "Statement[0].Action", "is no action"),
        (with_statement(Action="s3:Get Object"), "Statement[0].Action", "is no action"),
        (with_statement(Action="s*:Get"), "Statement[0].Action", "is no action"),
        (with_statement(Action="s3:${aws:username}"), "Statement[0].Action", "is no action"),
        (with_statement(Resource="bucket"), "Statement[0].Resource", "is no ARN"),
        (with_statement(Resource="arn:aws:s3::bucket/*"), "Statement[0].Resource", "has 5 of 6 components"),
        (with_statement(Resource="arn:aws:s3:::"), "Statement[0].Resource", "nothing after the fifth colon"),
        (with_statement(Resource="arn:aws:iam::11112222333:role/x"), "Statement[0].Resource", "its account is"),
        (with_statement(Resource="arn:AWS:s3:::b"), "Statement[0].Resource", "its partition is"),
        (with_statement(Resource="arn:aws:S3:::b"), "Statement[0].Resource", "its service is"),
        (with_statement(Resource="arn:aws:sns:Tokyo::b"), "Statement[0].Resource", "its region is"),
        (with_statement(Resource="arn:aws:sns:r:${aws:x}:b"), "Statement[0].Resource", "only after the fifth colon"),
        (with_statement(Resource="arn:aws:s3:::${aws:user"), "Statement[0].Resource", "does not close it"),
        (with_statement(Resource="arn:aws:s3:::${user}"), "Statement[0].Resource", "is no policy variable"),
        (with_statement(Resource="arn:aws:s3:::${}"), "Statement[0].Resource", "is no policy variable"),
        (with_statement(Resource="arn:aws:s3:::${aws:a, b}"), "Statement[0].Resource", "is no policy variable"),
        (with_statement(Condition=[]), "Statement[0].Condition", "must be an object"),
    ],
)
def test_a_fault_is_named_with_its_path(document: Any, path: str, fault: str) -> None:
    (problem,) = problems_of(document)
    assert problem.startswith(f"{path}: ")
    assert fault in problem


@pytest.mark.parametrize(
    ("condition", "path", "fault"),
    [
        ({"StringEqual": {"aws:a": "b"}}, "StringEqual", "did you mean StringEquals?"),
        ({"stringequals": {"aws:a": "b"}}, "stringequals", "did you mean StringEquals?"),
        ({"ForSomeValue:StringLike": {"aws:a": "b"}}, "ForSomeValue:StringLike", "unknown condition operator"),
        ({":StringLike": {"aws:a": "b"}}, ":StringLike", "unknown condition operator"),
        ({"": {"aws:a": "b"}}, "", "the operators are StringEquals"),
        ({"NullIfExists": {"aws:a": "true"}}, "NullIfExists", "Null takes neither"),
        ({"ForAnyValue:Null": {"aws:a": "true"}}, "ForAnyValue:Null", "Null takes neither"),
        ({"StringEquals": "b"}, "StringEquals", "must be an object"),
        ({"StringEquals": {"SourceVpce": "b"}}, "StringEquals.SourceVpce", "is no condition key"),
        ({"StringEquals": {"aws:a": []}}, "StringEquals.aws:a", "is an empty list"),
        ({"StringEquals": {"aws:a": 5}}, "StringEquals.aws:a", "given 5"),
        ({"StringEquals": {"aws:a": ["x", None]}}, "StringEquals.aws:a[1]", "given None"),
        ({"StringEquals": {"aws:a": "x", "AWS:A": "y"}}, "StringEquals.AWS:A", "is the same key as 'aws:a'"),
        ({"StringLike": {"aws:a": "${aws:b"}}, "StringLike.aws:a", "does not close it"),
        ({"NumericEquals": {"aws:a": "ten"}}, "NumericEquals.aws:a", "is not a number"),
        ({"NumericEquals": {"aws:a": True}}, "NumericEquals.aws:a", "given True"),
        ({"NumericEquals": {"aws:a": "${aws:b}"}}, "NumericEquals.aws:a", "is not a number"),
        ({"DateLessThan": {"aws:CurrentTime": "yesterday"}}, "DateLessThan.aws:CurrentTime", "is not a date"),
        ({"DateLessThan": {"aws:a": "2026-02-30"}}, "DateLessThan.aws:a", "is not a date"),
        ({"DateLessThan": {"aws:a": "2026-02-03T10:00"}}, "DateLessThan.aws:a", "is not a date"),
        ({"Bool": {"aws:a": "yes"}}, "Bool.aws:a", "is not true or false"),
        ({"Null": {"aws:a": "maybe"}}, "Null.aws:a", "is not true"),
        ({"BinaryEquals": {"aws:a": "!"}}, "BinaryEquals.aws:a", "is not base64"),
        ({"IpAddress": {"aws:SourceIp": "10.0.0.0/33"}}, "IpAddress.aws:SourceIp", "is not an IP address"),
        ({"IpAddress": {"aws:SourceIp": "10.0.0.*"}}, "IpAddress.aws:SourceIp", "is not an IP address"),
        ({"IpAddress": {"aws:SourceIp": "10.0.0.0/255.0.0.0"}}, "IpAddress.aws:SourceIp", "is not an IP address"),
        ({"ArnLike": {"aws:SourceArn": "*"}}, "ArnLike.aws:SourceArn", "is no ARN"),
        ({"ArnLike": {"aws:SourceArn": "arn:aws:s3:*"}}, "ArnLike.aws:SourceArn", "fewer than six components"),
        ({"ArnEquals": {"aws:SourceArn": "arn:aws:s3::b"}}, "ArnEquals.aws:SourceArn", "has 5 of 6"),
    ],
)
def test_a_fault_in_a_condition_is_named_with_its_path(condition: Any, path: str, fault: str) -> None:
    (problem,) = problems_of(with_statement(Condition=condition))
    assert problem.startswith(f"Statement[0].Condition.{path}: ")
    assert fault in problem


@pytest.mark.parametrize(
    ("principal", "path", "fault"),
    [
        ("111122223333", "", "must be"),
        ({}, "", "names nobody"),
        ({"aws": "*"}, ".aws", "unknown kind of principal"),
        ({"*": "*"}, ".*", "unknown kind of principal"),
        ({"AWS": "11112222333"}, ".AWS", "is no AWS principal"),
        ({"AWS": "arn:aws:iam::111122223333:role/*"}, ".AWS", "takes no wildcards"),
        ({"AWS": ["*", "arn:aws:iam::111122223333:group/g"]}, ".AWS[1]", "is no AWS principal"),
        ({"Service": "sagemaker"}, ".Service", "is no service principal"),
        ({"Service": "*"}, ".Service", "is no service principal"),
        ({"Federated": "google"}, ".Federated", "is no identity provider"),
        ({"CanonicalUser": "abc"}, ".CanonicalUser", "is no canonical user id"),
    ],
)
def test_a_fault_in_a_principal_is_named_with_its_path(principal: Any, path: str, fault: str) -> None:
    (problem,) = problems_of(with_statement(Principal=principal))
    assert problem.startswith(f"Statement[0].Principal{path}: ")
    assert fault in problem


@pytest.mark.parametrize(
    "principal",
    [
        "*",
        {"AWS": "*"},
        {"AWS": ["111122223333", "arn:aws:iam::111122223333:root", "arn:aws-cn:iam::111122223333:user/path/u"]},
        {"AWS": "arn:aws:sts::111122223333:assumed-role/app/session@example.com"},
        {"AWS": "arn:aws:sts::111122223333:federated-user/f"},
        {"AWS": "AROAEXAMPLEEXAMPLE123"},
        {"Service": ["sagemaker.amazonaws.com", "logs.ap-northeast-1.amazonaws.com"], "CanonicalUser": "0" * 64},
        {"Federated": ["cognito-identity.amazonaws.com", "arn:aws:iam::111122223333:saml-provider/idp"]},
    ],
)
def test_principals_of_every_kind_are_read(principal: Any) -> None:
    statement = parse_policy(with_statement(Principal=principal)).statements[0]
    rendered = statement.to_dict()["Principal"]
    listed = principal if principal == "*" else {k: [v] if isinstance(v, str) else v for k, v in principal.items()}
    assert rendered == listed


def test_every_fault_is_reported_at_once() -> None:
    statements = [{"Effect": "allow", "Action": "x"}, {**STATEMENT, "Condition": {"Like": {"a": "b"}}}]
    problems = problems_of({"Version": "2012", "Statement": statements})
    paths = [problem.partition(":")[0] for problem in problems]
    assert paths == [
        "Version",
        "Statement[0].Resource",
        "Statement[0].Effect",
        "Statement[0].Action",
        "Statement[1].Condition.Like",
    ]


def test_a_sid_is_used_once_in_a_policy() -> None:
    twice = {"Statement": [{**STATEMENT, "Sid": "Read"}, STATEMENT, {**STATEMENT, "Sid": "Read"}]}
    assert problems_of(twice) == ("Statement[2].Sid: 'Read' is already the Sid of Statement[0]",)


def test_a_resource_policy_may_have_a_sid_with_spaces() -> None:
    document = with_statement(Sid="Enable IAM User Permissions", Principal="*")
    assert parse_policy(document).statements[0].sid == "Enable IAM User Permissions"


def test_a_key_written_twice_in_text_is_refused() -> None:
    text = '{"Statement": [{"Effect": "Deny", "Effect": "Allow", "Action": "*", "Resource": "*"}]}'
    (problem,) = problems_of(text)
    assert problem.startswith("Statement[0]: 'Effect' is written twice")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "is no JSON: Expecting value at line 1, column 1"),
        ('{"Statement": [],}', "line 1, column 1"),
        ('{"Version": NaN}', "NaN is no JSON"),
        ("[" * 200_000, "nested too deeply"),
        ("1" * 5000, "is no JSON that can be read"),
        ("null", "must be an object"),
        ("[]", "must be an object"),
    ],
)
def test_text_that_is_no_policy_is_refused_with_the_place(text: str, fault: str) -> None:
    (problem,) = problems_of(text)
    assert fault in problem


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
ELEMENTS = st.sampled_from(
    ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"]
)
CONDITIONS = st.dictionaries(
    st.sampled_from(["StringLike", "Bool", "Null", "NumericEquals", "DateEquals", "IpAddress", "ArnLike", "X"]),
    st.dictionaries(st.sampled_from(["aws:a", "aws:b/c", "d"]), JSON_VALUES, max_size=2),
    max_size=3,
)
NEARLY = st.dictionaries(ELEMENTS, JSON_VALUES | CONDITIONS | st.just("*") | st.just("Allow"), max_size=6)


@given(st.text() | JSON_VALUES.map(json.dumps))
def test_any_text_gives_a_policy_or_located_faults(text: str) -> None:
    _policy_or_faults(text)


@given(NEARLY)
def test_anything_like_a_statement_gives_a_policy_or_located_faults(statement: dict[str, Any]) -> None:
    _policy_or_faults({"Version": "2012-10-17", "Statement": statement})


def _policy_or_faults(document: Any) -> None:
    try:
        policy = parse_policy(document)
    except PolicyError as error:
        faults = error.problems
    else:
        assert isinstance(policy, Policy)
        assert parse_policy(policy.to_dict()) == policy
        return
    assert faults
    assert all(fault.strip() for fault in faults)


def test_a_rendered_policy_reads_the_same_again() -> None:
    document = {
        "Version": "2012-10-17",
        "Id": "example",
        "Statement": [
            {
                "Sid": "One",
                "Effect": "Deny",
                "NotPrincipal": {"AWS": "111122223333"},
                "NotAction": ["s3:Get*", "*"],
                "NotResource": "arn:aws:s3:::b/${aws:PrincipalTag/a b, 'it''s'}${*}${?}${$}",
                "Condition": {
                    "ForAnyValue:StringNotLikeIfExists": {"aws:TagKeys": ["a", "${aws:username}"]},
                    "NumericLessThan": {"aws:MultiFactorAuthAge": 3600},
                    "Bool": {"aws:SecureTransport": False},
                    "DateLessThan": {"aws:CurrentTime": "2026-04-01T00:00:00Z"},
                    "IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "2001:db8::1"]},
                },
            }
        ],
    }
    policy = parse_policy(document)
    assert policy.statements[0].effect is Effect.DENY
    assert policy.statements[0].required_variables == {"aws:username"}
    assert parse_policy(policy.to_dict()) == policy
    assert parse_policy(json.dumps(policy.to_dict())) == policy


def test_a_missing_version_is_2008() -> None:
    assert parse_policy({"Statement": STATEMENT}).version == "2008-10-17"


def test_a_single_value_is_a_list_of_one() -> None:
    single = {"Statement": {**STATEMENT, "Condition": {"Bool": {"aws:a": "true"}}}}
    condition = {"Bool": {"aws:a": ["true"]}}
    listed = {"Statement": [{**STATEMENT, "Action": ["s3:GetObject"], "Resource": ["*"], "Condition": condition}]}
    assert parse_policy(single) == parse_policy(listed)


def test_the_message_names_the_policy_on_every_line() -> None:
    with pytest.raises(PolicyError) as caught:
        parse_policy({"Version": "1", "Statement": []}, name="boundary")
    assert all(line.startswith("boundary: ") for line in str(caught.value).splitlines())
