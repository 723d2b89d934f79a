"""Where the tool's own data is: schemas, templates, the sample college, docs and the rules' examples."""

from __future__ import annotations

from pathlib import Path

PROGRAM = Path(__file__).resolve().parents[1]
"""The package itself, wherever it is installed."""

HOME = PROGRAM / "shipped" if (PROGRAM / "shipped").is_dir() else PROGRAM.parent
"""Inside the package once installed, beside it in the tool's own repository."""
