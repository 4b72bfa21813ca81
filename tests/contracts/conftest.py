"""The repository's own program with its own dev stack, recorded once per variation under the strict stand-in."""

from __future__ import annotations

import functools
import json
import runpy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from settings import STAGES
from tests.components.recording import Recording, record

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
KEY = "closed-sagemaker:"


def people_for(config: dict[str, Any]) -> dict[str, Any]:
    """Return the stack's people as far as they fit its tenants and its stage, and one for each tenant without."""
    tenants, stage = config[f"{KEY}tenants"], STAGES[config[f"{KEY}environment"]].capabilities
    fitting = {
        name: person
        for name, person in config[f"{KEY}people"].items()
        if person.get("tenant", next(iter(tenants))) in tenants and set(person["groups"]) <= set(stage)
    }
    served = {person.get("tenant") for person in fitting.values()}
    more = {f"{name}-one": {"tenant": name, "groups": ["engineers"]} for name in tenants if name not in served}
    deploying = [each["tenant"] for each in fitting.values() if "mlops" in each["groups"] and "approvers" in stage]
    more |= {f"{name}-approver": {"tenant": name, "groups": ["approvers"]} for name in deploying}
    return {**fitting, **more}


@functools.cache
def recorded(changes: str = "{}", *, preview: bool = False) -> Recording:
    """Record the program with values of the dev stack replaced; `changes` is JSON, without the project's name."""
    config = yaml.safe_load((ROOT / "Pulumi.dev.yaml").read_text(encoding="utf-8"))["config"]
    config |= {f"{KEY}{key}": value for key, value in json.loads(changes).items()}
    if "people" not in changes:
        config[f"{KEY}people"] = people_for(config)
    texts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in config.items()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PULUMI_CONFIG", json.dumps(texts))
        return record(lambda: runpy.run_path(str(ROOT / "__main__.py"), run_name="__main__"), preview=preview)


@pytest.fixture
def program() -> Recording:
    """The dev stack as deployed: three tenants, two zones, every feature."""
    return recorded()


@pytest.fixture
def previewed() -> Recording:
    """The dev stack in a first preview."""
    return recorded(preview=True)


@pytest.fixture
def varied() -> Callable[..., Recording]:
    """Return the recording of the dev stack with values replaced, as in ``varied(tenants={"alice": {}})``."""

    def record_with(**changes: Any) -> Recording:
        return recorded(json.dumps({key.replace("_", "-"): value for key, value in changes.items()}, sort_keys=True))

    return record_with
