"""What the tests of composing share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from tests.college import SmallCollege, college

settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


@pytest.fixture
def home(tmp_path: Path) -> SmallCollege:
    """A small college of one's own."""
    return college(tmp_path)
