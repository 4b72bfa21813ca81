"""S3-A10: what delegated administrators make, and under which bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iamproof import Principal
from tests.components.documents.calls import key_use, s3
from tests.components.documents.people import (
    ADAM,
    ANN,
    DELIA,
    iam,
    own_user,
)
from tests.components.documents.tables.people_platform import ALL, BOTH, GRANTS, OUT, PEOPLE_BOUNDARY, TENANT_BOUNDARY
from tests.components.documents.world import (
    NAMING,
    Ask,
    Caller,
    Lock,
    allowed,
    refused,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


def create_user(
    boundary: str | None = PEOPLE_BOUNDARY, name: str = "ml-dev-eve", **tags: str | None
) -> tuple[Ask, Ask]:
    """Return the creation of a user and its tagging part."""
    own = {"user": "alice", "security_group": "sg-0a11ce00000000001", **tags}
    context = {f"aws:RequestTag/{key.replace('_', '-')}": value for key, value in own.items() if value is not None}
    bounded = {"iam:PermissionsBoundary": boundary} if boundary else {}
    return iam("CreateUser", f"user/{name}", {**context, **bounded}), iam("TagUser", f"user/{name}", context)


def create_role(path: str, boundary: str | None = TENANT_BOUNDARY, **context: Any) -> Ask:
    """Return the creation of a role."""
    return iam("CreateRole", f"role/{path}", {**({"iam:PermissionsBoundary": boundary} if boundary else {}), **context})


def attach(policy: str, path: str = "delegated/x", boundary: str | None = TENANT_BOUNDARY) -> Ask:
    """Return the attaching of a policy to a role that has a boundary."""
    bounded = {"iam:PermissionsBoundary": boundary} if boundary else {}
    return iam("AttachRolePolicy", f"role/{path}", {"iam:PolicyARN": policy, **bounded})


def on(owner: str | None) -> Mapping[str, str]:
    """Return the context of a request on an identity of a tenant, of the platform, or of nobody."""
    return {"aws:ResourceTag/user": owner} if owner else {}


DATA_POLICY = NAMING.tenant_policy_arn("data")
FULL = "arn:aws:iam::aws:policy/AdministratorAccess"
DELEGATED = (
    allowed("S3-A10 a person with boundary and tags", DELIA, *create_user()),
    allowed(
        "S3-A10 a first password for a tenant's person", DELIA, iam("CreateLoginProfile", own_user(ANN), on("alice"))
    ),
    allowed("S3-A10 a person is put into a tenants' group", DELIA, iam("AddUserToGroup", "group/ml-dev-engineers")),
    allowed("S3-A10 a person is taken out", DELIA, iam("RemoveUserFromGroup", "group/ml-dev-mlops")),
    allowed("S3-A10 a person is removed", DELIA, iam("DeleteUser", own_user(ANN), on("alice"))),
    allowed("S3-A10 a role under the boundary and the path", DELIA, create_role("delegated/x")),
    allowed("S3-A10 a shared policy on such a role", DELIA, attach(DATA_POLICY)),
    allowed("S3-A10 such a role is removed", DELIA, iam("DeleteRole", "role/delegated/x")),
    allowed("S3-A10 identities are looked at", DELIA, iam("GetUser", own_user(ANN)), iam("ListUsers")),
    refused("S3-A10 a person without a boundary", DELIA, create_user(None)[0], by=BOTH),
    refused("S3-A10 a person with a boundary of its own", DELIA, create_user(TENANT_BOUNDARY)[0], by=BOTH),
    refused("S3-A10 a person of the platform", DELIA, *create_user(user="platform"), by=BOTH),
    refused("S3-A10 a person of nobody", DELIA, *create_user(user=None), by=GRANTS),
    refused("S3-A10 a person without a security group", DELIA, *create_user(security_group=None), by=GRANTS),
    refused("S3-A10 a person outside the stack", DELIA, create_user(name="eve")[0], by=(Lock.GRANTS, Lock.BOUNDARY)),
    refused(
        "S3-A10 a person is moved to another tenant",
        DELIA,
        iam("TagUser", own_user(ANN), {**on("bob"), "aws:RequestTag/user": "alice"}),
        by=BOTH,
    ),
    refused("S3-A10 a person loses its tenant", DELIA, iam("UntagUser", own_user(ANN), on("alice")), by=ALL),
    refused(
        "S3-A10 a password for an administrator",
        DELIA,
        iam("CreateLoginProfile", own_user(ADAM), on("platform")),
        by=GRANTS,
    ),
    refused("S3-A10 a password for nobody's user", DELIA, iam("CreateLoginProfile", "user/ml-dev-x"), by=GRANTS),
    refused("S3-A10 an administrator is removed", DELIA, iam("DeleteUser", own_user(ADAM), on("platform")), by=GRANTS),
    *(
        refused(
            f"S3-A10 somebody is put among the {group}",
            DELIA,
            iam("AddUserToGroup", f"group/ml-dev-{group}"),
            by=(Lock.GRANTS, Lock.BOUNDARY),
        )
        for group in ("administrators", "approvers", "auditors", "delegated-administrators")
    ),
    refused("S3-A10 a role without a boundary", DELIA, create_role("delegated/x", None), by=BOTH),
    refused("S3-A10 a role of a tenant", DELIA, create_role("tenants/alice/x"), by=(Lock.GRANTS, Lock.BOUNDARY)),
    refused(
        "S3-A10 a role of the platform",
        DELIA,
        create_role("delegated/x", None, **{"aws:RequestTag/user": "platform"}),
        by=BOTH,
    ),
    refused("S3-A10 full access on such a role", DELIA, attach(FULL), by=GRANTS),
    refused("S3-A10 a shared policy on a role without a boundary", DELIA, attach(DATA_POLICY, boundary=None), by=BOTH),
    refused(
        "S3-A10 a shared policy on a tenant's role",
        DELIA,
        attach(DATA_POLICY, "tenants/alice/x"),
        by=(Lock.GRANTS, Lock.BOUNDARY),
    ),
    refused(
        "S3-A10 a policy in such a role",
        DELIA,
        iam("PutRolePolicy", "role/delegated/x", {"iam:PermissionsBoundary": TENANT_BOUNDARY}),
        by=ALL,
    ),
    refused(
        "S3-A10 such a role is taken on",
        DELIA,
        Ask("sts:AssumeRole", NAMING.iam_arn("role/delegated/x"), via=OUT),
        by=ALL,
    ),
    refused(
        "S3-A10 a role that a delegated administrator made reads results",
        Caller(Principal.role(NAMING.iam_arn("role/delegated/x"), {"user": "alice"}), ("data",)),
        s3("GetObject", "results", "users/alice/x"),
        by=(Lock.RESOURCE,),
    ),
    refused(
        "S3-A10 such a role decrypts",
        Caller(Principal.role(NAMING.iam_arn("role/delegated/x"), {"user": "alice"}), ("data",)),
        key_use("Decrypt"),
        by=(Lock.RESOURCE,),
    ),
)


ROWS = DELEGATED
