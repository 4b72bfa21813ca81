"""The promises between program, engine and pack, broken one by one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sabotage.program import OPTIONS, SITE, Edit, added

pytestmark = pytest.mark.verify

BASE, POLICIES, STACK = "components/base.py", "components/tenant_policies.py", "Pulumi.dev.yaml"
NO_DEFAULTS = "  pulumi:disable-default-providers: [aws]\n"
PROVIDER = (
    'provider = aws.Provider("aws", region=settings.region, allowed_account_ids=account, default_tags={"tags": tags})'
)
RENDERED = "return pulumi.Output.all(**bound).apply(document.render)"
BOUND = "bound = {name: self._references[name].id for name in names}"
PLAN = 'super().__init__("closed-sagemaker:tenant:TenantPolicies", name, self._plan.inputs(), opts)'

FIRST: dict[str, tuple[tuple[Edit, ...], str]] = {
    "a known document differs from its plan": (
        ((BASE, "return document.to_json()", 'return document.to_json().replace("sts:AssumeRole", "sts:*")'),),
        "iam-policy-matches-its-plan",
    ),
    "the plans are dropped": (
        ((POLICIES, PLAN, PLAN.replace("self._plan.inputs()", "{}")),),
        "iam-policy-is-known-or-planned",
    ),
    "a resource misses the provider": (
        (
            added('aws.s3.Bucket("stray", tags={"user": "platform"})'),
            (STACK, NO_DEFAULTS, ""),
            # Settings refuse the stack file first: the pack is the second lock.
            ("settings/reading.py", 'or "aws" not in providers:', "and providers:"),
        ),
        "pulumi-provider-is-explicit",
    ),
    "the provider takes any account": (
        ((SITE, PROVIDER, PROVIDER.replace(" allowed_account_ids=account,", "")),),
        "pulumi-provider-account-is-pinned",
    ),
    "default tags name an owner": (
        ((SITE, '"managed-by": "pulumi"}', '"managed-by": "pulumi", "user": "platform"}'),),
        "pulumi-default-tags-name-no-tenant",
    ),
    "the provider ignores the owner's tag": (
        ((SITE, PROVIDER, PROVIDER.replace("region=", 'ignore_tags={"keys": ["user"]}, region=')),),
        "pulumi-provider-ignores-no-tag",
    ),
    "a name is used without a dependency": (
        ((POLICIES, "opts=self.child_options(depends_on=self._args.named)", "opts=self.child_options()"),),
        "pulumi-named-resource-is-a-dependency",
    ),
    "a guarded property is ignored": (
        (
            (
                BASE,
                "delete_before_replace=delete_before_replace,\n        )",
                'delete_before_replace=delete_before_replace,\n            ignore_changes=["policy"],\n        )',
            ),
        ),
        "pulumi-guarded-property-is-not-ignored",
    ),
    "a type that nobody reviewed is in the stack": (
        (
            added(
                'aws.lightsail.Instance("stray", availability_zone="ap-northeast-1a",'
                ' blueprint_id="amazon_linux_2023", bundle_id="nano_3_0",'
                f' tags={{"user": "platform"}}, {OPTIONS})'
            ),
        ),
        "pulumi-type-is-reviewed",
    ),
    "a type hides in Cloud Control": (
        (
            added(
                'aws.cloudcontrol.Resource("stray", type_name="AWS::SageMaker::ModelBiasJobDefinition",'
                f' desired_state="{{}}", {OPTIONS})'
            ),
        ),
        "cloudcontrol-type-is-listed",
    ),
}

DEPLOYED: dict[str, tuple[tuple[Edit, ...], str]] = {
    "a rendered document differs from its plan": (
        ((BASE, RENDERED, f'{RENDERED}.apply(lambda text: text.replace("users/", "user"))'),),
        "iam-policy-matches-its-plan",
    ),
    "a rendered document has a statement more": (
        (
            (
                BASE,
                RENDERED,
                (
                    f"{RENDERED}.apply(lambda text: text.replace("
                    '\'"Statement":[\', \'"Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"},\'))'
                ),
            ),
        ),
        "iam-policy-matches-its-plan",
    ),
    "an id is bound to another resource": (
        ((BASE, BOUND, 'bound = {name: self._references[name.replace("az4", "az1")].id for name in names}'),),
        "iam-planned-reference-names-its-resource",
    ),
    "a reference names another resource": (
        (
            (
                BASE,
                'name: f"{bound.type_token}|{bound.logical_name}"',
                "name: f\"{bound.type_token}|{bound.logical_name.replace('az4', 'az1')}\"",
            ),
        ),
        "iam-planned-reference-names-its-resource",
    ),
    "a tag holds another id than planned": (
        (
            (
                "components/tenant_access.py",
                '"security-group": self._group.id, **',
                '"security-group": self._group.vpc_id, **',
            ),
        ),
        "iam-policy-matches-its-plan",
    ),
}


@pytest.mark.parametrize(("edits", "rule"), FIRST.values(), ids=FIRST)
def test_the_pack_refuses_a_broken_promise_in_a_first_preview(
    edits: tuple[Edit, ...], rule: str, sabotage: Any
) -> None:
    verdict = sabotage(*edits)
    assert rule in verdict.refusals()
    assert verdict.exit_code == 1


@pytest.mark.parametrize(("edits", "rule"), DEPLOYED.values(), ids=DEPLOYED)
def test_the_pack_refuses_a_broken_promise_once_ids_are_known(
    edits: tuple[Edit, ...], rule: str, sabotage: Any
) -> None:
    verdict = sabotage(*edits, mode="deployed")
    assert rule in verdict.refusals()
    assert verdict.exit_code == 1
