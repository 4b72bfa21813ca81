"""Whether the stack file says that names are blocked."""

from __future__ import annotations

import json

import pytest
import stack_config

NETWORK = {"cidr": "10.0.0.0/16"}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (None, False),
        ("no JSON", False),
        (json.dumps(NETWORK), True),
        (json.dumps({**NETWORK, "dns-firewall": {}}), True),
        (json.dumps({**NETWORK, "dns-firewall": {"inside-domains": ["*.corp.example"]}}), True),
        (json.dumps({**NETWORK, "dns-firewall": {"mode": "block"}}), True),
        (json.dumps({**NETWORK, "dns-firewall": {"mode": "alert"}}), False),
        (json.dumps({**NETWORK, "dns-firewall": {"mode": "off"}}), False),
    ],
)
def test_names_are_blocked_unless_the_stack_file_says_otherwise_or_nothing(
    said: str | None, *, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stack_config, "value", {"network": said}.get)
    assert stack_config.blocks_names() is expected
