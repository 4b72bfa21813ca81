"""What records tell, where they go and under which key they and the data are, taken away one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.sabotage.program import Edit

pytestmark = pytest.mark.verify

TRAIL, RECORDER = "components/audit_trail.py", "components/change_recorder.py"
AUDIT, DATA, BUCKETS = "wiring/audit.py", "wiring/data.py", "components/documents/buckets.py"
CALLS, PLACE, USE = "cloudtrail-trail-records-calls", "cloudtrail-records-go-to-their-bucket", "kms-key-fits-its-use"
ALL_CALLS = 'field_selectors=[_is("eventCategory", "Management")]'
OF_TRAIL = "\n        protect=site.protect,\n        log_days"
DELIVERS = "s3_bucket_name=self._args.records.bucket_name"
S3_DELIVERS = 'principals={"Service": (LOG_DELIVERY,)},\n        actions=("s3:PutObject",)'

EDITS: dict[str, tuple[Edit, str]] = {
    "the trail tells of objects alone": ((TRAIL, "[_management(), *self._objects()]", "[*self._objects()]"), CALLS),
    "the trail tells of no reads of settings": (
        (TRAIL, ALL_CALLS, ALL_CALLS.replace(")]", '), _is("readOnly", "false")]')),
        CALLS,
    ),
    "the trail leaves out global services": (
        (TRAIL, "include_global_service_events=True", "include_global_service_events=False"),
        "cloudtrail-trail-is-multi-region",
    ),
    "the trail goes to a bucket that is nobody's": ((TRAIL, DELIVERS, 's3_bucket_name="elsewhere-9z"'), PLACE),
    "the trail goes where tenants read": (
        (AUDIT, "records=data.buckets[AUDIT],\n        watched", 'records=data.buckets["raw"],\n        watched'),
        PLACE,
    ),
    "Config delivers to a bucket that is nobody's": ((RECORDER, DELIVERS, 's3_bucket_name="elsewhere-9z"'), PLACE),
    "the trail is under the key of data": (
        (AUDIT, f"key_arn=key.key_arn,{OF_TRAIL}", f'key_arn=data.keys["data"].key_arn,{OF_TRAIL}'),
        USE,
    ),
    "traffic is recorded under the key of volumes": (
        ("wiring/network.py", "_raise_logs(site, closed, keys[LOGS])", '_raise_logs(site, closed, keys["volumes"])'),
        USE,
    ),
    "staged objects and records are under the key of data": (
        (DATA, "KEY_OF = {STAGING: PARTNERS, AUDIT: LOGS}", "KEY_OF: dict[str, str] = {}"),
        USE,
    ),
    "data is under the key that partners use": (
        (DATA, "keys[KEY_OF.get(purpose, DATA)]", "keys[KEY_OF.get(purpose, PARTNERS)]"),
        USE,
    ),
    "S3 removes the logs that it delivers": (
        (BUCKETS, S3_DELIVERS, S3_DELIVERS.replace('Object",)', 'Object", "s3:DeleteObject")')),
        "s3-audit-bucket-is-locked",
    ),
}


@pytest.mark.parametrize(("edit", "rule"), EDITS.values(), ids=EDITS)
def test_the_pack_refuses_records_that_tell_less_or_go_elsewhere(edit: Edit, rule: str, sabotage: Any) -> None:
    verdict = sabotage(edit)
    assert rule in verdict.refusals()
    assert verdict.exit_code == 1


def test_the_pack_refuses_an_account_that_nothing_checks_after_a_deployment(sabotage: Any) -> None:
    verdict = sabotage(
        (RECORDER, "self._checks = self._create_checks(recording)", "self._checks = recording[0]"),
        (RECORDER, "return self._checks.arn", "return self._checks.id"),
    )
    assert verdict.refusals() == {"config-recorder-is-on"}
    assert verdict.exit_code == 1
