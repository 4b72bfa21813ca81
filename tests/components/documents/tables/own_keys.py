"""S3-A9 for a tenant's own key: its policy alone keeps other tenants out, whatever IAM grants them."""

from __future__ import annotations

from typing import Any

from iamproof import Principal
from tests.components.documents.calls import key_use
from tests.components.documents.world import (
    ALICE,
    DEPLOYER,
    DEPLOYERS_TWIN,
    EMERGENCY_ROLE,
    NAMING,
    THIRD_ROLE,
    Ask,
    Caller,
    Lock,
    allowed,
    refused,
)

ALONE = (Lock.RESOURCE,)
FOR_AWS: dict[str, Any] = {"kms:GrantIsForAWSResource": True}


def free(user: str | None, kind: str = "notebook") -> Caller:
    """Return a tenant's role that IAM lets do everything, so that the key's policy alone decides."""
    return Caller(Principal.role(NAMING.tenant_role_arn(user or "nobody", kind), {"user": user} if user else {}))


def own(action: str, service: str | None = "s3", /, **context: Any) -> Ask:
    """Return a use of alice's key."""
    return key_use(action, service, key="tenant/alice", **context)


OWNER, OWNERS_JOB, NEIGHBOUR, NOBODY = free("alice"), free("alice", "job"), free("bob"), free(None)
PERSON = Caller(Principal.user(NAMING.iam_arn("user/ml-dev-ann"), {"user": "alice"}))
USES = ("Decrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext")

ROWS = (
    *(
        allowed(f"S3-A9 a tenant, {action} with its own key through {service}", who, own(action, service))
        for who in (OWNER, OWNERS_JOB, PERSON)
        for action, service in ((USES[0], "s3"), (USES[1], "s3"), (USES[2], "sagemaker"))
    ),
    allowed("S3-A9 a tenant looks at its own key", OWNER, own("DescribeKey", None)),
    allowed("S3-A9 a grant on the own key for the own volume", OWNER, own("CreateGrant", "sagemaker", **FOR_AWS)),
    allowed("S3-A9 a grant for the notebook that is declared", DEPLOYER, own("CreateGrant", "sagemaker", **FOR_AWS)),
    allowed("S3-A9 the deployer changes the policy of a tenant's key", DEPLOYER, own("PutKeyPolicy", None)),
    allowed("S3-A9 in an emergency the policy is changed", EMERGENCY_ROLE, own("PutKeyPolicy", None)),
    *(
        refused(
            f"S3-A9 {name} with team A's key: {action} through {service}",
            who,
            own(action, service, **context),
            by=ALONE,
        )
        for name, who in (
            ("team B", NEIGHBOUR),
            ("a role without owner", NOBODY),
            ("a third role tagged as team A", THIRD_ROLE),
        )
        for action, service, context in (
            *((use, "s3", {}) for use in USES),
            ("DescribeKey", "s3", {}),
            ("DescribeKey", None, {}),
            ("CreateGrant", "sagemaker", FOR_AWS),
        )
    ),
    refused("S3-A9 team A's key, used directly", OWNER, own("Decrypt", None), by=ALONE),
    refused("S3-A9 team A's key, through another service", OWNER, own("Decrypt", "secretsmanager"), by=ALONE),
    refused(
        "S3-A9 a grant on team A's key for anybody",
        OWNER,
        own("CreateGrant", "sagemaker", **{"kms:GrantIsForAWSResource": False}),
        by=ALONE,
    ),
    refused("S3-A9 a grant on team A's key for a database", OWNER, own("CreateGrant", "rds", **FOR_AWS), by=ALONE),
    refused(
        "S3-A9 a grant for anybody while the notebook is made",
        DEPLOYER,
        own("CreateGrant", "sagemaker", **{"kms:GrantIsForAWSResource": False}),
        by=ALONE,
    ),
    refused("S3-A9 a grant for a database by the deployer", DEPLOYER, own("CreateGrant", "rds", **FOR_AWS), by=ALONE),
    refused(
        "S3-A9 a grant by somebody called like the deployer",
        DEPLOYERS_TWIN,
        own("CreateGrant", "sagemaker", **FOR_AWS),
        by=ALONE,
    ),
    *(
        refused(f"P8 {name} uses team A's key: {use}", who, own(use), by=ALONE)
        for name, who in (("the deployer", DEPLOYER), ("the emergency role", EMERGENCY_ROLE))
        for use in USES
    ),
    refused(
        "S3-A9 team A changes the policy of its own key",
        ALICE,
        own("PutKeyPolicy", None),
        by=(Lock.GRANTS, Lock.GUARDRAILS, Lock.BOUNDARY, Lock.RESOURCE),
    ),
)
