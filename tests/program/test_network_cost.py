"""What the program says its network costs, by settings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.recorded import recorded

ROOT = Path(__file__).resolve().parents[2]


def reports(**settings: Any) -> dict[str, Any]:
    """Return the tables that the dev stack hands over, with some settings changed."""
    config = {f"closed-sagemaker:{key.replace('_', '-')}": json.dumps(value) for key, value in settings.items()}
    return dict(recorded("dev", "first", config).outputs)


def rows(report: dict[str, Any]) -> dict[str, list[Any]]:
    return {row[0]: row[1:] for row in report["rows"]}


def test_the_dev_stack_knows_the_price_of_its_endpoints_and_of_nothing_else() -> None:
    outputs = reports()
    cost, savings = rows(outputs["report-network-cost"]), rows(outputs["report-network-savings"])
    assert cost["together"] == ["and 3 parts without a price", "", "143.08"]
    assert cost["bastion"] == ["t3.micro", "no price", "no price"]
    assert savings["without the feature bastion"] == ["40.88", "and 2 parts without a price"]
    assert savings["endpoints in one zone fewer"] == ["71.54", ""]


def test_prices_of_the_stack_file_go_before_the_estimates_and_fill_what_has_none() -> None:
    prices = {"endpoint-hour": 0.02, "bastion-hour": 0.01, "disk-gigabyte-month": 0.1, "dns-domain-month": 0.001}
    cost = rows(reports(prices=prices)["report-network-cost"])
    assert cost["interface endpoint sts"] == ["2 zones", "0.02 an hour", "29.20"]
    assert cost["bastion"] == ["t3.micro", "0.01 an hour", "7.30"]
    assert cost["disk of the bastion"] == ["8 GB", "0.1 a month", "0.80"]
    names = int(cost["DNS firewall"][0].split()[0])
    assert cost["together"] == ["", "", f"{7 * 29.2 + 7.3 + 0.8 + names * 0.001:.2f}"]


def test_without_the_bastion_and_with_fewer_features_the_bill_is_shorter() -> None:
    cost = rows(reports(features=["training"])["report-network-cost"])
    assert {name for name in cost if "endpoint" in name} == {
        "gateway endpoint s3",
        *(f"interface endpoint {key}" for key in ("logs", "sagemaker.api", "sts")),
    }
    assert "bastion" not in cost


def test_clients_who_come_by_a_private_line_cost_an_address_of_the_resolver_in_each_zone() -> None:
    network = {"cidr": "10.0.0.0/16", "zones": ["apne1-az1", "apne1-az4"], "on-premises": ["192.168.0.0/16"]}
    cost = rows(reports(network=network, prices={"resolver-address-hour": 0.1})["report-network-cost"])
    assert cost["inbound resolver endpoint"] == ["2 addresses", "0.1 an hour", "146.00"]
    assert "inbound resolver endpoint" not in rows(reports()["report-network-cost"])


def test_an_endpoint_that_no_feature_asks_for_is_named() -> None:
    outputs = reports(bastion={"legacy-agent": True})
    assert "interface endpoint ec2messages" in rows(outputs["report-network-cost"])
    assert "ec2messages, which no feature asks for" in outputs["report-network-savings"]["notes"][1]
