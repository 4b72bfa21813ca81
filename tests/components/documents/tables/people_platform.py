"""S3-A10, S3-A16 and promise P8 for people: administrators, delegated administrators, auditors, the emergency role."""

from __future__ import annotations

from tests.components.documents.calls import KEY_ARN, key_use, listing, of, s3, sagemaker
from tests.components.documents.people import (
    ADAM,
    ANN,
    AUDREY,
    DELIA,
    iam,
    own_user,
)
from tests.components.documents.world import (
    NAMING,
    SCOPE,
    Ask,
    Lock,
    Via,
    allowed,
    refused,
)

OUT = Via.NO_ENDPOINT
GRANTS = (Lock.GRANTS,)
BOTH = (Lock.GUARDRAILS, Lock.GRANTS)
ALL = (*BOTH, Lock.BOUNDARY)
PLATFORM_PEOPLE = {"an administrator": ADAM, "a delegated administrator": DELIA, "an auditor": AUDREY}
ROLE = SCOPE.break_glass_arn()
PEOPLE_BOUNDARY = NAMING.people_policy_arn("boundary")
TENANT_BOUNDARY = NAMING.tenant_policy_arn("boundary")


def ec2(action: str, resource: str = "*") -> Ask:
    """Return an EC2 request; EC2 has no endpoint here."""
    return Ask(f"ec2:{action}", resource if resource == "*" else NAMING.arn("ec2", resource), via=OUT)


OPENINGS = {
    "CreateInternetGateway": "internet-gateway/*",
    "AttachInternetGateway": "vpc/vpc-0a1",
    "CreateEgressOnlyInternetGateway": "vpc/vpc-0a1",
    "CreateNatGateway": "natgateway/*",
    "CreateRoute": "route-table/rtb-0a1",
    "ReplaceRoute": "route-table/rtb-0a1",
    "AssociateRouteTable": "route-table/rtb-0a1",
    "CreateVpcPeeringConnection": "vpc-peering-connection/*",
    "AcceptVpcPeeringConnection": "vpc-peering-connection/pcx-0a1",
    "CreateVpcEndpoint": "vpc-endpoint/*",
    "ModifyVpcEndpoint": "vpc-endpoint/vpce-0a1",
    "CreateTransitGatewayVpcAttachment": "transit-gateway-attachment/*",
    "CreateVpnConnection": "vpn-connection/*",
    "CreateVpnGateway": "*",
    "AllocateAddress": "elastic-ip/*",
    "AssociateAddress": "elastic-ip/eipalloc-0a1",
    "AuthorizeSecurityGroupEgress": "security-group/sg-0a1",
    "AuthorizeSecurityGroupIngress": "security-group/sg-0a1",
    "ModifySubnetAttribute": "subnet/subnet-0a1",
    "ReplaceNetworkAclEntry": "network-acl/acl-0a1",
    "ModifyVpcAttribute": "vpc/vpc-0a1",
    "RunInstances": "instance/*",
    "DeleteFlowLogs": "vpc-flow-log/fl-0a1",
    "CreateClientVpnEndpoint": "client-vpn-endpoint/*",
}

NETWORK = (
    *(
        refused(f"the network is opened by {name}, {action}", who, ec2(action, resource), by=ALL)
        for name, who in PLATFORM_PEOPLE.items()
        for action, resource in OPENINGS.items()
        if name == "an administrator" or action in {"CreateRoute", "CreateVpcEndpoint"}
    ),
    *(
        refused(f"the network is opened by a tenant's person, {action}", ANN, ec2(action, OPENINGS[action]), by=ALL)
        for action in (
            "CreateInternetGateway",
            "AttachInternetGateway",
            "CreateNatGateway",
            "CreateRoute",
            "CreateVpcPeeringConnection",
            "CreateVpcEndpoint",
            "AllocateAddress",
            "AuthorizeSecurityGroupEgress",
            "RunInstances",
        )
    ),
    allowed("an administrator looks at routes", ADAM, ec2("DescribeRouteTables")),
    refused(
        "the firewall of names is taken off",
        ADAM,
        Ask(
            "route53resolver:DisassociateFirewallRuleGroup",
            "arn:aws:route53resolver:ap-northeast-1:111122223333:firewall-rule-group-association/x",
            via=OUT,
        ),
        by=ALL,
    ),
)

TENANT_DATA = {
    "reads a result": (s3("GetObject", "results", "users/platform/x"), ALL),
    "reads a tenant's result": (s3("GetObject", "results", "users/alice/x"), (*ALL, Lock.RESOURCE)),
    "reads raw data": (s3("GetObject", "raw", "x"), ALL),
    "writes raw data": (s3("PutObject", "raw", "x"), (*ALL, Lock.RESOURCE)),
    "restores an older version": (s3("GetObjectVersion", "results", "users/alice/x"), (*ALL, Lock.RESOURCE)),
    "lists a tenant's names": (listing("users/alice/"), (Lock.GRANTS, Lock.BOUNDARY, Lock.RESOURCE)),
    "opens a bucket": (s3("PutBucketPolicy", "results"), (*ALL, Lock.RESOURCE)),
    "decrypts": (key_use("Decrypt"), ALL),
    "decrypts directly": (Ask("kms:Decrypt", KEY_ARN, via=OUT), (*ALL, Lock.RESOURCE)),
    "changes the key's policy": (Ask("kms:PutKeyPolicy", KEY_ARN, via=OUT), (*ALL, Lock.RESOURCE)),
    "opens a notebook": (
        sagemaker("CreatePresignedNotebookInstanceUrl", "notebook-instance/alice--lab", of("alice")),
        ALL,
    ),
    "calls an endpoint": (sagemaker("InvokeEndpoint", "endpoint/alice--x", of("alice")), ALL),
    "reads a tenant's logs": (
        Ask("logs:GetLogEvents", NAMING.arn("logs", "log-group:/aws/sagemaker/TrainingJobs:log-stream:alice--x")),
        ALL,
    ),
    "searches the logs": (
        Ask("logs:FilterLogEvents", NAMING.arn("logs", "log-group:/aws/sagemaker/TrainingJobs")),
        ALL,
    ),
    "starts a job as a tenant": (sagemaker("CreateTrainingJob", "training-job/alice--x"), ALL),
    "passes a tenant's role": (
        iam("PassRole", "role/tenants/alice/ml-dev-alice-job", {"iam:PassedToService": "sagemaker.amazonaws.com"}),
        ALL,
    ),
    "takes on a tenant's role": (
        Ask("sts:AssumeRole", NAMING.tenant_role_arn("alice", "job"), via=OUT),
        (*ALL, Lock.RESOURCE),
    ),
}
DATA = tuple(
    refused(f"S3-A16 {name} {what}", who, ask, by=locks)
    for name, who in PLATFORM_PEOPLE.items()
    for what, (ask, locks) in TENANT_DATA.items()
)

MORE_RIGHTS = {
    "loosens a boundary": iam("DeleteUserPermissionsBoundary", own_user(ANN)),
    "loosens the own boundary": iam("DeleteUserPermissionsBoundary", own_user(ADAM)),
    "swaps a boundary": iam("PutUserPermissionsBoundary", own_user(ADAM), {"iam:PermissionsBoundary": TENANT_BOUNDARY}),
    "loosens a role's boundary": iam("DeleteRolePermissionsBoundary", "role/tenants/alice/ml-dev-alice-job"),
    "changes the boundary itself": iam("CreatePolicyVersion", PEOPLE_BOUNDARY),
    "goes back to an older boundary": iam("SetDefaultPolicyVersion", PEOPLE_BOUNDARY),
    "gives itself everything": iam(
        "AttachUserPolicy", own_user(ADAM), {"iam:PolicyARN": "arn:aws:iam::aws:policy/AdministratorAccess"}
    ),
    "writes itself a policy": iam("PutUserPolicy", own_user(ADAM)),
    "gives its group everything": iam("AttachGroupPolicy", "group/ml-dev-administrators"),
    "writes a group's policy": iam("PutGroupPolicy", "group/ml-dev-administrators"),
    "changes whom a role trusts": iam("UpdateAssumeRolePolicy", "role/tenants/alice/ml-dev-alice-job"),
    "resets a password": iam("UpdateLoginProfile", own_user(ANN)),
    "makes another's key": iam("CreateAccessKey", own_user(ANN)),
    "enrols another's device": iam("EnableMFADevice", own_user(ANN)),
    "takes another's device off": iam("DeactivateMFADevice", own_user(ANN)),
    "makes another's Git password": iam("CreateServiceSpecificCredential", own_user(ANN)),
    "weakens the passwords of all": iam("UpdateAccountPasswordPolicy"),
    "adds a sign-in provider": iam("CreateSAMLProvider", "saml-provider/x"),
    "makes a policy": iam("CreatePolicy", "policy/x"),
}
# What the boundary leaves to every person for its own user: the denies and the grants hold the rest.
OWN_CREDENTIALS = {"makes another's key", "enrols another's device", "takes another's device off"}
RIGHTS = (
    *(
        refused(f"S3-A10 {name} {what}", who, ask, by=BOTH if what in OWN_CREDENTIALS else ALL)
        for name, who in PLATFORM_PEOPLE.items()
        for what, ask in MORE_RIGHTS.items()
    ),
    *(
        refused(f"S0-A7 a tenant's person {what}", ANN, MORE_RIGHTS[what], by=(Lock.GRANTS, Lock.BOUNDARY))
        for what in ("loosens a boundary", "writes itself a policy", "changes the boundary itself", "resets a password")
    ),
)

ROWS = (*NETWORK, *DATA, *RIGHTS)
