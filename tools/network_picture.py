"""What the network's page and diagram show, read from the program itself as the preview's engine records it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from preview import in_process

if TYPE_CHECKING:
    from preview.in_process import Recording
    from preview.state import State

ROOT = Path(__file__).resolve().parents[1]
GROUP = "aws:ec2/securityGroup:SecurityGroup"
EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
FIREWALL_RULE = "aws:route53/resolverFirewallRule:ResolverFirewallRule"
FIREWALL_LIST = "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList"


WAYS_OUT = re.compile(
    "InternetGateway|NatGateway|Peering|[Tt]ransit|:Eip|[Vv]pn|CarrierGateway|LocalGateway|ec2/route:Route$|VpcEndpointService"
)


@dataclass(frozen=True, kw_only=True)
class Door:
    """An endpoint: its key, its service's name, whether it is a gateway, its zones, and what its policy allows."""

    key: str
    service: str
    gateway: bool
    zones: tuple[str, ...]
    statements: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Way:
    """A rule of a security group: who may open a connection to whom, and on which port."""

    source: str
    target: str
    port: str


@dataclass(frozen=True, kw_only=True)
class Picture:
    """The network of a stack: `zones` maps zone ids to subnets, `notebooks` tenants to zones."""

    stack: str
    region: str
    cidr: str
    zones: dict[str, str]
    doors: tuple[Door, ...]
    ways: tuple[Way, ...]
    notebooks: dict[str, str]
    bastion: tuple[str, str] | None
    buckets: tuple[str, ...]
    log_groups: tuple[str, ...]
    names: int
    names_blocked: bool
    ways_out: tuple[str, ...]
    tables: dict[str, dict[str, Any]]


def picture(stack: str = "dev") -> Picture:
    """Run the program of a stack with stand-in ids and return what its network looks like."""
    recording = in_process.run(ROOT, stack=stack, mode="deployed")
    return _Reader(recording).read(stack)


class _Reader:
    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self._by_id = {str(state.id): state for state in recording.states.values() if state.id}

    def read(self, stack: str) -> Picture:
        subnets = self._of("aws:ec2/subnet:Subnet")
        rules = self._of(FIREWALL_RULE)
        lists = [each for each in self._of(FIREWALL_LIST) if each.inputs["domains"] != ["*"]]
        outputs = self._recording.outputs
        return Picture(
            stack=stack,
            region=str(self._recording.of_type("pulumi:providers:aws")[0].inputs["region"]),
            cidr=self._of("aws:ec2/vpc:Vpc")[0].inputs["cidrBlock"],
            zones={each.inputs["availabilityZoneId"]: each.inputs["cidrBlock"] for each in subnets},
            doors=tuple(sorted(self._doors(), key=lambda door: (door.gateway, door.key))),
            ways=tuple(self._way(each) for each in self._of(EGRESS)),
            notebooks=self._notebooks(),
            bastion=self._bastion(),
            buckets=tuple(each.inputs["bucket"] for each in self._of("aws:s3/bucket:Bucket")),
            log_groups=tuple(each.inputs["name"] for each in self._of("aws:cloudwatch/logGroup:LogGroup")),
            names=sum(len(each.inputs["domains"]) for each in lists),
            names_blocked=any(each.inputs["action"] == "BLOCK" for each in rules),
            ways_out=tuple(sorted(filter(WAYS_OUT.search, {each.type for each in self._recording.states.values()}))),
            tables={name: value for name, value in outputs.items() if name.startswith("report-")},
        )

    def _of(self, token: str) -> list[State]:
        return sorted(self._recording.of_type(token), key=lambda state: state.name)

    def _zone(self, subnet: str) -> str:
        return str(self._by_id[subnet].inputs["availabilityZoneId"])

    def _doors(self) -> list[Door]:
        found = []
        for each in self._of("aws:ec2/vpcEndpoint:VpcEndpoint"):
            gateway = each.inputs["vpcEndpointType"] == "Gateway"
            statements = json.loads(each.inputs["policy"])["Statement"] if "policy" in each.inputs else []
            found.append(
                Door(
                    key=each.name.removeprefix("endpoints-"),
                    service=each.inputs["serviceName"],
                    gateway=gateway,
                    zones=() if gateway else tuple(sorted(map(self._zone, each.inputs["subnetIds"]))),
                    statements=tuple(statement["Sid"] for statement in statements),
                )
            )
        return found

    def _way(self, rule: State) -> Way:
        port = str(int(rule.inputs["fromPort"])) if "fromPort" in rule.inputs else "all"
        target = rule.inputs.get("referencedSecurityGroupId")
        return Way(
            source=self._group(rule.inputs["securityGroupId"]),
            target=self._group(target) if target else "S3 prefix list",
            port=port,
        )

    def _group(self, identity: str) -> str:
        name = self._by_id[identity].name.removesuffix("-group")
        return name.removeprefix("network-")

    def _notebooks(self) -> dict[str, str]:
        notebooks = self._of("aws:sagemaker/notebookInstance:NotebookInstance")
        return {each.inputs["tags"]["user"]: self._zone(each.inputs["subnetId"]) for each in notebooks}

    def _bastion(self) -> tuple[str, str] | None:
        hosts = self._of("aws:ec2/instance:Instance")
        templates = self._of("aws:ec2/launchTemplate:LaunchTemplate")
        if not hosts:
            return None
        return str(templates[0].inputs["instanceType"]), self._zone(hosts[0].inputs["subnetId"])
