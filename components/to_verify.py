"""What nobody can judge from ids and names of what is there already: the questions, each with what answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

EC2 = "aws ec2 describe-"


def to_verify(
    *,
    vpc_id: str,
    subnet_ids: Mapping[str, str],
    route_table_ids: Sequence[str],
    security_group_ids: Mapping[str, str],
    endpoint_ids: Mapping[str, str],
) -> tuple[str, ...]:
    """Return one sentence for each thing to verify after deployment, with the command that shows it.

    `subnet_ids` by zone id, `security_group_ids` by role, `endpoint_ids` by service key.
    """
    subnets, tables = " ".join(subnet_ids.values()), " ".join(route_table_ids)
    return (
        (
            f"{vpc_id} has no internet, egress-only, NAT, carrier, VPN or transit gateway that its hosts could use, no "
            f"IPv6 range, and DNS support and host names on: {EC2}internet-gateways, {EC2}nat-gateways, {EC2}vpcs, "
            f"{EC2}vpc-attribute"
        ),
        f"its default security group admits nobody: {EC2}security-groups --filters Name=vpc-id,Values={vpc_id}",
        *(
            f"{subnet} lies in {zone} and in {vpc_id}, and gives no public address: {EC2}subnets --subnet-ids {subnet}"
            for zone, subnet in subnet_ids.items()
        ),
        (
            f"{tables} are the route tables of {subnets}, and lead nowhere but to the VPC, to S3 and to your own "
            f"networks: {EC2}route-tables --route-table-ids {tables}"
        ),
        (
            f"the network ACLs of {subnets} let 443 and ephemeral ports through, and nothing else out: "
            f"{EC2}network-acls --filters Name=association.subnet-id,Values={','.join(subnet_ids.values())}"
        ),
        *_groups(security_group_ids),
        *_endpoints(endpoint_ids, tables),
    )


def of_log_bucket(bucket: str) -> str:
    """Return what is to verify of a bucket that takes the record of traffic and names, with the commands."""
    return (
        f"{bucket} is a bucket of this account that nobody outside can read, and its policy lets AWS' log delivery "
        "write, or the record of traffic and names stays empty: aws s3api get-bucket-policy --bucket "
        f"{bucket}, {EC2}flow-logs (DeliverLogsStatus)"
    )


def _groups(security_group_ids: Mapping[str, str]) -> Iterator[str]:
    meant = {
        "workload": "admits nobody, and lets out nothing but 443 to the endpoints and to S3",
        "endpoints": "is carried by every adopted interface endpoint, and admits 443 alone",
    }
    for role, group in security_group_ids.items():
        yield f"{group} {meant[role]}: {EC2}security-group-rules --filters Name=group-id,Values={group}"


def _endpoints(endpoint_ids: Mapping[str, str], tables: str) -> Iterator[str]:
    for key, endpoint in endpoint_ids.items():
        place = f"hangs on {tables}" if key == "s3" else "answers under the private names of the service"
        yield (
            f"{endpoint} is an available endpoint of {key}, {place}, and its policy admits the own account's "
            f"principals to the own account's resources alone: {EC2}vpc-endpoints --vpc-endpoint-ids {endpoint}"
        )
