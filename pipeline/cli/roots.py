"""The program itself, and the college around the working directory."""

from __future__ import annotations

from pathlib import Path

import pipeline

PACKAGE = Path(pipeline.__file__).resolve().parent
"""The program itself."""


def college() -> Path | None:
    """The folder around the working directory that holds `agreements/`; None where there is none."""
    start = Path.cwd()
    return next((one for one in (start, *start.parents) if (one / "agreements").is_dir()), None)
