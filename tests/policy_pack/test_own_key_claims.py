"""Where each tenant has a key of its own, claims say whose it is, and name the request once a lock is gone (S3-A9)."""

from __future__ import annotations

import functools
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import environment
import pulumi
import pytest
import stack_config
import yaml
from asking import is_person
from catalogue_of_claims import BY_ID, CLAIMS
from claim import Verdict
from proving import Prover

from preview import in_process
from tests.policy_pack import whole_stack
from tests.policy_pack.edited_policies import edited

if TYPE_CHECKING:
    from collections.abc import Callable

    from environment import StackPolicies
    from identities import Identity
    from proving import Result

    from preview.in_process import Recording

pytestmark = pytest.mark.verify

FOREIGN, TWICE, USES = "no-tenant-uses-foreign-keys", "own-keys-serve-their-owner", "each-tenant-uses-its-keys"
STACKS = ("dev", "federated")
OWNER = "aws:PrincipalTag/user"
Statements = list[dict[str, Any]]


def config_of(stack: str) -> dict[str, str]:
    """Return the config of a stack file, with a key for each tenant."""
    config = yaml.safe_load((whole_stack.ROOT / f"Pulumi.{stack}.yaml").read_text(encoding="utf-8"))["config"]
    config["closed-sagemaker:data"]["keys"] = {"data": "per-tenant"}
    return {key: value if isinstance(value, str) else json.dumps(value) for key, value in config.items()}


@functools.cache
def recorded(stack: str, mode: str) -> Recording:
    changed = {"closed-sagemaker:data": config_of(stack)["closed-sagemaker:data"]}
    return in_process.run(whole_stack.ROOT, stack=stack, mode=mode, config=changed)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], StackPolicies]:
    """Return a function: a stack and a kind of run -> its policies, with the stack's config before the claims."""

    def policies(stack: str, mode: str) -> StackPolicies:
        monkeypatch.setattr(stack_config, "project", lambda: "closed-sagemaker")
        monkeypatch.setattr(stack_config, "is_preview", lambda: mode == "first")
        monkeypatch.setattr(pulumi.runtime, "get_config", config_of(stack).get)
        return environment.read_stack(whole_stack.observed(recorded(stack, mode)))

    return policies


@pytest.fixture(params=STACKS)
def platform(request: pytest.FixtureRequest, read: Callable[[str, str], StackPolicies]) -> StackPolicies:
    """The policies of a first preview: of users, and of federated people."""
    return read(request.param, "first")


def decide(stack: StackPolicies, claim: str) -> Result:
    return Prover(stack).decide(BY_ID[claim])


def key_of(stack: StackPolicies, tenant: str) -> str:
    (found,) = (key.called for key in stack.keys if key.tags["user"] == tenant)
    return found


def serving_everybody(statements: Statements) -> Statements:
    """Return a key's statements without the owner."""
    for statement in statements:
        for test in statement.get("Condition", {}).values():
            test.pop(OWNER, None)
        statement["Condition"] = {name: test for name, test in statement.get("Condition", {}).items() if test}
    return statements


def carrying(stack: StackPolicies, tenant: str, *, who: Callable[[Identity], bool] = lambda _: True) -> StackPolicies:
    """Return the stack in which the other tenants' identities, all or some of them, carry the key of `tenant`."""
    key = key_of(stack, tenant).partition(":key/")[2]

    def changed(one: Identity) -> Identity:
        if "data-key" not in one.tags or one.tags["user"] == tenant or not who(one):
            return one
        return replace(one, principal=replace(one.principal, tags={**one.tags, "data-key": key}))

    return replace(stack, identities=tuple(map(changed, stack.identities)))


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("mode", ["first", "deployed"])
def test_every_claim_holds_with_a_key_for_each_tenant(
    stack: str, mode: str, read: Callable[[str, str], StackPolicies]
) -> None:
    platform = read(stack, mode)
    prover = Prover(platform)
    results = [prover.decide(claim) for claim in CLAIMS]
    assert {result.claim.id: result.text for result in results if not result.verdict.holds} == {}
    tenants = {one.tags["user"] for one in platform.identities if "data-key" in one.tags}
    assert len(tenants) == len({key.tags["user"] for key in platform.keys} - {"platform"}) > 1


def test_a_key_that_serves_all_tenants_is_refuted_though_nobody_elses_policies_name_it(platform: StackPolicies) -> None:
    broken = edited(platform, "tenant-bob-key", serving_everybody)
    found = decide(broken, TWICE)
    assert found.verdict is Verdict.COUNTEREXAMPLE
    assert found.counterexample is not None
    assert found.counterexample["resource"] == key_of(platform, "bob")
    assert found.counterexample["context"].get(OWNER) != "bob"
    assert "tenant-bob-key UseOwnKey" in found.text
    assert decide(broken, FOREIGN).verdict is Verdict.PROVED, "the second lock still keeps the key"


@pytest.mark.parametrize("people", [False, True])
def test_a_tag_that_names_anothers_key_is_refuted_though_that_keys_policy_refuses(
    people: bool,  # noqa: FBT001  a parameter of the table
    platform: StackPolicies,
) -> None:
    broken = carrying(platform, "alice", who=lambda one: is_person(one) is people)
    found = decide(broken, TWICE)
    assert found.verdict is Verdict.COUNTEREXAMPLE
    assert found.counterexample is not None
    assert found.counterexample["resource"] == key_of(platform, "alice")
    assert found.counterexample["principal"]["tags"]["user"] == "bob"
    assert decide(broken, FOREIGN).verdict is Verdict.PROVED, "the second lock still keeps the key"


def test_with_both_locks_gone_a_tenant_uses_anothers_key(platform: StackPolicies) -> None:
    broken = edited(carrying(platform, "alice"), "tenant-alice-key", serving_everybody)
    found = decide(broken, FOREIGN)
    assert found.verdict is Verdict.COUNTEREXAMPLE
    assert found.counterexample is not None
    assert found.counterexample["resource"] == key_of(platform, "alice")
    assert found.counterexample["principal"]["tags"]["user"] != "alice"


def test_a_tenant_whose_roles_name_no_key_is_found(platform: StackPolicies) -> None:
    kept = tuple(
        replace(one, principal=replace(one.principal, tags={"user": one.tags["user"]}))
        if one.path == "/tenants/bob/"
        else one
        for one in platform.identities
    )
    found = decide(replace(platform, identities=kept), USES)
    assert found.verdict is Verdict.COUNTEREXAMPLE
    assert "ml-" in found.text
    assert "bob" in found.text


@pytest.mark.parametrize("mode", ["first", "deployed"])
def test_one_answer_serves_all_tenants_whose_keys_are_alike(
    mode: str, read: Callable[[str, str], StackPolicies]
) -> None:
    platform = read("dev", mode)
    alike = decide(platform, USES)
    assert (alike.asked, alike.answered) == (18, 6)
    strangers = decide(platform, "strangers-reach-nothing-unlisted")
    assert (strangers.asked, strangers.answered) == (13, 11), "three keys of tenants are asked about once"
    # Without the people, whose names tell them apart: three keys and six roles.
    roles = tuple(one for one in platform.identities if one.is_role)
    workers = decide(replace(platform, identities=roles), TWICE)
    assert (workers.asked, workers.answered) == (9, 3)


def test_a_key_whose_policy_differs_makes_everybody_asked_about(read: Callable[[str, str], StackPolicies]) -> None:
    platform = read("dev", "deployed")
    odd = edited(platform, "tenant-bob-key", lambda statements: [*statements, {**statements[0], "Sid": "Again"}])
    assert decide(odd, USES).answered == decide(odd, USES).asked == 18


def test_tenants_of_whom_one_shares_the_platforms_key_are_not_alike(
    read: Callable[[str, str], StackPolicies],
) -> None:
    platform = read("dev", "deployed")
    fewer = tuple(key for key in platform.keys if key.tags["user"] != "carol")
    found = decide(replace(platform, keys=fewer), USES)
    assert (found.asked, found.answered) == (18, 18)
