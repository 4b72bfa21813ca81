"""What each key of the network means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .guide import Guide

if TYPE_CHECKING:
    from .problems import Place

_ID = "[0-9a-f]{8}([0-9a-f]{9})?"

NETWORK = Guide(
    allowed="a mapping of cidr and zones, and if wanted subnet-prefix or subnets; or one of adopt",
    why="the platform builds one closed VPC with a private subnet in each zone, or stands on one that is there",
    example={"cidr": "10.0.0.0/16", "zones": ["apne1-az1", "apne1-az4"]},
)
CIDR = Guide(
    allowed="a private IPv4 network from /16 to /28, inside 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10",
    why="AWS takes no other sizes for a VPC or a subnet, and public addresses would shadow real hosts",
    example="10.0.0.0/16",
    pattern="[0-9]{1,3}([.][0-9]{1,3}){3}/[0-9]{1,2}",
)
ZONES = Guide(
    allowed="a list of two or more zone ids of the Region, none twice",
    why="hosting needs two zones, and one zone may fail",
    example=["apne1-az1", "apne1-az4"],
)
ZONE = Guide(
    allowed="a zone id, such as apne1-az1",
    why="zone names differ from account to account, zone ids do not",
    example="apne1-az1",
    pattern="[a-z]{2,8}[0-9]-az[0-9]{1,2}",
)
SUBNETS = Guide(
    allowed="a mapping of every zone to its own part of network.cidr",
    why="given subnets replace the computed plan, so they must cover exactly the zones; without the key they are "
    "planned from subnet-prefix",
    example={"apne1-az1": "10.0.0.0/24", "apne1-az4": "10.0.1.0/24"},
)
SUBNET_PREFIX = Guide(
    allowed="a whole number from 16 to 28",
    why="it is the length of each subnet's prefix: 24, or longer in a network so small that eight zones would not fit; "
    "it rests on the network alone, so that no subnet moves when a zone is added",
    example=24,
)
ADOPT = Guide(
    allowed="a mapping of vpc, cidr, subnets and route-tables, and if there are such of subnet-cidrs, security-groups, "
    "endpoints and s3-prefix-list",
    why="the platform then stands on a closed VPC that is there, and makes only what it lacks",
    example={
        "vpc": "vpc-0123456789abcdef0",
        "cidr": "10.0.0.0/16",
        "subnets": {"apne1-az1": "subnet-0123456789abcdef0", "apne1-az4": "subnet-0123456789abcdef1"},
        "route-tables": ["rtb-0123456789abcdef0"],
    },
)
VPC_ID = Guide(
    allowed="the id of a VPC, such as vpc-0123456789abcdef0",
    why="the platform makes no look-ups, so it needs the id itself; `aws ec2 describe-vpcs` prints it",
    example="vpc-0123456789abcdef0",
    pattern=f"vpc-{_ID}",
)
ADOPTED_SUBNETS = Guide(
    allowed="a mapping of two or more zone ids to the subnet there",
    why="hosting needs two zones, and every policy lists these subnets",
    example={"apne1-az1": "subnet-0123456789abcdef0", "apne1-az4": "subnet-0123456789abcdef1"},
)
SUBNET_ID = Guide(
    allowed="the id of a subnet, such as subnet-0123456789abcdef0",
    why="the platform makes no look-ups, so it needs the id itself; `aws ec2 describe-subnets` prints it",
    example="subnet-0123456789abcdef0",
    pattern=f"subnet-{_ID}",
)
SUBNET_CIDRS = Guide(
    allowed="a mapping of every zone of adopt.subnets to the CIDR of its subnet",
    why="with it, whether the subnets are parts of the VPC and have room is checked before anything is built",
    example={"apne1-az1": "10.0.0.0/24", "apne1-az4": "10.0.1.0/24"},
)
ROUTE_TABLES = Guide(
    allowed="a list of the ids of the subnets' route tables, at least one",
    why="the gateway endpoint of S3 hangs on them",
    example=["rtb-0123456789abcdef0"],
)
ROUTE_TABLE_ID = Guide(
    allowed="the id of a route table, such as rtb-0123456789abcdef0",
    why="the platform makes no look-ups, so it needs the id itself; `aws ec2 describe-route-tables` prints it",
    example="rtb-0123456789abcdef0",
    pattern=f"rtb-{_ID}",
)
ADOPTED_GROUPS = Guide(
    allowed="a mapping of workload, endpoints or both to the id of a security group",
    why="a group that is not named here is made",
    example={"endpoints": "sg-0123456789abcdef0"},
)
SECURITY_GROUP_ID = Guide(
    allowed="the id of a security group, such as sg-0123456789abcdef0",
    why="the platform makes no look-ups, so it needs the id itself; `aws ec2 describe-security-groups` prints it",
    example="sg-0123456789abcdef0",
    pattern=f"sg-{_ID}",
)
ADOPTED_ENDPOINTS = Guide(
    allowed="a mapping of services to the id of the VPC endpoint that is there",
    why="the endpoint of a needed service that is not named here is made",
    example={"s3": "vpce-0123456789abcdef0"},
)
ENDPOINT_ID = Guide(
    allowed="the id of a VPC endpoint, such as vpce-0123456789abcdef0",
    why="the platform makes no look-ups, so it needs the id itself; `aws ec2 describe-vpc-endpoints` prints it",
    example="vpce-0123456789abcdef0",
    pattern=f"vpce-{_ID}",
)
S3_PREFIX_LIST = Guide(
    allowed="the id of the Region's prefix list of S3, such as pl-61a54008",
    why="security groups open the way to an adopted S3 endpoint by it; `aws ec2 describe-managed-prefix-lists` prints "
    "the one called com.amazonaws.<region>.s3",
    example="pl-61a54008",
    pattern=f"pl-{_ID}",
)
FLOW_LOGS = Guide(
    allowed="a mapping of retention-days, or of bucket",
    why="who talked with whom is recorded, in a log group or in a bucket that is there",
    example={"retention-days": 365},
)
RETENTIONS = (
    *(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096),
    *(1827, 2192, 2557, 2922, 3288, 3653),
)
RETENTION_DAYS = Guide(
    allowed=f"one of {', '.join(map(str, RETENTIONS))}",
    why="CloudWatch Logs takes no other numbers of days",
    example=365,
)
LOG_BUCKET = Guide(
    allowed="the name of a bucket of this account, 3 to 63 lower-case letters, digits, dots and hyphens",
    why="the record goes there instead of a log group; the bucket is not of this stack, its policy admits AWS' log "
    "delivery, and its owner decides how long the record stays",
    example="network-logs-of-the-account",
    pattern="(?!.*[.][.])[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]",
)
DNS_FIREWALL = Guide(
    allowed="a mapping of mode, inside-domains or both",
    why="names are a slow way out: only those of the needed AWS services and of the inside are answered",
    example={"mode": "block"},
)
DNS_MODES = ("block", "alert", "off")
DNS_MODE = Guide(
    allowed="block, alert or off",
    why="block refuses names that are not listed, alert answers and records them, to see what block would refuse",
    example="block",
    choices=DNS_MODES,
)
INSIDE_DOMAINS = Guide(
    allowed="a list of domain names, with `*.` before one that stands for all names under it",
    why="these names are answered beside those of AWS: zones of your own that the VPC resolves",
    example=["*.corp.example"],
)
INSIDE_DOMAIN = Guide(
    allowed="a domain name of two or more parts, such as *.corp.example",
    why="a bare star, or a star before a single part, would let every name of the internet through",
    example="*.corp.example",
    pattern="([*][.])?[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?([.][a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+",
)
ON_PREMISES = Guide(
    allowed="a list of private networks, such as 10.20.0.0/16, outside the VPC's own",
    why="browsers there ask the VPC for names and call its endpoints, over Direct Connect, VPN or peering",
    example=["10.20.0.0/16"],
)
OTHER_NETWORK = Guide(
    allowed="a private IPv4 network, inside 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10",
    why="what comes over a private line has private addresses",
    example="10.20.0.0/16",
    pattern=CIDR.pattern,
)
S3_RANGES = Guide(
    allowed="a list of the IPv4 ranges of S3 in the Region, at most 16",
    why="the network ACL then lets nothing out to any other address; AWS publishes them in ip-ranges.json, and changes "
    "them; without the key the ACL names every address, and routes and security groups keep packets to S3",
    example=["52.219.0.0/16"],
)
S3_RANGE = Guide(
    allowed="an IPv4 network of public addresses, /8 or smaller",
    why="S3 answers from public addresses",
    example="52.219.0.0/16",
    pattern=CIDR.pattern,
)

GUIDES: dict[Place, Guide] = {
    ("network",): NETWORK,
    ("network", "cidr"): CIDR,
    ("network", "zones"): ZONES,
    ("network", "zones", "*"): ZONE,
    ("network", "subnets"): SUBNETS,
    ("network", "subnets", "*"): CIDR,
    ("network", "subnet-prefix"): SUBNET_PREFIX,
    ("network", "adopt"): ADOPT,
    ("network", "adopt", "vpc"): VPC_ID,
    ("network", "adopt", "cidr"): CIDR,
    ("network", "adopt", "subnets"): ADOPTED_SUBNETS,
    ("network", "adopt", "subnets", "*"): SUBNET_ID,
    ("network", "adopt", "subnet-cidrs"): SUBNET_CIDRS,
    ("network", "adopt", "subnet-cidrs", "*"): CIDR,
    ("network", "adopt", "route-tables"): ROUTE_TABLES,
    ("network", "adopt", "route-tables", "*"): ROUTE_TABLE_ID,
    ("network", "adopt", "security-groups"): ADOPTED_GROUPS,
    ("network", "adopt", "security-groups", "*"): SECURITY_GROUP_ID,
    ("network", "adopt", "endpoints"): ADOPTED_ENDPOINTS,
    ("network", "adopt", "endpoints", "*"): ENDPOINT_ID,
    ("network", "adopt", "s3-prefix-list"): S3_PREFIX_LIST,
    ("network", "flow-logs"): FLOW_LOGS,
    ("network", "flow-logs", "retention-days"): RETENTION_DAYS,
    ("network", "flow-logs", "bucket"): LOG_BUCKET,
    ("network", "dns-firewall"): DNS_FIREWALL,
    ("network", "dns-firewall", "mode"): DNS_MODE,
    ("network", "dns-firewall", "inside-domains"): INSIDE_DOMAINS,
    ("network", "dns-firewall", "inside-domains", "*"): INSIDE_DOMAIN,
    ("network", "on-premises"): ON_PREMISES,
    ("network", "on-premises", "*"): OTHER_NETWORK,
    ("network", "s3-ranges"): S3_RANGES,
    ("network", "s3-ranges", "*"): S3_RANGE,
}
"""The guide of every place of the network; `*` stands for any list position, zone, group or service."""
