"""What bounds identities, widened one by one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sabotage.program import OPTIONS, SHARED, added

pytestmark = pytest.mark.verify

ACCESS, POLICIES = "components/tenant_access.py", "components/tenant_policies.py"
TRUST, WORK, SURFACE = "components/documents/trust.py", "components/documents/work.py", "components/documents/egress.py"
FULL = '"arn:aws:iam::aws:policy/AmazonSageMakerFullAccess"'
ROLE_NAME = '"ml-dev-alice-notebook"'
ATTACHED = "[args.scope.naming.tenant_policy_arn(purpose) for purpose in purposes]"
OWN_PASSING = (
    'resources=(scope.own_roles_arn(),),\n        conditions=when("StringEquals", "iam:PassedToService", SAGEMAKER),'
)


def attached(kind: str, holder: str) -> tuple[str, str, str]:
    """Return the edit that attaches AWS' full-access policy by one kind of attachment."""
    return added(f'aws.iam.{kind}("attached", {holder}, {OPTIONS})')


EDITS: dict[str, tuple[tuple[str, str, str], str]] = {
    "everybody may assume a tenant's role": (
        (TRUST, 'principals={"Service": (SAGEMAKER,)}', 'principals={"AWS": ("*",)}'),
        "iam-role-trust-has-no-wildcard-principal",
    ),
    "a role has no boundary": (
        (ACCESS, "            permissions_boundary=self._args.scope.naming.tenant_policy_arn(BOUNDARY),\n", ""),
        "iam-tenant-role-has-boundary",
    ),
    "a role has another boundary": (
        (ACCESS, "tenant_policy_arn(BOUNDARY)", 'tenant_policy_arn("work")'),
        "iam-tenant-role-has-boundary",
    ),
    "a role lies outside its tenant's path": (
        (ACCESS, "path=self._args.scope.naming.tenant_path(self._args.tenant)", 'path="/tenants/"'),
        "iam-tenant-role-path-is-own",
    ),
    "full access is among the exclusive attachments": (
        (ACCESS, ATTACHED, f"[*{ATTACHED}, {FULL}]"),
        "iam-attachment-avoids-sagemaker-full-access",
    ),
    "full access is attached to a role": (
        attached("RolePolicyAttachment", f"role={ROLE_NAME}, policy_arn={FULL}"),
        "iam-attachment-avoids-sagemaker-full-access",
    ),
    "full access is attached to a user": (
        attached("UserPolicyAttachment", f'user="somebody", policy_arn={FULL}'),
        "iam-attachment-avoids-sagemaker-full-access",
    ),
    "full access is attached to a group": (
        attached("GroupPolicyAttachment", f'group="people", policy_arn={FULL}'),
        "iam-attachment-avoids-sagemaker-full-access",
    ),
    "full access is attached to several at once": (
        attached("PolicyAttachment", f"roles=[{ROLE_NAME}], policy_arn={FULL}"),
        "iam-attachment-avoids-sagemaker-full-access",
    ),
    "full access is attached inside the role": (
        (ACCESS, "            force_detach_policies=True,\n", f"            managed_policy_arns=[{FULL}],\n"),
        "iam-attachment-avoids-sagemaker-full-access",
    ),
    "tenants pass the roles of others": (
        (WORK, OWN_PASSING, OWN_PASSING.replace("scope.own_roles_arn()", 'scope.naming.iam_arn("role/*")')),
        "iam-pass-role-uses-tenant-path",
    ),
    "tenants pass roles of a name that begins like theirs": (
        (
            WORK,
            OWN_PASSING,
            OWN_PASSING.replace(
                "scope.own_roles_arn()", 'scope.naming.iam_arn("role/tenants/${aws:PrincipalTag/user}*")'
            ),
        ),
        "iam-pass-role-uses-tenant-path",
    ),
    "tenants pass their roles to any service": (
        (WORK, OWN_PASSING, OWN_PASSING.splitlines()[0]),
        "iam-pass-role-uses-tenant-path",
    ),
    "a deny is switched off by leaving the parameter out": (
        (
            "components/documents/egress.py",
            'conditions=when("StringNotEqualsIfExists", "iam:PassedToService", SAGEMAKER),',
            (
                'conditions={"StringNotEquals": {"iam:PassedToService": (SAGEMAKER,)},'
                ' "Null": {"iam:PassedToService": ("false",)}},'
            ),
        ),
        "iam-deny-has-no-null-false-guard",
    ),
    "a statement names an action that does not exist": (
        (TRUST, 'actions=("sts:AssumeRole",)', 'actions=("sts:AssumeRoll",)'),
        "iam-statement-can-match",
    ),
    "the service that writes flow logs serves anybody": (
        (
            "components/documents/logs.py",
            'own_account(scope), when("ArnLike", "aws:SourceArn", scope.naming.arn("ec2", "vpc-flow-log/*"))',
            'when("Bool", "aws:SecureTransport", "true")',
        ),
        "iam-role-trust-guards-service-caller",
    ),
    "CloudWatch Logs uses the key for anybody": (
        (
            "components/documents/keys.py",
            'when("ArnLike", "kms:EncryptionContext:aws:logs:arn", scope.naming.arn("logs", "log-group:*"))',
            'when("StringLike", "kms:EncryptionContext:aws:logs:arn", "*")',
        ),
        "iam-role-trust-guards-service-caller",
    ),
    "a tenant's role trusts another role": (
        (TRUST, 'principals={"Service": (SAGEMAKER,)}', 'principals={"AWS": ("arn:aws:iam::111122223333:role/x",)}'),
        "iam-role-trust-names-no-role",
    ),
    "the program makes a key": (
        added(f'aws.iam.AccessKey("key", user="ann", {OPTIONS})'),
        "iam-access-key-user-is-listed",
    ),
    "the program makes a first password": (
        added(f'aws.iam.UserLoginProfile("password", user="ann", {OPTIONS})'),
        "iam-access-key-user-is-listed",
    ),
    "the program makes a password for Git": (
        added(
            'aws.iam.ServiceSpecificCredential("git", user_name="ann",'
            f' service_name="codecommit.amazonaws.com", {OPTIONS})'
        ),
        "iam-access-key-user-is-listed",
    ),
    "the program makes a second factor": (
        added(f'aws.iam.VirtualMfaDevice("device", virtual_mfa_device_name="ann", {SHARED})'),
        "iam-access-key-user-is-listed",
    ),
    "a provider signs people in": (
        added(f'aws.iam.SamlProvider("idp", saml_metadata_document="<x/>", {SHARED})'),
        "iam-federation-provider-is-listed",
    ),
    "a provider of tokens is trusted whole": (
        (
            TRUST,
            'principals={"Service": (SAGEMAKER,)}',
            'principals={"Federated": ("arn:aws:iam::111122223333:oidc-provider/token.example.com",)}',
        ),
        "iam-role-trust-guards-federation",
    ),
    "people make keys for others": (
        added(
            'aws.iam.Policy("keys", policy=\'{"Version": "2012-10-17", "Statement": [{"Sid": "Keys", "Effect": "Allow",'
            f' "Action": "iam:CreateAccessKey", "Resource": "*"}}]}}\', {SHARED})'
        ),
        "iam-self-service-names-own-user",
    ),
}


@pytest.mark.parametrize(("edit", "rule"), EDITS.values(), ids=EDITS)
def test_the_pack_refuses_a_wider_identity(edit: tuple[str, str, str], rule: str, sabotage: Any) -> None:
    verdict = sabotage(edit)
    assert rule in verdict.refusals()
    assert verdict.exit_code == 1
