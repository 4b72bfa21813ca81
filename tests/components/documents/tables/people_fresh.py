"""A factor said without its age, at its very limit, and what the emergency role repairs and leaves alone."""

from __future__ import annotations

from iamproof import Principal
from tests.components.documents.calls import (
    KEY_ARN,
    create_job,
    key_use,
    listing,
    of,
    s3,
    sagemaker,
    tag_on_create,
)
from tests.components.documents.people import (
    ADAM,
    ANN,
    ANN_STRICTLY,
    APRIL,
    BREAK_GLASS,
    DELIA,
    DIANA,
    DIANA_IN_TEST,
    having,
    iam,
    own_user,
)
from tests.components.documents.tables.people_entries import each, each_refused, on, plain
from tests.components.documents.tables.people_platform import BOTH, OUT, TENANT_BOUNDARY
from tests.components.documents.world import (
    ANONYMOUS,
    NAMING,
    SCOPE,
    Ask,
    Caller,
    Lock,
    allowed,
    refused,
)

GRANTS, HELD = (Lock.GRANTS,), (Lock.GUARDRAILS, Lock.BOUNDARY)
EMERGENCY = Ask("sts:AssumeRole", SCOPE.break_glass_arn(), via=OUT)
OF_NO_AGE = {"aws:MultiFactorAuthPresent": True}
OF_NO_PRESENCE = {"aws:MultiFactorAuthAge": 600}
AT_THE_LIMIT = {"aws:MultiFactorAuthPresent": True, "aws:MultiFactorAuthAge": 3600}
A_SECOND_LATER = {"aws:MultiFactorAuthPresent": True, "aws:MultiFactorAuthAge": 3601}
LONGEST = {"aws:MultiFactorAuthPresent": True, "aws:MultiFactorAuthAge": 43_200}
OWN = {
    "makes an own key": iam("CreateAccessKey", own_user(ANN)),
    "takes the own device off": iam("DeactivateMFADevice", own_user(ANN)),
    "removes an unused device": iam("DeleteVirtualMFADevice", "mfa/old"),
}
FRESHNESS = (
    *(
        allowed(f"S4-A10 a person {what}, with a factor of an hour to the second", having(ANN, AT_THE_LIMIT), ask)
        for what, ask in OWN.items()
    ),
    *(
        refused(f"S4-A10 a person {what}, {how}", having(ANN, factor), ask, by=locks)
        for what, ask in OWN.items()
        for how, factor, locks in (
            ("with a factor of an hour and a second", A_SECOND_LATER, GRANTS),
            ("with a factor of no age", OF_NO_AGE, BOTH),
            ("with an age and nothing else", OF_NO_PRESENCE, BOTH),
        )
    ),
    allowed("the emergency role, with a factor of an hour to the second", having(ADAM, AT_THE_LIMIT), EMERGENCY),
    *(
        refused(
            f"the emergency role, {how}", having(ADAM, factor), EMERGENCY, by=(*locks, Lock.BOUNDARY, Lock.RESOURCE)
        )
        for how, factor, locks in (
            ("with a factor of an hour and a second", A_SECOND_LATER, GRANTS),
            ("with a factor of no age", OF_NO_AGE, BOTH),
            ("with an age and nothing else", OF_NO_PRESENCE, BOTH),
        )
    ),
    *(
        allowed(f"S1-A8 {who} with a factor of twelve hours to the second", having(caller, LONGEST), ask)
        for who, caller, ask in (
            ("a person", ANN, sagemaker("ListNotebookInstances")),
            ("an approver", APRIL, sagemaker("ListModelPackageGroups")),
            ("an administrator", ADAM, sagemaker("ListModels")),
        )
    ),
    *(
        refused(f"S1-A8 {who} with an age and no factor", having(caller, OF_NO_PRESENCE), ask)
        for who, caller, ask in (
            ("a person", ANN, sagemaker("ListNotebookInstances")),
            ("an approver", APRIL, sagemaker("ListModelPackageGroups")),
            ("an administrator", ADAM, sagemaker("ListModels")),
        )
    ),
)

PACKAGES = "model-package-group/alice--x"
PARTS = (
    allowed("an approver looks at a group", APRIL, sagemaker("DescribeModelPackageGroup", PACKAGES, of("alice"))),
    refused(
        "an author tags a group for nobody",
        DIANA,
        tag_on_create("CreateModelPackageGroup", PACKAGES).but(context={"aws:RequestTag/user": None}),
        by=GRANTS,
    ),
    refused(
        "a kept notebook of nobody's is opened",
        ANN_STRICTLY,
        sagemaker("CreatePresignedNotebookInstanceUrl", "notebook-instance/x"),
        by=BOTH,
    ),
    refused(
        "a delegate makes a person of no owner, its boundary said",
        DELIA,
        iam(
            "CreateUser",
            "user/ml-dev-eve",
            {
                "iam:PermissionsBoundary": NAMING.people_policy_arn("boundary"),
                "aws:RequestTag/security-group": "sg-0a11ce00000000001",
            },
        ),
        by=GRANTS,
    ),
    *(
        allowed(f"S3 3.5 whoever trains in test, {action}", DIANA_IN_TEST, *create_job(action, kind))
        for action, kind in (
            ("CreateHyperParameterTuningJob", "hyper-parameter-tuning-job"),
            ("CreateProcessingJob", "processing-job"),
        )
    ),
    allowed(
        "S3 3.5 whoever trains in test, CreateTransformJob",
        DIANA_IN_TEST,
        *create_job(
            "CreateTransformJob",
            "transform-job",
            **{"sagemaker:ModelArn": NAMING.sagemaker_arn("model/alice--digits")},
        )[:2],
    ),
    allowed("whoever looks at results, older names", DIANA_IN_TEST, listing("users/alice/", "ListBucketVersions")),
    *(
        allowed(f"whoever looks at results asks where {purpose} is", DIANA_IN_TEST, s3("GetBucketLocation", purpose))
        for purpose in ("raw", "shared", "staging")
    ),
    *(
        allowed(f"whoever looks at results, {action}", DIANA_IN_TEST, key_use(action))
        for action in ("GenerateDataKey", "DescribeKey")
    ),
    allowed("whoever looks at results decrypts through SageMaker", DIANA_IN_TEST, key_use("Decrypt", "sagemaker")),
    allowed(
        "S2-A17 a person's session carries its channel",
        Caller(ANN.principal, ("everything", *(ANN.carries or ())), ANN.boundary, ANN.context),
        Ask("ssmmessages:OpenDataChannel", via=OUT),
    ),
)

TOPIC_ARN = NAMING.arn("sns", NAMING.emergency_alarm_name())
RULE_ARN = NAMING.arn("events", f"rule/{NAMING.emergency_alarm_name()}")
REPAIRED = (
    *(
        iam(action, own_user(ANN))
        for action in (
            *("EnableMFADevice", "GetUser", "ListAccessKeys", "PutUserPolicy", "ResyncMFADevice"),
            *("TagUser", "DeleteLoginProfile", "UpdateUser"),
        )
    ),
    iam("AddUserToGroup", "group/ml-dev-administrators"),
    iam("RemoveUserFromGroup", "group/ml-dev-administrators"),
    iam("SetDefaultPolicyVersion", "policy/x"),
    *(
        s3(action, "results")
        for action in ("GetBucketPolicy", "PutBucketPolicy", "ListBucket", "GetLifecycleConfiguration")
    ),
    Ask("s3:ListAllMyBuckets", via=OUT),
    *(
        Ask(f"kms:{action}", KEY_ARN, via=OUT)
        for action in ("DescribeKey", "GetKeyPolicy", "PutKeyPolicy", "EnableKey")
    ),
    Ask("kms:CancelKeyDeletion", KEY_ARN, via=OUT),
    *plain("kms", "ListAliases"),
    *(sagemaker(f"{verb}Endpoint", "endpoint/bob--x", of("bob"), via=OUT) for verb in ("Describe", "Delete")),
    sagemaker("StopTrainingJob", "training-job/bob--x", of("bob"), via=OUT),
    sagemaker("ListModels", via=OUT),
    *on("logs", "log-group:/aws/sagemaker/TrainingJobs", "DescribeLogStreams"),
    *plain("cloudwatch", "DescribeAlarms"),
    *plain("cloudtrail", "LookupEvents"),
    *plain("config", "DescribeConfigRules"),
    *plain("sns", "ListTopics"),
    *plain("ssm", "DescribeSessions", "ListCommands", "CancelCommand", "GetCommandInvocation"),
    *on("ssm", "document/AWS-RunShellScript", "SendCommand"),
    *on("ssm", "session/x", "ResumeSession", "TerminateSession"),
    *on("ec2", "instance/i-0a1", "StartInstances"),
    Ask("ssm:StartSession", NAMING.arn("ec2", "instance/i-0a1"), via=OUT),
    *on("logs", "log-group:/ml-dev/flow-logs:log-stream:x", "GetLogEvents"),
    *on("logs", "log-group:/ml-dev/trail:*", "FilterLogEvents"),
    *on("logs", "log-group:/aws/sagemaker/TrainingJobs:*", "DeleteLogGroup", "PutRetentionPolicy"),
    *(s3(action, "results") for action in ("PutBucketVersioning", "PutLifecycleConfiguration")),
    *plain("sts", "GetCallerIdentity"),
)
BOUNDED = {"iam:PermissionsBoundary": TENANT_BOUNDARY}
LEFT_ALONE = (
    *on("cloudtrail", "trail/x", "StopLogging", "DeleteTrail", "UpdateTrail", "PutEventSelectors"),
    *on("cloudtrail", "eventdatastore/x", "DeleteEventDataStore"),
    *on("cloudtrail", "eventdatastore/x", "UpdateEventDataStore", "StopEventDataStoreIngestion"),
    *plain("config", "PutDeliveryChannel", "PutRetentionConfiguration"),
    *on("config", "configuration-recorder/x/1", "PutConfigurationRecorder"),
    *on("logs", "log-group:/ml-dev/flow-logs:*", "DeleteLogGroup", "PutRetentionPolicy"),
    *on("logs", "log-group:/ml-dev/trail:log-stream:x", "DeleteLogStream"),
    *on(
        "logs",
        "log-group:/aws/sagemaker/TrainingJobs:*",
        *("FilterLogEvents", "StartQuery", "StartLiveTail", "CreateExportTask", "PutSubscriptionFilter"),
    ),
    *on("logs", "log-group:/aws/sagemaker/TrainingJobs:log-stream:alice--x", "GetLogEvents"),
    *on("config", "config-rule/x", "DeleteConfigRule"),
    *on("config", "configuration-recorder/x/1", "StopConfigurationRecorder"),
    *on("ec2", "vpc-flow-log/fl-0a1", "DeleteFlowLogs"),
    *(
        Ask(f"events:{action}", RULE_ARN, via=OUT)
        for action in ("DisableRule", "DeleteRule", "PutRule", "PutTargets", "RemoveTargets")
    ),
    *(
        Ask(f"sns:{action}", TOPIC_ARN, via=OUT)
        for action in (
            *("DeleteTopic", "SetTopicAttributes", "AddPermission", "RemovePermission"),
            "PutDataProtectionPolicy",
        )
    ),
    iam("DeletePolicy", NAMING.people_policy_arn("break-glass")),
    *plain("sns", "SetSubscriptionAttributes"),
    *(
        iam(action, own_user(ANN))
        for action in (
            *("CreateServiceSpecificCredential", "ResetServiceSpecificCredential"),
            *("UploadSSHPublicKey", "UploadSigningCertificate"),
        )
    ),
    *(
        iam(action, "delegation-request/x")
        for action in ("AcceptDelegationRequest", "AssociateDelegationRequest", "SendDelegationToken")
    ),
    iam("CreateDelegationRequest"),
    iam("CreateSAMLProvider", "saml-provider/x"),
    *(
        iam(action, "oidc-provider/x")
        for action in (
            *("CreateOpenIDConnectProvider", "UpdateOpenIDConnectProviderThumbprint", "DeleteOpenIDConnectProvider"),
            "AddClientIDToOpenIDConnectProvider",
        )
    ),
    iam("CreateRole", "role/x"),
    iam("PutUserPermissionsBoundary", own_user(ANN)),
    iam("PutRolePermissionsBoundary", "role/x"),
)
BREAKING = (
    *each_refused(
        "in an emergency, not among the repairs",
        BREAK_GLASS,
        (
            *on("ssm", "parameter/x", "GetParameter", "PutParameter"),
            *plain("ssm", "CreateAssociation", "CreateActivation"),
            s3("GetObject", "raw", "x", via=OUT),
            Ask("kms:Decrypt", KEY_ARN, via=OUT),
            iam("PassRole", "role/x"),
        ),
        (Lock.GRANTS, Lock.BOUNDARY),
    ),
    *each("in an emergency to repair", BREAK_GLASS, REPAIRED),
    *each(
        "in an emergency under a boundary of the platform's",
        BREAK_GLASS,
        (
            iam("CreateRole", "role/x", BOUNDED),
            iam("PutRolePermissionsBoundary", "role/x", BOUNDED),
            iam("PutUserPermissionsBoundary", own_user(ANN), BOUNDED),
        ),
    ),
    *(
        refused(f"in an emergency, left alone, {action} of {purpose}", BREAK_GLASS, ask, by=HELD)
        for purpose in ("audit", "access-logs")
        for action in ("PutBucketPolicy", "PutBucketVersioning", "PutLifecycleConfiguration")
        for ask in [s3(action, purpose, via=OUT)]
    ),
    *each_refused("in an emergency, left alone", BREAK_GLASS, LEFT_ALONE, HELD),
    refused(
        "nobody named takes on the emergency role",
        ANONYMOUS,
        EMERGENCY.but(context={"aws:MultiFactorAuthPresent": True, "aws:MultiFactorAuthAge": 600}),
        by=(Lock.RESOURCE,),
    ),
    refused(
        "a user of no tag takes on the emergency role",
        Caller(Principal.user(ADAM.principal.arn or "", {}), None, context=AT_THE_LIMIT),
        EMERGENCY,
        by=(Lock.RESOURCE,),
    ),
)

ROWS = (*FRESHNESS, *PARTS, *BREAKING)
