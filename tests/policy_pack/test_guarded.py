"""Policies on resources: on what each is put, and what counts where nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from claim import Claim, Example, Kind, Question, Verdict
from guarded import ANY_SERVICE, service_of
from places import Holder, types_of
from proving import Prover

from iamproof import Query, facts
from tests.policy_pack.document_baselines import allow, as_text, deny, document
from tests.policy_pack.harness import UNKNOWN, taken
from tests.policy_pack.small_stacks import only, read, resource, role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from claim import Asked
    from environment import StackPolicies
    from identities import Identity

    from preview.pack_messages import PackResource

MODEL = "arn:aws:sagemaker:ap-northeast-1:111122223333:model/x"
BUCKET, KEY = "ml-dev-raw-7f3a", "1234abcd-12ab-34cd-56ef-1234567890ab"
EVERYBODY = {"AWS": "111122223333"}


@pytest.fixture(autouse=True)
def _stack(stack_of_the_cases: None) -> None:
    """Give every test the stack config of the cases."""


def held(statement: dict[str, Any]) -> str:
    return as_text(document({**statement, "Principal": {"AWS": only(read(role())).principal.arn}}))


def of_group(statement: dict[str, Any]) -> PackResource:
    """Return a policy of which nobody knows on what it is put."""
    kind = "aws:sagemaker/modelPackageGroupPolicy:ModelPackageGroupPolicy"
    return resource(kind, "group-policy", modelPackageGroupName="x", resourcePolicy=held(statement))


def granted(*actions: str) -> PackResource:
    """Return a role that may do something with models."""
    given = as_text(document(allow(Action=list(actions), Resource="*")))
    return role(inlinePolicies=[{"name": "inside", "policy": given}])


def decided(kind: Kind, stack: StackPolicies, ask: Callable[[Identity], Asked]) -> Verdict:
    def asked(_stack: StackPolicies) -> Iterable[Asked]:
        yield ask(only(stack))

    partner = "x" if kind is Kind.SAFETY else None
    return Prover(stack).decide(Claim(id="x", sentence="x", kind=kind, ask=asked, partner=partner)).verdict


def question(action: str, *, every: bool = False) -> Callable[[Identity], Asked]:
    return lambda identity: Question(identity=identity, query=Query(action, sentence="x"), every=every)


def example(action: str) -> Callable[[Identity], Asked]:
    return lambda identity: Example(identity=identity, action=action, resource=MODEL, context={})


@pytest.mark.parametrize("token", types_of(Holder.RESOURCE))
def test_each_type_with_a_policy_is_of_a_service_that_has_actions(token: str) -> None:
    assert service_of(token) in facts.services()


def test_a_type_that_nobody_has_looked_up_may_be_of_any_service() -> None:
    assert service_of("aws:cloudwatch/metricPolicy:MetricPolicy") == ANY_SERVICE
    assert service_of("aws:msk/clusterPolicy:ClusterPolicy") == ANY_SERVICE


def test_a_deny_that_is_put_on_nobody_knows_what_protects_nothing() -> None:
    action = "sagemaker:DescribeModel"
    stack = read(granted(action), of_group(deny(Action=action, Resource="*")))
    assert decided(Kind.SAFETY, stack, question(action)) is Verdict.COUNTEREXAMPLE
    assert [one.policy for one in stack.others] == [None]


def test_an_allow_that_is_put_on_nobody_knows_what_may_open_and_is_no_way_in() -> None:
    action = "sagemaker:DescribeModel"
    stack = read(role(), of_group(allow(Action=action, Resource="*")))
    assert decided(Kind.SAFETY, stack, question(action)) is Verdict.COUNTEREXAMPLE
    assert decided(Kind.LIVENESS, stack, question(action)) is Verdict.COUNTEREXAMPLE
    assert decided(Kind.LIVENESS, stack, example(action)) is Verdict.COUNTEREXAMPLE
    surely = read(granted(action), of_group(deny(Action=action, Resource="*")))
    assert decided(Kind.LIVENESS, surely, question(action)) is Verdict.POSSIBLE
    assert decided(Kind.LIVENESS, surely, example(action)) is Verdict.POSSIBLE


def test_the_policy_of_logs_counts_where_logs_are_asked_about() -> None:
    policy = held(allow(Action="logs:PutLogEvents", Resource="*"))
    beside = resource("aws:cloudwatch/logResourcePolicy:LogResourcePolicy", "logs", policyDocument=policy)
    stack = read(role(), beside)
    assert decided(Kind.SAFETY, stack, question("logs:PutLogEvents")) is Verdict.COUNTEREXAMPLE
    assert decided(Kind.SAFETY, stack, question("cloudwatch:PutMetricData")) is Verdict.PROVED


def bucket_policy(logical: str = "beside", **inputs: Any) -> PackResource:
    policy = as_text(document({**allow(), "Principal": EVERYBODY}))
    return resource("aws:s3/bucketPolicy:BucketPolicy", logical, policy=policy, **inputs)


def key_policy(logical: str = "beside", **inputs: Any) -> PackResource:
    policy = as_text(document({**allow(Action="kms:Decrypt", Resource="*"), "Principal": EVERYBODY}))
    return resource("aws:kms/keyPolicy:KeyPolicy", logical, policy=policy, **inputs)


BUCKETS = resource("aws:s3/bucket:Bucket", "raw", bucket=BUCKET)
KEYS = resource("aws:kms/key:Key", "data", id=KEY)


@pytest.mark.parametrize(
    ("made", "first", "second"),
    [
        (BUCKETS, bucket_policy("a", bucket=BUCKET), bucket_policy("b", bucket=BUCKET)),
        (KEYS, key_policy("a", keyId=KEY), key_policy("b", keyId=f"arn:aws:kms:ap-northeast-1:111122223333:key/{KEY}")),
        (
            BUCKETS,
            bucket_policy("a", bucket=BUCKET),
            taken(bucket_policy("b", bucket=UNKNOWN), bucket=BUCKETS),
        ),
    ],
)
def test_of_two_policies_beside_a_resource_nobody_knows_which_counts(
    made: PackResource, first: PackResource, second: PackResource
) -> None:
    assert read(made, first).problems == ()
    assert read(made, first, second).problems == (f"{made.name} has its policy twice, on itself and beside it",)


def test_a_policy_that_is_put_on_something_unknown_leaves_every_claim_undecided() -> None:
    stack = read(BUCKETS, role(), bucket_policy(bucket=UNKNOWN))
    assert stack.problems == ("what beside is put on is not known yet",)
    assert decided(Kind.SAFETY, stack, question("sns:Publish")) is Verdict.UNDECIDED


def test_a_policy_on_what_the_stack_does_not_make_counts_for_that() -> None:
    stack = read(BUCKETS, KEYS, bucket_policy("a", bucket="somebodys"), key_policy("b", keyId="another"))
    assert {(one.name, one.called, one.surely) for one in stack.others} == {
        ("a", "arn:aws:s3:::somebodys", True),
        ("b", "arn:aws:kms:ap-northeast-1:111122223333:key/another", True),
    }
    assert all(one.policy for one in stack.others)
    assert all(one.policy is None for one in (*stack.buckets, *stack.keys))
