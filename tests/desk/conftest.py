"""A small college, and a desk open on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.college import SmallCollege, college
from tests.desk.serving import Served, desk, served


@pytest.fixture
def small(tmp_path: Path) -> SmallCollege:
    """A college with one whole agreement."""
    return college(tmp_path / "学校 库")


@pytest.fixture
def page(small: SmallCollege) -> Iterator[Served]:
    """A desk open on it."""
    with served(desk(small.root)) as opened:
        yield opened
