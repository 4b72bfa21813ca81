"""Cases of the rules about roles: who may take them on, where they lie, what bounds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.policy_pack.baselines import notebook, role
from tests.policy_pack.document_baselines import (
    ACCOUNT,
    PARTNER,
    ROOT,
    STRANGER,
    first_preview,
    trust,
    trusted,
)
from tests.policy_pack.harness import ABSENT, UNKNOWN, Case, absent, fails, passes, taken, unknown

if TYPE_CHECKING:
    from preview.pack_messages import PackResource

UNREAD = role(assumeRolePolicy=UNKNOWN)
PARTNERS = {"partnerAccounts": [PARTNER]}
PARTNER_ROLE = f"arn:aws:iam::{PARTNER}:role/reader"
UNTIL = {"DateLessThan": {"aws:CurrentTime": "2027-06-30T00:00:00Z"}}
WITH_ID = {"StringEquals": {"sts:ExternalId": ["a-shared-secret-name"]}, **UNTIL}
PINNED = {
    "StringEquals": {"aws:RequestTag/user": ["alice"]},
    "ForAllValues:StringEquals": {"aws:TagKeys": ["user"]},
    "Null": {"aws:TagKeys": ["false"]},
}
BOUNDARY = f"arn:aws:iam::{ACCOUNT}:policy/ml-dev-tenant-boundary"
SHARED = {"user": "platform"}
PATH = "assumeRolePolicy"


def trusts(**principals: object) -> PackResource:
    """A role that trusts other principals."""
    return trusted(trust(Principal=principals))


def of_jobs(*statements: dict[str, object], **changes: object) -> PackResource:
    """A role that has the name of a job role."""
    return trusted(*statements, **{"name": "ml-dev-alice-job", **changes})


def sources(*patterns: str, operator: str = "ArnLike") -> dict[str, object]:
    """The condition that SageMaker works for a resource of one of the kinds."""
    arns = [f"arn:aws:sagemaker:ap-northeast-1:{ACCOUNT}:{pattern}" for pattern in patterns]
    return {operator: {"aws:SourceArn": arns}}


def trusts_partner(name: str, **changes: object) -> PackResource:
    """A role that trusts a partner."""
    return trusted(trust(**{"Principal": {"AWS": [name]}, "Condition": WITH_ID, **changes}))


def partner_until(**conditions: object) -> PackResource:
    """A role that trusts a partner with its id, and otherwise as given."""
    return trusts_partner(PARTNER_ROLE, Condition={"StringEquals": WITH_ID["StringEquals"], **conditions})


def external_id(operator: str, *values: str) -> dict[str, object]:
    """The condition on the external id."""
    return {operator: {"sts:ExternalId": list(values)}}


def tagging(**changes: object) -> PackResource:
    """A role whose trust lets session tags in, pinned to the owner, changed in one thing."""
    actions = ["sts:AssumeRole", "sts:TagSession"]
    return trusted(trust(**{"Principal": {"AWS": [ROOT]}, "Action": actions, "Condition": PINNED, **changes}))


def from_source(operator: str, key: str, value: str) -> PackResource:
    """A role that is guarded in another way."""
    return trusted(trust(Condition={operator: {key: value}}))


def trusts_service(name: str) -> PackResource:
    """A role that a service may take on for anybody."""
    return trusted(trust(Principal={"Service": name}, Condition=ABSENT))


EVENTS = "scheduler.amazonaws.com"
ROLES = f"arn:aws:iam::{ACCOUNT}:role"
PLATFORMS = trusted(trust(Principal={"AWS": ROOT}), name="shared", path="/", tags=SHARED)

CASES: dict[str, list[Case]] = {
    "iam-role-trust-has-no-wildcard-principal": [
        passes("a service", trusted(trust())),
        passes("an account", trusts(AWS=ACCOUNT)),
        passes("everybody is denied", trusted(trust(), trust(Sid="Deny", Effect="Deny", Principal="*"))),
        fails("a star", "trusts everybody", trusted(trust(Principal="*"))),
        fails("a star as AWS", "trusts everybody", trusts(AWS="*")),
        fails("a star in a list", "trusts everybody", trusts(AWS=[ROOT, "*"])),
        fails("a star as service", "trusts everybody", trusts(Service="*")),
        fails("a star as provider", "trusts everybody", trusts(Federated="*")),
        fails("a star in an ARN", "trusts everybody", trusts(AWS="arn:aws:iam::*:role/reader")),
        fails("a condition is no excuse", "everybody", trusted(trust(Principal="*", Condition=WITH_ID))),
        absent("the property is required, and an absent one is another rule's", None, role(assumeRolePolicy=ABSENT)),
        unknown("the plan is judged", "trusts everybody", *first_preview(UNREAD, trust(Principal="*"), path=PATH)),
        unknown("without a plan another rule refuses it", None, UNREAD),
    ],
    "iam-role-trust-foreign-account-is-listed": [
        passes("a service", trusted(trust())),
        passes("the own account", trusts(AWS=[ROOT, ACCOUNT])),
        passes("a session of the own account", trusts(AWS=f"arn:aws:sts::{ACCOUNT}:assumed-role/a/b")),
        passes("the own identity provider", trusts(Federated=f"arn:aws:iam::{ACCOUNT}:saml-provider/idp")),
        passes("a listed partner's role with its id", trusts_partner(PARTNER_ROLE), options=PARTNERS),
        passes("a stranger is denied", trusted(trust(), trust(Sid="No", Effect="Deny", Principal={"AWS": STRANGER}))),
        fails("another account by number", f"trusts account {STRANGER}", trusts(AWS=STRANGER)),
        fails("another account's root", f"account {STRANGER}", trusts(AWS=[ROOT, f"arn:aws:iam::{STRANGER}:root"])),
        fails("another account's role", f"account {STRANGER}", trusts_partner(f"arn:aws:iam::{STRANGER}:role/r")),
        fails("the own number in another partition", "no account", trusts(AWS=ROOT.replace("aws:", "aws-cn:", 1))),
        fails("a unique id", "belongs to no account", trusts(AWS="AIDAAAAAAAAAAAAAAAAAA")),
        fails("a provider outside", "belongs to no account", trusts(Federated="cognito-identity.amazonaws.com")),
        fails("a whole partner", "a whole partner account", trusts_partner(PARTNER), options=PARTNERS),
        fails("a partner's root", "whole partner", trusts_partner(f"arn:aws:iam::{PARTNER}:root"), options=PARTNERS),
        fails(
            "a partner without id",
            "without sts:ExternalId",
            trusts_partner(PARTNER_ROLE, Condition=ABSENT),
            options=PARTNERS,
        ),
        fails(
            "with any id",
            "without sts:ExternalId",
            trusts_partner(PARTNER_ROLE, Condition=external_id("StringLike", "*")),
            options=PARTNERS,
        ),
        fails(
            "with an id if there is one",
            "without sts:ExternalId",
            trusts_partner(PARTNER_ROLE, Condition=external_id("StringEqualsIfExists", "name")),
            options=PARTNERS,
        ),
        fails(
            "with any id but one",
            "without sts:ExternalId",
            trusts_partner(PARTNER_ROLE, Condition=external_id("StringNotEquals", "name")),
            options=PARTNERS,
        ),
        fails("for ever", "without an end", partner_until(), options=PARTNERS),
        fails("from a date on", "an end", partner_until(DateGreaterThan={"aws:CurrentTime": "2027"}), options=PARTNERS),
        fails(
            "until the issue of a token",
            "without an end",
            partner_until(DateLessThan={"aws:TokenIssueTime": "2027-06-30T00:00:00Z"}),
            options=PARTNERS,
        ),
        absent("no trust policy", None, role(assumeRolePolicy=ABSENT)),
        unknown(
            "the plan is judged",
            f"account {STRANGER}",
            *first_preview(UNREAD, trust(Principal={"AWS": STRANGER}), path=PATH),
        ),
        unknown("without a plan another rule refuses it", None, UNREAD),
    ],
    "iam-role-trust-forbids-session-tags": [
        passes("AssumeRole alone", trusted(trust())),
        passes("the owner is pinned", tagging()),
        passes("session tags are denied", trusted(trust(), trust(Sid="No", Effect="Deny", Action="sts:TagSession"))),
        fails("any tags", "its own session tags", tagging(Condition=ABSENT)),
        fails("letter case", "session tags", trusted(trust(Action=["STS:tagsession"]))),
        fails("a star inside", "session tags", trusted(trust(Action=["sts:AssumeRole", "sts:Tag*"]))),
        fails("the whole service", "session tags", trusted(trust(Action="sts:*"))),
        fails("everything", "session tags", trusted(trust(Action="*"))),
        fails("not another action", "session tags", trusted(trust(Action=ABSENT, NotAction="sts:GetFederationToken"))),
        fails(
            "another owner",
            "session tags",
            tagging(Condition={**PINNED, "StringEquals": {"aws:RequestTag/user": ["bob"]}}),
        ),
        fails(
            "one of two owners",
            "session tags",
            tagging(Condition={**PINNED, "StringEquals": {"aws:RequestTag/user": ["alice", "bob"]}}),
        ),
        fails(
            "an owner if there is one",
            "session tags",
            tagging(Condition={**PINNED, "StringEqualsIfExists": PINNED["StringEquals"], "StringEquals": {}}),
        ),
        fails(
            "the group comes along",
            "session tags",
            tagging(Condition={"StringEquals": PINNED["StringEquals"]}),
        ),
        absent("no trust policy", None, role(assumeRolePolicy=ABSENT)),
        unknown("the plan is judged", "session tags", *first_preview(UNREAD, trust(Action="sts:*"), path=PATH)),
        unknown("without a plan another rule refuses it", None, UNREAD),
    ],
    "iam-role-trust-guards-service-caller": [
        passes("the account", trusted(trust())),
        passes(
            "the source",
            from_source("ArnLike", "aws:SourceArn", f"arn:aws:sagemaker:ap-northeast-1:{ACCOUNT}:training-job/*"),
        ),
        passes("EC2 serves its own account", trusts_service("ec2.amazonaws.com")),
        fails("any other service", "lets lambda.amazonaws.com act for any", trusts_service("lambda.amazonaws.com")),
        passes("a service that is listed", trusts_service(EVENTS), options={"exemptServices": [EVENTS]}),
        fails(
            "another account",
            "sagemaker.amazonaws.com act for any account",
            from_source("StringEquals", "aws:SourceAccount", STRANGER),
        ),
        fails("any account", "for any account", from_source("StringLike", "aws:SourceAccount", "*")),
        fails("if it says", "for any account", from_source("StringEqualsIfExists", "aws:SourceAccount", ACCOUNT)),
        fails("any source", "for any account", from_source("ArnLike", "aws:SourceArn", "arn:aws:sagemaker:*:*:*")),
        fails(
            "the name in China",
            "any account",
            trusted(trust(Principal={"Service": "sagemaker.amazonaws.com.cn"}, Condition=ABSENT)),
        ),
        absent("no condition", "for any account", trusted(trust(Condition=ABSENT))),
        unknown("the plan is judged", "any account", *first_preview(UNREAD, trust(Condition=ABSENT), path=PATH)),
        unknown("without a plan another rule refuses it", None, UNREAD),
    ],
    "iam-job-role-trust-names-its-sources": [
        passes("jobs and models", of_jobs(trust(Condition=sources("training-job/*", "model/*")))),
        passes("a notebook's role leaves it open", trusted(trust())),
        passes("a role of the platform", of_jobs(trust(), path="/", tags=SHARED)),
        fails("nothing but the account", "admits others than training-job", of_jobs(trust())),
        fails("a notebook", "admits others", of_jobs(trust(Condition=sources("model/*", "notebook-instance/*")))),
        fails("anything", "admits others", of_jobs(trust(Condition=sources("*")))),
        fails("if it says", "admits others", of_jobs(trust(Condition=sources("model/*", operator="ArnLikeIfExists")))),
        fails("no values", "admits others", of_jobs(trust(Condition=sources()))),
        absent("no condition", "admits others", of_jobs(trust(Condition=ABSENT))),
        unknown("the name must be known", "name is not known", trusted(trust(), name=UNKNOWN)),
        unknown("the plan is judged", "admits others", *first_preview(of_jobs(trust()), trust(), path=PATH)),
    ],
    "iam-tenant-role-has-boundary": [
        passes("the platform's boundary", role()),
        passes("below a path", role(permissionsBoundary=BOUNDARY.replace("policy/", "policy/limits/"))),
        passes("a role of the platform", role(path="/", tags=SHARED, permissionsBoundary=ABSENT)),
        passes("another name", role(permissionsBoundary=BOUNDARY + "2"), options={"boundaryName": "*-boundary2"}),
        fails(
            "another policy",
            "no policy of this account called",
            role(permissionsBoundary=f"arn:aws:iam::{ACCOUNT}:policy/all"),
        ),
        fails(
            "a policy of AWS",
            "no policy of this account",
            role(permissionsBoundary="arn:aws:iam::aws:policy/x-tenant-boundary"),
        ),
        fails("another account's", "no policy", role(permissionsBoundary=BOUNDARY.replace(ACCOUNT, STRANGER))),
        fails("another partition's", "no policy", role(permissionsBoundary=BOUNDARY.replace("aws:", "aws-cn:", 1))),
        fails("a name alone", "no policy", role(permissionsBoundary="ml-dev-tenant-boundary")),
        fails("a role", "no policy", role(permissionsBoundary=BOUNDARY.replace("policy/", "role/"))),
        fails("a tenant by its tag", "is absent", role(path="/", permissionsBoundary=ABSENT)),
        fails("a tenant by its path", "is absent", role(tags=SHARED, permissionsBoundary=ABSENT)),
        fails("a path in capitals", "is absent", role(path="/Tenants/alice/", tags=SHARED, permissionsBoundary="")),
        absent("no ceiling", "permissionsBoundary is absent: whatever is attached", role(permissionsBoundary=ABSENT)),
        unknown("it must be known", "permissionsBoundary is not known", role(permissionsBoundary=UNKNOWN)),
        unknown("whose role it is must be known", "tags.user is not known", role(path="/", tags={"user": UNKNOWN})),
        unknown("where it lies must be known", "path is not known", role(path=UNKNOWN, tags=SHARED)),
    ],
    "iam-tenant-role-path-is-own": [
        passes("the own path", role()),
        passes("below the own path", role(path="/tenants/alice/jobs/")),
        passes("a role of the platform", role(path="/", tags=SHARED)),
        fails("another tenant's", "path is not /tenants/alice/", role(path="/tenants/bob/")),
        fails("a longer name", "path is not /tenants/alice/", role(path="/tenants/alice-2/")),
        fails("everybody's", "path is not /tenants/alice/", role(path="/tenants/")),
        fails("letter case", "path is not /tenants/alice/", role(path="/tenants/Alice/")),
        fails("the platform's among tenants", "names no tenant", role(tags=SHARED)),
        fails("nobody's among tenants", "names no tenant", role(tags={"Name": "role"})),
        absent("the root path", "path is not /tenants/alice/", role(path=ABSENT)),
        absent("the root path, filled in", "path is not /tenants/alice/", role(path="/")),
        unknown("it must be known", "path is not known", role(path=UNKNOWN)),
        unknown("its owner must be known", "tags.user is not known", role(tags={"user": UNKNOWN})),
    ],
    "iam-sagemaker-role-trusts-sagemaker": [
        passes("SageMaker", trusted(trust())),
        passes("SageMaker in China", trusts(Service="sagemaker.amazonaws.com.cn")),
        passes("a listed service", trusts(Service=EVENTS), options={"extraServices": [EVENTS]}),
        passes("a role of the platform that nobody hands over", PLATFORMS),
        passes("everybody is denied", trusted(trust(), trust(Sid="No", Effect="Deny", Principal="*"))),
        fails("the account", "trusts others than sagemaker.amazonaws.com", trusts(AWS=ROOT)),
        fails("the account by number", "trusts others", trusts(AWS=ACCOUNT)),
        fails("beside SageMaker", "trusts others", trusts(Service="sagemaker.amazonaws.com", AWS=ROOT)),
        fails("another service", "trusts others", trusts(Service=["sagemaker.amazonaws.com", "ec2.amazonaws.com"])),
        fails("everybody", "trusts others", trusted(trust(Principal="*"))),
        fails(
            "in a second statement", "statement Two trusts", trusted(trust(), trust(Sid="Two", Principal={"AWS": ROOT}))
        ),
        fails("a role that a notebook is given", "trusts others", taken(notebook(), roleArn=PLATFORMS), PLATFORMS),
        fails(
            "a role that a notebook is given by ARN", "trusts others", notebook(roleArn=f"{ROLES}/shared"), PLATFORMS
        ),
        fails("a tenant's by its tag", "trusts others", trusted(trust(Principal={"AWS": ROOT}), path="/")),
        absent("no principal", "trusts others", trusted(trust(Principal=ABSENT))),
        unknown(
            "the plan is judged", "trusts others", *first_preview(UNREAD, trust(Principal={"AWS": ROOT}), path=PATH)
        ),
        unknown("without a plan another rule refuses it", None, UNREAD),
    ],
}
