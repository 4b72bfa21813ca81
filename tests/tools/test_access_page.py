"""The page for auditors says what the documents say."""

from __future__ import annotations

from settings.stages import STAGES
from tools import access_page


def test_the_page_is_fresh() -> None:
    page = access_page.PAGE.read_text(encoding="utf-8")
    assert access_page.with_matrix(page) == page, "write: python -m tools.access_page"


def test_every_stage_and_every_group_of_it_has_a_column() -> None:
    text = access_page.matrix()
    for stage, table in STAGES.items():
        part = text.partition(f"### {stage}\n")[2].partition("\n### ")[0]
        assert all(f" {group} " in part.splitlines()[1] for group in table.capabilities)
        assert ("deployment role" in part.splitlines()[1]) is table.approval


def test_the_table_of_stages_says_who_deploys_and_which_groups_a_stage_lacks() -> None:
    rows = {line.split("|")[1].strip(): line.split("|")[2:-1] for line in access_page.stages().splitlines()[2:]}
    assert [cell.strip() for cell in rows["models are deployed by"]] == ["people", "people", "the deployment role"]
    assert [cell.strip() for cell in rows["approvers"]] == ["no such group", "no such group", "approval"]
    assert rows["mlops"][2].strip() == "metrics, deployment"


def test_where_models_need_approval_the_deployment_role_alone_deploys() -> None:
    prod = access_page.columns("prod")
    for sentence in ("make a model in the platform's network", "change an own endpoint"):
        assert [who for who in prod if access_page.may(prod[who], access_page.ROWS[sentence])] == ["deployment role"]
    taken = access_page.ROWS["take on the deployment role of the own tenant"]
    assert [who for who in prod if access_page.may(prod[who], taken)] == ["mlops"]


def test_each_row_separates_somebody_from_somebody_or_is_refused_to_all() -> None:
    refused_to_all = {
        sentence
        for sentence, asked in access_page.ROWS.items()
        if not any(access_page.may(who, asked) for stage in STAGES for who in access_page.columns(stage).values())
    }
    assert refused_to_all == {
        "open the own notebook, from outside the network",
        "open another tenant's notebook",
        "train without a network",
        "train on a type outside the stage's list",
        "make a person without a boundary",
        "loosen a boundary",
        "read another tenant's result",
        "take on another role",
        "write raw data",
        "stop the account's trail",
    }
