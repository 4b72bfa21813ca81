"""Cases of the rules about records of calls and changes, analyzers, checks at run time, and budgets."""

from __future__ import annotations

from typing import Any

from tests.policy_pack.audit_baselines import (
    ACCOUNT,
    CHECKS,
    NO_SERVICE,
    READER,
    STATEMENTS,
    analyzer,
    budget,
    channel,
    checks,
    notification,
    recorder,
    recorder_status,
    records_policy,
    selector,
    trail,
)
from tests.policy_pack.baselines import bucket, bucket_policy, key
from tests.policy_pack.harness import ABSENT, UNKNOWN, Case, absent, fails, passes, taken, unknown

FOREIGN_KEY = "arn:aws:kms:ap-northeast-1:444455556666:key/k"
OF = taken(recorder_status(), name=recorder())
UNWATCHED = "no trail of this stack records reads and writes of its objects"
PLAIN = [{"readWriteType": "All", "dataResources": [{"type": "AWS::S3::Object", "values": ["arn:aws:s3"]}]}]
TOLD = "notifications tell nobody at"
BY_TAG = {"tags": {"key": "user", "values": ["alice"]}}
TENANTS = {"tenants": ["alice"]}


def plain(**changes: Any) -> dict[str, Any]:
    """Return the settings of a trail with a selector of the older kind."""
    return {"advancedEventSelectors": ABSENT, "eventSelectors": [{**PLAIN[0], **changes}]}


def but(sid: str, **changes: Any) -> dict[str, Any]:
    """Return a statement of the records' policy with parts replaced, or taken away where they are None."""
    return {sid: {name: value for name, value in {**STATEMENTS[sid], **changes}.items() if value is not None}}


def readers(*names: str) -> dict[str, Any]:
    """Return the statement that spares the given callers."""
    return but("Readers", Condition={"ArnNotLike": {"aws:PrincipalArn": list(names)}, **NO_SERVICE})


TRAILS: dict[str, list[Case]] = {
    "cloudtrail-stack-has-a-trail": [
        passes("a trail", trail()),
        passes("one of another stack", bucket(), options={"ownedElsewhere": True}),
        fails("a bucket and no trail", "no trail of this stack", bucket(), on="closed-sagemaker-dev"),
        absent("nobody records", "no trail of this stack", analyzer(), on="closed-sagemaker-dev"),
        unknown("whatever it is like, it is there", None, trail(s3BucketName=UNKNOWN)),
    ],
    "cloudtrail-trail-is-multi-region": [
        passes("every Region", trail()),
        passes("AWS has the rest on", trail(includeGlobalServiceEvents=ABSENT, enableLogging=ABSENT)),
        fails("one Region", "isMultiRegionTrail has another value", trail(isMultiRegionTrail=False)),
        fails("not IAM", "includeGlobalServiceEvents is off", trail(includeGlobalServiceEvents=False)),
        fails("switched off", "enableLogging is off", trail(enableLogging=False)),
        absent("one Region", "isMultiRegionTrail is absent", trail(isMultiRegionTrail=ABSENT)),
        unknown("it must be known", "isMultiRegionTrail is not known", trail(isMultiRegionTrail=UNKNOWN)),
        unknown("off or on", "enableLogging is not known", trail(enableLogging=UNKNOWN)),
    ],
    "cloudtrail-trail-validates-files": [
        passes("signed", trail()),
        fails("not signed", "enableLogFileValidation has another value", trail(enableLogFileValidation=False)),
        absent("not signed", "enableLogFileValidation is absent", trail(enableLogFileValidation=ABSENT)),
        unknown("it must be known", "enableLogFileValidation is not known", trail(enableLogFileValidation=UNKNOWN)),
    ],
    "cloudtrail-trail-uses-customer-key": [
        passes("a key", trail(kmsKeyId=FOREIGN_KEY)),
        fails("an empty one", "kmsKeyId is absent or empty", trail(kmsKeyId="")),
        absent("the bucket's encryption", "kmsKeyId is absent or empty", trail(kmsKeyId=ABSENT)),
        absent("of changes, too", "s3KmsKeyArn is absent or empty", channel(s3KmsKeyArn=ABSENT)),
        unknown("which one is judged by others", None, trail()),
    ],
    "kms-reference-is-a-platform-key": [
        fails("a trail with a foreign key", "kmsKeyId names a key", key(), trail(kmsKeyId=FOREIGN_KEY)),
        fails("records with a foreign key", "s3KmsKeyArn names a key", key(), channel(s3KmsKeyArn=FOREIGN_KEY)),
    ],
    "cloudtrail-trail-records-data-events": [
        passes("its objects", trail(), bucket()),
        passes("every object", trail(advancedEventSelectors=[selector({"resources.ARN": None})]), bucket()),
        passes("by a selector of the older kind", trail(**plain()), bucket()),
        passes("a bucket of records is left out", trail(), bucket("audit-bucket")),
        passes("a trail elsewhere is another rule's question", bucket()),
        fails("another bucket's objects", UNWATCHED, trail(), bucket("results")),
        fails("a bucket called alike", UNWATCHED, trail(), bucket("raw", bucket="ml-dev-raw-7f3a-2")),
        fails(
            "reads alone",
            UNWATCHED,
            trail(advancedEventSelectors=[selector({"readOnly": {"equals": ["true"]}})]),
            bucket(),
        ),
        fails(
            "all but some objects",
            UNWATCHED,
            trail(
                advancedEventSelectors=[
                    selector({"resources.ARN": {"startsWiths": ["arn:aws:s3:::"], "notEndsWiths": ["x"]}})
                ]
            ),
            bucket(),
        ),
        fails("writes alone", UNWATCHED, trail(**plain(readWriteType="WriteOnly")), bucket()),
        fails(
            "functions",
            UNWATCHED,
            trail(**plain(dataResources=[{"type": "AWS::Lambda::Function", "values": ["arn:aws:lambda"]}])),
            bucket(),
        ),
        absent("management calls only", UNWATCHED, trail(advancedEventSelectors=ABSENT), bucket()),
        unknown(
            "selectors must be known",
            "advancedEventSelectors is not known",
            bucket(),
            taken(trail(advancedEventSelectors=UNKNOWN), advancedEventSelectors=bucket()),
        ),
        unknown("whose objects is not known", "bucket is not known", trail(), bucket(bucket=UNKNOWN)),
    ],
}

RECORDERS: dict[str, list[Case]] = {
    "config-recorder-is-on": [
        passes("a recorder that runs", recorder(), channel(), OF, checks()),
        passes("by its name", recorder(), channel(), recorder_status(), checks()),
        fails("nothing is asked later", "no conformance pack", recorder(), channel(), OF, on="closed-sagemaker-dev"),
        passes("one of another stack", bucket(), options={"ownedElsewhere": True}),
        fails("none", "no recorder of this stack", bucket(), on="closed-sagemaker-dev"),
        fails("switched off", "isEnabled is off", recorder(), channel(), recorder_status(isEnabled=False)),
        fails("another's status", "no status", channel(), recorder_status(name="other"), recorder()),
        fails("no place to deliver to", "no delivery channel", OF, recorder()),
        fails(
            "without users and roles",
            "includeGlobalResourceTypes is off",
            channel(),
            OF,
            recorder(recordingGroup={"allSupported": True, "includeGlobalResourceTypes": False}),
        ),
        fails(
            "some types",
            "allSupported is off",
            channel(),
            OF,
            recorder(recordingGroup={"allSupported": False, "includeGlobalResourceTypes": True}),
        ),
        absent("AWS leaves out users and roles", "includeGlobal", channel(), OF, recorder(recordingGroup=ABSENT)),
        absent("it does not run", "no status", channel(), recorder()),
        unknown("whether it runs", "isEnabled is not known", recorder(), channel(), recorder_status(isEnabled=UNKNOWN)),
        unknown("whose status it is", "name is not known", recorder(), channel(), recorder_status(name=UNKNOWN)),
    ],
    "config-conformance-pack-only-checks": [
        passes("a check of AWS", checks()),
        fails("a role", "holds AWS::IAM::Role", checks(templateBody=CHECKS.replace("Config::ConfigRule", "IAM::Role"))),
        fails(
            "written as JSON",
            "holds AWS::IAM::Role",
            checks(templateBody='{"Resources": {"R": {"Type": "AWS::IAM::Role"}}}'),
        ),
        fails(
            "a check of somebody's own",
            "holds CUSTOM_LAMBDA",
            checks(templateBody=CHECKS.replace("Owner: AWS", "Owner: CUSTOM_LAMBDA")),
        ),
        fails("made of functions", "made of functions", checks(templateBody=f"Transform: AWS::Include\n{CHECKS}")),
        fails("from a bucket", "templateS3Uri is given", checks(templateS3Uri="s3://other/checks.yaml")),
        absent("from somewhere", "templateBody is absent", checks(templateBody=ABSENT)),
        unknown("it must be known", "templateBody is not known", checks(templateBody=UNKNOWN)),
    ],
    "accessanalyzer-analyzer-exists": [
        passes("of outside access", analyzer()),
        passes("the provider takes the account", analyzer(type=ABSENT)),
        passes("one of another stack", bucket(), options={"ownedElsewhere": True}),
        fails(
            "of unused access alone", "no analyzer", analyzer(type="ACCOUNT_UNUSED_ACCESS"), on="closed-sagemaker-dev"
        ),
        absent("none", "no analyzer of this stack", bucket(), on="closed-sagemaker-dev"),
        unknown("of what", "type is not known", bucket(), taken(analyzer(type=UNKNOWN), type=bucket())),
    ],
}

BUDGETS: dict[str, list[Case]] = {
    "budgets-budget-tells-somebody": [
        passes("at 80 and at 100", budget()),
        passes(
            "by a topic",
            budget(
                notifications=[
                    notification(percent, subscriberEmailAddresses=[], subscriberSnsTopicArns=["arn:aws:sns:x"])
                    for percent in (80, 100)
                ]
            ),
        ),
        fails("when it is spent only", f"{TOLD} 80", budget(notifications=[notification(100)])),
        fails("before it is spent only", f"{TOLD} 100", budget(notifications=[notification(80)])),
        fails(
            "nobody",
            f"{TOLD} 100",
            budget(notifications=[notification(80), notification(100, subscriberEmailAddresses=[])]),
        ),
        fails(
            "what may be spent",
            f"{TOLD} 100",
            budget(notifications=[notification(80), notification(100, notificationType="FORECASTED")]),
        ),
        fails(
            "dollars, not percent",
            f"{TOLD} 80",
            budget(notifications=[notification(80, thresholdType="ABSOLUTE_VALUE"), notification(100)]),
        ),
        fails(
            "when little is spent",
            f"{TOLD} 100",
            budget(notifications=[notification(80), notification(100, comparisonOperator="LESS_THAN")]),
        ),
        absent("nobody is told", f"{TOLD} 80", budget(notifications=ABSENT)),
        unknown("it must be known", "notifications is not known", budget(notifications=UNKNOWN)),
    ],
    "budgets-tenant-has-budget": [
        passes("of each tenant", budget("alice"), budget("bob"), budget("carol")),
        passes("by an expression", budget(costFilters=ABSENT, filterExpression=BY_TAG), options=TENANTS),
        fails("one has none", "watches what carol costs", budget("alice"), budget("bob"), on="closed-sagemaker-dev"),
        fails(
            "of two tenants together",
            "what alice costs",
            budget(costFilters=[{"name": "TagKeyValue", "values": ["user:user$alice", "user:user$bob"]}]),
            options=TENANTS,
            on="closed-sagemaker-dev",
        ),
        fails(
            "by another tag",
            "what alice costs",
            budget(costFilters=[{"name": "TagKeyValue", "values": ["user:team$alice"]}]),
            options=TENANTS,
            on="closed-sagemaker-dev",
        ),
        absent(
            "of the whole account",
            "what alice costs",
            budget(costFilters=ABSENT),
            options=TENANTS,
            on="closed-sagemaker-dev",
        ),
        unknown(
            "whose it is",
            "costFilters is not known",
            bucket(),
            taken(budget(costFilters=UNKNOWN), costFilters=bucket()),
            options=TENANTS,
        ),
    ],
}

LOCKED: dict[str, list[Case]] = {
    "s3-audit-bucket-is-locked": [
        passes("added by services, read by nobody", records_policy()),
        passes("a listed reader", records_policy(**readers(READER)), options={"readers": [READER]}),
        fails(
            "a reader who is not listed",
            "to everybody who is no listed reader",
            records_policy(**readers(READER)),
        ),
        fails("anybody reads", "to everybody who is no listed reader", records_policy(Readers=None)),
        fails("anybody removes", "to change and to remove records", records_policy(Added=None)),
        fails(
            "some remove",
            "to change and to remove records",
            records_policy(**but("Added", Condition={"ArnNotEquals": {"aws:PrincipalArn": [READER]}})),
        ),
        fails(
            "versions are removed",
            "to change and to remove records",
            records_policy(**but("Added", NotAction=["s3:GetObject", "s3:PutObject", "s3:DeleteObjectVersion"])),
        ),
        fails("people add", "everybody but services to add records", records_policy(ByServices=None)),
        fails("the deployer reads", "deny records to the deployer", records_policy(NotManagers=None)),
        fails(
            "the service does more",
            "do more than add records",
            records_policy(**but("RecordCalls", Action=["s3:PutObject", "s3:DeleteObject"])),
        ),
        fails("for any account", "write for any account", records_policy(**but("RecordCalls", Condition=None))),
        fails(
            "for a stranger's account",
            "write for any account",
            records_policy(
                **but("RecordCalls", Condition={"StringEquals": {"aws:SourceAccount": [ACCOUNT, "444455556666"]}})
            ),
        ),
        absent("no policy says nothing", None, bucket_policy(policy=ABSENT)),
        unknown("what is not known is another rule's question", None, bucket_policy()),
    ],
}

CASES = {**TRAILS, **RECORDERS, **BUDGETS, **LOCKED}
