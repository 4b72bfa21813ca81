"""Every hole and every acceptance statement of the systems by number: whose rows answer it, or where else it is held.

S0 to S4 are the systems; S2-A8 is an acceptance statement, D5 a hole: a request that policies of this kind were found
to let through. T1 to T8 are what simpler sets of denies let through: T1 another tenant's model, T2 a mounted file
system, T3 serverless by concurrency alone, T4 associations with others' experiments, T5 other spellings of the owner's
key, T6 an interface handed to another account, T7 a security group that tenants share, T8 object actions that a list of
verbs misses. P8 is the promise that the deployer is neither locked out nor a reader. Numbers without a hole (F1, F3,
F7, F8, F13, F17, F22, D1, R9 …) were tight before and stay so.
"""

from __future__ import annotations

# Which numbers there are: how far each letter and each system counts, and what the lists leave out or add.
LAST = {"D": 18, "R": 30, "B": 2, "P": 8, "E": 8, "M": 5, "F": 25, "G": 14, "V": 3, "T": 8}
STATEMENTS = {"S0": 17, "S1": 14, "S2": 24, "S3": 19, "S4": 19}
NOT_GIVEN = {"D10", "D15", "D16"}
BESIDE = {"D5b", "R2b", "F1b", "G1b"}

# By whom a row asks, and what it says: people are users, workloads are the tenants' roles, others are the rest.
BY_ROWS = {
    ("people", "refused"): """
        D1 D2 D3 D4 D5 D5b D6 D7 D8 D9 D11 D12 D13 D14 D17
        R1 R2 R2b R3 R4 R5 R6 R7 R8 R9 R10 R11 R12 R13 R14 R15 R16 R17 R18 R19 R20 R21 R22 R23 R24 R25 R26 R27 R28 R29
        R30 F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12 F13 F15 F16 F17 F18 F19 F21 F22 F23 F24
        E1 E2 E4 E6 G4 G6 G7 G8 G9 G10 G11 G12 M1 M4 M5 P1 P2 P3 P5 P6 P7 B1 B2 T1 T2 T3 T4 T5 T6 T7 T8
        S0-A5 S0-A7 S0-A8 S1-A7 S1-A8 S1-A9 S2-A9 S2-A10 S2-A11 S2-A14 S2-A15 S2-A17
        S3-A1 S3-A2 S3-A3 S3-A4 S3-A6 S3-A9 S3-A10 S3-A16
        S4-A2 S4-A3 S4-A4 S4-A5 S4-A6 S4-A7 S4-A8 S4-A9 S4-A10 S4-A11 S4-A12 S4-A13 S4-A19
    """,
    ("people", "allowed"): """
        D18 M2 M3 F14 F18 F20 G5 G13 G14
        S1-A7 S1-A9 S2-A8 S2-A10 S2-A14 S2-A17 S3-A1 S3-A3 S3-A4 S3-A6 S3-A10 S3-A16
        S4-A1 S4-A3 S4-A5 S4-A6 S4-A7 S4-A10 S4-A13
    """,
    ("workloads", "refused"): """
        D6 D7 D8 D12 D17 R1 R2 R2b R3 R4 R5 R6 R7 R8 R9 R10 R11 R12 R13 R14 R15 R16 R17 R18 R19 R20 R21 R23 R24 R25 R26
        R27 R28 R29 R30 F2 F4 F5 F6 F10 F11 F12 F15 F16 F21 F23 F24 P2 P4 P5 P6 P7 E1 E2 E4 E6 E8 G8 G9 G11 G12
        S0-A6 S1-A2 S1-A3 S1-A4 S1-A5 S2-A10 S2-A12 S2-A13 S2-A14 S2-A15 S2-A16 S2-A18 S3-A2 S3-A4 S3-A9
        S4-A2 S4-A3 S4-A4 S4-A7 S4-A8 S4-A9 S4-A13
    """,
    ("workloads", "allowed"): """
        D18 E3 E5 E7 F1b S0-A6 S1-A1 S1-A3 S1-A4 S2-A10 S2-A12 S2-A13 S2-A14 S2-A16 S2-A18
        S4-A1 S4-A3 S4-A7 S4-A8 S4-A13
    """,
    ("others", "refused"): "G1 G1b G2 G11 R13 S1-A6 S1-A11 S2-A6 S3-A6 S3-A7 S3-A8 S3-A9 P8",
    ("others", "allowed"): "G3 S1-A11 S2-A6 S3-A6 S3-A7 S3-A8 S3-A9 P8",
}

HERE = "tests/components/documents"
FIXTURES = "tests/iamproof/systems"
NETWORK = "tests/program/test_network_acceptance.py"
FOUND = "test_the_original_policies_let_this_through"
STUDIO = "Studio is not offered yet: it comes with the workbench; until then all of it is refused (R16, S0-A7)"
GIT = "the platform has no repository yet: it comes with the workbench; until then every repository is refused (P1)"
BATCH = "queries, images and scheduled runs come with the workbench; until then no role of theirs exists (P5, P6)"
SAMPLES = "the sample notebooks come with the workbench"
OPS = "an operator's command: the room ops, which comes later"
STORAGE = "shared files: the room storage, which comes later"

# Where else a number is held: a test of this repository, or the room it comes with.
ELSEWHERE = {
    **dict.fromkeys(("S0-A1", "S0-A2", "S0-A3"), STUDIO),
    **dict.fromkeys(("S0-A4", "S0-A14"), GIT),
    **dict.fromkeys(("S0-A11", "S0-A12", "S0-A13"), BATCH),
    "S0-A9": "tests/components/test_endpoint_services.py::test_a_feature_adds_what_its_system_needs_and_no_more",
    "S0-A10": "tests/components/test_naming.py::test_a_bucket_tells_neither_the_account_nor_a_person",
    "S0-A16": "tests/program/test_one_tenant.py::test_s0_a16_preview_and_proofs_run_for_one_tenant",
    "S0-A15": OPS,
    "S0-A17": OPS,
    "S1-A10": "tests/components/test_workbench.py::test_a_notebook_is_hardened",
    "S1-A12": "tests/components/test_data.py::test_s1_a12_a_bucket_has_versions_a_block_one_owner_and_a_key",
    "S1-A13": f"{HERE}/test_structure.py::test_s1_a13_no_grant_allows_every_action_of_a_service",
    "S1-A14": f"{FIXTURES}/test_s1_split_buckets.py::{FOUND}",
    "S2-A1": f"{NETWORK}::test_s2_a1_two_subnets_in_two_zones_are_associated_with_the_explicit_route_table",
    "S2-A2": f"{NETWORK}::test_s2_a2_there_is_no_way_out_and_no_table_has_a_route",
    "S2-A3": f"{NETWORK}::test_s2_a3_the_made_network_has_the_endpoints_of_its_features_and_no_others",
    "S2-A4": f"{NETWORK}::test_s2_a4_every_endpoint_has_private_names_its_group_and_a_policy_of_its_own",
    "S2-A5": f"{NETWORK}::test_s2_a5_the_endpoints_admit_443_alone_and_no_rule_names_the_world",
    "S2-A7": "tests/program/test_adopted_network.py::test_no_network_subnet_route_table_or_network_acl_is_made",
    "S2-A19": f"{FIXTURES}/test_s2_closed_network.py::{FOUND}",
    "S2-A20": f"{HERE}/test_decisions.py::test_acceptance_statements_hold_together_for_one_tenant",
    **dict.fromkeys(("S2-A21", "S2-A22", "S2-A24", "S3-A5", "S3-A17", "S4-A18"), OPS),
    "S2-A23": SAMPLES,
    "S3-A11": "tests/policy_pack/test_rules.py::test_the_server_decides_the_case",
    **dict.fromkeys(("S3-A12", "S3-A13", "S3-A14", "S3-A15", "V1", "V2", "V3"), STORAGE),
    "S3-A18": "tests/components/test_audit.py::test_each_tenant_has_a_budget_of_its_own_cost_in_a_month",
    "S3-A19": f"{FIXTURES}/test_s3_governance.py::{FOUND}",
    "S4-A14": f"{HERE}/test_tenant_counts.py::test_s4_a14_a_thousand_prefixes_are_pairwise_disjoint",
    "S4-A15": "tests/settings/test_identities.py::test_a_malformed_tenant_is_refused",
    "S4-A16": f"{HERE}/test_structure.py::test_a_managed_policy_fits_into_its_quota",
    "S4-A17": f"{FIXTURES}/test_s4_many_users.py::{FOUND}",
    "F25": "tests/settings/test_identities.py::test_a_retired_tenant_does_not_come_back",
}

ROOMS = (STUDIO, GIT, BATCH, SAMPLES, OPS, STORAGE)


def numbers() -> set[str]:
    """Return every number that there is."""
    holes = {f"{letter}{count}" for letter, last in LAST.items() for count in range(1, last + 1)}
    stated = {f"{system}-A{count}" for system, last in STATEMENTS.items() for count in range(1, last + 1)}
    return (holes - NOT_GIVEN) | BESIDE | stated
