"""Cases of the rule about alarms on what would end the account's records."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.policy_pack.audit_baselines import ACCOUNT, trail
from tests.policy_pack.baselines import bucket
from tests.policy_pack.harness import UNKNOWN, Case, absent, component, fails, passes, unknown

if TYPE_CHECKING:
    from preview.pack_messages import PackResource

CALLS = ("StopLogging", "DeleteTrail", "UpdateTrail", "PutEventSelectors")
LED = (component("aws:cloudwatch/eventTarget:EventTarget", "target", rule="records", arn=f"arn:aws:sns:::{ACCOUNT}"),)


def watching(*calls: str, source: str = "aws.cloudtrail", **changes: Any) -> PackResource:
    """The alarm on calls that would end a trail, all of them unless said; parameters narrow it."""
    narrowed = {name: changes.pop(name) for name in ("requestParameters",) if name in changes}
    detail = {"eventSource": ["cloudtrail.amazonaws.com"], "eventName": list(calls or CALLS), **narrowed}
    baseline = {"name": "records", "eventPattern": json.dumps({"source": [source], "detail": detail})}
    return component("aws:cloudwatch/eventRule:EventRule", "records-rule", **{**baseline, **changes})


CASES: dict[str, list[Case]] = {
    "cloudtrail-change-raises-alarm": [
        passes("an alarm on each call", watching(), *LED, trail()),
        passes("no trail of this stack", bucket()),
        fails("an alarm on some calls", "tells of DeleteTrail", watching("StopLogging"), *LED, trail()),
        fails("an alarm that is off", "tells of StopLogging", watching(state="DISABLED"), *LED, trail()),
        fails("an alarm that leads nowhere", "tells of StopLogging", watching(), trail()),
        fails(
            "an alarm on one trail",
            "tells of StopLogging",
            watching(requestParameters={"name": ["other"]}),
            *LED,
            trail(),
        ),
        fails("an alarm of another service", "tells of StopLogging", watching(source="aws.config"), *LED, trail()),
        absent("no alarm", "tells of StopLogging, DeleteTrail, UpdateTrail, PutEventSelectors", trail()),
        unknown(
            "what it sees must be known", "eventPattern is not known", trail(), *LED, watching(eventPattern=UNKNOWN)
        ),
    ],
}
