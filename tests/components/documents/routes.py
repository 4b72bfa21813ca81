"""Which endpoint of the platform carries a call."""

from __future__ import annotations


def endpoint_of(action: str) -> str:
    """Return the endpoint that carries an action; iam:PassRole travels with the call that passes the role."""
    service, _, name = action.partition(":")
    if service == "sagemaker":
        return "sagemaker.runtime" if name.startswith("InvokeEndpoint") else "sagemaker.api"
    return {"s3": "s3", "logs": "logs", "sts": "sts"}.get(service, "sagemaker.api")
