"""S4 3.3 `OnlyOwnPackages`: model packages and their groups, which carry the owner in their name.

No grant of these documents reaches the registry: what is asked here goes through all that remains.
"""

from __future__ import annotations

from tests.components.documents.calls import of, sagemaker, tag_on_create, tagged
from tests.components.documents.world import ALICE, ALICE_GRANTED_ALL, Ask, Lock, allowed, refused

GROUP, BOBS_GROUP = "model-package-group/alice--digits", "model-package-group/bob--digits"
PACKAGE, BOBS_PACKAGE = "model-package/alice--digits/1", "model-package/bob--digits/1"
TWIN, UNGROUPED = "model-package/alice-2--digits/1", "model-package/alice--digits"
CHANGES = ("UpdateModelPackage", "DeleteModelPackage", "DescribeModelPackage")


def register(group: str = GROUP, package: str = PACKAGE, owner: str | None = "alice") -> tuple[Ask, ...]:
    """Return the registration of a package, which is judged on the package and on its group."""
    return (sagemaker("CreateModelPackage", package), sagemaker("CreateModelPackage", group, of(owner)))


ROWS = (
    allowed(
        "a group is made under the own name",
        ALICE_GRANTED_ALL,
        sagemaker("CreateModelPackageGroup", GROUP, tagged()),
        tag_on_create("CreateModelPackageGroup", GROUP),
    ),
    allowed("a package is registered in the own group", ALICE_GRANTED_ALL, *register()),
    *(allowed(f"{action} an own package", ALICE_GRANTED_ALL, sagemaker(action, PACKAGE)) for action in CHANGES),
    allowed("the own group is removed", ALICE_GRANTED_ALL, sagemaker("DeleteModelPackageGroup", GROUP, of("alice"))),
    refused("a package is registered, which no grant of a workload reaches", ALICE, *register(), by=(Lock.GRANTS,)),
    *(
        refused(f"S4 3.3 a package {where}", ALICE_GRANTED_ALL, *asks)
        for where, asks in {
            "in bob's group": register(BOBS_GROUP, BOBS_PACKAGE, "bob"),
            "in bob's group, named like an own one": register(BOBS_GROUP, PACKAGE, "alice"),
            "in a group of the own name that is bob's": register(owner="bob"),
            "in a group of the own name that is untagged": register(owner=None),
            "under the name of a prefix twin": register(package=TWIN),
            "outside a group, which may start validation jobs": register(package=UNGROUPED)[:1],
        }.items()
    ),
    *(
        refused(f"S4 3.3 {action} {whose}", ALICE_GRANTED_ALL, sagemaker(action, package))
        for action in CHANGES
        for whose, package in {"bob's package": BOBS_PACKAGE, "a prefix twin's package": TWIN}.items()
    ),
    *(
        refused(f"S4 3.3 a group {how}", ALICE_GRANTED_ALL, sagemaker("CreateModelPackageGroup", group, context))
        for how, group, context in (
            ("under bob's name", BOBS_GROUP, tagged()),
            ("for bob", GROUP, tagged("bob")),
            ("for nobody", GROUP, {}),
        )
    ),
    refused(
        "S4 3.3 bob's group is removed",
        ALICE_GRANTED_ALL,
        sagemaker("DeleteModelPackageGroup", BOBS_GROUP, of("bob")),
    ),
    refused(
        "a group of the own name that is bob's is removed",
        ALICE_GRANTED_ALL,
        sagemaker("DeleteModelPackageGroup", GROUP, of("bob")),
    ),
)
