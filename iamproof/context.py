"""The context keys of a request: those given, and those that follow from the principal and the resource.

Source: IAM User Guide, "AWS global condition context keys".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from iamproof.principal import PrincipalKind

if TYPE_CHECKING:
    from iamproof.environment import Environment, Request
    from iamproof.principal import Principal
    from iamproof.variables import Context


def context_of(request: Request, environment: Environment) -> Context:
    """Return every key that the request carries, in small letters; a key without a value is left out."""
    keys: dict[str, tuple[str, ...] | None] = dict(_of_principal(request.principal))
    account = environment.resource_account_of(request)
    if account:
        keys["aws:resourceaccount"] = (account,)
    keys.update(request.values())
    return {key: values for key, values in keys.items() if values}


def _of_principal(principal: Principal) -> dict[str, tuple[str, ...]]:
    kind = principal.kind
    keys: dict[str, tuple[str, ...]] = {}
    if kind is PrincipalKind.SERVICE:
        return {"aws:principalisawsservice": ("true",), "aws:principalservicename": (principal.arn,)}
    if kind is PrincipalKind.IDENTITY_PROVIDER:
        return keys
    keys["aws:principaltype"] = (kind.value,)
    if kind is PrincipalKind.ANONYMOUS:
        return keys
    keys["aws:principalarn"] = (principal.arn,)
    keys["aws:principalaccount"] = (principal.account or "",)
    keys["aws:principalisawsservice"] = ("false",)
    if kind is PrincipalKind.USER:
        keys["aws:username"] = (principal.name,)
    for tag, value in principal.tags.items():
        keys[f"aws:principaltag/{tag.lower()}"] = (value,)
    return keys
