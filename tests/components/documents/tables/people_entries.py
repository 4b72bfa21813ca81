"""What platform people do and do not, action by action: each entry of a grant has its journey, of a deny its try."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.components.documents.calls import KEY_ARN, of, s3, sagemaker
from tests.components.documents.people import ADAM, ANN, ANN_IN_PROD, AUDREY, DELIA, also, iam, own_user
from tests.components.documents.tables.people_platform import ALL, BOTH, OUT, PEOPLE_BOUNDARY, TENANT_BOUNDARY, ec2
from tests.components.documents.world import IDS, NAMING, Ask, Caller, Lock, Row, Via, allowed, refused

if TYPE_CHECKING:
    from collections.abc import Mapping

GROUP = NAMING.arn("logs", "log-group:/aws/sagemaker/TrainingJobs")
ROLE, PROVIDER = "role/tenants/alice/ml-dev-alice-job", "oidc-provider/x"


def plain(service: str, *names: str) -> tuple[Ask, ...]:
    """Return requests on no single resource, from outside."""
    return tuple(Ask(f"{service}:{name}", via=OUT) for name in names)


def on(service: str, resource: str, *names: str) -> tuple[Ask, ...]:
    """Return requests on one resource of this account, from outside."""
    return tuple(Ask(f"{service}:{name}", NAMING.arn(service, resource), via=OUT) for name in names)


def each(sentence: str, who: Caller, asks: tuple[Ask, ...]) -> tuple[Row, ...]:
    """Return an allowed row for each request."""
    return tuple(allowed(f"{sentence}, {ask.action}", who, ask) for ask in asks)


def each_refused(
    sentence: str, who: Caller, asks: tuple[Ask, ...], by: tuple[Lock, ...] = (Lock.GUARDRAILS,)
) -> tuple[Row, ...]:
    """Return a refused row for each request."""
    return tuple(refused(f"{sentence}, {ask.action}", who, ask, by=by) for ask in asks)


SEEN = (
    *plain(
        "ec2",
        *("DescribeVpcs", "DescribeSubnets", "DescribeSecurityGroups", "DescribeSecurityGroupRules"),
        *("DescribeNetworkAcls", "DescribeNetworkInterfaces", "DescribeVpcEndpoints", "DescribeInstances"),
        *("DescribeInstanceStatus", "DescribeFlowLogs"),
    ),
    *plain("iam", "ListUsers", "ListGroups", "ListRoles", "ListPolicies", "GetAccountSummary"),
    *plain("cloudwatch", "GetMetricData", "ListMetrics"),
    *plain("cloudtrail", "LookupEvents"),
    *plain("kms", "ListAliases"),
    Ask("logs:DescribeLogGroups"),
    iam("ListAttachedUserPolicies", own_user(ANN)),
    *(
        sagemaker(f"List{kind}")
        for kind in (
            *("NotebookInstances", "TrainingJobs", "HyperParameterTuningJobs", "ProcessingJobs", "TransformJobs"),
            *("Models", "ModelPackageGroups", "EndpointConfigs", "Endpoints"),
        )
    ),
)
THINGS = {
    "NotebookInstance": "notebook-instance/bob--x",
    "TrainingJob": "training-job/bob--x",
    "HyperParameterTuningJob": "hyper-parameter-tuning-job/bob--x",
    "ProcessingJob": "processing-job/bob--x",
    "TransformJob": "transform-job/bob--x",
    "Model": "model/bob--x",
    "ModelPackage": "model-package/bob--x/1",
    "ModelPackageGroup": "model-package-group/bob--x",
    "EndpointConfig": "endpoint-config/bob--x",
    "Endpoint": "endpoint/bob--x",
}
STOPPED = ("NotebookInstance", "TrainingJob", "HyperParameterTuningJob", "ProcessingJob", "TransformJob")
REMOVED = tuple(kind for kind in THINGS if kind != "TransformJob")
ADMINISTRATION = (
    *each("an administrator sees", ADAM, SEEN),
    *each(
        "an administrator sees what tenants run",
        ADAM,
        (
            *(sagemaker(f"Describe{kind}", thing, of("bob")) for kind, thing in THINGS.items()),
            sagemaker("ListTags", "endpoint/bob--x", of("bob")),
        ),
    ),
    *each(
        "S2-J13 an administrator cleans up after a tenant",
        ADAM,
        (
            *(sagemaker(f"Stop{kind}", THINGS[kind], of("bob")) for kind in STOPPED),
            *(sagemaker(f"Delete{kind}", THINGS[kind], of("bob")) for kind in REMOVED),
        ),
    ),
    *each(
        "an administrator runs the bastion",
        ADAM,
        tuple(
            ec2(action, "instance/i-0a1").but(context={"aws:ResourceTag/user": "platform"})
            for action in ("StartInstances", "StopInstances", "RebootInstances")
        ),
    ),
    allowed("an administrator asks who it is", ADAM, Ask("sts:GetCallerIdentity")),
    allowed("a person asks who it is", ANN, Ask("sts:GetCallerIdentity")),
    allowed(
        "a person with metrics lists them",
        also(ANN, "people/metrics"),
        Ask("cloudwatch:ListMetrics", via=Via.FORWARDED),
    ),
    allowed("a person lists metrics", ANN_IN_PROD, Ask("cloudwatch:ListMetrics", via=Via.FORWARDED)),
)

MADE = each_refused(
    "an administrator makes identities",
    ADAM,
    (
        *(iam(name, ROLE) for name in ("CreateRole", "AttachRolePolicy", "DetachRolePolicy", "TagRole", "UntagRole")),
        iam("CreateGroup", "group/ml-dev-x"),
        iam("CreateLoginProfile", own_user(ANN)),
        iam("TagUser", own_user(ANN)),
        iam("UntagUser", own_user(ANN)),
    ),
    BOTH,
)

RECORDS = (
    *on("cloudtrail", "trail/x", "GetTrail", "GetTrailStatus", "GetEventSelectors", "GetInsightSelectors"),
    *on("access-analyzer", "analyzer/x", "GetFinding", "GetAnalyzer", "ListFindings"),
    *on("config", "config-rule/x", "GetComplianceDetailsByConfigRule"),
    *on("config", "configuration-recorder/x/1", *(f"DescribeConfigurationRecorder{what}" for what in ("s", "Status"))),
    *plain("cloudtrail", "LookupEvents", "DescribeTrails", "ListTrails"),
    *plain("access-analyzer", "ListAnalyzers"),
    *plain("config", "DescribeConformancePacks"),
    *plain(
        "config",
        *("DescribeConfigRules", "DescribeConfigRuleEvaluationStatus", "DescribeComplianceByConfigRule"),
        *("GetComplianceSummaryByConfigRule", "GetDiscoveredResourceCounts", "ListDiscoveredResources"),
    ),
    *plain(
        "iam",
        *("GetAccountAuthorizationDetails", "GetAccountPasswordPolicy", "GetAccountSummary"),
        *("GenerateCredentialReport", "GetCredentialReport", "GetServiceLastAccessedDetails"),
        *("ListUsers", "ListGroups", "ListRoles", "ListPolicies", "ListVirtualMFADevices", "ListSAMLProviders"),
        "ListOpenIDConnectProviders",
    ),
    iam("GetSAMLProvider", "saml-provider/x"),
    iam("GetOpenIDConnectProvider", "oidc-provider/x"),
    iam("ListAttachedRolePolicies", ROLE),
)
AUDIT = each("S3-A16 an auditor reads", AUDREY, RECORDS)

BOUNDED = {"iam:PermissionsBoundary": TENANT_BOUNDARY}
SHARED = {**BOUNDED, "iam:PolicyARN": NAMING.tenant_policy_arn("data")}
DELEGATION = (
    *each("S3-A10 a delegate sees", DELIA, plain("iam", "ListUsers", "ListGroups", "ListRoles", "ListPolicies")),
    allowed("S3-A10 a delegate takes a password back", DELIA, iam("DeleteLoginProfile", own_user(ANN), of("alice"))),
    allowed("S3-A10 a delegate detaches", DELIA, iam("DetachRolePolicy", "role/delegated/x", SHARED)),
    *(
        allowed(f"S3-A10 a delegate, {action} of {group}", DELIA, iam(action, f"group/ml-dev-{group}"))
        for action in ("AddUserToGroup", "RemoveUserFromGroup")
        for group in ("engineers", "data-scientists", "mlops")
    ),
    refused(
        "S3-A10 a delegate attaches what nobody names",
        DELIA,
        iam("AttachRolePolicy", "role/delegated/x", BOUNDED),
        by=(Lock.GRANTS,),
    ),
    refused(
        "S3-A10 a delegate writes a policy into a role without a boundary",
        DELIA,
        iam("PutRolePolicy", "role/delegated/x"),
        by=ALL,
    ),
    *each_refused(
        "S3-A10 a delegate makes a role the platform's",
        DELIA,
        tuple(
            iam(action, "role/delegated/x", {**BOUNDED, "aws:RequestTag/user": "platform"})
            for action in ("CreateRole", "TagRole")
        ),
    ),
    *each_refused(
        "S3-A10 a delegate moves a role to another tenant",
        DELIA,
        tuple(iam(action, "role/delegated/x", of("alice")) for action in ("TagRole", "UntagRole")),
        ALL,
    ),
)

# One of each kind of what opens a network, beside those of the openings.
MORE_OPENINGS: Mapping[str, tuple[str, ...]] = {
    "ec2": (
        *("BundleInstance", "CreateDhcpOptions", "CreateFlowLogs", "CreateKeyPair", "CreateLocalGatewayRoute"),
        *("CreateManagedPrefixList", "CreatePlacementGroup", "CreateSubnet", "CreateNetworkAcl"),
        *("CreateNetworkInsightsPath", "CopyImage", "EnableVgwRoutePropagation", "ImportKeyPair", "MoveAddressToVpc"),
        *("ProvisionByoipCidr", "RegisterImage", "RequestSpotInstances", "RestoreAddressToClassic"),
        *("StartVpcEndpointServicePrivateDnsVerification", "UpdateSecurityGroupRuleDescriptionsEgress"),
        *("DeleteNetworkAcl", "DeleteNetworkAclEntry", "DeleteVpcBlockPublicAccessExclusion", "DeleteVpcEndpoints"),
        *("DisableAddressTransfer", "DisableEbsEncryptionByDefault", "DisableImageBlockPublicAccess"),
        *("DisableSnapshotBlockPublicAccess", "CreateNetworkInterface", "CreateNetworkInterfacePermission"),
        *("CreateOutpostLgwRoute", "CreateTransitGateway", "CreateVolume"),
    ),
    "route53resolver": (
        *("CreateResolverRule", "UpdateFirewallRule", "AssociateResolverRule", "DeleteFirewallRule"),
        "PutFirewallRuleGroupPolicy",
    ),
    "directconnect": ("CreateConnection",),
    "networkmanager": ("CreateGlobalNetwork",),
    "globalaccelerator": ("CreateAccelerator",),
    "vpc-lattice": ("CreateServiceNetwork",),
    "ram": ("CreateResourceShare",),
}
RULES = {
    "opens the network": tuple(ask for service, names in MORE_OPENINGS.items() for ask in plain(service, *names)),
    "changes a bucket": tuple(
        s3(action, "results")
        for action in (
            *("DeleteBucket", "DeleteBucketPolicy", "PutBucketVersioning", "PutReplicationConfiguration"),
            *("PutLifecycleConfiguration", "PutEncryptionConfiguration", "PutInventoryConfiguration"),
        )
    ),
    "uses a key": tuple(
        Ask(f"kms:{action}", KEY_ARN, via=OUT)
        for action in ("Decrypt", "Encrypt", "ReEncryptFrom", "ReEncryptTo", "GenerateDataKey", "CreateGrant")
    ),
    "opens a tenant's work": (
        sagemaker("CreatePresignedDomainUrl", "user-profile/x/alice", of("alice")),
        sagemaker("CreatePresignedNotebookInstanceUrl", "notebook-instance/alice--lab", of("alice")),
        sagemaker("StartNotebookInstance", "notebook-instance/alice--lab", of("alice")),
        sagemaker("UpdateNotebookInstance", "notebook-instance/alice--lab", of("alice")),
        *(Ask(f"logs:{name}", GROUP) for name in ("StartQuery", "StartLiveTail")),
        *(Ask(f"logs:{name}") for name in ("GetLogRecord", "GetQueryResults")),
    ),
    "comes to more rights": (
        iam("DeletePolicy", PEOPLE_BOUNDARY),
        iam("DeletePolicyVersion", PEOPLE_BOUNDARY),
        *(iam(action, own_user(ANN)) for action in ("DetachUserPolicy", "UpdateUser", "UploadSSHPublicKey")),
        iam("UploadSigningCertificate", own_user(ANN)),
        *(iam(action, "group/ml-dev-engineers") for action in ("DetachGroupPolicy", "UpdateGroup", "DeleteGroup")),
        *(iam(action, ROLE) for action in ("UpdateRole", "UpdateRoleDescription")),
        *plain("iam", "DeleteAccountPasswordPolicy"),
        *(
            iam(action, PROVIDER)
            for action in (
                *("CreateOpenIDConnectProvider", "DeleteOpenIDConnectProvider"),
                *("UpdateOpenIDConnectProviderThumbprint", "AddClientIDToOpenIDConnectProvider"),
                "RemoveClientIDFromOpenIDConnectProvider",
            )
        ),
        *(iam(action, "saml-provider/x") for action in ("UpdateSAMLProvider", "DeleteSAMLProvider")),
        *(Ask(f"sts:{name}", NAMING.iam_arn(ROLE), via=OUT) for name in ("AssumeRoleWithSAML", "TagSession")),
        Ask("sts:GetFederationToken", NAMING.iam_arn("federated-user/x"), via=OUT),
        *plain("organizations", "LeaveOrganization"),
        *plain("account", "PutAlternateContact"),
    ),
    "becomes somebody else": (iam("ChangePassword", own_user(ANN)),),
}
DENIED = tuple(row for what, asks in RULES.items() for row in each_refused(f"an administrator {what}", ADAM, asks))

WAYS_IN = (
    refused("an administrator reads a bucket's policy from outside", ADAM, s3("GetBucketPolicy", "results", via=OUT)),
    *(
        allowed(
            f"an administrator lists models by the endpoint of {service}",
            ADAM,
            sagemaker("ListModels", via=Via.FORWARDED).but(
                context={"aws:SourceVpce": IDS[f"endpoint/{service}"], "aws:ViaAWSService": False}
            ),
        )
        for service in ("sagemaker.runtime", "notebook", "sts")
    ),
)

ROWS = (*ADMINISTRATION, *MADE, *AUDIT, *DELEGATION, *DENIED, *WAYS_IN)
