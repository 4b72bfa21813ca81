"""The guard of the tests themselves."""

from __future__ import annotations

import os
import socket

import pytest
from pytest_socket import SocketConnectBlockedError


# The guard warns before it raises; here the error itself is looked at.
@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_a_connection_to_another_machine_is_an_error() -> None:
    with pytest.raises(SocketConnectBlockedError), socket.socket() as connection:
        connection.connect(("192.0.2.1", 443))


def test_a_connection_to_this_machine_is_allowed() -> None:
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen()
        client.connect(server.getsockname())
        assert client.getpeername() == server.getsockname()


def test_no_credentials_of_the_person_who_runs_the_tests_are_visible() -> None:
    visible = [name for name in os.environ if name.startswith("AWS_") and "KEY" in name]
    assert visible == []
    assert os.environ["AWS_EC2_METADATA_DISABLED"] == "true"
