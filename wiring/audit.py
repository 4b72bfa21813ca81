"""The account's records, and the checks that go on after a deployment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi

from components.access_analyzers import AccessAnalyzers, AccessAnalyzersArgs
from components.audit_trail import AuditTrail, AuditTrailArgs
from components.change_recorder import ChangeRecorder, ChangeRecorderArgs
from components.documents.scope import AUDIT, LOGS, OF_DATA
from components.records_alarm import RecordsAlarm, RecordsAlarmArgs
from components.work_logs import WorkLogs, WorkLogsArgs
from settings import Elsewhere

if TYPE_CHECKING:
    from components.data_key import DataKey
    from wiring.data import Data
    from wiring.site import Site


def raise_audit(site: Site, data: Data) -> None:
    """Make what the stack file does not say is elsewhere; log groups before tenants' work can fill them."""
    elsewhere, key = site.settings.audit.elsewhere, data.keys[LOGS]
    if Elsewhere.TRAIL not in elsewhere:
        _raise_trail(site, data, key)
    _raise_recorder(site, data, key)
    if Elsewhere.ANALYZERS not in elsewhere:
        _raise_analyzers(site)
    if Elsewhere.WORK_LOGS not in elsewhere:
        _raise_work_logs(site, key)


def _raise_trail(site: Site, data: Data, key: DataKey) -> None:
    choice = site.settings.audit
    arguments = AuditTrailArgs(
        scope=site.scope,
        records=data.buckets[AUDIT],
        watched={purpose: data.buckets[purpose] for purpose in OF_DATA},
        key_arn=key.key_arn,
        protect=site.protect,
        log_days=choice.log_days if choice.trail_log_group else None,
    )
    trail = AuditTrail("calls", arguments, site.options)
    pulumi.export("trail", trail.trail_arn)
    alarm = RecordsAlarmArgs(
        scope=site.scope, records=[trail, data.buckets[AUDIT]], tell=site.settings.sign_in.alarm_addresses
    )
    RecordsAlarm("records-alarm", alarm, site.options)


def _raise_recorder(site: Site, data: Data, key: DataKey) -> None:
    choice, elsewhere = site.settings.audit, Elsewhere.RECORDER in site.settings.audit.elsewhere
    arguments = ChangeRecorderArgs(
        naming=site.naming,
        records=data.buckets[AUDIT],
        key_arn=key.key_arn,
        each_change=not elsewhere and choice.records_each_change(site.settings.environment),
        recorded_elsewhere=elsewhere,
    )
    ChangeRecorder("changes", arguments, site.options)


def _raise_analyzers(site: Site) -> None:
    choice = site.settings.audit
    days = choice.unused_days if choice.finds_unused_access(site.settings.environment) else None
    AccessAnalyzers("analyzers", AccessAnalyzersArgs(naming=site.naming, unused_days=days), site.options)


def _raise_work_logs(site: Site, key: DataKey) -> None:
    arguments = WorkLogsArgs(
        features=tuple(sorted(site.settings.features)),
        key_arn=key.key_arn,
        retention_days=site.settings.audit.log_days,
        protect=site.protect,
    )
    WorkLogs("work-logs", arguments, site.options)
