"""What the bastion does when it starts: the script is run here against stand-ins of the host's own commands."""

from __future__ import annotations

import base64
import json
import os
import subprocess
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components import bastion_host

if TYPE_CHECKING:
    from pathlib import Path

NAMES = st.sets(st.from_regex(r"[a-z][a-z0-9]{2,19}", fullmatch=True), max_size=200)
CURL = """\
for last; do :; done
case $last in
  */api/token) echo token ;;
  *) cat "$TAGS/$(basename "$last")" ;;
esac
"""
COMMANDS = {
    "curl": CURL,
    "groupadd": 'echo "groupadd $*" >> "$LOG"',
    "useradd": 'echo "useradd $*" >> "$LOG"',
    "userdel": 'echo "userdel $*" >> "$LOG"',
    "pkill": 'echo "pkill $*" >> "$LOG"; exit 1',
    "id": 'grep -q "^$2:" "$PASSWD"',
    "getent": 'case $1 in group) echo "bastion:x:990:" ;; *) cat "$PASSWD" ;; esac',
}
ACCOUNTS = "root:x:0:0::/root:/bin/bash\nalice:x:1001:990::/:/sbin/nologin\nmallory:x:1002:990::/:/sbin/nologin\n"


def run(folder: Path, tags: dict[str, str]) -> tuple[int, list[str]]:
    """Run the script where the metadata hold these tags; return its exit code and what it did to accounts."""
    stand_ins, metadata = folder / "bin", folder / "tags"
    for each in (stand_ins, metadata):
        each.mkdir()
    for name, body in COMMANDS.items():
        (stand_ins / name).write_text(f"#!/bin/sh\n{body}\n")
        (stand_ins / name).chmod(0o755)
    for key, value in tags.items():
        (metadata / key).write_text(value)
    if tags:
        (metadata / "instance").write_text("\n".join(tags))
    log, passwd = folder / "log", folder / "passwd"
    log.touch()
    passwd.write_text(ACCOUNTS)
    places = {"TAGS": str(metadata), "LOG": str(log), "PASSWD": str(passwd)}
    path = f"{stand_ins}:{os.environ['PATH']}"
    ended = subprocess.run(
        ["sh", "-c", bastion_host.ACCOUNTS], env={**places, "PATH": path}, check=False, capture_output=True, timeout=60
    )
    return ended.returncode, log.read_text().splitlines()


def test_a_tenant_that_came_gets_an_account_without_shell_and_one_that_went_loses_it(tmp_path: Path) -> None:
    code, done = run(tmp_path, {"Name": "mallory", "accounts-1": "alice bob", "accounts-2": "carol"})
    assert code == 0
    assert done == [
        "groupadd --force bastion",
        "useradd --no-create-home --gid bastion --shell /sbin/nologin -- bob",
        "useradd --no-create-home --gid bastion --shell /sbin/nologin -- carol",
        "pkill -KILL -u mallory",
        "userdel -- mallory",
    ]


def test_an_account_of_the_host_is_never_touched(tmp_path: Path) -> None:
    _, done = run(tmp_path, {"accounts-1": "alice mallory root"})
    assert done == ["groupadd --force bastion"]


def test_where_the_tags_cannot_be_read_everything_stays_as_it_is(tmp_path: Path) -> None:
    code, done = run(tmp_path, {})
    assert code != 0
    assert done == []


def test_the_start_script_names_no_tenant_and_makes_no_default_user() -> None:
    text = base64.b64decode(bastion_host.user_data()).decode()
    head, _, body = text.partition("\n")
    assert head == "#cloud-config"
    assert json.loads(body) == bastion_host.cloud_config()
    assert json.loads(body)["users"] == [], "the default user of the image may use sudo"
    assert "sudo" not in text
    assert "alice" not in text
    assert len(text) < 16384, "EC2 takes no longer one"


@pytest.mark.parametrize(
    "line",
    [
        "AllowGroups bastion",
        "AuthorizedKeysFile none",
        "MaxSessions 0",
        "PermitTTY no",
        "AllowTcpForwarding local",
        "PermitOpen *:443",
        "AllowAgentForwarding no",
        "PermitRootLogin no",
        "PasswordAuthentication no",
    ],
)
def test_ssh_forwards_https_and_does_nothing_else(line: str) -> None:
    """Without PermitOpen a tunnel would reach the metadata service, which hands out the role of the host."""
    assert line in bastion_host.SSHD.splitlines()


@given(NAMES)
def test_tags_name_every_account_once_in_as_few_tags_as_hold_them(names: set[str]) -> None:
    tags = bastion_host.account_tags(names)
    assert sorted(name for line in tags.values() for name in line.split()) == sorted(names)
    assert all(0 < len(line) <= 256 for line in tags.values())
    assert all(len(f"{one} {other.split()[0]}") > 256 for one, other in pairwise(tags.values()))


def test_more_names_than_tags_hold_are_refused() -> None:
    with pytest.raises(ValueError, match="45 tags of 256 are allowed"):
        bastion_host.account_tags(f"t{number:03}{'x' * 16}" for number in range(541))
    assert len(bastion_host.account_tags(f"t{number:03}{'x' * 16}" for number in range(540))) == 45
