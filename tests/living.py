"""A college that has lived through a year: one agreement in force, with a record of every kind of work."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from tests.college import EXAMPLES, ROOT, SmallCollege, college

TODAY = date(2026, 11, 23)
"""The day the stories are told on."""


def living(folder: Path) -> SmallCollege:
    """Lay the living college out in a folder."""
    home = college(folder)
    for more in (EXAMPLES / "_lived", ROOT / "tests" / "living"):
        shutil.copytree(more, folder, dirs_exist_ok=True)
    return home
