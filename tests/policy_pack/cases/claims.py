"""Cases of the rule that decides the claims; each asks about one claim and the policies of one role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.policy_pack.document_baselines import OWN_ROLES, allow, as_text, document, trust
from tests.policy_pack.harness import UNKNOWN, Case, absent, fails, given, passes, unknown

if TYPE_CHECKING:
    from preview.pack_messages import PackResource

PASSING = {"claims": ["own-roles-to-sagemaker-only"]}
TO_SAGEMAKER = {"StringEquals": {"iam:PassedToService": ["sagemaker.amazonaws.com"]}}
NAME = "ml-dev-alice-notebook"


def role() -> PackResource:
    """Alice's notebook role."""
    inputs = {"name": NAME, "path": "/tenants/alice/", "assumeRolePolicy": as_text(document(trust()))}
    return given("aws:iam/role:Role", "notebook-role", inputs, {"tags": {"user": "alice"}})


def held(policy: Any) -> PackResource:
    """A document of the role's own."""
    return given("aws:iam/rolePolicy:RolePolicy", "passing", {"role": NAME, "policy": policy}, {})


def passing(**changes: Any) -> str:
    """The own roles may be handed to SageMaker, except for the changes."""
    baseline = {"Sid": "PassOwnRole", "Action": ["iam:PassRole"], "Resource": [OWN_ROLES], "Condition": TO_SAGEMAKER}
    return as_text(document(allow(**{**baseline, **changes})))


CASES: dict[str, tuple[Case, ...]] = {
    "claims-hold": (
        passes("a tenant hands its own roles to SageMaker", held(passing()), role(), options=PASSING),
        fails(
            "a tenant hands any role over",
            "iam:PassRole on arn:",
            held(passing(Resource=["*"])),
            role(),
            options=PASSING,
        ),
        fails(
            "another tenant's role has a name that begins alike",
            "own-roles-to-sagemaker-only",
            held(passing(Resource=["arn:aws:iam::111122223333:role/tenants/${aws:PrincipalTag/user}*"])),
            role(),
            options=PASSING,
        ),
        absent(
            "a condition is left out",
            "is refuted",
            held(passing(Condition={})),
            role(),
            options=PASSING,
        ),
        unknown(
            "a document is not known yet",
            "passing is neither known nor planned",
            held(UNKNOWN),
            role(),
            options=PASSING,
        ),
    ),
}
