"""Whether the stack file says that the bastion runs an old SSM Agent."""

from __future__ import annotations

import json

import pytest
import stack_config


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (None, False),
        ("no JSON", False),
        (json.dumps([]), False),
        (json.dumps({}), False),
        (json.dumps({"legacy-agent": False}), False),
        (json.dumps({"legacy-agent": "true"}), False),
        (json.dumps({"legacy-agent": True}), True),
    ],
)
def test_only_a_plain_true_admits_the_messages_of_an_old_agent(
    said: str | None, *, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stack_config, "value", {"bastion": said}.get)
    assert stack_config.legacy_agent() is expected
