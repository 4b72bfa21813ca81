"""Explanations: the reasons in words, and the smallest change that would be allowed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from iamproof import Environment, Policy, Principal, Reading, Request, evaluate, parse_policy
from iamproof.explain import Explanation, explain

ACCOUNT = "111122223333"
OTHER = "999999999999"
ALICE = Principal.role(f"arn:aws:iam::{ACCOUNT}:role/tenants/alice/notebook", {"user": "alice"})
JOB = f"arn:aws:sagemaker:ap-northeast-1:{ACCOUNT}:training-job/j"
EVERYTHING = {"Effect": "Allow", "Action": "*", "Resource": "*"}


def policy(*statements: dict[str, Any], name: str = "policy") -> Policy:
    full = [{"Resource": "*", **statement} for statement in statements]
    full = [{k: v for k, v in s.items() if k != "Resource" or "NotResource" not in s} for s in full]
    return parse_policy({"Version": "2012-10-17", "Statement": full}, name=name)


def explained(
    *statements: dict[str, Any],
    action: str = "sagemaker:CreateTrainingJob",
    resource: str = JOB,
    context: dict[str, Any] | None = None,
    reading: Reading = Reading.EXACT,
    **environment: Any,
) -> Explanation:
    """Explain a request of alice's by one identity policy of these statements, each suggestion replayed."""
    given = Environment(identity=(policy(*statements),), **environment)
    found = explain(Request(action, resource, ALICE, context or {}), given, reading=reading)
    for suggestion in found.suggestions:
        assert evaluate(suggestion.request, given, reading=reading).allowed
        assert suggestion.request.principal == ALICE, "who asks is never changed"
    return found


def suggested(found: Explanation) -> list[list[tuple[str, tuple[str, ...]]]]:
    return [[(change.name, change.after) for change in suggestion.changes] for suggestion in found.suggestions]


def deny(condition: dict[str, Any], **elements: Any) -> dict[str, Any]:
    return {"Effect": "Deny", "Action": "sagemaker:*", "Condition": condition, **elements}


PERIMETER = deny({"StringNotEqualsIfExists": {"aws:SourceVpce": ["vpce-1", "vpce-2"]}}, Sid="Perimeter")
NO_VPC = deny({"Null": {"sagemaker:VpcSubnets": "true"}}, Sid="NoVpc")


def test_an_allowed_request_names_the_allow_and_needs_no_change() -> None:
    found = explained({**EVERYTHING, "Sid": "All"}, boundary=policy(EVERYTHING, name="ceiling"))
    assert found.decision.allowed
    assert found.reasons == (
        "allowed by the Allow 'All' of policy (Statement[0])",
        "allowed by the Allow of ceiling (Statement[0])",
    )
    assert (found.suggestions, found.tried, found.complete) == ((), 0, True)
    assert "would be allowed" not in found.text()


def test_an_explicit_deny_names_the_statement_and_why_its_condition_holds() -> None:
    found = explained(EVERYTHING, PERIMETER)
    (reason,) = found.reasons
    who, what, why = reason.split(": ")
    assert who == "refused by the Deny 'Perimeter' of policy (Statement[1])"
    assert what == "StringNotEqualsIfExists aws:SourceVpce 'vpce-1', 'vpce-2' holds"
    assert why == "the request has no aws:SourceVpce, and an operator with IfExists is true on a missing key"
    present = explained(EVERYTHING, PERIMETER, context={"aws:SourceVpce": "vpce-9"})
    assert present.reasons[0].endswith("holds: the request has 'vpce-9'")


@pytest.mark.parametrize(
    ("operator", "why"),
    [
        ("StringNotEquals", "a negated operator is true on a missing key"),
        ("ForAllValues:StringEquals", "ForAllValues is true on a missing key"),
        ("StringEqualsIfExists", "an operator with IfExists is true on a missing key"),
    ],
)
def test_the_reason_says_why_a_missing_key_is_enough(operator: str, why: str) -> None:
    assert explained(EVERYTHING, deny({operator: {"aws:TagKeys": "a"}})).reasons[0].endswith(why)


def test_a_variable_is_shown_with_its_value() -> None:
    own = deny({"StringNotEquals": {"aws:ResourceTag/user": "${aws:PrincipalTag/user}"}})
    found = explained(EVERYTHING, own, context={"aws:ResourceTag/user": "bob"})
    assert found.reasons[0].endswith("the request has 'bob', ${aws:PrincipalTag/user} is 'alice'")
    assert suggested(found) == [[("aws:ResourceTag/user", ("alice",))]]


def test_an_implicit_deny_names_the_kind_of_policy_without_an_allow() -> None:
    bounded = explained(EVERYTHING, boundary=policy({**EVERYTHING, "Action": "s3:*"}))
    assert bounded.reasons == (
        "no Allow: the permissions boundary must allow and does not; no Allow there names sagemaker:CreateTrainingJob",
    )
    controlled = explained(EVERYTHING, service_controls=((policy(EVERYTHING),), ()))
    assert controlled.reasons == ("no Allow: the policies of level service_controls[1] must allow, and none is given",)


@pytest.mark.parametrize(
    ("statement", "miss"),
    [
        ({"Resource": f"{JOB}2"}, f"names the action, but not the resource {JOB}"),
        (
            {"Resource": f"{JOB}${{aws:PrincipalTag/team}}"},
            f"not the resource {JOB} (the request has no value for ${{aws:principaltag/team}})",
        ),
        (
            {"Condition": {"StringEquals": {"aws:RequestTag/user": "${aws:PrincipalTag/user}"}}},
            "'${aws:PrincipalTag/user}' does not hold: the request has no aws:RequestTag/user",
        ),
    ],
)
def test_an_allow_that_nearly_applies_says_what_it_misses(statement: dict[str, Any], miss: str) -> None:
    reasons = explained({**EVERYTHING, **statement}).reasons
    assert reasons[0] == "no Allow: the identity policies and the resource's policy must allow and does not"
    assert reasons[1].endswith(miss)


@pytest.mark.parametrize(
    ("principal", "resource_kind", "named", "demand"),
    [
        (ALICE, "key", {"Service": "ec2.amazonaws.com"}, "(the policy of a key or role must itself allow"),
        (ALICE, "key", {"Service": "ec2.amazonaws.com"}, "its principals do not include the caller"),
        (Principal.anonymous(), "bucket", {"AWS": ACCOUNT}, "(this caller has no policies of its own)"),
        (
            Principal.role(f"arn:aws:iam::{OTHER}:role/partner"),
            "bucket",
            {"AWS": ACCOUNT},
            "(across accounts both sides must allow)",
        ),
    ],
)
def test_a_resource_policy_that_must_allow_says_why(
    principal: Principal, resource_kind: Any, named: Any, demand: str
) -> None:
    resource = policy({**EVERYTHING, "Principal": named}, name="resource")
    identity = () if principal == Principal.anonymous() else (policy(EVERYTHING),)
    environment = Environment(
        identity=identity, resource=resource, resource_kind=resource_kind, account=ACCOUNT, resource_account=ACCOUNT
    )
    reasons = explain(Request("s3:GetObject", "arn:aws:s3:::b/k", principal), environment).reasons
    assert any(demand in reason for reason in reasons), reasons


def test_naming_the_account_is_explained_as_delegation() -> None:
    resource = policy({**EVERYTHING, "Principal": {"AWS": ACCOUNT}}, name="resource")
    environment = Environment(resource=resource)
    reasons = explain(Request("s3:GetObject", "arn:aws:s3:::b/k", ALICE), environment).reasons
    assert reasons[-1].endswith("naming the account only hands the decision to the account's identity policies")


def test_an_allowance_without_a_statement_is_explained() -> None:
    root = Principal.from_arn(f"arn:aws:iam::{ACCOUNT}:root")
    reasons = explain(Request("s3:GetObject", "arn:aws:s3:::b/k", root), Environment()).reasons
    assert reasons == (
        "allowed without a statement: the account's root user needs no identity policy, and no Deny applies",
    )


@pytest.mark.parametrize(
    ("condition", "context", "after"),
    [
        ({"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}, {}, ("vpce-1",)),
        ({"StringEquals": {"sagemaker:RootAccess": "Enabled"}}, {"sagemaker:RootAccess": "Enabled"}, ()),
        ({"StringNotLike": {"s3:prefix": "users/alice/*"}}, {"s3:prefix": "users/"}, ("users/alice/",)),
        ({"BoolIfExists": {"aws:SecureTransport": "false"}}, {}, ("true",)),
        ({"NumericGreaterThan": {"aws:MultiFactorAuthAge": "60"}}, {"aws:MultiFactorAuthAge": 61}, ("60",)),
        ({"NumericLessThanEqualsIfExists": {"s3:max-keys": "60"}}, {}, ("61",)),
        ({"DateGreaterThanIfExists": {"aws:CurrentTime": "2026-04-01"}}, {}, ("2026-04-01",)),
        ({"DateGreaterThanEqualsIfExists": {"aws:CurrentTime": "2026-04-01"}}, {}, ("2026-03-31T23:59:59Z",)),
        ({"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}, {}, ("203.0.113.0",)),
        ({"IpAddressIfExists": {"aws:SourceIp": "203.0.113.0/24"}}, {}, ("203.0.112.255",)),
        ({"Null": {"sagemaker:VpcSubnets": "true"}}, {}, ("any-value",)),
        ({"Null": {"aws:TagKeys": "false"}}, {"aws:TagKeys": ["a", "b"]}, ()),
        ({"ForAnyValue:StringNotEquals": {"aws:TagKeys": ["a", "c"]}}, {"aws:TagKeys": ["b", "d"]}, ("a",)),
        ({"ForAnyValue:StringLike": {"aws:TagKeys": "aws:*"}}, {"aws:TagKeys": ["aws:x", "b"]}, ("b",)),
        (
            {"ArnNotLike": {"aws:SourceArn": "arn:aws:sns:*:111122223333:mine-?"}},
            {"aws:SourceArn": "arn:aws:sns:eu-west-1:111122223333:yours"},
            ("arn:aws:sns:eu-west-1:111122223333:mine-x",),
        ),
        ({"BinaryEquals": {"example:Key": "QQ=="}}, {"example:Key": "QQ=="}, ()),
    ],
)
def test_one_context_key_is_changed_to_what_the_policies_mention(
    condition: dict[str, Any], context: dict[str, Any], after: tuple[str, ...]
) -> None:
    key = next(iter(next(iter(condition.values()))))
    found = explained(EVERYTHING, deny(condition), context=context)
    assert suggested(found) == [[(key, after)]]


def test_two_context_keys_are_changed_where_one_is_not_enough() -> None:
    narrower = deny({"ForAnyValue:StringNotEquals": {"sagemaker:VpcSubnets": "subnet-1"}})
    pair = explained(EVERYTHING, PERIMETER, NO_VPC, narrower)
    assert suggested(pair) == [[("aws:SourceVpce", ("vpce-1",)), ("sagemaker:VpcSubnets", ("subnet-1",))]]
    assert "with aws:SourceVpce = 'vpce-1' (the request has none) and with sagemaker:VpcSubnets" in pair.text()


def test_the_resource_is_changed_to_one_that_the_policies_name_with_the_callers_own_tag() -> None:
    own = {**EVERYTHING, "Resource": "arn:aws:s3:::b/users/${aws:PrincipalTag/user}/*"}
    found = explained(own, action="s3:GetObject", resource="arn:aws:s3:::b/users/bob/model.bin")
    assert suggested(found) == [[("resource", ("arn:aws:s3:::b/users/alice/model.bin",))]]
    assert found.text().endswith("would be allowed on arn:aws:s3:::b/users/alice/model.bin")


def test_a_resource_pattern_with_an_open_region_and_account_keeps_the_requests_own() -> None:
    allow = {**EVERYTHING, "Resource": "arn:aws:sagemaker:*:*:training-job/alice--*"}
    assert suggested(explained(allow)) == [[("resource", (JOB[:-1] + "alice--j",))]]


def test_another_action_is_suggested_only_where_nothing_else_helps() -> None:
    listing = {**EVERYTHING, "Action": ["sagemaker:ListTrainingJobs", "s3:GetObject", "sagemaker:Describe*"]}
    assert suggested(explained(listing)) == [[("action", ("sagemaker:ListTrainingJobs",))]]
    tagged = {**EVERYTHING, "Condition": {"StringEquals": {"aws:RequestTag/a": "1", "aws:RequestTag/b": "2"}}}
    assert suggested(explained(listing, tagged)) == [[("aws:RequestTag/a", ("1",)), ("aws:RequestTag/b", ("2",))]]
    guarded = explained(listing, PERIMETER)
    assert suggested(guarded) == [[("action", ("sagemaker:ListTrainingJobs",)), ("aws:SourceVpce", ("vpce-1",))]]


def test_a_service_acting_for_the_caller_is_suggested_last() -> None:
    forwarded = deny({"BoolIfExists": {"aws:ViaAWSService": "false"}, "StringNotEquals": {"aws:SourceVpce": "vpce-1"}})
    assert suggested(explained(EVERYTHING, forwarded)) == [
        [("aws:SourceVpce", ("vpce-1",))],
        [("aws:ViaAWSService", ("true",))],
    ]


def test_a_request_that_nothing_small_helps_says_what_was_tried() -> None:
    three = [deny({"Null": {f"example:Key{n}": "true"}}) for n in range(3)]
    found = explained(EVERYTHING, *three)
    assert found.suggestions == ()
    assert found.complete
    assert found.text().endswith(
        "no change of up to two parts was found that would be allowed: "
        f"tried {found.tried} changed requests, with the same caller and values that the policies mention"
    )
    assert found.tried == 2, "the key of the first Deny, and with it the key of the second"


def test_the_caller_is_never_changed() -> None:
    other = deny({"StringNotEquals": {"aws:PrincipalTag/user": "bob"}})
    assert suggested(explained(EVERYTHING, other)) == []


def test_whose_the_resource_is_may_be_told_but_not_changed() -> None:
    foreign = deny({"StringNotEqualsIfExists": {"aws:ResourceAccount": ACCOUNT}}, Action="s3:*")
    bucket: dict[str, Any] = {"action": "s3:GetObject", "resource": "arn:aws:s3:::b/k"}
    assert suggested(explained(EVERYTHING, foreign, **bucket)) == [[("aws:ResourceAccount", (ACCOUNT,))]]
    assert suggested(explained(EVERYTHING, foreign, **bucket, resource_account=OTHER)) == []


def test_a_search_that_ran_out_of_budget_says_so() -> None:
    environment = Environment(identity=(policy(EVERYTHING, PERIMETER, NO_VPC),))
    request = Request("sagemaker:CreateTrainingJob", JOB, ALICE)
    found = explain(request, environment, budget=1)
    assert (found.tried, found.complete, found.suggestions) == (1, False, ())
    assert "the search stopped after 1 changed request: none of them is allowed, others were not tried" in found.text()
    assert explain(request, environment).suggestions


def test_the_reading_counts_for_reasons_and_suggestions() -> None:
    doubtful = deny({"ForAnyValue:StringEqualsIfExists": {"aws:TagKeys": "a"}})
    assert not explained(EVERYTHING, doubtful).decision.allowed
    assert explained(EVERYTHING, doubtful, reading=Reading.BRACKET).decision.allowed
    endpoint = policy({**EVERYTHING, "Effect": "Deny", "Principal": "*"}, name="endpoint")
    context = {"aws:SourceVpce": "vpce-1"}
    found = explained(EVERYTHING, context=context, reading=Reading.BRACKET, endpoint=endpoint)
    assert suggested(found) == [], "no policy mentions the key, so no value of it is tried"


def test_the_json_form_holds_decision_reasons_changes_and_extent_of_the_search() -> None:
    found = explained(EVERYTHING, PERIMETER, context={"aws:SourceVpce": "vpce-9"})
    assert json.loads(json.dumps(found.to_dict())) == {
        "decision": "explicit-deny",
        "because": [{"policy": "policy", "sid": "Perimeter", "statement": 1}],
        "missing": [],
        "why": list(found.reasons),
        "suggestions": [[{"part": "context", "key": "aws:SourceVpce", "from": ["vpce-9"], "to": ["vpce-1"]}]],
        "search": {"parts": 2, "tried": 1, "complete": True},
    }
    absent = explained(EVERYTHING, deny({"StringEquals": {"example:Key": "a"}}), context={"example:Key": "a"})
    assert absent.to_dict()["suggestions"][0][0]["to"] is None
    other = explained({**EVERYTHING, "Action": "sagemaker:ListModels"})
    assert other.to_dict()["suggestions"] == [
        [{"part": "action", "from": "sagemaker:CreateTrainingJob", "to": "sagemaker:ListModels"}]
    ]


def test_policies_of_the_same_name_are_told_apart_by_what_applies() -> None:
    pair = (policy(EVERYTHING), policy({**EVERYTHING, "Effect": "Deny", "Sid": "Second"}))
    found = explain(Request("sagemaker:CreateTrainingJob", JOB, ALICE), Environment(identity=pair))
    assert found.reasons == ("refused by the Deny 'Second' of policy (Statement[0])",)
