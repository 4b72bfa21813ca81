"""S3-A16: an auditor sees who may do what, what was done, whether records are kept, and nothing that tenants hold."""

from __future__ import annotations

from tests.components.documents.calls import key_use, s3, sagemaker
from tests.components.documents.people import ADAM, AUDREY
from tests.components.documents.world import ACCOUNT, NAMING, Ask, Lock, Via, allowed, refused

OUT = Via.NO_ENDPOINT
EITHER, FILES, ALL = (
    (Lock.GRANTS, Lock.BOUNDARY),
    (Lock.GRANTS, Lock.BOUNDARY, Lock.RESOURCE),
    (Lock.GRANTS, Lock.GUARDRAILS, Lock.BOUNDARY),
)
TRAIL = NAMING.arn("cloudtrail", "trail/ml-dev-trail")
CHECKS = NAMING.arn("config", "conformance-pack/ml-dev-checks/conformance-pack-x")
ANALYZER = NAMING.arn("access-analyzer", "analyzer/ml-dev-outside-access")
RECORDER = NAMING.arn("config", "configuration-recorder/ml-dev-changes/x")
RECORDS = f"AWSLogs/{ACCOUNT}/CloudTrail/x"

SEEN = {
    "which trails there are": ("cloudtrail:DescribeTrails", "*"),
    "how the trail is set": ("cloudtrail:GetTrail", TRAIL),
    "whether the trail is on": ("cloudtrail:GetTrailStatus", TRAIL),
    "what the trail watches": ("cloudtrail:GetEventSelectors", TRAIL),
    "what was done in the last 90 days": ("cloudtrail:LookupEvents", "*"),
    "how the recorder is set": ("config:DescribeConfigurationRecorders", RECORDER),
    "whether the recorder is on": ("config:DescribeConfigurationRecorderStatus", RECORDER),
    "where records of changes go": ("config:DescribeDeliveryChannels", "*"),
    "whether records of changes arrive": ("config:DescribeDeliveryChannelStatus", "*"),
    "which checks there are": ("config:DescribeConfigRules", "*"),
    "what the checks found": ("config:DescribeConformancePackCompliance", CHECKS),
    "what exactly the checks found": ("config:GetConformancePackComplianceDetails", CHECKS),
    "whether the checks are in place": ("config:DescribeConformancePackStatus", "*"),
    "what a resource was": ("config:GetResourceConfigHistory", "*"),
    "which analyzers there are": ("access-analyzer:ListAnalyzers", "*"),
    "how an analyzer is set": ("access-analyzer:GetAnalyzer", ANALYZER),
    "what an analyzer found": ("access-analyzer:ListFindings", ANALYZER),
    "one finding": ("access-analyzer:GetFinding", ANALYZER),
    "a tenant's role": ("iam:GetRole", NAMING.tenant_role_arn("alice", "job")),
    "what a policy says": ("iam:GetPolicyVersion", NAMING.tenant_policy_arn("boundary")),
    "when a right was last used": ("iam:GetServiceLastAccessedDetails", "*"),
}
STREAM = NAMING.arn("logs", "log-group:/aws/sagemaker/TrainingJobs:log-stream:alice--x")
# One action for each entry of what nobody does from outside the network.
LOOKS_AT_LOGS = (
    *("AssociateKmsKey", "CancelExportTask", "DeleteLogGroup", "DisassociateKmsKey", "FilterLogEvents", "GetDelivery"),
    *("IntegrateWithS3Table", "ListTagsForResource", "PutRetentionPolicy", "StopQuery", "TagLogGroup"),
    *("UpdateDeliveryConfiguration", "DescribeAccountPolicies", "DescribeConfigurationTemplates"),
    *("DescribeDestinations", "DescribeExportTasks", "DescribeFieldIndexes", "DescribeIndexPolicies"),
    *("DescribeLogStreams", "DescribeLookupTables", "DescribeMetricFilters", "DescribeQueries"),
    *("DescribeResourcePolicies", "DescribeSubscriptionFilters"),
)
TRAILS_GROUP = NAMING.arn("logs", f"log-group:{NAMING.log_group_name('trail')}")

ROWS = (
    *(
        allowed(f"S3-A16 an auditor sees {what}", AUDREY, Ask(action, resource, via=OUT))
        for what, (action, resource) in SEEN.items()
    ),
    *(
        allowed(
            f"S3-A16 {name} sees how long which logs are kept, {way.value}", who, Ask("logs:DescribeLogGroups", via=way)
        )
        for name, who in (("an auditor", AUDREY), ("an administrator", ADAM))
        for way in (Via.OWN_ENDPOINT, Via.NO_ENDPOINT)
    ),
    *(
        refused(f"S3-A16 {name} from outside: {action}", who, Ask(f"logs:{action}", TRAILS_GROUP, via=Via.NO_ENDPOINT))
        for name, who in (("an auditor", AUDREY), ("an administrator", ADAM))
        for action in LOOKS_AT_LOGS
    ),
    *(
        refused(f"S3-A16 an auditor reads the files of the {what}", AUDREY, s3("GetObject", purpose, key), by=FILES)
        for what, purpose, key in (("trail", "audit", RECORDS), ("requests to buckets", "access-logs", "raw/x"))
    ),
    refused("S3-A16 an auditor decrypts records", AUDREY, key_use("Decrypt", key="logs"), by=ALL),
    *(
        refused(f"S3-A16 an auditor, {action} on {whose}", AUDREY, Ask(action, resource), by=EITHER)
        for whose, action, resource in (
            ("a tenant's stream", "logs:GetLogEvents", STREAM),
            ("the trail's group", "logs:FilterLogEvents", TRAILS_GROUP),
            ("the trail's group", "logs:StartQuery", TRAILS_GROUP),
            ("the trail's group", "logs:PutRetentionPolicy", TRAILS_GROUP),
        )
    ),
    *(
        refused(f"S3-A16 an auditor, {action} on {whose}", AUDREY, Ask(action, resource, via=OUT), by=EITHER)
        for whose, action, resource in (
            ("the trail", "cloudtrail:PutEventSelectors", TRAIL),
            ("the trail", "cloudtrail:UpdateTrail", TRAIL),
            ("the recorder", "config:StopConfigurationRecorder", RECORDER),
            ("a finding", "access-analyzer:UpdateFindings", ANALYZER),
        )
    ),
    *(
        refused(f"S3-A16 an auditor, {action}", AUDREY, sagemaker(action, resource), by=(Lock.GRANTS, Lock.GUARDRAILS))
        for action, resource in (
            ("CreateTrainingJob", "training-job/x"),
            ("CreateModel", "model/x"),
            ("CreateEndpoint", "endpoint/x"),
            ("CreateNotebookInstance", "notebook-instance/x"),
        )
    ),
)
