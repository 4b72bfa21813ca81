"""What keeps partners, uploads, records and tenants' own keys within bounds, taken away one by one."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.verify

STACK = "Pulumi.dev.yaml"
BUCKET, KEY = "components/data_bucket.py", "components/data_key.py"
BUCKETS, PARTS = "components/documents/buckets.py", "components/documents/bucket_statements.py"
KEYS, PARTNERS = "components/documents/keys.py", "components/documents/partners.py"
OWN_KEYS = "components/documents/own_keys.py"
GRANTS, PERSON, ACCESS = "components/documents/data_grants.py", "components/person.py", "components/tenant_access.py"
SUFFIX = '    suffix: "7f3a"\n'
Edit = tuple[str, str, str]

WITH_OWN_KEYS: Edit = (STACK, SUFFIX, SUFFIX + "    keys: {data: per-tenant}\n")
WITH_LOCK: Edit = (STACK, SUFFIX, SUFFIX + "    buckets: {raw: {object-lock: {days: 30}}}\n")
ROLE = "arn:aws:iam::444455556666:role/reader"
WITH_PARTNER: Edit = (
    STACK,
    "  closed-sagemaker:retired: []\n",
    (
        "  closed-sagemaker:retired: []\n"
        f'  closed-sagemaker:partners: {{lab: {{role: "{ROLE}", prefix: vision, until: "2027-03-31"}}}}\n'
    ),
)

EDITS: dict[str, tuple[tuple[Edit, ...], str]] = {
    "versions are suspended": (
        ((BUCKET, 'VersioningConfigurationArgs(status="Enabled")', 'VersioningConfigurationArgs(status="Suspended")'),),
        "s3-bucket-is-versioned",
    ),
    "a lock retains nothing": (
        (WITH_LOCK, (BUCKET, ", days=self._args.upkeep.lock_days\n", "\n")),
        "s3-object-lock-retains",
    ),
    "a partner has no end": (
        (
            WITH_PARTNER,
            (PARTNERS, '        when("DateLessThan", "aws:CurrentTime", f"{partner.until}T00:00:00Z"),\n', ""),
        ),
        "iam-foreign-reader-is-bounded",
    ),
    "tenants are granted the deletion of old versions": (
        ((GRANTS, '    "DeleteObject",\n    "Abort', '    "DeleteObject",\n    "DeleteObjectVersion",\n    "Abort'),),
        "iam-allow-keeps-versions-and-keys",
    ),
    "tenants are granted to hand out keys": (
        ((GRANTS, '        conditions=when("Bool", "kms:GrantIsForAWSResource", "true"),\n', ""),),
        "iam-allow-keeps-versions-and-keys",
    ),
    "a partner reads for longer than agreed": (
        (WITH_PARTNER, (PARTNERS, 'f"{partner.until}T00:00:00Z"', '"2039-01-01T00:00:00Z"')),
        "iam-foreign-reader-is-bounded",
    ),
    "a partner reads from anywhere": (
        (
            (WITH_PARTNER[0], WITH_PARTNER[1], WITH_PARTNER[2].replace("}}", ", networks: [vpce-0123456789abcdef0]}}")),
            (
                PARTNERS,
                '        when("StringEquals", "aws:SourceVpce", *reader.endpoints) if reader.endpoints else {},\n',
                "",
            ),
        ),
        "iam-foreign-reader-is-bounded",
    ),
    "a partner is an account": (
        (WITH_PARTNER, (PARTNERS, '        when("ArnEquals", "aws:PrincipalArn", partner.role_arn),\n', "")),
        "iam-foreign-reader-is-bounded",
    ),
    "a partner reads all that is staged": (
        (WITH_PARTNER, (PARTNERS, "        below = f\"{reader.prefix.strip('/')}/*\"\n", '        below = "*"\n')),
        "iam-foreign-reader-is-bounded",
    ),
    "a partner writes": (
        (WITH_PARTNER, (PARTNERS, 'actions=("s3:GetObject",)', 'actions=("s3:GetObject", "s3:PutObject")')),
        "iam-foreign-reader-is-bounded",
    ),
    "a partner is served over plain HTTP": (
        (WITH_PARTNER, (BUCKETS, "        tls_only(scope, STAGING),\n", "")),
        "s3-bucket-policy-denies-plain-http",
    ),
    "a partner decrypts directly": (
        (WITH_PARTNER, (PARTNERS, "all_of(bound, via) if isinstance(reader, Partner) else bound", "bound")),
        "kms-key-policy-limits-use",
    ),
    "nobody administers the key of volumes": (
        ((KEYS, "document(administer_key(scope), describe_volume_key", "document(describe_volume_key"),),
        "kms-key-policy-keeps-an-administrator",
    ),
    "nobody administers the key of records": (
        ((KEYS, "        administer_key(scope),\n        encrypt_logs", "        encrypt_logs"),),
        "kms-key-policy-keeps-an-administrator",
    ),
    "nobody administers a tenant's own key": (
        (
            WITH_OWN_KEYS,
            (OWN_KEYS, "        administer_key(scope),\n        use_own_key", "        use_own_key"),
        ),
        "kms-key-policy-keeps-an-administrator",
    ),
    "anybody takes grants on the key of volumes": (
        (
            (
                KEYS,
                (
                    '            when("StringEquals", "kms:ViaService", *services),\n'
                    '            when("Bool", "kms:GrantIsForAWSResource", "true"),\n'
                ),
                '            when("StringEquals", "kms:ViaService", *services),\n',
            ),
        ),
        "kms-key-policy-limits-use",
    ),
    "a tenant's own key serves all tenants": (
        (WITH_OWN_KEYS, (OWN_KEYS, '        when("StringEquals", "aws:PrincipalTag/user", tenant),\n', "")),
        "kms-tenant-key-serves-its-owner",
    ),
    "a tenant's own key serves the platform": (
        (WITH_OWN_KEYS, (OWN_KEYS, '"aws:PrincipalTag/user", tenant)', '"aws:PrincipalTag/user", tenant, "platform")')),
        "kms-tenant-key-serves-its-owner",
    ),
    "grants decrypt with any key": (
        (
            WITH_OWN_KEYS,
            (
                GRANTS,
                "resources=tuple(dict.fromkeys((scope.key_arn(DATA), scope.results_key_arn())))",
                'resources=(scope.naming.arn("kms", "key/*"),)',
            ),
        ),
        "kms-decrypt-names-keys",
    ),
    "roles carry a key that nobody planned": (
        (
            WITH_OWN_KEYS,
            (
                ACCESS,
                '{"security-group": reference(group.name), **own_key}',
                '{"security-group": reference(group.name)}',
            ),
        ),
        "iam-planned-reference-names-its-resource",
    ),
    "all tenants carry the key of the first": (
        (
            WITH_OWN_KEYS,
            ("wiring/tenants.py", "key=data.own_key(tenant)", "key=data.own_key(next(iter(site.settings.tenants)))"),
        ),
        "iam-planned-reference-names-its-resource",
    ),
    "a notebook's volume is under another tenant's key": (
        (
            WITH_OWN_KEYS,
            (
                "wiring/tenants.py",
                "data.volumes_key(tenant)",
                "data.volumes_key(next(iter(site.settings.tenants)))",
            ),
        ),
        "tenant-resource-references-only-own",
    ),
}


@pytest.mark.parametrize(("edits", "rule"), EDITS.values(), ids=EDITS)
def test_the_pack_refuses_data_that_is_less_than_bounded(edits: tuple[Edit, ...], rule: str, sabotage: Any) -> None:
    verdict = sabotage(*edits)
    assert rule in verdict.refusals()
    assert verdict.exit_code == 1


def test_the_pack_lets_pass_what_these_rows_start_from(sabotage: Any) -> None:
    assert sabotage(WITH_PARTNER, WITH_OWN_KEYS).refusals() == set()
