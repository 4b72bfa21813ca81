"""Cases of the rule about how much a principal may carry."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.policy_pack.audit_baselines import STOP, budget_action
from tests.policy_pack.baselines import role
from tests.policy_pack.document_baselines import ACCOUNT, allow, as_text, document
from tests.policy_pack.harness import UNKNOWN, Case, absent, component, fails, passes, taken, unknown

if TYPE_CHECKING:
    from preview.pack_messages import PackResource

NAMES = {"role": "ml-dev-alice-notebook", "user": "ann", "group": "engineers"}
ARNS = [f"arn:aws:iam::{ACCOUNT}:policy/policy-{number}" for number in range(12)]
FEW = {"maxAttachments": 2, "maxGroups": 2}
USER = component("aws:iam/user:User", "ann", name="ann", tags={"user": "alice"})
GROUP = component("aws:iam/group:Group", "engineers", name="engineers")
TEXT = as_text(document(allow()))
WIDE = as_text(document(*(allow(Sid=f"S{number}") for number in range(30))))


def one(holder: str, arn: Any, number: int = 0) -> PackResource:
    """One attachment of a kind."""
    kind = f"{holder.capitalize()}PolicyAttachment"
    token = f"aws:iam/{holder}PolicyAttachment:{kind}"
    return component(token, f"{holder}-{number}", **{holder: NAMES[holder], "policyArn": arn})


def several(holder: str, *arns: Any) -> PackResource:
    """The list of a kind."""
    kind = f"{holder.capitalize()}PolicyAttachmentsExclusive"
    token = f"aws:iam/{holder}PolicyAttachmentsExclusive:{kind}"
    return component(token, f"{holder}-list", **{f"{holder}Name": NAMES[holder], "policyArns": list(arns)})


def inline(holder: str, number: int = 0, held: Any = TEXT) -> PackResource:
    """An inline policy of a kind."""
    token = f"aws:iam/{holder}Policy:{holder.capitalize()}Policy"
    return component(token, f"{holder}-inline-{number}", **{holder: NAMES[holder], "policy": held})


def joined(*groups: Any, number: int = 0) -> PackResource:
    """Groups of the user."""
    kind = "aws:iam/userGroupMembership:UserGroupMembership"
    return component(kind, f"membership-{number}", user="ann", groups=list(groups))


EXACT = len(json.dumps(document(allow()), separators=(",", ":")))
TIGHT = {f"{holder}InlineTotalMax": len(TEXT) + 10 for holder in NAMES}

CASES: dict[str, list[Case]] = {
    "iam-principal-fits-attachment-quota": [
        passes("ten policies", several("role", *ARNS[:10]), role()),
        passes("the same twice", several("role", *ARNS[:2]), one("role", ARNS[0]), role(), options=FEW),
        passes("another's", several("role", *ARNS[:3]), role(name="another"), options=FEW),
        fails("eleven policies", "11 managed policies are attached, and 10", several("role", *ARNS[:11]), role()),
        fails(
            "in a list and beside it",
            "3 managed policies",
            several("role", *ARNS[:2]),
            one("role", ARNS[2]),
            role(),
            options=FEW,
        ),
        fails("inside the role", "3 managed policies", role(managedPolicyArns=ARNS[:3]), options=FEW),
        fails("to a user", "3 managed policies", one("user", ARNS[0]), several("user", *ARNS[1:3]), USER, options=FEW),
        fails("to a group", "3 managed policies", several("group", *ARNS[:3]), GROUP, options=FEW),
        fails(
            "groups of a user", "the user is in 3 groups", joined("a", "b"), joined("c", number=1), USER, options=FEW
        ),
        passes("two groups", joined("a", "b"), USER, options=FEW),
        *(
            fails(
                f"two inline policies of a {holder}",
                "characters together",
                inline(holder),
                inline(holder, 1),
                made,
                options=TIGHT,
            )
            for holder, made in (("role", role()), ("user", USER), ("group", GROUP))
        ),
        *(
            passes(f"one inline policy of a {holder}", inline(holder), made, options=TIGHT)
            for holder, made in (("role", role()), ("user", USER), ("group", GROUP))
        ),
        passes("exactly the room", inline("user"), USER, options={"userInlineTotalMax": EXACT}),
        fails("one too many", "characters together", inline("user"), USER, options={"userInlineTotalMax": EXACT - 1}),
        fails("a user has the least room", "2048 are allowed", inline("user", held=WIDE), USER),
        passes("a group has more", inline("group", held=WIDE), GROUP),
        passes("two, one of them by a budget", several("role", ARNS[0]), budget_action(), role(), options=FEW),
        fails(
            "a budget's on top of two",
            "2 managed policies are attached, 1 more by budgets, and 2 are allowed",
            several("role", *ARNS[:2]),
            budget_action(),
            role(),
            options=FEW,
        ),
        fails(
            "a budget's on top of a user's two",
            "1 more by budgets",
            several("user", *ARNS[:2]),
            budget_action(definition={"iamActionDefinition": {"policyArn": STOP, "users": ["ann"]}}),
            USER,
            options=FEW,
        ),
        absent("nothing is attached", None, role(), USER, GROUP),
        unknown(
            "policies that are not known count",
            "3 managed",
            several("role", UNKNOWN, UNKNOWN, ARNS[0]),
            role(),
            options=FEW,
        ),
        unknown(
            "whose they are must be known",
            "roleName is not known",
            role(),
            component(several("role").type, "list", roleName=UNKNOWN, policyArns=[]),
        ),
        passes(
            "by the role's output",
            role(),
            taken(component(several("role").type, "list", roleName=UNKNOWN), roleName=role()),
        ),
    ],
}
