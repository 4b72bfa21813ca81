"""Every row of the catalogue about stores, keys and records: the rules that hold it, and the edits that show it.

A row that rules merge stands under the rule that took it over. An edit is a sentence of a table of this folder, or the
name of a test; each must speak of one of the row's rules.
"""

from __future__ import annotations

import inspect
import re
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from catalogue import BY_ID, RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
ROOT = HERE.parents[1]

# The mandatory rows, in the order of the catalogue.
MANDATORY: dict[str, tuple[str, ...]] = {
    "s3-bucket-public-access-is-blocked": ("the access block is absent", "nobody can tell whose access block it is"),
    "s3-account-public-access-is-blocked": ("the whole account's block lacks a flag",),
    "s3-bucket-encryption-uses-customer-key": ("the encryption is absent", "nobody can tell whose encryption it is"),
    "s3-bucket-has-policy": ("the bucket policy is absent", "nobody can tell whose policy it is"),
    "s3-bucket-policy-denies-plain-http": ("plain HTTP is not denied",),
    "s3-bucket-policy-requires-endpoint": ("requests past the endpoint are not denied",),
    "s3-bucket-policy-has-no-public-principal": ("anybody adds records",),
    "s3-bucket-policy-foreign-account-is-listed": ("another account adds records",),
    "s3-bucket-is-versioned": ("versioning is absent", "nobody can tell whose versioning it is"),
    "s3-bucket-ownership-is-enforced": ("ownership is absent", "nobody can tell whose ownership it is"),
    "s3-bucket-has-no-acl": ("an object has a list of access",),
    "s3-bucket-force-destroy-is-off": ("test_the_pack_refuses_buckets_that_go_with_their_data_outside_dev",),
    "s3-bucket-has-no-website": ("buckets are web sites",),
    "s3-replication-stays-inside": ("buckets are copied elsewhere",),
    "s3-access-point-is-vpc-only": ("an access point answers from the internet",),
    "kms-key-rotates": ("the key's rotation is absent",),
    "kms-key-policy-is-declared": ("a key has the policy that AWS gives it",),
    "kms-key-policy-keeps-an-administrator": ("nobody administers the key of volumes",),
    "kms-key-policy-has-no-wildcard-principal": ("anybody adds records",),
    "kms-key-lockout-check-is-kept": ("the check against locking everybody out is off",),
    "kms-grant-grantee-is-listed": ("a grant opens the key beside its policy",),
    "kms-decrypt-names-keys": ("grants decrypt with any key",),
    "kms-reference-is-a-platform-key": ("volumes have a foreign key", "buckets have a foreign key"),
    "cloudtrail-stack-has-a-trail": ("the trail is absent",),
    "cloudtrail-trail-is-multi-region": ("the trail covers one Region",),
    "cloudtrail-trail-validates-files": ("the trail signs no file",),
    "cloudtrail-trail-uses-customer-key": ("the trail has no key",),
    "cloudtrail-trail-is-logging": ("the trail is off",),
    "logs-group-has-retention": ("a log group of work is kept for ever",),
    "logs-group-uses-customer-key": ("a log group of work has no key",),
    "logs-subscription-stays-inside": ("the record of traffic goes to another account",),
    "sns-subscription-stays-inside": ("alarms leave by the web",),
}

# Rows that only advise in the catalogue, and rules of the platform's own beside it.
BESIDE: dict[str, tuple[str, ...]] = {
    "s3-bucket-key-is-enabled": ("no bucket key",),
    "s3-bucket-access-is-logged": ("requests are not logged",),
    "s3-bucket-has-lifecycle": ("the lifecycle is absent",),
    "s3-audit-bucket-is-locked": ("records are removed",),
    "s3-object-lock-retains": ("a lock retains nothing",),
    "s3-bucket-keeps-what-is-declared": ("records go after a day", "raw data is not locked as the stack file says"),
    "s3-bucket-policy-binds-uploads": ("uploads take any key",),
    "iam-foreign-reader-is-bounded": ("a partner has no end",),
    "kms-key-policy-guards-service-use": ("budgets of any account stop tenants",),
    "kms-key-policy-limits-use": ("a partner decrypts directly",),
    "kms-key-deletion-window-is-long": ("a key is gone within a week",),
    "kms-tenant-key-serves-its-owner": ("a tenant's own key serves all tenants",),
    "cloudtrail-trail-records-data-events": ("the objects of one bucket are not watched",),
    "kms-key-has-alias": ("keys have no alias",),
    "kms-key-fits-its-use": ("data is under the key that partners use", "the trail is under the key of data"),
    "cloudtrail-trail-records-calls": ("the trail tells of objects alone",),
    "cloudtrail-records-go-to-their-bucket": ("the trail goes where tenants read",),
    "iam-platform-role-is-exclusive": ("what is attached to a service's role stays",),
    "iam-allow-keeps-versions-and-keys": ("tenants are granted the deletion of old versions",),
    "cloudtrail-change-raises-alarm": ("nobody hears of a trail being stopped",),
    "config-recorder-is-on": ("the recorder is absent",),
    "config-recorder-covers-all-types": ("the recorder leaves out users and roles",),
    "accessanalyzer-analyzer-exists": ("the analyzer is absent",),
    "budgets-tenant-has-budget": ("test_the_pack_tells_of_a_tenant_without_a_budget",),
    "budgets-budget-tells-somebody": ("a budget tells nobody",),
    "budgets-action-is-automatic": ("a spent budget waits for consent",),
    "budgets-action-only-denies": ("a spent budget attaches any policy",),
    "budgets-tenant-is-stopped": ("test_the_pack_tells_of_a_person_whom_a_spent_budget_does_not_stop",),
    "events-target-stays-inside": ("events are sent to another account",),
    "iam-emergency-role-raises-alarm": (
        "nobody hears of the emergency",
        "nobody hears of an emergency that begins at the provider",
    ),
}
# Rows that a rule of another name answers without listing them among its merged rows.
MERGED = {
    "s3-bucket-policy-has-no-public-principal": "iam-resource-policy-has-no-public-principal",
    "kms-key-policy-has-no-wildcard-principal": "iam-resource-policy-has-no-public-principal",
}
ROWS = {**MANDATORY, **BESIDE}
# What no rule of the pack asks for, with the reason.
LEFT_OUT = {
    "guardduty-detector-is-enabled": "threat detection belongs to the organisation",
    "sns-topic-uses-customer-key": "the topics carry no data",
}


def edits_in(value: object) -> Iterator[tuple[str, str, str]]:
    """Yield the edits (file, old text, new text) in a row of a table, however deep."""
    if isinstance(value, tuple) and len(value) == 3 and all(isinstance(part, str) for part in value):
        yield value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from edits_in(part)


@cache
def shown() -> dict[str, str]:
    """Return what speaks of rules, by sentence or name of a test: the rule that it names, or its source."""
    found: dict[str, str] = {}
    for path in sorted(HERE.glob("test_*.py")):
        if path.name == Path(__file__).name:
            continue
        for name, value in vars(import_module(f"tests.sabotage.{path.stem}")).items():
            if isinstance(value, dict):
                found |= {plain(key): str(row[-1]) for key, row in value.items() if any(edits_in(row))}
            if name.startswith("test_") and inspect.isfunction(value):
                found[name] = inspect.getsource(value)
    return found


def plain(sentence: str) -> str:
    """Return a sentence without the numbers of acceptance statements that it begins with."""
    return re.sub(r"^(S\d+-A\d+ )+", "", sentence)


def rule_of(row: str) -> str:
    """Return the rule that answers a row: of its name, or the one that it was merged into."""
    taken = {alias: rule.id for rule in RULES for alias in rule.aliases}
    return MERGED.get(row) or (row if row in BY_ID else taken[row])


@pytest.mark.parametrize(("row", "edits"), ROWS.items(), ids=ROWS)
def test_a_row_is_held_by_a_rule_and_shown_by_an_edit(row: str, edits: tuple[str, ...]) -> None:
    rule = rule_of(row)
    assert rule in BY_ID
    assert {edit: rule in shown().get(edit, "") for edit in edits} == dict.fromkeys(edits, True)


def test_every_rule_about_stores_keys_and_records_has_a_row() -> None:
    kinds = ("s3-", "kms-", "cloudtrail-", "config-recorder", "budgets-", "logs-", "sns-", "accessanalyzer-")
    rules = {rule.id for rule in RULES if rule.id.startswith(kinds)}
    assert rules - {rule_of(row) for row in ROWS} == set()
    assert not set(LEFT_OUT) & set(BY_ID)


def test_every_edit_of_the_program_finds_its_text() -> None:
    """A row whose text is gone would be seen only when the long tests run."""
    lost: list[tuple[Any, ...]] = []
    for path in sorted(HERE.glob("test_*.py")):
        for value in vars(import_module(f"tests.sabotage.{path.stem}")).values():
            rows = value.items() if isinstance(value, dict) else ()
            for key, row in rows:
                edited: dict[str, str] = {}
                for name, old, new in edits_in(row):
                    source = ROOT / name
                    if source.is_file():
                        text = edited.setdefault(name, source.read_text(encoding="utf-8"))
                        lost += [(path.name, key, name)] if text.count(old) != 1 else []
                        edited[name] = text.replace(old, new)
    assert lost == []
