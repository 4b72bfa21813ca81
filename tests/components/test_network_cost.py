"""What the network costs a month: exact figures."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.endpoint_services import FEATURE_SERVICES, services_for
from components.network_cost import (
    PRICE_NAMES,
    PRICES_FILE,
    NetworkBuilt,
    Sum,
    cost_report,
    items,
    listed_prices,
    minimal,
    savings,
    savings_report,
    total,
    without_feature,
)

ZONES = ("apne1-az1", "apne1-az4")
ALL_PRICES = {
    "endpoint-hour": Decimal("0.014"),
    "bastion-hour": Decimal("0.0136"),
    "disk-gigabyte-month": Decimal("0.096"),
    "dns-domain-month": Decimal("0.0005"),
    "resolver-address-hour": Decimal("0.125"),
}


def network(*features: str, zones: tuple[str, ...] = ZONES, region: str = "ap-northeast-1") -> NetworkBuilt:
    interfaces = [service.key for service in services_for(features) if not service.gateway]
    return NetworkBuilt(
        region=region,
        features=features,
        endpoints=dict.fromkeys(interfaces, zones),
        gateways=("s3",),
        bastion="t3.micro" if "bastion" in features else None,
    )


CORE = network("notebooks", "training", "inference")
WITH_BASTION = network("notebooks", "training", "inference", "bastion")
TOKYO = listed_prices("ap-northeast-1")


def month(built: NetworkBuilt, prices: dict[str, Decimal]) -> Sum:
    return total(items(built, prices))


def test_the_core_in_tokyo_costs_what_five_endpoints_in_two_zones_cost() -> None:
    assert month(CORE, TOKYO) == Sum(Decimal("102.20"), 0)
    assert {item.what: item.month for item in items(CORE, TOKYO)}["interface endpoint sts"] == Decimal("20.44")


def test_the_same_in_virginia_and_in_one_zone() -> None:
    assert month(network("notebooks", "training", "inference", region="us-east-1"), listed_prices("us-east-1")) == Sum(
        Decimal("73.00"), 0
    )
    assert month(network("notebooks", "training", "inference", zones=ZONES[:1]), TOKYO) == Sum(Decimal("51.10"), 0)


def test_a_bastion_adds_two_endpoints_a_host_and_a_disk() -> None:
    assert month(WITH_BASTION, TOKYO) == Sum(Decimal("143.08"), 2), "host and disk have no price of their own"
    added = month(WITH_BASTION, ALL_PRICES).known - month(CORE, ALL_PRICES).known
    assert added == Decimal("40.88") + Decimal("0.0136") * 730 + Decimal("0.096") * 8
    assert month(WITH_BASTION, ALL_PRICES).without_price == 0


def test_the_firewall_costs_by_name_and_month_and_the_resolver_by_address_and_hour() -> None:
    built = replace(CORE, firewall_domains=12, resolver_addresses=2)
    assert month(built, ALL_PRICES).known - month(CORE, ALL_PRICES).known == Decimal("0.006") + Decimal("182.50")


def test_each_thing_fewer_saves_only_what_nothing_else_needs() -> None:
    assert savings(WITH_BASTION, TOKYO) == {
        "without the feature bastion": Sum(Decimal("40.88"), 2),
        "without the feature inference": Sum(Decimal("20.44"), 0),
        "without the feature notebooks": Sum(Decimal("20.44"), 0),
        "without the feature training": Sum(Decimal(0), 0),
        "endpoints in one zone fewer": Sum(Decimal("71.54"), 0),
    }


def test_with_one_zone_there_is_no_zone_to_save() -> None:
    assert "endpoints in one zone fewer" not in savings(network("training", zones=ZONES[:1]), TOKYO)


def test_the_least_leaves_out_what_no_feature_asks_for() -> None:
    more = replace(WITH_BASTION, endpoints={**WITH_BASTION.endpoints, "ec2messages": ZONES}, also=("ec2messages",))
    assert month(more, TOKYO).known - month(WITH_BASTION, TOKYO).known == Decimal("20.44")
    assert month(minimal(more), TOKYO) == Sum(Decimal("71.54"), 2)
    assert "with ec2messages, which no feature asks for" in savings_report(more, TOKYO)["notes"][1]
    assert "ec2messages" in without_feature(more, "training").endpoints, "what was asked for apart stays"


def test_a_region_without_prices_says_so_and_counts_all_the_same() -> None:
    report = cost_report(network("training", region="eu-west-1"), listed_prices("eu-west-1"))
    assert report["title"] == "Fixed cost of the network in eu-west-1: 0.00 USD a month, and 3 parts without a price"
    assert ["interface endpoint logs", "2 zones", "no price", "no price"] in report["rows"]
    assert any(
        "not every part has a price in eu-west-1; write your own: closed-sagemaker:prices: {endpoint-hour: …" in note
        for note in report["notes"]
    )
    assert not any("estimates" in note for note in report["notes"]), "there are none for this Region"


def test_the_report_adds_up_and_says_that_prices_are_unverified() -> None:
    report = cost_report(replace(WITH_BASTION, logs=("flow logs", "DNS query logs")), TOKYO)
    assert report["title"].endswith("143.08 USD a month, and 2 parts without a price")
    assert report["rows"][0] == ["gateway endpoint s3", "", "free", "0.00"]
    assert ["interface endpoint ssm", "2 zones", "0.014 an hour", "20.44"] in report["rows"]
    assert ["bastion", "t3.micro", "no price", "no price"] in report["rows"]
    assert report["rows"][-1] == ["together", "and 2 parts without a price", "", "143.08"]
    assert "paid by volume, not in the sum: flow logs, DNS query logs" in report["notes"]
    assert "by volume: data through an interface endpoint 0.01 USD a GB" in report["notes"]
    assert any("estimates of 2026-" in note for note in report["notes"])
    assert {len(row) for row in report["rows"]} == {len(report["columns"])}


def test_a_full_price_list_leaves_no_note_about_missing_prices() -> None:
    assert not any("no price" in note for note in cost_report(WITH_BASTION, ALL_PRICES)["notes"])


def test_the_price_file_holds_known_prices_of_known_regions_with_their_date() -> None:
    file = json.loads(PRICES_FILE.read_text(encoding="utf-8"))
    assert (file["currency"], file["verified"]) == ("USD", False)
    assert set(file["regions"]) == {"ap-northeast-1", "us-east-1"}
    for region, prices in file["regions"].items():
        assert set(prices) <= set(PRICE_NAMES)
        assert all(price > 0 for price in listed_prices(region).values())


@given(st.sets(st.sampled_from(sorted(FEATURE_SERVICES))), st.integers(2, 4))
def test_nothing_fewer_ever_costs_more_and_the_least_is_the_least(features: set[str], zones: int) -> None:
    built = network(*sorted(features), zones=tuple(f"apne1-az{number}" for number in range(zones)))
    assert all(saved.known >= 0 for saved in savings(built, ALL_PRICES).values())
    assert month(minimal(built), ALL_PRICES).known <= month(built, ALL_PRICES).known
    assert savings(built, ALL_PRICES)["endpoints in one zone fewer"].known == Decimal("10.22") * len(built.endpoints)


@pytest.mark.parametrize("feature", sorted(FEATURE_SERVICES))
def test_a_feature_saves_exactly_the_difference_of_two_networks(feature: str) -> None:
    everything = network(*sorted(FEATURE_SERVICES))
    fewer = network(*sorted(set(FEATURE_SERVICES) - {feature}))
    saved = month(everything, ALL_PRICES).known - month(fewer, ALL_PRICES).known
    assert savings(everything, ALL_PRICES)[f"without the feature {feature}"].known == saved
