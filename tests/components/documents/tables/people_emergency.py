"""S3-A16, S2-J13, S4-J8: the everyday of administrators and auditors, and the emergency role."""

from __future__ import annotations

from iamproof import Principal
from tests.components.documents.calls import of, s3, sagemaker
from tests.components.documents.people import (
    ADAM,
    ANN,
    AUDREY,
    BREAK_GLASS,
    FRESH,
    OLDER,
    also,
    having,
    iam,
    own_user,
    tagged_as,
)
from tests.components.documents.tables.people_platform import ALL, BOTH, GRANTS, OUT, PEOPLE_BOUNDARY, ROLE, ec2
from tests.components.documents.world import (
    ACCOUNT,
    DEPLOYER,
    NAMING,
    STRANGERS_ACCOUNT,
    Ask,
    Caller,
    Lock,
    allowed,
    refused,
)

TOPIC = NAMING.arn("sns", NAMING.emergency_alarm_name())
RULE = NAMING.arn("events", f"rule/{NAMING.emergency_alarm_name()}")
RECORDS_RULE = NAMING.arn("events", f"rule/{NAMING.records_alarm_name()}")
EVERYDAY = (
    *(
        allowed(f"S2-J13 an administrator, {action} whosever", ADAM, sagemaker(action, f"{kind}/bob--x", of("bob")))
        for action, kind in (
            ("StopNotebookInstance", "notebook-instance"),
            ("DeleteNotebookInstance", "notebook-instance"),
            ("StopTrainingJob", "training-job"),
            ("DeleteEndpoint", "endpoint"),
            ("DeleteModel", "model"),
            ("DescribeEndpoint", "endpoint"),
        )
    ),
    allowed("an administrator lists what runs", ADAM, sagemaker("ListEndpoints")),
    allowed(
        "S2-J13 an administrator removes a log group",
        ADAM,
        Ask("logs:DeleteLogGroup", NAMING.arn("logs", "log-group:/aws/sagemaker/TrainingJobs")),
    ),
    *(
        allowed(f"S4-J9 an administrator, {action} as key warden", ADAM, iam(action, own_user(ANN)))
        for action in ("ListAccessKeys", "GetAccessKeyLastUsed", "UpdateAccessKey", "DeleteAccessKey")
    ),
    refused("S4-A12 the key warden touches a user of nobody's", ADAM, iam("UpdateAccessKey", "user/other"), by=GRANTS),
    allowed("S4-J8 an administrator takes a password away", ADAM, iam("DeleteLoginProfile", own_user(ANN))),
    allowed("S4-J8 an administrator takes a person out", ADAM, iam("RemoveUserFromGroup", "group/ml-dev-engineers")),
    refused("an administrator puts a person in", ADAM, iam("AddUserToGroup", "group/ml-dev-administrators"), by=BOTH),
    refused("an administrator makes a person", ADAM, iam("CreateUser", "user/ml-dev-eve"), by=BOTH),
    allowed("an administrator reads a role", ADAM, iam("GetRole", "role/tenants/alice/ml-dev-alice-job")),
    allowed(
        "an administrator starts the bastion",
        ADAM,
        ec2("StartInstances", "instance/i-0a1").but(context={"aws:ResourceTag/user": "platform"}),
    ),
    refused(
        "an administrator starts any machine",
        ADAM,
        ec2("StartInstances", "instance/i-0a1"),
        by=(Lock.GRANTS, Lock.BOUNDARY),
    ),
    refused(
        "an administrator to whom somebody attached a tenant's data reads no result",
        also(ADAM, "data", "work"),
        s3("GetObject", "results", "users/platform/x"),
    ),
)

AUDIT = (
    *(
        allowed(f"S3-A16 an auditor, {action}", AUDREY, Ask(action, resource, via=OUT))
        for action, resource in (
            ("iam:GetRole", NAMING.iam_arn("role/x")),
            ("iam:ListUsers", "*"),
            ("iam:GetAccountAuthorizationDetails", "*"),
            ("iam:GenerateCredentialReport", "*"),
            ("cloudtrail:LookupEvents", "*"),
            ("cloudtrail:GetTrailStatus", NAMING.arn("cloudtrail", "trail/x")),
            ("access-analyzer:ListFindings", NAMING.arn("access-analyzer", "analyzer/x")),
            ("config:DescribeConfigRules", "*"),
        )
    ),
    *(
        refused(f"S3-A16 an auditor, {action}", AUDREY, Ask(action, resource, via=OUT), by=locks)
        for action, resource, locks in (
            ("cloudtrail:StopLogging", NAMING.arn("cloudtrail", "trail/x"), (Lock.GRANTS, Lock.BOUNDARY)),
            ("config:DeleteConfigRule", NAMING.arn("config", "config-rule/x"), (Lock.GRANTS, Lock.BOUNDARY)),
            (
                "access-analyzer:DeleteAnalyzer",
                NAMING.arn("access-analyzer", "analyzer/x"),
                (Lock.GRANTS, Lock.BOUNDARY),
            ),
            ("iam:DeleteLoginProfile", NAMING.iam_arn(own_user(ANN)), GRANTS),
            ("iam:UpdateAccessKey", NAMING.iam_arn(own_user(ANN)), GRANTS),
        )
    ),
    refused(
        "an auditor stops a job", AUDREY, sagemaker("StopTrainingJob", "training-job/bob--x", of("bob")), by=GRANTS
    ),
    refused("an auditor takes on the emergency role", AUDREY, Ask("sts:AssumeRole", ROLE, via=OUT), by=GRANTS),
)

TAKE_ON = Ask("sts:AssumeRole", ROLE, via=OUT)
TRUST = (Lock.RESOURCE,)
NOT_EVEN_THEN: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("cloudtrail:StopLogging", NAMING.arn("cloudtrail", "trail/x"), {}),
    ("events:DisableRule", RULE, {}),
    ("events:PutRule", RECORDS_RULE, {}),
    ("sns:DeleteTopic", TOPIC, {}),
    ("sns:Unsubscribe", f"{TOPIC}:x", {}),
    *(
        (f"s3:{action}", NAMING.bucket_arn(purpose), {})
        for action in ("PutBucketPolicy", "PutLifecycleConfiguration")
        for purpose in ("audit", "access-logs")
    ),
    ("iam:UpdateAssumeRolePolicy", ROLE, {}),
    ("iam:UpdateRole", ROLE, {}),
    ("iam:CreatePolicyVersion", NAMING.people_policy_arn("break-glass"), {}),
    ("iam:CreateAccessKey", NAMING.iam_arn(own_user(ANN)), {}),
    ("iam:DeleteUserPermissionsBoundary", NAMING.iam_arn(own_user(ANN)), {}),
    ("iam:CreateUser", NAMING.iam_arn("user/x"), {}),
)
EMERGENCY = (
    allowed("an administrator takes on the emergency role, with a fresh factor", ADAM, TAKE_ON),
    refused("the emergency role without the factor", having(ADAM, {}), TAKE_ON, by=(*ALL, Lock.RESOURCE)),
    refused(
        "the emergency role with a factor of two hours",
        having(ADAM, OLDER),
        TAKE_ON,
        by=(Lock.GRANTS, Lock.BOUNDARY, Lock.RESOURCE),
    ),
    refused("a tenant's person takes on the emergency role", ANN, TAKE_ON, by=(*ALL, Lock.RESOURCE)),
    refused(
        "a tenant's person with every grant takes on the emergency role",
        Caller(ANN.principal, None, context=FRESH),
        TAKE_ON,
        by=TRUST,
    ),
    refused(
        "a user outside the stack takes on the emergency role",
        Caller(Principal.user(NAMING.iam_arn("user/other"), {"user": "platform"}), None, context=FRESH),
        TAKE_ON,
        by=TRUST,
    ),
    refused(
        "a stranger takes on the emergency role",
        Caller(
            Principal.user(f"arn:aws:iam::{STRANGERS_ACCOUNT}:user/ml-dev-x", {"user": "platform"}), None, context=FRESH
        ),
        TAKE_ON,
        by=TRUST,
    ),
    refused("the deployer takes on the emergency role", DEPLOYER, TAKE_ON, by=TRUST),
    refused("an administrator of no platform tag", tagged_as(ADAM, {"user": "alice"}), TAKE_ON, by=TRUST),
    *(
        allowed(f"in an emergency, {action}", BREAK_GLASS, Ask(action, resource, context, via=OUT))
        for action, resource, context in (
            ("s3:PutBucketPolicy", NAMING.bucket_arn("raw"), {}),
            ("s3:PutLifecycleConfiguration", NAMING.bucket_arn("results"), {}),
            ("iam:UpdateLoginProfile", NAMING.iam_arn(own_user(ANN)), {}),
            ("iam:DeactivateMFADevice", NAMING.iam_arn(own_user(ANN)), {}),
            ("ec2:RevokeSecurityGroupEgress", NAMING.arn("ec2", "security-group/sg-0a1"), {}),
            ("iam:CreateUser", NAMING.iam_arn("user/ml-dev-eve"), {"iam:PermissionsBoundary": PEOPLE_BOUNDARY}),
            ("iam:UpdateRole", NAMING.iam_arn("role/tenants/alice/x"), {}),
            ("events:DescribeRule", RULE, {}),
        )
    ),
    *(
        refused(
            f"in an emergency too, {action} on {resource.rpartition(':')[2]}",
            BREAK_GLASS,
            Ask(action, resource, context, via=OUT),
            by=(Lock.GUARDRAILS, Lock.BOUNDARY),
        )
        for action, resource, context in NOT_EVEN_THEN
    ),
    allowed(
        "the rule tells of the emergency",
        Caller(Principal.service("events.amazonaws.com")),
        Ask(
            "sns:Publish",
            TOPIC,
            {"aws:SourceArn": RULE, "aws:SourceAccount": ACCOUNT},
            via=OUT,
        ),
    ),
    *(
        refused(
            f"the topic is spoken to {how}",
            Caller(Principal.service("events.amazonaws.com")),
            Ask("sns:Publish", TOPIC, context, via=OUT),
            by=TRUST,
        )
        for how, context in {
            "by another rule": {"aws:SourceArn": NAMING.arn("events", "rule/x"), "aws:SourceAccount": ACCOUNT},
            "for another account": {
                "aws:SourceArn": RULE,
                "aws:SourceAccount": STRANGERS_ACCOUNT,
            },
            "by no rule": {"aws:SourceAccount": ACCOUNT},
            "for no account": {"aws:SourceArn": RULE},
        }.items()
    ),
)


ROWS = (*EVERYDAY, *AUDIT, *EMERGENCY)
