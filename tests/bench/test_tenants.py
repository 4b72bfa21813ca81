"""The benchmark of many tenants measures the repository's own program, and tells what it says."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import yaml

from bench import proofs, solver, tenants
from bench.processes import Process, Usage, sample
from iamproof import Reading, prove

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.verify
def test_the_program_is_the_repositorys_own_with_so_many_tenants(tmp_path: Path) -> None:
    tenants.write_program(tmp_path, 12)
    config = yaml.safe_load((tmp_path / "Pulumi.dev.yaml").read_text(encoding="utf-8"))["config"]
    assert len(config["closed-sagemaker:tenants"]) == 12
    assert (tmp_path / "__main__.py").samefile(tenants.ROOT / "__main__.py")
    (tmp_path / "small").mkdir()
    tenants.write_program(tmp_path / "small", 1)
    few, many = (tenants.run_here(folder, "first", [])["resources"] for folder in (tmp_path / "small", tmp_path))
    assert many - few == 11 * 19, "nineteen resources a tenant, its person and the stop of its budget among them"


def test_children_are_found_with_what_they_use() -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()", "pack_host.py"], stdin=subprocess.PIPE)
    try:
        deadline = time.monotonic() + 10
        while len(found := sample(os.getpid())) < 2 or found[-1].role != "pack":
            assert time.monotonic() < deadline, found
        assert found[0].number == os.getpid()
        assert all(process.memory > 1 for process in found)
    finally:
        child.communicate()


def test_the_highest_sum_and_the_last_seconds_count() -> None:
    usage = Usage()
    usage.add([Process(1, 0, "preview", 1.0, 100.0), Process(2, 1, "pack", 2.0, 50.0)])
    usage.add([Process(1, 0, "preview", 3.0, 120.0)])
    assert (usage.peak, usage.cpu) == (150.0, {"preview": 3.0, "pack": 2.0})


def test_a_row_holds_the_ratio() -> None:
    one = tenants.Measured(
        tenants=1000, mode="first", resources=12052, bare=10.0, judged=14.0, claims=2.5,
        bare_use=Usage(300.0), judged_use=Usage(400.0, {"pack": 5.0}),
    )  # fmt: skip
    assert tenants.table([one])[-2] == (
        "| 1,000 | first | 12,052 | 10.0 s | 14.0 s | 1.40 | 2.5 s | 300 / 400 MiB | 0.0 / 0.0 / 5.0 s |"
    )


def test_growth_is_the_power_of_the_number() -> None:
    assert tenants.growth((10, 2.0), (100, 20.0)) == 1
    assert tenants.growth((10, 2.0), (100, 200.0)) == 2


@pytest.mark.verify
def test_z3_and_the_prover_answer_the_benchmarks_questions_alike() -> None:
    read = proofs.documents()
    where = replace(proofs.account(read, ("fresh",)), endpoints=())
    for query, expected in itertools.islice(proofs.single(read), 3, None, 4):
        assert prove(where, query, reading=Reading.EXACT).proved is expected
        assert solver.proved(where, query) is expected
