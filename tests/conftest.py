"""What holds for every test: no way out of this machine, no credentials, no colours."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings
from pytest_socket import socket_allow_hosts

# A busy machine is no counterexample. In CI the examples are always the same; elsewhere they vary from run to run.
settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize="CI" in os.environ
)
settings.load_profile("house")

# Before anything imports gRPC, whose notes on connections that end would stand between the dots.
os.environ.setdefault("GRPC_VERBOSITY", "ERROR")

LOOPBACK = ["127.0.0.1", "::1", "localhost"]


@pytest.fixture(autouse=True)
def only_loopback() -> None:
    """Any socket to another address is an error, in this process; child processes inherit no credentials."""
    socket_allow_hosts(LOOPBACK, allow_unix_socket=True)


@pytest.fixture(autouse=True)
def no_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither AWS nor Pulumi finds an account, a session or settings of the person who runs the tests."""
    for name in list(os.environ):
        if name.startswith(("AWS_", "PULUMI_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("NO_COLOR", "1")
