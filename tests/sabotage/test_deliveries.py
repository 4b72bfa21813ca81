"""What is handed to somebody by a service and not by a policy: records, and the role that a whole domain works as."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sabotage.program import SHARED, Edit, added

pytestmark = pytest.mark.verify

EDITS: dict[str, tuple[Edit, str]] = {
    "a second trail tells somebody else": (
        added(f'aws.cloudtrail.Trail("more", s3_bucket_name="somebodys", {SHARED})'),
        "cloudtrail-records-go-to-their-bucket",
    ),
    "a whole domain works as a role of elsewhere": (
        added(
            'aws.sagemaker.Domain("open", domain_name="open", auth_mode="IAM", vpc_id=network.vpc_id,'
            " subnet_ids=list(network.subnet_ids.values()), default_user_settings="
            f'{{"execution_role": "arn:aws:iam::111122223333:role/elsewhere"}}, {SHARED})'
        ),
        "sagemaker-domain-default-role-is-powerless",
    ),
}


@pytest.mark.parametrize(("edit", "rule"), EDITS.values(), ids=EDITS)
def test_the_pack_refuses_what_a_service_would_hand_on(edit: Edit, rule: str, sabotage: Any) -> None:
    verdict = sabotage(edit)
    assert rule in verdict.refusals()
    assert verdict.exit_code == 1
