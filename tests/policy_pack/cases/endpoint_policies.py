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
PULLS = ("ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer")
ASSETS = "arn:aws:s3:::assets-660291247815"
ENDPOINT_BESIDE = "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy"


def pins(operator: str = "StringEquals", /, **changes: Any) -> PackResource:
    """An endpoint policy with another test of the accounts."""
    accounts = {"aws:PrincipalAccount": [ACCOUNT], "aws:ResourceAccount": [ACCOUNT], **changes}
    given = {name: value for name, value in accounts.items() if value is not ABSENT}
    return endpoint_with(through_endpoint(Condition={operator: given}))


def images(account: str = "763104351884", region: str = "ap-northeast-1", **changes: Any) -> Any:
    """The own principals pull images from an account of AWS."""
    own = {"StringEquals": {"aws:PrincipalAccount": [ACCOUNT]}}
    given = {"Action": list(PULLS), "Resource": [f"arn:aws:ecr:{region}:{account}:repository/*"], "Condition": own}
    return packages(**{**given, **changes})


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
        passes("images of AWS", endpoint_with(images())),
        passes("packages of CodeArtifact", endpoint_with(packages(Resource=f"{ASSETS}-ap-northeast-1/*"))),
        fails(
            "those of another Region",
            "pin aws:PrincipalAccount",
            endpoint_with(packages(Resource=f"{ASSETS}-eu-west-1/*")),
        ),
        passes("a listed account's images", endpoint_with(images(STRANGER)), options={"imageAccounts": [STRANGER]}),
        fails("a stranger's images", "does not pin aws:ResourceAccount", endpoint_with(images(STRANGER))),
        fails("images of every account", "pin aws:ResourceAccount", endpoint_with(images("*"))),
        fails("images of another Region", "pin aws:ResourceAccount", endpoint_with(images(region="eu-west-1"))),
        fails("images put there", "pin aws:ResourceAccount", endpoint_with(images(Action=[*PULLS, "ecr:PutImage"]))),
        fails("images for anybody", "pin aws:PrincipalAccount", endpoint_with(images(Condition=ABSENT))),
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
