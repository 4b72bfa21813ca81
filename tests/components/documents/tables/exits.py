"""`NoNewExits` and its like, action by action: whatever would open a way out, whoever is granted everything."""

from __future__ import annotations

from tests.components.documents.calls import of, pass_role, sagemaker, tagged
from tests.components.documents.world import (
    ALICE_GRANTED_ALL,
    ALICE_UNBOUND,
    GROUPS,
    NAMING,
    STRANGERS_ACCOUNT,
    UNTAGGED,
    WITHOUT_GROUP,
    Ask,
    Lock,
    Via,
    allowed,
    refused,
)

SM = "sagemaker:"
BUCKET = NAMING.bucket_arn("results")
OTHER_BUCKET = "arn:aws:s3:::other"
KEY = NAMING.arn("kms", "key/other")
SPELLINGS = (
    "uSER",
    "UsEr",
    "useR",
    "usEr",
    "usER",
    "uSer",
    "uSeR",
    "uSEr",
    "User",
    "UseR",
    "UsER",
    "USer",
    "USeR",
    "USEr",
    "USER",
)

WAYS_OUT = {
    "ec2": "CreateVpcEndpoint CreateVpcEndpointServiceConfiguration ModifyVpcEndpoint DeleteVpcEndpoints "
    "ModifyVpcEndpointServicePermissions CreateRoute CreateRouteTable ReplaceRoute ReplaceRouteTableAssociation "
    "AssociateRouteTable "
    "CreateInternetGateway CreateNatGateway CreateEgressOnlyInternetGateway CreateTransitGatewayVpcAttachment "
    "AttachInternetGateway AttachVpnGateway ModifyTransitGateway CreateVpcPeeringConnection AcceptVpcPeeringConnection "
    "AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress ModifySecurityGroupRules "
    "ModifyNetworkInterfaceAttribute RunInstances AllocateAddress AssociateAddress AcceptVpcEndpointConnections "
    "CreateNetworkAclEntry CreateNetworkInsightsPath CreateTrafficMirrorSession CreateVpnConnection "
    "CreateInstanceConnectEndpoint CreateVpcBlockPublicAccessExclusion CreateVerifiedAccessEndpoint CreateFlowLogs "
    "BundleInstance CopySnapshot EnableVgwRoutePropagation ImportKeyPair ModifyVpcBlockPublicAccessOptions "
    "MoveAddressToVpc PutResourcePolicy RegisterImage RequestSpotFleet RestoreAddressToClassic "
    "StartVpcEndpointServicePrivateDnsVerification UpdateSecurityGroupRuleDescriptionsEgress DeleteFlowLogs "
    "DeleteNetworkAcl DeleteVpcBlockPublicAccessExclusion DeleteVpcEncryptionControl DisableAllowedImagesSettings "
    "DisableEbsEncryptionByDefault DisableImageBlockPublicAccess DisableSnapshotBlockPublicAccess "
    + " ".join(f"Create{letter}nythingNew" for letter in "CDEFIKLMOPRSV"),
    "route53resolver": "CreateResolverEndpoint UpdateFirewallConfig AssociateResolverRule "
    "DisassociateFirewallRuleGroup DeleteResolverQueryLogConfig PutFirewallRuleGroupPolicy",
    "directconnect": "CreateConnection",
    "networkmanager": "CreateVpcAttachment",
    "globalaccelerator": "CreateAccelerator",
    "vpc-lattice": "CreateServiceNetworkVpcAssociation",
    "ram": "CreateResourceShare",
    "ecr": "SetRepositoryPolicy PutRegistryPolicy PutReplicationConfiguration",
    "logs": "PutResourcePolicy PutSubscriptionFilter PutDestination PutDestinationPolicy CreateExportTask "
    "PutAccountPolicy CreateDelivery PutDeliverySource PutDeliveryDestination IntegrateWithS3Table",
    "s3": "PutObjectAcl PutBucketAcl PutObjectVersionAcl CreateBucket DeleteBucket DeleteBucketPolicy PutBucketPolicy "
    "PutBucketCORS PutBucketWebsite PutAccountPublicAccessBlock PutReplicationConfiguration PutInventoryConfiguration "
    "CreateAccessPoint PutAccessPointPolicy CreateMultiRegionAccessPoint CreateJob BypassGovernanceRetention",
    "sns": "Subscribe AddPermission",
    "glue": "CreateJob StartJobRun UpdateJob",
    "codebuild": "CreateProject StartBuild",
    "states": "StartExecution",
    "lambda": "CreateFunction UpdateFunctionCode AddPermission InvokeFunction",
    "kms": "PutKeyPolicy ScheduleKeyDeletion DisableKey",
    "sts": "AssumeRole AssumeRoleWithWebIdentity AssumeRoot GetFederationToken",
    "tag": "TagResources UntagResources",
    "iam": "TagRole UntagRole TagUser UntagUser",
}
ON = {"s3": OTHER_BUCKET, "kms": KEY}

IN_A_STRANGERS_ACCOUNT = {
    "s3:PutObject": "arn:aws:s3:::strangers/x",
    "sns:Publish": "sns",
    "sqs:SendMessage": "sqs",
    "lambda:ListTags": "lambda",
    "secretsmanager:GetSecretValue": "secretsmanager",
    "codecommit:GitPush": "codecommit",
    "ecr:BatchGetImage": "ecr",
    "kms:Encrypt": "kms",
    "sagemaker:InvokeEndpoint": "sagemaker",
    "logs:PutLogEvents": "logs",
}

OPENINGS = tuple(
    refused(f"a way out: {service}:{action}", ALICE_UNBOUND, Ask(f"{service}:{action}", ON.get(service, "*")))
    for service, actions in WAYS_OUT.items()
    for action in actions.split()
)

STRANGERS = tuple(
    refused(
        f"{action} in a stranger's account, all grants given",
        ALICE_UNBOUND,
        Ask(
            action,
            where if where.startswith("arn:") else f"arn:aws:{where}:ap-northeast-1:{STRANGERS_ACCOUNT}:x/y",
            {"aws:ResourceTag/user": "alice"},
            owner=STRANGERS_ACCOUNT,
        ),
    )
    for action, where in IN_A_STRANGERS_ACCOUNT.items()
)

# What lies beside a way out and is no business of these documents: the grants decide.
BESIDE = tuple(
    allowed(f"{action} passes the guardrails, all grants given", ALICE_UNBOUND, Ask(action, resource, via=way))
    for action, resource, way in (
        ("ec2:DescribeInstances", "*", Via.FORWARDED),
        ("s3:GetBucketTagging", OTHER_BUCKET, Via.OWN_ENDPOINT),
        ("logs:DescribeLogGroups", "*", Via.OWN_ENDPOINT),
        ("iam:GetRole", NAMING.iam_arn("role/x"), Via.FORWARDED),
        ("sts:GetSessionToken", "*", Via.FORWARDED),
        ("ssm:StartSession", NAMING.arn("ec2", "instance/i-1"), Via.FORWARDED),
        ("ssmmessages:OpenDataChannel", "*", Via.FORWARDED),
        ("ec2-instance-connect:SendSSHPublicKey", NAMING.arn("ec2", "instance/i-1"), Via.FORWARDED),
        *(
            (f"ecr:{action}", NAMING.arn("ecr", "repository/own"), Via.NO_ENDPOINT)
            for action in ("BatchCheckLayerAvailability", "GetDownloadUrlForLayer", "BatchGetImage")
        ),
        ("ecr:GetAuthorizationToken", "*", Via.NO_ENDPOINT),
    )
)

MORE = (
    *(
        refused(
            f"a creation with {spelling} beside the tag",
            ALICE_GRANTED_ALL,
            sagemaker(
                "CreateModelPackageGroup",
                "model-package-group/alice--x",
                {**tagged(), "aws:TagKeys": ["user", spelling]},
            ),
        )
        for spelling in SPELLINGS
    ),
    refused(
        "a call that does not say whether a service makes it, from outside",
        ALICE_GRANTED_ALL,
        sagemaker("DescribeModel", "model/alice--x", of("alice", **{"aws:ViaAWSService": None}), via=Via.NO_ENDPOINT),
    ),
    refused(
        "a principal without a group changes a notebook",
        WITHOUT_GROUP,
        sagemaker("UpdateNotebookInstance", "notebook-instance/alice--x", of("alice")),
    ),
    refused(
        "a principal without a group makes an interface",
        WITHOUT_GROUP,
        Ask("ec2:CreateNetworkInterface", NAMING.arn("ec2", "network-interface/*"), via=Via.NO_ENDPOINT),
    ),
    *(
        refused(
            f"a foreign lifecycle configuration by update, {how}",
            ALICE_GRANTED_ALL,
            sagemaker(
                "UpdateNotebookInstance",
                "notebook-instance/alice--x",
                of("alice", **{SM + "NotebookInstanceLifecycleConfigArns": scripts}),
            ),
        )
        for how, scripts in {
            "alone": [NAMING.sagemaker_arn("notebook-instance-lifecycle-config/other")],
            "beside the platform's": [
                NAMING.lifecycle_configuration_arn(),
                NAMING.sagemaker_arn("notebook-instance-lifecycle-config/other"),
            ],
        }.items()
    ),
    refused(
        "an untagged principal writes logs",
        UNTAGGED,
        Ask("logs:PutLogEvents", NAMING.arn("logs", "log-group:/aws/sagemaker/TrainingJobs:log-stream:alice--j")),
    ),
    refused(
        "an untagged principal passes a role that bears no name",
        UNTAGGED,
        pass_role(),
        by=(Lock.GUARDRAILS, Lock.GRANTS, Lock.BOUNDARY),
    ),
    *(
        refused(
            f"an inference component on {whose} endpoint, all grants given",
            ALICE_GRANTED_ALL,
            sagemaker(
                "CreateInferenceComponent",
                "endpoint/x",
                {**tagged(), **owner, SM + "ModelArn": NAMING.sagemaker_arn("model/alice--m")},
            ),
        )
        for whose, owner in {"bob's": of("bob"), "an untagged": of(None)}.items()
    ),
    refused(
        "bob's group of packages is removed, though its tag says alice",
        ALICE_GRANTED_ALL,
        sagemaker("DeleteModelPackageGroup", "model-package-group/bob--x", of("alice")),
    ),
    refused(
        "a notebook in bob's security group, as its own",
        ALICE_UNBOUND,
        Ask("ec2:CreateNetworkInterface", NAMING.arn("ec2", f"security-group/{GROUPS['bob']}"), via=Via.NO_ENDPOINT),
    ),
)

ROWS = (*OPENINGS, *STRANGERS, *BESIDE, *MORE)
