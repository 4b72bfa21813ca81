"""The actions that change a network, by what their names begin with.

AWS adds ways out of a network every year, so they are not listed one by one: of EC2 every name is covered but those of
reading, of taking something away, of switching a machine on and off, and of the network interfaces and tags that
SageMaker makes in the name of a tenant's role. A test holds the patterns against the actions that AWS publishes.

Source: AWS Service Authorization Reference, actions of Amazon EC2.
"""

from __future__ import annotations

from components.documents.model import actions

# Everything that can be created, but `CreateNetworkInterface*` and `CreateTags`. A pattern that AWS has no action for
# yet would be taken for a misspelling.
_CREATIONS = (
    *(f"Create{letter}*" for letter in "CDEFIKLMOPRSV"),
    *("CreateNa*", "CreateNetworkA*", "CreateNetworkInsights*", "CreateTr*"),
)

# What removes a record, an access list or a guard opens something as well.
_LOST_GUARDS = (
    *("DeleteFlowLogs", "DeleteNetworkAcl*", "DeleteVpcB*", "DeleteVpcEn*"),
    *("DisableA*", "DisableE*", "DisableImageBlock*", "DisableSnapshotBlock*"),
)

NETWORK_CHANGES = (
    *actions("ec2", "A*", "B*", *_CREATIONS, "Cop*", "E*", "I*", "Mod*", "Mov*", "P*"),
    *actions("ec2", "Reg*", "Rep*", "Req*", "Rest*", "Run*", "StartV*", "Up*", *_LOST_GUARDS),
    *actions("route53resolver", "Create*", "Update*", "Associate*", "Disassociate*", "Delete*", "Put*"),
    "directconnect:*",
    "networkmanager:*",
    "globalaccelerator:*",
    "vpc-lattice:*",
    "ram:*",
)
