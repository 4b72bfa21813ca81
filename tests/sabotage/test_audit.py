"""What keeps the account's records whole, what checks it and what it costs, taken away one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.sabotage.program import Edit

pytestmark = pytest.mark.verify

WIRING, TRAIL, RECORDER = "wiring/audit.py", "components/audit_trail.py", "components/change_recorder.py"
RECORDS, BUDGETS, LOGS = "components/documents/audit.py", "components/tenant_budgets.py", "components/work_logs.py"
CHECKS, ANALYZERS = "components/run_time_checks.yaml", "components/access_analyzers.py"
LOCKED = "s3-audit-bucket-is-locked"
STOP, STOPS = "components/budget_stop.py", "components/documents/budget_stop.py"
AUTOMATIC, ONLY_DENIES = "budgets-action-is-automatic", "budgets-action-only-denies"

EDITS: dict[str, tuple[Edit, str]] = {
    "the trail is absent": (
        (WIRING, "        _raise_trail(site, data, key)\n", "        pass\n"),
        "cloudtrail-stack-has-a-trail",
    ),
    "the trail covers one Region": (
        (TRAIL, "is_multi_region_trail=True", "is_multi_region_trail=False"),
        "cloudtrail-trail-is-multi-region",
    ),
    "nobody says how many Regions the trail covers": (
        (TRAIL, "            is_multi_region_trail=True,\n", ""),
        "cloudtrail-trail-is-multi-region",
    ),
    "the trail is off": ((TRAIL, "enable_logging=True", "enable_logging=False"), "cloudtrail-trail-is-multi-region"),
    "the trail signs no file": (
        (TRAIL, "            enable_log_file_validation=True,\n", ""),
        "cloudtrail-trail-validates-files",
    ),
    "the trail has no key": (
        (TRAIL, "            kms_key_id=self._args.key_arn,\n            is_multi", "            is_multi"),
        "cloudtrail-trail-uses-customer-key",
    ),
    "the objects of one bucket are not watched": (
        (WIRING, "for purpose in OF_DATA}", "for purpose in OF_DATA[1:]}"),
        "cloudtrail-trail-records-data-events",
    ),
    "reads of objects are not watched": (
        (
            TRAIL,
            '_is("resources.type", "AWS::S3::Object"),\n',
            '_is("resources.type", "AWS::S3::Object"),\n                    _is("readOnly", "false"),\n',
        ),
        "cloudtrail-trail-records-data-events",
    ),
    "whoever has a grant reads records": (
        (RECORDS, "        only_listed_principals(scope, AUDIT, *scope.auditors, services=True),\n", ""),
        LOCKED,
    ),
    "somebody who is not listed reads records": (
        (RECORDS, "AUDIT, *scope.auditors, services", 'AUDIT, scope.naming.iam_arn("role/other"), services'),
        LOCKED,
    ),
    "the deployer reads records": ((RECORDS, "        deployer_reads_no_object(scope, AUDIT),\n", ""), LOCKED),
    "records are removed": ((RECORDS, "        records_are_only_added(scope),\n", ""), LOCKED),
    "records are written by people": ((RECORDS, "        only_services_add_records(scope),\n", ""), LOCKED),
    "a trail of any account writes records": (
        (
            RECORDS,
            (
                "        conditions=all_of(\n            own_account(scope), when("
                '"ArnEquals", "aws:SourceArn", scope.naming.arn("cloudtrail", trail_path(scope)))\n        ),\n'
            ),
            "",
        ),
        LOCKED,
    ),
    "nobody hears of a trail being stopped": (
        (WIRING, '    RecordsAlarm("records-alarm", alarm, site.options)\n', ""),
        "cloudtrail-change-raises-alarm",
    ),
    "nobody hears of a trail being blinded": (
        ("components/documents/alarms.py", '"UpdateTrail", "PutEventSelectors")', '"UpdateTrail")'),
        "cloudtrail-change-raises-alarm",
    ),
    "the alarm on records is off": (
        ("components/alarm.py", 'state="ENABLED"', 'state="DISABLED"'),
        "cloudtrail-change-raises-alarm",
    ),
    "the recorder is off": ((RECORDER, "is_enabled=True", "is_enabled=False"), "config-recorder-is-on"),
    "the recorder is absent": (
        (RECORDER, "[] if args.recorded_elsewhere else [self._create_recording()]", "[]"),
        "config-recorder-is-on",
    ),
    "the recorder leaves out users and roles": (
        (RECORDER, "include_global_resource_types=True", "include_global_resource_types=False"),
        "config-recorder-is-on",
    ),
    "the records of Config have no key": (
        (RECORDER, "            s3_kms_key_arn=self._args.key_arn,\n", ""),
        "cloudtrail-trail-uses-customer-key",
    ),
    "the checks make something": (
        (CHECKS, "Resources:\n", "Resources:\n  Door:\n    Type: AWS::IAM::User\n"),
        "config-conformance-pack-only-checks",
    ),
    "the analyzer is absent": (
        (WIRING, "        _raise_analyzers(site)\n", "        pass\n"),
        "accessanalyzer-analyzer-exists",
    ),
    "the analyzer looks for something else": (
        (ANALYZERS, 'type="ACCOUNT",', 'type="ACCOUNT_UNUSED_ACCESS",'),
        "accessanalyzer-analyzer-exists",
    ),
    "a log group of work is kept for ever": (
        (LOGS, "            retention_in_days=self._args.retention_days,\n", ""),
        "logs-group-has-retention",
    ),
    "a log group of work has no key": (
        (LOGS, "            kms_key_id=self._args.key_arn,\n", ""),
        "logs-group-uses-customer-key",
    ),
    "a budget tells nobody": (
        (BUDGETS, "subscriber_email_addresses=list(self._args.tell) or None", "subscriber_email_addresses=None"),
        "budgets-budget-tells-somebody",
    ),
    "a budget tells when the money is gone": (
        (BUDGETS, "TOLD_AT = (80, 100)", "TOLD_AT = (100,)"),
        "budgets-budget-tells-somebody",
    ),
    "a spent budget waits for consent": ((STOP, 'approval_model="AUTOMATIC"', 'approval_model="MANUAL"'), AUTOMATIC),
    "a budget stops when more is spent": ((STOP, "STOPPED_AT = 100", "STOPPED_AT = 120"), AUTOMATIC),
    "a budget stops in silence": ((STOP, '(("EMAIL", self._args.tell), ("SNS", self._args.topics))', "()"), AUTOMATIC),
    "a spent budget gives rights": (
        (STOPS, "effect=Effect.DENY, actions=spending", "effect=Effect.ALLOW, actions=spending"),
        ONLY_DENIES,
    ),
    "a spent budget attaches any policy": ((STOPS, "        conditions=_only_the_stop(scope),\n", ""), ONLY_DENIES),
    "budgets write policies": (
        (STOPS, '"AttachRolePolicy", "DetachRolePolicy"', '"AttachRolePolicy", "PutRolePolicy"'),
        ONLY_DENIES,
    ),
    "budgets of any account stop tenants": (
        (STOPS, 'all_of(own_account(scope), when("ArnLike", "aws:SourceArn", budgets))', "{}"),
        "iam-role-trust-guards-service-caller",
    ),
    "a role has no room for the stop": (
        (
            "components/tenant_access.py",
            "for purpose in purposes]",
            "for purpose in (*purposes, *('one', 'two', 'three', 'four'))]",
        ),
        "iam-principal-fits-attachment-quota",
    ),
}


@pytest.mark.parametrize(("edit", "rule"), EDITS.values(), ids=EDITS)
def test_the_pack_refuses_records_that_are_less_than_whole(edit: Edit, rule: str, sabotage: Any) -> None:
    verdict = sabotage(edit)
    assert rule in verdict.refusals()
    assert verdict.exit_code == 1


def test_the_pack_tells_of_a_tenant_without_a_budget(sabotage: Any) -> None:
    """S3-A18: a warning, since a tenant without a budget endangers nobody."""
    verdict = sabotage(
        ("wiring/budgets.py", "for tenant in site.settings.tenants if", 'for tenant in ("alice", "bob") if')
    )
    told = [row for row in verdict.run["diagnostics"] if row["policy"] == "budgets-tenant-has-budget"]
    assert {row["level"] for row in told} == {"advisory"}
    assert any("carol" in row["message"] for row in told)
    assert verdict.exit_code == 0


def test_the_pack_tells_of_a_person_whom_a_spent_budget_does_not_stop(sabotage: Any) -> None:
    """S3-A18: a warning as well."""
    verdict = sabotage((STOP, "users=list(names.users) or None", "users=None"))
    told = [row for row in verdict.run["diagnostics"] if row["policy"] == "budgets-tenant-is-stopped"]
    assert {row["level"] for row in told} == {"advisory"}
    assert any("person-ann" in row["message"] for row in told)
    assert verdict.exit_code == 0
