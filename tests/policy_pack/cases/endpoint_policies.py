"""Cases of the rules about what endpoint policies let through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.policy_pack.baselines import endpoint
from tests.policy_pack.document_baselines import (
    ACCOUNT,
    BUCKET,
    OBJECTS,
    PARTNER,
    ROOT,
    STRANGER,
    as_text,
    deny,
    document,
    endpoint_with,
    first_preview,
    packages,
    through_endpoint,
)
from tests.policy_pack.harness import ABSENT, UNKNOWN, Case, absent, component, fails, passes, unknown

if TYPE_CHECKING:
    from preview.pack_messages import PackResource

UNREAD_ENDPOINT = endpoint("endpoints-s3", policy=UNKNOWN)
PARTNERS = {"partnerAccounts": [PARTNER]}
ENDPOINT_BESIDE = "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy"


def pins(operator: str = "StringEquals", /, **changes: Any) -> PackResource:
    """An endpoint policy with another test of the accounts."""
    accounts = {"aws:PrincipalAccount": [ACCOUNT], "aws:ResourceAccount": [ACCOUNT], **changes}
    given = {name: value for name, value in accounts.items() if value is not ABSENT}
    return endpoint_with(through_endpoint(Condition={operator: given}))


CASES: dict[str, list[Case]] = {
    "vpc-endpoint-policy-is-scoped": [
        passes("both accounts", endpoint_with(through_endpoint(), packages())),
        passes("own principals", endpoint_with(through_endpoint(Principal={"AWS": ROOT}, Condition=ABSENT))),
        passes("own resources", endpoint_with(through_endpoint(Resource=[BUCKET, OBJECTS], Condition=ABSENT))),
        passes("a Deny", endpoint_with(through_endpoint(), deny(Principal="*", Condition=ABSENT))),
        fails(
            "everything",
            "statement OwnAccount allows everybody to reach everything",
            endpoint_with(through_endpoint(Condition=ABSENT)),
        ),
        fails(
            "one action", "allows everybody", endpoint_with(through_endpoint(Action="s3:PutObject", Condition=ABSENT))
        ),
        fails("as AWS", "everybody", endpoint_with(through_endpoint(Principal={"AWS": ["*"]}, Condition=ABSENT))),
        fails(
            "every bucket", "everybody", endpoint_with(through_endpoint(Resource="arn:aws:s3:::*", Condition=ABSENT))
        ),
        fails(
            "every account",
            "everybody",
            endpoint_with(packages(Resource=["arn:aws:sagemaker:*:*:notebook-instance/a"])),
        ),
        fails("buckets that begin so", "everybody", endpoint_with(packages(Resource=["arn:aws:s3:::al2023-repos-*"]))),
        fails("one bucket more", "everybody", endpoint_with(packages(Resource=[OBJECTS, "arn:aws:s3:::*/*"]))),
        fails("all but one", "everybody", endpoint_with(packages(Resource=ABSENT, NotResource=OBJECTS))),
        fails(
            "another condition",
            "everybody",
            endpoint_with(through_endpoint(Condition={"Bool": {"aws:SecureTransport": "true"}})),
        ),
        fails("if it has one", "everybody", pins("StringEqualsIfExists")),
        fails(
            "any account", "everybody", pins("StringLike", **{"aws:PrincipalAccount": "*", "aws:ResourceAccount": "*"})
        ),
        fails("among others", "everybody", endpoint_with(through_endpoint(), packages(Resource="*"))),
        fails(
            "beside the endpoint",
            "everybody",
            component(ENDPOINT_BESIDE, "beside", policy=as_text(document(through_endpoint(Condition=ABSENT)))),
        ),
        absent("another rule's", None, endpoint(policy=ABSENT)),
        unknown("the plan is judged", "everybody", *first_preview(UNREAD_ENDPOINT, through_endpoint(Condition=ABSENT))),
        unknown("without a plan another rule refuses it", None, UNREAD_ENDPOINT),
    ],
    "vpc-endpoint-policy-pins-accounts": [
        passes("both accounts", pins()),
        passes("packages of Amazon Linux", endpoint_with(through_endpoint(), packages())),
        passes("a listed partner", pins(**{"aws:ResourceAccount": [ACCOUNT, PARTNER]}), options=PARTNERS),
        passes(
            "a listed bucket",
            endpoint_with(packages(Resource=OBJECTS)),
            options={"awsOwnedBuckets": ["ml-dev-raw-7f3a"]},
        ),
        passes("a Deny", endpoint_with(through_endpoint(), deny(Principal="*", Condition=ABSENT))),
        fails("no principals", "does not pin aws:PrincipalAccount", pins(**{"aws:PrincipalAccount": ABSENT})),
        fails("no resources", "does not pin aws:ResourceAccount", pins(**{"aws:ResourceAccount": ABSENT})),
        fails("a stranger's resources", "pin aws:ResourceAccount", pins(**{"aws:ResourceAccount": STRANGER})),
        fails("one account more", "pin aws:ResourceAccount", pins(**{"aws:ResourceAccount": [ACCOUNT, STRANGER]})),
        fails("if there is one", "pin aws:PrincipalAccount", pins("StringEqualsIfExists")),
        fails("any", "pin aws:ResourceAccount", pins("StringLike", **{"aws:ResourceAccount": "*"})),
        fails("all of none", "pin aws:PrincipalAccount", pins("ForAllValues:StringEquals")),
        fails("all but these", "pin aws:PrincipalAccount", pins("StringNotEquals")),
        fails(
            "writes to the bucket of AWS",
            "pin aws:PrincipalAccount",
            endpoint_with(packages(Action=["s3:GetObject", "s3:PutObject"])),
        ),
        fails("everything with it", "pin aws:Principal", endpoint_with(packages(Action="s3:*"))),
        fails("another bucket", "pin aws:PrincipalAccount", endpoint_with(packages(Resource=OBJECTS))),
        fails(
            "another Region's",
            "pin aws:PrincipalAccount",
            endpoint_with(packages(Resource="arn:aws:s3:::al2023-repos-us-east-1-de612dc2/*")),
        ),
        fails(
            "buckets that begin so",
            "pin aws:PrincipalAccount",
            endpoint_with(packages(Resource="arn:aws:s3:::al2023-repos-ap-northeast-1-de612dc2*")),
        ),
        absent("no condition", "does not pin aws:PrincipalAccount", endpoint_with(through_endpoint(Condition=ABSENT))),
        absent("no policy is another rule's", None, endpoint(policy=ABSENT)),
        unknown("the plan is judged", "pin aws:Principal", *first_preview(UNREAD_ENDPOINT, packages(Action="s3:*"))),
        unknown("without a plan another rule refuses it", None, UNREAD_ENDPOINT),
    ],
}
