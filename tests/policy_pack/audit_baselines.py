"""One compliant resource of each type of records, checks and budgets; a case changes exactly one thing in it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.policy_pack.baselines import TAGS
from tests.policy_pack.harness import UNKNOWN, given

if TYPE_CHECKING:
    from collections.abc import Mapping

    from preview.pack_messages import PackResource

ACCOUNT, BUCKET = "111122223333", "arn:aws:s3:::ml-dev-audit-7f3a"
READER, DEPLOYER = f"arn:aws:iam::{ACCOUNT}:role/security-audit", f"arn:aws:iam::{ACCOUNT}:role/ci-deploy"
BREAK_GLASS = f"arn:aws:iam::{ACCOUNT}:role/ml-dev-break-glass"
NO_SERVICE = {"BoolIfExists": {"aws:PrincipalIsAWSService": ["false"]}}
CHECKS = """\
Resources:
  Keys:
    Type: AWS::Config::ConfigRule
    Properties:
      Source:
        Owner: AWS
        SourceIdentifier: ACCESS_KEYS_ROTATED
"""


def selector(changes: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return a selector of the calls to objects of the raw bucket, with fields replaced; None takes one away."""
    fields = {
        "eventCategory": {"equals": ["Data"]},
        "resources.type": {"equals": ["AWS::S3::Object"]},
        "resources.ARN": {"startsWiths": ["arn:aws:s3:::ml-dev-raw-7f3a/"]},
        **(changes or {}),
    }
    return {"fieldSelectors": [{"field": name, **value} for name, value in fields.items() if value]}


def trail(logical: str = "calls-trail", /, **changes: Any) -> PackResource:
    """The trail, with the objects of the raw bucket."""
    baseline = {
        "name": "ml-dev-trail",
        "s3BucketName": UNKNOWN,
        "kmsKeyId": UNKNOWN,
        "isMultiRegionTrail": True,
        "includeGlobalServiceEvents": True,
        "enableLogFileValidation": True,
        "enableLogging": True,
        "advancedEventSelectors": [selector()],
        "tags": TAGS,
    }
    return given("aws:cloudtrail/trail:Trail", logical, baseline, changes)


def recorder(logical: str = "changes-recorder", /, **changes: Any) -> PackResource:
    """The recorder of every type."""
    group = {"allSupported": True, "includeGlobalResourceTypes": True}
    baseline = {"name": "ml-dev-changes", "roleArn": UNKNOWN, "recordingGroup": group}
    return given("aws:cfg/recorder:Recorder", logical, baseline, changes)


def recorder_status(logical: str = "changes-status", /, **changes: Any) -> PackResource:
    """The recorder is on."""
    baseline = {"name": "ml-dev-changes", "isEnabled": True}
    return given("aws:cfg/recorderStatus:RecorderStatus", logical, baseline, changes)


def channel(logical: str = "changes-channel", /, **changes: Any) -> PackResource:
    """Where the recorder delivers."""
    baseline = {"name": "ml-dev-changes", "s3BucketName": UNKNOWN, "s3KmsKeyArn": UNKNOWN}
    return given("aws:cfg/deliveryChannel:DeliveryChannel", logical, baseline, changes)


def checks(logical: str = "changes-checks", /, **changes: Any) -> PackResource:
    """A conformance pack of one check."""
    baseline = {"name": "ml-dev-run-time-checks", "templateBody": CHECKS}
    return given("aws:cfg/conformancePack:ConformancePack", logical, baseline, changes)


def analyzer(logical: str = "analyzers-outside", /, **changes: Any) -> PackResource:
    """The analyzer of access from outside."""
    baseline = {"analyzerName": "ml-dev-outside-access", "type": "ACCOUNT", "tags": TAGS}
    return given("aws:accessanalyzer/analyzer:Analyzer", logical, baseline, changes)


def notification(percent: float, **changes: Any) -> dict[str, Any]:
    """Return a notification at some percent of what was really spent."""
    return {
        "comparisonOperator": "GREATER_THAN",
        "notificationType": "ACTUAL",
        "threshold": percent,
        "thresholdType": "PERCENTAGE",
        "subscriberEmailAddresses": ["ml-platform@example.com"],
        **changes,
    }


def budget(tenant: str = "alice", /, **changes: Any) -> PackResource:
    """A tenant's budget."""
    baseline = {
        "name": f"ml-dev-{tenant}",
        "budgetType": "COST",
        "timeUnit": "MONTHLY",
        "costFilters": [{"name": "TagKeyValue", "values": [f"user:user${tenant}"]}],
        "notifications": [notification(80), notification(100)],
        "tags": TAGS,
    }
    return given("aws:budgets/budget:Budget", f"budgets-{tenant}", baseline, changes)


STOP = f"arn:aws:iam::{ACCOUNT}:policy/ml-dev-budget-stop"


def budget_action(tenant: str = "alice", /, **changes: Any) -> PackResource:
    """What a tenant's spent budget does."""
    baseline = {
        "budgetName": f"ml-dev-{tenant}",
        "actionType": "APPLY_IAM_POLICY",
        "approvalModel": "AUTOMATIC",
        "notificationType": "ACTUAL",
        "actionThreshold": {"actionThresholdType": "PERCENTAGE", "actionThresholdValue": 100},
        "definition": {"iamActionDefinition": {"policyArn": STOP, "roles": [f"ml-dev-{tenant}-notebook"]}},
        "executionRoleArn": f"arn:aws:iam::{ACCOUNT}:role/platform/ml-dev-budget-actions",
        "subscribers": [{"address": "ml-platform@example.com", "subscriptionType": "EMAIL"}],
        "tags": TAGS,
    }
    return given("aws:budgets/budgetAction:BudgetAction", f"budget-stop-{tenant}", baseline, changes)


def budget_stop(**changes: Any) -> PackResource:
    """The policy that a spent budget attaches."""
    stop = {"Sid": "Stop", "Effect": "Deny", "Action": ["sagemaker:CreateTrainingJob"], "Resource": ["*"]}
    baseline = {"name": "ml-dev-budget-stop", "path": "/", "policy": _text(stop), "tags": TAGS}
    return given("aws:iam/policy:Policy", "budget-stop-policy", baseline, changes)


def budget_role(**changes: Any) -> PackResource:
    """The role that AWS Budgets acts as."""
    trusts = {
        "Sid": "Budgets",
        "Effect": "Allow",
        "Principal": {"Service": ["budgets.amazonaws.com"]},
        "Action": ["sts:AssumeRole"],
        "Condition": {"StringEquals": {"aws:SourceAccount": [ACCOUNT]}},
    }
    baseline = {"name": "ml-dev-budget-actions", "path": "/platform/", "assumeRolePolicy": _text(trusts), "tags": TAGS}
    return given("aws:iam/role:Role", "budget-stop-role", baseline, changes)


def budget_rights(**changes: Any) -> PackResource:
    """What that role may do, with elements of its one statement replaced, or taken away where they are None."""
    statement = {
        "Sid": "Stop",
        "Effect": "Allow",
        "Action": ["iam:AttachRolePolicy", "iam:DetachRolePolicy"],
        "Resource": [f"arn:aws:iam::{ACCOUNT}:role/tenants/*"],
        "Condition": {"ArnEquals": {"iam:PolicyARN": [STOP]}},
        **changes,
    }
    kept = {name: value for name, value in statement.items() if value is not None}
    baseline = {"role": "ml-dev-budget-actions", "policy": _text(kept)}
    return given("aws:iam/rolePolicy:RolePolicy", "budget-stop-role-policy", baseline, {})


def _text(*statements: Mapping[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def _deny(sid: str, **more: Any) -> dict[str, Any]:
    return {"Sid": sid, "Effect": "Deny", "Principal": "*", "Resource": [BUCKET, f"{BUCKET}/*"], **more}


STATEMENTS: dict[str, dict[str, Any]] = {
    "RecordCalls": {
        "Sid": "RecordCalls",
        "Effect": "Allow",
        "Principal": {"Service": ["cloudtrail.amazonaws.com"]},
        "Action": ["s3:GetBucketAcl", "s3:PutObject"],
        "Resource": [BUCKET, f"{BUCKET}/AWSLogs/{ACCOUNT}/*"],
        "Condition": {"StringEquals": {"aws:SourceAccount": [ACCOUNT]}},
    },
    "Added": _deny("Added", NotAction=["s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"]),
    "ByServices": _deny("ByServices", Action=["s3:PutObject"], Condition=NO_SERVICE),
    "Readers": _deny(
        "Readers",
        Action=["s3:*"],
        Condition={"ArnNotLike": {"aws:PrincipalArn": [DEPLOYER, BREAK_GLASS]}, **NO_SERVICE},
    ),
    "NotManagers": _deny(
        "NotManagers", Action=["s3:*"], Condition={"ArnEquals": {"aws:PrincipalArn": [DEPLOYER, BREAK_GLASS]}}
    ),
}


def records_policy(**changes: Any) -> PackResource:
    """The policy of the bucket of records with one statement changed, or without it where that is None."""
    kept = {**STATEMENTS, **changes}
    document = {"Version": "2012-10-17", "Statement": [one for one in kept.values() if one]}
    baseline = {"bucket": "ml-dev-audit-7f3a", "policy": json.dumps(document)}
    return given("aws:s3/bucketPolicy:BucketPolicy", "audit-policy", baseline, {})
