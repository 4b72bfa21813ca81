"""Cases of the rules about the owner's tag."""

from __future__ import annotations

from tests.policy_pack.baselines import bucket, notebook, role
from tests.policy_pack.harness import ABSENT, UNKNOWN, Case, absent, below, component, fails, passes, unknown

INSIDE = component("closed-sagemaker:tenant:TenantAccess", "alice")
TENANTS_ONLY = {"scope": "tenants"}

CASES: dict[str, list[Case]] = {
    "tenant-resource-has-user-tag": [
        passes("the owner is named", notebook()),
        passes("one other value is an output", role()),
        passes("elsewhere, shared resources are not asked", bucket(tags=ABSENT), options=TENANTS_ONLY),
        fails("the owner is empty", "tags.user is absent or empty", notebook(tags={"user": ""})),
        fails("the owner is white space", "tags.user is absent or empty", notebook(tags={"user": "  "})),
        fails(
            "default tags do not count", "tags.user is absent", notebook(tags={"Name": "n"}, tagsAll={"user": "alice"})
        ),
        fails("the key has another letter case", "tags.user is absent", notebook(tags={"User": "alice"})),
        fails("a tenant's type, elsewhere", "tags.user is absent", notebook(tags=ABSENT), options=TENANTS_ONLY),
        fails(
            "in a tenant's component, elsewhere",
            "tags.user is absent",
            INSIDE,
            below(INSIDE, role(tags={})),
            options=TENANTS_ONLY,
        ),
        absent("no tags", "tags.user is absent or empty", notebook(tags=ABSENT)),
        absent("a shared resource without tags", "tags.user is absent", bucket(tags=ABSENT)),
        unknown("the owner must be known", "tags is not known", notebook(tags=UNKNOWN)),
        unknown("the owner is an output", "tags.user is not known", notebook(tags={"user": UNKNOWN})),
    ],
    "tenant-user-tag-names-a-declared-tenant": [
        passes("a declared tenant", notebook()),
        passes("the platform, where it may own", bucket()),
        passes("a tenant of the options", notebook(tags={"user": "dave"}), options={"tenants": ["dave"]}),
        fails(
            "an undeclared tenant",
            "names no declared tenant; declared are alice, bob, carol",
            notebook(tags={"user": "mallory"}),
        ),
        fails(
            "the options say who is declared",
            "names no declared tenant; declared are dave",
            notebook(),
            options={"tenants": ["dave"]},
        ),
        fails("letter case matters", "names no declared tenant", notebook(tags={"user": "Alice"})),
        fails(
            "the platform owns no notebook", "may not own a resource of the type", notebook(tags={"user": "platform"})
        ),
        absent("judged by another rule", None, notebook(tags=ABSENT)),
        unknown("the owner must be known", "tags.user is not known", notebook(tags={"user": UNKNOWN})),
    ],
    "tenant-tag-key-has-no-lookalike": [
        passes("one spelling", notebook()),
        fails("a second spelling", "has the key 'User' beside", notebook(tags={"user": "alice", "User": "bob"})),
        fails("with white space", "has the key ' user' beside", notebook(tags={"user": "alice", " user": "bob"})),
        absent("no tags", None, notebook(tags=ABSENT)),
        unknown("a value is an output", None, role()),
        unknown("the keys must be known", "tags is not known", notebook(tags=UNKNOWN)),
    ],
}
