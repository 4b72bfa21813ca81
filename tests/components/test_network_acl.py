"""What may cross the edge of a subnet."""

from __future__ import annotations

from ipaddress import IPv4Network

from hypothesis import given
from hypothesis import strategies as st

from components.network_acl import AclEntries, AclEntry, acl_entries

CIDR, S3, OFFICE = IPv4Network("10.0.0.0/16"), IPv4Network("52.219.0.0/16"), IPv4Network("172.16.0.0/16")


def lets(entries: tuple[AclEntry, ...], protocol: str, port: int, address: str) -> bool:
    """Return whether entries let a packet to this port, of or to this address, through."""
    return any(
        entry.protocol == protocol
        and entry.first_port <= port <= entry.last_port
        and IPv4Network(address).subnet_of(entry.cidr)
        for entry in entries
    )


def test_hosts_inside_call_and_answer_each_other_on_https_and_on_high_ports_alone() -> None:
    entries = acl_entries(CIDR)
    for way in (entries.inbound, entries.outbound):
        assert lets(way, "tcp", 443, "10.0.1.7")
        assert lets(way, "tcp", 2049, "10.0.1.7"), "file systems"
        assert lets(way, "tcp", 50000, "10.0.1.7")
        assert not lets(way, "tcp", 22, "10.0.1.7")
        assert not lets(way, "udp", 50000, "10.0.1.7")


def test_s3_is_asked_on_https_and_answers_and_never_asks() -> None:
    entries = acl_entries(CIDR)
    assert lets(entries.outbound, "tcp", 443, "52.219.1.1")
    assert lets(entries.inbound, "tcp", 40000, "52.219.1.1")
    assert not lets(entries.inbound, "tcp", 443, "52.219.1.1")
    assert not lets(entries.outbound, "tcp", 40000, "52.219.1.1")


def test_given_ranges_of_s3_are_the_only_addresses_outside() -> None:
    entries = acl_entries(CIDR, s3_ranges=[S3])
    assert {entry.cidr for entry in (*entries.inbound, *entries.outbound)} == {CIDR, S3}
    assert lets(entries.outbound, "tcp", 443, "52.219.1.1")
    assert not lets(entries.outbound, "tcp", 443, "8.8.8.8")


def test_the_office_asks_for_names_and_calls_endpoints_and_is_never_called() -> None:
    entries = acl_entries(CIDR, s3_ranges=[S3], on_premises=[OFFICE])
    assert lets(entries.inbound, "udp", 53, "172.16.3.3")
    assert lets(entries.inbound, "tcp", 443, "172.16.3.3")
    assert lets(entries.outbound, "udp", 40000, "172.16.3.3")
    assert not lets(entries.inbound, "tcp", 40000, "172.16.3.3")
    assert not lets(entries.outbound, "tcp", 443, "172.16.3.3")


@given(st.lists(st.integers(0, 255), max_size=3), st.lists(st.integers(0, 255), max_size=3))
def test_no_entry_opens_a_low_port_but_https_and_names(ranges: list[int], offices: list[int]) -> None:
    entries: AclEntries = acl_entries(
        CIDR,
        s3_ranges=[IPv4Network(f"52.{number}.0.0/16") for number in ranges],
        on_premises=[IPv4Network(f"172.16.{number}.0/24") for number in offices],
    )
    for entry in (*entries.inbound, *entries.outbound):
        assert entry.first_port >= 1024 or entry.first_port == entry.last_port
        assert entry.first_port in (53, 443, 1024)
