"""The fixed values of all examples, and the strict stand-in in which components are built."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import pytest

from tests.components.building import NAMING, Parts
from tests.components.recording import Recording, record

if TYPE_CHECKING:
    from collections.abc import Callable

    from components.documents.scope import Scope
    from components.naming import Naming


@pytest.fixture
def naming() -> Naming:
    return NAMING


@pytest.fixture
def scope() -> Scope:
    return Parts().scope


@pytest.fixture
def run() -> Callable[..., Recording]:
    return record


@functools.cache
def _everything(*, protect: bool) -> Recording:
    return record(Parts(protect=protect).everything)


@pytest.fixture
def everything() -> Recording:
    """One of each part, as in dev."""
    return _everything(protect=False)


@pytest.fixture
def protected() -> Recording:
    """One of each part, as outside dev."""
    return _everything(protect=True)
