"""Start the policy pack: the server of every rule in the catalogue."""

from __future__ import annotations

from catalogue import RULES
from pulumi_policy import EnforcementLevel, PolicyPack
from runner import policy

PolicyPack(
    name="closed-sagemaker",
    policies=[policy(rule) for rule in RULES],
    enforcement_level=EnforcementLevel.MANDATORY,
)
