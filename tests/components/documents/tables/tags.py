"""S4-A7 and R15: owners are given at creation and stay."""

from __future__ import annotations

from tests.components.documents.calls import of, sagemaker, tag_on_create
from tests.components.documents.world import ALICE, NAMING, Ask, Lock, allowed, refused

BOTH = (Lock.GUARDRAILS, Lock.GRANTS)
OWN = ("notebook-instance/alice--lab", "training-job/alice--j", "model/alice--m", "endpoint/alice--e")
TAGGINGS = ("AddTags", "DeleteTags")


def tags(action: str, resource: str, owner: str | None, *keys: str) -> Ask:
    """Return a change of tags after creation."""
    request = {f"aws:RequestTag/{key}": "alice" for key in keys} if action == "AddTags" else {}
    return sagemaker(action, resource, of(owner, **{"aws:TagKeys": list(keys)}, **request))


FROZEN = tuple(
    refused(f"S4-A7 {action} {key} on the own {resource}", ALICE, tags(action, resource, "alice", key))
    for action in TAGGINGS
    for key in ("user", "User", "USER")
    for resource in OWN
)

ROWS = (
    *FROZEN,
    *(
        allowed(f"S4-A7 {action} with another key", ALICE, tags(action, OWN[0], "alice", "purpose"))
        for action in TAGGINGS
    ),
    *(
        refused(f"S4-A7 {action} user among others", ALICE, tags(action, OWN[0], "alice", "purpose", "user"))
        for action in TAGGINGS
    ),
    *(refused(f"{action} without a key", ALICE, tags(action, OWN[0], "alice")) for action in TAGGINGS),
    *(
        allowed(f"S4-A7 AddTags as part of {action}", ALICE, tag_on_create(action, OWN[0]))
        for action in ("CreateNotebookInstance",)
    ),
    allowed(
        "AddTags as part of a creation, its keys left out [LIVE]",
        ALICE,
        tag_on_create("CreateModel", "model/alice--m").but(context={"aws:TagKeys": None}),
    ),
    refused(
        "AddTags as part of a creation for bob",
        ALICE,
        tag_on_create("CreateModel", "model/alice--m", "bob"),
        by=(Lock.GRANTS,),
    ),
    *(
        refused(
            f"R15 {action} {key} on {owner or 'nobody'}'s notebook (F10)",
            ALICE,
            tags(action, "notebook-instance/x", owner, key),
            by=BOTH,
        )
        for action in TAGGINGS
        for owner in ("bob", None)
        for key in ("purpose", "user")
    ),
    allowed("the tags of an own thing", ALICE, sagemaker("ListTags", OWN[0], of("alice"))),
    refused("the tags of bob's thing", ALICE, sagemaker("ListTags", "model/bob--m", of("bob")), by=(Lock.GRANTS,)),
    *(
        refused(f"{action}", ALICE, Ask(action, resource), by=(Lock.GUARDRAILS, Lock.GRANTS, Lock.BOUNDARY))
        for action, resource in {
            "tag:TagResources": "*",
            "tag:UntagResources": "*",
            "iam:TagRole": NAMING.tenant_role_arn("alice", "notebook"),
            "iam:UntagRole": NAMING.tenant_role_arn("alice", "notebook"),
            "sts:TagSession": NAMING.iam_arn("role/other"),
        }.items()
    ),
)
