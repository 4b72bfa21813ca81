"""The examples of the library's README are true."""

from __future__ import annotations

import doctest
from pathlib import Path

import iamproof

README = Path(iamproof.__file__).with_name("README.md")


def test_the_examples_of_the_readme_run() -> None:
    failed, run = doctest.testfile(str(README), module_relative=False)
    assert run > 10
    assert failed == 0
