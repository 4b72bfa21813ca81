"""Whose principals a document names: partition and account are read from ARNs as a whole."""

from __future__ import annotations

import accounts
import pytest
import stack_config


@pytest.mark.parametrize(
    ("region", "partition"),
    [
        ("ap-northeast-1", "aws"),
        ("cn-north-1", "aws-cn"),
        ("us-gov-west-1", "aws-us-gov"),
        ("us-east-1", "aws"),
        ("us-iso-east-1", "aws-iso"),
        ("us-isob-east-1", "aws-iso-b"),
        ("eu-isoe-west-1", "aws-iso-e"),
        ("eusc-de-east-1", "aws-eusc"),
        (None, "aws"),
    ],
)
def test_the_partition_follows_from_the_region(
    monkeypatch: pytest.MonkeyPatch, region: str | None, partition: str
) -> None:
    monkeypatch.setattr(stack_config, "region", lambda: region)
    assert accounts.partition() == partition


def test_the_account_of_a_principal_counts_only_in_the_own_partition() -> None:
    inside = accounts.Inside(frozenset(("111122223333",)), frozenset(), "aws-cn")
    assert inside.account_of("arn:aws-cn:iam::111122223333:root") == "111122223333"
    assert inside.account_of("arn:aws:iam::111122223333:root") is None
    assert inside.account_of("111122223333") == "111122223333"
    assert inside.account_of("AIDAEXAMPLE") is None
    assert inside.account_of("x:aws-cn:iam::111122223333:root") is None


def test_no_account_is_own_where_the_stack_names_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stack_config, "account_ids", tuple)
    assert not accounts.inside().owns("arn:aws:iam::111122223333:role/a")
