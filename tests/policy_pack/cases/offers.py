"""Cases of the rules about what is offered to others and about settings of the account."""

from __future__ import annotations

from tests.policy_pack.harness import ABSENT, UNKNOWN, Case, absent, component, fails, passes, unknown

SERVICE = component("aws:ec2/vpcEndpointService:VpcEndpointService", "offer", acceptanceRequired=True)
PRINCIPAL = component("aws:ec2/vpcEndpointServiceAllowedPrinciple:VpcEndpointServiceAllowedPrinciple", "everybody")
TUNNEL = component("aws:ec2transitgateway/instanceConnectEndpoint:InstanceConnectEndpoint", "tunnel", subnetId=UNKNOWN)
BALANCER, OLDER = "aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"
BLOCK = "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions"
EXCLUSION = component("aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion", "hole", vpcId=UNKNOWN)
SWITCH = "aws:ebs/encryptionByDefault:EncryptionByDefault"
IMAGE = "aws:ec2/amiLaunchPermission:AmiLaunchPermission"
SNAPSHOT = "aws:ec2/snapshotCreateVolumePermission:SnapshotCreateVolumePermission"
PARTNER = {"partnerAccounts": ["444455556666"]}

CASES: dict[str, list[Case]] = {
    "vpc-endpoint-service-is-not-published": [
        passes("an internal load balancer", component(BALANCER, "inside", internal=True)),
        passes("a listed service", SERVICE, options={"allowed": ["offer"]}),
        fails("a service", "lets others in and is not listed", SERVICE),
        fails("another is listed", "lets others in", SERVICE, options={"allowed": ["other"]}),
        fails("whom it serves", "lets others in", PRINCIPAL),
        fails("a tunnel", "lets others in", TUNNEL),
        fails(
            "a load balancer on the internet", "internal has another value", component(BALANCER, "out", internal=False)
        ),
        fails("by its other name", "internal has another value", component(OLDER, "out", internal=False)),
        absent("it faces the internet", "internal is absent", component(BALANCER, "out")),
        unknown("it must be known", "internal is not known", component(BALANCER, "out", internal=UNKNOWN)),
    ],
    "vpc-block-public-access-is-bidirectional": [
        passes("both", component(BLOCK, "block", internetGatewayBlockMode="block-bidirectional")),
        passes("a listed hole", EXCLUSION, options={"allowed": ["hole"]}),
        fails("in only", "has another value", component(BLOCK, "block", internetGatewayBlockMode="block-ingress")),
        fails("off", "has another value", component(BLOCK, "block", internetGatewayBlockMode="off")),
        fails("a hole", "it excludes a part of the account", EXCLUSION),
        absent("the mode is required", "internetGatewayBlockMode is absent", component(BLOCK, "block")),
        unknown("it must be known", "is not known", component(BLOCK, "block", internetGatewayBlockMode=UNKNOWN)),
    ],
    "ec2-ebs-default-encryption-is-on": [
        passes("on", component(SWITCH, "switch", enabled=True)),
        fails("off", "enabled is off", component(SWITCH, "switch", enabled=False)),
        absent("the provider takes on", None, component(SWITCH, "switch")),
        unknown("it must be known", "enabled is not known", component(SWITCH, "switch", enabled=UNKNOWN)),
    ],
    "ec2-image-is-not-shared": [
        passes("a listed account", component(IMAGE, "share", accountId="444455556666"), options=PARTNER),
        fails(
            "an account",
            "accountId is an account that is not listed",
            component(IMAGE, "share", accountId="444455556666"),
        ),
        fails("a snapshot", "is not listed", component(SNAPSHOT, "share", accountId="777788889999"), options=PARTNER),
        fails("everybody", "group shares the image", component(IMAGE, "share", group="all")),
        fails(
            "an organization",
            "organizationArn shares",
            component(IMAGE, "share", organizationArn="arn:x"),
            options=PARTNER,
        ),
        absent("whom, nobody can tell", "accountId is absent", component(SNAPSHOT, "share", accountId=ABSENT)),
        unknown("it must be known", "accountId is not known", component(IMAGE, "share", accountId=UNKNOWN)),
    ],
}
