"""Where the tool's own data is: schemas, templates, the sample college, docs and the rules' examples."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]

HOME = _PACKAGE / "shipped" if (_PACKAGE / "shipped").is_dir() else _PACKAGE.parent
"""Inside the package once installed, beside it in the tool's own repository."""
