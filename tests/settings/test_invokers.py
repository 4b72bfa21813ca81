"""Who may call a tenant's endpoints from beside its people, and what is refused of a stack file that says so."""

from __future__ import annotations

from typing import Any

import pytest

StackOf = Any
ROLE = "arn:aws:iam::111122223333:role/apps/shop"
SHOP: dict[str, Any] = {"tenant": "alice", "roles": [ROLE], "endpoints": ["alice--digits"]}


def with_shop(**changes: Any) -> dict[str, Any]:
    kept = {key: value for key, value in {**SHOP, **changes}.items() if value is not None}
    return {"invokers": {"shop": kept}}


def test_an_invoker_is_its_tenant_its_roles_and_its_endpoints(stack_of: StackOf) -> None:
    (name, found), *more = stack_of(with_shop()).settings().invokers.items()
    assert (name, found.tenant, found.roles, found.endpoints, more) == (
        "shop",
        "alice",
        (ROLE,),
        ("alice--digits",),
        [],
    )
    assert stack_of({}).settings().invokers == {}


@pytest.mark.parametrize(
    ("changes", "path", "why"),
    [
        ({"tenant": "dora"}, "tenant", "nobody of this name has endpoints here"),
        ({"roles": [ROLE.replace("1111", "9999")]}, "roles[0]", "of another account"),
        ({"roles": [ROLE.replace("arn:aws:", "arn:aws-cn:")]}, "roles[0]", "the partition is `aws-cn`"),
        ({"roles": ["arn:aws:iam::111122223333:role/ci-deploy"]}, "roles[0]", "the deployer runs the platform"),
        (
            {"roles": ["arn:aws:iam::111122223333:role/tenants/alice/ml-dev-alice-job"]},
            "roles[0]",
            "the platform's own",
        ),
        ({"roles": [ROLE, ROLE]}, "roles[1]", "listed before"),
        ({"endpoints": ["a", "a"]}, "endpoints[1]", "listed before"),
        ({"roles": ["arn:aws:iam::111122223333:user/shop"]}, "roles[0]", "takes the invoker's role on as this role"),
        ({"roles": ["arn:aws:iam::111122223333:role/*"]}, "roles[0]", "takes the invoker's role on as this role"),
        ({"endpoints": ["alice--*"]}, "endpoints[0]", "a pattern would let in endpoints"),
        ({"endpoints": ["Digits"]}, "endpoints[0]", "a pattern would let in endpoints"),
        ({"roles": []}, "roles", "nobody takes the invoker's role on"),
        ({"endpoints": []}, "endpoints", "nothing to call"),
        ({"endpoints": None}, "endpoints", "nothing to call"),
    ],
)
def test_what_names_nobody_or_anybody_is_refused(
    stack_of: StackOf, changes: dict[str, Any], path: str, why: str
) -> None:
    (place, problem), *more = stack_of(with_shop(**changes)).problems().items()
    assert more == []
    assert place.replace(" › ", ".").startswith("invokers.shop")
    assert path.partition("[")[0] in place
    assert why in problem.why
    assert problem.write


def test_an_invoker_of_no_endpoint_at_all_is_refused(stack_of: StackOf) -> None:
    problem = stack_of({**with_shop(), "features": ["training"]}).only_problem("invokers")
    assert "no endpoint carries a call" in problem.why
    assert problem.write == "features: [training, inference]"


@pytest.mark.parametrize("name", ["Shop", "a--b", "a" * 21, "9a", "a-"])
def test_a_name_that_no_role_could_carry_is_refused(stack_of: StackOf, name: str) -> None:
    (problem,) = stack_of({"invokers": {name: SHOP}}).problems().values()
    assert "the name stands in that of the role" in problem.why


def test_the_roles_of_invokers_count_against_the_quota(stack_of: StackOf) -> None:
    enough = {"quotas": {"iam-roles": 8}}
    assert stack_of(enough).settings()
    problem = stack_of({**with_shop(), **enough}).only_problem("tenants")
    assert "invokers" in problem.why
    assert "9" in problem.write
