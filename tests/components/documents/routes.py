"""Which endpoint of the platform carries a call, and which trust judges it."""

from __future__ import annotations


def endpoint_of(action: str) -> str:
    """Return the endpoint that carries an action; iam:PassRole travels with the call that passes the role."""
    service, _, name = action.partition(":")
    if service == "sagemaker":
        return "sagemaker.runtime" if name.startswith("InvokeEndpoint") else "sagemaker.api"
    return {"s3": "s3", "logs": "logs", "sts": "sts"}.get(service, "sagemaker.api")


# Roles by what their ARN ends in, with the holder of their trust.
TRUSTS = {
    **{f"-{kind}": f"trust/{kind}" for kind in ("notebook", "job", "deployment", "break-glass", "bastion")},
    **{f"-{kind}": f"trust/{kind}" for kind in ("flow-logs", "trail")},
    "-invoker--shop": "trust/invoker",
    "-budget-actions": "trust/budget-stop",
}


def trust_of(role: str) -> str:
    """Return the holder of a role's trust, or nothing for a role that the platform does not make."""
    if ":role/people/" in role:
        return "trust/person"
    return next((holder for end, holder in TRUSTS.items() if role.endswith(end)), "")
