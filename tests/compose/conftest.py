"""What the tests of composing share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.college import SmallCollege, college


@pytest.fixture
def home(tmp_path: Path) -> SmallCollege:
    """A small college of one's own."""
    return college(tmp_path)
