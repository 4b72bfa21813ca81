"""Facts about the stack that a rule may need: account, Region, environment, tenants, deployer, run.

They come from the rule's own policy config where it says something, else from the stack config that the engine hands
to the pack; never from a resource, a tag or the program. The keys are those of the stack file, under the project's
name. Structured values arrive as JSON text. Never put a value read here into a message: the configuration holds
decrypted secrets.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import pulumi

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reading import Wire


@dataclass(frozen=True)
class Declared:
    """The names that are declared; `problem` says why there are none although a rule asked for them."""

    names: tuple[str, ...]
    problem: str | None = None

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)


def is_preview() -> bool:
    """Return whether this run only plans, so that values may be unknown."""
    return bool(pulumi.runtime.is_dry_run())


def project() -> str:
    """Return the name of the Pulumi project."""
    return str(pulumi.get_project())


def value(key: str) -> Wire:
    """Return the stack config's value of a key of this project, such as ``account-id``; None where it is missing."""
    return pulumi.runtime.get_config(f"{project()}:{key}")


def account_ids(given: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the account ids that policy config lists, else the account of the stack; empty where neither says."""
    listed = tuple(given)
    if listed:
        return listed
    account = value("account-id")
    return (str(account),) if account else ()


def region(given: str = "") -> str | None:
    """Return the Region of the policy config, else the stack's."""
    found = given or pulumi.runtime.get_config("aws:region")
    return str(found) if found else None


def regions(given: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the Regions that policy config lists, else the stack's; empty where neither says."""
    own = region()
    return tuple(given) or ((own,) if own else ())


def environment(given: str = "") -> str | None:
    """Return the environment of the policy config, else the stack's (dev, test, prod)."""
    found = given or value("environment")
    return str(found) if found else None


def tenants(given: Iterable[str] = ()) -> Declared:
    """Return the tenants of the policy config, else those of the stack file; none where they cannot be read."""
    return _declared("tenants", given)


def retired(given: Iterable[str] = ()) -> Declared:
    """Return the names that may not be used again."""
    return _declared("retired", given)


def deployer(given: Iterable[str] = ()) -> Declared:
    """Return the ARNs of the roles or users that run Pulumi."""
    return _declared("deployer", given)


def name_prefix() -> str:
    """Return what the physical names of the stack begin with; without the key it follows from the stack's name."""
    return str(value("name-prefix") or f"ml-{pulumi.get_stack()}")


def people() -> Mapping[str, Mapping[str, Wire]]:
    """Return the people of the stack file by name: groups, tenant, subject; empty where it names nobody."""
    text = value("people")
    listed = _object(text) if isinstance(text, str) else {}
    return {name: each for name, each in listed.items() if isinstance(each, dict)}


def partner_roles() -> tuple[str, ...]:
    """Return the ARNs of the roles of other accounts that the stack file lists as partners."""
    return tuple(each["role"] for each in _partners() if isinstance(each.get("role"), str))


def partners_as(role: str) -> tuple[Mapping[str, Wire], ...]:
    """Return what the stack file says of the partners that read as a role of another account."""
    return tuple(each for each in _partners() if each.get("role") == role)


def partner_networks() -> tuple[str, ...]:
    """Return the networks that partners of the stack file must come from: ids of endpoints, and ranges."""
    listed = (each.get("networks") for each in _partners())
    return tuple(str(one) for networks in listed if isinstance(networks, list) for one in networks)


def partner_prefixes() -> tuple[str, ...]:
    """Return the prefixes of the staging bucket that the stack file grants to partners and to services."""
    text = value("service-readers")
    readers = _object(text) if isinstance(text, str) else {}
    listed = [*_partners(), *readers.values()]
    return tuple(each["prefix"] for each in listed if isinstance(each, dict) and isinstance(each.get("prefix"), str))


def _partners() -> list[dict[str, Wire]]:
    text = value("partners")
    listed = _object(text) if isinstance(text, str) else {}
    return [each for each in listed.values() if isinstance(each, dict)]


def features() -> Declared:
    """Return the features that the stack file declares; none where it leaves them out."""
    return _declared("features", ())


def network_cidrs(given: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the ranges of the policy config, else the range of the stack's network; empty where neither says."""
    network = _network()
    adopted = network.get("adopt")
    own = network.get("cidr") or (adopted.get("cidr") if isinstance(adopted, dict) else None)
    return tuple(given) or _listed(own)


def on_premises() -> tuple[str, ...]:
    """Return the ranges that the stack file says come in by a private line."""
    return _listed(_network().get("on-premises"))


def adopted(kind: str, given: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the ids that policy config lists, else those of the network that the stack file adopts.

    `kind` is the key there: ``vpc``, ``subnets``, ``route-tables``, ``security-groups``, ``s3-prefix-list``.
    """
    network = _network().get("adopt")
    return tuple(given) or _listed(network.get(kind) if isinstance(network, dict) else None)


def adopted_services() -> tuple[str, ...]:
    """Return the services, such as ``s3``, whose endpoints the stack file adopts."""
    network = _network().get("adopt")
    endpoints = network.get("endpoints") if isinstance(network, dict) else None
    return tuple(endpoints) if isinstance(endpoints, dict) else ()


def inside_domains() -> tuple[str, ...]:
    """Return the domains that the stack file has answered beside those of AWS."""
    firewall = _network().get("dns-firewall")
    return _listed(firewall.get("inside-domains") if isinstance(firewall, dict) else None)


def blocks_names() -> bool:
    """Return whether the stack file says that names that are not listed are blocked, as it does without a mode."""
    network = _network()
    firewall = network.get("dns-firewall", {})
    return bool(network) and isinstance(firewall, dict) and firewall.get("mode", "block") == "block"


def log_bucket() -> str | None:
    """Return the bucket outside the stack that the stack file sends flow logs to; None where it names none."""
    flow_logs = _network().get("flow-logs")
    return next(iter(_listed(flow_logs.get("bucket"))), None) if isinstance(flow_logs, dict) else None


def legacy_agent() -> bool:
    """Return whether the stack file says that the bastion runs an SSM Agent of the older kind."""
    text = value("bastion")
    return isinstance(text, str) and _object(text).get("legacy-agent") is True


def policies_per_group() -> int:
    """Return how many policies a group may have by the quotas of the stack file; 0 where it says nothing."""
    text = value("quotas")
    raised = _object(text).get("policies-per-group") if isinstance(text, str) else None
    return raised if isinstance(raised, int) else 0


def recorded_elsewhere(kind: str) -> bool:
    """Return whether the stack file says that the account has a record already, such as ``trail`` or ``recorder``."""
    return kind in _listed(_audit().get("elsewhere"))


def readers_of_records() -> tuple[str, ...]:
    """Return the ARNs of those who may read the files of the account's records."""
    return _listed(_audit().get("readers"))


def _audit() -> Mapping[str, Wire]:
    text = value("audit")
    return _object(text) if isinstance(text, str) else {}


def _network() -> Mapping[str, Wire]:
    text = value("network")
    return _object(text) if isinstance(text, str) else {}


@lru_cache(maxsize=8)
def _object(text: str) -> Mapping[str, Wire]:
    try:
        decoded = json.loads(text)
    except ValueError:
        return {}
    return decoded if isinstance(decoded, dict) else {}


def _listed(said: Wire) -> tuple[str, ...]:
    """Return the texts of a text, a list or the values of a map."""
    parts = said.values() if isinstance(said, dict) else said if isinstance(said, list) else (said,)
    return tuple(part for part in parts if isinstance(part, str) and part)


def bucket_name(purpose: str) -> str | None:
    """Return the name that the stack file gives the bucket of a purpose; None where it gives none."""
    name = of_bucket(purpose).get("name")
    return name if isinstance(name, str) else None


def bucket_called(purpose: str) -> str | None:
    """Return what the bucket of a purpose is called: as the stack file says, else ``<prefix>-<purpose>-<suffix>``."""
    suffix = nested("data", "suffix")
    return bucket_name(purpose) or (f"{name_prefix()}-{purpose}-{suffix}" if suffix else None)


def of_bucket(purpose: str) -> Mapping[str, Wire]:
    """Return what the stack file says of the bucket of a purpose; empty where it says nothing."""
    buckets = nested("data", "buckets")
    found = buckets.get(purpose) if isinstance(buckets, dict) else None
    return found if isinstance(found, dict) else {}


def of_records(key: str) -> Wire:
    """Return what the stack file says of the account's records, such as ``keep-days``; None where it says nothing."""
    return _audit().get(key)


def ingestion() -> tuple[str, ...]:
    """Return the ARNs of the roles that bring raw data in."""
    return _listed(nested("data", "ingestion"))


def nested(key: str, name: str) -> Wire:
    """Return a value inside a structured key of the stack config; None where it is missing or cannot be read."""
    text = value(key)
    return _object(text).get(name) if isinstance(text, str) else None


def _declared(key: str, given: Iterable[str]) -> Declared:
    listed = tuple(given)
    if listed:
        return Declared(listed)
    name = f"{project()}:{key}"
    text = value(key)
    if text is None:
        return Declared((), f"the stack config has no {name} and the policy config lists none")
    return _decoded(name, text) if isinstance(text, str) else _names(name, text)


@lru_cache(maxsize=32)
def _decoded(name: str, text: str) -> Declared:
    # Rules ask for the same names at each resource, and thousands of tenants are a long text.
    try:
        return _names(name, json.loads(text))
    except ValueError:
        return Declared((), f"{name} in the stack config is no JSON")


def _names(name: str, decoded: Wire) -> Declared:
    if not isinstance(decoded, dict | list):
        return Declared((), f"{name} in the stack config is neither a map nor a list")
    names = tuple(decoded)
    if not all(isinstance(one, str) and one for one in names):
        return Declared((), f"{name} in the stack config holds an entry that is no name")
    return Declared(names)
