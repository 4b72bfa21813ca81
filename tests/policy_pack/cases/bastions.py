"""Cases of the rules about machines: metadata, volumes, scripts, keys, groups."""

from __future__ import annotations

import base64
from typing import Any

from tests.policy_pack.baselines import group, ingress_rule, old_rule, subnet
from tests.policy_pack.dns_baselines import resolver_endpoint
from tests.policy_pack.harness import (
    ABSENT,
    UNKNOWN,
    Case,
    PackResource,
    absent,
    component,
    fails,
    passes,
    taken,
    unknown,
)
from tests.policy_pack.machine_baselines import METADATA, instance, launch_template

TEMPLATE, GROUP, SUBNET = launch_template(), group("bastion-group"), subnet()
HELD = taken(TEMPLATE, networkInterfaces=(SUBNET, GROUP))
BARE = launch_template(networkInterfaces=ABSENT)
VOLUME = "aws:ebs/volume:Volume"
KEY_PAIR = component("aws:ec2/keyPair:KeyPair", "key", publicKey="ssh-ed25519 AAAA")
IN_GROUP = taken(instance(), vpcSecurityGroupIds=GROUP, subnetId=SUBNET)
INBOUND = {"protocol": "tcp", "fromPort": 22, "toPort": 22}
SCRIPT = "export PASSWORD=correct-horse-battery"


def from_template(**changes: Any) -> PackResource:
    """A machine that says nothing but its launch template."""
    nothing = dict.fromkeys(("subnetId", "vpcSecurityGroupIds", "metadataOptions", "rootBlockDevice"), ABSENT)
    return instance(**{**nothing, "launchTemplate": {"id": UNKNOWN, "version": "$Latest"}, **changes})


def encoded(script: str) -> str:
    """A start script as AWS takes it."""
    return base64.b64encode(script.encode()).decode()


CASES: dict[str, list[Case]] = {
    "ec2-instance-requires-imdsv2": [
        passes("tokens are required", instance()),
        passes("at the template", launch_template()),
        passes(
            "more hops where the options say",
            instance(metadataOptions={**METADATA, "httpPutResponseHopLimit": 2}),
            options={"maxHops": 2},
        ),
        fails(
            "tokens are a choice", "httpTokens has another value", instance(metadataOptions={"httpTokens": "optional"})
        ),
        fails("the same at a template", "another value", launch_template(metadataOptions={"httpTokens": "optional"})),
        fails("a second hop", "HopLimit is 2", instance(metadataOptions={**METADATA, "httpPutResponseHopLimit": 2})),
        fails(
            "a machine undoes its template", "another value", from_template(metadataOptions={"httpTokens": "optional"})
        ),
        absent("image and account decide", "httpTokens is absent", instance(metadataOptions=ABSENT)),
        absent("the same for a template", "httpTokens is absent", launch_template(metadataOptions=ABSENT)),
        absent("the template decides", None, from_template()),
        absent("one hop is AWS's own", None, instance(metadataOptions={"httpTokens": "required"})),
        unknown("they must be known", "metadataOptions is not known", instance(metadataOptions=UNKNOWN)),
        unknown(
            "the hops must be known",
            "HopLimit is not known",
            instance(metadataOptions={**METADATA, "httpPutResponseHopLimit": UNKNOWN}),
        ),
    ],
    "ec2-instance-volumes-are-encrypted": [
        passes("the root volume", instance()),
        passes("a template, in text", launch_template()),
        passes("a volume", component(VOLUME, "data", encrypted=True)),
        fails(
            "a plain root volume", "rootBlockDevice.encrypted is not on", instance(rootBlockDevice={"encrypted": False})
        ),
        fails(
            "a plain volume beside",
            "ebsBlockDevices[0].encrypted is not on",
            instance(ebsBlockDevices=[{"deviceName": "/dev/sdb"}]),
        ),
        fails(
            "a plain volume of a template",
            "ebs.encrypted is not on",
            launch_template(blockDeviceMappings=[{"ebs": {"encrypted": "false"}}]),
        ),
        fails("a volume of its own", "encrypted is not on", component(VOLUME, "data", encrypted=False)),
        fails(
            "a plain volume beside the template's",
            "ebsBlockDevices[0].encrypted",
            from_template(ebsBlockDevices=[{"deviceName": "/dev/sdb"}]),
        ),
        fails(
            "a machine undoes its template",
            "rootBlockDevice.encrypted",
            from_template(rootBlockDevice={"encrypted": False}),
        ),
        absent("the account decides", "rootBlockDevice.encrypted is not on", instance(rootBlockDevice=ABSENT)),
        absent("the image decides", "blockDeviceMappings is absent", launch_template(blockDeviceMappings=ABSENT)),
        absent("the template decides", None, from_template()),
        absent("the account decides about a volume", "encrypted is not on", component(VOLUME, "data")),
        unknown("it must be known", "rootBlockDevice is not known", instance(rootBlockDevice=UNKNOWN)),
        unknown("a volume beside", "ebsBlockDevices is not known", instance(ebsBlockDevices=UNKNOWN)),
    ],
    "ec2-bastion-has-no-key-pair": [
        passes("no key", instance()),
        passes("a listed one", KEY_PAIR, options={"allowed": ["key"]}),
        fails("a machine with a key", "keyName lets the holder", instance(keyName="ops")),
        fails("a template with a key", "keyName lets the holder", launch_template(keyName="ops")),
        fails("a key pair", "publicKey lets the holder", KEY_PAIR),
        absent("no key", None, launch_template(keyName=ABSENT)),
        absent(
            "a key pair whose key AWS takes from elsewhere",
            "publicKey lets",
            component("aws:ec2/keyPair:KeyPair", "key"),
        ),
        unknown("whichever it is", "keyName lets the holder", instance(keyName=UNKNOWN)),
    ],
    "ec2-instance-user-data-has-no-secret": [
        passes("a script without", launch_template()),
        passes("plain text", instance(userData="#!/bin/bash\nuseradd alice\n")),
        passes("the same, encoded", instance(userDataBase64=encoded("#!/bin/bash\n"))),
        fails("in plain text", "userData holds what looks like a secret", instance(userData=SCRIPT)),
        fails("encoded, where plain text may stand", "userData holds", instance(userData=encoded(SCRIPT))),
        fails("encoded", "userDataBase64 holds", instance(userDataBase64=encoded(SCRIPT))),
        fails("in a template", "userData holds", launch_template(userData=encoded(SCRIPT))),
        fails(
            "what nobody can read at a machine", "userDataBase64 is no base64", instance(userDataBase64="no base64!")
        ),
        fails("what nobody can read", "userData is no base64 of a text", launch_template(userData="H4sIAAAA////")),
        fails(
            "a pattern of the options",
            "holds what looks",
            instance(userData="PIN 4711"),
            options={"extraPatterns": ["PIN \\d+"]},
        ),
        absent("nothing to read", None, launch_template(userData=ABSENT)),
        unknown("it is judged at the update", None, launch_template(userData=UNKNOWN), deferred=("userData",)),
        unknown("at the update it must be known", "userData is not known", instance(userData=UNKNOWN), update=True),
    ],
    "ec2-bastion-has-no-inbound-rule": [
        passes("no rule", GROUP, IN_GROUP),
        passes("an outbound rule", GROUP, IN_GROUP, taken(old_rule(type="egress"), securityGroupId=GROUP)),
        passes(
            "a rule in another group",
            GROUP,
            group("other"),
            IN_GROUP,
            taken(ingress_rule(), securityGroupId=group("other")),
        ),
        passes(
            "an exempt machine",
            GROUP,
            IN_GROUP,
            taken(ingress_rule(), securityGroupId=GROUP),
            options={"exemptInstances": ["bastion"]},
        ),
        passes("a rule of nobody knows whom, without machines", group(), ingress_rule()),
        fails("a rule beside", "it opens bastion-group", GROUP, IN_GROUP, taken(ingress_rule(), securityGroupId=GROUP)),
        fails(
            "a rule of the older type",
            "it opens bastion-group",
            GROUP,
            IN_GROUP,
            taken(old_rule(), securityGroupId=GROUP),
        ),
        fails("by its template", "it opens bastion-group", GROUP, HELD, taken(ingress_rule(), securityGroupId=GROUP)),
        fails(
            "a rule inside",
            "ingress opens machines",
            IN_GROUP,
            group("bastion-group", ingress=[INBOUND]),
        ),
        absent("no rule at all", None, IN_GROUP, GROUP),
        unknown("rules that AWS computes are none", None, IN_GROUP, group("bastion-group", ingress=ABSENT)),
        unknown("rules from elsewhere", "ingress opens", IN_GROUP, group("bastion-group", ingress=UNKNOWN)),
        unknown("whose rule it is cannot be said", "securityGroupId is not known", GROUP, IN_GROUP, ingress_rule()),
    ],
    "vpc-default-security-group-is-unused": [
        passes("own subnet and group", SUBNET, GROUP, IN_GROUP),
        passes("by a template", SUBNET, GROUP, HELD, taken(from_template(), launchTemplate=HELD)),
        passes(
            "the subnet beside a template",
            SUBNET,
            GROUP,
            taken(launch_template(networkInterfaces=ABSENT, vpcSecurityGroupIds=[UNKNOWN]), vpcSecurityGroupIds=GROUP),
            taken(from_template(subnetId=UNKNOWN), launchTemplate=TEMPLATE, subnetId=SUBNET),
        ),
        passes(
            "groups at the machine",
            SUBNET,
            GROUP,
            BARE,
            taken(
                from_template(subnetId=UNKNOWN, vpcSecurityGroupIds=[UNKNOWN]),
                launchTemplate=BARE,
                subnetId=SUBNET,
                vpcSecurityGroupIds=GROUP,
            ),
        ),
        passes(
            "adopted ones",
            instance(subnetId="subnet-9", vpcSecurityGroupIds=["sg-9"]),
            options={"adoptedSubnetIds": ["subnet-9"], "adoptedSecurityGroupIds": ["sg-9"]},
        ),
        passes(
            "a resolver endpoint",
            SUBNET,
            GROUP,
            taken(resolver_endpoint(ipAddresses=[{"subnetId": UNKNOWN}]), ipAddresses=SUBNET, securityGroupIds=GROUP),
        ),
        fails(
            "a foreign group",
            "vpcSecurityGroupIds[0] is neither",
            SUBNET,
            taken(instance(vpcSecurityGroupIds=["sg-9"]), subnetId=SUBNET),
        ),
        fails(
            "a foreign subnet",
            "subnetId is neither",
            GROUP,
            taken(instance(subnetId="subnet-9"), vpcSecurityGroupIds=GROUP),
        ),
        fails(
            "a foreign subnet of a resolver endpoint",
            "ipAddresses[0].subnetId is neither",
            GROUP,
            taken(resolver_endpoint(ipAddresses=[{"subnetId": "subnet-9"}]), securityGroupIds=GROUP),
        ),
        fails(
            "a foreign template",
            "launchTemplate.id names a launch template",
            SUBNET,
            GROUP,
            taken(
                from_template(launchTemplate={"id": "lt-9"}, subnetId=UNKNOWN, vpcSecurityGroupIds=[UNKNOWN]),
                subnetId=SUBNET,
                vpcSecurityGroupIds=GROUP,
            ),
        ),
        fails(
            "an interface of its own",
            "networkInterfaces brings a network",
            SUBNET,
            GROUP,
            taken(
                instance(networkInterfaces=[{"deviceIndex": 0, "networkInterfaceId": "eni-9"}]),
                vpcSecurityGroupIds=GROUP,
                subnetId=SUBNET,
            ),
        ),
        fails(
            "an interface at a template",
            "networkInterfaceId brings a network",
            launch_template(networkInterfaces=[{"networkInterfaceId": "eni-9"}], vpcSecurityGroupIds=[UNKNOWN]),
        ),
        absent(
            "AWS attaches the default group",
            "vpcSecurityGroupIds is absent",
            SUBNET,
            taken(instance(vpcSecurityGroupIds=ABSENT), subnetId=SUBNET),
        ),
        absent(
            "AWS takes the default network",
            "subnetId is absent",
            GROUP,
            taken(instance(subnetId=ABSENT), vpcSecurityGroupIds=GROUP),
        ),
        absent(
            "neither machine nor template says it",
            "vpcSecurityGroupIds is absent",
            SUBNET,
            BARE,
            taken(from_template(subnetId=UNKNOWN), launchTemplate=BARE, subnetId=SUBNET),
        ),
        absent("a template that no machine of the stack uses", "vpcSecurityGroupIds is absent", BARE),
        absent(
            "a resolver endpoint without groups",
            "securityGroupIds is absent",
            SUBNET,
            taken(resolver_endpoint(securityGroupIds=ABSENT), ipAddresses=SUBNET),
        ),
        unknown(
            "which group it is cannot be said",
            "vpcSecurityGroupIds[0] is not known",
            SUBNET,
            taken(instance(), subnetId=SUBNET),
        ),
    ],
}
