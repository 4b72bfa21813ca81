"""What holds for every test: no way out of this machine, no credentials, no colours."""

from __future__ import annotations

import gc
import os

import pytest
from hypothesis import HealthCheck, settings
from pytest_socket import socket_allow_hosts

from tests import sharing
from tests.batches import COUNTED, generate

# A busy machine is no counterexample. In CI the examples are always the same; elsewhere they vary from run to run.
settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize="CI" in os.environ
)
settings.load_profile("house")

# Before anything imports gRPC, whose notes on connections that end would stand between the dots.
os.environ.setdefault("GRPC_VERBOSITY", "ERROR")

# What tests share, some million objects, would be looked through again and again: a sixth of the time.
gc.set_threshold(50_000, 20, 20)

LOOPBACK = ["127.0.0.1", "::1", "localhost"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let every row of a batch be asked for by itself."""
    parser.addoption("--each", action="store_true", help="make every row of `each_of` a test, as -k does")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make the tests of rows in batches."""
    generate(metafunc)


@pytest.hookimpl(optionalhook=True)  # mutants run without xdist
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Let tests that share something run in one worker."""
    return sharing.scheduler(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest."""
    sharing.longest_first(items)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many rows the tests have judged: a number of tests alone would hide that some are lost."""
    reports = [
        each for kind in ("passed", "failed") for each in terminalreporter.getreports(kind) if each.when == "call"
    ]
    rows = sum(dict(each.user_properties).get(COUNTED, 1) for each in reports)
    terminalreporter.write_line(f"{rows} rows and cases in {len(reports)} tests")


def pytest_collection_finish() -> None:
    """Leave what was imported and collected out of every later search for garbage."""
    gc.collect()
    gc.freeze()


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
