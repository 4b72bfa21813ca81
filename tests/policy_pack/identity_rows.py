"""Every mandatory row on IAM and on tenants of the rule catalogue, with what covers it.

A row of its own name is a rule, another's name the rule that asks it too (`aliases`); a proof is a claim or several.
"""

from __future__ import annotations

# Rows that are rules of their own.
RULES = (
    "iam-policy-parses",
    "iam-policy-fits-size-limit",
    "iam-policy-is-known-or-planned",
    "iam-policy-matches-its-plan",
    "iam-planned-reference-names-its-resource",
    "iam-allow-has-no-full-wildcard",
    "iam-allow-has-no-not-action",
    "iam-policy-has-no-not-principal",
    "iam-deny-has-no-null-false-guard",
    "iam-single-valued-key-has-no-set-operator",
    "iam-for-all-values-guards-absence",
    "iam-role-policy-avoids-username-variable",
    "iam-statement-can-match",
    "iam-role-trust-has-no-wildcard-principal",
    "iam-role-trust-foreign-account-is-listed",
    "iam-role-trust-forbids-session-tags",
    "iam-sagemaker-role-trusts-sagemaker",
    "iam-tenant-role-has-boundary",
    "iam-human-user-has-boundary",
    "iam-tenant-role-path-is-own",
    "iam-pass-role-uses-tenant-path",
    "iam-sagemaker-role-has-no-wildcard-action",
    "iam-attachment-avoids-sagemaker-full-access",
    "iam-attachment-avoids-administrator-access",
    "iam-user-has-no-attached-policy",
    "iam-user-belongs-to-a-group",
    "iam-principal-fits-attachment-quota",
    "iam-policy-attachment-is-not-exclusive",
    "iam-group-denies-without-mfa",
    "iam-access-key-user-is-listed",
    "iam-self-service-names-own-user",
    "iam-password-policy-is-strong",
    "iam-federation-provider-is-listed",
    "iam-resource-policy-has-no-public-principal",
    "iam-resource-policy-stays-inside",
    "tenant-resource-has-user-tag",
    "tenant-user-tag-names-a-declared-tenant",
    "tenant-tag-key-has-no-lookalike",
    "tenant-names-are-prefix-free",
    "tenant-resource-references-only-own",
    "tenant-model-name-carries-owner",
)

# Rows that another rule asks as well.
MERGED = {
    "iam-sagemaker-role-s3-is-scoped": "iam-sagemaker-role-has-no-wildcard-action",
    "iam-sagemaker-role-assume-role-is-scoped": "iam-sagemaker-role-has-no-wildcard-action",
    "iam-access-key-secret-is-encrypted": "iam-access-key-user-is-listed",
    "iam-login-profile-password-is-encrypted": "iam-access-key-user-is-listed",
    "iam-git-credential-user-is-listed": "iam-access-key-user-is-listed",
}

# Rows that are proofs, with the files of the claims.
CLAIMED = {
    "iam-sagemaker-role-stays-in-account": ("nothing_leaves_the_account",),
    "iam-mfa-deny-allows-enrolment": ("people_enroll_themselves",),
    "iam-policy-allows-no-escalation": (
        "no_tenant_becomes_somebody_else",
        "no_tenant_changes_policies",
        "boundaries_stay",
    ),
    "tenant-data-is-unreachable-by-others": ("no_tenant_touches_others_objects", "no_tenant_uses_foreign_keys"),
    "tenant-compute-has-no-way-out": (
        "compute_stays_in_the_network",
        "no_direct_internet",
        "no_compute_out_of_sight",
        "isolation_stays_on",
    ),
    "tenant-passes-only-own-role": ("own_roles_to_sagemaker_only",),
    "tenant-tag-is-frozen": ("owner_tag_is_frozen",),
    "tenant-calls-come-through-endpoints": ("only_through_the_endpoints", "people_work_through_the_endpoints"),
    "tenant-neighbours-stay-hidden": ("no_tenant_lists_others_objects",),
    "tenant-cannot-create-buckets": ("no_tenant_changes_policies",),
    "tenant-work-is-allowed": (
        "each_tenant_opens_its_notebook",
        "each_tenant_reads_raw_data",
        "each_tenant_trains_and_deploys",
        "each_tenant_uses_its_keys",
        "each_tenant_works_in_its_prefix",
    ),
    "tenant-partner-reads-only-its-prefix": ("strangers_reach_nothing_unlisted",),
    "tenant-engineer-cannot-change-raw-data": ("raw_data_is_read_only",),
    "tenant-deployment-needs-listed-role": ("authors_approve_nothing",),
}
