"""A valid config, edits of it, and what the settings say of them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from settings import Problem, Settings, SettingsError, parse

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass
class Stack:
    """The values of a stack file, bare keys meaning the project's, and what becomes of them."""

    values: dict[str, Any] = field(default_factory=dict)

    def config(self) -> dict[str, str]:
        """Return the values as Pulumi hands them over."""
        named = {key if ":" in key else f"closed-sagemaker:{key}": value for key, value in self.values.items()}
        return {key: value if isinstance(value, str) else json.dumps(value) for key, value in named.items()}

    def settings(self, stack: str = "dev") -> Settings:
        """Return the settings; SettingsError where they are refused."""
        return parse(self.config(), project="closed-sagemaker", stack=stack)

    def problems(self, stack: str = "dev") -> dict[str, Problem]:
        """Return the problems by the last part of their path that tells them apart, without `config › `."""
        with pytest.raises(SettingsError) as refused:
            self.settings(stack)
        found = {
            problem.path.removeprefix("config › ").removeprefix("closed-sagemaker:"): problem
            for problem in refused.value.problems
        }
        assert len(found) == len(refused.value.problems), "two problems at one place"
        return found

    def only_problem(self, path: str, stack: str = "dev") -> Problem:
        """Return the one problem there is, which must be at `path`."""
        found = self.problems(stack)
        assert list(found) == [path]
        return found[path]

    def refuses_with_a_way_out(self, place: str, said: str) -> None:
        """One problem, at that place; what is allowed or why says this; given and what to write are not empty."""
        problem = self.only_problem(place)
        assert said in f"{problem.allowed} {problem.why}"
        assert problem.given
        assert problem.write


def _valid() -> dict[str, Any]:
    return {
        "aws:region": "ap-northeast-1",
        "pulumi:disable-default-providers": ["aws"],
        "account-id": "111122223333",
        "environment": "dev",
        "name-prefix": "ml-dev",
        "deployer": ["arn:aws:iam::111122223333:role/ci-deploy"],
        "network": {"cidr": "10.0.0.0/16", "zones": ["apne1-az1", "apne1-az4"]},
        "features": ["notebooks", "training", "inference"],
        "tenants": {"alice": {}, "bob": {}, "carol": {}},
        "people": False,
        "retired": [],
        "data": {"suffix": "7f3a"},
        "quotas": {"iam-roles": 1000},
    }


@pytest.fixture(scope="session")
def stack_of() -> Callable[..., Stack]:
    """Return a function that makes the example stack with some values changed; None leaves a key out."""

    def made(changes: dict[str, Any] | None = None, **network: Any) -> Stack:
        values = _valid() | (changes or {})
        if network:
            values["network"] = values["network"] | {key.replace("_", "-"): each for key, each in network.items()}
        return Stack({key: value for key, value in values.items() if value is not None})

    return made
