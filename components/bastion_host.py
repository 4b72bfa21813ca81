"""What the bastion does when it starts: a pure function of nothing, so that no tenant's coming or going replaces it.

The host forwards and does nothing else: no shell, no terminal, no key of its own, an account without rights for each
tenant. Which accounts there are, the instance's tags say; the host reads them from its metadata each minute. How Amazon
Linux 2023 reads these files is taken from its documentation as it is remembered, not run [LIVE].
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

# Tags of an instance: a value holds 256 characters, and 50 tags are allowed, five of which are the platform's own.
TAG_CHARACTERS, ACCOUNT_TAGS = 256, 45

ACCOUNTS = """\
#!/bin/sh
# Makes an account of each tenant that the tags of this instance name, and removes those of former tenants.
# Only the platform writes these tags. Where they cannot be read, everything stays as it is.
set -eu
metadata=http://169.254.169.254/latest
token=$(curl --silent --fail --request PUT --header 'X-aws-ec2-metadata-token-ttl-seconds: 60' "$metadata/api/token")
read_tag() { curl --silent --fail --header "X-aws-ec2-metadata-token: $token" "$metadata/meta-data/tags/instance$1"; }

keys=$(read_tag '')
wanted=' '
for key in $keys; do
  case $key in accounts-[0-9]*) wanted="$wanted$(read_tag "/$key") " ;; esac
done

groupadd --force bastion
for name in $wanted; do
  id -u "$name" >/dev/null 2>&1 || useradd --no-create-home --gid bastion --shell /sbin/nologin -- "$name"
done

group=$(getent group bastion | cut -d : -f 3)
for name in $(getent passwd | awk -F : -v group="$group" '$4 == group { print $1 }'); do
  case $wanted in *" $name "*) ;; *) pkill -KILL -u "$name" || true; userdel -- "$name" ;; esac
done
"""

# PermitOpen keeps tunnels from the metadata service, which answers on port 80 and would hand out the host's role.
SSHD = """\
ListenAddress 127.0.0.1
ListenAddress ::1
AllowGroups bastion
PermitRootLogin no
AuthenticationMethods publickey
AuthorizedKeysFile none
PasswordAuthentication no
KbdInteractiveAuthentication no
MaxSessions 0
PermitTTY no
ForceCommand /sbin/nologin
AllowTcpForwarding local
PermitOpen *:443
GatewayPorts no
AllowStreamLocalForwarding no
AllowAgentForwarding no
X11Forwarding no
PermitTunnel no
PermitUserRC no
PermitUserEnvironment no
ClientAliveInterval 60
"""

SERVICE = """\
[Unit]
Description=Accounts of the tenants, as the tags of the instance name them
[Service]
Type=oneshot
ExecStart=/usr/local/sbin/tenant-accounts
"""

TIMER = """\
[Unit]
Description=Look each minute for tenants that came or went
[Timer]
OnBootSec=0
OnUnitInactiveSec=60
[Install]
WantedBy=timers.target
"""


def user_data() -> str:
    """Return the start script as base64 of a cloud-config, written as JSON, which YAML reads."""
    text = "#cloud-config\n" + json.dumps(cloud_config(), indent=1) + "\n"
    return base64.b64encode(text.encode()).decode()


def cloud_config() -> dict[str, Any]:
    """Return what cloud-init sets up; the empty list of users leaves out the default one, which could use sudo."""
    return {
        "users": [],
        "disable_root": True,
        "ssh_pwauth": False,
        "write_files": [
            _file("/usr/local/sbin/tenant-accounts", ACCOUNTS, "0755"),
            _file("/etc/ssh/sshd_config.d/10-tenants.conf", SSHD, "0600"),
            _file("/etc/systemd/system/tenant-accounts.service", SERVICE, "0644"),
            _file("/etc/systemd/system/tenant-accounts.timer", TIMER, "0644"),
        ],
        "runcmd": [
            ["systemctl", "daemon-reload"],
            ["systemctl", "enable", "--now", "tenant-accounts.timer"],
            ["systemctl", "restart", "sshd"],
        ],
    }


def account_tags(tenants: Iterable[str]) -> dict[str, str]:
    """Return the tags that name the accounts, as few as hold them; they change in place when a tenant comes or goes.

    Raises ValueError where they hold no more.
    """
    lines: list[str] = [""]
    for tenant in sorted(set(tenants)):
        longer = f"{lines[-1]} {tenant}".strip()
        lines = [*lines[:-1], longer] if len(longer) <= TAG_CHARACTERS else [*lines, tenant]
    if len(lines) > ACCOUNT_TAGS:
        raise ValueError(
            f"tenants: names of {sum(map(len, lines))} characters given, {ACCOUNT_TAGS} tags of {TAG_CHARACTERS} are "
            "allowed, the tags of the bastion name its accounts; leave the feature bastion out or spread the tenants"
        )
    return {f"accounts-{number}": line for number, line in enumerate(lines, 1) if line}


def _file(path: str, content: str, permissions: str) -> dict[str, str]:
    return {"path": path, "permissions": permissions, "content": content}
